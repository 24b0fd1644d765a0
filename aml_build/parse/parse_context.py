"""The state of the parsing of one file: its lines, its diagnostics and its symbols."""

from collections.abc import Iterator
from contextlib import contextmanager

from aml_build.diagnostics.codes import Code
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
        self.definitions: list[Definition] = []
        self.references: list[Reference] = []
        self.missing_ids: list[MissingId] = []
        self.pictures: list[PictureReference] = []

    def symbols(self) -> SymbolTable:
        """Return the symbols found so far."""
        return SymbolTable(
            self.path, tuple(self.definitions), tuple(self.references), tuple(self.missing_ids)
        )

    def report(self, span: Span, code: Code, message: str, hint: str) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(diagnose(span, code, message, hint))

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
