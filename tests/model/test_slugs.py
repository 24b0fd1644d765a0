import pytest

from aml_build.model.slugs import slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Bayes' rule", "bayes-rule"),
        ("Überanpassung (Überfitting)", "uberanpassung-uberfitting"),
        ("Why is the hinge loss zero beyond the margin?", "why-hinge-loss-zero-beyond-margin"),
        (r"Decay of \alpha in \mathbb{R} \mid x", "decay-alpha-r-x"),
        ("1x1 convolution", "concept-1x1-convolution"),
        ("世界", "concept"),
        ("The", "the"),
    ],
)
def test_an_id_is_made_of_the_telling_words(text: str, made: str) -> None:
    assert slug(text, fallback="concept") == made


def test_an_id_stays_short() -> None:
    assert slug("one two three four five", words=3) == "one-two-three"
    assert len(slug("a" * 200)) <= 60
