import re

import pytest

from aml_build.diagnostics.codes import WARNINGS, Code, Medium, Severity
from aml_build.diagnostics.diagnostic import diagnose, without_disabled
from aml_build.diagnostics.source import Span
from aml_build.pipeline.options import Target
from tests.mistakes import is_sentence

EVERY = {target.value for target in Target}
PLACE = Span("01.md", 1, 1)


def withheld(code: Code) -> set[str]:
    return {target.value for target in Target if target.medium & code.withholds}


@pytest.mark.parametrize("code", Code)
def test_every_code_says_what_is_wrong_and_what_to_type(code: Code) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.value)
    assert code.value.upper().replace("-", "_") == code.name
    assert is_sentence(code.meaning)
    assert is_sentence(code.remedy)


def test_an_error_withholds_something_and_a_warning_nothing() -> None:
    assert {code for code in Code if not withheld(code)} == set(WARNINGS)
    assert {code.severity for code in WARNINGS} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("code", "targets"),
    [
        (Code.BAD_YAML, EVERY),
        (Code.BAD_MATH, EVERY),
        (Code.MISSING_ID, EVERY),
        (Code.DANGLING_REFERENCE, EVERY),
        (Code.BAD_LOCK, EVERY),
        (Code.MATH_ANKI, {"deck", "preview"}),
        (Code.MATH_PRINT, {"sheet", "booklet"}),
        (Code.PRINT_TEX, {"sheet", "booklet"}),
        (Code.PRINT_GLYPH, {"sheet", "booklet"}),
        (Code.SHEET_OVERFULL, {"sheet"}),
        (Code.BOOKLET_OVERFULL, {"booklet"}),
        (Code.FIGURE_TEX, {"deck", "sheet", "booklet", "preview"}),
        (Code.FIGURE_FORM, {"deck", "sheet", "booklet", "preview"}),
        (Code.FIGURE_COMMAND, {"deck", "sheet", "booklet", "preview"}),
        (Code.PRINT_OVERFULL, set()),
        (Code.LONG_ANSWER, set()),
    ],
)
def test_a_code_withholds_what_its_mistake_spoils(code: Code, targets: set[str]) -> None:
    assert withheld(code) == targets


def test_only_engines_spare_an_artifact() -> None:
    spared = {code for code in Code if code.withholds and withheld(code) != EVERY}
    assert spared == {
        Code.MATH_ANKI, Code.MATH_PRINT, Code.PRINT_TEX, Code.PRINT_GLYPH, Code.SHEET_OVERFULL,
        Code.BOOKLET_OVERFULL, Code.FIGURE_TEX, Code.FIGURE_FORM, Code.FIGURE_COMMAND,
        Code.IMAGE_DAMAGED, Code.IMAGE_INCOMPLETE, Code.IMAGE_TOO_LARGE,
    }  # fmt: skip


def test_every_medium_has_an_artifact() -> None:
    assert {target.medium for target in Target} == set(Medium)


def test_a_diagnostic_has_the_severity_of_its_code() -> None:
    assert diagnose(PLACE, Code.RAW_HTML, "It is.", "Do.").severity is Severity.ERROR
    assert diagnose(PLACE, Code.LONG_LIST, "It is.", "Do.").severity is Severity.WARNING


def test_only_warnings_are_switched_off() -> None:
    found = [diagnose(PLACE, code, "It is.", "Do.") for code in Code]
    left = without_disabled(found, {Code.LONG_LIST, Code.RAW_HTML, "no-code"})
    assert {d.code for d in found} - {d.code for d in left} == {Code.LONG_LIST}
