"""Other sheets from the same source: for less ink, weaker eyes, one lesson, formulas alone."""

from dataclasses import dataclass, replace

from aml_build.model import SheetOptions
from aml_build.render.cheatsheet.boxes import Box, Part, Rank

_FEW = 40
"""Boxes; with more, columns fill well whatever their number."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What a sheet shows and how."""

    name: str
    """Part of the file name; empty for the sheet itself."""
    grey: bool = False
    """In grey, with as little ink as possible."""
    large: bool = False
    """In type for weaker eyes, on as many pages as it takes."""
    lesson: int | None = None
    """One lesson's number; nothing for all."""
    formulas: bool = False
    """Formulas alone."""

    @property
    def grows(self) -> bool:
        """Return whether the sheet takes as many pages as it needs."""
        return self.large or self.lesson is not None or self.formulas

    @property
    def given_up(self) -> int:
        """Return how many steps of size a finder may cost: one that nobody sees, or six in a hundred."""
        return 12 if self.grows else 1

    def columns(self, options: SheetOptions, boxes: int) -> tuple[int, ...]:
        """Return the numbers of columns to try on a page.

        A few large boxes rarely fill many columns, so a sheet that may choose tries fewer.
        """
        asked = options.columns
        if not self.grows or boxes > _FEW:
            return (asked,)
        return tuple(range(asked, max(min(asked, 2), asked - 2) - 1, -1))

    @property
    def note(self) -> str:
        """Return what the sheet's head says of it."""
        return "formulas" if self.formulas else ""

    def options(self, options: SheetOptions) -> SheetOptions:
        """Return the course's options as this variant changes them."""
        if self.large:
            columns = max(1, round(options.columns * 0.6))
            return replace_options(options, columns, 9.0, max(11.0, options.max_size))
        if self.lesson is not None or self.formulas:
            smallest = max(options.min_size, min(5.5, options.max_size))
            return replace_options(options, options.columns, smallest, options.max_size)
        return options


def replace_options(
    options: SheetOptions, columns: int, smallest: float, largest: float
) -> SheetOptions:
    """Return the options with other columns and sizes in pt."""
    return SheetOptions(
        options.paper, options.orientation, options.pages, columns, smallest, largest
    )


COLOUR = Variant("")
GREY = Variant("grey", grey=True)
LARGE = Variant("large", large=True)
FORMULAS = Variant("formulas", formulas=True)


def one_lesson(number: int) -> Variant:
    """Return the variant that shows one lesson."""
    return Variant(f"lesson-{number}", lesson=number)


def selected(boxes: tuple[Box, ...], variant: Variant) -> tuple[Box, ...]:
    """Return the boxes, and of them the parts, that the variant shows."""
    found = tuple(box for box in boxes if variant.lesson in (None, box.lesson))
    if not variant.formulas:
        return found
    bare = (replace(box, parts=_formulas(box.parts)) for box in found)
    return tuple(box for box in bare if box.parts)


def _formulas(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the formulas with their legend, which is shown only where there is room."""
    kept = []
    for part in parts:
        if part.name.startswith("formula "):
            kept.append(part)
        elif part.name == "legend":
            kept.append(replace(part, rank=Rank.FILLER))
    return tuple(kept) if any(p.rank is not Rank.FILLER for p in kept) else ()
