"""Reading takes time in proportion to the text, whatever stands in it."""

import gc
import time

import pytest

from tests.robustness.harness import NIGHTLY, within
from tests.robustness.hostile import FIGURES, LESSONS, SETTINGS, figure, lesson, settings
from tests.robustness.memory import Files, survive

SIZE = 20_000 if NIGHTLY else 1_000
CASES = [
    *((lesson, name) for name in LESSONS),
    *((settings, name) for name in SETTINGS),
    *((figure, name) for name in FIGURES),
]
NAMES = [f"{make.__name__}: {name}" for make, name in CASES]
FEWEST, MOST = 1_000, 32_000
"""Repetitions; below a thousand characters PyYAML takes quadratic time, as far as it looks ahead for a key."""
TELLING = 0.03
"""Seconds that can be told from nothing."""
LINEAR, SLACK = 4.0, 2.2
"""Four times the text takes four times as long, and in no case 8.8 times; quadratic time is 16."""


def processor_seconds(files: Files) -> float:
    began = time.process_time()
    survive(files)
    return time.process_time() - began


def honest_seconds(length: int) -> float:
    """Return the processor time that honest notes of a length take here and now."""
    files = lesson("concepts", 200)
    return processor_seconds(files) * length / sum(map(len, files.values()))


@pytest.mark.parametrize(("make", "name"), CASES, ids=NAMES)
def test_no_text_takes_long(make, name: str) -> None:  # type: ignore[no-untyped-def]
    files = make(name, SIZE)
    length = sum(map(len, files.values()))
    with within(50 * honest_seconds(20_000 + length)):
        survive(files)


@pytest.mark.slow
@pytest.mark.skipif(not NIGHTLY, reason="takes minutes: for the nightly run")
@pytest.mark.parametrize(("make", "name"), CASES, ids=NAMES)
def test_four_times_the_text_takes_about_four_times_as_long(make, name: str) -> None:  # type: ignore[no-untyped-def]
    size = FEWEST
    while size < MOST // 4 and processor_seconds(make(name, size)) < TELLING:
        size *= 2
    tries = []
    gc.disable()
    try:
        for _ in range(4):
            gc.collect()
            once = min(processor_seconds(make(name, size)) for _ in range(2))
            tries.append(processor_seconds(make(name, 4 * size)) / max(once, TELLING / 2))
            # One lucky or unlucky measurement says nothing: another processor may share the cache.
            if tries[-1] <= LINEAR * SLACK:
                return
    finally:
        gc.enable()
    pytest.fail(f"from {size} on, four times the text takes {min(tries):.1f} times as long")
