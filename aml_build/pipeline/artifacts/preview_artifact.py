"""The preview."""

from aml_build.pipeline.build_context import Made, Stage, counted
from aml_build.render.preview import preview


def make(stage: Stage) -> Made:
    """Make the pages that show every card."""
    pages = preview(
        stage.course, stage.items, stage.contents, stage.drawings, content=stage.content
    )
    files = {f"preview/{path}": data for path, data in pages.items()}
    return Made(files, f"{counted(stage)}, front and back")
