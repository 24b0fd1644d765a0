"""The files of a course, read from a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.model.course import NOT_LESSONS
from aml_build.parse.text.pictures import SUFFIXES
from aml_build.parse.yaml.course_settings import NAME


class Files(msgspec.Struct, frozen=True):
    """What a folder holds."""

    sources: dict[str, Source]
    """Text files by path, in the order of paths."""
    others: frozenset[str]
    """Paths of the pictures that are not text."""
    diagnostics: tuple[Diagnostic, ...]


def read_sources(root: Path) -> Files:
    """Read ``course.yaml``, all lessons and all figures; raise ``OSError`` for unreadable files."""
    sources: dict[str, Source] = {}
    others: set[str] = set()
    diagnostics: list[Diagnostic] = []
    for path in _paths(root):
        if not (root / path).resolve().is_relative_to(root.resolve()):
            # A symbolic link must not carry files from elsewhere into artifacts.
            continue
        if path.endswith((".png", ".jpg")):
            others.add(path)
            continue
        source, found = decoded(path, (root / path).read_bytes())
        sources[path] = source
        diagnostics += found
    return Files(sources, frozenset(others), tuple(diagnostics))


def _paths(root: Path) -> Iterator[str]:
    """Yield the paths of the course's files, sorted, hidden folders left out."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(folder).relative_to(root)
        found += [(here / name).as_posix() for name in names if _wanted(here, name)]
    yield from sorted(found)


def _wanted(folder: Path, name: str) -> bool:
    if name.startswith(".") or name.lower() in NOT_LESSONS:
        return False
    if name == NAME:
        return folder == Path()
    return name.endswith((".md", *SUFFIXES))


def decoded(path: str, data: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Make text of a file's bytes; what is not UTF-8 is reported and replaced."""
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return Source(path, data.decode("utf-8")), ()
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        found = diagnose(
            Span(path, line, column),
            Code.NOT_UTF8,
            f"This file is not UTF-8: byte 0x{data[problem.start]:02X} cannot be read.",
            "Save the file as UTF-8 in your editor.",
        )
        return Source(path, data.decode("utf-8", errors="replace")), (found,)
