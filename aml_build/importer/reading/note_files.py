"""Files of notes: bytes to lines, or a diagnostic."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.importer.import_log import ImportLog
from aml_build.storage.text_encoding import seeming_encoding, wide_encoding

LONGEST_LINE = 200_000
"""Code points; no person types so long a line."""
_MAGIC = (
    (b"%PDF", "a PDF: copy its text into a file first"),
    (b"PK\x03\x04", "a ZIP archive (.docx, .apkg, …): save the notes as text first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF document: save it as plain text first"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufff9-\ufffb]")
"""Separate words."""
_JOINER = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064]")
"""Have no width."""


@dataclass(slots=True, frozen=True)
class NoteFile:
    """One file of notes."""

    name: str
    """As it was given, for messages."""
    path: Path
    lines: list[str]
    first: int
    """Number of its first line, counted through all files from 1."""


def read_notes(
    paths: Sequence[Path], log: ImportLog
) -> tuple[tuple[NoteFile, ...], tuple[Diagnostic, ...]]:
    """Read all files; raise ``OSError`` for one that cannot be read."""
    texts: list[NoteFile] = []
    diagnostics: list[Diagnostic] = []
    first = 1
    for path in paths:
        found = decoded(path.name, path.read_bytes())
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
            continue
        lines = _visible(found.split("\n"), first, log)
        texts.append(NoteFile(path.name, path, lines, first))
        first += len(lines)
    return tuple(texts), tuple(diagnostics)


def decoded(name: str, data: bytes) -> str | Diagnostic:
    """Return the text of a file with ``\\n`` at its line ends, or a diagnostic."""
    for mark, what in _MAGIC:
        if data.startswith(mark):
            return _error(name, 0, Code.NOT_TEXT, f"This is {what}.", "Import text or Markdown.")
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as problem:
        return _not_utf8(name, data, problem)
    if "\x00" in text:
        if wide_encoding(data) is not None:
            return _not_utf8(name, data, None)
        line = text[: text.index("\x00")].count("\n") + 1
        return _error(
            name, line, Code.NOT_TEXT, "This file holds zero bytes: it is not text.",
            "Save the notes as plain text in UTF-8.",
        )  # fmt: skip
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    long = _long_line(text)
    if long:
        return _error(
            name, long[0], Code.LONG_LINE,
            f"This line has {long[1]:,} characters; nobody wrote it like that.",
            "Break the text into lines, or check that this is the file you mean.",
        )  # fmt: skip
    if not text.strip():
        hint = "Name the file with the notes."
        return _error(name, 0, Code.NO_NOTES, "This file is empty.", hint)
    return text


def _long_line(text: str) -> tuple[int, int] | None:
    if len(text) <= LONGEST_LINE:
        return None
    lengths = (len(line) for line in text.split("\n"))
    return next(((n, size) for n, size in enumerate(lengths, 1) if size > LONGEST_LINE), None)


def _not_utf8(name: str, data: bytes, problem: UnicodeDecodeError | None) -> Diagnostic:
    line = data.count(b"\n", 0, problem.start) + 1 if problem else 1
    guess = seeming_encoding(data)
    if guess is None:
        return _error(
            name, line, Code.NOT_TEXT, "This file is not text.",
            "Import text or Markdown, saved as UTF-8.",
        )  # fmt: skip
    return _error(
        name, line, Code.NOT_UTF8, f"This file is not UTF-8; it seems to be {guess.name}.",
        "Open it in your editor with that encoding and save it as UTF-8.",
    )  # fmt: skip


def _visible(lines: list[str], first: int, log: ImportLog) -> list[str]:
    """Remove invisible characters; form feeds become blanks, so that no line is added."""
    for index, line in enumerate(lines):
        if line.isprintable():
            continue
        for found in sorted({*_CONTROL.findall(line), *_JOINER.findall(line)}):
            log.drop("invisible character", f"U+{ord(found):04X}", [first + index])
        clean = _CONTROL.sub(" ", _JOINER.sub("", line))
        lines[index] = "".join(" " if c != "\t" and c.isspace() else c for c in clean)
    return lines


def _error(name: str, line: int, code: Code, message: str, hint: str) -> Diagnostic:
    return diagnose(Span(name, line, 1), code, message, hint)
