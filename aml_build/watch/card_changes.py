"""What an edit changed on the page of cards: pure functions of the page before and after."""

from collections.abc import Mapping

import msgspec

from aml_build.diagnostics.source import Source
from aml_build.phrases import phrase
from aml_build.render.preview import Card, Page


class Delta(msgspec.Struct, frozen=True):
    """The changes that turn the open page into the new one."""

    put: Mapping[str, str]
    """HTML of the new and changed cards, by key."""
    order: Mapping[str, tuple[str, ...]]
    """Keys of all cards of each section that lost, gained or reordered cards."""
    changed: tuple[str, ...]
    """Keys of the cards that differ in more than their booklet number, in page order."""
    gone: tuple[str, ...]
    """Keys of the cards that were removed."""
    jump: str
    """Key of the edited card; empty if no card was edited."""
    counts: str
    reload: bool
    """Whether the page around the cards changed, too."""


Edits = Mapping[str, tuple[int, int]]
"""The first and the last line (1-based) that an edit touched, by path."""


def delta(before: Page, after: Page, edits: Edits) -> Delta:
    """Return the changes from one page to the next."""
    old, new = _by_key(before), _by_key(after)
    put = {key: card.html for key, card in new.items() if key not in old or old[key] != card}
    # A new item moves the numbers of all later ones, which would hide the cards that were edited.
    changed = tuple(
        key for key in put if key not in old or old[key].unnumbered != new[key].unnumbered
    )
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
    """Return the counts in the page's bar."""
    return phrase("preview.count", cards=page.counts["cards"], notes=page.counts["notes"])


def edits(before: Mapping[str, Source], after: Mapping[str, Source]) -> Edits:
    """Return the changed lines of each changed file."""
    return {
        path: _lines(before[path].text if path in before else "", source.text)
        for path, source in after.items()
        if path not in before or before[path].text != source.text
    }


def _lines(before: str, after: str) -> tuple[int, int]:
    """Return the first and the last line of the new text that differ from the old one."""
    old, new = before.split("\n"), after.split("\n")
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    first = min(head + 1, len(new))
    return first, max(first, len(new) - tail)


def _jump(cards: Mapping[str, Card], changed: tuple[str, ...], edits: Edits) -> str:
    """Return the edited card: its note begins nearest above the edited lines.

    An edit may change cards elsewhere (a name that they refer to) or none (a priority), so the
    changed cards are searched; if there are none, all cards.
    """
    for path, (first, last) in edits.items():
        here = {k: cards[k].span.line for k in changed or cards if cards[k].span.path == path}
        if here:
            return min(here, key=lambda key: _distance(here[key], first, last))
    return changed[0] if changed else ""


def _distance(line: int, first: int, last: int) -> tuple[int, int]:
    """Sort notes by their first line: within the edit, then above it, then below; nearest first."""
    if first <= line <= last:
        return 0, line
    return (1, first - line) if line < first else (2, line - last)


def _around(page: Page) -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    return page.frame, tuple((section.id, section.title) for section in page.sections)


def _by_key(page: Page) -> dict[str, Card]:
    return {card.key: card for section in page.sections for card in section.cards}


def _keys(cards: tuple[Card, ...]) -> tuple[str, ...]:
    return tuple(card.key for card in cards)
