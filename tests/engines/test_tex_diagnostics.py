"""Problems of TeX as diagnostics: how serious they are, and one for each place."""

import pytest

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.engines.tex_diagnostics import TexPolicy, tex_diagnostics
from aml_build.engines.tex_log import TexProblem
from aml_build.engines.tex_messages import ProblemKind

HERE, THERE, ANYWHERE = Span("01.md", 3, 1), Span("01.md", 9, 1), Span("course.yaml", 0, 1)
POLICY = TexPolicy(prefix="Here: ", overfull=Code.SHEET_OVERFULL, overfull_hint="Shorten it.")


def wide(amount: float, place: Span | None = HERE) -> TexProblem:
    return TexProblem(ProblemKind.OVERFULL, f"{amount} pt too wide.", 1, place, amount)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (0.7, None),
        (1.9, None),
        (2.0, Code.PRINT_OVERFULL),
        (10.0, Code.PRINT_OVERFULL),
        (10.1, Code.SHEET_OVERFULL),
        (300.0, Code.SHEET_OVERFULL),
    ],
)
def test_a_line_is_as_bad_as_it_sticks_out(amount: float, code: Code | None) -> None:
    found = tex_diagnostics((wide(amount),), POLICY, ANYWHERE)
    assert [d.code for d in found] == ([code] if code else [])


def test_the_widest_line_of_a_place_speaks_for_it() -> None:
    error = TexProblem(ProblemKind.ERROR, "A command.", 1, HERE)
    given = (
        wide(3.0),
        wide(12.0),
        error,
        wide(5.0),
        wide(4.0, THERE),
        wide(6.0, None),
        wide(7.0, None),
    )
    found = tex_diagnostics(given, POLICY, ANYWHERE)
    assert [(d.span, d.message) for d in found] == [
        (HERE, "Here: 12.0 pt too wide."),
        (HERE, "Here: A command."),
        (THERE, "Here: 4.0 pt too wide."),
        (ANYWHERE, "Here: 7.0 pt too wide."),
    ]
