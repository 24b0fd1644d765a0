"""The deck."""

from aml_build.pipeline.build_context import Made, Stage, counted
from aml_build.render.anki import deck


def make(stage: Stage) -> Made:
    """Make the Anki deck."""
    data = deck(
        stage.course, stage.contents, stage.drawings, stage.edition, stage.mtimes, stage.cache
    )
    return Made({f"{stage.course.id}.apkg": data}, counted(stage))
