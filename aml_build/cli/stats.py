"""`aml-build stats`."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.shared_options import MISTAKES, Whole, course_command, json_option


@course_command("stats")
@click.option("--new-a-day", type=Whole(1), default=20, show_default=True, help="New cards a day.")
@click.option("--all-boxes", is_flag=True, help="List every box of the cheat sheet, by lesson.")
@json_option
def stats_command(root: Path, out: Path, new_a_day: int, all_boxes: bool, as_json: bool) -> None:
    """Count concepts and cards, by lesson and kind.

    Also shows how long answers are, which concepts link to which, and the cost of each box on the
    cheat sheet.

    \b
    Examples: aml-build stats --new-a-day 10
              aml-build stats --all-boxes
    """
    import msgspec

    from aml_build.commands.stats import count
    from aml_build.stats.count_tables import as_text

    with console.progress() as on_progress:
        counted = count(root, out, new_a_day, on_progress)
    if counted.stats is None:
        console.show_outcome(counted.outcome, root, out, as_json=as_json)
        sys.exit(MISTAKES)
    if as_json:
        click.echo(msgspec.json.encode(counted.stats))
    else:
        click.echo(as_text(counted.stats, all_boxes=all_boxes))
    sys.exit(counted.outcome.exit_code)
