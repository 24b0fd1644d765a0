"""A drawn figure: its files for print and cards, and the boxes of its labels."""

import re

import msgspec

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
"""What may mean something to TeX in the name of a file."""


def is_tikz(path: str) -> bool:
    """Return whether a path is that of a TikZ figure, not of a picture file."""
    return path.endswith(".tex")


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
    """Of a TikZ figure, for print; else empty."""
    image: bytes
    """For cards: upright, without metadata, and no larger than a screen needs."""
    suffix: str
    """The suffix of ``image`` with the dot: ``.svg``, ``.png``, ``.jpg``, ``.gif`` or ``.webp``."""
    width: float
    """Natural width, bp."""
    height: float
    """Natural height, bp."""
    labels: tuple[LabelBox, ...]
    source: str = ""
    """Of a picture file, the digest of its content; empty for a TikZ figure."""
    text: str = ""
    """Of an SVG picture, the characters of its labels."""
    print_image: bytes = b""
    """Of a picture file, what TeX reads; empty where that is ``image``."""
    print_suffix: str = ""
    """Of ``print_image``: ``.png`` or ``.jpg``."""

    @property
    def print_file(self) -> tuple[str, bytes]:
        """Return the name and the bytes of the file that TeX includes; the name is plain ASCII."""
        stem = _UNSAFE.sub("-", self.name)
        if self.pdf:
            return f"{stem}.pdf", self.pdf
        if self.print_image:
            return f"{stem}{self.print_suffix}", self.print_image
        return f"{stem}{self.suffix}", self.image
