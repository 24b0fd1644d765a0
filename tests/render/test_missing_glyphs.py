"""What print lacks is found in the model, without TeX; and TeX has all that is not found."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
import resvg_py

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Source, Span
from aml_build.engines import pdflatex as tex
from aml_build.engines.font_characters import LATIN_MODERN, RAW
from aml_build.engines.tex_fonts import latin_modern
from aml_build.items.derive import derive
from aml_build.model import Course
from aml_build.pipeline.build import check_notes
from aml_build.render.booklet import Form
from aml_build.render.booklet.booklet_document import document
from aml_build.render.characters import character_commands
from aml_build.render.cheatsheet.content.boxes import bands, boxes
from aml_build.render.latex import MissingGlyphError, escape, escape_code
from aml_build.render.missing_glyphs import (
    MissingCharacter,
    course_characters,
    lesson_characters,
    missing_glyphs,
)
from aml_build.render.print_commands import metadata
from aml_build.resources import template
from aml_build.storage.cache import Cache
from tests import samples
from tests.mistakes import HEAD
from tests.samples import DRAWINGS, EDITION

CHARACTERS = [char for char in character_commands() if char.isprintable() and not char.isspace()]


def complaints(body: str, style: str, setup: str = "") -> list[str]:
    text = f"\\documentclass{{article}}\\usepackage{{{style}}}{setup}\\begin{{document}}\n{body}\n\\end{{document}}\n"
    files = {f"{style}.sty": template(f"latex/{style}.sty").encode()}
    result = tex.run(text, inputs=files, passes=1)
    assert result.pdf is not None
    return [problem.message for problem in result.problems if problem.amount is None]


@pytest.mark.parametrize(
    "font", ["", "\\bfseries", "\\itshape", "\\bfseries\\itshape", "\\scriptsize"]
)
@pytest.mark.parametrize("code", [False, True])
def test_every_font_has_every_character_of_the_table(font: str, code: bool) -> None:
    spell = escape_code if code else escape
    family = "\\ttfamily" if code else ""
    lines = [f"{{{font}{family} {spell(f'x{char}x')}}}\\par" for char in CHARACTERS]
    assert complaints("\n".join(lines), "common") == []


def test_latex_prints_every_raw_character_in_formulas_and_figures() -> None:
    formulas = [f"$\\text{{x{char}x}}$\\par" for char in sorted(RAW)]
    assert complaints("\n".join(formulas), "common") == []
    labels = [f"{{\\sffamily x{char}x}}{{\\bfseries x{char}x}}\\par" for char in sorted(RAW)]
    assert complaints("\n".join(labels), "figures") == []


def test_latin_modern_draws_every_character_of_svg_pictures() -> None:
    faces = ["sans-serif", "sans-serif;font-weight:bold", "monospace", "Latin Modern Roman"]
    for char in sorted(LATIN_MODERN):
        if char.isspace() or not char.isprintable():
            continue
        for face in faces:
            assert _ink(char, face), f"{char} U+{ord(char):04X} {face}"
    assert not _ink("中", "sans-serif")


def _ink(char: str, face: str) -> bool:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="12" y="26" '
        f'style="font-family:{face}">{char}</text></svg>'
    )
    families = dict.fromkeys(
        ("font_family", "sans_serif_family", "serif_family"), "Latin Modern Sans"
    )
    options = families | {"monospace_family": "Latin Modern Mono"}
    picture = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=list(latin_modern()), **options
    )
    return picture != _blank()


@cache
def _blank() -> bytes:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"></svg>'
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))


# ---- Nothing is overlooked: wherever a text of the model is printed, the character in it is found.


def _marked(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield each text within plain data changed in turn, with its place and the whole data."""
    if isinstance(value, str):
        yield path, f"{value}☃"
    elif isinstance(value, dict):
        for key, part in value.items():
            for place, changed in _marked(part, f"{path}.{key}"):
                yield place, {**value, key: changed}
    elif isinstance(value, (list, tuple)):
        for at, part in enumerate(value):
            for place, changed in _marked(part, f"{path}[{at}]"):
                yield place, [*value[:at], changed, *value[at + 1 :]]


def _variants() -> Iterator[tuple[str, Course]]:
    for place, data in _marked(msgspec.to_builtins(samples.COURSE)):
        try:
            yield place, msgspec.convert(data, Course)
        except msgspec.ValidationError:
            continue  # a word of an enum or the name of a type


def _printable(course: Course) -> bool:
    try:
        document(course, tuple(derive(course)), DRAWINGS, EDITION, Form())
        boxes(course, DRAWINGS)
        bands(course)
        str(metadata(course.title, course, EDITION).dumps())
    except MissingGlyphError:
        return False
    return True


def _found(course: Course) -> bool:
    lessons = [one for lesson in course.lessons for one in lesson_characters(lesson)]
    return "☃" in {one.char for one in (*course_characters(course), *lessons)}


def test_no_printed_text_is_overlooked() -> None:
    printed, found = set(), set()
    for place, course in _variants():
        if ".id" in place or place.endswith((".target", ".was[0]")):
            continue  # ids are ASCII
        if not _printable(course):
            printed.add(place)
        if _found(course):
            found.add(place)
    assert len(printed) > 60
    assert printed <= found


def check(root: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    state = check_notes(root, Cache(None), tex=False)
    return [
        (str(d.span), d.message) for d in state.outcome.diagnostics if d.code is Code.PRINT_GLYPH
    ]


COURSE = "id: x\ntitle: X\n"
LESSON = f"{HEAD}## Term {{#term}}\n\nSays what it is.\n\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("More ☃ text.", "01.md:9:6"),
        ("Code `a ☃` here.", "01.md:9:9"),
        ("```\na\nb ☃\n```", "01.md:11:3"),
        ("- a\n  - b ☃", "01.md:10:7"),
        ("$$ x $$ {#eq}\n\n- $x$: a ☃ thing", "01.md:11:10"),
        ("Formula $\\text{ж}$ here.", "01.md:9:16"),
        ("| a | b |\n|---|---|\n| c {#c} | ☃ |", "01.md:11:12"),
        ("> [!WARNING]\n> False. {#no}\n>\n> True ☃.", "01.md:12:8"),
        ("### Why? {#why .exam}\n\nBecause.\n\nAt ☃ length.", "01.md:13:4"),
        ("See [a ☃](https://example.org).", "01.md:9:8"),
        ("A ==gap ☃=={.c1}. {#gap}", "01.md:9:9"),
    ],
)
def test_a_character_is_found_at_its_place(text: str, place: str, tmp_path: Path) -> None:
    found = check(tmp_path, {"course.yaml": COURSE, "01.md": f"{LESSON}{text}\n"})
    assert [where for where, _ in found] == [place]


def test_names_of_the_course_and_of_its_lessons_are_looked_at(tmp_path: Path) -> None:
    course = "id: x\ntitle: X ☀\nauthors: [A ☁]\nlicence: L ☂\ndescription: D ☃\n"
    lesson = LESSON.replace("title: ", "title: ☄ ").replace("{#term}", '{#term aka="★★; ☆☇"}')
    found = check(tmp_path, {"course.yaml": course, "01.md": lesson})
    assert [where for where, _ in found] == [
        "course.yaml:2:10", "course.yaml:3:13", "course.yaml:4:12", "course.yaml:5:16",
        "01.md:3:8", "01.md:5:26",
    ]  # fmt: skip


def test_a_character_is_reported_once_a_course(tmp_path: Path) -> None:
    second = LESSON.replace("lesson: 1", "lesson: 2").replace("#term", "#other")
    files = {"course.yaml": COURSE, "01.md": LESSON + "A ☃ and ☃.\n", "02.md": second + "A ☃.\n"}
    assert [where for where, _ in check(tmp_path, files)] == ["01.md:9:3"]


def test_a_script_is_reported_once_a_course(tmp_path: Path) -> None:
    files = {"course.yaml": "id: x\ntitle: 中国史\n", "01.md": LESSON + "中国古代史，是一门课。\n"}
    ((where, message),) = check(tmp_path, files)
    assert where == "course.yaml:2:8"
    assert message == (
        "The print fonts lack 11 Chinese and Japanese characters of this course "
        "(`中`, `国`, `史`, `古`, `代`, `，`, `是`, `一`, …), also in 01.md."
    )


def test_the_labels_of_an_svg_picture_are_looked_at(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text y="9">Гл é</text></svg>'
    text = f"{LESSON}![An eye](figures/eye.svg)\n\nHere Г is.\n"
    files = {"course.yaml": COURSE, "01.md": text, "figures/eye.svg": svg}
    assert [where for where, _ in check(tmp_path, files)] == ["01.md:9:1", "01.md:11:6"]


def test_only_print_is_withheld(tmp_path: Path) -> None:
    files = {"course.yaml": COURSE, "01.md": LESSON + "A ☃ text and $\\text{жук}$.\n"}
    check(tmp_path, files)
    state = check_notes(tmp_path, Cache(None))
    assert {d.code for d in state.findings} == {Code.PRINT_GLYPH}
    assert state.readable


def test_the_place_is_looked_for_behind_the_heading() -> None:
    source = Source("01.md", "☃\ntwo ☃\n")
    found = missing_glyphs([MissingCharacter("☃", Span("01.md", 2, 1))], {"01.md": source})
    assert [str(d.span) for d in found] == ["01.md:2:5"]
