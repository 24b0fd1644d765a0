"""Ids made of terms: the same notes give the same ids, whatever was added around them."""

from aml_build.items.item import DEFINITION_FACET
from aml_build.model.slugs import Scope, slug

__all__ = ["Scope", "concept_id", "slug"]


def part_scope() -> Scope:
    """Return the ids of a concept's parts, of which one is always taken."""
    return Scope((DEFINITION_FACET,))


def concept_id(scope: Scope, term: str, place: str) -> str:
    """Take the id of a concept; a term that is taken is told apart by its place in the notes."""
    base = slug(term, fallback="concept")
    if scope.has(base) and place:
        base = f"{base}-{slug(place, words=4, fallback='part')}"
    return scope.take(base)
