"""Words and highlights in formulas."""

import pytest

from aml_build.texmath import highlights, loose_words


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("x is the input of the net", ("is", "the", "input", "of", "the", "net")),
        (r"2^{3/2}\approx2.8 times as long, and ", ("times", "as", "long")),
        (r"\frac{number of all hits}{n}", ("number", "of", "all", "hits")),
        ("20 a month, or 30", ("month",)),
        ("f(train, val, test)", ("train",)),
        (r"\text{one two three}+\mathrm{four five six}", ()),
        (r"\operatorname{one two three}\begin{cases}a\end{cases}", ()),
        ("n log n mod m", ()),
        ("a b c d", ()),
        ("", ()),
    ],
)
def test_words_are_those_outside_of_text(tex: str, words: tuple[str, ...]) -> None:
    assert loose_words(tex) == words


@pytest.mark.parametrize(
    ("tex", "found"),
    [
        ("a^{==2==}", ["==2=="]),
        ("==x==+1", ["==x=="]),
        (r"\frac{==a=={.c1}}{b}", ["==a=={.c1}"]),
        ("x=={.c1}==y", []),
        ("a == b == c", []),
        ("f(x)==g(y)==h", []),
        ("a=b", []),
    ],
)
def test_highlights_are_no_comparisons(tex: str, found: list[str]) -> None:
    assert [tex[offset : offset + length] for offset, length in highlights(tex)] == found
