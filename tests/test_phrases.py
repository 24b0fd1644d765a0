"""Texts for readers are in ``aml_build/phrases.py``: there is none elsewhere, and none too many."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from aml_build.items.kinds import ItemKind
from aml_build.model import ConceptKind
from aml_build.phrases import ENGLISH
from tests.paths import ROOT

PACKAGE = ROOT / "aml_build"
TEMPLATES = ROOT / "templates"
MODULES = sorted(
    path for package in ("items", "render") for path in (PACKAGE / package).rglob("*.py")
)
FILLED = sorted(
    path
    for folder in ("anki", "latex", "preview")
    for path in (TEMPLATES / folder).iterdir()
    if path.suffix in {".html", ".js", ".css", ".sty", ".tex"}
)
LATEX = [path for path in FILLED if path.suffix in {".sty", ".tex"}]

#: Keys that are made from the value of a kind.
DERIVED = {
    *(f"{part}.{kind}" for part in ("kind", "heading") for kind in ItemKind),
    *(f"ask.{kind}" for kind in ConceptKind),
    *(f"card.{field}" for field in ("needs", "contrast", "see")),
}
_MARK = re.compile(r"\[\[([a-z]+\.[a-z.-]+)((?: [a-z]+=[^\s\]]+)*)\]\]")
_WORD = re.compile(r"[A-Za-z]{3,}")
#: Commands, arguments that are names, lengths and colours.
_TEX = re.compile(r"\\[A-Za-z@]+\*?|\{[\w@.,=*!:-]*\}|%.*")
_TAG = re.compile(r"<[^>]*>|&\w+;")
_FUNCTIONS = {"phrase", "sentence", "paragraph"}

ALLOWED = {
    "font": "the font that Anki's editor uses",
}
"""Literals with words that no reader sees, with the reason."""


def placeholders(key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(ENGLISH[key]) if name}


def used() -> Iterator[tuple[str, str, set[str] | None]]:
    """Yield each use: its place, the key, and its placeholders where they are written out."""
    for path in FILLED:
        for match in _MARK.finditer(path.read_text(encoding="utf-8")):
            yield path.name, match[1], {pair.partition("=")[0] for pair in match[2].split()}
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in _FUNCTIONS:
                continue
            for argument in call.args:
                for key in strings(argument):
                    if key in ENGLISH:
                        names = {keyword.arg or "" for keyword in call.keywords}
                        yield path.name, key, names


def strings(node: ast.AST) -> list[str]:
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


_READS = re.compile(
    r"(?<![\w.#-])[A-Z]?[a-z]{2,}(?:,? [a-z]{2,})+|(?<![\w.@#/-])[A-Z][a-z]{2,}(?![\w=(/])"
)
"""Two words in a row, or a word with a capital letter."""


def literals(path: Path) -> Iterator[str]:
    """Yield the string literals of a module that are neither docstrings nor messages for authors."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            quiet = (
                isinstance(child, ast.Raise | ast.Assert)
                or (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant))
                or (isinstance(child, ast.Call) and getattr(child.func, "id", "") in _MESSAGES)
            )
            if quiet:
                child._fields = ()
    yield from strings(tree)


_MESSAGES = {"Diagnostic", "error", "warning", "compile", "TypeAlias"}
