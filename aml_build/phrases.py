"""Every phrase that readers see on cards, sheet, booklet and preview, besides the authors' text.

A phrase is a whole sentence or label; ``{term}`` is a placeholder. Code uses ``phrase`` or
``sentences.sentence``, templates ``[[key placeholder=value]]``. In print, ``**x**`` is bold and `` `x` ``
typewriter.
"""

from collections.abc import Mapping
from functools import cache
from string import Formatter

ENGLISH: Mapping[str, str] = {
    # Prompts and answers of items.
    "ask.definition": "What is meant by {term}?",
    # The term comes first: no article has to be guessed.
    "ask.formula": "{term}: what does it say, in words?",
    "ask.theorem": "{term}: what does it say, in words?",
    "ask.algorithm": "{term}: what does it do?",
    "ask.technique": "{term}: what is done?",
    "ask.architecture": "{term}: what characterises it?",
    "ask.comparison": "{term}: what is the difference, in short?",
    "ask.overview": "{term}: what is it about, in short?",
    "item.formula": "Write as a formula: {name}",
    "item.formula-of": "Write as a formula: {name} ({term})",
    "item.symbols": "It relates {symbols}.",
    "item.listing": "Name all {count}: {term}",
    "item.member": "{term}: explain {member}.",
    "item.siblings": "Beside {members}.",
    "item.steps": "What are the {count} steps of {term}?",
    "item.step": "{term}: which step is missing?",
    "item.missing-step": "…?",
    "item.comparison": "{subjects}: {aspect}?",
    "item.pitfall": "What is wrong with this statement?",
    "item.not-so": "Not so: {claim}",
    "item.figure": "{caption}: what is the hidden label?",
    "item.named": "{name}: {text}",
    "list.separator": ", ",
    "list.versus": " vs ",
    # What an item asks for, above the prompt of a card.
    "kind.exam": "Exam question",
    "kind.definition": "Definition",
    "kind.question": "Question",
    "kind.formula": "Formula",
    "kind.comparison": "Comparison",
    "kind.listing": "List",
    "kind.member": "Member",
    "kind.step": "Step",
    "kind.cloze": "Fill the gap",
    "kind.pitfall": "Pitfall",
    "kind.figure": "Figure",
    "card.number": "Booklet Q {number}",
    "card.needs": "Builds on",
    "card.contrast": "Not to be confused with",
    "card.see": "See also",
    "card.report": "Report a mistake",
    "card.reverse": "Which term?",
    "card.figure-fails": "This figure needs Anki 23.10 or later.",
    "card.toggle": "Show or hide the labels",
    "deck.report": "Found a mistake? [Report it].",
    "lesson.name": "{label}: {title}",
    "edition.version": "Version {version}",
    "edition.licence": "Licence: {licence}",
    # Headings over the questions of a kind in the booklet.
    "heading.exam": "Exam questions",
    "heading.definition": "Terms",
    "heading.question": "Why and how",
    "heading.formula": "Formulas",
    "heading.comparison": "Comparisons",
    "heading.listing": "Lists",
    "heading.member": "Members of lists",
    "heading.step": "Steps",
    "heading.cloze": "Gaps to fill",
    "heading.pitfall": "Common mistakes: what is wrong with the statement?",
    "heading.figure": "Figures to label",
    # The preview of all cards.
    "preview.title": "{course}: all cards",
    "preview.count": "{cards} cards, {notes} notes",
    "preview.found": "{shown} of {all} cards",
    "preview.search": "Search cards",
    "preview.jump": "Jump to …",
    "preview.jump-label": "Jump to a lesson",
    "preview.width": "Width",
    "preview.both": "Phone and desktop",
    "preview.phone": "Phone",
    "preview.desktop": "Desktop",
    "preview.night": "Night",
    "preview.day": "Day",
    "preview.card": "{id} · card {number}",
    # The preview while the notes are written: `aml-build watch`.
    "watch.waiting-title": "Waiting for the first cards",
    "watch.waiting": "No cards yet",
    "watch.waiting-help": "They appear here by themselves once the notes have been read without a mistake.",
    "watch.stale-mark": "not up to date",
    "watch.stale": "All cards stay as they were until the last error is corrected.",
    "watch.panel": "State of the notes",
    "watch.error": "{count} error",
    "watch.errors": "{count} errors",
    "watch.warning": "{count} warning",
    "watch.warnings": "{count} warnings",
    "watch.trouble": "trouble",
    "watch.missing": "a tool is missing",
    "watch.well": "All well",
    "watch.reading": "Reading the notes …",
    "watch.printing": "printing …",
    "watch.printed": "printed",
    "watch.not-printed": "not printed",
    "watch.doing": "{step} …",
    "watch.lost": "Not watching any more: start aml-build watch again",
}


@cache
def pieces(key: str) -> tuple[tuple[str, str | None], ...]:
    """Return the texts of a phrase, each with the placeholder behind it; raise ``KeyError``."""
    return tuple((text, name) for text, name, _, _ in Formatter().parse(ENGLISH[key]))


def phrase(key: str, **values: object) -> str:
    """Return the phrase with its values; raise ``KeyError`` for an unknown key or placeholder."""
    return ENGLISH[key].format_map(values)
