"""Whether anything that a build depends on has changed since the last one."""

import functools
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import which

import msgspec

from aml_build.resources import templates
from aml_build.storage.files import digest
from aml_build.storage.source_paths import source_paths, visible_paths

_ENGINES = ("pdflatex", "pdftocairo")


class Stamp(msgspec.Struct, frozen=True):
    """A digest of what the last build read, and digests of what it wrote."""

    inputs: str
    outputs: Mapping[str, str]
    """Digest by path relative to the output folder; the build record's path is absolute."""
    report: bytes
    """The last outcome as JSON, shown again if nothing changed."""


@functools.cache
def tool_digest() -> str:
    """Return a digest of this tool: its code, its templates, its libraries."""
    parts: list[str | bytes] = [*_libraries()]
    for folder, ending in ((Path(__file__).parents[1], ".py"), (templates(), "")):
        for path in visible_paths(folder):
            if path.endswith(ending):
                parts += [path, (folder / path).read_bytes()]
    return digest(*parts)


def _libraries() -> list[str]:
    """Return the installed libraries with their versions.

    The names of the metadata folders contain both (https://packaging.python.org/specifications/binary-distribution-format);
    ``importlib.metadata`` would take longer than an unchanged build.
    """
    found = set()
    for folder in sys.path:
        if folder and Path(folder).is_dir():
            names = (entry.name for entry in os.scandir(folder))
            found |= {name for name in names if name.endswith((".dist-info", ".egg-info"))}
    return sorted(found)


def inputs_digest(root: Path, *others: str) -> str:
    """Return a digest of all that a build depends on: tool, engines, the course's files, options."""
    parts: list[str | bytes] = [tool_digest(), *others]
    for engine in _ENGINES:
        found = which(engine)
        parts.append(f"{engine} {Path(found).stat().st_size if found else 'none'}")
    for path in source_paths(root):
        if (root / path).is_file():
            parts += [path, (root / path).read_bytes()]
    return digest(*parts)


def intact(out: Path, stamp: Stamp) -> bool:
    """Return whether every artifact of the last build is still there, byte for byte."""
    try:
        return all(digest((out / p).read_bytes()) == d for p, d in stamp.outputs.items())
    except OSError:
        return False
