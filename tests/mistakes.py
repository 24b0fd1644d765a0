"""Fixtures of mistakes: a title, what an author writes, what the tool says.

A fixture whose input names files (``=== path``) replaces files of a small course; any other input is
the text of its one lesson, and lines are counted from there. What is expected is a line for each
mistake: ``[path:]line:column code [part of the message or the hint]``.
"""

import re
from pathlib import Path

from markdown_it.utils import read_fixture_file

from aml_build.check import check
from aml_build.diagnostics.diagnostic import Diagnostic, in_order
from aml_build.diagnostics.source import Source
from aml_build.parse.course import Parsed, parse_sources

HEAD = "---\nlesson: 1\ntitle: A lesson\n---\n"
SMALL = {
    "course.yaml": "id: small\ntitle: A small course\n",
    "01.md": f"{HEAD}## Bayes {{#bayes}}\n\nWeighs evidence.\n",
    "figures/a.tex": "\\begin{tikzpicture}\\end{tikzpicture}\n",
}
_FILE = re.compile(r"^=== (.+)\n", re.MULTILINE)


def course(files: dict[str, str]) -> Parsed:
    return parse_sources({path: Source(path, text) for path, text in sorted(files.items())})


def lesson(text: str) -> Parsed:
    return course(SMALL | {"01.md": HEAD + text})


def found(parsed: Parsed) -> tuple[Diagnostic, ...]:
    if parsed.course is None:
        return parsed.diagnostics
    return in_order((*parsed.diagnostics, *check(parsed.course, parsed.names)))


def ids_are_written(parsed: Parsed) -> None:
    """Hold that no id is missing, but on lines that wait until an invisible character is deleted."""
    unclear = {
        (d.span.path, d.span.line) for d in parsed.diagnostics if d.code == "control-character"
    }
    gaps = {(file.path, gap.line) for file in parsed.names for gap in file.gaps}
    assert gaps <= unclear
    if not gaps:
        missing = {"missing-id", "missing-cloze-number"}
        assert not [d for d in parsed.diagnostics if d.code in missing]


def fixtures(*paths: Path) -> list[tuple[str, str, str]]:
    return [
        (f"{path.stem}: {title.strip()}", text, expected)
        for path in paths
        for _, title, text, expected in read_fixture_file(path)
    ]


def parsed_fixture(text: str) -> tuple[Parsed, int]:
    """Parse a fixture's input; return also how many lines stand before it."""
    parts = _FILE.split(text)
    if len(parts) == 1:
        return lesson(text), HEAD.count("\n")
    return course(SMALL | dict(zip(parts[1::2], parts[2::2], strict=True))), 0


def agree(said: tuple[Diagnostic, ...], skipped: int, expected: str) -> None:
    """Hold what was said against what was expected, line by line."""
    wanted = [line.split(" ", 2) for line in expected.splitlines()]
    shown = [
        (f"{d.span.path}:{d.span.line}:{d.span.column}", d.code)
        if not skipped or d.span.path != "01.md"
        else (f"{d.span.line - skipped}:{d.span.column}", d.code)
        for d in said
    ]
    assert shown == [(place, code) for place, code, *_ in wanted]
    for diagnostic, (_, _, *part) in zip(said, wanted, strict=True):
        assert not part or part[0] in f"{diagnostic.message} {diagnostic.hint}", diagnostic
        assert is_sentence(diagnostic.message), diagnostic
        assert is_sentence(diagnostic.hint), diagnostic


def is_sentence(text: str) -> bool:
    """Return whether a newcomer reads whole sentences: a capital or code first, a stop last."""
    return bool(re.match(r"[^\Wa-z_]|[`“$\\(]", text)) and text.endswith((".", "?"))
