"""The concept model: what a course says, free of Markdown, Anki and LaTeX.

Two closed unions, ``Inline`` and ``Block``, carry text; a third, ``Construct``, carries what an
author can say about a concept. Renderers match on the unions and end in ``assert_never``.
The types are msgspec structs (frozen, slotted dataclasses that also know their JSON and its schema).
"""

from enum import StrEnum
from typing import TypeAlias

import msgspec

from aml_build.source import Span


class Node(msgspec.Struct, frozen=True, gc=False, kw_only=False, tag_field="type"):
    """What all parts of the model share: frozen, slotted, tagged with their kind in JSON."""


# ---------------------------------------------------------------- inline


class Text(Node, frozen=True, gc=False, tag="text"):
    """Plain characters; a soft line break of the source is one space."""

    text: str


class Emphasis(Node, frozen=True, gc=False, tag="emphasis"):
    """Stressed text."""

    children: tuple["Inline", ...]


class Strong(Node, frozen=True, gc=False, tag="strong"):
    """Strongly stressed text."""

    children: tuple["Inline", ...]


class Code(Node, frozen=True, gc=False, tag="code"):
    """Verbatim characters within a line."""

    text: str


class Math(Node, frozen=True, gc=False, tag="math"):
    """A formula within a line."""

    tex: str
    """LaTeX between the dollars, course macros expanded."""
    span: Span
    """Where the LaTeX begins, just after the dollar."""
    source: str = ""
    """The LaTeX as the author wrote it, where expansion changed it; else empty."""


class Ref(Node, frozen=True, gc=False, tag="ref"):
    """A cross-reference to another concept."""

    target: str
    """The concept's current id (old ids are already resolved)."""
    children: tuple["Inline", ...]
    span: Span


class Link(Node, frozen=True, gc=False, tag="link"):
    """A link out of the course; http(s) and mailto only."""

    url: str
    children: tuple["Inline", ...]


class Cloze(Node, frozen=True, gc=False, tag="cloze"):
    """Words to be recalled within a sentence."""

    ordinal: int
    """1-based, stable: written in the source, it names the student's card."""
    children: tuple["Inline", ...]
    span: Span


class LineBreak(Node, frozen=True, gc=False, tag="break"):
    """A forced line break."""


Inline: TypeAlias = Text | Emphasis | Strong | Code | Math | Ref | Link | Cloze | LineBreak
Inlines: TypeAlias = tuple[Inline, ...]

# ---------------------------------------------------------------- block


class Paragraph(Node, frozen=True, gc=False, tag="paragraph"):
    """A run of text."""

    children: Inlines
    span: Span


class MathBlock(Node, frozen=True, gc=False, tag="math_block"):
    """A formula on lines of its own."""

    tex: str
    """LaTeX between the double dollars, course macros expanded."""
    span: Span
    """Where the LaTeX begins."""
    source: str = ""
    """The LaTeX as the author wrote it, where expansion changed it; else empty."""


class BulletList(Node, frozen=True, gc=False, tag="bullet_list"):
    """A list in no particular order."""

    items: tuple[tuple["Block", ...], ...]


class NumberedList(Node, frozen=True, gc=False, tag="numbered_list"):
    """A list whose order matters."""

    items: tuple[tuple["Block", ...], ...]
    start: int = 1


class Align(StrEnum):
    """How the cells of a table column are set."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Table(Node, frozen=True, gc=False, tag="table"):
    """A table with one header row; every row has as many cells as the header."""

    align: tuple[Align, ...]
    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    span: Span


class CodeBlock(Node, frozen=True, gc=False, tag="code_block"):
    """Verbatim lines."""

    text: str
    """Without the last newline."""
    language: str
    span: Span


class Mask(Node, frozen=True, gc=False):
    """A label of a figure that a card can ask for."""

    ordinal: int
    """1-based, stable: written in the figure, it names the student's card."""
    id: str
    span: Span


class Picture(Node, frozen=True, gc=False, tag="picture"):
    """A figure on lines of its own."""

    path: str
    """POSIX path relative to the content root: a TikZ ``.tex``, ``.png`` or ``.jpg`` file."""
    alt: str
    """What the picture shows, for those who cannot see it; never empty."""
    caption: Inlines
    masks: tuple[Mask, ...]
    """The labels that the figure's source names, by ordinal."""
    span: Span


class Remark(Node, frozen=True, gc=False, tag="remark"):
    """An aside that is good to know and never asked."""

    children: tuple["Block", ...]


Block: TypeAlias = (
    Paragraph | MathBlock | BulletList | NumberedList | Table | CodeBlock | Picture | Remark
)
Blocks: TypeAlias = tuple[Block, ...]

# ---------------------------------------------------------------- constructs of a concept


class Key(msgspec.Struct, frozen=True, gc=False, order=True):
    """The identity of something that a student's history hangs on."""

    id: str
    """What the author calls it now."""
    was: tuple[str, ...] = ()
    """What it was called before, oldest first."""

    @property
    def origin(self) -> str:
        """Return the name under which it was first published: what GUIDs are made of."""
        return self.was[0] if self.was else self.id


class Prose(Node, frozen=True, gc=False, tag="prose"):
    """A block that explains and is not asked on its own."""

    block: Block


class LegendEntry(Node, frozen=True, gc=False):
    """One symbol of a formula and what it means."""

    symbol: Math
    meaning: Inlines


class Formula(Node, frozen=True, gc=False, tag="formula"):
    """A formula that is asked for by its name."""

    key: Key
    name: Inlines
    """What the card asks for; the concept's term where the author gave no name."""
    math: MathBlock
    legend: tuple[LegendEntry, ...]
    span: Span


class Member(Node, frozen=True, gc=False):
    """One named element of a list."""

    key: Key
    term: Inlines
    body: Blocks
    """What is said of it; empty where the name is all."""
    span: Span


class Members(Node, frozen=True, gc=False, tag="members"):
    """A list of named elements, in no particular order."""

    key: Key
    ask: Inlines
    """The question that the whole list answers; empty where the author gave none."""
    items: tuple[Member, ...]
    span: Span


class Step(Node, frozen=True, gc=False):
    """One step of a procedure."""

    key: Key
    body: Blocks
    span: Span


class Steps(Node, frozen=True, gc=False, tag="steps"):
    """A procedure, in order."""

    key: Key
    ask: Inlines
    items: tuple[Step, ...]
    span: Span


class ComparisonRow(Node, frozen=True, gc=False):
    """One respect in which the subjects of a comparison differ."""

    key: Key
    aspect: Inlines
    cells: tuple[Inlines, ...]
    """One a subject."""
    span: Span


class Comparison(Node, frozen=True, gc=False, tag="comparison"):
    """Subjects side by side, one respect a row."""

    key: Key
    subjects: tuple[Inlines, ...]
    """The header cells but the first."""
    rows: tuple[ComparisonRow, ...]
    span: Span


class ClozeText(Node, frozen=True, gc=False, tag="cloze_text"):
    """A sentence with words to be recalled; holds at least one ``Cloze``."""

    key: Key
    text: Paragraph
    span: Span


class Pitfall(Node, frozen=True, gc=False, tag="pitfall"):
    """A common mistake and what holds instead."""

    key: Key
    claim: Inlines
    """The mistaken statement, in the words of somebody who believes it."""
    correction: Blocks
    span: Span


class Figure(Node, frozen=True, gc=False, tag="figure"):
    """A picture of the concept; its masks are asked for."""

    key: Key
    picture: Picture
    span: Span


class Question(Node, frozen=True, gc=False, tag="question"):
    """A question and its answer."""

    key: Key
    prompt: Inlines
    answer: Blocks
    """The first block is the short answer; an exam card shows it alone, the booklet all."""
    exam: bool
    span: Span


Construct: TypeAlias = (
    Prose | Formula | Members | Steps | Comparison | ClozeText | Pitfall | Figure | Question
)

# ---------------------------------------------------------------- concepts, lessons, course


class ConceptKind(StrEnum):
    """What sort of thing a concept is: the class on its heading, the colour of its box."""

    DEFINITION = "definition"
    FORMULA = "formula"
    THEOREM = "theorem"
    ALGORITHM = "algorithm"
    TECHNIQUE = "technique"
    ARCHITECTURE = "architecture"
    COMPARISON = "comparison"
    OVERVIEW = "overview"


class Concept(Node, frozen=True, gc=False):
    """One thing to know."""

    key: Key
    term: Inlines
    kind: ConceptKind
    priority: int
    """1 (essential), 2 (normal) or 3 (background)."""
    aka: tuple[str, ...]
    """Other names, for the index."""
    see: tuple[str, ...]
    """Ids of related concepts."""
    needs: tuple[str, ...]
    """Ids of the concepts that this one rests on."""
    contrast: tuple[str, ...]
    """Ids of the concepts that it is easily confused with."""
    sources: tuple[str, ...]
    """The papers or books that it rests on: author, year."""
    reversible: bool
    """Whether the term follows from the definition alone, so that it can be asked for."""
    definition: Paragraph
    """Short enough for a card and a sheet."""
    body: tuple[Construct, ...]
    """In the order of the source."""
    span: Span
    ask: Inlines = ()
    """The question that the definition answers, where the stock one does not fit."""

    @property
    def id(self) -> str:
        """Return the concept's current id."""
        return self.key.id


class Lesson(Node, frozen=True, gc=False):
    """One file of the course."""

    number: int
    """Unique; gives the order, need not be without gaps."""
    label: str
    """What stands before the title: "Lesson 3" unless the author says otherwise."""
    title: str
    intro: Blocks
    """What stands before the first concept."""
    concepts: tuple[Concept, ...]
    span: Span


class Macro(Node, frozen=True, gc=False):
    """A course-wide LaTeX command."""

    name: str
    """With the backslash."""
    arity: int
    body: str


class Paper(StrEnum):
    """Sheet sizes."""

    A4 = "a4"
    LETTER = "letter"


class Orientation(StrEnum):
    """How a sheet is held."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


class SheetOptions(Node, frozen=True, gc=False):
    """What ``course.yaml`` says about the cheat sheet."""

    paper: Paper = Paper.A4
    orientation: Orientation = Orientation.LANDSCAPE
    pages: int = 2
    columns: int = 5
    min_size: float = 5.0
    """Smallest base size allowed, pt."""
    max_size: float = 9.0
    """Largest base size worth using, pt."""


class BookletOptions(Node, frozen=True, gc=False):
    """What ``course.yaml`` says about the booklet."""

    paper: Paper = Paper.A4
    """The sheet that it is printed on, folded once."""
    write_lines: int = 0
    """Empty lines to write on under each question."""


class Course(Node, frozen=True, gc=False):
    """Everything that the notes say."""

    id: str
    """Part of every GUID: never changes."""
    title: str
    language: str
    """BCP 47, e.g. ``en``."""
    authors: tuple[str, ...]
    licence: str
    description: str
    report_url: str
    """Where to report a mistake; ``{concept}`` stands for the concept's id. Empty: nowhere."""
    macros: tuple[Macro, ...]
    disabled_checks: tuple[str, ...]
    """Codes of warnings that the author has switched off."""
    sheet: SheetOptions
    booklet: BookletOptions
    lessons: tuple[Lesson, ...]
    """By number."""
    retired: tuple[str, ...] = ()
    """Ids of concepts, and of items as ``concept/facet``, that were taken away on purpose."""
