"""SARIF as code hosts read it: what is written is held against the standard's own demands."""

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import diagnose
from aml_build.diagnostics.sarif import sarif
from aml_build.diagnostics.source import Source, Span
from tests.paths import STARTER

TEXT = {
    "type": "object",
    "properties": {"text": {"type": "string", "minLength": 1}},
    "required": ["text"],
    "additionalProperties": False,
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
#: The part of the OASIS schema that concerns us, with what GitHub demands beyond it.
SARIF: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["$schema", "version", "runs"],
    "properties": {
        "$schema": {"type": "string", "pattern": "^https://.*sarif-schema-2\\.1\\.0\\.json$"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/run"}},
    },
    "definitions": {
        "run": {
            "type": "object",
            "additionalProperties": False,
            "required": ["tool", "results"],
            "properties": {
                "tool": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["driver"],
                    "properties": {"driver": {"$ref": "#/definitions/driver"}},
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "invocations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["executionSuccessful"],
                        "properties": {
                            "executionSuccessful": {"type": "boolean"},
                            "toolExecutionNotifications": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "additionalProperties": False,
                                    "required": ["message"],
                                    "properties": {"level": LEVEL, "message": TEXT},
                                },
                            },
                        },
                    },
                },
                "results": {"type": "array", "items": {"$ref": "#/definitions/result"}},
            },
        },
        "driver": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name", "rules"],
            "properties": {
                "name": {"type": "string"},
                "version": {"type": "string"},
                "rules": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["id", "shortDescription", "fullDescription", "help"],
                        "properties": {
                            "id": {"type": "string"},
                            "shortDescription": TEXT,
                            "fullDescription": TEXT,
                            "help": TEXT,
                            "defaultConfiguration": {
                                "type": "object",
                                "additionalProperties": False,
                                "properties": {"level": LEVEL},
                            },
                        },
                    },
                },
            },
        },
        "result": {
            "type": "object",
            "additionalProperties": False,
            "required": ["message", "locations", "partialFingerprints", "ruleId", "level"],
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": LEVEL,
                "message": TEXT,
                "partialFingerprints": {
                    "type": "object",
                    "required": ["primaryLocationLineHash"],
                    "additionalProperties": {"type": "string"},
                },
                "locations": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "physicalLocation": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["artifactLocation", "region"],
                                "properties": {
                                    "artifactLocation": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["uri"],
                                        "properties": {
                                            "uri": {"type": "string", "pattern": "^[^/ ][^ ]*$"}
                                        },
                                    },
                                    "region": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["startLine"],
                                        "properties": {
                                            "startLine": {"type": "integer", "minimum": 1},
                                            "startColumn": {"type": "integer", "minimum": 1},
                                            "endColumn": {"type": "integer", "minimum": 2},
                                        },
                                    },
                                },
                            }
                        },
                    },
                },
            },
        },
    },
}
MISTAKES = """\
---
lesson: 2
title: Mistakes
colour: red
---

## First {#first prioriti=1}

Repeats $\\alhpa$ and $\\alhpa$.

### Is it so? {#so}

It is.
"""


def run_of(text: str) -> dict[str, Any]:
    log = json.loads(text)
    jsonschema.Draft7Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    return dict(run)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(STARTER, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_says_what_check_says(here: Path) -> None:
    (here / "content" / "02-späte fehler.md").write_text(MISTAKES, encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", "--json", "--sarif", "check.sarif"])
    assert done.exit_code == 1
    run = run_of((here / "check.sarif").read_text(encoding="utf-8"))
    found = json.loads(done.stdout)["diagnostics"]
    assert len(found) >= 4
    told = [
        (
            place["artifactLocation"]["uri"],
            place["region"]["startLine"],
            place["region"]["startColumn"],
            place["region"]["endColumn"] - place["region"]["startColumn"],
            result["ruleId"],
            result["level"],
            result["message"]["text"],
        )
        for result in run["results"]
        for place in [result["locations"][0]["physicalLocation"]]
    ]
    assert [(unquote(uri), *rest) for uri, *rest in told] == [
        (
            f"content/{d['span']['path']}",
            d["span"]["line"],
            d["span"]["column"],
            d["span"]["length"],
            d["code"],
            d["severity"],
            f"{d['message']} {d['hint']}",
        )
        for d in found
    ]
    marks = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
    assert len(set(marks)) == len(marks)
    assert run["invocations"][0]["executionSuccessful"]


def test_nothing_wrong_is_an_empty_list_that_takes_old_alerts_away(here: Path) -> None:
    done = CliRunner().invoke(cli, ["check", "--sarif", "out/check.sarif"])
    assert done.exit_code == 0, done.output
    assert run_of((here / "out" / "check.sarif").read_text(encoding="utf-8"))["results"] == []


def test_a_missing_file_is_shown_at_its_first_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    CliRunner().invoke(cli, ["check", "--content", "content", "--sarif", "check.sarif"])
    (result,) = run_of((tmp_path / "check.sarif").read_text(encoding="utf-8"))["results"]
    assert result["ruleId"] == "no-course"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "content/course.yaml"},
        "region": {"startLine": 1},
    }


def test_places_are_those_of_the_repository_from_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = tmp_path / "content" / "figures"
    figures.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "content" / "course.yaml").write_text("id: x\n", encoding="utf-8")
    monkeypatch.chdir(figures)
    CliRunner().invoke(cli, ["check", "--sarif", "check.sarif"])
    results = run_of((figures / "check.sarif").read_text(encoding="utf-8"))["results"]
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert set(places) == {"content/course.yaml"}


def test_a_fingerprint_survives_lines_that_are_put_above() -> None:
    def mark(text: str, line: int) -> str:
        found = [diagnose(Span("a.md", line, 1), Code.EMPTY_TERM, "Nothing.", "Write.")]
        run = run_of(sarif(found, {"a.md": Source("a.md", text)}, Path("content")))
        return str(run["results"][0]["partialFingerprints"]["primaryLocationLineHash"])

    assert mark("## \n", 1) == mark("Above.\n\n## \n", 3)
    assert mark("## \n", 1) != mark("##  x\n", 1)


def test_missing_tools_are_told() -> None:
    run = run_of(sarif((), {}, Path("content"), ("pdflatex is not installed.",)))
    assert not run["invocations"][0]["executionSuccessful"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "pdflatex" in note["message"]["text"]


def test_what_was_not_looked_at_is_a_note(here: Path) -> None:
    CliRunner().invoke(cli, ["check", "--sarif", "check.sarif"])
    (invocation,) = run_of((here / "check.sarif").read_text(encoding="utf-8"))["invocations"]
    (note,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"]
    assert note["level"] == "note"
    assert "not looked at: the pages of the sheet" in note["message"]["text"]
    CliRunner().invoke(cli, ["check", "--print", "--sarif", "check.sarif"])
    (invocation,) = run_of((here / "check.sarif").read_text(encoding="utf-8"))["invocations"]
    assert invocation["toolExecutionNotifications"] == []


def test_every_code_says_what_it_means_and_what_to_type() -> None:
    found = [diagnose(Span("a.md", 1, 1), code, "Wrong.", "Correct it.") for code in Code]
    rules = run_of(sarif(found, {}, Path("content")))["tool"]["driver"]["rules"]
    assert sorted(rule["id"] for rule in rules) == sorted(code.value for code in Code)
    for rule, code in zip(rules, sorted(Code), strict=True):
        assert rule["shortDescription"]["text"] == code.meaning
        assert code.remedy in rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] == code.severity
