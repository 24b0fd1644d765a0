"""The pages around the questions and answers: cover, contents, index, sources, back."""

from collections.abc import Iterator, Sequence

from aml_build.items.item import Item
from aml_build.model import Course, Lesson
from aml_build.model.edition import Edition
from aml_build.phrases import counted, phrase
from aml_build.render.booklet.booklet_form import Form
from aml_build.render.booklet.term_index import by_letter, entries, sources
from aml_build.render.latex import escape, inlines
from aml_build.render.latex_phrases import latex_phrase
from aml_build.render.print_commands import command, environment


def cover(course: Course, items: Sequence[Item], edition: Edition, form: Form) -> str:
    """Return the title page: title, edition, date if there is one, and licence."""
    part = "both" if form.questions and form.answers else "answers" if form.answers else "questions"
    subtitle = latex_phrase(f"booklet.{part}")
    facts = "\\newline ".join(escape(fact) for fact in _facts(course, items, edition))
    title, description = escape(course.title), escape(course.description)
    return command("bookcover", title, subtitle, description, facts) + "\n"


def _facts(course: Course, items: Sequence[Item], edition: Edition) -> Iterator[str]:
    questions = counted("booklet.question", len(items))
    lessons = counted("booklet.lesson", len({item.lesson for item in items}))
    yield phrase("booklet.count", questions=questions, lessons=lessons)
    if course.authors:
        yield phrase("booklet.authors", authors=", ".join(course.authors))
    if edition.date:
        dated = "booklet.version" if edition.version else "booklet.dated"
        values = {"version": edition.version, "date": edition.date, "commit": edition.commit}
        yield phrase(f"{dated}-commit" if edition.commit else dated, **values)
    elif edition.version:
        yield phrase("edition.version", version=edition.version)
    if course.licence:
        yield phrase("edition.licence", licence=course.licence)


def full_name(lesson: Lesson, between: str = " ") -> str:
    """Return the lesson's label and title; the title alone where it begins with the label."""
    label, title = escape(lesson.label), escape(lesson.title)
    return title if lesson.title.startswith(lesson.label) else f"{label}{between}{title}"


def contents(lessons: Sequence[Lesson], items: Sequence[Item], form: Form, *, sourced: bool) -> str:
    """Return the table of contents: a lesson a line, the pages of its questions and answers."""
    out = [
        command("bookheadline", "contents", latex_phrase("booklet.contents")),
        command("bookcontentshead"),
    ]
    out += [command("bookcontentslabel", escape(lesson.label)) for lesson in lessons]
    for lesson in lessons:
        names = escape(lesson.label), escape(lesson.title)
        pages = [
            command("bookpage", f"{part}-{lesson.number}")
            for part, there in (("questions", form.questions), ("answers", form.answers))
            if there
        ]
        out.append(command("bookcontents", *names, *["", *pages][-2:]))
    ends = [("sources", "booklet.sources", sourced)]
    ends += [("index", "booklet.index", form.answers), ("print", "print.title", True)]
    out.append("\\vskip4pt")
    out += [
        command("bookcontents", "", latex_phrase(title), "", command("bookpage", name))
        for name, title, there in ends
        if there
    ]
    part = "q" if form.questions else "a"
    late = [
        latex_phrase("booklet.late-page", number=str(n), page=command("bookpage", f"{part}{n}"))
        for n in later(items)
    ]
    if late:
        out.append(command("booklate", ", ".join(late)))
    return "\n".join(out) + "\n"


def later(items: Sequence[Item]) -> tuple[int, ...]:
    """Return the numbers printed before lower ones, because their questions were added later."""
    found, lowest = [], max((item.number for item in items), default=0) + 1
    for item in reversed(items):
        if item.number > lowest:
            found.append(item.number)
        lowest = min(lowest, item.number)
    return tuple(sorted(found))


def index_pages(lessons: Sequence[Lesson], items: Sequence[Item]) -> str:
    """Return the index of terms; its numbers are pages of answers."""
    found = entries(lessons, items)
    out = []
    for letter, group in by_letter(found):
        out.append(command("bookletter", escape(letter)))
        for entry in group:
            pages = command("bookpages", entry.main, ",".join(entry.others))
            out.append(command("bookentry", entry.text, pages))
    return (
        environment("bookindex", "\n".join(out) + "\n", "index", latex_phrase("booklet.index"))
        + "\n"
    )


def source_pages(lessons: Sequence[Lesson]) -> str:
    """Return the list of sources with the terms that cite them; empty if there are none."""
    found = sources(lessons)
    if not found:
        return ""
    lines = "".join(
        command("booksource", escape(source), ", ".join(inlines(c.term) for c in concepts)) + "\n"
        for source, concepts in found
    )
    headline = command("bookheadline", "sources", latex_phrase("booklet.sources"))
    return f"{headline}\n{environment('booksources', lines)}\n"


def back(lessons: Sequence[Lesson]) -> str:
    """Return the back cover: a table to note when each lesson was reviewed."""
    rows = [command("bookreview", escape(x.label), escape(x.title)) for x in lessons]
    return command("bookback", "%\n".join(["", *rows, ""])) + "\n"
