"""Programs that tests run."""

import os
from shutil import which

import pytest


def required(program: str) -> str:
    """Return the path of a program; fail without it where all tests must run, else skip the test.

    All tests must run in CI and under ``make test``, which installs the programs.
    """
    path = which(program)
    if path is not None:
        return path
    message = f"{program} is not installed: run `scripts/system-packages print browser`"
    if os.environ.get("CI") or os.environ.get("REQUIRE_TOOLS"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
