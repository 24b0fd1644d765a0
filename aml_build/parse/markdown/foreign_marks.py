"""Marks of other Markdown dialects and of Anki, which have no meaning in our format.

Markdown shows them as text, and nobody notices before the cards are learnt. So each is read as one
token, which is reported with what to write instead. A backslash before a mark makes text of it.
"""

import re
from collections.abc import Mapping

import msgspec

from aml_build.parse.markdown.foreign_latex import ForeignMark, latex_at


class _Mark(msgspec.Struct, frozen=True):
    """The form of a mark."""

    pattern: re.Pattern[str]
    message: str
    hint: str
    literal: str
    """How its first character is written as text."""
    before: re.Pattern[str] | None
    """What the text before it ends with; nothing for a mark that is one anywhere."""


_LINE_START = re.compile(r"(?:\n|\A)\Z")
_WORD = re.compile(r"[\w)\]}*$`]\Z")
_FULL_STOP = re.compile(r"[^\W\d_]\.\Z")
_QUESTION = re.compile(r"\?[ \t]?\Z")
_LONGEST_BEFORE = 2
_TO_ID = r"(?:(?!\s*\{#)[^\n])*"
"""The rest of a line, up to the id of a construct."""


def _mark(
    pattern: str, message: str, hint: str, literal: str, before: re.Pattern[str] | None = None
) -> _Mark:
    return _Mark(re.compile(pattern), message, hint, literal, before)


PLAIN_HINT = (
    "Marks have no meaning here, where text is shown as it is:"
    " write it with words, or with characters such as `₂` and `²`."
)
"""The hint for a mark in a title, or in another value that is no Markdown."""
_GAP = "Write `==words=={.c1}` in a paragraph of its own below the definition"
_NOTE = "Write the note in brackets, or as a remark with `> [!NOTE]`"
_REMARK = "Begin the remark with a line `> [!NOTE]` and each of its other lines with `> `"
_COMMENT = "Write `<!-- … -->` around what nobody may see"
_MARKS: Mapping[str, tuple[_Mark, ...]] = {
    "{": (
        _mark(r"\{\{[^{}]+\}\}", "Double braces make no gap here.", _GAP, r"\{\{"),
        _mark(r"\{\d{1,3}:[^{}\n]+\}", "Braces with a number make no gap here.", _GAP, r"\{"),
        _mark(
            r"\{%[^{}\n]*%\}",
            "This command for a website is not carried out here.",
            "Write what it would show, or delete it",
            r"\{",
        ),
        _mark(
            r"\{[A-Za-z][\w:.-]*\}(`+)[^`]+\1(?!`)",
            "Braces before code have no meaning here.",
            "Write `$…$` for math and `[text](#concept-id)` for a reference",
            r"\{",
        ),
        _mark(
            r"\{[^\W\d_][\w'’ -]*[^\W\d_]\}(?=\s*[^\s`{])",
            "Braces around words make no gap here.",
            f"{_GAP}, and code in backticks",
            r"\{",
        ),
    ),
    "!": (
        _mark(
            r"!\[\[[^\[\]\n]+\]\]",
            "`![[…]]` shows nothing here.",
            "Write `![what it shows](figures/name.png)` as a paragraph of its own",
            r"!\[[",
        ),
        _mark(rf"!!!\+? +\w{_TO_ID}", "`!!!` begins no remark here.", _REMARK, r"\!", _LINE_START),
    ),
    "[": (
        _mark(
            r"\[\^[^\[\]\s]+\]:",
            "There are no footnotes, so this text belongs to none.",
            f"{_NOTE} where it belongs",
            r"\[",
            _LINE_START,
        ),
        _mark(
            r"\[\^[^\[\]\s]+\](?!\()",
            "There are no footnotes, so this leads to none.",
            _NOTE,
            r"\[",
        ),
        _mark(
            r"\[\[(?=[^\[\]\n]*[^\W_])[^\[\]\n]+\]\](?![(\[])",
            "`[[…]]` is no link here.",
            "Write `[text](#concept-id)`",
            r"\[[",
        ),
        _mark(
            r"\[(?:[^\[\]\n@]*[\s;(-])?@[A-Za-z0-9_][^\[\]\n]*\](?![(\[:])",
            "`[@…]` cites nothing here.",
            'Write the source in brackets, or as `source="…"` on the heading of the concept',
            r"\[@",
        ),
        _mark(
            r"\[(?:sound|anki):[^\[\]\n]+\]",
            "Anki would play this file, but a deck has no sounds.",
            "Delete it",
            r"\[",
        ),
        _mark(r"\[(latex|\$\$?)\][\s\S]*?\[/\1\]", "This is no math here.", "Write `$…$`", r"\["),
    ),
    "~": (
        _mark(
            r"~~(?=[^\s~])[^~\n]*?(?<=\S)~~(?!~)",
            "`~~` strikes nothing out here.",
            "Delete these words",
            r"\~",
        ),
        _mark(
            r"~(?=[\w($\\])(?!\S*~)",
            "`~` is no space here.",
            "Write a space, or a no-break space (U+00A0)",
            r"\~",
            _FULL_STOP,
        ),
        _mark(
            r"~[^\s~]{1,30}~(?!~)",
            "`~` sets nothing lower here.",
            r"Write `$…$`, as in `$\mathrm{H_2O}$`, or a character such as `₂`",
            r"\~",
            _WORD,
        ),
    ),
    "^": (
        _mark(r"\^\[[^\[\]\n]+\]", "There are no footnotes, so this is none.", _NOTE, r"\^"),
        _mark(
            r"\^[^\s^]{1,30}\^(?!\^)",
            "`^` sets nothing higher here.",
            "Write `$…$`, as in `$x^2$`, or a character such as `²`",
            r"\^",
            _WORD,
        ),
    ),
    "%": (
        _mark(r"%%[\s\S]+?%%", "`%%` hides nothing here.", _COMMENT, r"\%"),
        _mark(rf"%%{_TO_ID}", "`%%` hides nothing here.", _COMMENT, r"\%", _LINE_START),
    ),
    ":": (
        _mark(rf":::+{_TO_ID}", "`:::` makes no box here.", _REMARK, r"\:", _LINE_START),
        _mark(
            r"::+(?=[ \t]*\S)",
            "`::` does not divide a question from its answer here.",
            "Write `### Question?` as a heading and the answer below it",
            r"\::",
            _QUESTION,
        ),
    ),
}
"""By the first character, in the order of the attempts."""


def foreign_at(src: str, pos: int, end: int) -> ForeignMark | None:
    """Return the foreign mark that begins at a position of a text, if one does."""
    if src[pos] == "\\":
        return latex_at(src, pos, end)
    before = src[max(0, pos - _LONGEST_BEFORE) : pos]
    for mark in _MARKS.get(src[pos], ()):
        found = mark.pattern.match(src, pos, end)
        if found and (mark.before is None or mark.before.search(before)):
            hint = f"{mark.hint}; as text it is written `{mark.literal}`."
            return ForeignMark(found.end(), mark.message, hint)
    return None
