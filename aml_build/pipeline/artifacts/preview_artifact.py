"""The preview."""

from aml_build.pipeline.build_context import ArtifactFiles, BuildContext, counted
from aml_build.render.preview import preview


def make(context: BuildContext) -> ArtifactFiles:
    """Make the pages that show every card."""
    pages = preview(
        context.course, context.items, context.contents, context.drawings, content=context.content
    )
    files = {f"preview/{path}": data for path, data in pages.items()}
    return ArtifactFiles(files, f"{counted(context)}, front and back")
