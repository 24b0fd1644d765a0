"""Disks that are full and folders that may not be written: one clear line, and all as it was."""

import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.robustness.harness import artifacts, command, environment

_IN_A_ROOM_OF_ITS_OWN = ["unshare", "--mount", "--", "sh", "-ec"]


@cache
def _mountable() -> str:
    """Return why nothing can be mounted here; nothing where it can."""
    if shutil.which("unshare") is None:
        return "there is no unshare here"
    probe = [*_IN_A_ROOM_OF_ITS_OWN, "mount -t tmpfs -o size=64k tmpfs /mnt"]
    done = subprocess.run(probe, capture_output=True, text=True, check=False)
    return f"mounting is not permitted: {done.stderr.strip()}" if done.returncode else ""


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """Lay out notes that were built, then edited."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    lesson = tmp_path / "content" / "01-orbits.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("Eight years", "About eight years"), encoding="utf-8")
    (tmp_path / "after").mkdir()
    return tmp_path


def build_on(place: Path, mounts: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Build where other file systems are mounted, then take what lies in ``out`` out of there."""
    if reason := _mountable():
        pytest.skip(reason)
    build_it = shlex.join(command(place, *more))
    out, after = shlex.quote(str(place / "out")), shlex.quote(str(place / "after"))
    script = f"{mounts}\ncode=0; {build_it} || code=$?; cp -R {out}/. {after}; exit $code"
    return subprocess.run(
        [*_IN_A_ROOM_OF_ITS_OWN, script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment(),
    )


def says_one_line(done: subprocess.CompletedProcess[str], reason: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("aml-build: ")
    assert reason in line


def full(place: Path, folder: Path, size: str) -> str:
    """Return the commands that put a folder onto a disk of its own, just large enough for what it holds."""
    keep, here = shlex.quote(str(place / "keep")), shlex.quote(str(folder))
    return (
        f"mkdir -p {keep} {here}; cp -R {here}/. {keep}\n"
        f"mount -t tmpfs -o size={size} tmpfs {here}; cp -R {keep}/. {here}"
    )


@pytest.mark.parametrize("more", [(), pytest.param(("--no-cache",), marks=pytest.mark.slow)])
def test_a_full_disk_is_one_line_and_all_stays(place: Path, more: tuple[str, ...]) -> None:
    before = artifacts(place / "out")
    used = sum(
        -(-path.stat().st_size // 4096) * 4096
        for path in (place / "out").rglob("*")
        if path.is_file()
    )
    done = build_on(place, full(place, place / "out", str(used + 8192)), *more)
    says_one_line(done, "No space left on device")
    assert "out/" in done.stderr
    assert artifacts(place / "after") == before


@pytest.mark.slow
def test_a_disk_that_is_too_small_for_a_first_build(place: Path) -> None:
    shutil.rmtree(place / "out")
    says_one_line(build_on(place, full(place, place / "out", "100k")), "No space left on device")
    assert artifacts(place / "after") == {}


def test_a_folder_that_is_read_only_is_one_line(place: Path) -> None:
    before = artifacts(place / "out")
    out = shlex.quote(str(place / "out"))
    mounts = f"mount --bind {out} {out}; mount -o remount,bind,ro {out}"
    says_one_line(build_on(place, mounts), "Read-only file system")
    assert artifacts(place / "after") == before


def test_no_room_for_what_tex_writes(place: Path) -> None:
    before = artifacts(place / "out")
    tmp = place / "tmp"
    tmp.mkdir()
    mounts = f"mount -t tmpfs -o size=40k tmpfs {shlex.quote(str(tmp))}; export TMPDIR={tmp}"
    done = build_on(place, mounts, "--no-cache")
    says_one_line(done, "No space left on device")
    assert artifacts(place / "after") == before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_file_that_may_not_grow_is_one_line(place: Path) -> None:
    """What stands in for a full disk where nothing can be mounted."""
    before = artifacts(place / "out")
    script = f"ulimit -f 20; exec {shlex.join(command(place, 'deck', 'model', 'preview'))}"
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment(),
    )
    says_one_line(done, "File too large")
    assert artifacts(place / "out") == before
