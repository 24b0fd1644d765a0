"""Docs that would go stale are held against what they describe."""

import json
import re
from pathlib import Path

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.items.derive import derive
from aml_build.parse.course import parse_course
from aml_build.schema import json_schemas
from tests.paths import ROOT
from tests.samples import COURSE

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

#: The writing check reads these files and folders, without the files excluded below.
CHECKED_FOR_WORDS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs",
    "templates",
    "aml_build",
)
NOT_CHECKED_FOR_WORDS = ("docs/errata.md",)  # its words are those of the course
#: Words that only this project used, and the standard terms for them.
PRIVATE_WORDS = {
    "desk": "parse context",
    "fate": "change kind",
    "furniture": "template, frame",
    "maker": "artifact module",
    "mend": "correct, fix",
    "mended": "corrected, fixed",
    "mending": "correction",
    "neighbour": "previous or next item",
    "room": "package, namespace, space",
    "said": "message, output",
    "scribe": "renderer",
    "stage": "build context, pass",
    "stock": "default, candidates",
    "strand": "lose the history of",
    "surroundings": "context",
    "survey": "summary",
    "told": "reported",
    "wish": "request",
}


@pytest.mark.parametrize("of", json_schemas.Described)
def test_published_schemas_are_those_of_the_code(of: json_schemas.Described) -> None:
    published = (ROOT / "docs" / of.file).read_text(encoding="utf-8")
    assert published == json_schemas.schema(of), f"aml-build schema {of} > docs/{of.file}"


def test_a_model_keeps_to_its_schema() -> None:
    schema = json.loads(json_schemas.schema(json_schemas.Described.MODEL))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json_schemas.dump(COURSE)), schema)


def test_a_model_reads_back() -> None:
    assert msgspec.json.decode(json_schemas.dump(COURSE), type=type(COURSE)) == COURSE


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    assert re.search(r"Examples?: aml-build " + name, shown.output)


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_links_between_docs_lead_somewhere(doc: Path) -> None:
    text = _without_examples(doc.read_text(encoding="utf-8"))
    links = re.findall(r"(?<!\\)\]\(([^)#\s]+)[^)]*\)", text)
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (doc.parent / link).exists()] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_files_named_in_docs_exist(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    named = re.findall(r"`((?:aml_build|bench|docs|scripts|templates|tests)/[\w./-]+)`", text)
    modules = re.findall(r"`((?:aml_build|bench)(?:\.\w+)+)`", text)
    named += [f"{module.replace('.', '/')}.py" for module in modules]
    # Within the package, docs name files without `aml_build/`.
    named += re.findall(r"`(\w+/[\w/]+\.py)`", text)
    missing = [n for n in named if not any((at / n).exists() for at in (ROOT, ROOT / "aml_build"))]
    # Recipes name files that are made by following them.
    assert [name for name in missing if "NAME" not in name] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_commands_named_in_docs_exist(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.M)) <= set(targets)
    for name, options in re.findall(r"aml-build ([a-z]+)\b([^`\n#|]*)", text):
        known = {"--help"}.union(*(option.opts for option in cli.commands[name].params))
        assert set(re.findall(r"--[a-z-]+", options)) <= known, f"aml-build {name}{options}"


def test_the_pictures_of_the_readme_can_be_made_anew() -> None:
    """Their script names two cards of the notes, which may be renamed."""
    course = parse_course(ROOT / "content").course
    assert course is not None
    script = (ROOT / "scripts" / "pictures.py").read_text(encoding="utf-8")
    cards = re.findall(r'"([\w-]+/[\w-]+)/\d"', script)
    assert len(cards) == 2
    assert set(cards) <= {item.id for item in derive(course)}


def test_the_glossary_is_in_alphabetical_order() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ", 1) for line in text.splitlines() if line[:2] == "| "]
    terms = [term for term, _ in rows[1:]]
    assert terms == sorted(set(terms), key=str.casefold)
    assert [term for term, meaning in rows[1:] if not meaning.endswith((".", ")."))] == []


def test_every_anchor_in_the_docs_is_a_heading() -> None:
    for doc in DOCS:
        for target, anchor in re.findall(r"\]\(([\w./-]+\.md)#([\w-]+)\)", doc.read_text("utf-8")):
            headings = re.findall(r"^#+ (.+)$", (doc.parent / target).read_text("utf-8"), re.M)
            slugs = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}
            assert anchor in slugs, f"{doc.name}: {target}#{anchor}"


def test_vs_code_recommends_the_extensions_that_its_settings_need() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    extensions = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    provided_by = {"yaml": ["redhat.vscode-yaml"], "json": []}  # VS Code itself reads JSON schemas
    needed = [name for key in settings for name in provided_by[key.split(".")[0]]]
    assert extensions["recommendations"] == needed


def _files_checked_for_words() -> list[Path]:
    files = []
    for name in CHECKED_FOR_WORDS:
        path = ROOT / name
        files += [path] if path.is_file() else [*path.rglob("*.md"), *path.rglob("*.py")]
    excluded = {ROOT / name for name in NOT_CHECKED_FOR_WORDS}
    return sorted(path for path in files if path not in excluded)


def _without_examples(text: str) -> str:
    """Empty the code in Markdown: its words come from a course or from a command."""
    code = re.compile(r"^(`{3,}).*?^\1|(`+).*?\2", re.M | re.S)
    return code.sub(lambda example: "\n" * example[0].count("\n"), text)


@pytest.mark.parametrize(
    "path", _files_checked_for_words(), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_private_words_are_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("originalStockKind", "")  # Anki's own name
    if path.suffix == ".md":
        text = _without_examples(text)
    words = "|".join(PRIVATE_WORDS)
    # A capital may follow a letter: `BuildStage`.
    word = re.compile(rf"(?:(?<![A-Za-z])({words})|({words.title()}))s?(?![a-z])")
    found = [
        f"line {number}: instead of {hit[0]!r} write {PRIVATE_WORDS[(hit[1] or hit[2]).lower()]!r}"
        for number, line in enumerate(text.splitlines(), 1)
        for hit in word.finditer(line)
    ]
    assert not found, "\n".join(found)
