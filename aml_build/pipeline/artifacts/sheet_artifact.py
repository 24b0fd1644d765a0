"""The cheat sheet."""

from aml_build.pipeline.build_context import Made, Stage
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


def make(stage: Stage) -> Made:
    """Make the sheet that the options name, and its report."""
    variant = _variant(stage.options.sheet)
    try:
        made = sheet(stage.course, stage.drawings, stage.edition, stage.cache, variant)
    except NothingToShowError:
        return Made({}, "no sheet: nothing to show on it")
    if made.pdf is None:
        return Made({}, made.summary, made.diagnostics)
    name = f"cheatsheet-{variant.name}" if variant.name else "cheatsheet"
    files = {f"{name}.pdf": made.pdf, f"{name}-report.txt": made.report.encode()}
    return Made(files, made.summary, made.diagnostics)


def _variant(name: str) -> Variant:
    """Return the sheet of that name; raise ``ValueError`` for ``lesson=`` without a number."""
    kind, _, number = name.partition("=")
    if kind == "lesson":
        return one_lesson(int(number))
    return {"colour": COLOUR, "grey": GREY, "large": LARGE, "formulas": FORMULAS}[kind]
