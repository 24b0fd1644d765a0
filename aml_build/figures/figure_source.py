"""The source of a figure: one whole TikZ picture, made of allowed commands."""

import re
from collections.abc import Iterator, Sequence

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.figures.allowed_commands import Violation, blank_comments, violations
from aml_build.model import Macro

_GROUPING = re.compile(r"\\(?:[A-Za-z@]+|.)|[{}]", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_ONE = "Write the whole figure between one \\begin{tikzpicture} and one \\end{tikzpicture}."


def check_source(source: Source, macros: Sequence[Macro], *, whole: bool) -> list[Diagnostic]:
    """Return forbidden commands and, of a ``whole`` figure, mistakes in its outline."""
    names = frozenset(macro.name for macro in macros)
    found = [_diagnostic(source, v, Code.FIGURE_COMMAND) for v in violations(source.text, names)]
    outline = form_violations(source.text) if whole else ()
    return found + [_diagnostic(source, v, Code.FIGURE_FORM) for v in outline]


def form_violations(text: str) -> tuple[Violation, ...]:
    """Return what is wrong with the outline of a figure, in order."""
    bare = blank_comments(text)
    return tuple(sorted([*_braces(bare), *_environments(bare), *_picture(bare)]))


def _braces(bare: str) -> Iterator[Violation]:
    opened: list[int] = []
    for match in _GROUPING.finditer(bare):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}":
            if not opened:
                yield (
                    match.start(),
                    1,
                    "A brace is closed here that was never opened.",
                    "Remove it.",
                )
                return
            opened.pop()
    if opened:
        yield opened[-1], 1, "This brace is never closed.", "Add the missing `}`."


def _environments(bare: str) -> Iterator[Violation]:
    opened: list[re.Match[str]] = []
    for match in _ENVIRONMENT.finditer(bare):
        if match[1] == "begin":
            opened.append(match)
            continue
        if not opened or opened[-1][2] != match[2]:
            expected = (
                f"`\\end{{{opened[-1][2]}}}`" if opened else f"`\\begin{{{match[2]}}}` before it"
            )
            yield match.start(), len(match[0]), f"`{match[0]}` ends nothing.", f"Write {expected}."
            return
        opened.pop()
    if opened:
        last = opened[-1]
        yield last.start(), len(last[0]), f"`{last[0]}` has no end.", f"Add `\\end{{{last[2]}}}`."


def _picture(bare: str) -> Iterator[Violation]:
    begins = [m for m in _ENVIRONMENT.finditer(bare) if m[1] == "begin" and m[2] == "tikzpicture"]
    if len(begins) != 1:
        at = begins[1].start() if begins else 0
        count = len(begins) or "no"
        yield at, 1, f"A figure file has one TikZ picture; this one has {count}.", _ONE
        return
    end = bare.rfind("\\end{tikzpicture}")
    after = bare[end + len("\\end{tikzpicture}") :] if end >= 0 else ""
    if after.strip():
        at = len(bare) - len(after.lstrip())
        yield at, 1, "There is text after the picture.", _ONE


def _diagnostic(source: Source, violation: Violation, code: Code) -> Diagnostic:
    offset, length, message, hint = violation
    line, column = source.at(offset)
    rest = max(1, len(source.line(line)) - column + 1)
    return diagnose(Span(source.path, line, column, min(length, rest)), code, message, hint)
