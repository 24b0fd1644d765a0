"""The model as JSON, and the JSON Schemas of what the tool reads and writes."""

from enum import StrEnum

import msgspec

from aml_build.model import Course

_SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


class Described(StrEnum):
    """The files that have a schema."""

    COURSE = "course"
    """``course.yaml``"""
    LESSON = "lesson"
    """The front matter of a lesson."""
    MODEL = "model"
    """``model.json``"""

    @property
    def file(self) -> str:
        """Return the name of the schema's file."""
        return f"{self.value}.schema.json"


def dump(course: Course) -> str:
    """Return the course as indented JSON, ending in a newline."""
    return _indented(course)


def schema(of: Described) -> str:
    """Return a JSON Schema, made from the model's own types or the parser's own tables."""
    if of is Described.MODEL:
        return _indented({"$schema": _SCHEMA_ID, "title": "Course", **msgspec.json.schema(Course)})
    # Imported late, because printing a model needs no parser.
    from aml_build.schema.source_schemas import course_schema, lesson_schema

    return _indented(course_schema() if of is Described.COURSE else lesson_schema())


def _indented(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
