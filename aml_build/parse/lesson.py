"""One lesson file: front matter, introduction, concepts. A pure function of the file's text."""

import re
from collections.abc import Sequence

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source, Span
from aml_build.model import Blocks, Concept, Lesson
from aml_build.model.symbols import Names, Shown
from aml_build.parse.concept import Section, concept
from aml_build.parse.markdown.nesting_limit import report_depth
from aml_build.parse.markdown.parser import Node, blocks
from aml_build.parse.parse_context import INTRODUCTION, Desk
from aml_build.parse.text.blocks import plain_blocks
from aml_build.parse.text.formula_table import Formulas
from aml_build.parse.text.invisible_characters import report_invisible
from aml_build.parse.text.unsupported_blocks import comment_only, unsupported
from aml_build.parse.yaml.mappings import load

_FENCE = re.compile(r"---[ \t]*")
KEYS = ("lesson", "title", "label")
NUMBERS = range(10_000)


class Draft(msgspec.Struct, frozen=True, gc=False):
    """A lesson on its own: links point to ids as written, pictures have no masks yet."""

    lesson: Lesson
    names: Names
    pictures: tuple[Shown, ...]
    diagnostics: tuple[Diagnostic, ...]


def parse_lesson(source: Source, formulas: Formulas) -> Draft:
    """Parse one file; every mistake becomes a diagnostic."""
    desk = Desk(source, formulas)
    report_invisible(desk)
    number, label, title, body = _front_matter(desk)
    # Blanks in place of the front matter keep all lines and offsets.
    blank = [" " * len(line) for line in desk.lines[:body]]
    text = "\n".join([*blank, *desk.lines[body:]])
    nodes = blocks(text, desk.env)
    report_depth(desk)
    intro, concepts = _sections(desk, nodes)
    lesson = Lesson(number, label, title, intro, concepts, Span(desk.path, 1, 1))
    names = Names(desk.path, tuple(desk.given), tuple(desk.used), tuple(desk.gaps))
    return Draft(lesson, names, tuple(desk.pictures), tuple(desk.diagnostics))


def _front_matter(desk: Desk) -> tuple[int, str, str, int]:
    """Return the lesson's number, label and title, and the 0-based line of its first text."""
    lines = desk.lines
    end = 0
    if _FENCE.fullmatch(lines[0]):
        end = next((n for n in range(1, len(lines)) if _FENCE.fullmatch(lines[n])), 0)
    if not end:
        desk.report(
            Span(desk.path, 1, 1, max(1, len(lines[0]))),
            Code.MISSING_FRONT_MATTER,
            "This lesson does not begin with front matter."
            if not _FENCE.fullmatch(lines[0])
            else "The front matter is not closed.",
            "Begin the file with lines `---`, `lesson: 1`, `title: …`, `---`.",
        )
        return 0, "", "", 1 if _FENCE.fullmatch(lines[0]) else 0
    mapping = load(desk, "\n".join(lines[1:end]), 1, "The front matter")
    if mapping is None:
        return 0, "", "", end + 1
    mapping.only(KEYS)
    top = Span(desk.path, 1, 1, 3)
    mapping.require("lesson", "lesson: 1", top)
    if mapping.require("title", "title: Probability", top) and not mapping.text("title"):
        mapping.wrong(
            mapping.entries["title"][1], "title", "the lesson's title, like `Probability`"
        )
    number = mapping.number(
        "lesson", 0, int, NUMBERS.__contains__, f"a whole number from 0 to {NUMBERS[-1]}"
    )
    return number, mapping.text("label") or f"Lesson {number}", mapping.text("title"), end + 1


def _sections(desk: Desk, nodes: Sequence[Node]) -> tuple[Blocks, tuple[Concept, ...]]:
    """Split a file at its headings and read the parts."""
    intro: list[Node] = []
    sections: list[Section] = []
    stray: list[Node] = []
    current = intro
    for node in nodes:
        if node.type != "heading":
            current.append(node)
            continue
        level = node.token.tag
        if level == "h2" and node.token.markup.startswith("#"):
            sections.append(Section(node, [], []))
            current = sections[-1].body
        elif level == "h3" and sections:
            sections[-1].questions.append((node, []))
            current = sections[-1].questions[-1][1]
        elif level == "h3":
            _misplaced(desk, node)
            current = stray
        else:
            _wrong_level(desk, node)
    introduction = plain_blocks(desk, intro)
    for node in stray:
        if node.type in ("hr", "html_block"):
            unsupported(desk, node)
    concepts = []
    for index, section in enumerate(sections):
        desk.concept = index
        concepts.append(concept(desk, section))
    desk.concept = INTRODUCTION
    if not sections:
        _empty(desk, comment_only(intro))
    return introduction, tuple(concepts)


def _misplaced(desk: Desk, node: Node) -> None:
    desk.report(
        desk.line_span(node.first),
        Code.MISPLACED_HEADING,
        "This question belongs to no concept.",
        "Put it below a concept's `## Term`.",
    )


def _wrong_level(desk: Desk, node: Node) -> None:
    underlined = not node.token.markup.startswith("#")
    desk.report(
        desk.line_span(node.first),
        Code.HEADING_LEVEL,
        "A line of `---` or `===` below text makes a heading of it, which is not used here."
        if underlined
        else f"A heading of level {node.token.tag[1]} has no meaning here.",
        "Write `## Term`, or put a blank line in between."
        if underlined
        else "Write `## Term` for a concept or `### Question?` for a question.",
    )


def _empty(desk: Desk, nothing: bool) -> None:
    desk.report(
        Span(desk.path, len(desk.lines), 1),
        Code.EMPTY_LESSON,
        "This lesson is empty." if nothing else "This lesson has no concepts.",
        "Begin a concept with `## Term`, followed by a paragraph that says what it is.",
    )
