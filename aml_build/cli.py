"""The command line: parse options, call, print, exit."""

import re
import sys
from pathlib import Path

import click

from aml_build import console
from aml_build.options import Options, Target

CLEAN, MISTAKES, TROUBLE = 0, 1, 2

content_option = click.option(
    "--content",
    "root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("content"),
    show_default=True,
    help="The folder with course.yaml and the lessons.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Where the artifacts go.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
cache_option = click.option(
    "--no-cache",
    "use_cache",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Do everything anew.",
)


def _known_sheet(_context: click.Context, _option: click.Parameter, name: str) -> str:
    if re.fullmatch(r"colour|grey|large|formulas|lesson=\d+", name):
        return name
    raise click.BadParameter("write colour, grey, large, formulas, or lesson=3")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aml-build")
def cli() -> None:
    """Make Anki decks, a cheat sheet and a Q&A booklet from one set of Markdown notes.

    \b
    Exit codes: 0 all well, 1 mistakes in the notes, 2 wrong usage or a missing tool.
    """


@cli.command()
@click.argument("targets", nargs=-1, type=click.Choice([t.value for t in Target]))
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
@click.option("--write-lines", type=click.IntRange(0, 30), help="Ruled lines under a question.")
@click.option("--signature", type=click.IntRange(1), help="Sheets folded together; all by default.")
@click.option(
    "--creep",
    type=click.FloatRange(0, 2),
    default=0.0,
    help="Paper thickness, mm, for thick booklets.",
)
def build(
    targets: tuple[str, ...],
    root: Path,
    out: Path,
    use_cache: bool,
    as_json: bool,
    variant: str,
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
    from aml_build.build import Request
    from aml_build.build import build as run

    wanted = tuple(Target(t) for t in targets) or tuple(Target)
    chosen = Options(
        variant, one_sided, questions_only, answers_only, write_lines, signature, creep
    )
    with console.progress() as say:
        outcome = run(Request(root, out, wanted, chosen, use_cache=use_cache), say)
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)


@cli.command()
@content_option
@out_option
@click.option("--fix", is_flag=True, help="First write missing ids into the notes.")
@json_option
def check(root: Path, out: Path, fix: bool, as_json: bool) -> None:
    """List every mistake in the notes: file, line, column, what is wrong, what to type.

    \b
    Example: aml-build check --fix
    """
    from aml_build.build import Outcome, read
    from aml_build.cache import Cache

    if fix:
        from aml_build.fix import fix_course

        console.show_fixes(fix_course(root), as_json=as_json)
    with console.progress() as say:
        checked = read(root, Cache(out / ".cache"), say)
    outcome = Outcome(checked.diagnostics, missing=checked.missing, sources=checked.sources)
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)


@cli.command()
@content_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the model instead.")
def model(root: Path, schema: bool) -> None:
    """Print the concept model as JSON, for other tools.

    \b
    Example: aml-build model | jq '.lessons[].concepts[].key.id'
    """
    from aml_build import schemas
    from aml_build.build import Outcome, read
    from aml_build.cache import Cache

    if schema:
        click.echo(schemas.model_schema(), nl=False)
        return
    checked = read(root, Cache(None))
    if not checked.sound or checked.course is None:
        console.show_outcome(
            Outcome(checked.diagnostics, sources=checked.sources), root, Path(), as_json=False
        )
        sys.exit(MISTAKES)
    click.echo(schemas.dump(checked.course), nl=False)


@cli.command()
@click.argument("names", nargs=-1)
@content_option
@out_option
@json_option
def figures(names: tuple[str, ...], root: Path, out: Path, as_json: bool) -> None:
    """Draw all figures, or those NAMED, with their labels, to one page: out/figures.html.

    \b
    Example: aml-build figures my-figure
    """
    from aml_build.cache import Cache
    from aml_build.gallery import make_gallery

    with console.progress() as say:
        say("drawing the figures")
        outcome = make_gallery(root, out, names, Cache(out / ".cache"))
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)


@cli.command()
def doctor() -> None:
    """Tell which tools are there, which are missing, and how to get them.

    \b
    Example: aml-build doctor
    """
    from aml_build.doctor import examine

    findings = examine()
    console.show_findings(findings)
    sys.exit(CLEAN if all(f.found for f in findings) else TROUBLE)


def main() -> None:
    """Run the command line; what the operating system refuses is one line, not a traceback."""
    try:
        cli(standalone_mode=True)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"aml-build: {place}{error.strerror or error}", err=True)
        sys.exit(TROUBLE)
    except KeyboardInterrupt:
        click.echo("aml-build: interrupted; nothing half-written was left", err=True)
        sys.exit(130)
