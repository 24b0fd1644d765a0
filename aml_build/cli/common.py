"""Options that several commands share, and the exit codes."""

from pathlib import Path

import click

from aml_build.diagnostics import nearest

CLEAN, MISTAKES, TROUBLE = 0, 1, 2


class NearestChoice(click.Choice[str]):
    """One of a few words; of a misspelt one, say which was meant."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return what is wrong and what to type."""
        wish = nearest(str(value), self.choices)
        if wish is None:
            return super().get_invalid_choice_message(value, ctx)
        return f"{value!r} is not one of them. Did you mean {wish!r}?"


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
    type=click.Path(path_type=Path),
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
