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
from aml_build.schema import json_schemas as schemas
from tests.paths import ROOT
from tests.samples import COURSE

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("of", schemas.Described)
def test_published_schemas_are_those_of_the_code(of: schemas.Described) -> None:
    published = (ROOT / "docs" / of.file).read_text(encoding="utf-8")
    assert published == schemas.schema(of), f"aml-build schema {of} > docs/{of.file}"


def test_a_model_keeps_to_its_schema() -> None:
    schema = json.loads(schemas.schema(schemas.Described.MODEL))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(schemas.dump(COURSE)), schema)


def test_a_model_reads_back() -> None:
    assert msgspec.json.decode(schemas.dump(COURSE), type=type(COURSE)) == COURSE


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    assert re.search(r"Examples?: aml-build " + name, shown.output)


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_links_between_docs_lead_somewhere(doc: Path) -> None:
    # Examples name files of a course.
    text = re.sub(
        r"^(`{3,}).*?^\1|(`+).*?\2", "", doc.read_text(encoding="utf-8"), flags=re.M | re.S
    )
    links = re.findall(r"(?<!\\)\]\(([^)#\s]+)[^)]*\)", text)
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (doc.parent / link).exists()] == []


def test_the_pictures_of_the_readme_can_be_made_anew() -> None:
    """Their script names two cards of the notes, which may be renamed."""
    course = parse_course(ROOT / "content").course
    assert course is not None
    script = (ROOT / "scripts" / "pictures.py").read_text(encoding="utf-8")
    cards = re.findall(r'"([\w-]+/[\w-]+)/\d"', script)
    assert len(cards) == 2
    assert set(cards) <= {item.id for item in derive(course)}
