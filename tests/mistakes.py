"""Fixtures of mistakes: a title, the text of an author, the diagnostics of it.

An input that names files (``=== path``) replaces files of a small course; any other input is the
text of its one lesson, and lines are counted from there. The expected output is one line for each
mistake: ``[path:]line:column code [part of the message or the hint]``.
"""

import re
from collections.abc import Iterator

from aml_build.check import check
from aml_build.commands.fix import inserted, planned
from aml_build.diagnostics.diagnostic import Diagnostic, in_order
from aml_build.diagnostics.source import Source
from aml_build.parse.course import ParseResult, parse_sources
from tests.fixtures import Fixture, check_fixture

HEAD = "---\nlesson: 1\ntitle: A lesson\n---\n"
SMALL = {
    "course.yaml": "id: small\ntitle: A small course\n",
    "01.md": f"{HEAD}## Bayes {{#bayes}}\n\nWeighs evidence.\n",
    "figures/a.tex": "\\begin{tikzpicture}\\end{tikzpicture}\n",
}
_FILE = re.compile(r"^=== (.+)\n", re.MULTILINE)


def course(files: dict[str, str]) -> ParseResult:
    return parse_sources({path: Source(path, text) for path, text in sorted(files.items())})


def lesson(text: str) -> ParseResult:
    return course(SMALL | {"01.md": HEAD + text})


def found(parsed: ParseResult) -> tuple[Diagnostic, ...]:
    if parsed.course is None:
        return in_order(parsed.diagnostics)
    return in_order((*parsed.diagnostics, *check(parsed.course, parsed.symbols)))


def ids_are_written(parsed: ParseResult) -> None:
    """Hold that no id is missing, but on lines that wait until an invisible character is deleted."""
    unclear = {
        (d.span.path, d.span.line) for d in parsed.diagnostics if d.code == "control-character"
    }
    gaps = {(file.path, gap.line) for file in parsed.symbols for gap in file.missing_ids}
    assert gaps <= unclear
    if not gaps:
        missing = {"missing-id", "missing-cloze-number"}
        assert not [d for d in parsed.diagnostics if d.code in missing]


def parsed_fixture(text: str) -> tuple[ParseResult, int]:
    """Parse a fixture's input; return also the number of lines before it."""
    parts = _FILE.split(text)
    if len(parts) == 1:
        return lesson(text), HEAD.count("\n")
    return course(SMALL | dict(zip(parts[1::2], parts[2::2], strict=True))), 0


def check_mistakes(fixture: Fixture, diagnostics: tuple[Diagnostic, ...], skipped: int) -> None:
    """Fail if the diagnostics are not those expected, or are not in whole sentences.

    ``skipped`` is the number of lines before the input.
    """
    wanted: dict[tuple[str, str], list[str]] = {}
    for line in fixture.expected.splitlines():
        place, code, *part = line.split(" ", 2)
        wanted.setdefault((place, code), []).append(part[0] if part else "")
    check_fixture(fixture, "\n".join(_lines(diagnostics, skipped, wanted)))
    for diagnostic in diagnostics:
        assert is_sentence(diagnostic.message), diagnostic
        assert is_sentence(diagnostic.hint), diagnostic


def _lines(
    diagnostics: tuple[Diagnostic, ...], skipped: int, wanted: dict[tuple[str, str], list[str]]
) -> Iterator[str]:
    """Yield a line for each diagnostic, with the expected part of its text if it has that part."""
    for d in diagnostics:
        place = f"{d.span.path}:{d.span.line}:{d.span.column}"
        if skipped and d.span.path == "01.md":
            place = f"{d.span.line - skipped}:{d.span.column}"
        parts = wanted.get((place, str(d.code)))
        part = parts.pop(0) if parts else ""
        yield f"{place} {d.code} {part if part in f'{d.message} {d.hint}' else d.message}".rstrip()


def is_sentence(text: str) -> bool:
    """Return whether a newcomer reads whole sentences: a capital or code first, a stop last."""
    return bool(re.match(r"[^\Wa-z_]|[`“$\\(]", text)) and text.endswith((".", "?"))


def fix(result: ParseResult) -> dict[str, str]:
    """Return the new text of each file in which ids are missing, by path."""
    return {
        path: inserted(result.sources[path].text, insertions)
        for path, insertions in planned(result).items()
    }
