"""Whether anything that a build depends on has changed since the last one."""

import functools
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which

import msgspec

from aml_build.cache import digest
from aml_build.resources import templates

#: Libraries whose version shows in the bytes of artifacts.
_LIBRARIES = ("genanki", "pylatex", "markdown-it-py", "pikepdf", "django-static-mathjax", "msgspec")
_ENGINES = ("pdflatex", "pdftocairo")


class Stamp(msgspec.Struct, frozen=True):
    """What the last build was made from and what it left behind."""

    inputs: str
    outputs: Mapping[str, str]
    """Digest by path relative to the output folder."""
    report: bytes
    """The last report, to be told again."""


@functools.cache
def tool_digest() -> str:
    """Return a name for this very tool: its code, its templates, its libraries."""
    parts: list[str | bytes] = []
    for folder, pattern in ((Path(__file__).parent, "*.py"), (templates(), "*")):
        for path in sorted(p for p in folder.rglob(pattern) if p.is_file()):
            parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    for library in _LIBRARIES:
        try:
            parts.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            parts.append(f"{library} none")
    return digest(*parts)


def inputs_digest(root: Path, *others: str) -> str:
    """Return a name for all that a build depends on: tool, engines, the course's files, options."""
    parts: list[str | bytes] = [tool_digest(), *others]
    for engine in _ENGINES:
        found = which(engine)
        parts.append(f"{engine} {Path(found).stat().st_size if found else 'none'}")
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        parts += [path.relative_to(root).as_posix(), path.read_bytes()]
    return digest(*parts)


def intact(out: Path, stamp: Stamp) -> bool:
    """Return whether every artifact of the last build is still there, byte for byte."""
    try:
        return all(digest((out / p).read_bytes()) == d for p, d in stamp.outputs.items())
    except OSError:
        return False
