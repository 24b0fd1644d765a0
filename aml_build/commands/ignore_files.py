"""The files by which git ignores what builds write."""

from collections.abc import Iterator
from pathlib import Path

from aml_build.storage.course_search import CONTENT
from aml_build.storage.source_paths import OUT, STATE

_NAME = ".gitignore"
_COMMENT = "# Made from the notes, and remembered between builds, by aml-build"


def ignore_files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the ignore files that a course needs, each with the lines that it has already.

    The artifacts of a folder ``content`` go beside it, so its repository ignores them.
    """
    yield from _ignoring(folder, (OUT, STATE))
    place = folder.resolve()
    if place.name == CONTENT.name and (place.parent / ".git").exists():
        yield from _ignoring(folder.parent if folder.name == place.name else folder / "..", (OUT,))


def _ignoring(folder: Path, names: tuple[str, ...]) -> Iterator[tuple[Path, bytes]]:
    path = folder / _NAME
    before = path.read_bytes() if path.exists() else b""
    known = {line.strip().strip(b"/") for line in before.splitlines()}
    missing = [f"/{name}/" for name in names if name.encode() not in known]
    if missing:
        end = "" if before[-1:] in (b"", b"\n") else "\n"
        added = "\n".join([_COMMENT, *missing, ""])
        yield path, before + f"{end}{added}".encode()
