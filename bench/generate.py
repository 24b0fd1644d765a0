"""Generated courses: any number of concepts, every construct in use, no two texts alike."""

from pathlib import Path

_COURSE = """\
id: generated
title: Generated course
language: en
authors: [nobody]
licence: CC0-1.0
description: Made to be measured.
macros: {}
"""

_PER_LESSON = 100


def concept(number: int) -> str:
    """Return one concept of two cards: a definition with a formula in it, and a question."""
    return (
        f"## Concept {number} {{#concept-{number} priority={number % 3 + 1}}}\n\n"
        f"Says that ${{x}}_{{{number}}}$ grows with *its* index, and **never** shrinks below {number}.\n\n"
        f"### Why does the bound of number {number} hold? {{#why}}\n\n"
        f"Because $a_{{{number}}}\\le b_{{{number}}}+{number}$ holds for each index, "
        f"and `step({number})` keeps it so.\n\n"
    )


def write_course(folder: Path, concepts: int) -> None:
    """Write a course with this many concepts, a hundred a lesson."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "course.yaml").write_text(_COURSE, encoding="utf-8")
    for first in range(0, concepts, _PER_LESSON):
        lesson = first // _PER_LESSON + 1
        body = "".join(concept(n) for n in range(first, min(first + _PER_LESSON, concepts)))
        text = f"---\nlesson: {lesson}\ntitle: Lesson number {lesson}\n---\n\n{body}"
        (folder / f"{lesson:04d}.md").write_text(text, encoding="utf-8")
