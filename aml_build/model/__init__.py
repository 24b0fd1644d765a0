"""The concept model: the typed content of a course, without Markdown, Anki and LaTeX.

Two closed unions, ``Inline`` and ``Block``, represent text. A third, ``Construct``, represents the
parts of a concept. Renderers match on the unions and end in ``assert_never``.
The types are msgspec structs: frozen, slotted dataclasses with a JSON form and a JSON Schema.
"""

from aml_build.model.constructs import (
    ClozeText as ClozeText,
    Comparison as Comparison,
    ComparisonRow as ComparisonRow,
    Construct as Construct,
    Figure as Figure,
    Formula as Formula,
    Key as Key,
    LegendEntry as LegendEntry,
    Member as Member,
    Members as Members,
    Pitfall as Pitfall,
    Prose as Prose,
    Question as Question,
    Step as Step,
    Steps as Steps,
)
from aml_build.model.course import (
    BookletOptions as BookletOptions,
    Concept as Concept,
    ConceptKind as ConceptKind,
    Course as Course,
    Lesson as Lesson,
    Macro as Macro,
    Orientation as Orientation,
    Paper as Paper,
    SheetOptions as SheetOptions,
)
from aml_build.model.nodes import (
    Align as Align,
    Block as Block,
    Blocks as Blocks,
    BulletList as BulletList,
    Cloze as Cloze,
    Code as Code,
    CodeBlock as CodeBlock,
    Emphasis as Emphasis,
    Inline as Inline,
    Inlines as Inlines,
    LineBreak as LineBreak,
    Link as Link,
    Mask as Mask,
    Math as Math,
    MathBlock as MathBlock,
    Node as Node,
    NumberedList as NumberedList,
    Paragraph as Paragraph,
    Picture as Picture,
    Ref as Ref,
    Remark as Remark,
    Strong as Strong,
    Table as Table,
    Text as Text,
)
