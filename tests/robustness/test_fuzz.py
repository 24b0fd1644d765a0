"""Whatever is typed: artifacts or diagnostics, never a traceback, never a hang."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import event, example, given, strategies as st

from aml_build.diagnostics.diagnostic import has_errors
from aml_build.engines.mathjax import MathJax
from aml_build.model import Macro
from aml_build.storage.cache import Cache
from aml_build.texmath import ExpansionError, expand, violations
from tests.mistakes import HEAD, SMALL
from tests.robustness.harness import (
    NIGHTLY,
    STARTER,
    artifacts,
    build,
    examples,
    leftovers,
    scratch,
    within,
)
from tests.robustness.memory import Files, read, survive
from tests.robustness.strategies import (
    made_up_courses,
    marked_courses,
    math,
    mutilated_courses,
    well_formed_courses,
)

MACROS = {"\\R": Macro("\\R", 0, "\\mathbb{R}"), "\\norm": Macro("\\norm", 1, "\\lVert #1\\rVert")}


def seconds(files: Files) -> float:
    """Return what reading the files may take: an honest lesson takes a tenth of it."""
    return 3.0 + sum(map(len, files.values())) * 100e-6


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """Return what is remembered from example to example."""
    return Cache(tmp_path_factory.mktemp("memory"))


@examples(60)
@given(made_up_courses())
@example(SMALL | {"course.yaml": f"id: a\ntitle: b\nmacros: {{\\m: [x, {'9' * 5000}]}}\n"})
@example(SMALL | {"course.yaml": 'id: a\ntitle: "\\ud83d"\n'})
@example(SMALL | {"course.yaml": "\x850:"})
@example(SMALL | {"01.md": HEAD + "## Term\x00"})
def test_made_up_courses_are_read(memory: Cache, files: Files) -> None:
    with within(seconds(files)):
        survive(files, memory)


@examples(60)
@given(mutilated_courses())
def test_mutilated_lessons_are_read(memory: Cache, files: Files) -> None:
    with within(seconds(files)):
        survive(files, memory)


@examples(30)
@given(st.one_of(well_formed_courses(), mutilated_courses()))
def test_what_is_remembered_changes_nothing(memory: Cache, files: Files) -> None:
    """After whatever was built before, a build gives what it gives by itself."""
    assert survive(files, memory) == survive(files)


@examples(30)
@given(marked_courses())
def test_no_word_is_lost_without_a_word(marked: tuple[Files, list[str]]) -> None:
    files, marks = marked
    parsed, broken = read(files)
    if has_errors((*broken, *parsed.diagnostics)):
        event("refused")
        return
    kept = msgspec.json.encode(parsed.course).decode()
    assert [mark for mark in marks if mark not in kept] == []


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
            fault = mathjax.faults([(expanded, display)])[0]
            assert not fault or fault.strip()


# In parts, so that several processors can share them.
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("part", range(2 if NIGHTLY else 1))
@examples(2)
@given(
    files=st.one_of(well_formed_courses(), mutilated_courses(), made_up_courses()),
    anew=st.sampled_from([False, False, True]),
)
def test_whole_builds_end_in_artifacts_or_diagnostics(
    built: Path, part: int, files: Files, anew: bool
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
            again = build(place, "--no-cache") if anew and done.returncode == 0 else None
        except subprocess.TimeoutExpired:
            pytest.fail("the build hangs")
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert leftovers(place) == []
        after = artifacts(place / "out")
        if done.returncode:
            assert ": error [" in done.stderr
            assert after == before
            return
        assert ": error [" not in done.stderr
        assert {path for path in after if after[path] != before.get(path)} >= {"model.json"}
        for path in ("booklet.pdf", "booklet-print.pdf", "cheatsheet.pdf"):
            assert after[path].startswith(b"%PDF")
        (deck,) = (
            place / "out" / path
            for path in after
            if path.endswith(".apkg") and after[path] != before.get(path)
        )
        with zipfile.ZipFile(deck) as package:
            assert package.testzip() is None
        if again is not None:
            assert again.returncode == 0, again.stderr
            assert artifacts(place / "out") == after


def test_sound_courses_come_through() -> None:
    """The test that the others rest on: what is sound is carried to the artifacts."""
    files: Files = {
        path.relative_to(STARTER).as_posix(): path.read_bytes()
        for path in sorted(STARTER.rglob("*"))
        if path.is_file() and path.suffix != ".json"
    }
    assert survive(files).sound
    assert not survive({**files, "02.md": HEAD}).sound
