"""Diagnostics for a terminal: the place, the line with the mistake marked, what to type."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import click
from rich.cells import cell_len

from aml_build.diagnostics.codes import Severity
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source, Span
from aml_build.phrases import count_of

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_WIDEST = 100
"""Columns of a source line that are shown: the part around the mistake of a longer one."""


def render(
    diagnostics: Sequence[Diagnostic],
    sources: Mapping[str, Source],
    root: Path,
    *,
    colour: bool = True,
) -> str:
    """Return the report: each mistake with its source line, then the counts.

    Paths are relative to the current folder: they begin with ``root``.
    """
    parts = []
    for path, group in groupby(diagnostics, key=lambda found: found.span.path):
        lines = _lines(path, sources, root)
        parts += [_one(found, lines, root, colour) for found in group]
    if diagnostics:
        parts.append(f"{counts(diagnostics)}\n")
    return "\n".join(parts)


def _lines(path: str, sources: Mapping[str, Source], root: Path) -> Sequence[str]:
    """Return a file's lines; read the file if the parser did not."""
    if path in sources:
        return sources[path].text.split("\n")
    try:
        return (root / path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return ()


def counts(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many mistakes of each severity there are, and in how many files."""
    found = list(diagnostics)
    numbers = Counter(one.severity for one in found)
    parts = [count_of(numbers[each], each.value) for each in Severity if numbers[each]]
    files = len({one.span.path for one in found})
    return f"{' and '.join(parts)} in {count_of(files, 'file')}"


def _one(found: Diagnostic, lines: Sequence[str], root: Path, colour: bool) -> str:
    tint = _COLOURS[found.severity]
    head = (
        f"{_style(_place(found.span, root), colour, bold=True)}: "
        f"{_style(found.severity.value, colour, fg=tint, bold=True)} "
        f"{_style(f'[{found.code}]', colour, dim=True)} {_safe(found.message)}"
    )
    parts = [head]
    if 0 < found.span.line <= len(lines):
        shown, mark = _marked(lines[found.span.line - 1], found.span)
        gutter = f"{found.span.line:>5} | "
        parts.append(_style(gutter, colour, dim=True) + shown)
        parts.append(
            _style(f"{'':>5} | ", colour, dim=True) + _style(mark, colour, fg=tint, bold=True)
        )
    parts.append(f"  {_style('hint:', colour, fg='cyan')} {_safe(found.hint)}")
    return "\n".join(parts) + "\n"


def _place(span: Span, root: Path) -> str:
    return _safe(f"{(root / span.path).as_posix()}{str(span)[len(span.path) :]}")


def _marked(line: str, span: Span) -> tuple[str, str]:
    """Return the line, cut to what fits, and the carets that go under it."""
    start = min(span.column - 1, len(line))
    end = max(start + 1, min(start + span.length, len(line)))
    left = max(0, min(start - _WIDEST // 3, len(line) - _WIDEST))
    right = min(len(line), left + _WIDEST)
    before = ("…" if left else "") + _safe(line[left:start])
    marked = _safe(line[start : min(end, right)])
    after = _safe(line[min(end, right) : right]) + ("…" if right < len(line) else "")
    # Wide characters take two cells of a terminal.
    return before + marked + after, " " * cell_len(before) + "^" * max(1, cell_len(marked))


def _safe(text: str) -> str:
    """Return the text with each control character replaced, because it could change the terminal."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def _style(
    text: str, colour: bool, *, fg: str | None = None, bold: bool = False, dim: bool = False
) -> str:
    if not colour:
        return text
    return click.style(text, fg=fg, bold=bold or None, dim=dim or None)
