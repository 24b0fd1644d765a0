"""Whatever is typed: artifacts or diagnostics, never a traceback, never a hang."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aml_build.mathjax import MathJax
from aml_build.model import Macro
from aml_build.texmath import ExpansionError, expand, violations
from tests.mistakes import HEAD, SMALL
from tests.robustness.harness import (
    NIGHTLY,
    artifacts,
    build,
    examples,
    scratch,
    survive,
    within,
)
from tests.robustness.strategies import made_up_courses, math, mutilated_courses

MACROS = {"\\R": Macro("\\R", 0, "\\mathbb{R}"), "\\norm": Macro("\\norm", 1, "\\lVert #1\\rVert")}


def seconds(files: Mapping[str, str | bytes]) -> float:
    """Return what reading the files may take: an honest lesson takes a tenth of it."""
    return 3.0 + sum(map(len, files.values())) * 100e-6


@examples(60)
@given(made_up_courses())
@example(SMALL | {"course.yaml": f"id: a\ntitle: b\nmacros: {{\\m: [x, {'9' * 5000}]}}\n"})
def test_made_up_courses_are_read(files: dict[str, str | bytes]) -> None:
    with within(seconds(files)):
        survive(files)


@examples(60)
@given(mutilated_courses())
def test_mutilated_lessons_are_read(files: dict[str, str | bytes]) -> None:
    with within(seconds(files)):
        survive(files)


@pytest.fixture(scope="module")
def mathjax() -> MathJax:
    return MathJax()


@examples(60)
@given(tex=math, display=st.booleans())
def test_any_formula_is_refused_or_reaches_the_engine(
    mathjax: MathJax, tex: str, display: bool
) -> None:
    with within(6.0):
        found = violations(tex, MACROS)
        for offset, length, message, hint in found:
            assert 0 <= offset <= offset + length <= len(tex) + 1
            assert message
            assert hint
        try:
            expanded = expand(tex, MACROS)
        except ExpansionError:
            assert found
            return
        if not violations(expanded, {}):
            fault = mathjax.check(expanded, display=display)
            assert fault is None or fault.strip()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@examples(8 if NIGHTLY else 2)
@given(files=st.one_of(mutilated_courses(), made_up_courses()))
def test_whole_builds_end_in_artifacts_or_diagnostics(
    built: Path, files: dict[str, str | bytes]
) -> None:
    """With TeX, from the command line, over artifacts that were good before."""
    with scratch() as place:
        shutil.copytree(built / "out", place / "out")
        before = artifacts(place / "out")
        for path, text in files.items():
            target = place / "content" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            target.write_bytes(data)
        try:
            done = build(place)
        except subprocess.TimeoutExpired:
            pytest.fail("the build hangs")
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode != -signal.SIGSEGV
        after = artifacts(place / "out")
        if done.returncode:
            assert done.stderr.strip()
            assert after == before
        else:
            assert after["booklet.pdf"].startswith(b"%PDF")


def test_sound_courses_come_through() -> None:
    """The test that the others rest on: what is sound is carried to the artifacts."""
    starter = Path(__file__).parents[2] / "templates" / "new"
    files: dict[str, str | bytes] = {
        path.relative_to(starter).as_posix(): path.read_bytes()
        for path in sorted(starter.rglob("*"))
        if path.is_file()
    }
    assert survive(files)
    assert not survive(files | {"02.md": HEAD})
