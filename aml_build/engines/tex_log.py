"""Read the log of a TeX run: its problems, and the places in the notes that caused them."""

import re
from collections.abc import Mapping

import msgspec

from aml_build.diagnostics.source import Span
from aml_build.engines.tex_messages import ProblemKind, explain

_MARK = re.compile(r"%@(\d+):(\d+):(\d+):(.*)$")
_MARK_LINE = re.compile(r"%@\d+:\d+:\d+:.*\n")


class TexProblem(msgspec.Struct, frozen=True, gc=False):
    """One complaint of TeX, in plain words."""

    kind: ProblemKind
    message: str
    """One sentence."""
    line: int
    """1-based line of the file that was run; 0 where TeX names none."""
    place: Span | None
    """The notes that the line was made of, if a mark names them."""
    amount: float = 0.0
    """How far a box sticks out, pt."""
    hint: str = ""
    """What to type instead; empty where that depends on the artifact."""


def mark(span: Span) -> str:
    """Return a comment line that ties the TeX below it to a place in the notes."""
    path = span.path.replace("\n", " ")
    return f"%@{span.line}:{span.column}:{span.length}:{path}\n"


def unmarked(text: str) -> str:
    """Return TeX without its marks: what it sets does not depend on where its source is."""
    return _MARK_LINE.sub("", text)


def places(text: str) -> tuple[tuple[int, Span], ...]:
    """Return the marks of a TeX file with their 1-based lines, in order."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        hit = _MARK.search(line) if "%@" in line else None
        if hit:
            content, column, length, path = hit.groups()
            found.append((number, Span(path, int(content), int(column), int(length))))
    return tuple(found)


def log_line_number() -> str:
    """Return TeX that writes its line number to the log, for complaints that name no line."""
    return r"\immediate\write-1{@@\the\inputlineno}"


_LINE_NUMBER = re.compile(r"^@@(\d+)$")
_ERROR = re.compile(r"^(?:\./)?(?P<file>[^:\n]+):(?P<line>\d+): (?P<message>.*)$")
_BARE_ERROR = re.compile(r"^! (?P<message>.*)$")
_CONTEXT = re.compile(r"^l\.(?P<line>\d+) (?P<before>.*)$")
_OVERFULL = re.compile(
    r"^Overfull \\(?P<box>[hv])box \((?P<pt>[\d.]+)pt too (?:wide|high)\)"
    r"(?:.*?(?:at lines?|line) (?P<line>\d+))?"
)
_GLYPH = re.compile(r"^Missing character: There is no (?P<glyph>.+) in font (?P<font>\S+?)!")
_REFERENCE = re.compile(
    r"^LaTeX Warning: (?:Reference|Citation) [`'](?P<name>[^']*)'.*?(?:input line (?P<line>\d+))"
)
_CONSEQUENCES = (
    "==> Fatal error",
    "Emergency stop",
    "That makes 100 errors",
    "Interruption",
)


def problems(log: str, document: str, files: Mapping[str, str]) -> tuple[TexProblem, ...]:
    """Return the complaints of a log in its order, each once.

    ``document`` is the name of the file that was run, ``files`` the text of every input by name:
    marks are looked up in the file that TeX was reading.
    """
    marks = {name: places(text) for name, text in files.items()}
    lines = log.split("\n")
    found: dict[TexProblem, None] = {}
    logged_line = 0
    for index, text in enumerate(lines):
        if hit := _LINE_NUMBER.match(text):
            logged_line = int(hit[1])
            continue
        problem = _problem(text, lines[index + 1 : index + 40], document, marks, logged_line)
        if problem is not None:
            found[problem] = None
    return tuple(found)


def _problem(
    text: str,
    following: list[str],
    document: str,
    marks: Mapping[str, tuple[tuple[int, Span], ...]],
    logged_line: int,
) -> TexProblem | None:
    """Return the complaint that a line of the log begins, if any."""

    def make(
        kind: ProblemKind,
        message: str,
        line: int,
        file: str = document,
        amount: float = 0.0,
        hint: str = "",
    ) -> TexProblem:
        return TexProblem(kind, message, line, _place(marks.get(file, ()), line), amount, hint)

    if hit := _OVERFULL.match(text):
        way = "wide" if hit["box"] == "h" else "high"
        message = f"The content is {float(hit['pt']):.1f} pt too {way} for its place."
        return make(ProblemKind.OVERFULL, message, int(hit["line"] or 0), amount=float(hit["pt"]))
    if hit := _GLYPH.match(text):
        message = f"The font `{hit['font']}` has no character {hit['glyph']}."
        return make(ProblemKind.MISSING_GLYPH, message, logged_line)
    if hit := _REFERENCE.match(text):
        message = f"The reference `{hit['name']}` leads nowhere."
        return make(ProblemKind.REFERENCE, message, int(hit["line"]))
    if hit := _ERROR.match(text) or _BARE_ERROR.match(text):
        complaint = hit["message"]
        if any(word in complaint for word in _CONSEQUENCES):
            return None
        named = hit.groupdict()
        context = next((c for line in following if (c := _CONTEXT.match(line))), None)
        line = int(named.get("line") or (context["line"] if context else 0))
        kind, message, hint = explain(complaint, next(iter(following), ""))
        return make(kind, message, line, named.get("file") or document, hint=hint)
    return None


def _place(marks: tuple[tuple[int, Span], ...], line: int) -> Span | None:
    """Return the content of the last mark above the line."""
    above = [span for number, span in marks if number < line]
    return above[-1] if above else None
