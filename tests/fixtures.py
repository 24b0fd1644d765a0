"""Fixtures: an input and the output that is expected of it.

A fixture is either a title, an input and an output in a Markdown file, each closed by a line with a
single dot, or a pair of files. A test that finds another output fails with a unified diff of the
two. With ``UPDATE_FIXTURES=1`` it writes the actual output in the place of the expected one instead,
so that the change can be read and committed with ``git diff``.
"""

import difflib
import os
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it.utils import read_fixture_file

from tests.paths import ROOT

_UPDATE = "UPDATE_FIXTURES"


class Fixture(NamedTuple):
    """One pair in a Markdown file."""

    path: Path
    title: str
    text: str
    """The input, with its last line end."""
    expected: str
    """The output, with its last line end; empty for none."""


def fixtures(*paths: Path) -> pytest.MarkDecorator:
    """Run a test once for each fixture of the files, as its parameter ``fixture``."""
    found = [
        pytest.param(Fixture(path, title, text, expected), id=f"{path.stem}: {title}")
        for path in paths
        for _, title, text, expected in read_fixture_file(path)
    ]
    return pytest.mark.parametrize("fixture", found)


def check_fixture(fixture: Fixture, actual: str) -> None:
    """Fail with a diff if the output is not the expected one; blanks at line ends do not count."""
    actual = "".join(f"{line.rstrip()}\n" for line in actual.splitlines())
    expected = "".join(f"{line.rstrip()}\n" for line in fixture.expected.splitlines())
    if actual == expected:
        return
    if _updating():
        _replace(fixture, actual)
    else:
        _fail(expected, actual, fixture.path, f', fixture "{fixture.title}"')


def check_file(path: Path, actual: str) -> None:
    """Fail with a diff if the output is not the text of the file."""
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    if actual == expected:
        return
    if _updating():
        path.write_text(actual, encoding="utf-8")
    else:
        _fail(expected, actual, path, "")


def _updating() -> bool:
    return os.environ.get(_UPDATE, "") not in ("", "0")


def _replace(fixture: Fixture, actual: str) -> None:
    # The file is read again, since other fixtures of it may have been replaced.
    whole = fixture.path.read_text(encoding="utf-8")
    old = f"{fixture.title}\n.\n{fixture.text}.\n{fixture.expected}.\n"
    assert whole.count(old) == 1, f"{fixture.path} has no such fixture, or has it twice:\n{old}"
    new = f"{fixture.title}\n.\n{fixture.text}.\n{actual}.\n"
    fixture.path.write_text(whole.replace(old, new), encoding="utf-8")


def _fail(expected: str, actual: str, path: Path, which: str) -> None:
    lines = difflib.unified_diff(
        expected.splitlines(), actual.splitlines(), "expected", "actual", lineterm=""
    )
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    pytest.fail(
        f"{name}{which}: the output is not the expected one.\n\n"
        + "\n".join(lines)
        + f"\n\nIf the actual output is right, accept it with `{_UPDATE}=1 .venv/bin/pytest`"
        " of this test and read the change with `git diff`.",
        pytrace=False,
    )
