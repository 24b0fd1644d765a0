"""Workflows and hooks: pinned, with the least rights, and made of commands that exist."""

import json
import re
import shlex
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from aml_build.cli import cli
from tests.paths import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))


def read(path: Path) -> dict[Any, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in read(path)["jobs"].items():
            yield f"{path.stem}/{name}", job


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in jobs():
        for step in job["steps"]:
            yield name, step


def commands() -> Iterator[list[str]]:
    """Yield every command of every workflow, line ends with a backslash joined."""
    for _, step in steps():
        run = re.sub(r"^ *#.*$", "", step.get("run", ""), flags=re.MULTILINE)
        for line in run.replace("\\\n", " ").splitlines():
            for part in re.split(r"\|\|?|&&|;|\$\(|(?<=\w)\)|^\(", line):
                words = shlex.split(re.sub(r">\S*\s*\S+", "", part))
                while words and (words[0] in ("if", "then") or words[0].endswith("=")):
                    words = words[1:]
                if words:
                    yield words


def test_there_are_workflows() -> None:
    assert [path.stem for path in WORKFLOWS] == ["build", "release"]


def test_actions_are_pinned_by_commit_and_say_their_version() -> None:
    used = [
        (path.name, line.strip())
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(- )?uses:", line)
    ]
    assert len(used) == sum("uses" in step for _, step in steps())
    loose = [
        u for u in used if not re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", u[1])
    ]
    assert loose == []
    # One action, one commit: a half-done update would be seen here.
    pins = {re.sub(r"^- ", "", line).split(" ")[1] for _, line in used}
    assert len({pin.split("@")[0] for pin in pins}) == len(pins)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_unless_a_job_says_more(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    # YAML reads the key `on` as true.
    assert "pull_request_target" not in workflow[True]


def test_who_may_write_runs_nothing_of_the_change() -> None:
    granted = {name: job["permissions"] for name, job in jobs() if "permissions" in job}
    assert granted == {
        "build/comment": {
            "actions": "read",
            "pull-requests": "write",
            "security-events": "write",
        },
        "release/publish": {"actions": "read", "contents": "write"},
    }
    for name, step in steps():
        if name in granted:
            assert "uses" not in step
            assert "make" not in step["run"]
        elif "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_only_a_job_that_may_write_holds_the_token() -> None:
    holders = {name for name, job in jobs() if "github.token" in json.dumps(job)}
    assert holders == {"build/comment", "release/publish"}
    assert not [p.name for p in WORKFLOWS if "secrets." in p.read_text(encoding="utf-8")]


def test_no_text_of_strangers_becomes_a_command() -> None:
    assert [step["run"] for _, step in steps() if "${{" in step.get("run", "")] == []


def test_an_auditor_finds_nothing() -> None:
    done = subprocess.run(
        [f"{sysconfig.get_path('scripts')}/zizmor", "--offline", "--persona=auditor", ".github"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_every_job_ends() -> None:
    assert all(0 < job["timeout-minutes"] <= 90 for _, job in jobs())


def test_every_command_exists() -> None:
    called = list(commands())
    programs = {
        "make",
        "gh",
        "gzip",
        "base64",
        "echo",
        "cat",
        "cd",
        "sha256sum",
        "cut",
        "xargs",
        "cmp",
    }
    assert {words[0] for words in called} <= programs | {"[", "exit", "fi", "true", "mktemp"}
    made = {words[1] for words in called if words[0] == "make"}
    assert made == {"all", "lint", "test-all", "report", "release-files"}
    assert made <= TARGETS


def test_every_target_is_phony_and_listed_by_help() -> None:
    phony = set(" ".join(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)).split())
    assert phony == TARGETS
    helped = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = {line.split()[0] for line in helped.stdout.splitlines()}
    assert listed >= {"all", "test", "check", "release", "report", "publish", "audit", "lock"}


def test_the_makefile_calls_commands_and_options_that_exist() -> None:
    called = re.findall(r"\$\(TOOL\) ([a-z]+)([^|>;&}\n]*)", MAKEFILE)
    assert {name for name, _ in called} == {"build", "check", "diff", "release"}
    for name, rest in called:
        known = {option for p in cli.commands[name].params for option in p.opts}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known


@pytest.mark.parametrize("target", ["report", "check"])
def test_reports_look_at_all_that_a_build_looks_at(target: str) -> None:
    (recipe,) = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert "$(TOOL) check --print" in recipe


@pytest.mark.parametrize("target", ["release", "release-files"])
def test_a_release_without_version_says_what_to_type(target: str) -> None:
    # Only the recipe's own lines: what it rests on installs and builds.
    done = subprocess.run(
        ["make", "-o", "setup", "-o", "system", "-o", "all", target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "make release" in done.stderr


def test_the_matcher_reads_what_check_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "templates" / "new", tmp_path / "content")
    lesson = tmp_path / "content" / "01-orbits.md"
    text = (
        lesson.read_text(encoding="utf-8").replace("T^2=a^3", "\\alhpa").replace("Why does", "Is")
    )
    lesson.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(cli, ["check"]).output.splitlines()
    found = json.loads(CliRunner().invoke(cli, ["check", "--json"]).stdout)["diagnostics"]
    assert {d["severity"] for d in found} == {"error", "warning"}
    matcher = json.loads((ROOT / ".github" / "problem-matcher.json").read_text(encoding="utf-8"))
    for entry in matcher["problemMatcher"]:
        (pattern,) = entry["pattern"]
        matched = [m for line in shown if (m := re.match(pattern["regexp"], line))]
        assert [
            (m[pattern["file"]], m[pattern["line"]], m[pattern["column"]], m[pattern["message"]])
            for m in matched
        ] == [
            (
                f"content/{d['span']['path']}",
                str(d["span"]["line"]),
                str(d["span"]["column"]),
                f"[{d['code']}] {d['message']}",
            )
            for d in found
            if d["severity"] == entry["severity"]
        ]


def test_hooks_are_local_and_call_what_is_there() -> None:
    repos = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    hooks = {hook["id"]: hook for hook in repos[0]["hooks"]}
    assert list(hooks) == ["ruff-format", "ruff-check", "aml-build-check"]
    for hook in hooks.values():
        assert hook["language"] == "system"
        program, command, *_ = shlex.split(hook["entry"])
        assert program in (".venv/bin/ruff", ".venv/bin/aml-build")
        assert program.endswith("ruff") or command in cli.commands
