"""Lessons parsed by two processes: the same result, whatever happens to the second one."""

import subprocess
import sys

import pytest

from aml_build.parse.two_processes import in_two_processes
from tests.paths import CONTENT, ROOT

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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")
def test_a_course_is_the_same_by_two_processes_and_by_one() -> None:
    assert run(_COURSE, str(CONTENT)) == "1\n"


def double(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")
@pytest.mark.parametrize("sizes", [[1], [1, 1], [1, 9], [9, 1], [1, 1, 1, 9], [0, 0, 0]], ids=str)
def test_results_are_in_order_however_large_the_parts(sizes: list[int]) -> None:
    numbers = list(range(len(sizes)))
    assert in_two_processes(double, numbers, sizes, int) == double(numbers)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")
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
