from pathlib import Path

import click

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.diagnostics.terminal import counts, render

SOURCES = {"01.md": Source("01.md", "one\ntwo 世界 three\n" + "x" * 150 + "WRONG" + "y" * 150)}


def test_the_line_is_shown_with_carets_under_the_mistake() -> None:
    found = diagnose(Span("01.md", 2, 8, 5), Code.RAW_HTML, "It is wrong.", "Write it right.")
    assert render([found], SOURCES, Path("content"), colour=False) == (
        "content/01.md:2:8: error [raw-html] It is wrong.\n"
        "    2 | two 世界 three\n"
        "      |          ^^^^^\n"
        "  hint: Write it right.\n"
        "\n"
        "1 error in 1 file\n"
    )


def test_a_long_line_is_cut_around_the_mistake() -> None:
    found = diagnose(Span("01.md", 3, 151, 5), Code.RAW_HTML, "It is wrong.", "Write it right.")
    _, line, carets, *_ = render([found], SOURCES, Path("content"), colour=False).split("\n")
    assert len(line) <= 112
    assert line[carets.index("^") : carets.rindex("^") + 1] == "WRONG"


def test_a_file_without_line_shows_no_line() -> None:
    found = diagnose(Span("course.yaml", 0, 1), Code.NO_COURSE, "There is none.", "Write one.")
    assert render([found], {}, Path("content"), colour=False).split("\n")[:2] == [
        "content/course.yaml: error [no-course] There is none.",
        "  hint: Write one.",
    ]


def test_colours_add_nothing_to_the_words() -> None:
    found = diagnose(Span("01.md", 1, 1, 3), Code.STRAY_LEGEND, "It is odd.", "Move it.")
    coloured = render([found], SOURCES, Path())
    assert coloured != click.unstyle(coloured) == render([found], SOURCES, Path(), colour=False)


def test_the_notes_cannot_steer_the_terminal() -> None:
    sources = {"01.md": Source("01.md", "\x1b[31mred\x07")}
    found = diagnose(Span("01.md", 1, 1), Code.CONTROL_CHARACTER, "An \x1b is here.", "Delete it.")
    assert not set("\x1b\x07") & set(render([found], sources, Path(), colour=False))


def test_counts_are_in_the_right_number() -> None:
    one = diagnose(Span("a.md", 1, 1), Code.RAW_HTML, "", "")
    two = diagnose(Span("b.md", 1, 1), Code.LONG_LIST, "", "")
    assert counts([one]) == "1 error in 1 file"
    assert counts([one, one, two]) == "2 errors and 1 warning in 2 files"
