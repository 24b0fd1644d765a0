"""Whole builds of a real course in a temporary folder, as a user would run them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest

from aml_build.pipeline.options import Target
from tests.paths import ROOT

STARTER = ROOT / "templates" / "new"
ARTIFACTS = {
    "solar.apkg",
    "cheatsheet.pdf",
    "cheatsheet-report.txt",
    "booklet.pdf",
    "booklet-print.pdf",
    "model.json",
    "preview/index.html",
}


def run(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aml_build", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1750000000", **(env or {})},
    )


def build(
    place: Path, *more: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return run(
        "build", "--content", str(place / "content"), "--out", str(place / "out"), *more, env=env
    )


def artifacts(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(STARTER, tmp_path / "content")
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("built")
    shutil.copytree(STARTER, place / "content")
    done = build(place)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "copy")
    return tmp_path / "copy"


def edit(place: Path, old: str, new: str, name: str = "01-orbits.md") -> None:
    path = place / "content" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_file_is_of_one_artifact_of_the_table(built: Path) -> None:
    for path in artifacts(built / "out"):
        owners = [t for t in Target if any(fnmatch(path, pattern) for pattern in t.files)]
        assert len(owners) == 1, path
    for target in Target:
        for pattern in target.files:
            assert any(fnmatch(path, pattern) for path in artifacts(built / "out")), pattern


def test_all_artifacts_are_there(built: Path) -> None:
    made = artifacts(built / "out")
    assert set(made) >= ARTIFACTS
    assert made["booklet.pdf"].startswith(b"%PDF")
    assert made["solar.apkg"].startswith(b"PK")


def test_a_second_build_rewrites_nothing(copy: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (copy / "out").rglob("*") if p.is_file()}
    done = build(copy)
    assert done.returncode == 0
    assert "nothing has changed" in done.stdout
    assert {p: p.stat().st_mtime_ns for p in (copy / "out").rglob("*") if p.is_file()} == before


def test_another_folder_and_no_cache_make_the_same_bytes(built: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "a folder with spaces"
    shutil.copytree(built / "content", elsewhere / "content")
    done = build(elsewhere, "--no-cache")
    assert done.returncode == 0, done.stderr
    assert artifacts(elsewhere / "out") == artifacts(built / "out")


def test_an_edit_rebuilds_to_the_bytes_of_a_fresh_build(copy: Path, tmp_path: Path) -> None:
    edit(copy, "Eight years", "About eight years")
    assert build(copy).returncode == 0
    fresh = tmp_path / "fresh"
    shutil.copytree(copy / "content", fresh / "content")
    assert build(fresh).returncode == 0
    assert artifacts(copy / "out") == artifacts(fresh / "out")


TEN_MISTAKES = """\
---
lesson: 2
title: Ten mistakes
colour: red
---

## First {#first prioriti=1}

An unknown command: $\\alhpa$.

## Second {#first}

A duplicate id above, and a link [to nowhere](#nowhere).

# Wrong level

## Third {#third}

> [!WARNING]
> A claim and nothing else. {#claim}

| a | b |
|---|---|
| 1 | 2 | 3 |

![](figures/orbit.tex)

### No question mark {#no-mark}

Unclosed $math is here.

### Empty? {#empty}
"""
EXPECTED = [
    (4, 1, "unknown-key"),
    (7, 18, "unknown-attribute"),
    (9, 22, "bad-math"),
    (11, 12, "duplicate-id"),
    (13, 34, "dangling-reference"),
    (15, 1, "heading-level"),
    (17, 4, "missing-definition"),
    (20, 3, "missing-correction"),
    (22, 1, "empty-table"),
    (24, 1, "row-length"),
    (26, 1, "missing-alt"),
    (28, 5, "not-a-question"),
    (30, 10, "unclosed-math"),
    (32, 5, "empty-answer"),
]


def test_every_mistake_at_once_and_the_last_good_artifacts_stay(copy: Path) -> None:
    before = artifacts(copy / "out")
    (copy / "content" / "02-mistakes.md").write_text(TEN_MISTAKES, encoding="utf-8")
    done = build(copy, "--json")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    report = json.loads(done.stdout)
    found = [
        (d["span"]["line"], d["span"]["column"], d["code"])
        for d in report["diagnostics"]
        if d["span"]["path"] == "02-mistakes.md" and d["severity"] == "error"
    ]
    assert found == EXPECTED
    assert all(d["hint"] for d in report["diagnostics"])
    assert artifacts(copy / "out") == before


def test_without_tex_the_deck_is_built_and_the_remedy_named(place: Path) -> None:
    bare = place / "bin"
    bare.mkdir()
    git = shutil.which("git")
    assert git is not None
    (bare / "git").symlink_to(git)
    done = build(place, env={"PATH": str(bare)})
    assert done.returncode == 2, done.stdout + done.stderr
    assert "apt-get install" in done.stderr
    assert "Traceback" not in done.stderr
    made = artifacts(place / "out")
    assert "solar.apkg" in made
    assert "cheatsheet.pdf" not in made


def test_an_output_folder_that_is_a_file_is_said(place: Path) -> None:
    (place / "out").write_text("a file, not a folder")
    done = build(place, "deck")
    assert done.returncode == 2
    assert "out is a file. Name a folder" in done.stderr
    assert (place / "out").read_text() == "a file, not a folder"


def test_no_course_is_said(tmp_path: Path) -> None:
    done = build(tmp_path)
    assert done.returncode == 2
    assert "aml-build new" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_course_without_formulas_has_no_sheet_of_them(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "course.yaml").write_text("id: bare\ntitle: Bare\n")
    lesson = "---\nlesson: 1\ntitle: One\n---\n\n## A {#a}\n\nFirst letter.\n"
    (content / "1.md").write_text(lesson)
    done = build(tmp_path, "sheet", "--sheet", "formulas")
    assert done.returncode == 0, done.stderr
    assert "nothing to show" in done.stdout
    assert build(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (("sheet", "--sheet", "grey"), {"cheatsheet-grey.pdf", "cheatsheet-grey-report.txt"}),
        (("booklet", "--questions-only"), {"booklet-questions.pdf", "booklet-questions-print.pdf"}),
        (("booklet", "--lesson", "1"), {"booklet-lesson-1.pdf", "booklet-lesson-1-print.pdf"}),
        (("booklet", "--answers-only", "--one-sided"), {"booklet-answers-one-sided.pdf"}),
        (("model",), {"model.json"}),
    ],
)
def test_targets_and_variants(place: Path, arguments: tuple[str, ...], files: set[str]) -> None:
    done = build(place, *arguments)
    assert done.returncode == 0, done.stderr
    assert set(artifacts(place / "out")) == files
