"""What is built once for all tests of robustness."""

import shutil
import time
from pathlib import Path

import pytest

from tests.robustness.harness import artifacts, begin, build

MORE = (
    "\n## Comet {#comet}\n\nA small body of ice and dust, which grows a tail near the sun: $r^2$.\n"
)


class States:
    """Two states of a course, and what is built of each."""

    def __init__(self, folder: Path) -> None:
        self.old = begin(folder / "old")
        self.new = begin(folder / "new", MORE)
        began = time.monotonic()
        for place in (self.old, self.new):
            done = build(place)
            assert done.returncode == 0, done.stderr
        self.seconds = (time.monotonic() - began) / 2
        self.before = artifacts(self.old / "out")
        self.after = artifacts(self.new / "out")
        assert self.before != self.after

    def edited(self, place: Path) -> Path:
        """Lay out notes that were built, then edited."""
        shutil.copytree(self.old / "out", place / "out")
        shutil.copytree(self.new / "content", place / "content")
        return place

    def whole(self, out: Path) -> bool:
        """Tell whether every file is, byte for byte, that of one of the states."""
        return all(
            data in (self.before.get(path), self.after.get(path))
            for path, data in artifacts(out).items()
            if not path.endswith(".tmp")
        )


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    return States(tmp_path_factory.mktemp("states"))


@pytest.fixture(scope="session")
def built(states: States) -> Path:
    """Return the place of the starter course, built; not to be changed."""
    return states.old
