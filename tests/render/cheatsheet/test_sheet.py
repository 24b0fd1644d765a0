"""Whole sheets through real pdflatex, read back and looked at as pictures."""

import io
import re
import subprocess
from functools import cache
from pathlib import Path

import msgspec
import pikepdf
import pytest

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.engines import pdflatex as tex
from aml_build.model import (
    Concept,
    Course,
    Math,
    Orientation,
    Paper,
    Paragraph,
    SheetOptions,
    Text,
)
from aml_build.model.edition import Edition
from aml_build.render.cheatsheet import FORMULAS, GREY, LARGE, SheetResult, one_lesson, sheet
from aml_build.render.cheatsheet.content.boxes import boxes
from aml_build.render.cheatsheet.layout.heights import Heights
from aml_build.render.cheatsheet.layout.paper import page
from aml_build.storage.cache import Cache
from tests import samples
from tests.mistakes import lesson
from tests.render.cheatsheet.courses import course

EDITION = Edition(version="1.0", date="2024-03-01", commit="abc1234", epoch=1_709_251_200)
SMALL = SheetOptions(pages=1, columns=4, min_size=5.0, max_size=8.0)


@cache
def built(count: int) -> SheetResult:
    options = SheetOptions() if count >= 40 else SMALL
    return sheet(course(count), {}, EDITION, Cache(None), options=options)


def feet(
    pdf: bytes, number: int, columns: int, folder: Path, lowest: float | None = None
) -> list[float]:
    """Return where the ink of each column ends on a page, not below a line; pt from its top."""
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    command = ["pdftoppm", "-r", "144", "-gray", "-f", f"{number}", "-l", f"{number}", path]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", raw)
    assert header
    width, height = int(header[1]), int(header[2])
    pixels = raw[header.end() :]
    found = []
    for column in range(columns):
        left = round(width * (column + 0.25) / columns)
        right = round(width * (column + 0.75) / columns)
        rows = (
            y
            for y in range(height - 1 if lowest is None else round(lowest * 2), -1, -1)
            if min(pixels[y * width + left : y * width + right]) < 240
        )
        found.append(next(rows) / 2)
    return found


def check_pdf(result: SheetResult, pages: int) -> None:
    assert result.diagnostics == ()
    assert result.pdf is not None
    assert tex.type3_fonts(result.pdf) == ()
    with pikepdf.open(io.BytesIO(result.pdf)) as pdf:
        assert len(pdf.pages) == pages
        for font in pdf.objects:
            if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font":
                assert "/ToUnicode" in font
                assert "/FontDescriptor" in font


@pytest.mark.parametrize("count", [30, pytest.param(120, marks=pytest.mark.slow)])
def test_columns_end_flush_at_the_foot(count: int, tmp_path: Path) -> None:
    result = built(count)
    check_pdf(result, 1 if count < 40 else 2)
    columns = 4 if count < 40 else 5
    ends = feet(result.pdf or b"", 1, columns, tmp_path)
    assert max(ends) - min(ends) <= 1.0


@pytest.mark.slow
@pytest.mark.parametrize("count", [40, 80, 120, 200, 400])
def test_generated_courses_fill_the_sheet(count: int, tmp_path: Path) -> None:
    result = built(count)
    check_pdf(result, 2)
    assert result.runs <= 3
    assert result.plan.fill >= 0.95 or result.plan.size == SheetOptions().max_size
    shown = len(result.plan.columns) and sum(cost.shown for cost in result.report.costs)
    assert shown + sum(" " not in name for name, _ in result.report.left_out) >= count
    for number in (1, 2):
        ends = feet(result.pdf or b"", number, 5, tmp_path)
        assert max(ends) - min(ends) <= 1.0


def test_the_same_course_gives_the_same_bytes_whatever_the_cache_holds(tmp_path: Path) -> None:
    made, kept = course(20), Cache(tmp_path)
    first = sheet(made, {}, EDITION, kept, options=SMALL)
    second = sheet(made, {}, EDITION, kept, options=SMALL)
    edited = sheet(_edited(made, "Quite another sentence. " * 9), {}, EDITION, kept, options=SMALL)
    third = sheet(made, {}, EDITION, kept, options=SMALL)
    assert first.runs == 3
    assert second.runs == 1
    assert edited.pdf != first.pdf
    assert first.pdf == second.pdf == third.pdf
    assert first.pdf == sheet(made, {}, EDITION, Cache(None), options=SMALL).pdf


def test_a_line_more_in_the_notes_measures_nothing_anew() -> None:
    made = course(6)
    lesson = made.lessons[0]
    moved = tuple(
        msgspec.structs.replace(c, span=msgspec.structs.replace(c.span, line=c.span.line + 1))
        for c in lesson.concepts
    )
    below = msgspec.structs.replace(
        made, lessons=(msgspec.structs.replace(lesson, concepts=moved), *made.lessons[1:])
    )
    one, other = Heights("", page(SMALL)), Heights("", page(SMALL))
    one.add(box.title for box in boxes(made, {}))
    other.add(box.title for box in boxes(below, {}))
    assert [part.tex for part in one.parts.values()] != [p.tex for p in other.parts.values()]
    assert one.digests == other.digests


def test_an_edit_takes_one_run_and_gives_what_a_cold_build_gives(tmp_path: Path) -> None:
    made, kept = course(20), Cache(tmp_path)
    sheet(made, {}, EDITION, kept, options=SMALL)
    definition = made.lessons[0].concepts[3].definition.children[0]
    assert isinstance(definition, Text)
    changed = _edited(made, definition.text.replace("a", "o"))
    after = sheet(changed, {}, EDITION, kept, options=SMALL)
    assert after.runs == 1
    assert after.pdf == sheet(changed, {}, EDITION, Cache(None), options=SMALL).pdf


def _edited(made: Course, words: str) -> Course:
    first, *others = made.lessons
    concept = first.concepts[3]
    changed = msgspec.structs.replace(
        concept, definition=msgspec.structs.replace(concept.definition, children=(Text(words),))
    )
    concepts = tuple(changed if c is concept else c for c in first.concepts)
    lesson = msgspec.structs.replace(first, concepts=concepts)
    return msgspec.structs.replace(made, lessons=(lesson, *others))


def test_what_is_left_out_is_said_with_its_cost_and_its_price() -> None:
    options = SheetOptions(pages=1, columns=2, min_size=7.0, max_size=9.0)
    result = sheet(course(60), {}, EDITION, Cache(None), options=options)
    whole = [name for name, _ in result.report.left_out if " " not in name]
    assert whole
    assert all(f"{name} (the whole box)" in result.report.text for name in whole)
    assert all(millimetres > 0 for _, millimetres in result.report.left_out)
    assert "to keep it, leave out" in result.report.text
    priorities = {c.id: c.priority for lesson in course(60).lessons for c in lesson.concepts}
    kept = {cost.concept for cost in result.report.costs if cost.shown}
    # Nothing essential goes as long as there is background to drop.
    assert max(priorities[name] for name in kept) <= min(priorities[name] for name in whole)


def test_the_sheet_of_every_construct_is_clean() -> None:
    result = sheet(samples.COURSE, {}, EDITION, Cache(None), options=SMALL)
    check_pdf(result, 1)


def test_links_land_and_lessons_are_bookmarked() -> None:
    result = built(30)
    with pikepdf.open(io.BytesIO(result.pdf or b"")) as pdf:
        assert pdf.Root.Lang == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Made-up course: cheat sheet"
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
            assert titles[0].startswith("Lesson 1: ")
            assert sum(len(item.children) for item in outline.root) == 30


@pytest.mark.parametrize(
    ("paper", "orientation", "size"),
    [
        (Paper.A4, Orientation.LANDSCAPE, (841.89, 595.28)),
        (Paper.A4, Orientation.PORTRAIT, (595.28, 841.89)),
        (Paper.LETTER, Orientation.LANDSCAPE, (792, 612)),
    ],
)
def test_paper(paper: Paper, orientation: Orientation, size: tuple[float, float]) -> None:
    options = SheetOptions(paper, orientation, 1, 3, 5.0, 7.0)
    result = sheet(course(9), {}, EDITION, Cache(None), options=options)
    with pikepdf.open(io.BytesIO(result.pdf or b"")) as pdf:
        box = [float(value) for value in pdf.pages[0].mediabox]
    assert box[2:] == pytest.approx(size, abs=0.1)


def test_variants() -> None:
    made = course(24)
    grey = sheet(made, {}, EDITION, Cache(None), GREY, SMALL)
    large = sheet(made, {}, EDITION, Cache(None), LARGE, SMALL)
    formulas = sheet(made, {}, EDITION, Cache(None), FORMULAS, SMALL)
    lesson = sheet(made, {}, EDITION, Cache(None), one_lesson(2), SMALL)
    assert _colours(grey.pdf) == set()
    assert large.plan.size >= 9.0
    assert large.report.left_out == ()
    assert formulas.plan.size > grey.plan.size or formulas.plan.size == SMALL.max_size
    assert len(lesson.report.costs) == 12


def _colours(pdf: bytes | None) -> set[str]:
    """Return the colours that pages use and that are not grey."""
    assert pdf is not None
    found = set()
    with pikepdf.open(io.BytesIO(pdf)) as document_:
        for sheet_ in document_.pages:
            for one in pikepdf.parse_content_stream(sheet_):
                numbers = [str(n) for n in one.operands]
                if (str(one.operator) in {"rg", "RG"} and len(set(numbers)) > 1) or (
                    str(one.operator) in {"k", "K"} and set(numbers[:3]) != {"0"}
                ):
                    found.add(" ".join(numbers))
    return found


def _with(concept: Concept, *children: Text | Math) -> Course:
    made = course(3)
    paragraph = Paragraph(children, msgspec.structs.replace(concept.definition.span, line=77))
    bad = msgspec.structs.replace(concept, definition=paragraph)
    lesson = msgspec.structs.replace(made.lessons[0], concepts=(bad, *made.lessons[0].concepts[1:]))
    return msgspec.structs.replace(made, lessons=(lesson,))


def test_an_undefined_command_is_reported_at_its_place() -> None:
    concept = course(3).lessons[0].concepts[0]
    place = msgspec.structs.replace(concept.span, line=78)
    broken = _with(concept, Text("See "), Math(r"\nosuchthing", place))
    result = sheet(broken, {}, EDITION, Cache(None), options=SMALL)
    assert (Code.PRINT_TEX.value, 78) in {(d.code, d.span.line) for d in result.diagnostics}


def test_a_line_that_cannot_be_broken_is_reported_at_its_place() -> None:
    concept = course(3).lessons[0].concepts[0]
    wide = Math(f"\\mathrm{{{'x' * 60}}}", Span("01.md", 77, 1))
    result = sheet(_with(concept, wide), {}, EDITION, Cache(None), options=replace_columns(6))
    assert [(d.code, d.span.line) for d in result.diagnostics] == [(Code.SHEET_OVERFULL, 77)]


def test_lists_stand_in_lists_of_any_kind(tmp_path: Path) -> None:
    text = (
        "## A {#a}\n\nIs a.\n\n{#all}\n- **One**: is {#one}\n\n"
        "  - dot\n    1. first\n       - inner\n    2. second\n  - dot\n"
    )
    made = lesson(text).course
    assert made is not None
    result = sheet(made, {}, EDITION, Cache(None), options=SMALL)
    assert result.diagnostics == ()
    assert result.pdf is not None
    path = tmp_path / "sheet.pdf"
    path.write_bytes(result.pdf)
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    words = " ".join(done.stdout.decode().replace("■", "").split())
    assert "One is dot 1 first inner 2 second dot" in words


def replace_columns(columns: int) -> SheetOptions:
    return msgspec.structs.replace(SMALL, columns=columns)
