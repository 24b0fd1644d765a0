"""The concept model, for other tools."""

from aml_build import schemas
from aml_build.makers.stage import Made, Stage


def make(stage: Stage) -> Made:
    """Make ``model.json``."""
    concepts = sum(len(lesson.concepts) for lesson in stage.course.lessons)
    return Made({"model.json": schemas.dump(stage.course).encode()}, f"{concepts} concepts")
