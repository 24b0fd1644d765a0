"""The body of one section: its concepts, their lists, their questions."""

from collections.abc import Sequence

from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import (
    Block,
    Caption,
    Concept,
    Display,
    Item,
    Listing,
    Para,
    Question,
    Quote,
    Section,
)
from aml_build.importer.reading.line_tokens import Token
from aml_build.importer.structure.term_split import (
    Opening,
    asks,
    bold_opening,
    fold,
    opening,
    question_of,
)

_DEEPEST = 4
"""Limit of nested lists in a course."""
_NEST = 2
"""Columns by which an item is indented into another."""
_GAP = 3
"""Blank lines where a picture may be missing."""


class SectionReader:
    """One walk over the tokens of a section."""

    def __init__(
        self, section: Section, log: ImportLog, concept_level: int, *, headed: bool, questions: bool
    ) -> None:
        self.section = section
        self.log = log
        self.level = concept_level
        self.headed = headed
        self.asking = questions
        self.concept: Concept | None = None
        self.parent: Concept | None = None
        self.question: Question | None = None
        self.stack: list[tuple[int, Listing]] = []
        """Open lists, with the column of their items."""
        self.last_number = 0
        self.captions: list[Caption] = []

    def run(self, tokens: Sequence[Token]) -> None:
        """Read all tokens."""
        nested = set() if self.headed or self.asking else self._nested_runs(tokens)
        bullets_are_concepts = self._lists_terms(tokens)
        for index, token in enumerate(tokens):
            self._report_gap(token, tokens[index - 1] if index else None)
            match token.kind:
                case "heading" | "lesson":
                    self._heading(token)
                case "numbered":
                    self._numbered(token, nested=index in nested)
                case "bullet":
                    bold = bold_opening(token.text) if bullets_are_concepts else None
                    if bold and not token.level:
                        self._concept(token, bold)
                    else:
                        self._item(token, ordered=False)
                case "question":
                    self._ask(token)
                case "answer":
                    self._answer(token)
                case "quote":
                    self._put(Quote(plain_blocks(token.inner, self.log)), token)
                case "end":
                    self.question = None
                    self.stack.clear()
                case "block":
                    assert token.block is not None
                    self._put(token.block, token)
                case _:
                    self._text(token, bullets_are_concepts)
        self._settle_captions()

    # ------------------------------------------------------------ what tokens mean

    def _nested_runs(self, tokens: Sequence[Token]) -> set[int]:
        """Find numbered lists within a numbered item: the outer count continues after them."""
        numbered = [
            (n, t.number) for n, t in enumerate(tokens) if t.kind == "numbered" and t.level < 4
        ]
        nested: set[int] = set()
        outer = at = 0
        while at < len(numbered):
            if numbered[at][1] != 1 or not outer:
                outer = numbered[at][1]
                at += 1
                continue
            end = at + 1
            while end < len(numbered) and numbered[end][1] == numbered[end - 1][1] + 1:
                end += 1
            run = [n for n, _ in numbered[at:end]]
            # A run may swallow the item that goes on with the outer count.
            follows = end < len(numbered) and numbered[end][1] == outer + 1
            bold = sum(bold_opening(tokens[n].text) is not None for n in run)
            if follows and bold * 2 <= len(run):
                nested.update(run)
                what = f"a list of {len(run)} steps within item {outer}, since the count goes on behind it"
                self.log.guess([line for n in run for line in tokens[n].lines], what, 0.85)
                at = end
                continue
            what = "the numbers begin again: these are concepts as well"
            self.log.guess(tokens[run[0]].lines, what, 0.7)
            outer = 1
            at += 1
        return nested

    def _lists_terms(self, tokens: Sequence[Token]) -> bool:
        """Return whether bullets or paragraphs hold the terms: there are no numbers or headings."""
        if self.headed or any(t.kind == "numbered" and t.level < 4 for t in tokens):
            return False
        return any(t.kind in ("bullet", "text") and bold_opening(t.text) for t in tokens)

    def _heading(self, token: Token) -> None:
        self.stack.clear()
        self.last_number = 0
        if asks(token.text):
            self._ask(token)
            return
        parent = self.parent if token.level > self.level else None
        found = opening(token.text.replace("\n", " "))
        concept = self._new(_bare(token.text), token, 1.0, parent)
        has_text = found.rest and found.term != found.rest and ":" in token.text
        if has_text and len(token.text.split()) > 10:
            concept.term = found.term
            concept.blocks.append(Para(found.rest, tuple(token.lines)))
        if token.level <= self.level:
            self.parent = concept

    def _numbered(self, token: Token, *, nested: bool) -> None:
        answers = self.question is not None and not self.asking
        steps = self.headed or nested or answers or token.level >= 4
        if steps or self._is_inside(token) or self._after_colon(token):
            self._item(token, ordered=True)
            return
        self.stack.clear()
        if self.last_number and token.number > self.last_number + 1:
            self.log.review(
                token.lines,
                f"After item {self.last_number} comes item {token.number}.",
                "Check whether an item is missing.",
            )
        self.last_number = token.number
        if self.asking:
            self._numbered_question(token)
            return
        self._concept(token, opening(token.text))

    def _after_colon(self, token: Token) -> bool:
        """Return whether a paragraph of the concept above announces the list."""
        if bold_opening(token.text):
            return False
        if self.stack and self.stack[-1][1].ordered:
            return token.number == len(self.stack[-1][1].items) + 1
        if token.number != 1 or self.concept is None or not self.concept.blocks:
            return False
        last = self.concept.blocks[-1]
        return isinstance(last, Para) and last.text.rstrip().endswith(":") and not token.gap

    def _concept(self, token: Token, found: Opening) -> None:
        concept = self._new(found.term, token, found.confidence, None)
        self.parent = concept
        if found.rest.strip():
            concept.blocks.append(Para(found.rest, tuple(token.lines)))
        self.log.drop_needless(found.dropped, token.lines)
        if found.confidence < 0.8:
            self.log.guess(token.lines, f"the term is `{found.term}`", found.confidence)

    def _new(self, term: str, token: Token, confidence: float, parent: Concept | None) -> Concept:
        concept = Concept(_bare(term), tuple(token.lines), confidence=confidence, parent=parent)
        self.section.concepts.append(concept)
        self.concept = concept
        self.question = None
        self.stack.clear()
        return concept

    def _numbered_question(self, token: Token) -> None:
        found = opening(token.text)
        text, confidence = question_of(found.term)
        question = Question(text, tuple(token.lines), exam=True)
        if found.rest and found.rest != found.term:
            question.blocks.append(Para(found.rest, tuple(token.lines)))
        self.log.drop_needless(found.dropped, token.lines)
        self.section.questions.append(question)
        self.question = question
        if confidence < 1:
            self.log.guess(token.lines, f"`{found.term}` asks: {text}", confidence)

    def _ask(self, token: Token) -> None:
        self.stack.clear()
        text = token.text.replace("\n", " ").strip()
        rest = ""
        if token.kind == "question" and "?" in text and not text.endswith("?"):
            cut = text.rindex("?") + 1
            text, rest = text[:cut], text[cut:].strip(" *_:")
        asked, confidence = question_of(text)
        question = Question(asked, tuple(token.lines))
        if rest:
            question.blocks.append(Para(rest, tuple(token.lines)))
        if confidence < 1:
            self.log.guess(token.lines, f"`{_bare(text)}` asks: {asked}", confidence)
        deeper = token.kind == "question" or token.level > self.level
        if self.concept is not None and deeper:
            self.concept.questions.append(question)
        else:
            self.section.questions.append(question)
        self.question = question

    def _answer(self, token: Token) -> None:
        self.stack.clear()
        if token.text.strip():
            text = token.text.strip(" *_") if token.text.startswith("*") else token.text
            self._append(Para(text, tuple(token.lines)))
        else:
            self.log.drop("mark of an answer", "A:", token.lines)

    def _text(self, token: Token, terms: bool) -> None:
        if terms and not self.question and (bold := bold_opening(token.text)) and not token.level:
            self._concept(token, bold)
            return
        self._append(
            Para(token.text, tuple(token.lines)), inside=bool(token.gap) and self._is_inside(token)
        )

    # ------------------------------------------------------------ lists and blocks

    def _item(self, token: Token, *, ordered: bool) -> None:
        item = Item(token.text, tuple(token.lines))
        while self.stack and token.level + 1 < self.stack[-1][0]:
            self.stack.pop()
        if self.stack:
            listing = self.stack[-1][1]
            deeper = self._is_inside(token) and len(self.stack) < _DEEPEST
            if not deeper and listing.ordered == ordered:
                listing.items.append(item)
                return
            if deeper or (listing.ordered and len(self.stack) == 1):
                inner = Listing(ordered, [item])
                listing.items[-1].blocks.append(inner)
                self.stack.append((token.level + (not deeper), inner))
                return
            self.stack.pop()
            if self.stack:
                self._item(token, ordered=ordered)
                return
        listing = Listing(ordered, [item])
        self.stack = [(token.level, listing)]
        self._append(listing)

    def _put(self, block: Block, token: Token) -> None:
        if isinstance(block, Caption) and self.question is None:
            self.captions.append(block)
            return
        of_item = isinstance(block, Display) and bool(self.stack)
        self._append(block, inside=of_item or self._is_inside(token))

    def _is_inside(self, token: Token) -> bool:
        """Return whether a token is indented into the last item of the open list."""
        return bool(self.stack) and token.level >= self.stack[-1][0] + _NEST

    def _append(self, block: Block, *, inside: bool = False) -> None:
        """Add a block to the last item, or close the list and add it after that."""
        if inside:
            self.stack[-1][1].items[-1].blocks.append(block)
            return
        if not isinstance(block, Listing):
            self.stack.clear()
        if self.question is not None:
            self.question.blocks.append(block)
        elif self.concept is not None:
            self.concept.blocks.append(block)
        else:
            self.section.blocks.append(block)

    def _settle_captions(self) -> None:
        """Add each caption to the concept that it names, or to the one before it."""
        terms = {fold(concept.term): concept for concept in self.section.concepts}
        for caption in self.captions:
            concept = terms.get(fold(caption.text)) or self._before(caption)
            (concept.blocks if concept else self.section.blocks).append(caption)

    def _before(self, caption: Caption) -> Concept | None:
        before = [c for c in self.section.concepts if c.lines and c.lines[0] < caption.lines[0]]
        return before[-1] if before else None

    def _report_gap(self, token: Token, before: Token | None) -> None:
        if token.gap < _GAP or before is None or not before.lines:
            return
        if isinstance(before.block, Caption) or isinstance(token.block, Caption):
            return
        self.log.review(
            range(before.lines[-1] + 1, token.lines[0]),
            f"{token.gap} blank lines: perhaps a picture was here.",
            "Look into the original notes.",
        )


def plain_blocks(tokens: Sequence[Token], log: ImportLog) -> list[Block]:
    """Read tokens as blocks, without concepts and questions."""
    section = Section("", ())
    gather = SectionReader(section, log, 7, headed=True, questions=False)
    gather.run(
        [Token("text", t.text, t.lines, gap=t.gap) if t.kind in _FLAT else t for t in tokens]
    )
    return section.blocks


_FLAT = frozenset(["heading", "lesson", "question", "answer"])


def _bare(text: str) -> str:
    return " ".join(text.replace("**", "").replace("__", "").split()).strip(" :") or text.strip()
