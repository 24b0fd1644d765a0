"""The deck."""

from aml_build.pipeline.build_context import ArtifactFiles, BuildContext, counted
from aml_build.release.compare import mtimes
from aml_build.render.anki import deck


def make(context: BuildContext) -> ArtifactFiles:
    """Make the Anki deck."""
    times = mtimes(context.lock, context.contents, context.edition.epoch)
    data = deck(
        context.course, context.contents, context.drawings, context.edition, times, context.cache
    )
    return ArtifactFiles({f"{context.course.id}.apkg": data}, counted(context))
