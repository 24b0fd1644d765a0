"""Builds and the real Anki, for imported courses."""

from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageRequest

from aml_build.commands.build import build as run
from aml_build.pipeline.outcome import Outcome
from aml_build.pipeline.request import BuildRequest


def build(content: Path, out: Path) -> Outcome:
    """Build all artifacts of a course."""
    return run(BuildRequest(content, out, use_cache=False), lambda _: None)


def blank_cards(package: Path, folder: Path) -> tuple[int, int]:
    """Import a deck into a fresh collection; return how many cards are blank, and how many are there."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package)))
        cards = [collection.get_card(card) for card in collection.find_cards("")]
        empty = sum(len(note.card_ids) for note in collection.get_empty_cards().notes)
        bare = sum(not card.question().strip() or not card.answer().strip() for card in cards)
        return empty + bare, len(cards)
    finally:
        collection.close()
