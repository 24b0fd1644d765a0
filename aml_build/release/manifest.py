"""The manifest of a release: which files students get, under which names."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import msgspec

MANIFEST_NAME = "manifest.json"
SUMS_NAME = "SHA256SUMS"
NOTES_NAME = "release-notes.md"


class ReleaseFile(msgspec.Struct, frozen=True):
    """A published file."""

    name: str
    source: str
    """The artifact of which it is a copy, relative to the output folder."""
    size: int
    """Bytes."""
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """All that belongs to a release."""

    course: str
    """The course's id."""
    title: str
    version: str
    date: str
    """ISO date of the release."""
    commit: str
    """The commit of the notes; empty outside git."""
    files: tuple[ReleaseFile, ...]
    """In the order of their names."""


def published_name(artifact: str, course: str, version: str) -> str:
    """Return the name of a published artifact: `aml-cheatsheet-1.2.0.pdf`, `aml-1.2.0.apkg`."""
    path = PurePosixPath(artifact)
    stem = course if path.stem == course else f"{course}-{path.stem}"
    return f"{stem}-{version}{path.suffix}"


def release_file(artifact: str, data: bytes, course: str, version: str) -> ReleaseFile:
    """Return the entry of an artifact."""
    name = published_name(artifact, course, version)
    return ReleaseFile(name, artifact, len(data), hashlib.sha256(data).hexdigest())


def release_folder(
    manifest: Manifest, artifacts: Mapping[str, bytes], notes: str
) -> dict[str, bytes]:
    """Return the files of the folder to publish: artifacts, manifest, checksums, release notes.

    ``artifacts`` are by path relative to the output folder. The checksums are of everything but
    themselves and the notes, which are the text of the release and not one of its files.
    """
    files = {file.name: artifacts[file.source] for file in manifest.files}
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    files[MANIFEST_NAME] = encoded
    return files | {SUMS_NAME: _sums(files.items()), NOTES_NAME: notes.encode()}


def _sums(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the checksums as `sha256sum --check` reads them."""
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files))
    return "".join(lines).encode()
