"""Outside git, and without SOURCE_DATE_EPOCH, nothing shows a date."""

import json
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from aml_build.commands.build import build
from aml_build.pipeline.request import BuildRequest

DATE = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b|\bAs of\b|D:\d{8}")
EPOCH = "1709251200"  # 1 March 2024


@pytest.fixture
def request_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BuildRequest:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = tmp_path / "notes"
    root.mkdir()
    (root / "course.yaml").write_text("id: tides\ntitle: Tides\n")
    (root / "01.md").write_text(
        "---\nlesson: 1\ntitle: T\n---\n## Tide {#tide}\n\nRises and falls.\n"
    )
    return BuildRequest(root, tmp_path / "out")


def shown(out: Path) -> str:
    """Return what readers see of every artifact, and what PDF readers tell of the files."""
    found = [(out / "preview" / "index.html").read_text(encoding="utf-8")]
    found.append(json.dumps(json.loads((out / "model.json").read_bytes())))
    for path in sorted(out.glob("*.pdf")):
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
        found.append(done.stdout)
        with pikepdf.open(path) as pdf:
            found.append(" ".join(map(str, pdf.docinfo.values())))
    return "\n".join(found)


def described(out: Path, place: Path) -> str:
    """Return the description of the imported deck."""
    student = Collection(str(place / "collection.anki2"))
    request = ImportAnkiPackageRequest(
        package_path=str(out / "tides.apkg"), options=ImportAnkiPackageOptions()
    )
    student.import_anki_package(request)
    deck = student.decks.by_name("Tides")
    student.close()
    assert deck is not None
    return str(deck["desc"])


def test_nothing_shows_a_date_where_there_is_none(request_: BuildRequest, tmp_path: Path) -> None:
    assert build(request_).exit_code == 0
    text = shown(request_.out)
    assert "Rises and falls" in text
    assert DATE.findall(text) == []
    assert described(request_.out, tmp_path) == "<b>Tides</b>"


def test_a_given_date_is_shown(
    request_: BuildRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    assert build(request_).exit_code == 0
    text = shown(request_.out)
    assert "As of 2024-03-01" in text
    assert "D:20240301" in text
    assert "2024-03-01" in described(request_.out, tmp_path)
