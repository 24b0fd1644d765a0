"""The order of study: what a concept rests on comes before it."""

from collections.abc import Sequence

from aml_build.model import Concept


def study_order(concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """Return the concepts of one lesson so that each follows what it needs, else as written.

    Needs outside the lesson do not count: the lesson order decides. In a cycle, which the checks
    report, the concept written first comes first.
    """
    by_id = {concept.id: concept for concept in concepts}
    ordered: dict[str, Concept] = {}
    open_ids: set[str] = set()
    for root in concepts:
        # Depth first with a stack of our own: a chain of needs may be longer than Python's stack.
        stack = [(root, iter(root.needs))]
        open_ids.add(root.id)
        while stack:
            concept, needs = stack[-1]
            needed = next((by_id[n] for n in needs if n in by_id and n not in open_ids), None)
            if needed is not None:
                open_ids.add(needed.id)
                stack.append((needed, iter(needed.needs)))
                continue
            stack.pop()
            ordered.setdefault(concept.id, concept)
    return tuple(ordered.values())
