"""JSON for programs, as docs/diagnostics.md describes it."""

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from tests.paths import ROOT


def shape(value: object) -> object:
    """Return the value with every leaf replaced by its type, and every list by its first entry."""
    if isinstance(value, Mapping):
        return {name: shape(entry) for name, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [shape(entry) for entry in value[:1]]
    return type(value).__name__


def documented() -> dict[str, object]:
    text = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    found = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "templates" / "new", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_build_is_told_as_the_docs_say(here: Path) -> None:
    lesson = here / "content" / "01-orbits.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("### Why does", "### Is"), encoding="utf-8")
    done = CliRunner().invoke(cli, ["build", "deck", "--json"])
    assert done.exit_code == 0
    assert shape(json.loads(done.stdout)) == shape(
        documented() | {"missing": [], "not_looked_at": {"figures": [], "artifacts": []}}
    )


def test_a_check_is_told_as_the_docs_say(here: Path) -> None:
    lesson = here / "content" / "01-orbits.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace(" {#mars}", ""), encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", "--json"])
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    left = said["not_looked_at"]
    none = {"missing": [], "artifacts": [], "import": None}
    assert shape(said) == shape(documented() | none | {"not_looked_at": left})
    assert said["not_looked_at"] == {"figures": [], "artifacts": ["sheet", "booklet"]}
    assert [d["code"] for d in said["diagnostics"]] == ["missing-id"]
    assert said["exit_code"] == 1
