"""The quality of the cards: whether they are worth studying."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.items.item import Item
from aml_build.items.kinds import ItemKind
from aml_build.model import (
    Cloze,
    Concept,
    Figure,
    Formula,
    Lesson,
    Members,
    Paragraph,
    Steps,
)
from aml_build.model.plain_text import plain, plain_blocks, word_count

#: The most that fits on a card and in working memory, by experience.
LONGEST_ANSWER = 60
LONGEST_LIST = 7

_MOST_GAPS = 50
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?<=\w{3})(ies|es|s|ed|ing)$")
_ARTICLES = frozenset({"a", "an", "the"})
_SMALL_WORDS = _ARTICLES | frozenset(
    "is are was were be do does did of in on for to and or with by from at as it its "
    "that this these those what which why how when where who".split()
)
_YES_NO = frozenset(
    "is are was were do does did can could will would should has have had must".split()
)
_OPENERS = frozenset({"why", "how", "what", "which", "when", "where", "or"})


class Front(msgspec.Struct, frozen=True, gc=False):
    """The words of a question, without function words and endings."""

    gist: str
    id: str
    span: Span


class Quality(msgspec.Struct, frozen=True, gc=False):
    """The warnings about one lesson, and its questions."""

    diagnostics: tuple[Diagnostic, ...]
    fronts: tuple[Front, ...]


def lesson_quality(lesson: Lesson, items: Sequence[Item]) -> Quality:
    """Return the warnings about a lesson and its items."""
    diagnostics = [d for rule in _ITEM_RULES for item in items for d in rule(item)]
    for concept in lesson.concepts:
        for concept_rule in _CONCEPT_RULES:
            diagnostics.extend(concept_rule(concept))
    return Quality(tuple(diagnostics), tuple(_fronts(items)))


def check_quality(lessons: Iterable[Quality]) -> Iterator[Diagnostic]:
    """Yield the warnings about all lessons, in no particular order."""
    fronts: list[Front] = []
    for lesson in lessons:
        yield from lesson.diagnostics
        fronts += lesson.fronts
    yield from _similar_fronts(fronts)


def _long_answer(item: Item) -> Iterator[Diagnostic]:
    if item.kind is ItemKind.LISTING:
        return
    words = word_count(item.answer)
    if words > LONGEST_ANSWER:
        yield diagnose(
            item.span,
            Code.LONG_ANSWER,
            f"The answer has {words} words; more than {LONGEST_ANSWER} are not recalled in one go.",
            "Ask for less, or split it into two questions.",
        )


def _yes_no_question(item: Item) -> Iterator[Diagnostic]:
    if item.kind not in (ItemKind.QUESTION, ItemKind.EXAM):
        return
    words = _words(plain_blocks(item.prompt))
    if words and words[0] in _YES_NO and not _OPENERS.intersection(words):
        yield diagnose(
            item.span,
            Code.YES_NO_QUESTION,
            "This question can be answered by a guess: yes or no.",
            'Ask "why" or "how" instead, or end it in ", and why?".',
        )


def _answer_in_front(item: Item) -> Iterator[Diagnostic]:
    if item.kind not in (ItemKind.QUESTION, ItemKind.EXAM):
        return
    answer = _words(plain_blocks(item.answer))
    prompt = _words(plain_blocks(item.prompt))
    if 0 < len(answer) <= 3 and _contains(prompt, answer):
        yield diagnose(
            item.span,
            Code.ANSWER_IN_FRONT,
            f"The question contains its answer: “{' '.join(answer)}”.",
            "Ask so that the answer's words do not occur.",
        )


def _cloze_given_away(item: Item) -> Iterator[Diagnostic]:
    if item.kind is not ItemKind.CLOZE:
        return
    for block in item.prompt:
        if not isinstance(block, Paragraph):
            continue
        gaps = [child for child in block.children if isinstance(child, Cloze)]
        # Each is compared with the whole text, so the number is limited to keep the time linear.
        for hidden in gaps[:_MOST_GAPS]:
            seen = tuple(
                n
                for n in block.children
                if not (isinstance(n, Cloze) and n.ordinal == hidden.ordinal)
            )
            answer = _words(plain(hidden.children))
            if answer and set(answer) - _SMALL_WORDS and _contains(_words(plain(seen)), answer):
                yield diagnose(
                    hidden.span,
                    Code.ANSWER_IN_FRONT,
                    f"The rest of the sentence still shows “{plain(hidden.children)}”.",
                    "Write it only once, or hide both places under one number.",
                )


def _term_in_reverse(concept: Concept) -> Iterator[Diagnostic]:
    term = _words(plain(concept.term))
    if concept.reversible and _contains(_words(plain(concept.definition.children)), term):
        yield diagnose(
            concept.definition.span,
            Code.ANSWER_IN_FRONT,
            f"The definition is asked for its term and contains it: “{plain(concept.term)}”.",
            "Reword the definition, or take `.reversible` away.",
        )


def _definition_repeats_term(concept: Concept) -> Iterator[Diagnostic]:
    term = _words(plain(concept.term))
    opening = _words(plain(concept.definition.children))
    if opening and opening[0] in _ARTICLES:
        opening = opening[1:]
    if term and opening[: len(term)] == term:
        yield diagnose(
            concept.definition.span,
            Code.DEFINITION_REPEATS_TERM,
            f"The definition begins with the term that it defines: “{plain(concept.term)}”.",
            "Begin with what it is or does: the term is above it already.",
        )


def _long_list(concept: Concept) -> Iterator[Diagnostic]:
    for construct in concept.body:
        if isinstance(construct, Members | Steps) and len(construct.items) > LONGEST_LIST:
            yield diagnose(
                construct.span,
                Code.LONG_LIST,
                f"This list has {len(construct.items)} entries; more than {LONGEST_LIST} do not stick.",
                "Group them into two or three lists with a name each.",
            )


def _formula_without_legend(concept: Concept) -> Iterator[Diagnostic]:
    formulas = [c for c in concept.body if isinstance(c, Formula)]
    if formulas and not any(formula.legend for formula in formulas):
        yield diagnose(
            formulas[0].span,
            Code.FORMULA_WITHOUT_LEGEND,
            "No symbol of this formula is explained.",
            "Write a bullet list right below it: `- $x$: what it stands for`.",
        )


def _figure_without_masks(concept: Concept) -> Iterator[Diagnostic]:
    for construct in concept.body:
        if isinstance(construct, Figure) and not construct.picture.masks:
            yield diagnose(
                construct.span,
                Code.FIGURE_WITHOUT_MASKS,
                "The figure has an id and no label that a card could ask for.",
                "Write `mask={1}{name}` on a label in the figure, or `{.plain}` instead of the id.",
            )


def _fronts(items: Sequence[Item]) -> Iterator[Front]:
    for item in items:
        if item.kind in (ItemKind.CLOZE, ItemKind.FIGURE, ItemKind.STEP):
            continue
        # A pitfall's claim follows a fixed question; blocks behind other questions are only hints.
        asked = item.prompt if item.kind is ItemKind.PITFALL else item.prompt[:1]
        yield Front(_gist(plain_blocks(asked)), item.id, item.span)


def _similar_fronts(fronts: Iterable[Front]) -> Iterator[Diagnostic]:
    """Yield a warning for each question with the same words as an earlier one."""
    first: dict[str, Front] = {}
    for front in fronts:
        before = first.setdefault(front.gist, front)
        if before is not front:
            yield diagnose(
                front.span,
                Code.SIMILAR_FRONTS,
                f"This asks the same as `{before.id}` at {before.span}.",
                "Name in the question the difference between the two, or drop one.",
            )


def _gist(text: str) -> str:
    """Return the sorted content words, without plural and verb endings."""
    kept = (w for w in _words(text) if w not in _SMALL_WORDS)
    return " ".join(sorted(_ENDING.sub("", w) for w in kept))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _contains(words: list[str], part: list[str]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


_ITEM_RULES: tuple[Callable[[Item], Iterator[Diagnostic]], ...] = (
    _long_answer,
    _yes_no_question,
    _answer_in_front,
    _cloze_given_away,
)

_CONCEPT_RULES: tuple[Callable[[Concept], Iterator[Diagnostic]], ...] = (
    _term_in_reverse,
    _definition_repeats_term,
    _long_list,
    _formula_without_legend,
    _figure_without_masks,
)
