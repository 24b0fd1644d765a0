"""A release in a real git repository: what it refuses, what it writes, and in what order."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from aml_build.cli import cli
from aml_build.commands import release as releasing
from aml_build.commands.release import ReleaseResult, release
from aml_build.pipeline.options import Target
from aml_build.pipeline.release_files import read_lock, read_texts
from aml_build.release.manifest import Manifest
from aml_build.storage import clock
from tests.mistakes import is_sentence
from tests.paths import ROOT, STARTER
from tests.tools import required

CHANGELOG = "# Changelog\n\n## Unreleased\n\n- The first lesson.\n"


def git(repo: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(repo), *identity, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(STARTER, tmp_path / "content")
    (tmp_path / "content" / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("/out/\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def commit(repo: Path) -> None:
    git(repo, "add", ".")
    git(repo, "commit", "-qm", "A state")


def released(version: str = "1.0.0", *, allow_dirty: bool = False) -> ReleaseResult:
    return release(
        Path("content"),
        Path("out"),
        version,
        targets=(Target.DECK,),
        allow_dirty=allow_dirty,
    )


def edit(repo: Path, old: str, new: str) -> None:
    path = repo / "content" / "01-orbits.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def state(repo: Path) -> dict[str, bytes]:
    return {
        path.relative_to(repo).as_posix(): path.read_bytes()
        for path in (repo / "content").rglob("*")
        if path.is_file()
    }


def test_a_release_leaves_lock_changelog_and_notes(repo: Path) -> None:
    done = released()
    assert not done.refusal
    date = git(repo, "log", "-1", "--format=%cs").strip()
    changelog = (repo / "content" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## Unreleased\n\n## 1.0.0 ({date})\n\n- The first lesson.\n\nImporting" in changelog
    notes = (repo / "out" / "release" / "release-notes.md").read_text(encoding="utf-8")
    assert notes.startswith("- The first lesson.\n\nImporting this deck:\n\n- ")
    assert "third-law" in notes
    assert read_lock(repo / "content")[0].version == "1.0.0"
    changed = git(repo, "status", "--porcelain").splitlines()
    assert changed == [
        " M content/CHANGELOG.md",
        "?? content/release-texts.jsonl",
        "?? content/release.lock",
    ]


def commands(done: ReleaseResult) -> list[str]:
    return [step.strip() for step in done.next_steps if step.startswith("  ")]


def typed(command: str, here: Path) -> subprocess.CompletedProcess[bytes]:
    assert command.startswith("git ")
    return subprocess.run(
        command.replace("git ", "git -c user.name=T -c user.email=t@example.org ", 1),
        shell=True,
        check=False,
        cwd=here,
        capture_output=True,
    )


@pytest.fixture
def origin(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository on a server, to which the repository pushes."""
    place = tmp_path_factory.mktemp("origin")
    git(place, "init", "-q", "--bare")
    git(repo, "remote", "add", "origin", str(place))
    return place


def test_what_it_says_to_type_can_be_typed(repo: Path, origin: Path) -> None:
    steps = commands(released())
    assert steps[-1] == "git push --atomic origin HEAD v1.0.0"
    assert [typed(step, repo).returncode for step in steps] == [0, 0, 0, 0]
    assert git(origin, "tag").strip() == "v1.0.0"
    assert git(origin, "rev-parse", "v1.0.0") == git(repo, "rev-parse", "HEAD")
    changed = git(repo, "show", "--name-only", "--format=").split()
    assert changed == [
        "content/CHANGELOG.md",
        "content/release-texts.jsonl",
        "content/release.lock",
    ]
    assert git(repo, "status", "--porcelain") == ""
    assert not released("1.1.0").refusal


def test_a_branch_that_takes_no_pushes_takes_no_tag_either(repo: Path, origin: Path) -> None:
    hook = origin / "hooks" / "update"
    hook.write_text('#!/bin/sh\ncase "$1" in refs/heads/*) exit 1 ;; esac\n', encoding="utf-8")
    hook.chmod(0o755)
    assert [typed(step, repo).returncode for step in commands(released())] == [0, 0, 0, 1]
    assert git(origin, "tag") == ""


def test_outside_the_repository_the_commands_name_it(
    repo: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(here)
    done = release(repo / "content", repo / "out", "1.0.0", targets=(Target.DECK,))
    assert f"aml-build release --files --content {repo}/content" in done.next_steps[1]
    assert [typed(step, here).returncode for step in commands(done)] == [0, 0, 0]
    assert git(repo, "tag").strip() == "v1.0.0"
    assert git(repo, "status", "--porcelain") == ""


def test_without_a_server_nothing_is_pushed(repo: Path) -> None:
    assert [step.split()[1] for step in commands(released())] == ["add", "commit", "tag"]


def test_a_release_works_without_git(repo: Path) -> None:
    shutil.rmtree(repo / ".git")
    done = released()
    assert not done.refusal
    assert commands(done) == []
    assert done.next_steps[-1] == "Then give students the files."
    assert read_lock(repo / "content")[0].version == "1.0.0"
    assert not released("1.1.0").refusal


def test_what_builds_write_into_the_course_needs_no_commit(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A course of its own, without ignore file, run from its own folder."""
    (repo / "content").rename(repo / "mine")
    (repo / ".gitignore").unlink()
    commit(repo)
    monkeypatch.chdir(repo / "mine")
    (repo / "mine" / ".aml-build").mkdir()
    (repo / "mine" / ".aml-build" / "notes.json").write_text("{}", encoding="utf-8")
    for version in ("1.0.0", "1.1.0"):
        done = release(Path(), Path("out"), version, targets=(Target.DECK,))
        assert not done.refusal
        assert all(typed(step, repo / "mine").returncode == 0 for step in commands(done))
    assert git(repo, "show", "--name-only", "--format=").split() == [
        "mine/CHANGELOG.md",
        "mine/release.lock",
    ]


def published(repo: Path) -> set[str]:
    return {path.name for path in (repo / "out" / "release").iterdir()}


ALL = {
    "solar-1.0.0.apkg", "solar-cheatsheet-1.0.0.pdf", "solar-booklet-1.0.0.pdf",
    "solar-booklet-print-1.0.0.pdf", "solar-model-1.0.0.json",
}  # fmt: skip
BESIDE = {"manifest.json", "SHA256SUMS", "release-notes.md"}


def test_only_what_the_release_built_is_published(repo: Path) -> None:
    required("pdflatex")
    for old in ("cheatsheet-grey.pdf", "booklet-lesson-3.pdf", "other.apkg", "release/old.pdf"):
        (repo / "out" / old).parent.mkdir(parents=True, exist_ok=True)
        (repo / "out" / old).write_bytes(b"old")
    done = release(Path("content"), Path("out"), "1.0.0")
    assert not done.refusal
    assert published(repo) == ALL | BESIDE
    folder = repo / "out" / "release"
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0
    assert {line.partition(":")[0] for line in checked.stdout.splitlines()} == ALL | {
        "manifest.json"
    }
    manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    assert (manifest.course, manifest.version) == ("solar", "1.0.0")
    assert manifest.date == read_lock(repo / "content")[0].date
    assert git(repo, "rev-parse", "HEAD").startswith(manifest.commit)
    assert {file.name for file in manifest.files} == ALL
    for file in manifest.files:
        data = (folder / file.name).read_bytes()
        assert data == (repo / "out" / file.source).read_bytes()
        assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def gathered(*options: str) -> Result:
    return CliRunner().invoke(cli, ["release", "--files", *options])


def test_the_files_of_a_release_are_made_again_from_its_commit(repo: Path) -> None:
    required("pdflatex")
    release(Path("content"), Path("out"), "1.0.0")
    commit(repo)
    folder = repo / "out" / "release"
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "cheatsheet-grey.pdf").write_bytes(b"old")
    changelog = repo / "content" / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8")
    changelog.write_text(text.replace("The first lesson.", "A first lesson."), encoding="utf-8")
    commit(repo)
    shutil.rmtree(repo / "out" / ".cache")
    done = gathered("--version", "1.0.0")
    assert done.exit_code == 0, done.output
    again = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(again) == ALL | BESIDE
    assert first["solar-1.0.0.apkg"] != b""
    assert again["release-notes.md"].startswith(b"- A first lesson.")
    manifests = [
        msgspec.json.decode(files["manifest.json"], type=Manifest) for files in (first, again)
    ]
    assert manifests[0].date == manifests[1].date
    assert git(repo, "rev-parse", "HEAD").startswith(manifests[1].commit)
    assert gathered().exit_code == 0, "the version is that of the last release"


def test_only_the_last_release_can_be_made_again(repo: Path) -> None:
    done = gathered()
    assert done.exit_code == 2
    assert "Nothing is released yet." in done.stderr
    released()
    commit(repo)
    done = gathered("--version", "1.1.0")
    assert done.exit_code == 2
    assert "Nothing written. Students have 1.0.0." in done.stderr
    before = published(repo)
    edit(repo, "Eight years, since", "Just eight years, since")
    commit(repo)
    done = gathered("--version", "1.0.0")
    assert done.exit_code == 1
    assert "The notes differ from release 1.0.0." in done.stderr
    assert published(repo) == before
    assert git(repo, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("version", "wish"),
    [("1", "1.2.0"), ("one", "1.2.0"), ("1.0.0.0", "1.2.0"), ("v1.0", "Write 1.0."), ("", "1.2.0")],
)
def test_a_version_is_a_version(repo: Path, version: str, wish: str) -> None:
    done = released(version)
    assert wish in done.refusal
    assert done.exit_code == 2


def test_notes_that_were_not_committed_are_refused(repo: Path) -> None:
    edit(repo, "Eight years, since", "Just eight years, since")
    before = state(repo)
    done = released()
    assert "--allow-dirty" in done.refusal
    assert state(repo) == before
    assert not (repo / "out").exists()
    assert not released(allow_dirty=True).refusal


def test_files_that_git_does_not_know_are_refused(repo: Path) -> None:
    (repo / "content" / "figures" / "new.tex").write_text("", encoding="utf-8")
    assert "--allow-dirty" in released().refusal


def test_an_edited_changelog_needs_no_commit(repo: Path) -> None:
    changelog = repo / "content" / "CHANGELOG.md"
    changelog.write_text(f"{CHANGELOG}- A better figure.\n", encoding="utf-8")
    assert not released().refusal
    assert "- A better figure." in (repo / "out" / "release" / "release-notes.md").read_text(
        encoding="utf-8"
    )


def test_another_changelog_can_be_named(repo: Path) -> None:
    done = release(
        Path("content"), Path("out"), "1.0.0", targets=(Target.DECK,), changelog=Path("NEWS.md")
    )
    assert "  git add content/release.lock content/release-texts.jsonl NEWS.md" in done.next_steps
    assert "## 1.0.0 (" in (repo / "NEWS.md").read_text(encoding="utf-8")
    assert (repo / "content" / "CHANGELOG.md").read_text(encoding="utf-8") == CHANGELOG


def test_a_dirty_tool_does_not_matter(repo: Path) -> None:
    (repo / "notes-to-self.txt").write_text("Beside the notes.", encoding="utf-8")
    assert not released().refusal


def test_a_version_is_released_once(repo: Path) -> None:
    released()
    commit(repo)
    before = state(repo)
    for version in ("1.0.0", "0.9", "1.0.0-rc1"):
        assert "later version" in released(version).refusal
    assert state(repo) == before


@pytest.mark.parametrize(
    ("old", "new"), [("{#mars}", "{#red-planet}"), ("$T=\\sqrt{4^3}=8$", "$\\alhpa$")]
)
def test_a_refusal_changes_nothing(repo: Path, old: str, new: str) -> None:
    released()
    commit(repo)
    edit(repo, old, new)
    commit(repo)
    before = state(repo)
    done = released("1.1.0")
    assert is_sentence(done.refusal)
    assert state(repo) == before
    if done.diff:
        assert all(is_sentence(p.message) and is_sentence(p.hint) for p in done.diff.problems)
        assert "third-law/mars" in done.diff.problems[0].message


def test_a_release_interrupted_before_the_lock_can_be_done_again(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device", "content/release.lock")

    with monkeypatch.context() as broken:
        broken.setattr(releasing, "write_release", full_disk)
        with pytest.raises(OSError, match="No space"):
            released()
    assert not (repo / "content" / "release.lock").exists()
    changelog = (repo / "content" / "CHANGELOG.md").read_bytes()
    assert not released().refusal
    assert (repo / "content" / "CHANGELOG.md").read_bytes() == changelog


def test_without_a_changelog_one_is_begun(repo: Path) -> None:
    (repo / "content" / "CHANGELOG.md").unlink()
    assert not released().refusal
    text = (repo / "content" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n\n## Unreleased\n\n## 1.0.0 (")


def test_the_command_says_why_it_refuses(repo: Path) -> None:
    edit(repo, "Eight years, since", "Just eight years, since")
    done = CliRunner().invoke(cli, ["release", "--version", "1.0.0"])
    assert done.exit_code == 2
    assert "\nNot released. The notes in content differ" in done.stderr


def sessions() -> list[list[tuple[str, str]]]:
    """Return the sessions in the docs: commands, and what they say."""
    doc = (ROOT / "docs" / "release.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```\n(\$ .*?)```", doc, re.DOTALL)
    return [re.findall(r"\$ aml-build ([^\n]*)\n((?:(?!\$ ).*\n)*)", block) for block in blocks]


def lines(said: str) -> list[str]:
    """Return what does not change from day to day."""
    changing = re.compile(r"\d+ kB|\d+\.\d MB|\d+\.\d s")
    return [" ".join(changing.sub("", line).split()) for line in said.splitlines()]


@pytest.mark.slow
def test_the_sessions_in_the_docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replay(session: list[tuple[str, str]]) -> None:
        for command, output in session:
            assert lines(CliRunner().invoke(cli, command.split()).output) == lines(output)

    def change(old: str, new: str) -> None:
        lesson = course / "01-orbits.md"
        lesson.write_text(lesson.read_text("utf-8").replace(old, new), encoding="utf-8")

    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["new", "my-course"]).exit_code == 0
    course = tmp_path / "my-course"
    git(course, "init", "-q")
    git(course, "remote", "add", "origin", str(tmp_path / "elsewhere.git"))
    commit(course)
    monkeypatch.chdir(course)
    first, refused, corrected = sessions()
    replay(first)
    commit(course)
    change("{#mars}", "{#red-planet}")
    change("It is farther from the Sun: its", "Being farther out, its")
    commit(course)
    replay(refused)
    change("{#red-planet}", "{#red-planet was=mars}")
    commit(course)
    replay(corrected)


def test_a_diff_shows_the_released_text_and_the_new_one(repo: Path) -> None:
    released()
    edit(repo, "Eight years, since", "Just eight years, since")
    shown = CliRunner().invoke(cli, ["diff"])
    assert shown.exit_code == 0
    assert "      - Eight years, since" in shown.output
    assert "      + Just eight years, since" in shown.output
    (repo / "content" / "release-texts.jsonl").write_text("broken", encoding="utf-8")
    shown = CliRunner().invoke(cli, ["diff"])
    assert shown.exit_code == 1
    assert "release-texts.jsonl:1:1: error [bad-lock]" in shown.output
    assert "bad-lock" in [d.code for d in released("1.1.0", allow_dirty=True).outcome.diagnostics]


def test_a_retired_note_keeps_its_released_text(repo: Path) -> None:
    released()
    lesson = repo / "content" / "01-orbits.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(
        re.sub(r"### Why does Mars.*?(?=###)", "", text, flags=re.S), encoding="utf-8"
    )
    settings = repo / "content" / "course.yaml"
    course = settings.read_text(encoding="utf-8")
    settings.write_text(
        course.replace("macros:", "retired: [third-law/mars]\nmacros:"), encoding="utf-8"
    )
    done = released("1.1.0", allow_dirty=True)
    assert not done.refusal
    texts, _ = read_texts(repo / "content")
    assert "farther from the Sun" in texts["third-law/mars"].fields["Answer"]


def test_a_release_needs_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copytree(STARTER, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(clock.time, "time", lambda: 1_800_000_000.5)
    assert not released().refusal
    lock, _ = read_lock(tmp_path / "content")
    assert lock.date == "2027-01-15"
    assert {note.mtime for note in lock.notes.values()} == {1_800_000_000}


def test_a_time_that_is_none_is_refused(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = subprocess.run(
        [sys.executable, "-m", "aml_build", "build", "deck"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        "course: content\n"
        "aml-build: SOURCE_DATE_EPOCH is 'yesterday'. Write seconds since 1970, or unset it.\n"
    )
