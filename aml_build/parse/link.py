"""The links of lessons, for which the whole course has to be known.

A reference to a former id leads to the current one, a link without text shows the term of its
target, and a picture gets its masks.
"""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from aml_build.model import Concept, Inlines, Lesson, Mask, Node, Picture, Ref, Text
from aml_build.model.walk import map_nodes
from aml_build.parse.lesson import UnlinkedLesson


class LinkTargets(msgspec.Struct, frozen=True):
    """The concepts and figures of a course."""

    current: Mapping[str, str]
    """Current id by current or former id."""
    terms: Mapping[str, Inlines]
    """Term by current id."""
    masks: Mapping[str, tuple[Mask, ...]]
    """By path of the figure."""

    def now(self, concept_id: str) -> str:
        """Return the current id of a concept, or the id itself if no concept has or had it."""
        return self.current.get(concept_id, concept_id)


def link_targets(
    lessons: Iterable[UnlinkedLesson], masks: Mapping[str, tuple[Mask, ...]]
) -> LinkTargets:
    """Collect all concepts; of two with the same id the first counts."""
    concepts = [concept for lesson in lessons for concept in lesson.lesson.concepts]
    current: dict[str, str] = {}
    terms: dict[str, Inlines] = {}
    for concept in concepts:
        if concept.key.id:
            terms.setdefault(concept.key.id, concept.term)
            current.setdefault(concept.key.id, concept.key.id)
    for concept in concepts:
        for former in concept.key.was:
            current.setdefault(former, concept.key.id)
    return LinkTargets(current, terms, masks)


def link_lesson(unlinked: UnlinkedLesson, targets: LinkTargets) -> Lesson:
    """Return a lesson with complete links and pictures; unchanged concepts are shared."""
    changed = {picture.concept for picture in unlinked.pictures if targets.masks.get(picture.path)}
    changed |= {
        reference.concept
        for reference in unlinked.symbols.references
        if reference.bare or targets.now(reference.id) != reference.id
    }
    lesson = unlinked.lesson
    if not changed:
        return lesson

    def complete(node: Node) -> Node:
        match node:
            case Ref():
                target = targets.now(node.target)
                children = node.children or targets.terms.get(target) or (Text(target),)
                return replace(node, target=target, children=children)
            case Picture():
                return replace(node, masks=targets.masks.get(node.path, ()))
        return node

    concepts = tuple(
        _with_current_ids(map_nodes(concept, complete), targets) if index in changed else concept
        for index, concept in enumerate(lesson.concepts)
    )
    return replace(lesson, intro=map_nodes(lesson.intro, complete), concepts=concepts)


def _with_current_ids(concept: Concept, targets: LinkTargets) -> Concept:
    def now(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(targets.now, ids)))

    return replace(
        concept, see=now(concept.see), needs=now(concept.needs), contrast=now(concept.contrast)
    )
