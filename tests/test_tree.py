"""The tests have the folders of the package, so that the tests of a module are found from its place."""

from collections import defaultdict
from pathlib import Path

from tests.paths import CONTENT, ROOT

PACKAGE, TESTS = ROOT / "aml_build", ROOT / "tests"
WHOLE = {"courses", "packaging", "robustness"}
"""Folders of tests of the whole tool: other courses, what is shipped, broken input and machines."""
FILES = [*TESTS.rglob("test_*.py"), *(CONTENT / "tests").rglob("test_*.py")]


def packages(folder: Path) -> set[str]:
    return {path.parent.relative_to(folder).as_posix() for path in folder.rglob("__init__.py")}


def test_every_package_has_a_folder_of_tests() -> None:
    first = {name for name in packages(PACKAGE) if name != "." and "/" not in name}
    artifacts = {n for n in packages(PACKAGE) if n.startswith("render/") and n.count("/") == 1}
    tested = {path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
    assert first - {"render"} | artifacts <= tested


def test_every_folder_of_tests_is_that_of_a_package_or_module() -> None:
    known = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py")}
    assert packages(TESTS) - packages(PACKAGE) - known == WHOLE


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py")}
    assert folders == packages(TESTS)


def test_no_two_files_of_tests_have_one_name() -> None:
    places = defaultdict(list)
    for path in FILES:
        places[path.name].append(path.parent.relative_to(ROOT).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_test_named_like_a_module_is_in_the_folder_of_its_package() -> None:
    places = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        module = path.relative_to(PACKAGE).with_suffix("")
        places[path.stem] |= {folder.as_posix() for folder in (module, *module.parents)}
    astray = [
        path.relative_to(ROOT).as_posix()
        for path in TESTS.rglob("test_*.py")
        if (name := path.stem.removeprefix("test_")) in places
        and path.parent.relative_to(TESTS).as_posix() not in places[name]
    ]
    assert "\n".join(astray) == ""
