"""Repair of text recognition damage, if it is certain: cut sentences and hyphenated words."""

import re
from collections.abc import Iterable
from functools import partial

from aml_build.importer.import_log import ImportLog
from aml_build.importer.reading.line_tokens import Token

_OPEN_END = re.compile(r"[^\W_][,]?$|,$|\w\)$")
_LEADING = re.compile(r"[^\W\d_]")
_HYPHENATED = re.compile(r"([^\W\d_]{2,})-\n([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_UNFINISHED = frozenset(
    "a an the of and or to in on at by for with from that which is are as be into than its their"
    " not can will il lo la i gli le un una di da con su per che e o è sono der die das und oder"
    " ein eine mit von zu de des et ou un une les el los las y del".split()
)
_LONG = 60
"""Characters: a line so short may be a title, which may end with any word."""


def repair(tokens: list[Token], log: ImportLog) -> list[Token]:
    """Join sentences that page breaks cut, and hyphenated words."""
    joined = _joined(tokens, log)
    _dehyphenate(joined, log)
    return joined


def _joined(tokens: list[Token], log: ImportLog) -> list[Token]:
    made: list[Token] = []
    for token in tokens:
        if token.kind == "text" and token.gap and made and _cut(made[-1], token, log):
            before = made[-1]
            between = "\n" if before.text.endswith("-") else " "
            before.text = f"{before.text}{between}{token.text}"
            before.lines += token.lines
            continue
        made.append(token)
    return made


def _cut(before: Token, after: Token, log: ImportLog) -> bool:
    """Return whether a text continues in the next one, after a page break."""
    if before.kind not in ("text", "bullet", "numbered", "answer"):
        if _begins_small(after.text):
            _report_fragment(after, log)
        return False
    hyphen = bool(re.search(r"[^\W\d_]{2}-$", before.text))
    if not _begins_small(after.text):
        words = before.text.rsplit(None, 1)
        if words and words[-1].lower() in _UNFINISHED and len(before.text) > _LONG:
            log.guess(
                (*before.lines, *after.lines), "a sentence cut by a page break was joined", 0.8
            )
            return True
        return False
    if hyphen or (_OPEN_END.search(before.text) and len(before.text) > 20):
        log.correct(
            "sentence cut by a page break",
            f"{before.text[-30:]} ⏎ {after.text[:30]}".replace("\n", " "),
            (before.lines[-1], after.lines[0]),
        )
        return True
    _report_fragment(after, log)
    return False


def _begins_small(text: str) -> bool:
    return bool(_LEADING.match(text)) and text[0].islower() and len(text.split(None, 1)[0]) < 25


def _report_fragment(token: Token, log: ImportLog) -> None:
    log.review(
        token.lines,
        "This begins like the middle of a sentence, and nothing before it is unfinished.",
        "Compare with the original notes; the beginning may be lost.",
        token.text[:200],
    )


def _dehyphenate(tokens: list[Token], log: ImportLog) -> None:
    """Join words that a line break separates, as the notes write them elsewhere."""
    parted = [token for token in tokens if "-\n" in token.text]
    if not parted:
        return
    known = _words(tokens)
    for token in parted:
        whole = partial(_whole, token=token, known=known, log=log)
        token.text = _HYPHENATED.sub(whole, token.text)


def _whole(found: re.Match[str], token: Token, known: frozenset[str], log: ImportLog) -> str:
    whole, parted = found[1] + found[2], f"{found[1]}-{found[2]}"
    if whole.lower() in known and parted.lower() not in known:
        log.correct("hyphenation", f"{found[1]}- ⏎ {found[2]} → {whole}", token.lines)
        return whole
    if parted.lower() in known and whole.lower() not in known:
        log.correct("hyphenation", f"{found[1]}- ⏎ {found[2]} → {parted}", token.lines)
        return parted
    log.review(
        token.lines,
        f"`{found[1]}-` ends a line: `{whole}` or `{parted}`?",
        f"It is kept as `{parted}`; write it as it should be.",
    )
    return parted


def _words(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(word.lower() for t in tokens for word in _WORD.findall(t.text))
