"""Picture files of every kind, made for a test."""

import io
import zlib
from pathlib import Path

from PIL import Image, ImageDraw

TOP, BOTTOM = (200, 30, 30), (30, 60, 200)
"""The halves of ``halves``, from top to bottom."""


def halves(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Return a picture that is red above and blue below."""
    picture = Image.new("RGB", (width, height), TOP)
    ImageDraw.Draw(picture).rectangle((0, height // 2, width, height), fill=BOTTOM)
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file."""
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def photographed(orientation: int, width: int = 60, height: int = 40) -> bytes:
    """Return a JPEG as a telephone writes it: stored turned, with its place and its device."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (47.0, 22.0, 36.0)
    return saved(halves(width, height), "JPEG", quality=95, exif=exif)


def opened(data: bytes) -> Image.Image:
    """Return a file's picture."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    """Return whether a pixel has a colour, but for losses of JPEG."""
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 24 for a, b in zip(pixel, colour, strict=False))


def write(root: Path, path: str, data: bytes) -> None:
    """Write a file of a course."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


def too_many_pixels() -> bytes:
    """Return a PNG of a few bytes that says it has four billion pixels."""
    head = b"IHDR\0\0\xff\xff\0\0\xff\xff\x08\2\0\0\0"
    body = b"IDAT" + zlib.compress(bytes(1000))
    chunks = (
        (len(part) - 4).to_bytes(4, "big") + part + zlib.crc32(part).to_bytes(4, "big")
        for part in (head, body)
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
