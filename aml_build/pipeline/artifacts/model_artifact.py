"""The concept model, for other tools."""

from aml_build.pipeline.build_context import Made, Stage
from aml_build.schema import json_schemas as schemas


def make(stage: Stage) -> Made:
    """Make ``model.json``."""
    concepts = sum(len(lesson.concepts) for lesson in stage.course.lessons)
    return Made({"model.json": schemas.dump(stage.course).encode()}, f"{concepts} concepts")
