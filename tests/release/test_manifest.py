"""The names of published files, and the folder that holds them."""

import msgspec
import pytest

from aml_build.release.manifest import Manifest, published_name, release_file, release_folder


@pytest.mark.parametrize(
    ("artifact", "name"),
    [
        ("aml.apkg", "aml-1.2.0.apkg"),
        ("cheatsheet.pdf", "aml-cheatsheet-1.2.0.pdf"),
        ("booklet-print.pdf", "aml-booklet-print-1.2.0.pdf"),
        ("model.json", "aml-model-1.2.0.json"),
    ],
)
def test_a_published_name_has_the_course_and_the_version(artifact: str, name: str) -> None:
    assert published_name(artifact, "aml", "1.2.0") == name


def test_the_folder_has_the_files_their_checksums_and_the_notes() -> None:
    artifacts = {"aml.apkg": b"deck", "cheatsheet.pdf": b"sheet", "cheatsheet-grey.pdf": b"old"}
    files = tuple(
        release_file(path, artifacts[path], "aml", "1.0") for path in ("aml.apkg", "cheatsheet.pdf")
    )
    manifest = Manifest("aml", "Machine learning", "1.0", "2026-11-28", "abc", files)
    folder = release_folder(manifest, artifacts, "- A new lesson.\n")
    assert set(folder) == {
        "aml-1.0.apkg", "aml-cheatsheet-1.0.pdf", "manifest.json", "SHA256SUMS", "release-notes.md",
    }  # fmt: skip
    assert msgspec.json.decode(folder["manifest.json"], type=Manifest) == manifest
    sums = dict(line.split("  ")[::-1] for line in folder["SHA256SUMS"].decode().splitlines())
    assert sums == {file.name: file.sha256 for file in files} | {
        "manifest.json": sums["manifest.json"]
    }
