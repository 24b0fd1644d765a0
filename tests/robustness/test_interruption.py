"""A build that is broken off anywhere: every artifact whole, the cache usable, nothing left lying about."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.robustness.conftest import States
from tests.robustness.harness import artifacts, build, command, environment, leftovers
from tests.texmath.attacks import ENDLESS

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="asks /proc for signals and children"
)

EXIT_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -signal.SIGKILL}
_WITHOUT_PRINT = ("deck", "preview", "model")
WORDS = {signal.SIGINT: "interrupted", signal.SIGTERM: "stopped"}


def listening(process: "subprocess.Popen[bytes]") -> bool:
    """Tell whether the process has its own answer to being stopped: Python takes a while to start."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return False
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def children_in(folder: Path) -> list[str]:
    """Return the command lines of all processes that are at work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            at = (process / "cwd").readlink()
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            line = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            # It ended while it was being asked.
            continue
        if at.is_relative_to(folder) and state != "Z":
            found.append(line)
    return found


def settles(folder: Path) -> list[str]:
    """Return what is still at work in a folder once it had time to end."""
    deadline = time.monotonic() + 5
    while (left := children_in(folder)) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


def break_off(place: Path, how: signal.Signals, moment: float, *more: str) -> tuple[int, str]:
    """Begin a build, send a signal so many seconds after it listens; return its end."""
    scratch = place / "tmp"
    scratch.mkdir()
    # A build that was killed leaves files until a later one gets to write.
    before = set(leftovers(place))
    process = subprocess.Popen(
        command(place, *more),
        env=environment(TMPDIR=str(scratch)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while not listening(process) and process.poll() is None:
        time.sleep(0.002)
    time.sleep(moment)
    process.send_signal(how)
    # Another thread's engines must not keep a stopped build from ending.
    _, errors = process.communicate(timeout=10)
    assert settles(scratch) == [], "TeX goes on"
    if how is not signal.SIGKILL:
        assert list(scratch.iterdir()) == []
        assert set(leftovers(place)) <= before
    shutil.rmtree(scratch)
    return process.returncode, errors.decode()


def break_off_anywhere(states: States, place: Path, dice: random.Random) -> None:
    """Break a build off in any way and at any moment, and hold what lies there to account."""
    how = dice.choice(list(EXIT_CODES))
    targets, seconds = dice.choice([((), states.seconds), *[(_WITHOUT_PRINT, 0.4)] * 3])
    more = dice.choice([(), ("--no-cache",)])
    code, errors = break_off(place, how, dice.uniform(0, seconds), *targets, *more)
    assert code in (0, EXIT_CODES[how]), errors
    if code > 0:
        assert errors.count("\n") == 1, errors
        assert WORDS[how] in errors
    else:
        assert errors == ""
    assert states.whole(place / "out")


def finish(states: States, place: Path) -> None:
    """Build again: the cache is of use, and the bytes are those of a build that nobody disturbed."""
    done = build(place)
    assert done.returncode == 0, done.stderr
    assert artifacts(place / "out") == states.after
    assert leftovers(place) == []


def test_builds_may_be_broken_off_20_times(states: States, tmp_path: Path) -> None:
    dice = random.Random(7)
    states.edited(tmp_path)
    for _ in range(20):
        break_off_anywhere(states, tmp_path, dice)
    finish(states, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_builds_may_be_broken_off_200_times(states: States, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    states.edited(tmp_path)
    for _ in range(10):
        break_off_anywhere(states, tmp_path, dice)
    finish(states, tmp_path)


@pytest.mark.parametrize("wall", ["sandbox._bwrap", "tuple"])
@pytest.mark.parametrize("milliseconds", [0, 2, 5, 10, 20, 40])
def test_tex_ends_with_a_build_that_is_killed_while_it_starts(
    wall: str, milliseconds: int, tmp_path: Path
) -> None:
    """The moment that chance seldom finds: the shell, the wall or TeX is there, but not yet at work."""
    script = (
        "import os, subprocess, time; from aml_build.engines import sandbox, pdflatex as tex\n"
        f"sandbox._bwrap = {wall}\n"
        "sandbox._bwrap()\n"
        "class Starting(subprocess.Popen):\n"
        "    def __init__(self, *args, **named):\n"
        "        super().__init__(*args, **named)\n"
        f"        time.sleep({milliseconds / 1000}); os.kill(os.getpid(), {signal.SIGKILL.value})\n"
        "subprocess.Popen = Starting\n"
        f"tex.run({ENDLESS['loop']!r}, timeout=60)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(TMPDIR=str(tmp_path)), check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert settles(tmp_path) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_writing_that_is_broken_off_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    """The moment that chance seldom finds: some files are laid beside their places."""
    script = (
        "import os, signal, pathlib; from aml_build import shutdown; from aml_build.storage import files\n"
        "shutdown.install_handlers()\n"
        f"with files.beside(pathlib.Path({str(tmp_path / 'a.pdf')!r}), b'new'):\n"
        f"    print(os.listdir({str(tmp_path)!r})); os.kill(os.getpid(), {how.value})\n"
        "    raise SystemExit('still here')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == EXIT_CODES[how]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_threads_at_work_say_nothing_of_being_broken_off(
    tmp_path: Path, how: signal.Signals
) -> None:
    script = (
        "import os, threading; from aml_build import shutdown\n"
        "def look(folder):\n"
        "    while os.listdir(folder) == []:\n"
        "        pass\n"
        "shutdown.install_handlers()\n"
        "with shutdown.temporary_folder('x-') as folder:\n"
        "    threading.Thread(target=look, args=(folder,)).start()\n"
        f"    os.kill(os.getpid(), {how.value})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(TMPDIR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == EXIT_CODES[how]
    assert done.stderr == f"aml-build: {WORDS[how]}; every artifact is whole, old or new\n"
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_build_left_is_swept_and_nothing_else(states: States, tmp_path: Path) -> None:
    place = states.edited(tmp_path)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    out = place / "out"
    stale = [
        out / f".booklet.pdf.{ended.pid}-0123abcd.tmp",
        out / "preview" / f".index.html.{ended.pid}-0123abcd.tmp",
        out / ".cache" / "lessons" / f".abc.{ended.pid}-0123abcd.tmp",
    ]
    kept = [out / f".booklet.pdf.{os.getpid()}-0123abcd.tmp", out / ".mine.tmp", out / "a.tmp"]
    for path in (*stale, *kept):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    assert build(place, "deck").returncode == 0
    assert [path for path in stale if path.exists()] == []
    assert [path for path in kept if not path.exists()] == []


def test_two_builds_at_once_do_not_harm_each_other(states: States, tmp_path: Path) -> None:
    """Two processes, two states of the notes, one folder: what lies there is one's or the other's."""
    out = states.edited(tmp_path) / "out"
    # Without the preview, which tells from where the notes were read, and the slow sheet.
    shutil.rmtree(out / "preview")
    for sheet in out.glob("cheatsheet*"):
        sheet.unlink()
    pair = [
        subprocess.Popen(
            [*command(state, "deck", "booklet", "model"), "--out", str(out)],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for state in (states.old, states.new)
    ]
    while any(process.poll() is None for process in pair):
        assert states.whole(out)
        time.sleep(0.02)
    assert [process.returncode for process in pair] == [0, 0]
    made_now = artifacts(out)
    either = [
        {path: data for path, data in made.items() if path in made_now}
        for made in (states.before, states.after)
    ]
    assert made_now in either
    assert leftovers(tmp_path) == []
