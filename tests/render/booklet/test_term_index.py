"""The order of the index."""

import pytest

from aml_build.diagnostics.source import Span
from aml_build.model import Emphasis, Inlines, Math, Text
from aml_build.render.alphabet import sort_key, sort_text

PLACE = Span("a.md", 1, 1)


def math(tex: str) -> Math:
    return Math(tex, PLACE)


@pytest.mark.parametrize(
    "names",
    [
        ("2nd order", "Adam", "adversarial loss", "Bayes"),
        ("Ecole", "École", "Ecole polytechnique"),
        ("New York", "New Yorker", "newborn"),
        ("cross-entropy", "cross validation"),
        ("oil", "Öl", "Omega"),
    ],
)
def test_terms_are_sorted_as_readers_look_them_up(names: tuple[str, ...]) -> None:
    assert sorted(names, key=sort_key) == list(names)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ((math("k"), Text("-means")), "k-means"),
        ((Text("step "), math(r"\eta")), "step eta"),
        ((math(r"\mathcal{H}"), Text("-divergence")), "H-divergence"),
        ((Emphasis((Text("deep"),)), Text(" net")), "deep net"),
    ],
)
def test_math_is_looked_up_by_the_names_of_its_symbols(term: Inlines, words: str) -> None:
    assert sort_text(term) == words
