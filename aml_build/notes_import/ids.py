"""Ids made of terms: the same notes give the same ids, whatever was added around them."""

from aml_build.items import DEFINITION_FACET
from aml_build.parse.slugs import slug

__all__ = ["Scope", "concept_id", "slug"]


class Scope:
    """Ids that are taken within a course or a concept."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)
        self._tried: dict[str, int] = {}

    def take(self, base: str) -> str:
        """Take the wished-for id, or the same with the next number that is free."""
        number = self._tried.get(base, 0)
        made = ""
        while not made or made in self._taken:
            number += 1
            made = base if number == 1 else f"{base}-{number}"
        self._tried[base] = number
        self._taken.add(made)
        return made

    def has(self, name: str) -> bool:
        """Tell whether an id is taken."""
        return name in self._taken


def part_scope() -> Scope:
    """Return the ids of a concept's parts, of which one is always taken."""
    return Scope(DEFINITION_FACET)


def concept_id(scope: Scope, term: str, place: str) -> str:
    """Take the id of a concept; a term that is taken is told apart by its place in the notes."""
    base = slug(term, fallback="concept")
    if scope.has(base) and place:
        base = f"{base}-{slug(place, words=4, fallback='part')}"
    return scope.take(base)
