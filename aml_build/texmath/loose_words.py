r"""Words in a formula outside ``\text{…}``, which both engines set as letters without spaces."""

import re

_SKIPPED = re.compile(
    r"\\(?:text\w*|mbox|mathrm|mathbf|mathsf|mathtt|mathit|operatorname\*?)\s*\{[^{}]*\}"
    r"|\\(?:begin|end)\s*\{[^{}]*\}|\\(?:[A-Za-z]+|[^A-Za-z])"
)
_WORD = r"[^\W\d_]{2,}"
_NAMES = frozenset(
    "arccos arcsin arctan arg argmax argmin cos cosh cot coth cov csc deg det dim div erf exp gcd hom"
    " inf ker lcm lg lim ln log max min mod rank sec sgn sign sin sinh sup tan tanh tr var".split()
)
_RUN = re.compile(rf"(?<![\w^]){_WORD}(?:\s+[^\W\d_]+)*(?![\w^])")


def loose_words(tex: str) -> tuple[str, ...]:
    """Return the longest run of words with nothing but spaces between them.

    Names of functions are no words, nor are single letters.
    """
    runs = (
        tuple(word for word in re.findall(_WORD, found[0]) if word not in _NAMES)
        for found in _RUN.finditer(_SKIPPED.sub(" \\\\ ", tex))
    )
    return max(runs, key=len, default=())
