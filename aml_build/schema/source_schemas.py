"""The JSON Schemas of ``course.yaml`` and front matter, made from the parser's own tables.

Editors complete and check with them. They are never stricter than the parser, because only the
parser knows what depends on other values or other files.
"""

from collections.abc import Mapping, Sequence

from aml_build.diagnostics.codes import WARNINGS
from aml_build.model import BookletOptions, SheetOptions
from aml_build.model.option_table import Option, option_table
from aml_build.model.slugs import ID
from aml_build.parse import lesson
from aml_build.parse.yaml import course_settings
from aml_build.storage.source_paths import SETTINGS

Schema = dict[str, object]

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest that YAML editors know."""
_WARNINGS = sorted(code.value for code in WARNINGS)
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
"""The parser reads numbers and words like `yes` as they are written."""
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_FILLED: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_SWITCH: Schema = {"enum": [*course_settings.OFF, *course_settings.ON, False, True]}


def course_schema() -> Schema:
    """Return the JSON Schema of ``course.yaml``."""
    keys: Mapping[str, Schema] = {
        "id": _key(
            "Part of every card's identity: never change it once people study.",
            _matching(ID.pattern),
        ),
        "title": _key("The course's title: on the deck, the sheet and the booklet.", _FILLED),
        "language": _key(
            "The language of the notes, as in `en` or `pt-BR`.",
            _matching(course_settings.LANGUAGE.pattern, empty=True),
            default="en",
        ),
        "authors": _key("Who wrote the notes: one name or a list.", _TEXTS),
        "licence": _key("What others may do with the notes, as in `CC BY-SA 4.0`.", _TEXT),
        "description": _key("One paragraph for the deck and the title page.", _TEXT),
        "report_url": _key(
            "Where a reader reports a mistake; `{concept}` is replaced by the concept's id. "
            "Empty: cards have no such link.",
            _matching(course_settings.URL.pattern, empty=True),
            default="",
        ),
        "macros": _key(
            "LaTeX commands for every formula: `\\name: body`, or "
            "`\\name: [body, number of arguments]`.",
            {
                "type": ["object", "null"],
                "propertyNames": _matching(course_settings.MACRO.pattern),
                "additionalProperties": {
                    "anyOf": [
                        {"type": ["string", "number"]},
                        {
                            "type": "array",
                            "items": [
                                {"type": ["string", "number"]},
                                _whole(course_settings.ARGUMENTS),
                            ],
                            "minItems": 2,
                            "maxItems": 2,
                        },
                    ]
                },
            },
        ),
        "checks": _key(
            "Warnings to switch off: `long-answer: off`.",
            _mapping(dict.fromkeys(_WARNINGS, _SWITCH), _WARNINGS),
        ),
        "retired": _key("What was removed on purpose: ids of concepts, or `concept/part`.", _TEXTS),
        "sheet": _key("The cheat sheet.", _options(SheetOptions)),
        "booklet": _key("The booklet.", _options(BookletOptions)),
    }
    top = _mapping(keys, course_settings.KEYS, required=("id", "title"))
    return {"$schema": _DRAFT, "title": SETTINGS, **top}


def lesson_schema() -> Schema:
    """Return the JSON Schema of a lesson's front matter."""
    keys: Mapping[str, Schema] = {
        "lesson": _key("The lesson's number, unique: it gives the order.", _whole(lesson.NUMBERS)),
        "title": _key("The lesson's title.", _FILLED),
        "label": _key("The text before the title, in place of `Lesson 3`.", _TEXT),
    }
    top = _mapping(keys, lesson.KEYS, required=("lesson", "title"))
    return {"$schema": _DRAFT, "title": "Front matter of a lesson", **top}


def _options(kind: type[SheetOptions] | type[BookletOptions]) -> Schema:
    keys = {o.name: _key(o.description, _values(o), o.default) for o in option_table(kind)}
    return _mapping(keys, tuple(keys))


def _values(option: Option) -> Schema:
    if option.choices:
        return {"enum": list(option.choices)}
    kind = "integer" if isinstance(option.default, int) else "number"
    return {"type": kind, "minimum": option.low, "maximum": option.high}


def _mapping(
    keys: Mapping[str, Schema], known: Sequence[str], required: Sequence[str] = ()
) -> Schema:
    """Return the schema of a mapping with the parser's keys, in its order.

    Raise ``KeyError`` for a key without a schema.
    """
    return {
        "type": "object" if required else ["object", "null"],
        "properties": {name: keys[name] for name in known},
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }


def _key(description: str, schema: Schema, default: object = None) -> Schema:
    key = {"description": description, **schema}
    return key if default is None else {**key, "default": default}


def _matching(pattern: str, *, empty: bool = False) -> Schema:
    if not empty:
        return {"type": "string", "pattern": f"^(?:{pattern})$"}
    return {"type": ["string", "null"], "pattern": f"^(?:{pattern})?$"}


def _whole(bounds: range) -> Schema:
    return {"type": "integer", "minimum": bounds[0], "maximum": bounds[-1]}
