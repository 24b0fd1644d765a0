"""One lesson file: front matter, introduction, concepts."""

import re
from collections.abc import Sequence

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source, Span
from aml_build.model import Blocks, Concept, Lesson
from aml_build.model.symbols import PictureReference, SymbolTable
from aml_build.parse.concept import Section, concept
from aml_build.parse.formula_cache import FormulaCache
from aml_build.parse.headings import Role, roles
from aml_build.parse.invisible_characters import report_invisible
from aml_build.parse.markdown.line_starts import with_ordinary_spaces
from aml_build.parse.markdown.nesting_limit import report_depth
from aml_build.parse.markdown.parser import Node, blocks
from aml_build.parse.parse_context import INTRODUCTION, ParseContext
from aml_build.parse.text.blocks import plain_blocks
from aml_build.parse.text.unsupported_blocks import comment_only, unsupported
from aml_build.parse.yaml.mappings import load

_FENCE = re.compile(r"---[ \t]*")
KEYS = ("lesson", "title", "label")
NUMBERS = range(10_000)


class UnlinkedLesson(msgspec.Struct, frozen=True, gc=False):
    """A lesson on its own: links have ids as written, pictures have no masks yet."""

    lesson: Lesson
    symbols: SymbolTable
    pictures: tuple[PictureReference, ...]
    diagnostics: tuple[Diagnostic, ...]


def parse_lesson(
    source: Source, formulas: FormulaCache, masked_figures: tuple[str, ...]
) -> UnlinkedLesson:
    """Parse one file; every mistake becomes a diagnostic.

    ``masked_figures`` are the paths of the figures with masks.
    """
    context = ParseContext(source, formulas, masked_figures)
    report_invisible(context)
    number, label, title, body = _front_matter(context)
    context.lines[body:] = with_ordinary_spaces(context.lines[body:])
    # Spaces replace the front matter, so all lines and offsets stay the same.
    blank = [" " * len(line) for line in context.lines[:body]]
    text = "\n".join([*blank, *context.lines[body:]])
    nodes = blocks(text, context.env)
    report_depth(context)
    intro, concepts = _sections(context, nodes)
    context.settle()
    lesson = Lesson(number, label, title, intro, concepts, Span(context.path, 1, 1))
    return UnlinkedLesson(
        lesson, context.symbols(), tuple(context.pictures), tuple(context.diagnostics)
    )


def _front_matter(context: ParseContext) -> tuple[int, str, str, int]:
    """Return the lesson's number, label and title, and the 0-based line of its first text."""
    lines = context.lines
    end = 0
    if _FENCE.fullmatch(lines[0]):
        end = next((n for n in range(1, len(lines)) if _FENCE.fullmatch(lines[n])), 0)
    if not end:
        context.report(
            Span(context.path, 1, 1, max(1, len(lines[0]))),
            Code.MISSING_FRONT_MATTER,
            "This lesson does not begin with front matter."
            if not _FENCE.fullmatch(lines[0])
            else "The front matter is not closed.",
            "Begin the file with lines `---`, `lesson: 1`, `title: …`, `---`.",
        )
        return 0, "", "", 1 if _FENCE.fullmatch(lines[0]) else 0
    mapping = load(context, "\n".join(lines[1:end]), 1, "The front matter")
    if mapping is None:
        return 0, "", "", end + 1
    mapping.only(KEYS)
    top = Span(context.path, 1, 1, 3)
    mapping.require("lesson", "lesson: 1", top)
    if mapping.require("title", "title: Probability", top) and not mapping.text("title"):
        mapping.wrong(
            mapping.entries["title"][1], "title", "the lesson's title, like `Probability`"
        )
    mapping.without_foreign(("title", "label"))
    number = mapping.number(
        "lesson", 0, int, NUMBERS.__contains__, f"a whole number from 0 to {NUMBERS[-1]}"
    )
    return number, mapping.text("label") or f"Lesson {number}", mapping.text("title"), end + 1


def _sections(context: ParseContext, nodes: Sequence[Node]) -> tuple[Blocks, tuple[Concept, ...]]:
    """Split a file at its headings and read the parts."""
    intro: list[Node] = []
    sections: list[Section] = []
    stray: list[Node] = []
    current = intro
    misplaced = False
    for block, end in zip(nodes, _ends(context, nodes), strict=True):
        for role, node in roles(context, block, end, bool(sections)):
            match role:
                case Role.TEXT:
                    current.append(node)
                case Role.CONCEPT:
                    sections.append(Section(node, [], []))
                    current = sections[-1].body
                case Role.QUESTION if sections:
                    sections[-1].questions.append((node, []))
                    current = sections[-1].questions[-1][1]
                case Role.QUESTION:
                    misplaced = True
                    if not node.refused:
                        _misplaced(context, node)
                    current = stray
                case Role.NOTHING:
                    pass
    introduction = plain_blocks(context, intro)
    for node in stray:
        if node.type in ("hr", "html_block"):
            unsupported(context, node)
    concepts = []
    for index, section in enumerate(sections):
        context.concept = index
        concepts.append(concept(context, section))
    context.concept = INTRODUCTION
    if not (sections or misplaced):
        _empty(context, comment_only(intro))
    return introduction, tuple(concepts)


def _ends(context: ParseContext, nodes: Sequence[Node]) -> list[int]:
    """Return for each block the 0-based line of the next heading behind it, or the end of the file."""
    ends = []
    end = len(context.lines)
    for node in reversed(nodes):
        ends.append(end)
        if node.type == "heading":
            end = node.first
    return ends[::-1]


def _misplaced(context: ParseContext, node: Node) -> None:
    context.report(
        context.line_span(node.first),
        Code.MISPLACED_HEADING,
        "This question belongs to no concept.",
        "Put it below a concept's `## Term`.",
    )


def _empty(context: ParseContext, nothing: bool) -> None:
    context.report(
        Span(context.path, len(context.lines), 1),
        Code.EMPTY_LESSON,
        "This lesson is empty." if nothing else "This lesson has no concepts.",
        "Begin a concept with `## Term`, followed by a paragraph that says what it is.",
    )
