"""The folder with the files of a release, which are published as they are."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from aml_build.model import Course
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import ArtifactRow
from aml_build.release.manifest import Manifest, release_file, release_folder
from aml_build.storage.output import write_together

FOLDER = "release"
"""Below the output folder."""
_PUBLISHED: Mapping[str, tuple[str, ...]] = {
    Target.DECK: (".apkg",),
    Target.SHEET: (".pdf",),
    Target.BOOKLET: (".pdf",),
    Target.MODEL: (".json",),
}
"""The suffixes of the files of each artifact that students get."""


def write_release_folder(
    out: Path,
    rows: Iterable[ArtifactRow],
    course: Course,
    version: str,
    date: str,
    commit: str,
    notes: str,
) -> Manifest:
    """Copy what this build made into the release folder, and remove all else from it.

    ``notes`` are the release notes. Raise ``OSError`` where a file cannot be read or written.
    """
    artifacts = {path: (out / path).read_bytes() for path in _published(rows)}
    entries = (release_file(path, data, course.id, version) for path, data in artifacts.items())
    files = tuple(sorted(entries, key=lambda file: file.name))
    manifest = Manifest(course.id, course.title, version, date, commit, files)
    folder = release_folder(manifest, artifacts, notes)
    write_together(out, {f"{FOLDER}/{name}": data for name, data in folder.items()})
    for path in (out / FOLDER).iterdir():
        if path.name not in folder:
            with suppress(IsADirectoryError, PermissionError):
                path.unlink()
    return manifest


def _published(rows: Iterable[ArtifactRow]) -> Iterator[str]:
    for row in rows:
        suffixes = _PUBLISHED.get(row.target, ())
        yield from (path for path in row.files if PurePosixPath(path).suffix in suffixes)
