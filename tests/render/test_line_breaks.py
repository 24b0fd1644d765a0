"""Where long words, addresses and code may be broken."""

import pytest

from aml_build.render.line_breaks import GOOD, HUMP, LAST, breaks, is_address, longest_piece

ADDRESS = "https://en.wikipedia.org/wiki/Stochastic_gradient_descent#Momentum"
SPLIT = "sklearn.model_selection.StratifiedShuffleSplit"
GERMAN = "Zentraluntersuchungskommission"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        (SPLIT, ["sklearn.", "model_", "selection.", "StratifiedShuffleSplit"]),
        (
            ADDRESS,
            ["https://", "en.", "wikipedia.", "org/", "wiki/", "Stochastic_", "gradient_", "descent#",
             "Momentum"],
        ),
        ("f(alpha,beta)=gamma", ["f(alpha,", "beta)=", "gamma"]),
        ("std::vector::iterator", ["std::", "vector::", "iterator"]),
        ("?query=long&page=12", ["?query=", "long&", "page=12"]),
        # A number stays whole, and no sign is left alone at an end.
        ("rate=0.001234", ["rate=", "0.001234"]),
        ("--verbose", ["--verbose"]),
        ("name/", ["name/"]),
    ],
)  # fmt: skip
def test_code_may_be_broken_after_its_signs(word: str, parts: list[str]) -> None:
    marks = breaks(word, address=True)
    broken = "".join(
        (" " if mark == GOOD else "") + char for mark, char in zip(marks, word, strict=True)
    )
    assert broken.split(" ") == parts


def test_a_name_of_several_words_is_broken_between_them_before_it_is_broken_anywhere() -> None:
    marks = breaks("StratifiedShuffleSplit", address=True)
    assert [at for at, mark in enumerate(marks) if mark == HUMP] == [10, 17]
    assert marks[:2] == ("", "")
    assert set(marks[2:9]) == {LAST}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (ADDRESS, True),
        (SPLIT, True),
        ("train_test_split", True),
        ("/usr/lib/python", True),
        (GERMAN, False),
        ("regression/classification", False),
        ("state-of-the-art", False),
        ("U.S.-based", False),
        ("classifier(s)", False),
        ("(Universitätsprofessoren),", False),
    ],
)
def test_an_address_is_told_from_words(word: str, expected: bool) -> None:
    assert is_address(word) is expected


def test_two_joined_words_may_be_parted_at_their_joint() -> None:
    marks = breaks("input/output", address=False)
    assert [at for at, mark in enumerate(marks) if mark == GOOD] == [6]


@pytest.mark.parametrize(
    ("word", "characters"), [("tide", 4), ("std::vector", 6), ("a.b", 3), (GERMAN, 10)]
)
def test_a_column_needs_the_longest_piece_of_a_word(word: str, characters: int) -> None:
    assert longest_piece(word) == characters
