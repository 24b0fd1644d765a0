"""The sources of all figures, shown by a lesson or not; no TeX is needed."""

import pytest

from aml_build.diagnostics.codes import NOTHING
from aml_build.diagnostics.source import Source
from aml_build.figures.figure_check import check_figures
from aml_build.model import Macro
from aml_build.storage.cache import Cache

GOOD = "\\begin{tikzpicture}\n  \\draw (0,0) -- (1,1);\n\\end{tikzpicture}\n"
NONE = Cache(None)


def found(
    files: dict[str, str], shown: tuple[str, ...], cache: Cache = NONE
) -> list[tuple[str, str, str]]:
    sources = {path: Source(path, text) for path, text in files.items()}
    macros = (Macro(r"\E", 0, r"\mathbb{E}"),)
    return [
        (str(d.span), d.code.value, d.severity.value)
        for d in check_figures(sources, shown, macros, cache)
    ]


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        (GOOD, []),
        (GOOD.replace("\\draw", "\\node at (0,0) {$\\E$}; \\draw"), []),
        (GOOD.replace("(1,1)", "({1,1)"), [("2:19", "figure-form")]),
        (GOOD.replace("\\end{tikzpicture}", ""), [("1:1", "figure-form")]),
        (GOOD + "text", [("4:1", "figure-form")]),
        (GOOD.replace("\\draw", "\\input{x} \\def"), [("2:3", "figure-command"), ("2:13", "figure-command")]),
        (GOOD.replace("\\draw", "\\addplot table {x.csv}; \\draw"), [("2:12", "figure-command")]),
        ("", [("1:1", "figure-form")]),
    ],
)  # fmt: skip
def test_every_mistake_of_a_figure_that_a_lesson_shows(
    text: str, mistakes: list[tuple[str, str]]
) -> None:
    path = "figures/a.tex"
    expected = [(f"{path}:{place}", code, "error") for place, code in mistakes]
    assert found({path: text}, (path,)) == expected


def test_the_first_mistake_of_a_figure_that_no_lesson_shows_is_a_warning() -> None:
    text = GOOD.replace("\\draw", "\\input{x} \\def")
    files = {"figures/a.tex": text, "figures/b.tex": GOOD, "thesis.tex": text}
    assert found(files, ("figures/b.tex",)) == [("figures/a.tex:2:3", "figure-command", "warning")]
    (warning,) = check_figures({"figures/a.tex": Source("figures/a.tex", text)}, (), (), NONE)
    assert warning.withholds == NOTHING
    assert warning.message.endswith("No lesson shows this figure.")


def test_the_style_sheet_counts_as_shown_with_any_figure() -> None:
    files = {"figures/a.tex": GOOD, "figures/style.tex": "\\tikzset{a/.style={draw}}\n\\input{x}\n"}
    place = "figures/style.tex:2:1"
    assert found(files, ("figures/a.tex",)) == [(place, "figure-command", "error")]
    assert found(files, ()) == [(place, "figure-command", "warning")]


def test_a_known_figure_gives_the_same_mistakes(tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    files = {"figures/a.tex": GOOD.replace("draw", "input"), "figures/b.tex": GOOD}
    cold = found(files, ("figures/a.tex",), cache)
    assert cold == found(files, ("figures/a.tex",), cache) != []


def test_a_lost_brace_is_reported_and_not_what_follows_from_it() -> None:
    text = GOOD.replace("\\begin{tikzpicture}", "\\begin{tikzpicture [x=1cm]")
    path = "figures/a.tex"
    assert found({path: text}, (path,)) == [
        (f"{path}:1:1", "figure-command", "error"),
        (f"{path}:1:7", "figure-form", "error"),
    ]
