"""Locked dependencies: every package by version and hash, and no more than is declared."""

import re
import tomllib

import pytest

from tests.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-audit.txt")
PIN = re.compile(
    r"([a-z0-9][a-z0-9._-]*)(\[[a-z0-9,]+\])?==(\S+?)( ;.*?)? \\\n((?:    --hash=.*\n)+)"
)


def pins(name: str) -> dict[str, tuple[str, list[str]]]:
    text = (ROOT / name).read_text(encoding="utf-8")
    found = {m[1]: (m[3], re.findall(r"--hash=(\S+)", m[5])) for m in PIN.finditer(text)}
    starts = re.findall(r"^[^\s#].*", text, re.MULTILINE)
    assert len(found) == len(starts), "a line that is no pinned package"
    return found


def names(requirements: list[str]) -> set[str]:
    return {
        re.split(r"[\s\[<>=!~;]", requirement)[0].lower().replace("_", "-")
        for requirement in requirements
    }


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_with_hashes(name: str) -> None:
    for package, (_, hashes) in pins(name).items():
        assert hashes, package
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), package


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_place_of_their_own(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"^-|://|@ file|index-url", text, re.MULTILINE)


def test_what_is_declared_is_locked() -> None:
    project, extras = PROJECT["project"], PROJECT["project"]["optional-dependencies"]
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert names(project["dependencies"]) | names(extras["build"]) <= set(run)
    assert names(extras["dev"]) <= set(dev)
    assert names(PROJECT["dependency-groups"]["audit"]) <= set(pins("requirements-audit.txt"))


def test_tests_run_on_the_versions_that_users_get() -> None:
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: pin for name, pin in run.items() if dev.get(name) != pin} == {}


def test_nothing_is_imported_that_is_not_declared() -> None:
    modules = {
        "PIL": "pillow", "py_mini_racer": "mini-racer", "yaml": "pyyaml", "markdown_it": "markdown-it-py",
        "msgspec": "msgspec", "lxml": "lxml",
    }  # fmt: skip
    declared = names(PROJECT["project"]["dependencies"])
    imported = {
        modules.get(m, m).lower().replace("_", "-")
        for path in (ROOT / "aml_build").rglob("*.py")
        for m in re.findall(
            r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    import sys

    standard = {name.lower().replace("_", "-") for name in sys.stdlib_module_names}
    assert imported - standard - {"aml-build"} <= declared
