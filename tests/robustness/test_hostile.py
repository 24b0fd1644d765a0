"""Reading takes time in proportion to the text, whatever stands in it."""

import pytest

from tests.robustness.harness import NIGHTLY, survive, within
from tests.robustness.hostile import FIGURES, LESSONS, SETTINGS, figure, lesson, settings

SIZE = 20_000 if NIGHTLY else 1_000
CASES = [
    *((lesson, name) for name in LESSONS),
    *((settings, name) for name in SETTINGS),
    *((figure, name) for name in FIGURES),
]


@pytest.mark.parametrize(("make", "name"), CASES, ids=[f"{m.__name__}: {n}" for m, n in CASES])
def test_no_text_takes_long(make, name: str) -> None:  # type: ignore[no-untyped-def]
    files = make(name, SIZE)
    length = sum(map(len, files.values()))
    # Honest notes take about ten microseconds a character.
    with within(0.5 + length * 100e-6):
        survive(files)
