"""`aml-build schema`."""

import click

from aml_build.cli.shared_options import NearestChoice


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
