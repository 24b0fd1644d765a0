"""Picture files without metadata: no place, person, device or comment leaves the author's computer.

The pixels are not touched, so nothing is lost. Sources: ITU T.81, annex B; the PNG specification, 5.3;
the GIF89a specification; the WebP container specification.
"""

import struct
from collections.abc import Iterator

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs hIST acTL fcTL fdAT".split()
)
"""Chunks that change what is shown; all others describe the picture."""
_WEBP_KEPT = frozenset(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"])
_WEBP_FLAGS = 0xFF & ~0x0C
"""All flags of a VP8X chunk except those for EXIF and XMP."""
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset([0x01, *range(0xD0, 0xD8)])
"""Markers of JPEG without a length."""


class DamagedPictureError(ValueError):
    """The structure of a picture file is broken."""


def without_metadata(data: bytes, suffix: str) -> bytes:
    """Return the file with the same pixels and colours, without anything else.

    ``suffix`` is that of its true type: ``.png``, ``.jpg``, ``.gif`` or ``.webp``. A file without
    metadata is returned byte for byte. Raise ``DamagedPictureError``.
    """
    strip = {".png": _png, ".jpg": _jpeg, ".gif": _gif, ".webp": _webp}[suffix]
    try:
        return b"".join(strip(data))
    except (IndexError, struct.error) as broken:
        raise DamagedPictureError("the file ends too early") from broken


def _png(data: bytes) -> Iterator[bytes]:
    yield PNG_SIGNATURE
    at = len(PNG_SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8].decode("latin-1")
        chunk = data[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise DamagedPictureError("a chunk ends too early")
        if kind in _PNG_KEPT:
            yield chunk
        if kind == "IEND":
            return
        at += len(chunk)


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise DamagedPictureError("a marker is missing")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            # Telephones put more pictures behind it, with places of their own.
            yield data[at : at + 2]
            return
        if marker in _ALONE:
            yield data[at : at + 2]
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if _jpeg_kept(marker, data[at + 4 : at + 18]):
            yield data[at:end]
        if marker == _SCAN:
            start, end = end, _scan_end(data, end)
            yield data[start:end]
        at = end


def _jpeg_kept(marker: int, head: bytes) -> bool:
    """Return whether a segment changes what is shown."""
    if marker == 0xE0:
        return head.startswith(b"JFIF\0")
    if marker == 0xE2:
        return head.startswith(b"ICC_PROFILE\0")
    # Adobe's segment tells how colours are coded.
    return marker == 0xEE or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _scan_end(data: bytes, at: int) -> int:
    """Return where coded pixels end: at the next marker."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise DamagedPictureError("the pixels end too early")
        if data[at + 1] and data[at + 1] not in _ALONE and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _colours(data[10])
    yield data[:at]
    while True:
        start, kind = at, data[at]
        if kind == 0x3B:
            yield data[at : at + 1]
            return
        if kind == 0x2C:
            at = _after_blocks(data, at + 11 + _colours(data[at + 9]))
            yield data[start:at]
        elif kind == 0x21:
            at = _after_blocks(data, at + 2)
            loops = data[start + 3 : start + 14] in _GIF_LOOPS
            if data[start + 1] == 0xF9 or (data[start + 1] == 0xFF and loops):
                yield data[start:at]
        else:
            raise DamagedPictureError("a block of unknown kind")


def _colours(flags: int) -> int:
    """Return the bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _webp(data: bytes) -> Iterator[bytes]:
    kept = []
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at < min(end, len(data)):
        (length,) = struct.unpack_from("<I", data, at + 4)
        chunk = data[at : at + 8 + length + length % 2]
        if len(chunk) < 8 + length:
            raise DamagedPictureError("a chunk ends too early")
        kind = chunk[:4].decode("latin-1")
        if kind == "VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & _WEBP_FLAGS]) + chunk[9:]
        if kind in _WEBP_KEPT:
            kept.append(chunk)
        at += len(chunk)
    size = 4 + sum(map(len, kept))
    yield b"RIFF" + struct.pack("<I", size) + b"WEBP"
    yield from kept
