"""Every phrase that readers see on cards, sheet, booklet and preview, besides the authors' text.

A phrase is a whole sentence or label. Named placeholders stand in braces: ``{term}``. Templates name a
phrase as ``[[key]]``.
"""

from collections.abc import Mapping

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
}


def phrase(key: str, **values: object) -> str:
    """Return the phrase with its placeholders filled; raise ``KeyError`` for an unknown key or gap."""
    return ENGLISH[key].format_map(values)
