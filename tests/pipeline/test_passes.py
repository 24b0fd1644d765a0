"""Each pass on its own, on the course that `aml-build new` writes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from aml_build.items.derive import derive
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.formula_check import FormulaCheck
from aml_build.pipeline.passes import (
    add_verdict,
    check_course,
    compare_with_release,
    draw_figures,
    make_notes,
    read_course,
)
from aml_build.render.anki import notes
from aml_build.storage.cache import Cache
from tests.paths import STARTER

NONE = Cache(None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(STARTER, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def formulas() -> Iterator[FormulaCheck]:
    with FormulaCheck(NONE, tex=False) as formulas:
        yield formulas


def spoil(root: Path, old: str, new: str) -> None:
    lesson = root / "01-orbits.md"
    text = lesson.read_text(encoding="utf-8")
    assert old in text
    lesson.write_text(text.replace(old, new, 1), encoding="utf-8")


def checked(root: Path, formulas: FormulaCheck) -> CourseState:
    return check_course(read_course(root, NONE), NONE, formulas)


def test_reading_gives_the_course_its_ids_and_its_lock(root: Path) -> None:
    state = read_course(root, NONE)
    assert state.course is not None
    assert state.course.id == "solar"
    assert [file.path for file in state.symbols] == ["01-orbits.md"]
    assert state.lock.version == ""
    assert (state.findings, state.summaries, state.diff) == ((), (), None)


def test_a_lock_that_cannot_be_read_is_found_while_reading(root: Path) -> None:
    (root / "release.lock").write_bytes(b"")
    assert [d.code for d in read_course(root, NONE).findings] == ["bad-lock"]


def test_checking_numbers_every_item_and_keeps_what_was_found(
    root: Path, formulas: FormulaCheck
) -> None:
    spoil(root, "## Orbit", "<b>\n\n## Orbit")
    spoil(root, 'see="orbit"', 'see="nowhere"')
    state = checked(root, formulas)
    assert [d.code for d in state.findings] == ["raw-html", "dangling-reference"]
    assert state.course is not None
    assert set(state.numbers) == {item.published_id for item in derive(state.course)}
    assert sorted(state.numbers.values()) == list(range(1, len(state.numbers) + 1))


def test_without_a_course_every_pass_returns_the_state_as_it_is(
    tmp_path: Path, formulas: FormulaCheck
) -> None:
    state = read_course(tmp_path, NONE)
    assert state.course is None
    assert check_course(state, NONE, formulas) is state
    assert draw_figures(state, tmp_path, NONE) is state
    assert make_notes(state, NONE) is state
    assert compare_with_release(state) is state
    assert add_verdict(state, formulas) == state


def test_a_course_with_mistakes_is_drawn_but_neither_written_nor_compared(
    root: Path, formulas: FormulaCheck
) -> None:
    spoil(root, 'see="orbit"', 'see="nowhere"')
    state = checked(root, formulas)
    assert not state.sound
    assert list(draw_figures(state, root, NONE).drawings) == ["figures/orbit.tex"]
    assert make_notes(state, NONE) is state
    assert compare_with_release(state) is state


def test_no_figure_is_drawn_or_blamed_while_the_settings_are_wrong(
    root: Path, formulas: FormulaCheck
) -> None:
    settings = root / "course.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    with (root / "figures" / "orbit.tex").open("a", encoding="utf-8") as figure:
        figure.write("\\nonsense")
    state = checked(root, formulas)
    assert {d.span.path for d in state.findings if d.severity == "error"} == {"course.yaml"}
    assert draw_figures(state, root, NONE) is state


def test_only_so_many_new_figures_are_drawn(
    root: Path, formulas: FormulaCheck, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache")
    state = checked(root, formulas)
    left = draw_figures(state, root, cache, most=0)
    assert (left.drawings, left.not_drawn) == ({}, ("figures/orbit.tex",))
    assert left.findings == state.findings
    drawn = draw_figures(state, root, cache, most=1)
    assert drawn.not_drawn == ()
    assert draw_figures(state, root, cache, most=0) == drawn, "what is cached counts as drawn"


def test_drawing_without_tex_names_what_is_missing_and_goes_on(
    root: Path, formulas: FormulaCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    state = draw_figures(checked(root, formulas), root, NONE)
    assert state.sound
    assert state.drawings == {}
    (missing,) = state.missing
    assert "pdflatex" in missing
    assert state.not_drawn == ("figures/orbit.tex",)
    assert add_verdict(state, formulas).missing == (missing,), "named once"


def test_notes_are_those_of_all_items_and_are_compared_with_the_release(
    root: Path, formulas: FormulaCheck
) -> None:
    state = make_notes(checked(root, formulas), NONE)
    assert state.course is not None
    assert state.contents == notes(state.course, state.items, {})
    compared = compare_with_release(state)
    assert compared.diff is not None
    assert replace(compared, diff=None) == state


def test_the_verdict_on_a_formula_is_added(
    root: Path, formulas: FormulaCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aml_build.check.formulas.violations", lambda *_: ())
    spoil(root, "T^2=a^3", "T^2=a^3_")
    state = add_verdict(checked(root, formulas), formulas)
    assert "math-anki" in {d.code for d in state.findings}
