"""The artifacts: one visible table, name to maker.

Makers load their renderer themselves: a deck alone starts without what prints.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from aml_build import schemas
from aml_build.cache import Cache
from aml_build.diagnostics import Diagnostic
from aml_build.drawing import Drawing
from aml_build.edition import Edition
from aml_build.items import Item
from aml_build.model import Course
from aml_build.options import Options, Target
from aml_build.render.anki import NoteContent, deck

if TYPE_CHECKING:
    from aml_build.render.booklet import Form
    from aml_build.render.cheatsheet import Variant


class Stage(msgspec.Struct, frozen=True):
    """Everything that a maker may ask for."""

    course: Course
    items: tuple[Item, ...]
    contents: tuple[NoteContent, ...]
    """The notes of the items; figures that could not be drawn have none."""
    drawings: Mapping[str, Drawing]
    """By path of the picture; pictures that could not be drawn are missing."""
    edition: Edition
    mtimes: Mapping[str, int]
    """Seconds since 1970 of each note's last visible change, by origin."""
    cache: Cache
    options: Options
    content: str
    """The way from the preview to the notes."""


class Made(msgspec.Struct, frozen=True):
    """What a maker made."""

    files: Mapping[str, bytes]
    """By POSIX path relative to the output folder."""
    summary: str
    """A few words for the report: "312 notes"."""
    diagnostics: tuple[Diagnostic, ...] = ()


def _deck(stage: Stage) -> Made:
    data = deck(stage.course, stage.contents, stage.drawings, stage.edition, stage.mtimes)
    return Made({f"{stage.course.id}.apkg": data}, _counted(stage))


def _counted(stage: Stage) -> str:
    cards = sum(len(content.cards) for content in stage.contents)
    return f"{len(stage.contents)} notes, {cards} cards"


def _sheet(stage: Stage) -> Made:
    from aml_build.render.cheatsheet import sheet

    variant = _variant(stage.options.sheet)
    made = sheet(stage.course, stage.drawings, stage.edition, stage.cache, variant)
    if made.pdf is None:
        return Made({}, made.summary, made.diagnostics)
    name = f"cheatsheet-{variant.name}" if variant.name else "cheatsheet"
    files = {f"{name}.pdf": made.pdf, f"{name}-report.txt": made.report.encode()}
    return Made(files, made.summary, made.diagnostics)


def _variant(name: str) -> "Variant":
    """Return the sheet of that name; raise ``ValueError`` for ``lesson=`` without a number."""
    from aml_build.render.cheatsheet import COLOUR, FORMULAS, GREY, LARGE, one_lesson

    kind, _, number = name.partition("=")
    if kind == "lesson":
        return one_lesson(int(number))
    return {"colour": COLOUR, "grey": GREY, "large": LARGE, "formulas": FORMULAS}[kind]


def _booklet(stage: Stage) -> Made:
    from aml_build.render.booklet import Form, booklet, impose

    options, own = stage.options, stage.course.booklet
    form = Form(
        paper=own.paper,
        write_lines=own.write_lines if options.write_lines is None else options.write_lines,
        one_sided=options.one_sided,
        questions_only=options.questions_only,
        answers_only=options.answers_only,
    )
    made = booklet(stage.course, stage.items, stage.drawings, stage.edition, form)
    if made.pdf is None:
        return Made({}, "", made.diagnostics)
    name = "-".join(("booklet", *_form_names(form)))
    files = {f"{name}.pdf": made.pdf}
    if not form.one_sided:
        files[f"{name}-print.pdf"] = impose(
            made.pdf, paper=form.paper, signature=options.signature, creep_mm=options.creep
        )
    return Made(files, f"{len(stage.items)} questions", made.diagnostics)


def _form_names(form: "Form") -> tuple[str, ...]:
    """Return what tells a form apart in a file name; nothing for the usual one."""
    named = (
        ("questions", not form.answers),
        ("answers", not form.questions),
        ("one-sided", form.one_sided),
    )
    return tuple(name for name, holds in named if holds)


def _preview(stage: Stage) -> Made:
    from aml_build.render.preview import preview

    pages = preview(
        stage.course, stage.items, stage.contents, stage.drawings, content=stage.content
    )
    files = {f"preview/{path}": data for path, data in pages.items()}
    return Made(files, f"{_counted(stage)}, front and back")


def _model(stage: Stage) -> Made:
    concepts = sum(len(lesson.concepts) for lesson in stage.course.lessons)
    return Made({"model.json": schemas.dump(stage.course).encode()}, f"{concepts} concepts")


MAKERS: Mapping[Target, Callable[[Stage], Made]] = {
    Target.DECK: _deck,
    Target.SHEET: _sheet,
    Target.BOOKLET: _booklet,
    Target.PREVIEW: _preview,
    Target.MODEL: _model,
}

#: What cannot be made without TeX.
PRINTED = frozenset({Target.SHEET, Target.BOOKLET})
