"""What is shipped: the wheel and the source archive hold what they need and nothing else."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from aml_build.resources import TOPICS
from tests.paths import ROOT

NAME = "aml_build-0.1.0"
SHIPPED = {
    "aml_build", "templates", "content", "docs", "tests", "bench", "scripts",
    "Makefile", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".gitignore",
    "requirements.txt", "requirements-dev.txt", "requirements-audit.txt",
    ".github", ".vscode", ".pre-commit-config.yaml",
}  # fmt: skip
METADATA = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def hatch(folder: Path, out: Path, *what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out), *what],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    hatch(ROOT, out)
    assert sorted(path.name for path in out.iterdir()) == [
        f"{NAME}-py3-none-any.whl",
        f"{NAME}.tar.gz",
    ]
    return out


def in_wheel(dist: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(dist / f"{NAME}-py3-none-any.whl") as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


def in_archive(dist: Path) -> set[str]:
    with tarfile.open(dist / f"{NAME}.tar.gz") as archive:
        files = [member.name for member in archive.getmembers() if member.isfile()]
    assert all(name.startswith(f"{NAME}/") for name in files)
    return {name.removeprefix(f"{NAME}/") for name in files}


def of_the_tree(*folders: str) -> set[str]:
    """Return the files below these folders that git does not ignore."""
    done = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z", "--", *folders],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_is_the_package_its_templates_its_help_and_its_metadata(dist: Path) -> None:
    files = in_wheel(dist)
    templates = {f"aml_build/_{name}": name for name in of_the_tree("templates")}
    pages = {f"aml_build/_docs/{topic}.md": f"docs/{topic}.md" for topic in TOPICS}
    expected = {name: name for name in of_the_tree("aml_build")} | templates | pages
    assert set(files) == set(expected) | {f"{NAME}.dist-info/{name}" for name in METADATA}
    assert [n for n, at in expected.items() if files[n] != (ROOT / at).read_bytes()] == []


def test_the_wheel_says_what_it_is(dist: Path) -> None:
    files = in_wheel(dist)
    metadata = files[f"{NAME}.dist-info/METADATA"].decode()
    assert "License-Expression: MIT" in metadata
    assert "Requires-Python: >=3.11" in metadata
    assert "aml-build = aml_build.cli:main" in files[f"{NAME}.dist-info/entry_points.txt"].decode()


def test_the_source_archive_is_what_is_built_and_tested(dist: Path) -> None:
    files = in_archive(dist)
    assert {PurePosixPath(name).parts[0] for name in files} == SHIPPED | {"PKG-INFO"}
    folders = [name for name in sorted(SHIPPED) if (ROOT / name).is_dir()]
    assert {name for name in files if "/" in name} == of_the_tree(*folders)


def test_nothing_private_is_shipped(dist: Path) -> None:
    names = {*in_wheel(dist), *in_archive(dist)}
    assert [n for n in names if "__pycache__" in n or n.endswith((".pyc", ".apkg", ".pdf"))] == []
    here = str(ROOT).encode()
    assert [name for name, data in in_wheel(dist).items() if here in data] == []


def test_the_same_tree_makes_the_same_wheel(dist: Path, tmp_path: Path) -> None:
    hatch(ROOT, tmp_path, "-t", "wheel")
    name = f"{NAME}-py3-none-any.whl"
    assert (tmp_path / name).read_bytes() == (dist / name).read_bytes()


@pytest.mark.slow
def test_the_source_archive_makes_the_same_wheel(dist: Path, tmp_path: Path) -> None:
    with tarfile.open(dist / f"{NAME}.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    hatch(tmp_path / NAME, tmp_path / "again", "-t", "wheel")
    assert in_wheel(tmp_path / "again") == in_wheel(dist)


@pytest.fixture(scope="module")
def fresh(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it, and no way to the checkout."""
    place = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(place, with_pip=False)
    wheel = dist / f"{NAME}-py3-none-any.whl"
    subprocess.run(
        ["uv", "pip", "install", "-q", "--offline", "--no-deps", "--python", place, wheel],
        check=True,
        env={**os.environ, "PATH": f"{sysconfig.get_path('scripts')}:{os.environ['PATH']}"},
    )
    # The libraries come from where the tests run. A path in a .pth file is not searched for further
    # .pth files, so the editable install of the checkout stays out.
    packages = next(place.glob("lib/python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin"


def call(*arguments: str | Path, cwd: Path) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(
        arguments, cwd=cwd, capture_output=True, text=True, check=False, env=clean, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_alone_begins_and_builds_a_course(fresh: Path, tmp_path: Path) -> None:
    asked = "import aml_build.resources as r; print(r.__file__); print(r.templates())"
    package, templates = call(fresh / "python", "-c", asked, cwd=tmp_path).split()
    site = fresh.parent.resolve()
    assert Path(package).resolve().is_relative_to(site)
    assert Path(templates).name == "_templates"
    assert Path(templates).resolve().is_relative_to(site)
    call(fresh / "aml-build", "new", "mine", cwd=tmp_path)
    call(fresh / "aml-build", "build", cwd=tmp_path / "mine" / "figures")
    made = {path.name for path in (tmp_path / "mine" / "out").iterdir()}
    assert made >= {
        "mine.apkg",
        "cheatsheet.pdf",
        "booklet.pdf",
        "booklet-print.pdf",
        "model.json",
    }
    assert call(fresh / "aml-build", "--version", cwd=tmp_path).split()[-1] == "0.1.0"
    for topic in TOPICS:
        assert call(fresh / "aml-build", "help", topic, cwd=tmp_path).startswith("# ")
    lesson = tmp_path / "mine" / "01-orbits.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("### Why does", "### Is"))
    call(fresh / "aml-build", "check", "--content", "mine", "--sarif", "c.sarif", cwd=tmp_path)
    assert "A question that a guess answers." in (tmp_path / "c.sarif").read_text(encoding="utf-8")
