"""Only near names are suggested: at most a third of the letters differ."""

import pytest

from aml_build.diagnostics.suggestions import nearest

KEYS = (".formula", ".theorem", ".reversible", "priority=", "aka=", "see=", "needs=", "ask=")


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("aks", ["was", "aka"], "aka"),
        ("titel", ["title", "label"], "title"),
        ("license", ["licence", "language"], "licence"),
        ("prioirty=", KEYS, "priority="),
        (".forumla", KEYS, ".formula"),
        ("reversible", KEYS, ".reversible"),
        ("need=", KEYS, "needs="),
        ("deck=", KEYS, None),
        ("title=", KEYS, None),
        ("thirdlaw", ["orbit", "third-law"], "third-law"),
        ("Orbit", ["orbit", "habit"], "orbit"),
        ("seasons", ["orbit", "third-law"], None),
        (r"\SI", [r"\S"], None),
        (r"\sni", [r"\ni", r"\sin"], r"\sin"),
        ("zzz", ["title"], None),
        ("", ["title"], None),
    ],
)
def test_the_nearest_word_is_suggested(word: str, known: list[str], near: str | None) -> None:
    assert nearest(word, known) == near
