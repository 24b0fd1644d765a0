r"""Where long words, addresses and code may be broken: marks for TeX, which needs them only rarely.

The marks are ``\<``, after which a line may end; ``\+`` and ``\amlhump ``, where a line may end if
the word is wider than its line and has no better place. The former makes a hyphen in a word; the latter stands
before a capital within a name, and beside what is no letter.
``templates/latex/common.sty`` gives them their meaning.
"""

import re

LONG_WORD, IN_CELL = 12, 4
"""Characters: a shorter word fits into any line, and into a line of any table."""
GOOD, HUMP, LAST = "\\<", "\\amlhump ", "\\+"
_KEPT = 2
"""Characters that are not parted from the beginning or the end of a word."""
_SYLLABLES = 10
"""Characters: a longer word can be hyphenated."""
_JOINTS = "/\u2013\u2014"
"""Signs that join two words, each of which may be hyphenated."""
_AFTER = frozenset("/._-(,:;?&=#@\\|+~{[\u2013\u2014")
"""Signs after which an address or code may be broken."""
_ADDRESS = re.compile(r"://|_|\w\w[.(,:;?&=#@\\+~{\[]+[^\W\d]{2}|\w\.\w+\(|/\w+/\w")


def is_address(word: str) -> bool:
    """Return whether a word is an address or the name of something, where a hyphen would be wrong."""
    return bool(_ADDRESS.search(word))


def breaks(word: str, *, address: bool) -> tuple[str, ...]:
    """Return the mark before each character of a long word; empty where no line may end."""
    kept = _KEPT if len(word) > 2 * _KEPT else 1
    found = [LAST if kept <= at <= len(word) - kept else "" for at in range(len(word))]
    for at in range(_KEPT + 1, len(word) - _KEPT):
        before, char = word[at - 1], word[at]
        if address and before in _AFTER and char not in _AFTER:
            number = before in ".," and word[at - 2].isdigit() and char.isdigit()
            found[at] = LAST if number else GOOD
        elif address and before.islower() and char.isupper():
            found[at] = HUMP
        elif not address and before in _JOINTS and char.isalpha():
            found[at] = GOOD
        elif not address and not (before.isalpha() and char.isalpha()):
            found[at] = HUMP
    return tuple(found)


def longest_piece(word: str) -> int:
    """Return the number of characters that a line needs at least for a word, if it is broken well."""
    longest = current = 0
    for mark in breaks(word, address=is_address(word)):
        current = 1 if mark in (GOOD, HUMP) else current + 1
        longest = max(longest, current)
    return min(longest, _SYLLABLES)
