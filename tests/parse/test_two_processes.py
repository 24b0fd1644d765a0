"""Lessons parsed by two processes: the same result, whatever happens to the second one."""

import ast
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.paths import CONTENT, ROOT

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")
_COURSE = """
import sys, threading
from pathlib import Path
from aml_build.parse import course, two_processes
forks = []
real = two_processes.in_two_processes
course.in_two_processes = lambda *given: forks.append(1) or real(*given)
both = course.parse_course(Path(sys.argv[1]))
course.can_fork = lambda: False
assert course.parse_course(Path(sys.argv[1])) == both
print(len(forks))
"""


def run(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


@LINUX
def test_a_course_is_the_same_by_two_processes_and_by_one() -> None:
    assert run(_COURSE, str(CONTENT)) == "1\n"


@LINUX
@pytest.mark.parametrize(
    ("sizes", "second"),
    [([1], 0), ([1, 1], 1), ([1, 9], 1), ([9, 1], 1), ([1, 1, 1, 9], 1), ([1, 1, 1, 1], 2)],
    ids=str,
)
def test_results_are_in_order_and_the_parts_are_halved_by_size(
    sizes: list[int], second: int
) -> None:
    script = (
        "import os\n"
        "from aml_build.parse.two_processes import in_two_processes\n"
        "first = os.getpid()\n"
        "def work(parts): return [(part, os.getpid() != first) for part in parts]\n"
        f"sizes = {sizes}\n"
        "print(in_two_processes(work, range(len(sizes)), sizes, tuple))\n"
    )
    found = ast.literal_eval(run(script).replace("[", "(").replace("]", ",)"))
    assert [part for part, _ in found] == list(range(len(sizes)))
    assert sum(forked for _, forked in found) == second


@LINUX
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "raise KeyError", "os._exit(3)"])
def test_a_process_that_ends_early_costs_time_alone(end: str) -> None:
    script = (
        "import os\n"
        "from aml_build.parse.two_processes import in_two_processes\n"
        "first = os.getpid()\n"
        "def work(parts):\n"
        f"    if os.getpid() != first: {end}\n"
        "    return [part + 1 for part in parts]\n"
        "print(in_two_processes(work, [1, 2, 3], [1, 1, 1], int))\n"
    )
    assert run(script) == "[2, 3, 4]\n"


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(child) for child in found.split()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


@LINUX
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_second_process_ends_with_a_build_that_is_stopped(
    tmp_path: Path, how: signal.Signals
) -> None:
    command = [sys.executable, "-m", "aml_build", "check", "--content", str(CONTENT)]
    build = subprocess.Popen(
        [*command, "--out", str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    second: list[int] = []
    while not second and build.poll() is None:
        # Until it works, a fork has the command of the first process.
        second = [child for child in _children(build.pid) if "aml_build" in _command(child)]
    assert second, "the build ended before it parsed"
    build.send_signal(how)
    # The pipe of the messages ends when no process holds it any more.
    _, messages = build.communicate(timeout=20)
    lines = messages.splitlines()
    assert len(lines) == (0 if how is signal.SIGKILL else 1)
    # A process that ends closes its pipe before its name goes.
    deadline = time.monotonic() + 20
    while left := [pid for pid in second if "aml_build" in _command(pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


@LINUX
def test_a_progress_line_in_a_terminal_starts_no_thread(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from aml_build.parse import course\n"
        "real = course.in_two_processes\n"
        "def noted(*given):\n"
        "    print('forked')\n"
        "    return real(*given)\n"
        "course.in_two_processes = noted\n"
        "from aml_build.cli import main\n"
        f"sys.argv = ['aml-build', 'check', '--content', {str(CONTENT)!r}, '--out', {str(tmp_path)!r}]\n"
        "main()\n"
    )
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as done:
        os.close(theirs)
        out, _ = done.communicate(timeout=120)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert out.startswith("forked\n")
    assert "reading the notes …" in shown
    assert shown.endswith("\r\x1b[K")
