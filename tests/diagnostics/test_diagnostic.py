"""Diagnostics as values: filtered by the author's settings, sorted by place."""

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import diagnose, has_errors, in_order, without_disabled
from aml_build.diagnostics.source import Span

ERROR = diagnose(Span("b.md", 2, 1), Code.BAD_ID, "A bad id.", "Write another.")
WARNING = diagnose(Span("a.md", 9, 1), Code.LONG_ANSWER, "A long answer.", "Shorten it.")


def test_a_disabled_warning_is_left_out_and_an_error_never() -> None:
    both = (ERROR, WARNING)
    assert without_disabled(both, ()) == both
    assert without_disabled(both, (Code.LONG_ANSWER,)) == (ERROR,)
    assert without_disabled(both, (Code.LONG_ANSWER, Code.BAD_ID)) == (ERROR,)


def test_only_errors_withhold() -> None:
    assert has_errors((WARNING, ERROR))
    assert not has_errors((WARNING,))


def test_diagnostics_are_sorted_by_place_and_each_is_there_once() -> None:
    assert in_order((ERROR, WARNING, ERROR)) == (WARNING, ERROR)


def test_settings_come_before_the_notes_that_rest_on_them() -> None:
    settings = diagnose(Span("course.yaml", 9, 1), Code.BAD_YAML, "Bad YAML.", "Write another.")
    assert in_order((ERROR, WARNING, settings)) == (settings, WARNING, ERROR)


def test_a_missing_picture_says_nothing_of_its_labels() -> None:
    place, other = Span("a.md", 3, 1, 9), Span("a.md", 4, 1, 9)
    missing = diagnose(place, Code.IMAGE_MISSING, "No file.", "Put it there.")
    unlabelled = [
        diagnose(span, Code.FIGURE_WITHOUT_MASKS, "No label.", "Write one.")
        for span in (place, other)
    ]
    assert in_order((*unlabelled, missing)) == (missing, unlabelled[1])
