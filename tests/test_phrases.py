"""Text for readers is in ``aml_build/phrases.py`` and nowhere else; every phrase is used, and used right."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from aml_build.items.kinds import ItemKind
from aml_build.model import ConceptKind
from aml_build.phrases import ENGLISH
from aml_build.render.anki.note_types import NoteKind, note_type
from aml_build.resources import template
from tests.paths import ROOT

PACKAGE, TEMPLATE_FOLDER = ROOT / "aml_build", ROOT / "templates"
MODULES = [path for name in ("items", "render") for path in sorted((PACKAGE / name).rglob("*.py"))]
TEMPLATES_FOR_READERS = [
    path
    for name in ("anki", "latex", "preview")
    for path in sorted((TEMPLATE_FOLDER / name).iterdir())
    if path.name != "figures.sty"  # TikZ settings, and messages for authors
]
AUTHORS_MODULES = {"faults.py", "missing_glyphs.py"}
"""Modules of the renderers whose text is diagnostics."""
NAME_MODULES = {"characters.py", "formula_lines.py"}
"""Modules whose words are names of TeX commands."""
ALLOWED = {
    *(name for kind in NoteKind for name in (*kind.row.fields, *kind.row.templates)),  # Anki's keys
    *(note_type(kind).name for kind in NoteKind),  # students' collections keep them for good
    "Spare ",  # field names, with a number
    "Arial",  # the font of Anki's editor
    "Letter",  # paper
    "Pitfall",  # a colour of cheatsheet.sty
    "use strict",
    "card pv-side",  # JavaScript, classes
}
"""Words that are names, not text for readers."""
AUTHORS_MESSAGES = {"diagnose", "TexPolicy", "tex_diagnostic"}
"""Functions that make diagnostics, whose text is for authors."""
DERIVED = {
    *(f"{part}.{kind}" for part in ("kind", "heading") for kind in ItemKind),
    *(f"ask.{kind}" for kind in ConceptKind),
    *(f"concept.{kind}" for kind in (*ConceptKind, "pitfall")),
    *(f"card.{field}" for field in ("needs", "contrast", "see")),
    *(f"booklet.{part}" for part in ("questions", "answers", "both")),
    "booklet.dated-commit",
    "booklet.version-commit",
}
"""Keys that code puts together."""

_MARK = re.compile(r"\[\[([a-z]+\.[a-z.-]+)((?: [a-z]+=[^\s\]]+)*)\]\]")
_READS = re.compile(
    r"(?<![\w.#-])[A-Z]?[a-z]+(?:,? [a-z]{2,})+|(?<![\w.@#/-])[A-Z][a-z]{2,}(?![\w=(/])"
)
"""Two words in a row, or a word with a capital letter."""
_MARKUP = re.compile(
    r"<[^>]*(?:>|$)|&\w+;|\{\{[^\\{}]*\}\}"  # HTML, and the fields of a card
    r"|(?<!\\)%.*|\\amluse\{\w+\}|\\amlglyphs\{\w+\}\{\w+\}|\\[A-Za-z@]+\*?|\{[a-z@.,=*!:-]*\}"  # LaTeX
    r"|\b(?:height|width|depth|plus|to|count|name)\b(?=[\d\\. {#])|@\w+"  # lengths of TeX
)


def reads(text: str) -> bool:
    if text in ALLOWED or text.startswith("SELECT "):
        return False
    return bool(_READS.search(_MARKUP.sub(" ", _MARK.sub("", text))))


def literals(path: Path) -> Iterator[str]:
    """Yield the strings of a module without docstrings, annotations and messages for authors."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if (
                isinstance(child, ast.Raise | ast.Assert)
                or (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant))
                or (
                    isinstance(child, ast.Assign) and _name(child.targets[0]) in {"__all__", "hint"}
                )
                or (isinstance(child, ast.Call) and _name(child.func) in AUTHORS_MESSAGES)
                or child in (getattr(node, "annotation", None), getattr(node, "returns", None))
            ):
                child._fields = ()
                if isinstance(child, ast.Constant):
                    child.value = ""
    yield from _strings(tree)


def _name(node: ast.AST) -> str:
    return str(getattr(node, "id", ""))


def _strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def template_texts(path: Path) -> Iterator[str]:
    """Yield what of a template could be text for readers."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".js":
            code = re.sub(r"^\s*//.*|/`.*?`/", "", text, flags=re.MULTILINE)
            yield from (match[2] for match in re.finditer(r"([\"`])(.*?)\1", code))
        case ".css":
            yield from re.findall(r'content: "([^"]*)"', text)
        case ".html":
            body = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
            yield from body.splitlines()
            yield from re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', body)
        case _:
            yield from text.splitlines()


def test_no_module_has_a_phrase_of_its_own() -> None:
    quiet = AUTHORS_MODULES | NAME_MODULES
    modules = [path for path in MODULES if path.name not in quiet]
    found = [(path.name, text) for path in modules for text in literals(path) if reads(text)]
    assert not found


def test_no_template_has_a_phrase_of_its_own() -> None:
    found = [
        (path.name, text)
        for path in TEMPLATES_FOR_READERS
        for text in template_texts(path)
        if reads(text)
    ]
    assert not found


def test_the_search_finds_phrases_and_passes_markup() -> None:
    found = [
        "My reviews",
        "<b>Which term?</b>",
        "printed small",
        r"{\small Notes}",
        "See also: #1.",
    ]
    passed = [
        "pv-card",
        r"\hbox to5mm{\color{amlSoft}#1}",
        "{{#More}}",
        '<div class="x y',
        "[[a.b]]",
    ]
    assert [text for text in (*found, *passed) if reads(text)] == found


def used() -> Iterator[tuple[str, str, set[str]]]:
    """Yield place, key and placeholders of each phrase that a template or a call names."""
    for path in TEMPLATES_FOR_READERS:
        for match in _MARK.finditer(path.read_text(encoding="utf-8")):
            yield path.name, match[1], {pair.partition("=")[0] for pair in match[2].split()}
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            names = {keyword.arg or "" for keyword in call.keywords}
            match _name(call.func), call.args:
                case "counted", [ast.Constant(value=str(key)), *_]:
                    yield from ((path.name, f"{key}.{form}", {"count"}) for form in ("one", "many"))
                case "phrase" | "sentence" | "latex_phrase", [ast.Constant(value=str(key)), *_]:
                    yield path.name, key, names
                case "paragraph", [_, ast.Constant(value=str(key)), *_]:
                    yield path.name, key, names


def test_every_use_names_a_phrase_and_its_placeholders() -> None:
    wrong = [
        (place, key, names)
        for place, key, names in used()
        if key not in ENGLISH
        or names != {name for _, name, _, _ in Formatter().parse(ENGLISH[key]) if name}
    ]
    assert not wrong


def test_every_phrase_is_used() -> None:
    named = {key for _, key, _ in used()} | DERIVED
    # Keys that wait in a table or a variable until they are used.
    named |= {
        text for path in PACKAGE.rglob("*.py") if path.stem != "phrases" for text in literals(path)
    }
    assert not set(ENGLISH) - named, "phrases that nothing uses"
    assert set(ENGLISH) >= DERIVED


def test_templates_are_filled_with_phrases_and_values() -> None:
    assert "<title>Waiting for the first cards</title>" in template("preview/waiting.html")
    assert "$cards cards, $notes notes" in template("preview/index.html")
    assert "Lower {terms}." not in template("latex/booklet.sty", str.upper)
    assert "SEE ALSO: #1." in template("latex/booklet.sty", str.upper)
