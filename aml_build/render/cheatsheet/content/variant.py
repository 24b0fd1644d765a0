"""Variants of the sheet: grey, large print, one lesson, formulas only."""

from dataclasses import dataclass, replace

from msgspec import structs

from aml_build.model import SheetOptions
from aml_build.render.cheatsheet.content.box import Box, Part, Rank

_FEW = 40
"""Boxes; with more of them, any number of columns fills well."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Which boxes a sheet shows, and in which print."""

    name: str
    """Part of the file name; empty for the sheet itself."""
    grey: bool = False
    """In grey, with as little ink as possible."""
    large: bool = False
    """In large type, on as many pages as needed."""
    lesson: int | None = None
    """The number of the only lesson shown; ``None`` for all lessons."""
    formulas: bool = False
    """Formulas only."""
    grows: bool = False
    """Whether the sheet takes as many pages as it needs."""
    finder_steps: int = 1
    """How many size steps a finder may cost; one is invisible."""

    def columns(self, options: SheetOptions, boxes: int) -> tuple[int, ...]:
        """Return the numbers of columns to try on a page.

        A few large boxes rarely fill many columns, so a sheet that grows tries fewer columns too.
        """
        asked = options.columns
        if not self.grows or boxes > _FEW:
            return (asked,)
        return tuple(range(asked, max(min(asked, 2), asked - 2) - 1, -1))

    def options(self, options: SheetOptions) -> SheetOptions:
        """Return the course's options as this variant changes them; sizes in pt."""
        if self.large:
            return structs.replace(
                options,
                columns=max(1, round(options.columns * 0.6)),
                min_size=9.0,
                max_size=max(11.0, options.max_size),
            )
        if self.lesson is not None or self.formulas:
            return structs.replace(
                options, min_size=max(options.min_size, min(5.5, options.max_size))
            )
        return options


_SIX_PER_CENT = 12
"""Size steps: where pages are not limited, a finder is worth more."""
COLOUR = Variant("")
GREY = Variant("grey", grey=True)
LARGE = Variant("large", large=True, grows=True, finder_steps=_SIX_PER_CENT)
FORMULAS = Variant("formulas", formulas=True, grows=True, finder_steps=_SIX_PER_CENT)


def one_lesson(number: int) -> Variant:
    """Return the variant that shows one lesson."""
    return Variant(f"lesson-{number}", lesson=number, grows=True, finder_steps=_SIX_PER_CENT)


def selected(boxes: tuple[Box, ...], variant: Variant) -> tuple[Box, ...]:
    """Return the boxes, with those of their parts, that the variant shows."""
    found = tuple(box for box in boxes if variant.lesson in (None, box.lesson))
    if not variant.formulas:
        return found
    formulas = (replace(box, parts=_formulas(box.parts)) for box in found)
    return tuple(box for box in formulas if box.parts)


def _formulas(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the formulas and their legend, as a filler; nothing where there is no formula."""
    formulas = tuple(part for part in parts if part.name.startswith("formula "))
    legend = (replace(part, rank=Rank.FILLER) for part in parts if part.name == "legend")
    return (*formulas, *legend) if formulas else ()
