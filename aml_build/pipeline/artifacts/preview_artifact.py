"""The preview."""

from aml_build.pipeline.build_context import BuildContext, Made, counted
from aml_build.render.preview import preview


def make(context: BuildContext) -> Made:
    """Make the pages that show every card."""
    pages = preview(
        context.course, context.items, context.contents, context.drawings, content=context.content
    )
    files = {f"preview/{path}": data for path, data in pages.items()}
    return Made(files, f"{counted(context)}, front and back")
