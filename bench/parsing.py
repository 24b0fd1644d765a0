"""Parsing a cold course by one process and by two: `python -m bench.parsing`."""

import statistics
import tempfile
import time
from pathlib import Path

from aml_build.parse import course
from bench.generate import card, write_course

_ROUNDS = 5
_CONTENT = Path(__file__).parents[1] / "content"


def _seconds(root: Path) -> float:
    began = time.perf_counter()
    course.parse_course(root)
    return time.perf_counter() - began


def main() -> None:
    """Print the medians of several rounds, one process and two in turn."""
    with tempfile.TemporaryDirectory() as scratch:
        generated = Path(scratch) / "content"
        write_course(generated, 10_000, card)
        fork = course.can_fork
        print(f"Parsing a cold course, s\n  {'':<34} {'one process':>12} {'two':>8}")
        for name, root in (("this repository", _CONTENT), ("10,000 concepts", generated)):
            one, two = [], []
            for _ in range(_ROUNDS):
                course.can_fork = lambda: False
                one.append(_seconds(root))
                course.can_fork = fork
                two.append(_seconds(root))
            print(f"  {name:<34} {statistics.median(one):12.2f} {statistics.median(two):8.2f}")


if __name__ == "__main__":
    main()
