"""The cheat sheet."""

from typing import assert_never

from aml_build.pipeline.build_context import ArtifactFiles, BuildContext
from aml_build.pipeline.options import SheetKind, SheetRequest
from aml_build.render.cheatsheet import (
    COLOUR,
    FORMULAS,
    GREY,
    LARGE,
    NothingToShowError,
    Variant,
    one_lesson,
    sheet,
)


def make(context: BuildContext) -> ArtifactFiles:
    """Make the sheet that the options name, and its report."""
    variant = _variant(context.options.sheet)
    try:
        made = sheet(
            context.course, context.state.drawings, context.edition, context.cache, variant
        )
    except NothingToShowError:
        return ArtifactFiles({}, "no sheet: nothing to show on it")
    if made.pdf is None:
        return ArtifactFiles({}, made.summary, made.diagnostics)
    name = f"cheatsheet-{variant.name}" if variant.name else "cheatsheet"
    files = {f"{name}.pdf": made.pdf, f"{name}-report.txt": made.report.encode()}
    return ArtifactFiles(files, made.summary, made.diagnostics)


def _variant(request: SheetRequest) -> Variant:
    if request.lesson is not None:
        return one_lesson(request.lesson)
    match request.kind:
        case SheetKind.COLOUR:
            return COLOUR
        case SheetKind.GREY:
            return GREY
        case SheetKind.LARGE:
            return LARGE
        case SheetKind.FORMULAS:
            return FORMULAS
    assert_never(request.kind)
