"""A figure as artifacts need it: for print, for cards, and where its labels lie."""

import msgspec


class LabelBox(msgspec.Struct, frozen=True):
    """The box of one named label, as fractions of the picture, from its top left corner."""

    ordinal: int
    id: str
    left: float
    top: float
    width: float
    height: float


class Drawing(msgspec.Struct, frozen=True):
    """One figure, ready to be used."""

    name: str
    """Content-addressed file name stem: changes exactly when the picture's bytes change."""
    pdf: bytes
    """For print; empty for raster images, whose ``image`` TeX reads itself."""
    image: bytes
    """For cards: SVG, or the PNG or JPEG as it was."""
    suffix: str
    """Of ``image``, with the dot: ``.svg``, ``.png`` or ``.jpg``."""
    width: float
    """Natural width, bp."""
    height: float
    """Natural height, bp."""
    labels: tuple[LabelBox, ...]
