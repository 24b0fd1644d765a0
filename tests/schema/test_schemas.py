"""The schemas that editors check with, held against the parser itself."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.diagnostics.codes import Severity
from aml_build.model import BookletOptions, SheetOptions
from aml_build.model.course import NOT_LESSONS
from aml_build.model.option_table import option_table
from aml_build.schema.json_schemas import Described, schema
from aml_build.storage.source_paths import SETTINGS
from tests.mistakes import SMALL, course
from tests.paths import ROOT

GOOD = [
    "",
    "language: pt-BR",
    "language:",
    "authors: [Ada, Bob]",
    "authors: Ada",
    "authors:",
    "licence: 0",
    "description: >-\n  Two\n  lines.",
    "report_url: ''",
    "report_url: https://example.org/new?title={concept}",
    "report_url: mailto:ada@example.org",
    'macros: {"\\\\E": "\\\\mathbb{E}"}',
    'macros: {"\\\\norm": ["\\\\lVert #1\\\\rVert", 1]}',
    "macros:",
    "checks: {long-answer: off}",
    "checks: {long-answer: 'on'}",
    "retired: [old, concept/part]",
    "sheet: {paper: letter, orientation: portrait, pages: 1, columns: 10, min_size: 3, max_size: 20}",
    "sheet:",
    "booklet: {paper: a4, write_lines: 30}",
]
BAD = [
    "titel: A course",
    "language: english language",
    "language: [en]",
    "authors: {name: Ada}",
    "licence: [MIT]",
    "report_url: example.org",
    "macros: {E: x}",
    'macros: {"\\\\E": [x]}',
    'macros: {"\\\\E": [x, 10]}',
    'macros: {"\\\\E": {body: x}}',
    "macros: [x]",
    "checks: {long-anser: off}",
    "checks: {raw-html: off}",
    "checks: {long-answer: maybe}",
    "retired: {a: b}",
    "sheet: {paper: a5}",
    "sheet: {orientation: upright}",
    "sheet: {pages: 0}",
    "sheet: {pages: two}",
    "sheet: {columns: 11}",
    "sheet: {min_size: 2}",
    "sheet: {max_size: 21}",
    "sheet: {colour: red}",
    "booklet: {write_lines: 31}",
    "booklet: [1]",
]


def valid(text: str, of: Described) -> bool:
    return jsonschema.Draft7Validator(json.loads(schema(of))).is_valid(yaml.safe_load(text))


def parses(path: str, text: str) -> bool:
    found = course(SMALL | {path: text}).diagnostics
    return not any(d.severity is Severity.ERROR for d in found)


@pytest.mark.parametrize("of", [Described.COURSE, Described.LESSON])
def test_they_are_schemas(of: Described) -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(schema(of)))


@pytest.mark.parametrize("text", [*GOOD, *BAD])
def test_course_and_parser_agree(text: str) -> None:
    whole = f"id: small\ntitle: A small course\n{text}\n"
    assert parses(SETTINGS, whole) is (text in GOOD)
    assert valid(whole, Described.COURSE) is (text in GOOD)


@pytest.mark.parametrize("text", ["title: T", "id: a", "id: A b\ntitle: T", "id: a\ntitle: ''"])
def test_a_course_has_an_id_and_a_title(text: str) -> None:
    assert not parses(SETTINGS, text)
    assert not valid(text, Described.COURSE)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("lesson: 1\ntitle: T", True),
        ("lesson: 0\ntitle: T\nlabel: General notes", True),
        ("lesson: 9999\ntitle: 1984", True),
        ("lesson: 1\ntitle: T\nlabel:", True),
        ("lesson: one\ntitle: T", False),
        ("lesson: -1\ntitle: T", False),
        ("lesson: 10000\ntitle: T", False),
        ("lesson: 1", False),
        ("title: T", False),
        ("lesson: 1\ntitle: ''", False),
        ("lesson: 1\ntitle: T\ncolour: red", False),
    ],
)
def test_front_matter_and_parser_agree(text: str, good: bool) -> None:
    lesson = f"---\n{text}\n---\n## Bayes {{#bayes}}\n\nWeighs evidence.\n"
    assert parses("01.md", lesson) is good
    assert valid(text, Described.LESSON) is good


def named_schema(path: Path) -> Path:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found, first
    return path.parent / found[1]


def test_the_course_names_its_schema() -> None:
    assert (
        named_schema(ROOT / "content" / SETTINGS).resolve() == ROOT / "docs" / "course.schema.json"
    )
    assert valid((ROOT / "content" / SETTINGS).read_text(encoding="utf-8"), Described.COURSE)


def test_a_new_course_carries_the_schema_that_it_names(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["new", str(tmp_path / "mine")])
    assert done.exit_code == 0
    settings = tmp_path / "mine" / SETTINGS
    assert named_schema(settings).read_text(encoding="utf-8") == schema(Described.COURSE)
    assert valid(settings.read_text(encoding="utf-8"), Described.COURSE)


def test_all_front_matter_of_the_repository_is_valid() -> None:
    lessons = [*(ROOT / "content").glob("*.md"), *(ROOT / "templates" / "new").glob("*.md")]
    fronts = [
        path.read_text(encoding="utf-8").split("---\n", 2)[1]
        for path in lessons
        if path.name.lower() not in NOT_LESSONS
    ]
    assert fronts
    assert [front for front in fronts if not valid(front, Described.LESSON)] == []


def test_the_editor_settings_name_schemas_that_exist() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    named = [*settings["yaml.schemas"], *(entry["url"] for entry in settings["json.schemas"])]
    assert len(named) == 2
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(("key", "options"), [("sheet", SheetOptions), ("booklet", BookletOptions)])
def test_an_option_has_one_default_and_one_range(
    key: str, options: type[SheetOptions] | type[BookletOptions]
) -> None:
    properties = json.loads(schema(Described.COURSE))["properties"][key]["properties"]
    settings = course(SMALL | {SETTINGS: f"{SMALL[SETTINGS]}{key}: {{}}\n"}).course
    assert settings
    table = option_table(options)
    assert [option.name for option in table] == list(properties)
    for option in table:
        default = getattr(options(), option.name)
        assert properties[option.name]["default"] == option.default == default
        assert getattr(getattr(settings, key), option.name) == default
        assert properties[option.name]["description"] == option.description
        if not option.choices:
            assert option.low <= default <= option.high


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("sheet: {pages: 0}", "3:16", "Write a whole number from 1 to 100."),
        ("sheet: {min_size: 2.5}", "3:19", "Write a number from 3 to 20."),
        ("sheet: {max_size: 4}", "3:19", "Write a number from 5 to 20."),
        ("sheet: {min_size: 5.5, max_size: 5}", "3:34", "Write a number from 5.5 to 20."),
        ("sheet: {paper: a5}", "3:16", "Write one of `a4`, `letter`."),
        ("booklet: {write_lines: many}", "3:24", "Write a whole number from 0 to 30."),
        ("booklet: {writelines: 2}", "3:11", "Did you mean `write_lines`?"),
    ],
)
def test_a_wrong_option_is_answered_with_its_range(text: str, place: str, hint: str) -> None:
    (found,) = course(SMALL | {SETTINGS: f"{SMALL[SETTINGS]}{text}\n"}).diagnostics
    assert f"{found.span.line}:{found.span.column}" == place
    assert found.hint == hint


def test_the_smallest_type_raises_the_largest_unless_that_is_given() -> None:
    settings = course(SMALL | {SETTINGS: f"{SMALL[SETTINGS]}sheet: {{min_size: 12}}\n"}).course
    assert settings
    assert settings.sheet.max_size == 12
