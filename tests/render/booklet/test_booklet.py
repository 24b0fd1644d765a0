"""The printed booklet, read back."""

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO

import msgspec
import pikepdf
import pytest

from aml_build.diagnostics.codes import Severity
from aml_build.diagnostics.source import Span
from aml_build.items.item import booklet_order
from aml_build.items.kinds import ItemKind
from aml_build.model import Math, Paper, Paragraph
from aml_build.model.drawing import Drawing
from aml_build.render.booklet import BookletResult, Form, booklet, impose
from aml_build.render.booklet.front_back_pages import full_name, later
from aml_build.render.booklet.term_index import entries
from aml_build.render.latex import escape, inlines
from tests.render.booklet.conftest import EDITION, Kitchen
from tests.render.booklet.reader import destinations, fonts, links, numbered_links, programs, words

Printed = Callable[[Form], BookletResult]
WHOLE = Form()


def pdf_of(result: BookletResult) -> bytes:
    assert result.pdf is not None, result.diagnostics
    return result.pdf


def test_the_course_asks_every_kind_of_question(kitchen: Kitchen) -> None:
    assert {item.kind for item in kitchen.items} == set(ItemKind)


def test_tex_has_nothing_to_complain_about(printed: Printed) -> None:
    assert printed(WHOLE).diagnostics == ()


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, (419.53, 595.28)), (Paper.LETTER, (396.0, 612.0))]
)
def test_pages_are_half_a_sheet(printed: Printed, paper: Paper, size: tuple[float, float]) -> None:
    with pikepdf.open(BytesIO(pdf_of(printed(Form(paper=paper))))) as pdf:
        for page in pdf.pages:
            box = [float(edge) for edge in page.mediabox.as_list()]
            assert box == pytest.approx([0, 0, *size], abs=0.05)


def test_every_question_prints_the_page_of_its_answer_and_links_there(
    printed: Printed, kitchen: Kitchen
) -> None:
    pdf = pdf_of(printed(WHOLE))
    places, pages = destinations(pdf), words(pdf, "-layout")
    found = set(links(pdf))
    for item in kitchen.items:
        asked, answered = places[f"q{item.number}"], places[f"a{item.number}"]
        line = re.search(rf"^ *{item.number}  .* (\d+)$", pages[asked - 1], re.MULTILINE)
        assert line, f"question {item.number} is not on page {asked}"
        assert int(line.group(1)) == answered
        assert re.search(rf"^ *{item.number}  ", pages[answered - 1], re.MULTILINE)
        assert (asked, f"a{item.number}") in found
        assert (answered, f"q{item.number}") in found


@pytest.mark.parametrize("form", [WHOLE, Form(questions_only=True), Form(answers_only=True)])
def test_every_link_lands(printed: Printed, form: Form) -> None:
    pdf = pdf_of(printed(form))
    assert {name for _, name in links(pdf)} <= set(destinations(pdf))


def test_every_link_on_a_number_leads_to_that_page(printed: Printed) -> None:
    pdf = pdf_of(printed(WHOLE))
    places = destinations(pdf)
    found = list(numbered_links(pdf))
    assert {page for page, _, _ in found} >= {places["contents"], places["index"]}
    assert [name for _, number, name in found if places[name] != int(number)] == []


def test_questions_name_their_cards(printed: Printed, kitchen: Kitchen) -> None:
    text = "".join(words(pdf_of(printed(WHOLE))))
    for item in kitchen.items:
        assert item.id in text


def test_printed_page_numbers_are_those_of_the_file(printed: Printed) -> None:
    for number, page in enumerate(words(pdf_of(printed(WHOLE)), "-layout"), 1):
        head = next((line for line in page.split("\n") if line.strip()), "")
        if number > 1 and "My reviews" not in head:
            assert str(number) in (head.split()[0], head.split()[-1])


def test_the_running_head_names_the_part_to_its_last_page(printed: Printed) -> None:
    pages = words(pdf_of(printed(WHOLE)), "-layout")
    (end,) = (page for page in pages if "zum Sieden" in page and "Contents" not in page)
    assert "Index of terms" in end.split("\n")[0]


def test_running_heads_name_lesson_and_numbers(printed: Printed) -> None:
    heads = [page.split("\n")[0] for page in words(pdf_of(printed(WHOLE)), "-layout")]
    assert any(re.search(r"Questions 1 – \d+ .*Lesson 1 Heat", head) for head in heads)
    assert any(
        re.search(r"Lesson 1 Heat .*Answers \d+ – \d+", head)
        or re.search(r"Answers \d+ – \d+ .*Lesson 1 Heat", head)
        for head in heads
    )


def test_no_page_ends_with_a_heading(printed: Printed) -> None:
    headings = ("Terms", "Why and how", "Formulas", "Steps", "Lists", "Comparisons", "Heat", "Cold")
    lined = Form(write_lines=3)
    for form in (WHOLE, lined, Form(paper=Paper.LETTER), Form(one_sided=True, write_lines=1)):
        for page in words(pdf_of(printed(form)), "-layout"):
            last = [line.strip() for line in page.split("\n") if line.strip()][-1]
            assert last not in headings or "My reviews" in page


def test_letters_greek_and_sums_can_be_copied(printed: Printed) -> None:
    text = unicodedata.normalize("NFC", "".join(words(pdf_of(printed(WHOLE)))))
    for wanted in ("The kitchen & its “laws”", "100 % of it", "Élan of bubbles", "∑", "α", "∆T"):
        assert wanted in text or wanted.replace("∆", "Δ") in text
    assert "wait(3)" in text
    assert '-- "at least"' in text


def test_exam_questions_come_first_and_have_whole_model_answers(printed: Printed) -> None:
    pages = words(pdf_of(printed(WHOLE)), "-layout")
    text = "\n".join(pages)
    assert text.index("How would you boil an egg") < text.index("meant by Boiling")
    assert "Longer, since water boils colder there." in text
    assert "At 3000 m it boils at 90 °C." in text


def test_gaps_are_empty_in_the_question_and_filled_in_the_answer(printed: Printed) -> None:
    lines = "\n".join(words(pdf_of(printed(WHOLE)), "-layout")).split("\n")
    hits = [line for line in lines if "The lid" in line]
    assert len(hits) == 2
    assert "keeps" not in hits[0]
    assert "keeps the steam" in hits[1]


def test_labels_are_covered_in_the_question(printed: Printed, kitchen: Kitchen) -> None:
    tex = printed(WHOLE).tex
    (drawing,) = kitchen.drawings.values()
    assert tex.count("\\bookmask{") == len(drawing.labels) == 2
    assert ": name 1, 2." in tex
    high = drawing.height / drawing.width
    for label in drawing.labels:
        numbers = r"\{([\d.]+)\}" * 4
        hit = re.search(rf"\\bookmask\{{{label.ordinal}\}}{numbers}", tex)
        assert hit
        left, bottom, width, height = map(float, hit.groups())
        assert (left, width) == pytest.approx((label.left, label.width), abs=1e-4)
        assert bottom + height == pytest.approx((1 - label.top) * high, abs=1e-4)


def drawn(kitchen: Kitchen, width: float, height: float) -> dict[str, Drawing]:
    """Return the course's figure on paper of another size, bp."""
    (path, drawing) = next(iter(kitchen.drawings.items()))
    with pikepdf.open(BytesIO(drawing.pdf)) as pdf:
        pdf.pages[0].mediabox = pikepdf.Array([0, 0, width, height])
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return {path: msgspec.structs.replace(drawing, pdf=out.getvalue(), width=width, height=height)}


@pytest.mark.parametrize(("width", "height"), [(900.0, 90.0), (200.0, 900.0)])
def test_figures_are_made_to_fit(kitchen: Kitchen, width: float, height: float) -> None:
    large = drawn(kitchen, width, height)
    result = booklet(kitchen.course, kitchen.items, large, EDITION, WHOLE)
    assert result.diagnostics == ()


def test_a_heading_stays_with_its_figure(kitchen: Kitchen) -> None:
    (figure,) = (item for item in kitchen.items if item.kind is ItemKind.FIGURE)
    many = tuple(msgspec.structs.replace(figure, number=n) for n in range(1, 13))
    result = booklet(kitchen.course, many, drawn(kitchen, 250, 210), EDITION, WHOLE)
    answers = [p for p in words(pdf_of(result), "-layout") if "➢" in p]
    assert len(answers) > 2
    for page in answers:
        last = [line for line in page.split("\n") if line.strip()][-1]
        assert "➢" not in last


def test_wide_formulas_stay_within_the_margins(printed: Printed) -> None:
    boxes = "".join(words(pdf_of(printed(WHOLE)), "-bbox"))
    edges = [float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes)]
    # A hyphen or full stop may hang a point into the margin.
    assert max(edges) <= 419.53 - 11 / 25.4 * 72 + 1.5


def test_index_and_sources_lead_to_answers(printed: Printed) -> None:
    pages = words(pdf_of(printed(WHOLE)), "-raw")
    index = next(page for page in pages if "Index of terms" in page and "zum Sieden" in page)
    terms = ["2nd phase", "Boiling", "Élan of bubbles", "Freezing", "Simmering", "zum Sieden"]
    places = [unicodedata.normalize("NFC", index).index(f"\n{term}") for term in terms]
    assert places == sorted(places)
    sources = next(page for page in pages if "McGee 1984" in page)
    assert sources.index("Escoffier 1903") < sources.index("McGee 1984")


def test_names_that_stand_together_anyway_are_one_line_of_the_index(kitchen: Kitchen) -> None:
    (lesson, *_) = kitchen.course.lessons
    aka = ("Boilings", "Seething", "Seethings", "Seethings of soup", "Vaporisation", "Vaporization")
    boiling = msgspec.structs.replace(lesson.concepts[0], aka=aka)
    one = msgspec.structs.replace(lesson, concepts=(boiling,))
    names = [entry.text for entry in entries((one,), ())]
    term = inlines(boiling.term)
    kept = ("Seething", "Seethings of soup", "Vaporisation")
    assert names == [term, *map(escape, kept)]


def test_a_lesson_is_not_named_twice(kitchen: Kitchen) -> None:
    lesson = kitchen.course.lessons[0]
    assert full_name(lesson) == "Lesson 1 Heat"
    exam = msgspec.structs.replace(lesson, label="Exam", title="Exam questions")
    assert full_name(exam) == escape("Exam questions")


def test_metadata_and_bookmarks(printed: Printed, kitchen: Kitchen) -> None:
    with pikepdf.open(BytesIO(pdf_of(printed(WHOLE)))) as pdf:
        assert str(pdf.docinfo.Title) == kitchen.course.title
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.CreationDate).startswith("D:20240301")
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
            lessons = [child.title for e in outline.root for child in e.children]
            kinds = [kind.title for kind in outline.root[3].children[0].children]
    assert titles[-6:] == [
        "Questions",
        "Answers",
        "Sources",
        "Index of terms",
        "How to print this booklet",
        "My reviews",
    ]
    assert lessons == ["Lesson 1 Heat", "Lesson 2 Cold"] * 2
    assert kinds[:2] == ["Exam questions", "Terms"]


def test_fonts_are_embedded_outlines_with_known_characters(printed: Printed) -> None:
    found = list(fonts(pdf_of(printed(WHOLE))))
    assert found
    for name, kind, embedded, readable in found:
        assert kind != "/Type3", name
        assert embedded, name
        assert readable, name


def test_figures_keep_the_fonts_they_bring(printed: Printed, kitchen: Kitchen) -> None:
    (drawing,) = kitchen.drawings.values()
    brought = set(programs(drawing.pdf))
    assert brought
    assert brought <= set(programs(pdf_of(printed(WHOLE))))


def test_title_page_says_version_date_commit_and_licence(printed: Printed) -> None:
    first = words(pdf_of(printed(WHOLE)))[0]
    for fact in ("1.2.0", "2024-03-01", "abc1234", "CC BY 4.0", "A. Cook"):
        assert fact in first


def test_the_same_course_gives_the_same_bytes(printed: Printed, kitchen: Kitchen) -> None:
    again = booklet(kitchen.course, kitchen.items, kitchen.drawings, EDITION, WHOLE)
    assert again.pdf == printed(WHOLE).pdf
    assert impose(pdf_of(again)) == impose(pdf_of(printed(WHOLE)))


def test_a_test_has_no_answers(printed: Printed) -> None:
    result = printed(Form(questions_only=True))
    text = "".join(words(pdf_of(result)))
    assert "vapour pressure" not in text
    assert "Name" in text
    assert not [name for name in destinations(pdf_of(result)) if re.fullmatch(r"a\d+", name)]


def test_answers_alone_name_their_cards(printed: Printed, kitchen: Kitchen) -> None:
    result = printed(Form(answers_only=True))
    text = "".join(words(pdf_of(result)))
    assert "vapour pressure" in text
    assert all(item.id in text for item in kitchen.items)
    assert not [name for name in destinations(pdf_of(result)) if re.fullmatch(r"q\d+", name)]


def test_lines_to_write_on_take_room(printed: Printed) -> None:
    assert len(words(pdf_of(printed(Form(write_lines=3))))) > len(words(pdf_of(printed(WHOLE))))


def test_one_sided_pages_have_one_head(printed: Printed) -> None:
    pages = words(pdf_of(printed(Form(one_sided=True))), "-layout")
    heads = [page.split("\n")[0].rstrip() for page in pages]
    assert all(head.endswith(str(n)) for n, head in enumerate(heads, 1) if 1 < n < len(pages))


def test_one_lesson_alone(printed: Printed) -> None:
    text = "".join(words(pdf_of(printed(Form(lessons=(2,))))))
    assert "Turns a liquid into a solid" in text
    assert "vapour pressure" not in text
    assert "Escoffier" not in text


def test_a_mistake_that_tex_finds_is_taken_to_its_place(kitchen: Kitchen) -> None:
    place = Span("01-heat.md", 9, 20, 6)
    first, *rest = kitchen.items
    broken = msgspec.structs.replace(
        first, answer=(), full_answer=(Paragraph((Math(r"\nosuch", place),), first.span),)
    )
    result = booklet(kitchen.course, (broken, *rest), kitchen.drawings, EDITION, WHOLE)
    (found,) = {d for d in result.diagnostics if d.severity is Severity.ERROR}
    assert found.span == place
    assert "\\nosuch" in found.message


def test_questions_added_later_are_found_by_number(kitchen: Kitchen) -> None:
    first, *rest = kitchen.items
    added = msgspec.structs.replace(first, number=900)
    assert later(booklet_order(kitchen.items)) == ()
    result = booklet(kitchen.course, (added, *rest), kitchen.drawings, EDITION, WHOLE)
    contents = next(page for page in words(pdf_of(result)) if "out of order" in page)
    place = destinations(pdf_of(result))["q900"]
    assert f"900 (p. {place})" in unicodedata.normalize("NFKC", contents)
