"""The cheat sheet."""

from typing import assert_never

from aml_build.figures.picture_files import for_paper
from aml_build.pipeline.build_context import ArtifactFiles, BuildContext
from aml_build.pipeline.options import SheetKind, SheetRequest
from aml_build.render import cheatsheet


def make(context: BuildContext) -> ArtifactFiles:
    """Make the sheet that the options name, and its report."""
    variant = _variant(context.options.sheet)
    width, height = cheatsheet.largest_picture(context.course.sheet, variant)
    drawings = for_paper(context.root, context.state.drawings, width, height, context.cache)
    try:
        made = cheatsheet.sheet(context.course, drawings, context.edition, context.cache, variant)
    except cheatsheet.NothingToShowError:
        return ArtifactFiles({}, "no sheet: nothing to show on it")
    if made.pdf is None:
        return ArtifactFiles({}, made.report.summary, made.diagnostics)
    name = f"cheatsheet-{variant.name}" if variant.name else "cheatsheet"
    files = {f"{name}.pdf": made.pdf, f"{name}-report.txt": made.report.text.encode()}
    return ArtifactFiles(files, made.report.summary, made.diagnostics)


def _variant(request: SheetRequest) -> cheatsheet.Variant:
    if request.lesson is not None:
        return cheatsheet.one_lesson(request.lesson)
    match request.kind:
        case SheetKind.COLOUR:
            return cheatsheet.COLOUR
        case SheetKind.GREY:
            return cheatsheet.GREY
        case SheetKind.LARGE:
            return cheatsheet.LARGE
        case SheetKind.FORMULAS:
            return cheatsheet.FORMULAS
    assert_never(request.kind)
