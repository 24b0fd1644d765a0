"""A drawn figure: its files for print and cards, and the boxes of its labels."""

import msgspec


class LabelBox(msgspec.Struct, frozen=True):
    """The box of one label, as fractions of the picture's size, from its top left corner."""

    ordinal: int
    id: str
    left: float
    top: float
    width: float
    height: float


class Drawing(msgspec.Struct, frozen=True):
    """One figure in the forms that artifacts use."""

    name: str
    """File name stem, made from a digest of the picture's bytes."""
    pdf: bytes
    """For print; empty for raster images, because TeX reads their ``image``."""
    image: bytes
    """For cards: SVG, or the unchanged PNG or JPEG."""
    suffix: str
    """The suffix of ``image`` with the dot: ``.svg``, ``.png`` or ``.jpg``."""
    width: float
    """Natural width, bp."""
    height: float
    """Natural height, bp."""
    labels: tuple[LabelBox, ...]

    @property
    def print_file(self) -> tuple[str, bytes]:
        """Return the name and the bytes of the file that TeX includes."""
        if self.pdf:
            return f"{self.name}.pdf", self.pdf
        return f"{self.name}{self.suffix}", self.image
