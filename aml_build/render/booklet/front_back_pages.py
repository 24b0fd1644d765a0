"""The pages around the questions and answers: cover, contents, index, sources, back."""

from collections.abc import Iterator, Sequence

from aml_build.items.item import Item
from aml_build.model import Course, Lesson
from aml_build.model.edition import Edition
from aml_build.render.booklet.booklet_form import Form
from aml_build.render.booklet.term_index import by_letter, entries, sources
from aml_build.render.latex import escape, inlines


def cover(course: Course, items: Sequence[Item], edition: Edition, form: Form) -> str:
    """Return the title page: what this is, of which date, under which licence."""
    parts = [("questions", form.questions), ("answers", form.answers)]
    subtitle = " and ".join(name for name, there in parts if there).capitalize()
    facts = "\\newline ".join(escape(fact) for fact in _facts(course, items, edition))
    return (
        f"\\bookcover{{{escape(course.title)}}}{{{subtitle}}}"
        f"{{{escape(course.description)}}}{{{facts}}}\n"
    )


def _facts(course: Course, items: Sequence[Item], edition: Edition) -> Iterator[str]:
    lessons = len({item.lesson for item in items})
    yield f"{_count(len(items), 'question')} from {_count(lessons, 'lesson')}"
    if course.authors:
        yield "By " + ", ".join(course.authors)
    version = f"Version {edition.version}, " if edition.version else "As of "
    yield version + edition.date + (f", commit {edition.commit}" if edition.commit else "")
    if course.licence:
        yield f"Licence: {course.licence}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def full_name(lesson: Lesson, between: str = " ") -> str:
    """Return the lesson's label and title; the title alone where it begins with the label."""
    label, title = escape(lesson.label), escape(lesson.title)
    return title if lesson.title.startswith(lesson.label) else f"{label}{between}{title}"


def contents(lessons: Sequence[Lesson], items: Sequence[Item], form: Form, *, sourced: bool) -> str:
    """Return the table of contents: a lesson a line, the pages of its questions and answers."""
    out = ["\\bookheadline{contents}{Contents}\n\\bookcontentshead\n"]
    out += [f"\\bookcontentslabel{{{escape(lesson.label)}}}\n" for lesson in lessons]
    for lesson in lessons:
        name = f"{{{escape(lesson.label)}}}{{{escape(lesson.title)}}}"
        pages = [
            f"{{\\bookpage{{{part}-{lesson.number}}}}}"
            for part, there in (("questions", form.questions), ("answers", form.answers))
            if there
        ]
        out.append(f"\\bookcontents{name}{''.join(['{}', *pages][-2:])}\n")
    ends = [("sources", "Sources", sourced)]
    ends.append(("index", "Index of terms", form.answers))
    ends.append(("print", "How to print this booklet", True))
    out.append("\\vskip4pt\n")
    out += [
        f"\\bookcontents{{}}{{{t}}}{{}}{{\\bookpage{{{k}}}}}\n" for k, t, there in ends if there
    ]
    late = [f"{n}~(p.~\\bookpage{{{'q' if form.questions else 'a'}{n}}})" for n in later(items)]
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
    out = ["\\begin{bookindex}{index}{Index of terms}\n"]
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
    out = ["\\bookheadline{sources}{Sources}\n\\begin{booksources}\n"]
    for source, concepts in found:
        terms = ", ".join(inlines(concept.term) for concept in concepts)
        out.append(f"\\booksource{{{escape(source)}}}{{{terms}}}\n")
    out.append("\\end{booksources}\n")
    return "".join(out)


def back(lessons: Sequence[Lesson]) -> str:
    """Return the back cover: room to note when each lesson was gone through."""
    rows = "".join(f"\\bookreview{{{escape(x.label)}}}{{{escape(x.title)}}}%\n" for x in lessons)
    return f"\\bookback{{%\n{rows}}}\n"
