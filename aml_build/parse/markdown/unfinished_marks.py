"""Messages about marks in a line of text that begin nothing, or do not end what they begin."""

from collections.abc import Mapping

from aml_build.diagnostics.codes import Code

UNFINISHED: Mapping[str, tuple[Code, str, str]] = {
    "math_unclosed": (
        Code.UNCLOSED_MATH,
        "This `$` begins math that never ends.",
        r"Close the formula with `$`, or write `\$` for a dollar sign.",
    ),
    "math_before_digit": (
        Code.UNCLOSED_MATH,
        "A digit is right behind the closing `$`, so this is not read as math.",
        "Take the digit into the formula, or put a space before it;"
        r" a dollar sign is written `\$`.",
    ),
    "math_words": (
        Code.WORDS_IN_MATH,
        "There are words in this formula, which would be printed as letters without spaces.",
        r"Close the formula with `$` before them, or write words as `\text{…}`;"
        r" a dollar sign is written `\$`.",
    ),
    "money": (
        Code.UNESCAPED_DOLLAR,
        "This `$` is read as a dollar sign, since an amount of money is beside it.",
        r"Write `\$` for a dollar sign, as in `\$5`; a formula is written `$…$`.",
    ),
    "math_spaced": (
        Code.SPACE_IN_MATH,
        "There is a space just inside the dollars, so this is not read as math.",
        r"Write `$…$` without spaces at the dollars; a dollar sign is written `\$`.",
    ),
    "math_misplaced": (
        Code.MISPLACED_DISPLAY,
        "Display math is within a line of text.",
        "Put `$$ … $$` on lines of its own, or write `$…$` for a formula in the text.",
    ),
    "cloze_unclosed": (
        Code.UNCLOSED_CLOZE,
        "This `==` begins a highlight that never ends.",
        r"Close it with `==` right behind the last word, or write `\=\=`.",
    ),
    "attributes_unclosed": (
        Code.UNCLOSED_ATTRIBUTES,
        "These attributes are never closed.",
        "Close every quote and the brace on the same line:"
        r' `{#id key="value"}`; a literal brace is written `\{`.',
    ),
}
"""Code, message and hint by kind of token; the token's content is shown as text."""
