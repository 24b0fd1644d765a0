"""The structure of flat notes: sections, concepts and questions of tokens."""

import re
from collections import Counter
from collections.abc import Sequence

from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import Caption, Notes, Section
from aml_build.importer.reading.line_patterns import LESSON_WORDS
from aml_build.importer.reading.line_tokens import Token
from aml_build.importer.structure.section_body import SectionReader
from aml_build.importer.structure.term_split import asks, bold_opening, fold

_QUESTIONS = re.compile(
    r"\b(?:questions?|q\s?&\s?a|quiz|exam|domande|esame|fragen|prüfung|preguntas|examen)\b",
    re.IGNORECASE,
)
_SHORT = 8
"""Words: a line alone with at most so many is a title or a caption."""


def find_structure(tokens: list[Token], fallback: str, log: ImportLog) -> Notes:
    """Find the sections of notes and their contents; ``fallback`` is the title of untitled notes."""
    tokens = list(tokens)
    title, title_lines = _title(tokens)
    _mark_titles(tokens, log)
    lesson_level, concept_level = _levels(tokens)
    notes = Notes(title or fallback, title_lines, [])
    for head, body in _sections(tokens, lesson_level):
        section = _section(head, notes)
        notes.sections.append(section)
        headed = any(t.kind == "heading" and not asks(t.text) for t in body)
        exam = bool(head is not None and _QUESTIONS.search(head.text)) and not headed
        SectionReader(section, log, concept_level, headed=headed, questions=exam).run(body)
    labels = [section.label.split()[0].lower() for section in notes.sections if section.label]
    if labels:
        notes.language = LESSON_WORDS.get(Counter(labels).most_common(1)[0][0], "")
    _report_jumps(notes, log)
    return notes


def _title(tokens: list[Token]) -> tuple[str, tuple[int, ...]]:
    """Remove the title of the notes from the tokens, and return it with its lines."""
    if len(tokens) < 2:
        return "", ()
    first, second = tokens[0], tokens[1]
    alone = first.kind == "text" and "\n" not in first.text and len(first.text.split()) <= _SHORT
    if alone and second.kind in ("lesson", "heading") and first.text[-1] not in ".:;,":
        del tokens[0]
        return first.text, tuple(first.lines)
    if first.kind != "heading" or asks(first.text):
        return "", ()
    others = [t for t in tokens[1:] if t.kind == "heading" or (t.kind == "lesson" and t.level)]
    lessons = any(t.kind == "lesson" for t in tokens)
    if (others and all(t.level > first.level for t in others)) or (lessons and not others):
        del tokens[0]
        return first.text, tuple(first.lines)
    return "", ()


def _mark_titles(tokens: list[Token], log: ImportLog) -> None:
    """Mark lines alone: titles of sections, or captions of missing pictures."""
    alone = [n for n, t in enumerate(tokens) if _stands_alone(tokens, n)]
    if not alone:
        return
    seen = _mentions(tokens, frozenset(alone))
    restart = {n for n in alone if _begins_list(tokens, n)}
    for n in alone:
        token = tokens[n]
        last_caption = n - 1 in alone and token.gap < 3
        if n in restart and fold(token.text) not in seen and not last_caption:
            token.kind = "heading"
            token.level = 0
            log.guess(token.lines, f"`{token.text}` is the title of a section", 0.85)
        else:
            token.kind = "block"
            token.block = Caption(token.text, tuple(token.lines))
            log.review(
                token.lines,
                f"`{token.text}` stands alone, like the caption of a picture that is not there.",
                "Draw the picture (`aml-build help figures`) or delete the line.",
            )


def _stands_alone(tokens: Sequence[Token], n: int) -> bool:
    token = tokens[n]
    if token.kind != "text" or "\n" in token.text or not token.gap:
        return False
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    if after is not None and not after.gap:
        return False
    words = token.text.split()
    return (
        len(words) <= _SHORT
        and not token.text.startswith(("$", "**", "__", "==", "`", "#", "["))
        and token.text[-1] not in ".:;,?!"
        and token.text[0].isupper()
        and "$" not in token.text
        and "::" not in token.text
    )


def _begins_list(tokens: Sequence[Token], n: int) -> bool:
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    return after is not None and after.kind == "numbered" and after.number <= 1


def _mentions(tokens: Sequence[Token], alone: frozenset[int]) -> set[str]:
    """Return the lines alone that the notes repeat: a caption names a subject of the text."""
    counts = Counter(fold(tokens[n].text) for n in alone)
    wanted = counts.keys()
    seen: set[str] = set()
    lengths = sorted({len(phrase.split()) for phrase in wanted})
    firsts = {phrase.split()[0] for phrase in wanted if phrase}
    for n, token in enumerate(tokens):
        if n in alone or token.kind not in ("text", "bullet", "numbered", "heading"):
            continue
        words = fold(token.text).split()
        for at, word in enumerate(words):
            if word in firsts:
                seen.update(
                    phrase
                    for length in lengths
                    if (phrase := " ".join(words[at : at + length])) in wanted
                )
    return seen | {phrase for phrase, count in counts.items() if count > 1}


def _levels(tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the level of headings that begin sections, and the level of those that are concepts."""
    headings = sorted({t.level for t in tokens if t.kind in ("heading", "lesson")})
    marked = [t.level for t in tokens if t.kind == "lesson" and t.level]
    plain = any(t.kind == "lesson" and not t.level for t in tokens) or 0 in headings
    if marked:
        lesson = min(marked)
    elif plain:
        lesson = 0
    else:
        lesson = headings[0] if len(headings) > 1 or _hold_lists(tokens) else 0
    deeper = [level for level in headings if level > lesson]
    return lesson, deeper[0] if deeper else 7


def _hold_lists(tokens: Sequence[Token]) -> bool:
    """Return whether most headings of a single level have numbered terms below them."""
    headings = sum(t.kind == "heading" for t in tokens)
    items = sum(t.kind == "numbered" and bold_opening(t.text) is not None for t in tokens)
    return headings > 0 and items >= 2 * headings


def _sections(tokens: Sequence[Token], lesson_level: int) -> list[tuple[Token | None, list[Token]]]:
    groups: list[tuple[Token | None, list[Token]]] = [(None, [])]
    for token in tokens:
        begins = token.kind == "lesson" or (token.kind == "heading" and token.level <= lesson_level)
        if begins and not (token.kind == "heading" and asks(token.text)):
            groups.append((token, []))
        else:
            groups[-1][1].append(token)
    first = groups[0][1]
    if len(groups) > 1 and all(t.kind in _INTRODUCING and not bold_opening(t.text) for t in first):
        # Text before the first section introduces it.
        groups[1][1][:0] = first
        del groups[0]
    return groups


_INTRODUCING = frozenset(["text", "block", "quote"])


def _section(head: Token | None, notes: Notes) -> Section:
    if head is None:
        return Section(notes.title, ())
    title = re.sub(r"\*\*|__", "", head.text).strip()
    number = head.number if head.kind == "lesson" and head.number >= 0 else None
    return Section(title, tuple(head.lines), number, head.label)


def _report_jumps(notes: Notes, log: ImportLog) -> None:
    last = None
    for section in notes.sections:
        if section.number is None:
            continue
        if last is not None and section.number > last + 1:
            log.review(
                section.lines,
                f"After number {last} comes number {section.number}.",
                "Check whether a part of the notes is missing.",
            )
        last = section.number
