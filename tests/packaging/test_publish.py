"""The script that publishes a release, with a `gh` that keeps releases in a folder."""

import hashlib
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.paths import ROOT

SCRIPT = ROOT / "scripts" / "publish"
FILES = {"aml-1.0.0.apkg": b"deck", "aml-booklet-1.0.0.pdf": b"booklet", "manifest.json": b"{}"}
GH = """#!/bin/bash
# A release is a folder with its files; an empty file `public` or `draft` beside it is its state.
set -e
shift; verb=$1; tag=$2; shift 2
store=$STORE/$tag
case $verb in
  view) [ -d "$store" ] || exit 1; [ -e "$store.draft" ] && echo true || echo false ;;
  delete) rm -r "$store" "$store.draft" ;;
  create)
    [ "$1 $2" = "--draft --verify-tag" ] && [ "$3 $5 $6" = "--title --notes-file release-notes.md" ]
    shift 6; mkdir "$store"; : >"$store.draft"; cp "$@" "$store" ;;
  download) cp "$store"/* "$2"; [ -z "$DAMAGE" ] || echo x >>"$2/$DAMAGE" ;;
  edit) [ "$1" = "--draft=false" ]; rm "$store.draft" ;;
esac
"""


class Host:
    """A folder of files to publish, and a code host."""

    def __init__(self, place: Path) -> None:
        self.folder, self.store, self.bin = place / "release", place / "store", place / "bin"
        for folder in (self.folder, self.store, self.bin):
            folder.mkdir()
        (self.bin / "gh").write_text(GH, encoding="utf-8")
        (self.bin / "gh").chmod(0o755)
        for name, data in FILES.items():
            (self.folder / name).write_bytes(data)
        sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in FILES.items())
        (self.folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
        (self.folder / "release-notes.md").write_text("- New.\n", encoding="utf-8")

    def publish(self, damage: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SCRIPT],
            env={
                "PATH": f"{self.bin}:{os.environ['PATH']}",
                "TAG": "v1.0.0",
                "FILES": str(self.folder),
                "STORE": str(self.store),
                "DAMAGE": damage,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def released(self) -> set[str]:
        return {path.name for path in (self.store / "v1.0.0").iterdir()}

    def is_draft(self) -> bool:
        return (self.store / "v1.0.0.draft").exists()


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


def test_what_the_checksums_name_is_published(host: Host) -> None:
    (host.folder / "cheatsheet-grey.pdf").write_bytes(b"old")
    done = host.publish()
    assert done.returncode == 0, done.stderr
    assert host.released() == {*FILES, "SHA256SUMS"}
    assert not host.is_draft()


def test_a_published_release_stays_as_it_is(host: Host) -> None:
    host.publish()
    done = host.publish()
    assert done.returncode == 1
    assert "v1.0.0 is published already" in done.stderr


def test_a_damaged_file_is_not_uploaded(host: Host) -> None:
    (host.folder / "aml-1.0.0.apkg").write_bytes(b"damaged")
    assert host.publish().returncode == 1
    assert list(host.store.iterdir()) == []


@pytest.mark.parametrize("damage", ["aml-1.0.0.apkg", "SHA256SUMS"])
def test_a_damaged_upload_stays_a_draft_and_is_made_anew(host: Host, damage: str) -> None:
    assert host.publish(damage).returncode == 1
    assert host.is_draft()
    assert host.publish().returncode == 0
    assert not host.is_draft()


def test_the_workflow_runs_the_lines_of_the_script() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["publish"]
    step = next(step for step in job["steps"] if step.get("name") == "Publish")
    lines = SCRIPT.read_text(encoding="utf-8").partition("set -euo pipefail\n\n")[2]
    assert step["run"].rstrip() == lines.rstrip()
    assert step["shell"] == "bash", "which stops where a part of a pipe fails"
    names = set(re.findall(r"\$\{?([A-Z]+)\b", lines)) - {"SHA"}
    assert names == {"TAG", "FILES"} <= job["env"].keys()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert '@TAG="v$$VERSION" FILES=out/release scripts/publish' in makefile
