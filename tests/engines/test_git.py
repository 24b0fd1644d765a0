import subprocess
from pathlib import Path

import pytest

from aml_build.engines.git import edition, remote, top_level


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a committed course in a folder of a repository."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1700000000 +0000")
    content = tmp_path / "content"
    (content / "tests").mkdir(parents=True)
    (content / "01.md").write_text("one", encoding="utf-8")
    (content / "tests" / "test_numbers.py").write_text("one", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "notes")
    return content


def test_a_committed_course_has_the_commit_and_its_date(root: Path) -> None:
    made = edition(root)
    assert (made.version, made.date, made.epoch) == ("", "2023-11-14", 1_700_000_000)
    assert len(made.commit) == 10


@pytest.mark.parametrize("path", ["01.md", "02.md", "figures/a.tex"])
def test_uncommitted_notes_are_marked(root: Path, path: str) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("two", encoding="utf-8")
    assert edition(root).commit.endswith("+")


@pytest.mark.parametrize(
    "path",
    [
        "content/tests/test_numbers.py",
        "content/tests/new.py",
        "content/out/aml.apkg",
        "content/.aml-build/notes.json",
        "tool",
    ],
)
def test_files_that_no_build_reads_mark_nothing(root: Path, path: str) -> None:
    (root.parent / path).parent.mkdir(exist_ok=True)
    (root.parent / path).write_text("two", encoding="utf-8")
    assert not edition(root).commit.endswith("+")


def test_a_given_date_wins(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert (edition(root).date, edition(root).epoch) == ("1970-01-02", 86_400)


def test_without_git_there_is_no_date(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert (edition(root).commit, edition(root).date) == ("", "")


def test_a_repository_and_its_remotes(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Path(top_level(root)).resolve() == root.parent.resolve()
    assert remote(root) == ""
    git(root, "remote", "add", "fork", "fork.git")
    assert remote(root) == "fork"
    git(root, "remote", "add", "origin", "origin.git")
    assert remote(root) == "origin"
    outside = tmp_path_factory.mktemp("outside")
    assert (top_level(outside), remote(outside)) == ("", "")
