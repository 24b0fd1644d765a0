"""``course.yaml``: the settings of the whole course."""

import re
from typing import TypeVar

import msgspec
import yaml

from aml_build import texmath
from aml_build.diagnostics.codes import WARNINGS, Code
from aml_build.diagnostics.suggestions import nearest
from aml_build.model import BookletOptions, Course, Macro, SheetOptions
from aml_build.model.option_table import Option, option_table
from aml_build.model.slugs import ID
from aml_build.parse.invisible_characters import report_invisible
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.yaml.mappings import Mapping, load

KEYS = tuple(
    "id title language authors licence description report_url macros checks retired sheet booklet".split()
)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MACRO = re.compile(r"\\[A-Za-z]+")
URL = re.compile(r"(https?://|mailto:)\S+")
OFF = ("off", "false", "no")
ON = ("on", "true", "yes")
_PARAMETER = re.compile(r"(?<!\\)#(.?)")
ARGUMENTS = range(10)
"""How many arguments a macro may have."""
Options = TypeVar("Options", SheetOptions, BookletOptions)


def read_settings(context: ParseContext) -> Course | None:
    """Read the course without its lessons; return nothing where it has no usable identity."""
    report_invisible(context)
    mapping = load(context, context.source.text, 0, "`course.yaml`")
    if mapping is None:
        return None
    mapping.move(lambda key: key.startswith("\\"), "macros", "a macro")
    mapping.only(KEYS)
    mapping.without_foreign(("title", "authors", "licence", "description"))
    usable = mapping.require("id", "id: my-course")
    titled = mapping.require("title", "title: My course")
    identity = mapping.text("id")
    if usable and not ID.fullmatch(identity):
        mapping.wrong(mapping.entries["id"][1], "id", "lower-case letters, digits and hyphens")
    if titled and not mapping.text("title"):
        mapping.wrong(mapping.entries["title"][1], "title", "the course's title")
    course = Course(
        id=identity,
        title=mapping.text("title"),
        language=_matching(mapping, "language", "en", LANGUAGE, "a language tag, like `en`"),
        authors=mapping.texts("authors"),
        licence=mapping.text("licence"),
        description=mapping.text("description"),
        report_url=_matching(
            mapping, "report_url", "", URL, "an address that begins with `https://`"
        ),
        macros=_macros(context, mapping.mapping("macros", "The list of macros")),
        disabled_checks=_checks(context, mapping.mapping("checks", "The list of checks")),
        sheet=_options(mapping.mapping("sheet", "The sheet"), SheetOptions),
        booklet=_options(mapping.mapping("booklet", "The booklet"), BookletOptions),
        lessons=(),
        retired=mapping.texts("retired"),
    )
    return course if identity else None


def _matching(
    mapping: Mapping, name: str, default: str, pattern: re.Pattern[str], wanted: str
) -> str:
    value = mapping.text(name, default)
    if value and not pattern.fullmatch(value):
        mapping.wrong(mapping.entries[name][1], name, wanted)
        return default
    return value


def _macros(context: ParseContext, mapping: Mapping | None) -> tuple[Macro, ...]:
    if mapping is None:
        return ()
    macros = {}
    for name, (key, value) in mapping.entries.items():
        problem, macro = _macro(name, value)
        if macro is not None:
            macros[name] = macro
            continue
        context.report(
            mapping.place(key if problem.startswith("`\\") or "name" in problem else value),
            Code.BAD_MACRO,
            f"The macro `{name}` cannot work: {problem}.",
            r"Write `\name: body`, or `\name: [body, number of arguments]`.",
        )
    for name in list(macros):
        _check_body(context, mapping, name, macros)
    return tuple(macros.values())


def _macro(name: str, value: yaml.Node) -> tuple[str, Macro | None]:
    if not MACRO.fullmatch(name):
        return "its name must be a backslash and letters", None
    if isinstance(value, yaml.ScalarNode):
        body, arity = value.value, "0"
    elif (
        isinstance(value, yaml.SequenceNode)
        and len(value.value) == 2
        and all(isinstance(part, yaml.ScalarNode) for part in value.value)
    ):
        body, arity = (part.value for part in value.value)
    elif isinstance(value, yaml.MappingNode):
        return "a body that begins with a brace is in single quotes", None
    else:
        return "it is neither a text nor a pair", None
    if not arity.isdecimal() or len(arity) > 2 or int(arity) not in ARGUMENTS:
        return f"it takes {ARGUMENTS[0]} to {ARGUMENTS[-1]} arguments", None
    for found in _PARAMETER.finditer(body):
        if not found[1].isdecimal() or not 1 <= int(found[1]) <= int(arity):
            return f"`#{found[1]}` is none of its {arity} arguments", None
    if not body.strip():
        return "its body is empty", None
    return "", Macro(name, int(arity), body)


def _check_body(
    context: ParseContext, mapping: Mapping, name: str, macros: dict[str, Macro]
) -> None:
    """Report what a macro's body may not contain, and drop a macro that cannot work."""
    body = _PARAMETER.sub(" x", macros[name].body)
    found = texmath.violations(body, macros)
    for _, _, message, hint in found:
        context.report(
            mapping.place(mapping.entries[name][1]),
            Code.BAD_MACRO,
            f"The macro `{name}` cannot work: {message}",
            hint,
        )
    if found:
        del macros[name]


def _checks(context: ParseContext, mapping: Mapping | None) -> tuple[str, ...]:
    if mapping is None:
        return ()
    off = []
    codes = [code.value for code in Code]
    for name, (key, value) in mapping.entries.items():
        if name not in codes:
            near = nearest(name, [code.value for code in WARNINGS])
            context.report(
                mapping.place(key),
                Code.UNKNOWN_KEY,
                f"There is no check `{name}`.",
                f"Did you mean `{near}`?"
                if near
                else "`aml-build help diagnostics` lists the names.",
            )
        elif name not in WARNINGS:
            context.report(
                mapping.place(key),
                Code.BAD_VALUE,
                f"`{name}` is an error, which cannot be switched off.",
                "Remove the line; warnings can be switched off.",
            )
        elif isinstance(value, yaml.ScalarNode) and value.value.lower() in OFF:
            off.append(name)
        elif not (isinstance(value, yaml.ScalarNode) and value.value.lower() in ON):
            mapping.wrong(value, name, "`off` or `on`")
    return tuple(off)


def _options(mapping: Mapping | None, kind: type[Options]) -> Options:
    """Read the options of an artifact; one that is missing or wrong has its default."""
    if mapping is None:
        return kind()
    table = option_table(kind)
    mapping.only([option.name for option in table])
    values: dict[str, str | float] = {}
    for option in table:
        # A maximum may not be below the minimum, which comes before it in the table.
        least = values.get(option.name.replace("max_", "min_"), option.low)
        values[option.name] = _value(mapping, option, float(least))
    return msgspec.convert(values, kind)


def _value(mapping: Mapping, option: Option, least: float) -> str | float:
    if option.choices:
        return mapping.choice(option.name, str(option.default), option.choices)
    default = option.default
    assert not isinstance(default, str)
    return mapping.number(
        option.name,
        max(default, least),
        type(default),
        lambda number: least <= number <= option.high,
        msgspec.structs.replace(option, low=least).values,
    )
