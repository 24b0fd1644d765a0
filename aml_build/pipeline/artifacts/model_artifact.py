"""The concept model, for other tools."""

from aml_build.phrases import count_of
from aml_build.pipeline.build_context import ArtifactFiles, BuildContext
from aml_build.schema import json_schemas


def make(context: BuildContext) -> ArtifactFiles:
    """Make ``model.json``."""
    concepts = sum(len(lesson.concepts) for lesson in context.course.lessons)
    return ArtifactFiles(
        {"model.json": json_schemas.dump(context.course).encode()}, count_of(concepts, "concept")
    )
