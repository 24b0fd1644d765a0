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


def cover(course: Course, items: Sequence[Item], edition: Edition, form: Form) -> str:
    """Return the title page: what this is, of which date, under which licence."""
    part = "both" if form.questions and form.answers else "answers" if form.answers else "questions"
    subtitle = latex_phrase(f"booklet.{part}")
    facts = "\\newline ".join(escape(fact) for fact in _facts(course, items, edition))
    return (
        f"\\bookcover{{{escape(course.title)}}}{{{subtitle}}}"
        f"{{{escape(course.description)}}}{{{facts}}}\n"
    )


def _facts(course: Course, items: Sequence[Item], edition: Edition) -> Iterator[str]:
    questions = counted("booklet.question", len(items))
    lessons = counted("booklet.lesson", len({item.lesson for item in items}))
    yield phrase("booklet.count", questions=questions, lessons=lessons)
    if course.authors:
        yield phrase("booklet.authors", authors=", ".join(course.authors))
    dated = "booklet.version" if edition.version else "booklet.dated"
    values = {"version": edition.version, "date": edition.date, "commit": edition.commit}
    yield phrase(f"{dated}-commit" if edition.commit else dated, **values)
    if course.licence:
        yield phrase("edition.licence", licence=course.licence)


def full_name(lesson: Lesson, between: str = " ") -> str:
    """Return the lesson's label and title; the title alone where it begins with the label."""
    label, title = escape(lesson.label), escape(lesson.title)
    return title if lesson.title.startswith(lesson.label) else f"{label}{between}{title}"


def contents(lessons: Sequence[Lesson], items: Sequence[Item], form: Form, *, sourced: bool) -> str:
    """Return the table of contents: a lesson a line, the pages of its questions and answers."""
    out = [
        f"\\bookheadline{{contents}}{{{latex_phrase('booklet.contents')}}}\n\\bookcontentshead\n"
    ]
    out += [f"\\bookcontentslabel{{{escape(lesson.label)}}}\n" for lesson in lessons]
    for lesson in lessons:
        name = f"{{{escape(lesson.label)}}}{{{escape(lesson.title)}}}"
        pages = [
            f"{{\\bookpage{{{part}-{lesson.number}}}}}"
            for part, there in (("questions", form.questions), ("answers", form.answers))
            if there
        ]
        out.append(f"\\bookcontents{name}{''.join(['{}', *pages][-2:])}\n")
    ends = [("sources", "booklet.sources", sourced)]
    ends += [("index", "booklet.index", form.answers), ("print", "print.title", True)]
    out.append("\\vskip4pt\n")
    out += [
        f"\\bookcontents{{}}{{{latex_phrase(t)}}}{{}}{{\\bookpage{{{k}}}}}\n"
        for k, t, there in ends
        if there
    ]
    part = "q" if form.questions else "a"
    late = [
        latex_phrase("booklet.late-page", number=str(n), page=f"\\bookpage{{{part}{n}}}")
        for n in later(items)
    ]
    if late:
        out.append(f"\\booklate{{{', '.join(late)}}}\n")
    return "".join(out)


def later(items: Sequence[Item]) -> tuple[int, ...]:
    """Return the numbers that stand before lower ones, because their questions were added later."""
    found, lowest = [], max((item.number for item in items), default=0) + 1
    for item in reversed(items):
        if item.number > lowest:
            found.append(item.number)
        lowest = min(lowest, item.number)
    return tuple(sorted(found))


def index_pages(lessons: Sequence[Lesson], items: Sequence[Item]) -> str:
    """Return the index of terms; its numbers are pages of answers."""
    found = entries(lessons, items)
    out = [f"\\begin{{bookindex}}{{index}}{{{latex_phrase('booklet.index')}}}\n"]
    for letter, group in by_letter(found):
        out.append(f"\\bookletter{{{escape(letter)}}}\n")
        for entry in group:
            pages = f"\\bookpages{{{entry.main}}}{{{','.join(entry.others)}}}"
            out.append(f"\\bookentry{{{entry.text}}}{{{pages}}}\n")
    out.append("\\end{bookindex}\n")
    return "".join(out)


def source_pages(lessons: Sequence[Lesson]) -> str:
    """Return the list of sources with the terms that rest on them; empty where there are none."""
    found = sources(lessons)
    if not found:
        return ""
    out = [
        f"\\bookheadline{{sources}}{{{latex_phrase('booklet.sources')}}}\n\\begin{{booksources}}\n"
    ]
    for source, concepts in found:
        terms = ", ".join(inlines(concept.term) for concept in concepts)
        out.append(f"\\booksource{{{escape(source)}}}{{{terms}}}\n")
    out.append("\\end{booksources}\n")
    return "".join(out)


def back(lessons: Sequence[Lesson]) -> str:
    """Return the back cover: room to note when each lesson was gone through."""
    rows = "".join(f"\\bookreview{{{escape(x.label)}}}{{{escape(x.title)}}}%\n" for x in lessons)
    return f"\\bookback{{%\n{rows}}}\n"
