"""Photographs and other pictures of pixels: upright, no larger than needed, without metadata."""

import io
import struct
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from PIL import (
    GifImagePlugin,
    Image,
    ImageCms,
    ImageSequence,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from aml_build.figures.picture_metadata import DamagedPictureError, without_metadata
from aml_build.figures.picture_types import CARD_PIXELS

MOST_PIXELS = 100_000_000
"""Larger ones would need gigabytes to decode: telephones take at most half as many."""
_MOST_SIDE = 50_000
"""Pixels of one side: a library may need far more memory for a very long picture than for its pixels."""
_MOST_FRAME_PIXELS = 100_000_000
"""Of all frames of a moving picture together."""
_FORMATS = (
    PngImagePlugin.PngImageFile.format,
    JpegImagePlugin.JpegImageFile.format,
    GifImagePlugin.GifImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
)
_QUALITY = 88
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a picture upright, by its orientation. Pillow's own function for it writes the metadata anew,
and fails where these are damaged."""
_WHITE = (255, 255, 255)
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, MemoryError, struct.error,
)  # fmt: skip
"""What Pillow raises for damaged files."""

# The size is checked before anything is decoded, with a message of our own.
Image.MAX_IMAGE_PIXELS = None


class PictureTooLargeError(Exception):
    """A picture has more pixels than can be decoded; its argument says how many."""


class Pixels(NamedTuple):
    """A picture of pixels as a file."""

    data: bytes
    suffix: str
    """Of its true type."""
    width: int
    height: int


def for_cards(data: bytes, suffix: str) -> Pixels:
    """Return the picture as cards show it; the same pixels where nothing has to change.

    Raise ``DamagedPictureError`` or ``PictureTooLargeError``.
    """
    try:
        with _quiet(), _opened(data) as picture:
            moving = _moves(picture)
            _decode(picture, moving=moving)
        bare = without_metadata(data, suffix)
        with _quiet(), _opened(data) as picture:
            if max(picture.size) <= CARD_PIXELS and _upright(picture) and picture.mode != "CMYK":
                return Pixels(bare, suffix, *picture.size)
            if moving:
                return _moving(picture, suffix)
            lossy = _lossy(picture, data)
            return _encoded(_scaled(picture, CARD_PIXELS, CARD_PIXELS), lossy=lossy)
    except _BROKEN as broken:
        raise DamagedPictureError(_reason(broken)) from broken


def for_print(data: bytes, width: int, height: int) -> Pixels | None:
    """Return the first frame on white, within a box of pixels; nothing where TeX reads it as it is.

    Raise ``DamagedPictureError`` or ``PictureTooLargeError``.
    """
    try:
        with _quiet(), _opened(data) as picture:
            small = picture.width <= width and picture.height <= height
            plain = picture.mode in ("L", "RGB", "P", "1") and "transparency" not in picture.info
            if small and plain and _upright(picture) and picture.format in ("JPEG", "MPO", "PNG"):
                return None
            lossy = _lossy(picture, data)
            return _encoded(_on_white(_scaled(picture, width, height)), lossy=lossy)
    except _BROKEN as broken:
        raise DamagedPictureError(_reason(broken)) from broken


def _quiet() -> "warnings.catch_warnings[None]":
    """Return a context in which Pillow does not warn of metadata, which are not used."""
    return warnings.catch_warnings(action="ignore")


def opaque(png: bytes) -> bytes:
    """Return a PNG without its transparency, which nothing shows and TeX would print as a mask."""
    with Image.open(io.BytesIO(png)) as picture:
        return _encoded(_on_white(picture), lossy=False).data


def _opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    if picture.width * picture.height > MOST_PIXELS or max(picture.size) > _MOST_SIDE:
        raise PictureTooLargeError(f"{picture.width} × {picture.height}")
    return picture


def _moves(picture: Image.Image) -> bool:
    return picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1


def _decode(picture: Image.Image, *, moving: bool) -> None:
    """Read all pixels, so that a damaged file is found."""
    if not moving:
        # Half the size is decoded four times as fast, from the same bytes.
        picture.draft(None, (CARD_PIXELS, CARD_PIXELS))
        picture.load()
        return
    if picture.width * picture.height * getattr(picture, "n_frames", 1) > _MOST_FRAME_PIXELS:
        raise PictureTooLargeError(f"{picture.width} × {picture.height}, many times")
    for frame in ImageSequence.Iterator(picture):
        frame.load()


def _orientation(picture: Image.Image) -> int:
    """Return the orientation in the metadata; 1, upright, where these cannot be read."""
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1


def _upright(picture: Image.Image) -> bool:
    return _orientation(picture) not in _UPRIGHT


def _turned(picture: Image.Image) -> bool:
    """Return whether width and height change places when it is upright."""
    return 5 <= _orientation(picture) <= 8


def _turned_upright(picture: Image.Image) -> Image.Image:
    turn = _UPRIGHT.get(_orientation(picture))
    return picture.copy() if turn is None else picture.transpose(turn)


def _lossy(picture: Image.Image, data: bytes) -> bool:
    return picture.format in ("JPEG", "MPO") or data[12:16] == b"VP8 "


def _fitting(size: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """Return the size within the box, with the same shape; never larger."""
    factor = min(1.0, width / size[0], height / size[1])
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _scaled(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Return the first frame upright, in sRGB or grey, within the box."""
    turned = _turned(picture)
    raw = _fitting(picture.size, *((height, width) if turned else (width, height)))
    # A JPEG of half the size is decoded much faster; twice what is needed keeps it sharp.
    picture.draft(None, (2 * raw[0], 2 * raw[1]))
    pixels = _colours(_turned_upright(picture))
    target = raw[::-1] if turned else raw
    return pixels if pixels.size == target else pixels.resize(target, Image.Resampling.LANCZOS)


def _colours(picture: Image.Image) -> Image.Image:
    """Return it in grey or sRGB, with its transparency."""
    if picture.mode in ("I;16", "I;16B", "I;16L", "I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "P" or "transparency" in picture.info:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        picture = picture.convert("L" if picture.mode in ("1", "F") else "RGB")
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            # A profile that cannot be read is worth less than the colours themselves.
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA"):
        return picture
    paper = Image.new("RGBA", picture.size, (*_WHITE, 255))
    return Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")


def _encoded(picture: Image.Image, *, lossy: bool) -> Pixels:
    """Return the file; its settings are fixed, so that the same pixels give the same bytes."""
    picture.info.clear()
    target = io.BytesIO()
    if lossy and picture.mode in ("RGB", "L"):
        picture.save(target, "JPEG", quality=_QUALITY, optimize=True, subsampling="4:2:0")
        return Pixels(target.getvalue(), ".jpg", *picture.size)
    picture.save(target, "PNG", optimize=False, compress_level=6)
    return Pixels(target.getvalue(), ".png", *picture.size)


def _moving(picture: Image.Image, suffix: str) -> Pixels:
    """Return a moving picture with all its frames, each smaller."""
    size = _fitting(picture.size, CARD_PIXELS, CARD_PIXELS)
    loop = picture.info.get("loop")
    times: list[int] = []

    def frames() -> Iterator[Image.Image]:
        for frame in ImageSequence.Iterator(picture):
            times.append(int(frame.info.get("duration", 100)))
            yield frame.convert("RGBA").resize(size, Image.Resampling.LANCZOS)

    first, *rest = frames()
    target = io.BytesIO()
    kind = {".gif": "GIF", ".webp": "WEBP", ".png": "PNG"}[suffix]
    repeat = {} if loop is None else {"loop": loop}
    first.info.clear()
    first.save(target, kind, save_all=True, append_images=rest, duration=times, **repeat)
    return Pixels(target.getvalue(), suffix, *size)


def _reason(broken: BaseException) -> str:
    return str(broken).rstrip(".") or type(broken).__name__
