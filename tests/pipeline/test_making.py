"""What can be made is made: a mistake or a missing tool withholds only what it concerns."""

import json
import shutil
from pathlib import Path

import pytest

from aml_build.commands.build import build
from aml_build.pipeline.outcome import Outcome
from aml_build.pipeline.request import BuildRequest

_SETTINGS = "id: tides\ntitle: Tides\n"
_HEAD = "---\nlesson: 1\ntitle: Tides\n---\n## Tide {#tide}\n\n"
_GOOD = "Rises and falls twice a day."
_LETTERS = "w" * 40
"""Too wide for a column of the sheet, not for a page of the booklet."""
_WIDE = f"Rises $\\mathrm{{{_LETTERS}}}$ and falls."
_FILES = {
    "deck": "tides.apkg",
    "sheet": "cheatsheet.pdf",
    "booklet": "booklet.pdf",
    "preview": "preview/index.html",
    "model": "model.json",
}


_MOON = "\\begin{tikzpicture}\n\\draw (0,0) circle [radius=5mm];\n\\end{tikzpicture}\n"


def course(place: Path, text: str, figure: str = _MOON) -> BuildRequest:
    root = place / "content"
    (root / "figures").mkdir(parents=True, exist_ok=True)
    (root / "course.yaml").write_text(_SETTINGS)
    (root / "figures" / "moon.tex").write_text(figure)
    (root / "01.md").write_text(_HEAD + text + "\n")
    return BuildRequest(root, place / "out")


def made(outcome: Outcome) -> set[str]:
    return {row.target for row in outcome.rows if row.path}


def reasons(outcome: Outcome) -> dict[str, str]:
    return {row.target: row.summary for row in outcome.rows if not row.path}


def test_a_sheet_that_cannot_be_set_costs_no_other_artifact(tmp_path: Path) -> None:
    assert build(course(tmp_path, _GOOD)).exit_code == 0
    last = (tmp_path / "out" / _FILES["sheet"]).read_bytes()
    outcome = build(course(tmp_path, _WIDE))
    assert made(outcome) == set(_FILES) - {"sheet"}
    assert reasons(outcome) == {"sheet": "not made, because of sheet-overfull"}
    (found,) = outcome.diagnostics
    assert (found.code, found.span.line) == ("sheet-overfull", 7)
    assert outcome.exit_code == 1
    assert (tmp_path / "out" / _FILES["sheet"]).read_bytes() == last
    model = json.loads((tmp_path / "out" / _FILES["model"]).read_bytes())
    assert _LETTERS in json.dumps(model)


def test_a_character_without_a_glyph_withholds_print_and_is_named_where_it_is(
    tmp_path: Path,
) -> None:
    outcome = build(course(tmp_path, f"{_GOOD}\n\n### Why a ☃? {{#why}}\n\nThe Moon."))
    assert made(outcome) == set(_FILES) - {"booklet", "sheet"}
    found = [(d.code, d.span.line) for d in outcome.diagnostics]
    assert found == [("print-glyph", 9)]


def test_a_figure_that_tex_cannot_draw_withholds_all_that_shows_it(tmp_path: Path) -> None:
    figure = "\\begin{tikzpicture}\n\\draw (0,0) -- (20000,0);\n\\end{tikzpicture}\n"
    text = f"{_GOOD}\n\n![The Moon](figures/moon.tex)"
    outcome = build(course(tmp_path, text, figure))
    assert made(outcome) == {"model"}
    assert set(reasons(outcome).values()) == {"not made, because of figure-tex"}
    assert [d.code for d in outcome.diagnostics] == ["figure-tex"]
    assert outcome.exit_code == 1


def test_a_mistake_of_reading_withholds_everything(tmp_path: Path) -> None:
    outcome = build(course(tmp_path, "[nowhere](#nowhere)"))
    assert (outcome.rows, outcome.exit_code) == ((), 1)
    assert not (tmp_path / "out" / _FILES["model"]).exists()


def test_formulas_withhold_what_their_engine_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The rules of `texmath` leave no formula that only one engine refuses: let TeX refuse this one.
    refused = "aml_build.check.formulas.tex_verdicts"
    monkeypatch.setattr(refused, lambda asked: dict.fromkeys(asked, "Undefined."))
    outcome = build(course(tmp_path, f"{_GOOD} $x^2$"))
    assert [d.code for d in outcome.diagnostics] == ["math-print"]
    assert made(outcome) == {"deck", "preview", "model"}


def test_without_tex_a_course_without_formulas_has_its_deck(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    git = shutil.which("git")
    assert git is not None
    (programs / "git").symlink_to(git)
    monkeypatch.setenv("PATH", str(programs))
    outcome = build(course(tmp_path, _GOOD))
    assert made(outcome) == {"deck", "preview", "model"}
    assert set(reasons(outcome).values()) == {"not made, because a tool is missing"}
    assert [lack.split(". ")[0] for lack in outcome.missing] == ["pdflatex is not installed"]
    assert outcome.exit_code == 2


def test_a_release_is_written_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    request = course(tmp_path, _WIDE)
    outcome = build(BuildRequest(request.root, request.out, version="1.0"))
    assert (outcome.rows, outcome.exit_code) == ((), 1)
    assert not (tmp_path / "out" / _FILES["deck"]).exists()


def test_a_release_without_tex_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = course(tmp_path, _GOOD)
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = build(BuildRequest(request.root, request.out, version="1.0"))
    assert (outcome.rows, outcome.exit_code) == ((), 2)
    assert not (tmp_path / "out" / _FILES["deck"]).exists()
