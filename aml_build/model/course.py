"""The course: lessons, concepts and options."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from aml_build.diagnostics.source import Span
from aml_build.model.constructs import Construct, Key
from aml_build.model.nodes import Blocks, Inlines, Node, Paragraph

NOT_LESSONS = frozenset(
    f"{name}.md"
    for name in (
        "changelog", "code_of_conduct", "contributing", "import-report", "licence", "license",
        "readme", "release-notes", "security",
    )
)  # fmt: skip
"""Markdown files in a course's folder that are no lessons, by name in lower case."""


class ConceptKind(StrEnum):
    """The kind of a concept: the class on its heading; it decides the colour of its box."""

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
    """Ids of prerequisites."""
    contrast: tuple[str, ...]
    """Ids of concepts that are easily confused with this one."""
    sources: tuple[str, ...]
    """The papers or books that it is based on: author, year."""
    reversible: bool
    """Whether a second card shows the definition and asks for the term."""
    definition: Paragraph
    """Short enough for a card and the cheat sheet."""
    body: tuple[Construct, ...]
    """In the order of the source."""
    span: Span
    ask: Inlines = ()
    """The question that the definition answers; empty for the default question."""

    @property
    def id(self) -> str:
        """Return the concept's current id."""
        return self.key.id


class Lesson(Node, frozen=True, gc=False):
    """One file of the course."""

    number: int
    """Unique; lessons are ordered by it, and gaps are allowed."""
    label: str
    """The text before the title, by default "Lesson 3"."""
    title: str
    intro: Blocks
    """The text before the first concept."""
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


# Reader, schema and docs are made from the two structs of options.
class SheetOptions(Node, frozen=True, gc=False):
    """The options of the cheat sheet in ``course.yaml``."""

    paper: Annotated[Paper, Meta(description="The paper it is printed on.")] = Paper.A4
    orientation: Annotated[Orientation, Meta(description="How the paper is held.")] = (
        Orientation.LANDSCAPE
    )
    pages: Annotated[int, Meta(ge=1, le=100, description="How many pages it has, at most.")] = 2
    columns: Annotated[int, Meta(ge=1, le=10, description="How many columns each page has.")] = 5
    min_size: Annotated[float, Meta(ge=3, le=20, description="The smallest base size, pt.")] = 5.0
    max_size: Annotated[
        float,
        Meta(
            ge=3, le=20, description="The largest base size worth using, pt, at least `min_size`."
        ),
    ] = 9.0


class BookletOptions(Node, frozen=True, gc=False):
    """The options of the booklet in ``course.yaml``."""

    paper: Annotated[Paper, Meta(description="The paper it is printed on, folded once.")] = Paper.A4
    write_lines: Annotated[
        int, Meta(ge=0, le=30, description="Ruled lines under each question.")
    ] = 0


class Course(Node, frozen=True, gc=False):
    """The whole content of the notes."""

    id: str
    """Part of every GUID: never changes."""
    title: str
    language: str
    """BCP 47, e.g. ``en``."""
    authors: tuple[str, ...]
    licence: str
    description: str
    report_url: str
    """The address for reporting mistakes, with ``{concept}`` for the concept's id; empty for none."""
    macros: tuple[Macro, ...]
    disabled_checks: tuple[str, ...]
    """Codes of warnings that the author has switched off."""
    sheet: SheetOptions
    booklet: BookletOptions
    lessons: tuple[Lesson, ...]
    """By number."""
    retired: tuple[str, ...] = ()
    """Ids of concepts, and of items as ``concept/facet``, that were removed on purpose."""
