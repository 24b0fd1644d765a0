"""The preview."""

from aml_build.pipeline.build_context import ArtifactFiles, BuildContext, count_cards
from aml_build.render.preview import preview


def make(context: BuildContext) -> ArtifactFiles:
    """Make the pages that show every card."""
    pages = preview(
        context.course,
        context.state.items,
        context.state.contents,
        context.state.drawings,
        content=context.content,
    )
    files = {f"preview/{path}": data for path, data in pages.items()}
    return ArtifactFiles(files, f"{count_cards(context.state)}, front and back")
