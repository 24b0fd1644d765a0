"""The command: what it says, what it refuses, what it exits with."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aml_build.cli import cli

FIXTURES = Path(__file__).parent / "fixtures"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["import", *arguments])


def test_it_says_what_it_took_the_notes_for_and_what_to_do_next(tmp_path: Path) -> None:
    out = tmp_path / "course"
    result = _run(str(FIXTURES / "mdanki.in.md"), "--out", str(out))
    assert result.exit_code == 0
    assert "read as mdanki (recognised; --from names another)" in result.output
    assert f"aml-build build --content {out.as_posix()}" in result.output
    assert {p.name for p in out.iterdir()} == {
        ".gitignore", "01-music.md", "course.yaml", "import-report.md", "import.lock",
    }  # fmt: skip


def test_json_is_the_report(tmp_path: Path) -> None:
    result = _run(str(FIXTURES / "flat.in.txt"), "--out", str(tmp_path / "c"), "--json")
    report = json.loads(result.output)
    assert report["found"]["questions"] == 5
    assert report["guessed"][0]["confidence"] <= report["guessed"][-1]["confidence"]
    assert report["needs_look"][0]["places"]


def test_from_names_the_dialect(tmp_path: Path) -> None:
    out = tmp_path / "c"
    result = _run(str(FIXTURES / "mdanki.in.md"), "--out", str(out), "--from", "flat")
    assert "read as flat\n" in result.output


_BAD = [
    (b"\x00\x01\x02\xff\xfe\x00\x80" * 50, "not text"),
    (b"%PDF-1.7 \xe2\xe3", "a PDF"),
    ("caf\u00e9 au lait, \u201cno\u201d".encode("cp1252"), "Windows-1252"),
    ("Natr\u00fcrlich \u00e9t\u00e9".encode("latin-1"), "Latin-1"),
    ("Lesson 1".encode("utf-16"), "UTF-16"),
    ("Lesson 1\n\n1. **Term**".encode("utf-16-le"), "UTF-16"),
    (b"", "empty"),
    (b" \n \n", "empty"),
    (b"a" * 50_000_000, "50,000,000 characters"),
]


@pytest.mark.parametrize(("data", "said"), _BAD, ids=[said for _, said in _BAD])
def test_bad_input_is_named_and_nothing_is_written(data: bytes, said: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_bytes(data)
    result = _run(str(notes), "--out", str(tmp_path / "course"))
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "course"
    out.mkdir()
    (out / "mine.md").write_text("mine", encoding="utf-8")
    result = _run(str(FIXTURES / "flat.in.txt"), "--out", str(out))
    assert result.exit_code == 2
    assert "not an empty folder" in result.output
    assert [p.name for p in out.iterdir()] == ["mine.md"]


@pytest.mark.parametrize(
    "more", [(), ("--out", "a", "--update", "."), ("--out", "a", "--from", "x")]
)
def test_wrong_usage(more: tuple[str, ...]) -> None:
    assert _run(str(FIXTURES / "flat.in.txt"), *more).exit_code == 2


def test_pictures_that_are_there_come_along(tmp_path: Path) -> None:
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments/leaf one.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "plants.md").write_text(
        "# Plants\n\n## Leaf\n\nIt is flat.\n\n![[leaf one.png]]\n\n## Root\n\nIt is deep.\n",
        encoding="utf-8",
    )
    _run(str(tmp_path / "plants.md"), "--out", str(tmp_path / "c"))
    assert (tmp_path / "c/figures/leaf-one.png").is_file()
    text = (tmp_path / "c/01-plants.md").read_text(encoding="utf-8")
    assert "![leaf one](figures/leaf-one.png)" in text


def test_pictures_outside_the_notes_stay_there(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/n.md").write_text("## Leaf\n\nFlat.\n\n![x](../secret.png)\n", encoding="utf-8")
    _run(str(tmp_path / "in/n.md"), "--out", str(tmp_path / "c"))
    assert not (tmp_path / "c/figures").exists()


def test_several_files_make_one_course_with_links_between_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Leaf\n\nSee [[Root]] below.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# Root\n\nIt is deep.\n", encoding="utf-8")
    result = _run(str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--out", str(tmp_path / "c"))
    assert result.exit_code == 0
    text = "".join(p.read_text(encoding="utf-8") for p in sorted((tmp_path / "c").glob("0*.md")))
    assert "See [Root](#root) below." in text
