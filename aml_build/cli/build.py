"""`aml-build build`."""

import sys
from pathlib import Path

import click
import msgspec
from click.core import ParameterSource

from aml_build.cli import console
from aml_build.cli.shared_options import (
    NearestChoice,
    Whole,
    cache_option,
    content_option,
    course_hint,
    json_option,
    out_option,
)
from aml_build.diagnostics.suggestions import nearest
from aml_build.pipeline.options import (
    BookletRequest,
    LessonNotFoundError,
    Options,
    SheetKind,
    SheetRequest,
    Target,
)

_CONFLICTS = (
    ("questions_only", "answers_only", "leave nothing out"),
    ("answers_only", "write_lines", "leave no question to write under"),
    ("one_sided", "signature", "leave nothing to fold"),
    ("one_sided", "creep", "leave nothing to fold"),
)


def _sheet_request(_context: click.Context, _option: click.Parameter, name: str) -> SheetRequest:
    """Return the sheet of that name; fail with the nearest name for one that is unknown."""
    word, _, number = name.partition("=")
    if word == "lesson" and number.isdecimal():
        return SheetRequest(lesson=int(number))
    kinds = [kind.value for kind in SheetKind]
    if name in kinds:
        return SheetRequest(SheetKind(name))
    near = nearest(name, kinds)
    hint = f"Did you mean {near!r}?" if near else f"Write {', '.join(kinds)}, or lesson=3."
    raise click.BadParameter(f"There is no sheet {name!r}. {hint}")


class _TargetChoice(NearestChoice):
    """The name of an artifact; for a folder, the message tells how to name a course."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return what is wrong and what to type."""
        message = super().get_invalid_choice_message(value, ctx)
        return f"{message} {course_hint(str(value))}" if Path(str(value)).is_dir() else message


class _BuildCommand(click.Command):
    """A command whose help lists the artifacts."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the artifacts, then the options."""
        with formatter.section("Targets"):
            formatter.write_dl([(target.value, f"Build {target.help}.") for target in Target])
        super().format_options(ctx, formatter)


@click.command("build", cls=_BuildCommand)
@click.argument(
    "targets", metavar="[TARGET]...", nargs=-1, type=_TargetChoice([t.value for t in Target])
)
@content_option
@out_option
@cache_option
@json_option
@click.option(
    "--sheet",
    metavar="VARIANT",
    default=SheetKind.COLOUR.value,
    show_default=True,
    callback=_sheet_request,
    help="Which cheat sheet: colour, grey, large, formulas, or lesson=N.",
)
@click.option("--one-sided", is_flag=True, help="A booklet for one-sided printing or a screen.")
@click.option("--questions-only", is_flag=True, help="A booklet to sit as a test.")
@click.option("--answers-only", is_flag=True, help="A booklet of the answers alone.")
@click.option(
    "--write-lines", metavar="N", type=Whole(0, 30), help="N ruled lines under each question."
)
@click.option(
    "--lesson",
    "lessons",
    metavar="N",
    type=Whole(1),
    multiple=True,
    help="A booklet of lesson N alone; may be given several times.",
)
@click.option(
    "--signature",
    metavar="N",
    type=Whole(1),
    help="Fold at most N sheets together, evenly; by default all up to 12, else 8.",
)
@click.option(
    "--creep",
    metavar="MM",
    type=click.FloatRange(0, 2),
    default=0.0,
    help="Draw each sheet's pages MM millimetres further to the fold than those around it.",
)
def build_command(
    targets: tuple[str, ...],
    root: Path,
    out: Path,
    use_cache: bool,
    as_json: bool,
    sheet: SheetRequest,
    **booklet: object,
) -> None:
    """Build all artifacts, or only the TARGETs named.

    \b
    Examples: aml-build build
              aml-build build deck
              aml-build build sheet --sheet grey
              aml-build build booklet --questions-only --write-lines 4
    """
    from aml_build.commands.build import build
    from aml_build.pipeline.request import BuildRequest

    wanted = tuple(Target[name.upper()] for name in targets) or tuple(Target)
    _check_options(click.get_current_context(), wanted)
    options = Options(sheet, msgspec.convert(booklet, BookletRequest))
    request = BuildRequest(root, out, wanted, options, use_cache=use_cache)
    with console.progress() as on_progress:
        try:
            outcome = build(request, on_progress)
        except LessonNotFoundError as error:
            raise click.UsageError(str(error)) from None
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)


def _check_options(context: click.Context, wanted: tuple[Target, ...]) -> None:
    """Fail for an option without effect, because the user expects the artifact that it is for."""
    typed = {
        str(parameter.name): parameter.opts[0]
        for parameter in context.command.params
        if context.get_parameter_source(str(parameter.name)) is ParameterSource.COMMANDLINE
    }
    for name, option in typed.items():
        target = next((target for target in Target if name in target.options), None)
        if target is not None and target not in wanted:
            instead = ""
            if name == "lessons" and Target.SHEET in wanted:
                instead = f", or write --sheet lesson={context.params[name][0]}"
            raise click.UsageError(
                f"{option} is for the {target}, which is not asked for. Name {target} too{instead}."
            )
    for one, other, effect in _CONFLICTS:
        if one in typed and other in typed:
            raise click.UsageError(
                f"{typed[one]} and {typed[other]} together {effect}. Write one of them, or none."
            )
