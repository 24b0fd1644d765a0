"""The files of a course, read from a folder."""

import unicodedata
from pathlib import Path, PurePosixPath

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.model.course import NOT_LESSONS
from aml_build.parse.text.pictures import has_picture_suffix, shows_picture
from aml_build.storage.source_paths import SETTINGS, source_paths
from aml_build.storage.text_encoding import seeming_encoding, wide_encoding


class CourseFiles(msgspec.Struct, frozen=True):
    """The files in a folder."""

    sources: dict[str, Source]
    """Text files by path, in the order of paths."""
    others: frozenset[str]
    """Paths of the pictures that are not text."""
    diagnostics: tuple[Diagnostic, ...]


def read_sources(root: Path) -> CourseFiles:
    """Read ``course.yaml``, all lessons and all figures; raise ``OSError`` for unreadable files."""
    sources: dict[str, Source] = {}
    others: set[str] = set()
    diagnostics: list[Diagnostic] = []
    for path in filter(_wanted, source_paths(root)):
        if not (root / path).resolve().is_relative_to(root.resolve()):
            # A symbolic link could copy private files from elsewhere into artifacts.
            continue
        if has_picture_suffix(path):
            # A Mac writes "ü" in a name as two characters, its keyboard as one.
            others |= {path, unicodedata.normalize("NFC", path)}
            continue
        source, found = decoded(path, (root / path).read_bytes())
        sources[path] = source
        diagnostics += found
    return CourseFiles(sources, frozenset(others), tuple(diagnostics))


def _wanted(path: str) -> bool:
    name = PurePosixPath(path).name
    if name == SETTINGS:
        return path == SETTINGS
    return name.lower() not in NOT_LESSONS and (name.endswith(".md") or shows_picture(name))


def decoded(path: str, data: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Decode a file; report one that is not UTF-8, and read it in the encoding that it seems to have."""
    encoding = wide_encoding(data)
    span = Span(path, 1, 1)
    if encoding is None:
        data = data.removeprefix(b"\xef\xbb\xbf")
        try:
            return Source(path, _with_newlines(data.decode("utf-8"))), ()
        except UnicodeDecodeError as problem:
            before = _with_newlines(data[: problem.start].decode("utf-8"))
            column = len(before) - (before.rfind("\n") + 1) + 1
            span = Span(path, before.count("\n") + 1, column)
        encoding = seeming_encoding(data)
    message = "This file is not text, or not UTF-8."
    hint = "Save it as plain text in UTF-8."
    if encoding is not None:
        message = f"This file is not UTF-8; it seems to be {encoding.name}."
        hint = "Open it in your editor with that encoding and save it as UTF-8."
    text = data.decode(encoding.codec if encoding else "utf-8", errors="replace")
    source = Source(path, _with_newlines(text.removeprefix("\ufeff")))
    return source, (diagnose(span, Code.NOT_UTF8, message, hint),)


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
