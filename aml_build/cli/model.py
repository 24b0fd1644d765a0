"""`aml-build model` and `aml-build schema`: JSON for other tools."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.shared_options import MISTAKES, CourseCommand, NearestChoice, content_option


@click.command("model", cls=CourseCommand)
@content_option
def model_command(root: Path) -> None:
    """Print the concept model as JSON, for other tools.

    \b
    Example: aml-build model | jq '.lessons[].concepts[].key.id'
    """
    from aml_build.pipeline.build import check_notes
    from aml_build.schema import json_schemas
    from aml_build.storage.cache import Cache

    state = check_notes(root, Cache(None))
    if not state.sound or state.course is None:
        console.show_outcome(state.outcome, root, Path(), as_json=False)
        sys.exit(MISTAKES)
    click.echo(json_schemas.dump(state.course), nl=False)


@click.command("schema")
@click.argument("of", type=NearestChoice(["course", "lesson", "model"]))
def schema_command(of: str) -> None:
    """Print a JSON Schema, for editors and other tools.

    Of course.yaml, of a lesson's front matter, or of model.json.

    \b
    Example: aml-build schema course > course.schema.json
    """
    from aml_build.schema import json_schemas

    click.echo(json_schemas.schema(json_schemas.Described(of)), nl=False)
