"""`aml-build help`: what an installed tool can show without its repository."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.diagnostics.codes import Code
from aml_build.resources import TOPICS, page
from tests.paths import ROOT


def shown(*words: str) -> str:
    done = CliRunner().invoke(cli, ["help", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_topics_are_listed_with_their_titles() -> None:
    listed = shown().partition("Topics:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == list(TOPICS)
    assert "format       The source format." in shown()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_its_page(topic: str) -> None:
    lines = shown(topic).splitlines()
    own = (ROOT / "docs" / f"{topic}.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == own[0]
    kept = [line for line in own if not re.search(r"\.md|<!--|\.json\)|\]\(\.\./", line)]
    assert [line for line in kept if line not in lines] == []
    # A link to a page that is not here would lead nowhere.
    assert re.findall(r"\]\((?:[^)]*\.(?:md|json)\b|\.\./)[^)]*\)", shown(topic)) == []


def test_links_name_the_command_that_shows_the_page() -> None:
    assert "The glossary (`aml-build help glossary`) explains" in shown("format")


def test_a_code_is_explained() -> None:
    assert shown("missing-id").splitlines() == [
        "missing-id: error",
        f"  what is wrong: {Code.MISSING_ID.meaning}",
        f"  what to type:  {Code.MISSING_ID.remedy}",
        "  withholds:     deck, sheet, booklet, preview, model",
    ]
    assert shown("long-answer").endswith("withholds:     nothing\n")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_a_command_without_page_shows_its_options(name: str) -> None:
    own = CliRunner().invoke(cli, [name, "--help"], prog_name="aml-build").stdout
    if name not in TOPICS:
        assert CliRunner().invoke(cli, ["help", name], prog_name="aml-build").stdout == own


def test_no_text_of_the_tool_names_a_file_that_only_the_repository_has() -> None:
    for folder, ending in (("aml_build", "*.py"), ("templates", "*.*")):
        for path in (ROOT / folder).rglob(ending):
            text = re.sub(r'"""(?:.|\n)*?"""', "", path.read_text(encoding="utf-8"))
            assert re.findall(r"docs/\w+|CONTRIBUTING", text) == [], path.name


def test_every_page_that_the_tool_names_is_there() -> None:
    for folder in ("aml_build", "templates"):
        for path in (ROOT / folder).rglob("*.*"):
            if path.suffix in (".py", ".md", ".yaml"):
                named = re.findall(r"aml-build help ([a-z-]+)", path.read_text(encoding="utf-8"))
                assert {name for name in named if name not in (*TOPICS, "missing-id")} == set()
    assert all(page(topic).startswith("# ") for topic in TOPICS)


def test_a_terminal_gets_a_page_laid_out_in_a_pager(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\ncat >{seen}\n", encoding="utf-8")
    pager.chmod(0o755)
    command = [sys.executable, "-m", "aml_build", "help", "math"]
    terminal, other_end = pty.openpty()
    changed = {"PAGER": str(pager), "TERM": "xterm", "COLUMNS": "70"}
    done = subprocess.run(
        command,
        stdin=other_end,
        stdout=other_end,
        env=os.environ | changed,
        check=False,
        timeout=60,
    )
    os.close(terminal)
    os.close(other_end)
    assert done.returncode == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", seen.read_text(encoding="utf-8"))
    assert "instead of" in text
    assert "|---" not in text
    assert max(map(len, text.splitlines())) <= 70
