"""The booklet as one LaTeX document, and what TeX has to say about it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec
from pylatex.base_classes.command import Command
from pylatex.document import Document
from pylatex.package import Package
from pylatex.utils import NoEscape

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.engines.pdflatex import ProblemKind, TexProblem, run
from aml_build.items.item import Item, booklet_order
from aml_build.model import Course, Lesson
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.render.booklet.booklet_form import Form
from aml_build.render.booklet.entries import Scribe, file_data, file_name, scribe
from aml_build.render.booklet.front_back_pages import (
    back,
    contents,
    cover,
    full_name,
    index_pages,
    source_pages,
)
from aml_build.render.latex import blocks, escape
from aml_build.render.latex_phrases import latex_phrase, latex_template

_PASSES = 3
"""The first finds the pages, the second prints them; the third is for a page that moved."""


class BookletResult(msgspec.Struct, frozen=True):
    """A booklet, or why there is none."""

    pdf: bytes | None
    tex: str
    """The document, for those who want to set it themselves."""
    diagnostics: tuple[Diagnostic, ...]


def booklet(
    course: Course,
    items: tuple[Item, ...],
    drawings: Mapping[str, Drawing],
    edition: Edition,
    form: Form | None = None,
) -> BookletResult:
    """Typeset the booklet of a course; raise ``tex.ToolMissing`` where there is no pdflatex.

    ``drawings`` are by path of the picture. Without a ``form``, the course's own options hold.
    """
    form = form or Form(paper=course.booklet.paper, write_lines=course.booklet.write_lines)
    text = document(course, items, drawings, edition, form)
    files = {name: latex_template(name).encode() for name in ("common.sty", "booklet.sty")}
    files |= {file_name(d): file_data(d) for d in drawings.values()}
    result = run(text, inputs=files, passes=_PASSES, epoch=edition.epoch)
    found = tuple(d for problem in result.problems if (d := _diagnostic(problem)))
    return BookletResult(result.pdf, text, found)


def document(
    course: Course,
    items: tuple[Item, ...],
    drawings: Mapping[str, Drawing],
    edition: Edition,
    form: Form,
) -> str:
    """Return the booklet in LaTeX; it needs ``common.sty``, ``booklet.sty`` and the drawings."""
    ordered = tuple(i for i in booklet_order(items) if not form.lessons or i.lesson in form.lessons)
    numbers = {item.lesson for item in ordered}
    lessons = tuple(lesson for lesson in course.lessons if lesson.number in numbers)
    who = scribe(course, ordered, drawings, linked=form.answers)
    back_matter = source_pages(lessons) if form.answers else ""
    pages = [
        _settings(lessons, ordered, form),
        cover(course, ordered, edition, form),
        latex_template("booklet-use.tex"),
        contents(lessons, ordered, form, sourced=bool(back_matter)),
        _part("questions", lessons, ordered, who) if form.questions else "",
        _part("answers", lessons, ordered, who) if form.answers else "",
        back_matter,
        index_pages(lessons, ordered) if form.answers else "",
        latex_template("booklet-print.tex"),
        back(lessons) if form.questions and form.answers else "",
    ]
    skeleton = _skeleton(course, form)
    skeleton.extend(NoEscape(page) for page in pages if page)
    return str(skeleton.dumps())


def _skeleton(course: Course, form: Form) -> Document:
    width, height = form.page
    inner, outer = ("13mm", "13mm") if form.one_sided else ("15mm", "11mm")
    skeleton = Document(
        documentclass="extarticle",
        document_options=["9pt", "oneside" if form.one_sided else "twoside"],
        geometry_options={
            "paperwidth": width,
            "paperheight": height,
            "inner": inner,
            "outer": outer,
            "top": "17mm",
            "bottom": "11mm",
            "headheight": "12pt",
            "headsep": "9pt",
        },
        fontenc=None,
        inputenc=None,
        lmodern=False,
        textcomp=False,
        page_numbers=True,
    )
    skeleton.packages.append(Package("booklet"))
    metadata = [course.title, ", ".join(course.authors), course.description, course.language]
    skeleton.preamble.append(
        Command("amlmetadata", arguments=[NoEscape(escape(text)) for text in metadata])
    )
    return skeleton


def _settings(lessons: Sequence[Lesson], items: Sequence[Item], form: Form) -> str:
    """Return the switches that the pages depend on, and the lessons' names for running heads."""
    lines = [
        "\\makeatletter\\pagestyle{booklet}",
        f"\\bookwritelines={form.write_lines}\\renewcommand\\booksheet{{{form.sheet}}}",
        f"\\bookquestions{_truth(form.questions)}\\bookanswers{_truth(form.answers)}"
        f"\\bookfolded{_truth(not form.one_sided)}",
    ]
    if items:
        lines.append(f"\\bookexample{{{escape(items[0].id)}}}")
    between = "\\enspace "
    lines += [f"\\booklesson{{{x.number}}}{{{full_name(x, between)}}}" for x in lessons]
    return "%\n".join(lines) + "%\n"


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _part(part: str, lessons: Sequence[Lesson], items: Sequence[Item], who: Scribe) -> str:
    """Return all questions or all answers, by lesson and by kind."""
    title = latex_phrase(f"booklet.{part}")
    by_lesson = {n: list(group) for n, group in groupby(items, key=lambda item: item.lesson)}
    out = [f"\\bookpart{{{part}}}{{{title}}}{{{title}}}\n"]
    for lesson in lessons:
        label, name = escape(lesson.label.upper()), escape(lesson.title)
        out.append(
            f"\\bookchapter{{{part}-{lesson.number}}}{{{lesson.number}}}{{{label}}}{{{name}}}"
            f"{{{full_name(lesson)}}}\n"
        )
        if lesson.intro and part == "questions":
            out.append(
                f"\\begin{{bookintro}}{blocks(lesson.intro, who.spell())}\\end{{bookintro}}\n"
            )
        out.extend(_by_kind(part, by_lesson[lesson.number], who))
    return "".join(out)


def _by_kind(part: str, items: Sequence[Item], who: Scribe) -> Iterator[str]:
    spelled = who.question if part == "questions" else who.answer
    for kind, group in groupby(items, key=lambda item: item.kind):
        yield f"\\bookkind{{{kind.heading}}}\n"
        yield from map(spelled, group)


_WORTH_TELLING = 1.0
"""A line that sticks out by less cannot be seen, pt."""


def _diagnostic(problem: TexProblem) -> Diagnostic | None:
    """Say to the author what TeX complained about."""
    span = problem.place or Span("course.yaml", 0, 1)
    match problem.kind:
        case ProblemKind.OVERFULL:
            if problem.amount < _WORTH_TELLING:
                return None
            hint = (
                "Shorten it, or break the formula with `\\begin{aligned} … \\\\ … \\end{aligned}`."
            )
            return diagnose(
                span,
                Code.PRINT_OVERFULL,
                f"In the booklet: {problem.message}",
                hint,
            )
        case ProblemKind.MISSING_GLYPH:
            hint = "Use another character, or math."
            return diagnose(span, Code.PRINT_GLYPH, problem.message, hint)
        case ProblemKind.REFERENCE:
            return None
        case _:
            hint = "Mend the formula or figure at this place; the message is TeX's own."
            return diagnose(span, Code.PRINT_TEX, problem.message, hint)
