"""The concept model, for other tools."""

from aml_build.pipeline.build_context import BuildContext, Made
from aml_build.schema import json_schemas as schemas


def make(context: BuildContext) -> Made:
    """Make ``model.json``."""
    concepts = sum(len(lesson.concepts) for lesson in context.course.lessons)
    return Made({"model.json": schemas.dump(context.course).encode()}, f"{concepts} concepts")
