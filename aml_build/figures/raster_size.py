"""The size of a PNG or JPEG picture, read from its header."""

import struct

_BP_PER_PIXEL = 0.75
"""A CSS pixel is 1/96 inch, a big point 1/72."""

_PNG = b"\x89PNG\r\n\x1a\n"
# Start-of-frame markers; C4, C8 and CC lie in their range and mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def raster_size(data: bytes) -> tuple[str, float, float] | None:
    """Return suffix, width and height in bp, or nothing if it is no PNG or JPEG picture.

    Source: the PNG specification, 5.2 and 11.2.2; ITU T.81, B.2.2.
    """
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return ".png", width * _BP_PER_PIXEL, height * _BP_PER_PIXEL
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[str, float, float] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return ".jpg", width * _BP_PER_PIXEL, height * _BP_PER_PIXEL
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
