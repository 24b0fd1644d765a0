"""`aml-build build`, `check` and `figures`: what contributors run all day."""

import re
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from aml_build.cli import console
from aml_build.cli.options import (
    CourseCommand,
    NearestChoice,
    Whole,
    cache_option,
    content_option,
    json_option,
    named,
    out_option,
)
from aml_build.diagnostics.suggestions import nearest
from aml_build.pipeline.options import NoSuchLesson, Options, Target

SHEETS = ("colour", "grey", "large", "formulas")


def _known_sheet(_context: click.Context, _option: click.Parameter, name: str) -> str:
    if name in SHEETS or re.fullmatch(r"lesson=\d+", name):
        return name
    wish = nearest(name, SHEETS)
    hint = f"Did you mean {wish!r}?" if wish else f"Write {', '.join(SHEETS)}, or lesson=3."
    raise click.BadParameter(f"There is no sheet {name!r}. {hint}")


class _Targets(NearestChoice):
    """What can be built; of a folder, say how a course is named."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return what is wrong and what to type."""
        said = super().get_invalid_choice_message(value, ctx)
        return f"{said} {named(str(value))}" if Path(str(value)).is_dir() else said


_FOR = {
    "variant": Target.SHEET,
    "one_sided": Target.BOOKLET,
    "questions_only": Target.BOOKLET,
    "answers_only": Target.BOOKLET,
    "write_lines": Target.BOOKLET,
    "lessons": Target.BOOKLET,
    "signature": Target.BOOKLET,
    "creep": Target.BOOKLET,
}
_AT_ODDS = (
    ("questions_only", "answers_only", "leave nothing out"),
    ("answers_only", "write_lines", "leave no question to write under"),
    ("one_sided", "signature", "leave nothing to fold"),
    ("one_sided", "creep", "leave nothing to fold"),
)


def _check_use(context: click.Context, wanted: tuple[Target, ...]) -> None:
    """Refuse an option that would change nothing: what it was typed for would silently not be made."""
    typed = {
        str(parameter.name): parameter.opts[0]
        for parameter in context.command.params
        if context.get_parameter_source(str(parameter.name)) is ParameterSource.COMMANDLINE
    }
    for name, option in typed.items():
        target = _FOR.get(name)
        if target is not None and target not in wanted:
            instead = ""
            if name == "lessons" and Target.SHEET in wanted:
                instead = f", or write --sheet lesson={context.params[name][0]}"
            raise click.UsageError(
                f"{option} is for the {target}, which is not asked for. Name {target} too{instead}."
            )
    for one, other, what in _AT_ODDS:
        if one in typed and other in typed:
            raise click.UsageError(
                f"{typed[one]} and {typed[other]} together {what}. Write one of them, or none."
            )


@click.command()
@click.argument(
    "targets", metavar="[TARGET]...", nargs=-1, type=_Targets([t.value for t in Target])
)
@content_option
@out_option
@cache_option
@json_option
@click.option(
    "--sheet",
    "variant",
    metavar="VARIANT",
    default="colour",
    show_default=True,
    callback=_known_sheet,
    help="Which cheat sheet: colour, grey, large, formulas, or lesson=N.",
)
@click.option("--one-sided", is_flag=True, help="A booklet for screens and one-sided printing.")
@click.option("--questions-only", is_flag=True, help="A booklet to sit as a test.")
@click.option("--answers-only", is_flag=True, help="A booklet of the answers alone.")
@click.option("--write-lines", type=Whole(0, 30), help="Ruled lines under a question.")
@click.option(
    "--lesson",
    "lessons",
    type=Whole(1),
    multiple=True,
    help="A booklet of this lesson alone; may be given several times.",
)
@click.option(
    "--signature",
    type=Whole(1),
    help="Sheets folded together; by default all up to 12, else 8.",
)
@click.option(
    "--creep",
    type=click.FloatRange(0, 2),
    default=0.0,
    help="Paper thickness, mm, for thick booklets.",
)
@click.pass_context
def build(
    context: click.Context,
    targets: tuple[str, ...],
    root: Path,
    out: Path,
    use_cache: bool,
    as_json: bool,
    variant: str,
    lessons: tuple[int, ...],
    signature: int | None,
    creep: float,
    one_sided: bool,
    questions_only: bool,
    answers_only: bool,
    write_lines: int | None,
) -> None:
    """Build all artifacts, or only the TARGETs named.

    \b
    Examples: aml-build build
              aml-build build deck
              aml-build build sheet --sheet grey
              aml-build build booklet --questions-only --write-lines 4
    """
    from aml_build.commands.build import build as run
    from aml_build.pipeline.outcome import Request

    wanted = tuple(Target(t) for t in targets) or tuple(Target)
    _check_use(context, wanted)
    chosen = Options(
        variant, one_sided, questions_only, answers_only, write_lines, lessons, signature, creep
    )
    with console.progress() as on_progress:
        try:
            outcome = run(Request(root, out, wanted, chosen, use_cache=use_cache), on_progress)
        except NoSuchLesson as wish:
            raise click.UsageError(str(wish)) from None
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)


@click.command(cls=CourseCommand)
@content_option
@out_option
@click.option("--fix", is_flag=True, help="First write missing ids into the notes.")
@click.option(
    "--sarif",
    "sarif_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write what was found to FILE as SARIF, for code hosts.",
)
@json_option
def check(root: Path, out: Path, fix: bool, sarif_file: Path | None, as_json: bool) -> None:
    """List every mistake in the notes, and what to type instead.

    Each with its file, line and column.

    \b
    Examples: aml-build check --fix
              aml-build check --sarif out/check.sarif
    """
    from aml_build.pipeline.build import read
    from aml_build.pipeline.outcome import Outcome
    from aml_build.storage.cache import Cache

    if fix:
        from aml_build.commands.fix import fix_course

        console.show_fixes(fix_course(root), as_json=as_json)
    with console.progress() as on_progress:
        checked = read(root, Cache(out / ".cache"), on_progress)
    if sarif_file is not None:
        from aml_build.diagnostics.sarif import sarif
        from aml_build.storage.cache import write_atomically

        log = sarif(checked.diagnostics, checked.sources, root, checked.missing)
        write_atomically(sarif_file, log.encode())
    outcome = Outcome(checked.diagnostics, missing=checked.missing, sources=checked.sources)
    console.show_outcome(outcome, root, out, as_json=as_json)
    if not (as_json or outcome.diagnostics or outcome.missing):
        click.echo("no mistakes")
    sys.exit(outcome.exit_code)


@click.command()
@click.argument("names", nargs=-1)
@content_option
@out_option
@json_option
def figures(names: tuple[str, ...], root: Path, out: Path, as_json: bool) -> None:
    """Draw all figures, or those NAMED, with their labels.

    They stand on one page: out/figures.html.

    \b
    Example: aml-build figures my-figure
    """
    from aml_build.commands.figures import FigureNotFoundError, make_gallery
    from aml_build.storage.cache import Cache

    with console.progress() as on_progress:
        on_progress("drawing the figures")
        try:
            outcome = make_gallery(root, out, names, Cache(out / ".cache"))
        except FigureNotFoundError as wish:
            raise click.UsageError(str(wish)) from None
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)
