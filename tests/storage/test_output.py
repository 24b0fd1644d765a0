import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from aml_build.storage.output import write_together


def visible(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_only_files_that_differ_are_written(tmp_path: Path) -> None:
    assert write_together(tmp_path, {"a": b"1", "b/c": b"2"}) == {"a", "b/c"}
    before = (tmp_path / "a").stat().st_ino
    assert write_together(tmp_path, {"a": b"1", "b/c": b"3"}) == {"b/c"}
    assert (tmp_path / "a").stat().st_ino == before
    assert visible(tmp_path) == {"a": b"1", "b/c": b"3"}


def test_all_files_stay_as_they_were_if_one_cannot_be_written(tmp_path: Path) -> None:
    write_together(tmp_path, {"a": b"old"})
    (tmp_path / "b").write_bytes(b"a file, not a folder")
    with pytest.raises(OSError, match="b/c"):
        write_together(tmp_path, {"a": b"new", "b/c": b"new"})
    assert visible(tmp_path) == {"a": b"old", "b": b"a file, not a folder"}


def test_leftovers_of_dead_builds_are_removed_and_of_living_ones_kept(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    living = f".a.{os.getpid()}-00000000.tmp"
    theirs = ".notes.tmp"
    for name in (f".a.{dead.pid}-0123abcd.tmp", living, theirs):
        (tmp_path / name).write_bytes(b"half")
    write_together(tmp_path, {"a": b"1"})
    assert set(visible(tmp_path)) == {"a", living, theirs}


@pytest.mark.skipif(sys.platform == "win32", reason="flock is not available on Windows")
def test_a_build_waits_until_another_has_written(tmp_path: Path) -> None:
    import fcntl

    (tmp_path / ".cache").mkdir()
    with (tmp_path / ".cache" / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(target=write_together, args=(tmp_path, {"a": b"1"}))
        second.start()
        second.join(0.3)
        assert second.is_alive()
        assert visible(tmp_path) == {}
    second.join(10)
    assert visible(tmp_path) == {"a": b"1"}
