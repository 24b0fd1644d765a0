"""The booklet as one LaTeX document, and its PDF."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec
from pylatex.document import Document
from pylatex.package import Package
from pylatex.utils import NoEscape

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Span
from aml_build.engines.pdflatex import run
from aml_build.engines.tex_diagnostics import TexPolicy, tex_diagnostics
from aml_build.items.item import Item, booklet_order
from aml_build.model import Course, Lesson
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.render.booklet.booklet_form import Form
from aml_build.render.booklet.entries import EntryRenderer, entry_renderer
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
from aml_build.render.print_commands import command, environment, metadata
from aml_build.storage.source_paths import SETTINGS

_PASSES = 3
"""The first finds the pages, the second prints them; the third is for a page that moved."""

_POLICY = TexPolicy(
    prefix="In the booklet: ",
    overfull=Code.BOOKLET_OVERFULL,
    overfull_hint="Write it shorter, or as two formulas.",
)


class BookletResult(msgspec.Struct, frozen=True):
    """A booklet, or the reasons why there is none."""

    pdf: bytes | None
    tex: str
    """The document, for those who want to set it themselves."""
    diagnostics: tuple[Diagnostic, ...]


def booklet(
    course: Course,
    items: tuple[Item, ...],
    drawings: Mapping[str, Drawing],
    edition: Edition,
    form: Form,
) -> BookletResult:
    """Typeset the booklet of a course; raise ``ToolMissingError`` if there is no pdflatex.

    ``drawings`` are by path of the picture.
    """
    text = document(course, items, drawings, edition, form)
    files = {name: latex_template(name).encode() for name in ("common.sty", "booklet.sty")}
    files |= dict(drawing.print_file for drawing in drawings.values())
    result = run(text, inputs=files, passes=_PASSES, epoch=edition.epoch)
    anywhere = Span(SETTINGS, 0, 1)
    return BookletResult(result.pdf, text, tex_diagnostics(result.problems, _POLICY, anywhere))


def document(
    course: Course,
    items: tuple[Item, ...],
    drawings: Mapping[str, Drawing],
    edition: Edition,
    form: Form,
) -> str:
    """Return the booklet in LaTeX; it needs ``common.sty``, ``booklet.sty`` and the drawings."""
    ordered = tuple(item for item in booklet_order(items) if form.includes(item.lesson))
    numbers = {item.lesson for item in ordered}
    lessons = tuple(lesson for lesson in course.lessons if lesson.number in numbers)
    renderer = entry_renderer(course, ordered, drawings, linked=form.answers)
    back_matter = source_pages(lessons) if form.answers else ""
    pages = [
        _settings(lessons, ordered, form),
        cover(course, ordered, edition, form),
        latex_template("booklet-use.tex"),
        contents(lessons, ordered, form, sourced=bool(back_matter)),
        _part("questions", lessons, ordered, renderer) if form.questions else "",
        _part("answers", lessons, ordered, renderer) if form.answers else "",
        back_matter,
        index_pages(lessons, ordered) if form.answers else "",
        latex_template("booklet-print.tex"),
        back(lessons) if form.questions and form.answers else "",
    ]
    skeleton = _skeleton(course, edition, form)
    skeleton.extend(NoEscape(page) for page in pages if page)
    return str(skeleton.dumps())


def _skeleton(course: Course, edition: Edition, form: Form) -> Document:
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
    skeleton.preamble.append(metadata(course.title, course, edition))
    return skeleton


def _settings(lessons: Sequence[Lesson], items: Sequence[Item], form: Form) -> str:
    """Return the switches that the pages depend on, and the lessons' names for running heads."""
    switches = {
        "bookquestions": form.questions,
        "bookanswers": form.answers,
        "bookfolded": not form.one_sided,
    }
    lines = [
        command("makeatletter"),
        command("pagestyle", "booklet"),
        f"\\bookwritelines={form.write_lines}",
        command("renewcommand", "\\booksheet", form.sheet),
        *(command(f"{name}{str(value).lower()}") for name, value in switches.items()),
        *(command("bookexample", escape(item.id)) for item in items[:1]),
        *(command("booklesson", str(x.number), full_name(x, "\\enspace ")) for x in lessons),
    ]
    return "%\n".join(lines) + "%\n"


def _part(
    part: str, lessons: Sequence[Lesson], items: Sequence[Item], renderer: EntryRenderer
) -> str:
    """Return all questions or all answers, by lesson and by kind."""
    title = latex_phrase(f"booklet.{part}")
    by_lesson = {n: list(group) for n, group in groupby(items, key=lambda item: item.lesson)}
    out = [command("bookpart", part, title, title)]
    for lesson in lessons:
        number, label = str(lesson.number), escape(lesson.label.upper())
        names = label, escape(lesson.title), full_name(lesson)
        out.append(command("bookchapter", f"{part}-{number}", number, *names))
        if lesson.intro and part == "questions":
            out.append(environment("bookintro", blocks(lesson.intro, renderer.hooks())))
        out.extend(_by_kind(part, by_lesson[lesson.number], renderer))
    return "\n".join(out) + "\n"


def _by_kind(part: str, items: Sequence[Item], renderer: EntryRenderer) -> Iterator[str]:
    render = renderer.question if part == "questions" else renderer.answer
    for kind, group in groupby(items, key=lambda item: item.kind):
        yield command("bookkind", kind.heading)
        yield from map(render, group)
