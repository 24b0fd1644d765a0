"""The body of a section: which numbered items are concepts, and which are steps within one."""

from collections.abc import Callable

import pytest

from aml_build.commands.import_notes import ImportResult
from aml_build.parse.course import parse_course

_NOTES = """\
Lesson 1: Growth

1. **Counting** takes a few steps.

{steps}

2. **Density** is a number of cells in a volume.
"""


@pytest.mark.parametrize(
    ("steps", "concepts"),
    [
        (("Shake it.", "Count it."), []),
        # Exactly half of the items begin with a bold term: still steps.
        (("**Shake** it.", "Count it."), []),
        (("**Shaker** : shakes it.", "**Counter** : counts it."), ["shaker", "counter"]),
    ],
)
def test_numbers_that_begin_again_within_a_count_are_steps_unless_most_items_are_terms(
    imported: Callable[..., ImportResult], steps: tuple[str, ...], concepts: list[str]
) -> None:
    numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    done = imported(_NOTES.format(steps=numbered))
    course = parse_course(done.folder).course
    assert course is not None
    found = [concept.id for concept in course.lessons[0].concepts]
    assert found == ["counting", *concepts, "density"]
