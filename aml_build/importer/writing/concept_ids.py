"""Ids made of terms, which do not depend on the notes around them."""

from aml_build.items.item import DEFINITION_FACET
from aml_build.model.slugs import Scope, slug


def part_scope() -> Scope:
    """Return the ids of a concept's parts; that of the definition is taken."""
    return Scope((DEFINITION_FACET,))


def concept_id(scope: Scope, term: str, place: str) -> str:
    """Take the id of a concept; its place makes the id of a repeated term unique."""
    base = slug(term, fallback="concept")
    if scope.has(base) and place:
        base = f"{base}-{slug(place, words=4, fallback='part')}"
    return scope.take(base)
