"""The import contracts of pyproject.toml, and the map of the packages in docs/architecture.md."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.paths import ROOT

PACKAGE = ROOT / "aml_build"
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}
MAP = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_map_names_every_package_in_its_layer() -> None:
    rows: dict[int, set[str]] = {}
    for number, name in re.findall(r"^\| (\d+) \| `(\w+)` \|", MAP, re.MULTILINE):
        rows.setdefault(int(number), set()).add(name)
    layers = [set(layer.split(" | ")) for layer in CONTRACTS["layers"]["layers"]]
    assert [rows[number] for number in sorted(rows)] == layers
    tree = {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").is_file()) and path.stem != "__init__"
    }
    assert set.union(*layers) == tree


def test_the_map_names_modules_that_exist() -> None:
    named = re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", MAP)
    assert named
    assert not [name for name in named if not any(path.is_file() for path in _places(name))]


def _places(name: str) -> tuple[Path, ...]:
    return PACKAGE / name, ROOT / name


def test_every_contract_on_a_package_is_exhaustive() -> None:
    layered = [c for c in CONTRACTS.values() if c["type"] == "layers"]
    assert all(c.get("exhaustive") for c in layered)


def test_few_modules_lie_outside_a_package() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 6


def test_no_folder_is_crowded() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    crowded = {
        folder.relative_to(ROOT).as_posix(): count
        for folder in folders
        if (count := len([p for p in folder.glob("*.py") if p.name != "__init__.py"])) > 15
    }
    assert not crowded


def test_module_names_are_unique() -> None:
    # A command has its name in the command line, in its module and, for `build`, in the pipeline.
    commands = {path.stem for path in (PACKAGE / "cli").glob("*.py")}
    places: dict[str, list[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        if path.stem not in commands | {"__init__", "course"}:
            places.setdefault(path.stem, []).append(path.relative_to(PACKAGE).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_modules_stay_small() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long
