"""The characters that fonts print without a command of ours, as found by typesetting each of them."""

import re


def _from_ranges(ranges: str) -> frozenset[str]:
    """Return the characters of ranges such as ``A0-AF 192``, in hexadecimal."""
    ends = [[int(end, 16) for end in part.split("-")] for part in ranges.split()]
    return frozenset(
        chr(code)
        for first, *last in ends
        for code in range(first, last[0] + 1 if last else first + 1)
    )


def others(printable: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern of a character that is neither ASCII nor printable."""
    return re.compile(f"[^\\x00-\\x7f{re.escape(''.join(sorted(printable)))}]")


RAW = _from_ranges(
    "A0-125 128-137 139-13E 141-148 14A-165 168-17E 192 1C4-1D4 1E2-1E3 1E6-1EB 1F0 1F4-1F5 218-21B 232-233 "
    "237 2C6-2C7 2D8-2D9 2DB-2DD E3F 1E02-1E03 1E0D 1E1E-1E21 1E25 1E30-1E31 1E37 1E43 1E45 1E47 1E5B 1E63 "
    "1E6D 1E8E-1E91 1E9E 1EF2-1EF3 200C 2010-2016 2018-201A 201C-201E 2020-2022 2026 2030-2031 2039-203B 203D "
    "2044 204E 2052 20A1 20A4 20A6 20A9 20AB-20AC 20B1 2103 2116-2117 211E 2120 2122 2126-2127 212E 2190-2193 "
    "2329-232A 2422-2423 25E6 25EF 266A 27E8-27E9"
)
r"""Beside ASCII, what LaTeX prints as typed: in ``\text{…}`` of formulas, and in TikZ figures."""

LATIN_MODERN = _from_ranges(
    "A0-131 134-137 139-148 14A-165 168-17F 18E 192 1A0-1A1 1AF-1B0 1CD-1D4 1D7-1DD 1E6-1E7 1EA-1EB 1F0 "
    "1F4-1F5 1FA-201 204-205 208-209 20C-20D 210-211 214-215 218-21B 237 258-259 2BE-2BF 2C6-2C7 2D8-2DD "
    "300-304 306-30C 30F 311 323 326 32E-332 391-3A1 3A3-3A9 E3F 1E0C-1E0F 1E24-1E27 1E2A-1E2B 1E2E-1E2F "
    "1E36-1E39 1E42-1E47 1E58-1E5D 1E62-1E63 1E6C-1E6F 1E80-1E85 1E92-1E93 1E97 1EA0-1EF9 2010-2011 2013-2014 "
    "2016 2018-201A 201C-201E 2020-2022 2026 2030 2039-203B 203D 203F-2040 2044-2046 2052 2054 20A1 20A4 20A6 "
    "20A9 20AB-20AC 20B1 2103 2116-2117 211E 2126-2127 212E 2190-2193 2212 2215 2217 221A 221E 2222 2300 "
    "2329-232A 2422-2423 25E6 266A 26AD-26AE 27E6-27E7"
)
"""Beside ASCII, what every face of Latin Modern has: in SVG pictures in print."""

NOT_RAW = others(RAW)
NOT_LATIN_MODERN = others(LATIN_MODERN)
