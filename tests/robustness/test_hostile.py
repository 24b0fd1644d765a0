"""Reading takes time in proportion to the text, whatever stands in it."""

import time

import pytest

from tests.robustness.harness import NIGHTLY, survive, within
from tests.robustness.hostile import FIGURES, LESSONS, SETTINGS, figure, lesson, settings

SIZE = 20_000 if NIGHTLY else 1_000
CASES = [
    *((lesson, name) for name in LESSONS),
    *((settings, name) for name in SETTINGS),
    *((figure, name) for name in FIGURES),
]


def honest_seconds(length: int) -> float:
    """Return the processor time that honest notes of a length take here and now."""
    files = lesson("concepts", 200)
    began = time.process_time()
    survive(files)
    return (time.process_time() - began) * length / sum(map(len, files.values()))


@pytest.mark.parametrize(("make", "name"), CASES, ids=[f"{m.__name__}: {n}" for m, n in CASES])
def test_no_text_takes_long(make, name: str) -> None:  # type: ignore[no-untyped-def]
    files = make(name, SIZE)
    length = sum(map(len, files.values()))
    with within(50 * honest_seconds(20_000 + length)):
        survive(files)
