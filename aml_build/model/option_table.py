"""The options of an artifact as a table: one row a field of its struct."""

import msgspec
from msgspec import inspect

from aml_build.model.course import BookletOptions, SheetOptions


class Option(msgspec.Struct, frozen=True):
    """One option of ``course.yaml``."""

    name: str
    description: str
    default: str | float
    choices: tuple[str, ...] = ()
    """The words to choose from; empty for a number."""
    low: float = 0
    """The least number allowed."""
    high: float = 0
    """The greatest number allowed."""

    @property
    def values(self) -> str:
        """Return what may be written: "`a4` or `letter`", or "a whole number from 1 to 9"."""
        if self.choices:
            return " or ".join(f"`{choice}`" for choice in self.choices)
        kind = "whole number" if isinstance(self.default, int) else "number"
        return f"a {kind} from {self.low:g} to {self.high:g}"


def option_table(options: type[SheetOptions] | type[BookletOptions]) -> tuple[Option, ...]:
    """Return the rows of a struct of options, in its order.

    Raise ``TypeError`` for a field without description, or neither an enum nor a number with bounds.
    """
    struct = inspect.type_info(options)
    assert isinstance(struct, inspect.StructType)
    return tuple(_option(field) for field in struct.fields)


def _option(field: inspect.Field) -> Option:
    kind, description = field.type, ""
    if isinstance(kind, inspect.Metadata):
        description = str((kind.extra_json_schema or {}).get("description", ""))
        kind = kind.type
    if not description:
        raise TypeError(f"the option `{field.name}` has no description")
    match kind:
        case inspect.EnumType(cls):
            words = tuple(member.value for member in cls)
            return Option(field.name, description, str(field.default), words)
        case inspect.IntType() | inspect.FloatType() if kind.ge is not None and kind.le is not None:
            return Option(field.name, description, field.default, (), kind.ge, kind.le)
    raise TypeError(f"the option `{field.name}` is neither an enum nor a number with ge and le")
