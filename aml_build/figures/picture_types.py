"""The type of a picture file, known by its content: names lie, and telephones rename files."""

import re

CARD_PIXELS = 1600
"""The long side of a picture on cards, at most."""

_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<(?:\w+:)?svg[\s>]",
    re.DOTALL,
)
_HEAD = 65536
"""Bytes in which an SVG begins, behind its comments."""

_READ = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
)
_OTHERS = (
    (re.compile(rb"....ftyp(?:hei[cxmsf]|hev[cx]|mif1|msf1)", re.DOTALL), "an HEIC photograph"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "an AVIF picture"),
    (re.compile(rb"II\*\0|MM\0\*"), "a TIFF picture"),
    (re.compile(rb"BM"), "a BMP picture"),
    (re.compile(rb"%PDF"), "a PDF document"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "a PostScript document"),
    (re.compile(rb"8BPS"), "a Photoshop document"),
    (re.compile(rb"\x1f\x8b"), "a compressed file"),
    (re.compile(rb"version https://git-lfs"), "a pointer of Git LFS, not the picture itself"),
    (re.compile(rb"\s*<(?:!DOCTYPE )?html", re.IGNORECASE), "a web page"),
    (re.compile(rb"\Z"), "empty"),
)


def picture_suffix(data: bytes) -> str:
    """Return ``.png``, ``.jpg``, ``.gif``, ``.webp`` or ``.svg``; empty for any other content."""
    for pattern, suffix in _READ:
        if pattern.match(data):
            return suffix
    return ".svg" if _SVG.match(data[:_HEAD]) else ""


def foreign_type(data: bytes) -> str:
    """Return what a file of another type is, for people."""
    return next((name for pattern, name in _OTHERS if pattern.match(data)), "no picture")
