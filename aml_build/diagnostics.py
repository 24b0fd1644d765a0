"""What is wrong with a course, said to its author."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum

import msgspec

from aml_build.source import Span


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """Nothing is built from a course that has one."""
    WARNING = "warning"
    """Built all the same; can be switched off in ``course.yaml``."""


class Code(StrEnum):
    """Every mistake the tool can name. The value is what people see and switch off."""

    # files
    NOT_UTF8 = "not-utf8"
    """A file is not UTF-8 text."""
    CONTROL_CHARACTER = "control-character"
    """A character that cannot be seen and means nothing."""
    NO_COURSE = "no-course"
    """There is no ``course.yaml``."""
    NO_LESSONS = "no-lessons"
    """There is no lesson file."""

    # YAML
    BAD_YAML = "bad-yaml"
    """The YAML cannot be read."""
    MISSING_FRONT_MATTER = "missing-front-matter"
    """A lesson does not begin with front matter."""
    UNKNOWN_KEY = "unknown-key"
    """A key that has no meaning here."""
    DUPLICATE_KEY = "duplicate-key"
    """A key that stands twice in one mapping."""
    MISSING_KEY = "missing-key"
    """A required key is not there."""
    BAD_VALUE = "bad-value"
    """A value of the wrong type or out of range, in YAML or in attributes."""
    BAD_MACRO = "bad-macro"
    """A macro of ``course.yaml`` that cannot work."""

    # attributes and ids
    UNKNOWN_ATTRIBUTE = "unknown-attribute"
    """An attribute that has no meaning here."""
    DUPLICATE_ATTRIBUTE = "duplicate-attribute"
    """An attribute that is given twice."""
    UNKNOWN_KIND = "unknown-kind"
    """A class on a concept's heading that is no kind of concept."""
    UNCLOSED_ATTRIBUTES = "unclosed-attributes"
    """Attributes without a closing brace or quote."""
    MISPLACED_ATTRIBUTES = "misplaced-attributes"
    """Attributes where nothing takes them."""
    BAD_ID = "bad-id"
    """An id with characters that ids do not have."""
    MISSING_ID = "missing-id"
    """Something that becomes a card has no id."""
    MISSING_CLOZE_NUMBER = "missing-cloze-number"
    """A highlight has no number."""
    DUPLICATE_ID = "duplicate-id"
    """An id, or a former id, that is taken."""
    DUPLICATE_LESSON = "duplicate-lesson"
    """Two lessons with one number."""

    # structure
    HEADING_LEVEL = "heading-level"
    """A heading of a level that has no meaning."""
    MALFORMED_HEADING = "malformed-heading"
    """Hashes without a space behind them, which begin no heading."""
    MISPLACED_HEADING = "misplaced-heading"
    """A question that belongs to no concept."""
    EMPTY_TERM = "empty-term"
    """A concept's heading without words."""
    MISSING_DEFINITION = "missing-definition"
    """A concept does not begin with a paragraph that says what it is."""
    EMPTY_LESSON = "empty-lesson"
    """A lesson without concepts."""
    NOT_A_QUESTION = "not-a-question"
    """A level-3 heading without a question mark."""
    EMPTY_ANSWER = "empty-answer"
    """A question without an answer."""
    MISSING_CORRECTION = "missing-correction"
    """A pitfall that does not say what holds instead."""
    EMPTY_PITFALL = "empty-pitfall"
    """A pitfall that claims nothing."""
    EMPTY_ITEM = "empty-item"
    """A list item that does not begin with text."""
    MIXED_LIST = "mixed-list"
    """A list of which only some items open with a bold term, or with a symbol."""
    STRAY_LEGEND = "stray-legend"
    """A list of symbols that follows no formula."""
    NAMELESS_FORMULA = "nameless-formula"
    """One of several formulas of a concept that has no name."""
    UNKNOWN_ALERT = "unknown-alert"
    """A quotation that says neither WARNING nor NOTE."""
    ROW_LENGTH = "row-length"
    """A table row with too many or too few cells."""
    TABLE_SHAPE = "table-shape"
    """A table whose header and line of dashes do not agree."""
    EMPTY_CELL = "empty-cell"
    """A comparison's row or column that is called nothing."""
    EMPTY_TABLE = "empty-table"
    """A comparison without rows, or with nothing to compare."""
    RAW_HTML = "raw-html"
    """HTML in the notes."""
    UNCLOSED_COMMENT = "unclosed-comment"
    """A comment without end, which hides the rest."""
    UNCLOSED_CODE = "unclosed-code"
    """A code block without end, which swallows the rest."""
    NESTED_TOO_DEEPLY = "nested-too-deeply"
    """A list, a quotation or emphasis that stands too deep within others."""
    UNSUPPORTED = "unsupported"
    """Markdown that no artifact can show."""

    # text
    UNCLOSED_MATH = "unclosed-math"
    """A dollar that begins math which never ends."""
    SPACE_IN_MATH = "space-in-math"
    """Inline math with a space just inside its dollars."""
    MISPLACED_DISPLAY = "misplaced-display"
    """Display math within a line of text, or text beside it."""
    EMPTY_MATH = "empty-math"
    """Math without anything in it."""
    BAD_MATH = "bad-math"
    """A command that may not be used, or unbalanced braces."""
    MATH_ANKI = "math-anki"
    """A formula that Anki's MathJax cannot show."""
    MATH_PRINT = "math-print"
    """A formula that LaTeX cannot print."""
    UNCLOSED_CLOZE = "unclosed-cloze"
    """A highlight without end."""
    MISPLACED_CLOZE = "misplaced-cloze"
    """A highlight where no cloze card can be made of it."""
    BAD_LINK = "bad-link"
    """A link that is neither a cross-reference nor to the web."""
    EMPTY_LINK = "empty-link"
    """A link without text."""

    # figures
    IMAGE_NOT_ALONE = "image-not-alone"
    """An image within a line of text."""
    MISSING_ALT = "missing-alt"
    """A figure that says nothing to those who cannot see it."""
    IMAGE_MISSING = "image-missing"
    """A figure whose file is not there."""
    IMAGE_OUTSIDE = "image-outside"
    """A figure whose file lies outside the course."""
    IMAGE_TYPE = "image-type"
    """A figure of a type that cannot be used."""
    BAD_MASK = "bad-mask"
    """A label of a figure with a bad or repeated number or id."""
    FIGURE_FORM = "figure-form"
    """A figure file that is not one whole TikZ picture."""
    FIGURE_COMMAND = "figure-command"
    """A command that figures may not use."""
    FIGURE_TEX = "figure-tex"
    """A figure that TeX cannot draw."""

    # the course as a whole
    DANGLING_REFERENCE = "dangling-reference"
    """An id that is used and given nowhere."""
    SELF_REFERENCE = "self-reference"
    """A concept that points to itself."""
    NEEDS_CYCLE = "needs-cycle"
    """Concepts that rest on each other in a circle."""
    BAD_LOCK = "bad-lock"
    """The release lock is not as ``aml-build release`` wrote it."""

    # cards worth studying
    LONG_ANSWER = "long-answer"
    """An answer of more words than are recalled in one go."""
    YES_NO_QUESTION = "yes-no-question"
    """A question that a guess answers."""
    ANSWER_IN_FRONT = "answer-in-front"
    """A front that already shows what it asks for."""
    DEFINITION_REPEATS_TERM = "definition-repeats-term"
    """A definition that begins with the term that it defines."""
    LONG_LIST = "long-list"
    """More members or steps than stick."""
    FORMULA_WITHOUT_LEGEND = "formula-without-legend"
    """A concept's formulas with no symbol explained."""
    FIGURE_WITHOUT_MASKS = "figure-without-masks"
    """A figure that is to be asked for and has no label to ask."""
    SIMILAR_FRONTS = "similar-fronts"
    """Two items that ask the same."""

    # print
    PRINT_TEX = "print-tex"
    """TeX cannot set a page."""
    PRINT_OVERFULL = "print-overfull"
    """Something is too wide or too high for its place on a page."""
    PRINT_GLYPH = "print-glyph"
    """A character that the print fonts do not have."""


WARNINGS = frozenset(
    {
        Code.STRAY_LEGEND,
        Code.LONG_ANSWER,
        Code.YES_NO_QUESTION,
        Code.ANSWER_IN_FRONT,
        Code.DEFINITION_REPEATS_TERM,
        Code.LONG_LIST,
        Code.FORMULA_WITHOUT_LEGEND,
        Code.SIMILAR_FRONTS,
        Code.PRINT_OVERFULL,
    }
)
"""What an author may switch off in ``course.yaml``."""


_MOST_GUESSES = 50
"""A whole file that is missing leaves hundreds of dangling names, and each guess takes a while."""


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """One mistake, where it is, and what to type instead."""

    span: Span
    code: str
    severity: Severity
    message: str
    """One sentence: what is wrong, naming what the author wrote."""
    hint: str
    """One sentence: what to type instead."""

    def __str__(self) -> str:
        return f"{self.span}: {self.severity} [{self.code}] {self.message}"


def error(span: Span, code: Code, message: str, hint: str) -> Diagnostic:
    """Return a mistake that stops the build."""
    return Diagnostic(span, code.value, Severity.ERROR, message, hint)


def warning(span: Span, code: Code, message: str, hint: str) -> Diagnostic:
    """Return a mistake that does not."""
    return Diagnostic(span, code.value, Severity.WARNING, message, hint)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, then code, and drop what is said twice."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda d: (d.span.path, d.span.line, d.span.column, d.code, d.message),
        )
    )


class Guesses:
    """Guesses at the names that an author meant: as many as anybody reads."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)
        self._made: dict[str, str | None] = {}

    def nearest(self, word: str) -> str | None:
        """Return the known name that may have been meant."""
        if word not in self._made and len(self._made) < _MOST_GUESSES:
            self._made[word] = nearest(word, self._known)
        return self._made.get(word)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that the author may have meant."""
    close = get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    # Of equally close words, the one that begins alike: people mistype ends, not beginnings.
    return max(close, key=lambda wish: (_ratio(word, wish), wish[:1] == word[:1]), default=None)


def _ratio(word: str, wish: str) -> float:
    return SequenceMatcher(None, word, wish).ratio()
