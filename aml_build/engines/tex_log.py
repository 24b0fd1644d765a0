"""Reading what TeX wrote, so that nobody else has to."""

import re
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from aml_build.diagnostics.source import Span

_MARK = re.compile(r"%@(\d+):(\d+):(\d+):(.*)$")
_MARK_LINE = re.compile(r"%@\d+:\d+:\d+:.*\n")


class ProblemKind(StrEnum):
    """What sort of trouble a run had."""

    ERROR = "error"
    OVERFULL = "overfull"
    MISSING_GLYPH = "missing-glyph"
    REFERENCE = "reference"
    TIMEOUT = "timeout"


class TexProblem(msgspec.Struct, frozen=True, gc=False):
    """One complaint of TeX, in words for people."""

    kind: ProblemKind
    message: str
    """One sentence."""
    line: int
    """1-based line of the file that was run; 0 where TeX names none."""
    place: Span | None
    """The content that the line was made of, where a mark says so."""
    amount: float = 0.0
    """How far a box sticks out, pt."""


def mark(span: Span) -> str:
    """Return a comment line that ties the TeX below it to a place in the content."""
    path = span.path.replace("\n", " ")
    return f"%@{span.line}:{span.column}:{span.length}:{path}\n"


def unmarked(text: str) -> str:
    """Return TeX without its marks: what it sets does not depend on where its source stands."""
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


def pin() -> str:
    """Return TeX that notes in the log where we are, for complaints that name no line."""
    return r"\immediate\write-1{@@\the\inputlineno}"


_PIN = re.compile(r"^@@(\d+)$")
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
_AFTERMATH = (
    "==> Fatal error",
    "Emergency stop",
    "That makes 100 errors",
    "Interruption",
)

_PLAIN: tuple[tuple[str, str], ...] = (
    (r"Missing \$ inserted", "Something that is only allowed in math stands outside math."),
    (r"Missing number, treated as zero", "A number is missing."),
    (r"Missing delimiter", "A delimiter is missing after `\\left`, `\\right` or `\\big`."),
    (r"Missing \\right\. inserted|Missing \\right inserted", "A `\\left` has no `\\right`."),
    (r"Extra \\right", "A `\\right` has no `\\left`."),
    (r"Extra \\middle", "A `\\middle` stands outside `\\left … \\right`."),
    (r"Missing } inserted", "A closing brace `}` is missing."),
    (r"Missing { inserted", "An opening brace `{` is missing."),
    (r"Extra }, or forgotten", "There is a closing brace `}` too many."),
    (r"Too many }'s", "There is a closing brace `}` too many."),
    (r"Double superscript", "There are two superscripts in a row."),
    (r"Double subscript", "There are two subscripts in a row."),
    (r"Misplaced alignment tab", "An `&` stands outside an alignment."),
    (r"Extra alignment tab", "A row has more `&` than the alignment has columns."),
    (r"Misplaced \\noalign", "A `\\hline` does not stand at the beginning of a row."),
    (r"Limit controls must follow", "`\\limits` does not follow an operator such as `\\sum`."),
    (r"TeX capacity exceeded", "This is too large or calls itself without end."),
    (r"Runaway argument|Paragraph ended before|File ended while", "A brace is never closed."),
    (r"Dimension too large", "A length is too large."),
    (r"Illegal unit of measure", "A length has no unit such as `pt` or `em`."),
    (r"File [`'](?P<it>[^']+)' not found", "The file `{it}` is not there."),
    (r"Environment (?P<it>\S+) undefined", "LaTeX knows no environment `{it}`."),
    (r"\\begin\{(?P<it>[^}]*)\}.*ended by", "`\\begin{{{it}}}` has no matching `\\end`."),
    (r"Font .* not found|Metric \(TFM\) file|Font .* not loadable", "A font is not installed."),
    (r"Unicode character (?P<it>\S+)", "LaTeX has no character `{it}` in this font."),
)


def problems(log: str, document: str, files: Mapping[str, str]) -> tuple[TexProblem, ...]:
    """Return the complaints of a log in its order, each once.

    ``document`` is the name of the file that was run, ``files`` the text of every input by name:
    marks are looked up in the file that TeX was reading.
    """
    marks = {name: places(text) for name, text in files.items()}
    lines = log.split("\n")
    found: dict[TexProblem, None] = {}
    pinned = 0
    for index, text in enumerate(lines):
        if hit := _PIN.match(text):
            pinned = int(hit[1])
            continue
        problem = _problem(text, lines[index + 1 : index + 40], document, marks, pinned)
        if problem is not None:
            found[problem] = None
    return tuple(found)


def _problem(
    text: str,
    following: list[str],
    document: str,
    marks: Mapping[str, tuple[tuple[int, Span], ...]],
    pinned: int,
) -> TexProblem | None:
    """Return the complaint that a line of the log begins, if any."""

    def make(
        kind: ProblemKind, message: str, line: int, file: str = document, amount: float = 0.0
    ) -> TexProblem:
        return TexProblem(kind, message, line, _place(marks.get(file, ()), line), amount)

    if hit := _OVERFULL.match(text):
        way = "wide" if hit["box"] == "h" else "high"
        message = f"The content is {float(hit['pt']):.1f} pt too {way} for its place."
        return make(ProblemKind.OVERFULL, message, int(hit["line"] or 0), amount=float(hit["pt"]))
    if hit := _GLYPH.match(text):
        message = f"The font `{hit['font']}` has no character {hit['glyph']}."
        return make(ProblemKind.MISSING_GLYPH, message, pinned)
    if hit := _REFERENCE.match(text):
        message = f"The reference `{hit['name']}` leads nowhere."
        return make(ProblemKind.REFERENCE, message, int(hit["line"]))
    if hit := _ERROR.match(text) or _BARE_ERROR.match(text):
        complaint = hit["message"]
        if any(word in complaint for word in _AFTERMATH):
            return None
        named = hit.groupdict()
        context = next((c for line in following if (c := _CONTEXT.match(line))), None)
        line = int(named.get("line") or (context["line"] if context else 0))
        return make(
            ProblemKind.ERROR,
            _sentence(complaint, following),
            line,
            named.get("file") or document,
        )
    return None


def _sentence(complaint: str, following: list[str]) -> str:
    """Return TeX's complaint in words for people."""
    if "Undefined control sequence" in complaint:
        # The first line of context breaks off just after the culprit.
        commands = re.findall(r"\\(?:[A-Za-z@]+|.)", next(iter(following), ""))
        return (
            f"LaTeX knows no command `{commands[-1]}`."
            if commands
            else "LaTeX knows no such command."
        )
    for pattern, sentence in _PLAIN:
        if hit := re.search(pattern, complaint):
            return sentence.format(**hit.groupdict()) if hit.groupdict() else sentence
    plain = re.sub(r"^(?:LaTeX|Package \S+|pdfTeX|Class \S+) [Ee]rror:? *", "", complaint).strip()
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


def _place(marks: tuple[tuple[int, Span], ...], line: int) -> Span | None:
    """Return the content of the last mark above the line."""
    above = [span for number, span in marks if number < line]
    return above[-1] if above else None
