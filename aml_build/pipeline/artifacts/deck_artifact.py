"""The deck."""

from aml_build.pipeline.build_context import ArtifactFiles, BuildContext, count_cards
from aml_build.render.anki import deck


def make(context: BuildContext) -> ArtifactFiles:
    """Make the Anki deck."""
    data = deck(
        context.course,
        context.state.contents,
        context.state.drawings,
        context.edition,
        context.state.times,
        context.cache,
    )
    return ArtifactFiles({f"{context.course.id}.apkg": data}, count_cards(context.state))
