"""What the YAML of a course may hold, as JSON Schema: made from the parser's own tables.

Editors complete and check with it. It is never stricter than the parser, which alone knows what
hangs on other values or other files.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from aml_build.diagnostics.codes import WARNINGS
from aml_build.model import Orientation, Paper
from aml_build.parse import lesson
from aml_build.parse.yaml import course_settings as settings

Schema = dict[str, object]

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest that YAML editors know."""
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
"""The parser reads numbers and words like `yes` as they are written."""
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_SWITCH: Schema = {"enum": [*settings.OFF, *settings.ON, False, True]}


def course_schema() -> Schema:
    """Return the JSON Schema of ``course.yaml``."""
    keys: Mapping[str, Schema] = {
        "id": _told(
            "Part of every card's identity: never change it once people study.",
            _matching(settings.ID.pattern),
        ),
        "title": _told("The course's title: on the deck, the sheet and the booklet.", _filled()),
        "language": _told(
            "The language of the notes, as in `en` or `pt-BR`.",
            _matching(settings.LANGUAGE.pattern, empty=True),
            default="en",
        ),
        "authors": _told("Who wrote the notes: one name or a list.", _TEXTS),
        "licence": _told("What others may do with the notes, as in `CC BY-SA 4.0`.", _TEXT),
        "description": _told("One paragraph for the deck and the title page.", _TEXT),
        "report_url": _told(
            "Where a reader reports a mistake; `{concept}` stands for the concept's id. "
            "Empty: cards have no such link.",
            _matching(settings.URL.pattern, empty=True),
            default="",
        ),
        "macros": _told(
            "LaTeX commands for every formula: `\\name: body`, or "
            "`\\name: [body, number of arguments]`.",
            {
                "type": ["object", "null"],
                "propertyNames": _matching(settings.MACRO.pattern),
                "additionalProperties": {
                    "anyOf": [
                        {"type": ["string", "number"]},
                        {
                            "type": "array",
                            "items": [{"type": ["string", "number"]}, _whole(settings.ARGUMENTS)],
                            "minItems": 2,
                            "maxItems": 2,
                        },
                    ]
                },
            },
        ),
        "checks": _told(
            "Warnings to be switched off: `long-answer: off`.",
            _mapping(dict.fromkeys(sorted(WARNINGS), _SWITCH), sorted(WARNINGS)),
        ),
        "retired": _told(
            "What was taken away on purpose: ids of concepts, or `concept/part`.", _TEXTS
        ),
        "sheet": _told("The cheat sheet.", _sheet()),
        "booklet": _told("The booklet.", _booklet()),
    }
    top = _mapping(keys, settings.KEYS, required=("id", "title"))
    return {"$schema": _DRAFT, "title": settings.NAME, **top}


def lesson_schema() -> Schema:
    """Return the JSON Schema of a lesson's front matter."""
    keys: Mapping[str, Schema] = {
        "lesson": _told("The lesson's number, unique: it gives the order.", _whole(lesson.NUMBERS)),
        "title": _told("The lesson's title.", _filled()),
        "label": _told("What stands before the title in place of `Lesson 3`.", _TEXT),
    }
    top = _mapping(keys, lesson.KEYS, required=("lesson", "title"))
    return {"$schema": _DRAFT, "title": "Front matter of a lesson", **top}


def _sheet() -> Schema:
    keys: Mapping[str, Schema] = {
        "paper": _told("The paper it is printed on.", _one_of(Paper), default=Paper.A4.value),
        "orientation": _told(
            "How the paper is held.", _one_of(Orientation), default=Orientation.LANDSCAPE.value
        ),
        "pages": _told("How many pages it may fill.", _whole(settings.PAGES), default=2),
        "columns": _told("How many columns a page has.", _whole(settings.COLUMNS), default=5),
        "min_size": _told(
            "The smallest type it may be set in, pt.", _number(settings.SIZES), default=5.0
        ),
        "max_size": _told(
            "The largest type worth using, pt; not below `min_size`.",
            _number(settings.SIZES),
            default=9.0,
        ),
    }
    return _mapping(keys, settings.SHEET_KEYS)


def _booklet() -> Schema:
    keys: Mapping[str, Schema] = {
        "paper": _told("The paper it is printed on, folded once.", _one_of(Paper), default="a4"),
        "write_lines": _told(
            "Ruled lines under each question.", _whole(settings.WRITE_LINES), default=0
        ),
    }
    return _mapping(keys, settings.BOOKLET_KEYS)


def _mapping(
    keys: Mapping[str, Schema], known: Sequence[str], required: Sequence[str] = ()
) -> Schema:
    """Return the schema of a mapping with the parser's keys, in its order; fail if one is missing."""
    return {
        "type": "object" if required else ["object", "null"],
        "properties": {name: keys[name] for name in known},
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }


def _told(description: str, schema: Schema, default: object = None) -> Schema:
    told = {"description": description, **schema}
    return told if default is None else {**told, "default": default}


def _matching(pattern: str, *, empty: bool = False) -> Schema:
    if not empty:
        return {"type": "string", "pattern": f"^(?:{pattern})$"}
    return {"type": ["string", "null"], "pattern": f"^(?:{pattern})?$"}


def _filled() -> Schema:
    return {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def _one_of(choices: type[StrEnum]) -> Schema:
    return {"enum": [choice.value for choice in choices]}


def _whole(bounds: settings.Bounds) -> Schema:
    return {"type": "integer", "minimum": bounds.low, "maximum": bounds.high}


def _number(bounds: settings.Bounds) -> Schema:
    return {"type": "number", "minimum": bounds.low, "maximum": bounds.high}
