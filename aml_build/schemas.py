"""The model as JSON, and the JSON Schema that describes it."""

import msgspec

from aml_build.model import Course

_SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def dump(course: Course) -> str:
    """Return the course as indented JSON, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(course), indent=1).decode() + "\n"


def model_schema() -> str:
    """Return the JSON Schema of ``model.json``, made from the model's own types."""
    schema = {"$schema": _SCHEMA_ID, "title": "Course", **msgspec.json.schema(Course)}
    return msgspec.json.format(msgspec.json.encode(schema), indent=1).decode() + "\n"
