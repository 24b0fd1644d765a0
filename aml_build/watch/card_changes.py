"""What an edit did to the cards: pure functions of the page before and after."""

from collections.abc import Iterator, Mapping

import msgspec

from aml_build.diagnostics.source import Source
from aml_build.render.preview import Card, Page


class Delta(msgspec.Struct, frozen=True):
    """What turns the open page into the new one."""

    put: Mapping[str, str]
    """HTML of the cards that are new or not as before, by key."""
    order: Mapping[str, tuple[str, ...]]
    """Keys of all cards of each section whose cards are not those of before, or not in that order."""
    changed: tuple[str, ...]
    """Keys of the cards on which a student would see the difference, in the order of the page."""
    gone: tuple[str, ...]
    """Keys of the cards that are no more."""
    jump: str
    """Key of the card that was edited; empty where no card was."""
    counts: str
    reload: bool
    """The page around the cards is another one too."""


Edits = Mapping[str, tuple[int, int]]
"""The first and the last line (1-based) that an edit touched, by path."""


def delta(before: Page, after: Page, edits: Edits) -> Delta:
    """Return the way from one page to the next."""
    old, new = _by_key(before), _by_key(after)
    put = {key: card.html for key, card in new.items() if key not in old or old[key] != card}
    changed = tuple(key for key in put if key not in old or old[key].sides != new[key].sides)
    placed = {section.id: _keys(section.cards) for section in before.sections}
    order = {
        section.id: keys
        for section in after.sections
        if (keys := _keys(section.cards)) != placed.get(section.id)
    }
    around = _around(before) != _around(after)
    gone = tuple(key for key in old if key not in new)
    return Delta(put, order, changed, gone, _jump(new, changed, edits), counts(after), around)


def counts(page: Page) -> str:
    """Return what the page's bar says of its cards."""
    return "{cards} cards, {notes} notes".format_map(page.counts)


def edits(before: Mapping[str, Source], after: Mapping[str, Source]) -> Edits:
    """Return which lines of which files are not as before."""
    return {
        path: _lines(before[path].text if path in before else "", source.text)
        for path, source in after.items()
        if path not in before or before[path].text != source.text
    }


def _lines(before: str, after: str) -> tuple[int, int]:
    """Return the first and the last line of the new text that the old one does not share."""
    old, new = before.split("\n"), after.split("\n")
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    first = min(head + 1, len(new))
    return first, max(first, len(new) - tail)


def _jump(cards: Mapping[str, Card], changed: tuple[str, ...], edits: Edits) -> str:
    """Return the card that the edit is about.

    An edit may change cards elsewhere (a name that is referred to), and none at all (a priority):
    what counts is the card whose note begins nearest above the edited line, among those that
    changed if any did.
    """
    for among in (changed, () if changed else tuple(cards)):
        for path, (first, last) in edits.items():
            here = {key: cards[key].span.line for key in among if cards[key].span.path == path}
            if here:
                return min(here, key=lambda key: _distance(here[key], first, last))
    return changed[0] if changed else ""


def _distance(line: int, first: int, last: int) -> tuple[int, int]:
    """Order notes by where they begin: within the edit, else nearest above it, else below."""
    if first <= line <= last:
        return 0, line
    return (1, first - line) if line < first else (2, line - last)


def _around(page: Page) -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    return page.frame, tuple((section.id, section.title) for section in page.sections)


def _by_key(page: Page) -> dict[str, Card]:
    return {card.key: card for card in _cards(page)}


def _cards(page: Page) -> Iterator[Card]:
    for section in page.sections:
        yield from section.cards


def _keys(cards: tuple[Card, ...]) -> tuple[str, ...]:
    return tuple(card.key for card in cards)
