"""The finder: its order, its places, and what is printed of it, read back from real PDFs."""

import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pikepdf
import pytest

from aml_build.diagnostics.source import Span
from aml_build.model import Concept, Course, Paper, SheetOptions
from aml_build.render import latex
from aml_build.render.alphabet import sort_key
from aml_build.render.cheatsheet import LARGE, SheetResult, one_lesson, sheet
from aml_build.render.cheatsheet.content.box import Box, Name, Part, Rank
from aml_build.render.cheatsheet.content.boxes import boxes
from aml_build.render.cheatsheet.layout.candidates import Candidates
from aml_build.render.cheatsheet.layout.finder import (
    entries,
    finder,
    groups,
    labels,
    lines,
    places,
    strip_height,
    strips,
)
from aml_build.render.cheatsheet.layout.paper import SP, page
from aml_build.render.cheatsheet.layout.sizes import SizeGrid
from aml_build.storage.cache import Cache
from tests import samples
from tests.render.cheatsheet.courses import course
from tests.render.cheatsheet.test_sheet import EDITION, SMALL, check_pdf

TITLE = Part("title", "", Rank.CORE)


def box(id_: str, *names: str) -> Box:
    known = tuple(Name(sort_key(name), name) for name in names)
    return Box(id_, "Formula", 1, 1, names[0], known, TITLE, (), Span("a.md", 1, 1))


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ([box("b", "Bayes"), box("a", "Adam")], ["Adam", "Bayes"]),
        ([box("y", "New York"), box("n", "newborn")], ["New York", "newborn"]),
        ([box("b", "Batch normalisation", "BN")], ["Batch normalisation", "BN"]),
        # Alike and side by side for one box: the name that the box bears, else the shorter.
        ([box("n", "Net (FCN)", "Net", "FCNs", "FCN")], ["FCN", "Net (FCN)"]),
        ([box("n", "Net", "Net of nets")], ["Net"]),
        # Alike for two boxes: both.
        ([box("a", "Loss"), box("b", "Risk", "Loss")], ["Loss", "Loss", "Risk"]),
        ([box("a", "Loss curve", "Loss"), box("b", "Loss A")], ["Loss", "Loss A", "Loss curve"]),
    ],
)
def test_names_stand_in_alphabetical_order(named: list[Box], expected: list[str]) -> None:
    assert [entry.tex for entry in entries(named)] == expected


def test_titles_alone_are_the_names_that_boxes_bear() -> None:
    named = [box("a", "Adam", "Moments"), box("b", "Bayes")]
    assert [entry.tex for entry in entries(named, titles_only=True)] == ["Adam", "Bayes"]


def test_every_name_of_a_course_is_there_or_stands_beside_one_that_begins_like_it() -> None:
    found = entries(boxes(samples.COURSE, {}))
    keys = {(entry.key[0], entry.box) for entry in found}
    for concept in (c for lesson in samples.COURSE.lessons for c in lesson.concepts):
        for name in concept.aka:
            key = sort_key(name)[0]
            assert any(
                box == concept.id and (key.startswith(one) or one.startswith(key))
                for one, box in keys
            )
    assert [entry.key for entry in found] == sorted(entry.key for entry in found)


def test_letters_with_few_names_share_a_paragraph() -> None:
    many = [box(f"a{n}", f"A{n}") for n in range(7)]
    few = [box(name, name) for name in ("Bayes", "Coin", "2nd order", "Zeta")]
    found = groups(entries([*many, *few]))
    assert [letters for letters, _ in found] == ["#\u2013A", "B\u2013Z"]
    assert [len(own) for _, own in found] == [8, 3]


@pytest.mark.parametrize(
    ("pages", "breaks", "expected"),
    [
        (1, (2, 3), {"k0": "a1", "k1": "a2", "k2": "b1"}),
        (2, (1, 2, 3), {"k0": "1a1", "k1": "1b1", "k2": "2a1"}),
        (2, (1, 1, 1, 3), {"k0": "1a1", "k1": "2b1", "k2": "2b2"}),
        # A break beyond the boxes: the finder stands last in the column.
        (1, (2, 4), {"k0": "a1", "k1": "a2", "k2": "b1"}),
    ],
)
def test_a_place_is_page_column_and_number_from_the_top(
    pages: int, breaks: tuple[int, ...], expected: dict[str, str]
) -> None:
    paper = page(SheetOptions(pages=pages, columns=2))
    assert places([box(f"k{n}", "x") for n in range(3)], breaks, paper) == expected


def test_the_text_of_a_finder_does_not_depend_on_places() -> None:
    found = finder([box("a", "Adam")], page(SMALL))
    assert "\\amlentry{a}{Adam}" in found.tex


@pytest.mark.parametrize(
    ("count", "expected"), [(1, (0, 0, 1)), (3, (0, 0, 1)), (4, (0, 0, 2)), (7, (0, 0, 3))]
)
def test_a_strip_has_as_many_lines_as_its_columns_need(
    count: int, expected: tuple[int, ...]
) -> None:
    assert strips(count, page(SheetOptions(pages=3, columns=3)), 6.0) == expected


def test_what_the_last_page_cannot_hold_stands_on_the_one_before() -> None:
    paper = page(SheetOptions(pages=3, columns=3))
    one, two, three = strips(250, paper, 9.0)
    assert one == 0 < two < three
    assert strip_height(three, 9.0) <= paper.column_height < strip_height(three + 1, 9.0)
    assert (two - 1) * 3 < 250 - three * 3 <= two * 3


def test_what_the_finder_leaves_of_a_page_is_no_column_where_few_boxes_are_so_low() -> None:
    size = 9.0
    found = finder([box("a", "Adam")], page(SheetOptions()))
    paper = page(SheetOptions(pages=2, columns=3))

    def left(count: int) -> int:
        high = round((0.995 + (count - 1) * 0.86 * 1.175) * size * SP)
        plain = Candidates((), {}, paper, SizeGrid(size, size), lambda _: {found.slot: high})
        return plain.with_finder(found, in_column=False).limits(size)[-1]

    by_lines = [left(count) for count in range(3, 160, 3)]
    assert all(limit == 0 or limit >= paper.column_height / 8 for limit in by_lines)
    assert by_lines == sorted(by_lines, reverse=True)
    assert by_lines[-1] == 0 < by_lines[0]


@pytest.mark.parametrize("count", [1, 2, 30])
def test_lines_are_counted_from_the_height(count: int) -> None:
    assert lines(round((0.995 + (count - 1) * 0.86 * 1.175) * 6.5 * SP) + 40, 6.5) == count


# ---- What is printed


def named(made: Course, others: tuple[str, ...] = ("Alias", "Other name")) -> Course:
    """Return the course with other names for every third concept."""

    def known(concept: Concept) -> Concept:
        number = int(concept.id.removeprefix("k"))
        names = tuple(f"{name} {number}" for name in others) if number % 3 == 0 else ()
        return msgspec.structs.replace(concept, aka=names)

    return msgspec.structs.replace(
        made,
        lessons=tuple(
            msgspec.structs.replace(lesson, concepts=tuple(map(known, lesson.concepts)))
            for lesson in made.lessons
        ),
    )


COLUMNS = 3
"""Of both sheets."""


@cache
def in_strip() -> SheetResult:
    return sheet(course(40), {}, EDITION, Cache(None), LARGE)


@cache
def in_column() -> SheetResult:
    options = SheetOptions(Paper.LETTER, pages=1, columns=4, min_size=5.0, max_size=8.0)
    return sheet(named(course(12)), {}, EDITION, Cache(None), one_lesson(1), options)


class _Word(msgspec.Struct, frozen=True):
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def words(pdf: Path) -> list[_Word]:
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    html = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found, number = [], 0
    for line in html.splitlines():
        number += "<page " in line
        if hit := re.search(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', line
        ):
            found.append(_Word(number, *(float(hit[k]) for k in range(1, 5)), hit[5]))
    return found


class _Target(msgspec.Struct, frozen=True):
    page: int
    left: float
    top: float


def targets(document: pikepdf.Pdf) -> dict[str, _Target]:
    """Return where the boxes of a PDF are, pt from the upper left."""
    numbers = {sheet_.objgen: number for number, sheet_ in enumerate(document.pages, start=1)}
    found = {}
    for name, place in pikepdf.NameTree(document.Root.Names.Dests).items():
        if not name.startswith("c-"):
            continue
        to = place.D if isinstance(place, pikepdf.Dictionary) else place
        height = float(document.pages[0].mediabox[3])
        found[name.removeprefix("c-")] = _Target(
            numbers[to[0].objgen], float(to[2]), height - float(to[3])
        )
    return found


def entries_in_print(pdf: Path) -> list[tuple[str, str]]:
    """Return the links of the finder: the box that each leads to, and the words that it shows."""
    every, found = words(pdf), {}
    with pikepdf.open(pdf) as document:
        for number, sheet_ in enumerate(document.pages, start=1):
            height = float(sheet_.mediabox[3])
            for link in sheet_.get("/Annots", ()):
                left, low, right, high = (float(n) for n in link.Rect)
                inside = [
                    w.text
                    for w in every
                    if w.page == number
                    and left - 1 <= (w.left + w.right) / 2 <= right + 1
                    and height - high - 1 <= (w.top + w.bottom) / 2 <= height - low + 1
                ]
                found.setdefault((str(link.A.D), number), []).append(" ".join(inside))
    return [(name.removeprefix("c-"), " ".join(texts)) for (name, _), texts in found.items()]


Build = Callable[[], SheetResult]


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (in_strip, "The finder of terms is at the foot of page 2."),
        (in_column, "The finder of terms is in the last column."),
    ],
)
def test_the_report_says_where_the_finder_is(build: Build, said: str) -> None:
    assert said in build().report.text


@pytest.mark.parametrize("build", [in_strip, in_column])
def test_each_entry_says_and_links_where_its_box_is(build: Build, tmp_path: Path) -> None:
    result = build()
    check_pdf(result, len({w.page for w in _read(result, tmp_path)}))
    path = tmp_path / "sheet.pdf"
    with pikepdf.open(path) as document:
        where, pages = targets(document), len(document.pages)
    where.pop("finder")
    shown = {cost.concept for cost in result.report.costs if cost.shown}
    found = entries_in_print(path)
    assert {id_ for id_, _ in found} == shown
    lefts = sorted({round(to.left) for to in where.values()})
    for id_, text in found:
        to = where[id_]
        above = [o for o in where.values() if (o.page, round(o.left)) == (to.page, round(to.left))]
        rank = sum(other.top <= to.top for other in above)
        column = "abcdefgh"[lefts.index(round(to.left))]
        place = f"{to.page if pages > 1 else ''}{column}{rank}"
        assert place in text.split()


def _read(result: SheetResult, folder: Path) -> list[_Word]:
    path = folder / "sheet.pdf"
    path.write_bytes(result.pdf or b"")
    return words(path)


@pytest.mark.parametrize("build", [in_strip, in_column])
def test_a_title_stands_where_its_entry_leads(build: Build, tmp_path: Path) -> None:
    found = _read(build(), tmp_path)
    terms = {
        c.id: latex.plain_text(c.term).split()
        for lesson in course(40).lessons
        for c in lesson.concepts
    }
    with pikepdf.open(tmp_path / "sheet.pdf") as document:
        where, width = targets(document), float(document.pages[0].mediabox[2])
    for cost in build().report.costs:
        to = where[cost.concept]
        below = [
            w.text
            for w in found
            if w.page == to.page
            and to.left < w.left < to.left + 0.9 * width / COLUMNS
            and to.top - 3 < w.top < to.top + 30
        ]
        assert set(terms[cost.concept]) <= set(below)


@pytest.mark.parametrize("build", [in_strip, in_column])
def test_each_column_shows_its_letter_above(build: Build, tmp_path: Path) -> None:
    result = build()
    found = _read(result, tmp_path)
    with pikepdf.open(tmp_path / "sheet.pdf") as document:
        count, width = len(document.pages), float(document.pages[0].mediabox[2])
    paper = page(SheetOptions(pages=count, columns=COLUMNS))
    for number in range(1, count + 1):
        above = [w for w in found if w.page == number and 20 < w.top < 36]
        for position, label in enumerate(labels(paper, number)):
            middle = width * (position + 0.5) / COLUMNS
            assert any(w.text == label and abs((w.left + w.right) / 2 - middle) < 12 for w in above)


def test_what_has_no_room_for_a_finder_says_so_and_has_no_letters() -> None:
    options = SheetOptions(pages=1, columns=2, min_size=7.0, max_size=9.0)
    result = sheet(named(course(60)), {}, EDITION, Cache(None), options=options)
    assert result.report.left_out
    said = r"No finder of terms: it would take ([\d.]+) mm of column, of which the boxes leave ([\d.]+) mm"
    hit = re.search(said, result.report.text)
    assert hit and float(hit[1]) > float(hit[2])
    assert "\\amllabel{" not in result.tex
    assert "\\amlentry{" not in result.tex


def test_a_finder_leaves_out_no_box_and_hardly_makes_the_type_smaller() -> None:
    made = course(60)
    options = SheetOptions(pages=2, columns=5, min_size=4.0, max_size=12.0)
    plain = sheet(made, {}, EDITION, Cache(None), options=options)
    found = sheet(named(made), {}, EDITION, Cache(None), options=options)
    assert found.report.left_out == plain.report.left_out == ()
    assert found.plan.size >= plain.plan.size / 1.0051


def test_other_names_go_before_the_finder_goes() -> None:
    names = tuple(f"{word} of what is called otherwise" for word in "abcdefghijklmnop")
    options = SheetOptions(max_size=16.0)
    result = sheet(named(course(24), names), {}, EDITION, Cache(None), one_lesson(1), options)
    assert "without other names, because there is no space for them." in result.report.text
    assert "\\amlentry{k1}" in result.tex
    assert "called otherwise" not in result.tex


def test_a_sheet_with_a_finder_is_the_same_whatever_the_cache_holds(tmp_path: Path) -> None:
    made, kept = named(course(20)), Cache(tmp_path)
    first = sheet(made, {}, EDITION, kept, one_lesson(1), SMALL)
    assert "\\amlentry{" in first.tex
    assert first.runs == 3
    again = sheet(made, {}, EDITION, kept, one_lesson(1), SMALL)
    assert again.runs == 1
    assert again.pdf == first.pdf


def test_an_edited_name_changes_the_finder_in_one_run(tmp_path: Path) -> None:
    made, kept = named(course(20)), Cache(tmp_path)
    sheet(made, {}, EDITION, kept, one_lesson(1), SMALL)
    lesson = made.lessons[0]
    edited = msgspec.structs.replace(lesson.concepts[3], aka=("Alias 3", "Other mane 3"))
    concepts = (*lesson.concepts[:3], edited, *lesson.concepts[4:])
    changed = msgspec.structs.replace(
        made,
        lessons=(msgspec.structs.replace(lesson, concepts=concepts), *made.lessons[1:]),
    )
    after = sheet(changed, {}, EDITION, kept, one_lesson(1), SMALL)
    assert after.runs == 1
    assert "Other mane 3" in after.tex
    assert after.pdf == sheet(changed, {}, EDITION, Cache(None), one_lesson(1), SMALL).pdf
