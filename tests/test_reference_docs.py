"""The parts of the docs that are made from the code are those of the code."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from aml_build.model import BookletOptions, SheetOptions
from aml_build.model.option_table import option_table
from aml_build.pipeline.options import Target
from scripts.reference_docs import documents
from tests.paths import ROOT


@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(path, text, id=path.name) for path, text in documents()]
)
def test_docs_are_up_to_date(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text, "run: make docs"


def test_the_example_of_course_yaml_shows_the_defaults() -> None:
    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    example = re.search(r"## `course.yaml`\n+```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    shown = yaml.safe_load(example[1])
    for name, options in (("sheet", SheetOptions), ("booklet", BookletOptions)):
        assert shown[name] == {option.name: option.default for option in option_table(options)}


@pytest.mark.parametrize("target", Target)
def test_the_readme_names_the_files_of_every_artifact(target: Target) -> None:
    named = re.findall(r"`(?:out/)?([\w./-]+)`", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert any(fnmatch(name, target.files[0]) for name in named), target
