"""Generated courses of any size: no two texts alike, formulas from a limited pool or each its own."""

from collections.abc import Callable
from itertools import count, product
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
_EDITS = count(1)

_SYMBOLS = (
    r"x", r"y", r"w", r"\theta", r"\hat y", r"\mathbf{z}", r"\lambda", r"\mu", r"\Sigma", r"h_t",
    r"x_i", r"p_k", r"\phi(x)", r"\nabla f", r"\bar x", r"K", r"\alpha_j", r"c_1", r"\sigma^2", r"q",
)  # fmt: skip
_SHAPES = (
    r"{0}\le 1", r"{0}=\sum_k w_k g_k", r"\frac{{{0}}}{{n}}", r"\log {0}", r"{0}\in\mathbb{{R}}^d",
    r"\mathbb{{E}}[{0}]", r"\lVert {0}\rVert_2", r"e^{{-{0}}}", r"P({0}\mid y)", r"\max_{{{0}}} J",
    r"\partial L/\partial {0}", r"A^\top {0}", r"\int {0}\,dt", r"\sqrt{{{0}}}", r"{0}\to\infty",
    r"O({0}\log n)", r"{0}\sim\mathcal{{N}}(0,1)", r"\arg\min_{{{0}}} R", r"1-{0}", r"{0}\neq 0",
)  # fmt: skip
POOL = tuple(shape.format(symbol) for shape, symbol in product(_SHAPES, _SYMBOLS))
"""Some hundred formulas: a course says much in the same symbols."""


def card(number: int) -> str:
    """Return one concept of one card of two sides, a formula of the pool in its answer."""
    return (
        f"## Concept {number} {{#concept-{number} priority={number % 3 + 1}}}\n\n"
        f"Says that ${POOL[number % len(POOL)]}$ grows with *its* index, "
        f"and **never** shrinks below {number}.\n\n"
    )


def concept(number: int) -> str:
    """Return one concept of two cards, a definition and a question, with formulas of its own."""
    return (
        f"## Concept {number} {{#concept-{number} priority={number % 3 + 1}}}\n\n"
        f"Says that ${{x}}_{{{number}}}$ grows with *its* index, and **never** shrinks below {number}.\n\n"
        f"### Why does the bound of number {number} hold? {{#why}}\n\n"
        f"Because $a_{{{number}}}\\le b_{{{number}}}+{number}$ holds for each index, "
        f"and `step({number})` keeps it so.\n\n"
    )


def write_course(folder: Path, concepts: int, make: Callable[[int], str] = card) -> None:
    """Write a course with this many concepts, a hundred a lesson."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "course.yaml").write_text(_COURSE, encoding="utf-8")
    for first in range(0, concepts, _PER_LESSON):
        lesson = first // _PER_LESSON + 1
        body = "".join(make(n) for n in range(first, min(first + _PER_LESSON, concepts)))
        text = f"---\nlesson: {lesson}\ntitle: Lesson number {lesson}\n---\n\n{body}"
        (folder / f"{lesson:04d}.md").write_text(text, encoding="utf-8")


def edit(lesson: Path) -> None:
    """Change the last sentence, so that no line moves and the text does not grow from run to run."""
    text = lesson.read_text(encoding="utf-8").rstrip("\n").partition(" Edit ")[0]
    lesson.write_text(f"{text} Edit {next(_EDITS)}.\n", encoding="utf-8")
