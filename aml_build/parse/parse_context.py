"""What the parsing of one file needs at hand: its lines, and where findings go."""

from collections.abc import Iterator
from contextlib import contextmanager

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.model.symbols import Gap, Name, Shown, Use
from aml_build.parse.positions import Place, place_of
from aml_build.parse.text.formula_table import Formulas

INTRODUCTION = -1
"""Stands for a concept's position before the first concept."""


class Desk:
    """One file being parsed."""

    def __init__(self, source: Source, formulas: Formulas) -> None:
        self.source = source
        self.path = source.path
        self.lines = source.text.replace("\0", "\ufffd").split("\n")
        """As Markdown reads them: for U+0000 it takes U+FFFD (CommonMark 0.31, 2.3)."""
        self.formulas = formulas
        self.env: dict[str, object] = {}
        self.concept = INTRODUCTION
        """Position in the file of the concept being read."""
        self.diagnostics: list[Diagnostic] = []
        self.given: list[Name] = []
        self.used: list[Use] = []
        self.gaps: list[Gap] = []
        self.pictures: list[Shown] = []

    def report(self, span: Span, code: Code, message: str, hint: str) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(diagnose(span, code, message, hint))

    @contextmanager
    def hushed(self, *codes: Code) -> Iterator[None]:
        """Leave out mistakes that only follow from one that has been said."""
        start = len(self.diagnostics)
        yield
        self.diagnostics[start:] = [d for d in self.diagnostics[start:] if d.code not in codes]

    def place(self, content: str, first: int) -> Place:
        """Find text taken from the file's lines, from 0-based ``first`` on."""
        return place_of(self.path, self.lines, content, first)

    def at(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset in the file."""
        return self.source.at(offset)

    def line_span(self, index: int) -> Span:
        """Return the span of what stands on a 0-based line."""
        raw = self.lines[index] if index < len(self.lines) else ""
        text = raw.strip()
        column = len(raw) - len(raw.lstrip()) if text else 0
        return Span(self.path, index + 1, column + 1, max(1, len(text)))
