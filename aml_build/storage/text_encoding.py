"""The encoding of a file that is not UTF-8, as its bytes let guess."""

from typing import NamedTuple


class Encoding(NamedTuple):
    """A way to encode text."""

    name: str
    """As editors call it, with an article where it needs one."""
    codec: str
    """As Python calls it."""


_SCRIPT = Encoding(
    "an encoding for a script of its own (Shift-JIS, GB 18030, Windows-1251, …)", "latin-1"
)
_UTF_32 = (
    Encoding("UTF-32 (little endian)", "utf-32-le"),
    Encoding("UTF-32 (big endian)", "utf-32-be"),
)
_UTF_16 = (
    Encoding("UTF-16 (little endian)", "utf-16-le"),
    Encoding("UTF-16 (big endian)", "utf-16-be"),
)
_MARKS = (
    (b"\xff\xfe\x00\x00", _UTF_32[0]),
    (b"\x00\x00\xfe\xff", _UTF_32[1]),
    (b"\xff\xfe", _UTF_16[0]),
    (b"\xfe\xff", _UTF_16[1]),
)
_SAMPLE = 1 << 16
_NO_WINDOWS = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes without a character in Windows-1252."""


def wide_encoding(data: bytes) -> Encoding | None:
    """Return the encoding of text with two or four bytes a character; nothing for all else.

    Without a byte order mark, the zero bytes of Latin letters, spaces and line ends show it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[: min(_SAMPLE, len(data) // 4 * 4)]
    zeros = [sample[at::4].count(0) * 4 for at in range(4)]
    most, few = len(sample) * 0.9, len(sample) * 0.05
    if min(zeros[2], zeros[3]) > most and zeros[0] < few:
        return _UTF_32[0]
    if min(zeros[0], zeros[1]) > most and zeros[3] < few:
        return _UTF_32[1]
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if odd > 4 * few and even < few:
        return _UTF_16[0]
    if even > 4 * few and odd < few:
        return _UTF_16[1]
    return None


def seeming_encoding(data: bytes) -> Encoding | None:
    """Guess the encoding of bytes that are not UTF-8; nothing if they are no text."""
    if wide := wide_encoding(data):
        return wide
    sample = data[:_SAMPLE]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if controls * 50 > len(sample):
        return None
    high = [byte for byte in sample if byte >= 0x80]
    if len(high) * 3 > len(sample):
        return _SCRIPT
    if any(byte in _NO_WINDOWS for byte in high):
        return Encoding("Mac Roman", "mac-roman")
    if any(byte < 0xA0 for byte in high):
        return Encoding("Windows-1252", "cp1252")
    return Encoding("ISO 8859-1 (Latin-1)", "latin-1")
