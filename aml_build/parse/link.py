"""What needs the whole course: links to concepts by former ids and without text, masks."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.codes import Code
from aml_build.model import (
    Concept,
    Figure,
    Inlines,
    Lesson,
    Mask,
    Node,
    Picture,
    Prose,
    Ref,
    Text,
)
from aml_build.parse.lesson import Draft

N = TypeVar("N")


class Directory(msgspec.Struct, frozen=True):
    """Where ids lead."""

    current: Mapping[str, str]
    """Current id by current or former id."""
    terms: Mapping[str, Inlines]
    """Term by current id."""
    masks: Mapping[str, tuple[Mask, ...]]
    """Labels by picture path."""


def directory(drafts: tuple[Draft, ...], masks: Mapping[str, tuple[Mask, ...]]) -> Directory:
    """Collect all concepts; of two with one id the first counts."""
    current: dict[str, str] = {}
    terms: dict[str, Inlines] = {}
    for draft in drafts:
        for concept in draft.lesson.concepts:
            if concept.key.id:
                terms.setdefault(concept.key.id, concept.term)
                current.setdefault(concept.key.id, concept.key.id)
    for draft in drafts:
        for concept in draft.lesson.concepts:
            for former in concept.key.was:
                current.setdefault(former, concept.key.id)
    return Directory(current, terms, masks)


def excused(draft: Draft, masks: Mapping[str, tuple[Mask, ...]]) -> Draft:
    """Take back that a figure has no id where it has no labels either: it only explains."""
    plain = {shown.span for shown in draft.pictures if not masks.get(shown.path)}
    if not plain:
        return draft
    gaps = tuple(gap for gap in draft.names.gaps if gap.picture not in plain)
    return replace(
        draft,
        names=replace(draft.names, gaps=gaps),
        diagnostics=tuple(
            d for d in draft.diagnostics if d.code != Code.MISSING_ID or d.span not in plain
        ),
    )


def linked(draft: Draft, known: Directory) -> Lesson:
    """Return a lesson whose links and pictures are complete; untouched concepts are shared."""
    touched = {shown.concept for shown in draft.pictures}
    touched |= {
        use.concept
        for use in draft.names.used
        if use.bare or known.current.get(use.id, use.id) != use.id
    }
    if not touched:
        return draft.lesson

    def complete(node: Node) -> Node:
        match node:
            case Ref():
                target = known.current.get(node.target, node.target)
                children = node.children or known.terms.get(target) or (Text(target),)
                return replace(node, target=target, children=children)
            case Picture():
                return replace(node, masks=known.masks.get(node.path, ()))
            case Figure() if not node.key.id and not node.picture.masks:
                return Prose(node.picture)
        return node

    concepts = tuple(
        _pointed(transformed(concept, complete), known) if index in touched else concept
        for index, concept in enumerate(draft.lesson.concepts)
    )
    intro = transformed(draft.lesson.intro, complete)
    return replace(draft.lesson, intro=intro, concepts=concepts)


def _pointed(concept: Concept, known: Directory) -> Concept:
    def now(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(known.current.get(name, name) for name in ids))

    return replace(
        concept, see=now(concept.see), needs=now(concept.needs), contrast=now(concept.contrast)
    )


def transformed(value: N, change: Callable[[Node], Node]) -> N:
    """Return a node or tuple with every node in it changed, innermost first; share what stays."""
    if isinstance(value, tuple):
        made = tuple(transformed(part, change) for part in value)
        same = all(new is old for new, old in zip(made, value, strict=True))
        return value if same else made  # type: ignore[return-value]
    if not isinstance(value, Node):
        return value
    changes = {}
    for name in value.__struct_fields__:
        old = getattr(value, name)
        if isinstance(old, tuple | Node):
            new = transformed(old, change)
            if new is not old:
                changes[name] = new
    return change(replace(value, **changes) if changes else value)  # type: ignore[return-value]
