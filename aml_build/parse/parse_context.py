"""The state of the parsing of one file: its lines, its diagnostics and its symbols."""

from collections.abc import Iterator
from contextlib import contextmanager

from aml_build.diagnostics.codes import Code, Severity
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.model.symbols import (
    Definition,
    MissingId,
    PictureReference,
    Reference,
    SymbolTable,
)
from aml_build.parse.formula_cache import FormulaCache
from aml_build.parse.positions import Place, place_of

INTRODUCTION = -1
"""The value of ``ParseContext.concept`` before the first concept."""


class ParseContext:
    """One file during its parsing."""

    def __init__(
        self, source: Source, formulas: FormulaCache, masked_figures: tuple[str, ...] = ()
    ) -> None:
        self.source = source
        self.path = source.path
        self.lines = source.text.replace("\0", "\ufffd").split("\n")
        """As Markdown reads them: for U+0000 it takes U+FFFD (CommonMark 0.31, 2.3)."""
        self.formulas = formulas
        self.masked_figures = masked_figures
        """Paths of the figures that have masks; all others only illustrate."""
        self.env: dict[str, object] = {}
        self.concept = INTRODUCTION
        """Position in the file of the current concept."""
        self.diagnostics: list[Diagnostic] = []
        self._places: set[tuple[int, int, Code]] = set()
        self.definitions: list[Definition] = []
        self.references: list[Reference] = []
        self.missing_ids: list[MissingId] = []
        self._gaps: list[tuple[int, int, MissingId, Diagnostic]] = []
        self.pictures: list[PictureReference] = []

    def symbols(self) -> SymbolTable:
        """Return the symbols found so far."""
        return SymbolTable(
            self.path, tuple(self.definitions), tuple(self.references), tuple(self.missing_ids)
        )

    def report(self, span: Span, code: Code, message: str, hint: str) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(diagnose(span, code, message, hint))
        self._places.add((span.line, span.column, code))

    def has(self, line: int, column: int, *codes: Code) -> bool:
        """Return whether a mistake was reported at a 1-based line and column."""
        return any((line, column, code) in self._places for code in codes)

    def missing(self, first: int, last: int, gap: MissingId, diagnostic: Diagnostic) -> None:
        """Record a missing id of a construct whose text is on the 1-based lines ``first`` to ``last``."""
        self._gaps.append((first, last, gap, diagnostic))

    def settle(self) -> None:
        """Report the missing ids, but for constructs with a mistake in their text.

        A mistake may be in the braces that hold the id, so what an id is written for is uncertain.
        """
        wrong = {d.span.line for d in self.diagnostics if d.severity is Severity.ERROR}
        for first, last, gap, diagnostic in self._gaps:
            if not any(line in wrong for line in range(first, last + 1)):
                self.missing_ids.append(gap)
                self.diagnostics.append(diagnostic)
        self._gaps.clear()

    @contextmanager
    def suppressed(self, *codes: Code) -> Iterator[None]:
        """Drop the diagnostics that only follow from a mistake already reported."""
        start = len(self.diagnostics)
        yield
        self.diagnostics[start:] = [d for d in self.diagnostics[start:] if d.code not in codes]

    def place(self, content: str, first: int) -> Place:
        """Locate text taken from the file's lines, from 0-based ``first`` on."""
        return place_of(self.path, self.lines, content, first)

    def at(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset in the file."""
        return self.source.at(offset)

    def line_span(self, index: int) -> Span:
        """Return the span of the text on a 0-based line."""
        raw = self.lines[index] if index < len(self.lines) else ""
        text = raw.strip()
        column = len(raw) - len(raw.lstrip()) if text else 0
        return Span(self.path, index + 1, column + 1, max(1, len(text)))
