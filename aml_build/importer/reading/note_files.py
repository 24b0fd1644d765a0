"""Files of notes: bytes to lines, or a diagnostic."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.importer.import_log import ImportLog

LONGEST_LINE = 200_000
"""Code points; no person types so long a line."""
_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16 (little endian)"),
    (b"\xfe\xff", "UTF-16 (big endian)"),
)
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
        if data.count(0) * 5 > len(data):
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
        name, line, Code.NOT_UTF8, f"This file is not UTF-8; it seems to be {guess}.",
        "Open it in your editor with that encoding and save it as UTF-8.",
    )  # fmt: skip


def seeming_encoding(data: bytes) -> str | None:
    """Guess the encoding of bytes that are not UTF-8; ``None`` if they are not text."""
    for mark, what in _BOMS:
        if data.startswith(mark):
            return what
    sample = data[:65536]
    zeros_even, zeros_odd = sample[0::2].count(0), sample[1::2].count(0)
    if zeros_odd * 5 > len(sample) and zeros_even * 20 < len(sample):
        return "UTF-16 (little endian)"
    if zeros_even * 5 > len(sample) and zeros_odd * 20 < len(sample):
        return "UTF-16 (big endian)"
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if controls * 50 > len(sample):
        return None
    high = [byte for byte in sample if byte >= 0x80]
    if len(high) * 3 > len(sample):
        return "an encoding for a script of its own (Shift-JIS, GB 18030, Windows-1251, …)"
    if any(byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) for byte in high):
        return "Mac Roman"
    return "Windows-1252" if any(byte < 0xA0 for byte in high) else "ISO 8859-1 (Latin-1)"


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
