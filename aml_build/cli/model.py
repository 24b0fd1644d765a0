"""`aml-build model`."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.options import MISTAKES, CourseCommand, content_option


@click.command("model", cls=CourseCommand)
@content_option
def model_command(root: Path) -> None:
    """Print the concept model as JSON, for other tools.

    \b
    Example: aml-build model | jq '.lessons[].concepts[].key.id'
    """
    from aml_build.pipeline.build import read
    from aml_build.pipeline.outcome import Outcome
    from aml_build.schema import json_schemas as schemas
    from aml_build.storage.cache import Cache

    checked = read(root, Cache(None))
    if not checked.sound or checked.course is None:
        console.show_outcome(
            Outcome(checked.diagnostics, sources=checked.sources), root, Path(), as_json=False
        )
        sys.exit(MISTAKES)
    click.echo(schemas.dump(checked.course), nl=False)
