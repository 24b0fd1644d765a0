"""A course as a few lines of text, for comparing what was read with what is expected."""

from collections.abc import Iterator
from typing import assert_never

from aml_build.model import (
    Block,
    Blocks,
    BulletList,
    Cloze,
    ClozeText,
    Code,
    CodeBlock,
    Comparison,
    Concept,
    Construct,
    Emphasis,
    Figure,
    Formula,
    Inline,
    Inlines,
    Key,
    Lesson,
    LineBreak,
    Link,
    Math,
    MathBlock,
    Members,
    NumberedList,
    Paragraph,
    Picture,
    Pitfall,
    Prose,
    Question,
    Ref,
    Remark,
    Steps,
    Strong,
    Table,
    Text,
)


def lesson_outline(lesson: Lesson) -> str:
    lines = [f"{lesson.number} {lesson.label}: {lesson.title}", *_blocks(lesson.intro)]
    for concept in lesson.concepts:
        lines += _concept(concept)
    return "\n".join(lines) + "\n"


def _concept(concept: Concept) -> Iterator[str]:
    extras = [
        f"{name}={';'.join(value)}"
        for name in ("aka", "see", "needs", "contrast", "sources")
        if (value := getattr(concept, name))
    ]
    if concept.reversible:
        extras.append("reversible")
    head = [_key(concept.key), concept.kind.value, f"p{concept.priority}", *extras]
    yield f"concept {' '.join(head)}: {words(concept.term)}"
    yield f"  definition: {words(concept.definition.children)}"
    for construct in concept.body:
        for line in _construct(construct):
            yield f"  {line}"


def _key(key: Key) -> str:
    return key.id + "".join(f"<{was}" for was in key.was)


def _construct(construct: Construct) -> Iterator[str]:
    match construct:
        case Prose(block=block):
            yield from _blocks((block,))
        case Formula():
            yield f"formula {_key(construct.key)} {words(construct.name)}: {construct.math.tex}"
            for entry in construct.legend:
                yield f"  {words((entry.symbol,))}: {words(entry.meaning)}"
        case Members():
            yield f"members {_key(construct.key)}: {words(construct.ask)}"
            for member in construct.items:
                yield f"  {_key(member.key)} {words(member.term)}:"
                yield from _deeper(member.body, "    ")
        case Steps():
            yield f"steps {_key(construct.key)}: {words(construct.ask)}"
            for step in construct.items:
                yield f"  {_key(step.key)}:"
                yield from _deeper(step.body, "    ")
        case Comparison():
            corner = f" [{words(construct.corner)}]" if construct.corner else ""
            yield f"comparison {_key(construct.key)}{corner}: {_row(construct.subjects)}"
            for row in construct.rows:
                yield f"  {_key(row.key)} {words(row.aspect)}: {_row(row.cells)}"
        case ClozeText():
            yield f"cloze {_key(construct.key)}: {words(construct.text.children)}"
        case Pitfall():
            yield f"pitfall {_key(construct.key)}: {words(construct.claim)}"
            yield from _deeper(construct.correction)
        case Figure():
            yield f"figure {_key(construct.key)}:"
            yield from _deeper((construct.picture,))
        case Question():
            exam = "exam " if construct.exam else ""
            yield f"{exam}question {_key(construct.key)}: {words(construct.prompt)}"
            yield from _deeper(construct.answer)
        case _:
            assert_never(construct)


def _deeper(blocks: Blocks, indent: str = "  ") -> Iterator[str]:
    for line in _blocks(blocks):
        yield indent + line


def _row(cells: tuple[Inlines, ...]) -> str:
    return " | ".join(words(cell) for cell in cells)


def _blocks(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(children=children):
            yield f"text: {words(children)}"
        case MathBlock(tex=tex):
            yield f"math: {tex}"
        case BulletList(items=items):
            yield "bullets:"
            for item in items:
                yield from _deeper(item)
        case NumberedList(items=items, start=start):
            yield f"numbers from {start}:"
            for item in items:
                yield from _deeper(item)
        case Table():
            yield f"table {' '.join(block.align)}: {_row(block.head)}"
            for row in block.rows:
                yield f"  {_row(row)}"
        case CodeBlock(text=text, language=language):
            yield f"code {language}: {text!r}"
        case Picture():
            labels = "".join(f" {mask.ordinal}={mask.id}" for mask in block.masks)
            yield f"picture {block.path} ({block.alt}) {words(block.caption)}{labels}"
        case Remark(children=children):
            yield "remark:"
            yield from _deeper(children)
        case _:
            assert_never(block)


def words(inlines: Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(node: Inline) -> str:
    match node:
        case Text(text=text):
            return text
        case Emphasis(children=children):
            return f"<em {words(children)}>"
        case Strong(children=children):
            return f"<strong {words(children)}>"
        case Code(text=text):
            return f"<code {text}>"
        case Math(tex=tex):
            return f"<math {tex}>"
        case Ref(target=target, children=children):
            return f"<ref {target} {words(children)}>"
        case Link(url=url, children=children):
            return f"<link {url} {words(children)}>"
        case Cloze(ordinal=ordinal, children=children):
            return f"<c{ordinal} {words(children)}>"
        case LineBreak():
            return "<break>"
        case _:
            assert_never(node)
