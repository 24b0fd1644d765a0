import pytest

from aml_build.model.slugs import ID, course_id, slug


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


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("my-course", "my-course"),
        ("CS 101", "cs-101"),
        ("The course of A", "the-course-of-a"),
        ("Größe", "grosse"),
        ("Année 2", "annee-2"),
        ("ℝ analysis", "r-analysis"),
        ("101", "course-101"),
        ("..", "course"),
        ("", "course"),
        ("生物", "course-92c004d0"),
        ("Физика 1", "course-1-1610c9ab"),
        ("biology-生物", "biology-13ffd177"),
        ("a" * 50, "a" * 40 + "-47d7ba7d"),
    ],
)
def test_the_id_of_a_course_is_made_of_its_name(name: str, made: str) -> None:
    assert course_id(name) == made
    assert ID.fullmatch(made)


def test_names_in_other_scripts_have_different_ids() -> None:
    names = (
        "生物",
        "化学",
        "Физика 1",
        "Математика 1",
        "علم الأحياء",
        "Βιολογία",
        "a" * 50,
        "a" * 51,
    )
    assert len({course_id(name) for name in names}) == len(names)


def test_the_id_does_not_depend_on_how_an_accent_is_stored() -> None:
    assert course_id("й") == course_id("и\u0306")
