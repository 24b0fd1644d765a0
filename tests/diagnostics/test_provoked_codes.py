"""Every code is one that authors meet: the fixtures expect it, or it is provoked here."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it.utils import read_fixture_file

from aml_build.cli import cli
from aml_build.diagnostics.codes import Code
from tests.figures.pictures import too_many_pixels
from tests.mistakes import HEAD, SMALL
from tests.paths import ROOT
from tests.texmath.test_typeset import TOO_LARGE

FIXTURES = [
    *sorted((ROOT / "tests" / "parse" / "fixtures").glob("*.md")),
    ROOT / "tests" / "check" / "fixtures.md",
    ROOT / "tests" / "check" / "quality.md",
]
EXPECTED = {
    line.split()[1]
    for path in FIXTURES
    for *_, expected in read_fixture_file(path)
    for line in expected.splitlines()
}
"""The codes of the lines that the tests of these fixtures compare."""


def lesson(text: str) -> dict[str, bytes]:
    files = SMALL | {"01.md": f"{HEAD}## Bayes {{#bayes}}\n\n{text}\n"}
    return {path: text.encode() for path, text in files.items()}


def figure(picture: str) -> dict[str, bytes]:
    return lesson("Weighs.\n\n![It](figures/a.tex)") | {"figures/a.tex": picture.encode()}


PHOTO = lesson("Weighs.\n\n![It](a.png)")
GOOD = lesson("Weighs evidence.")


def wide(letters: int) -> dict[str, bytes]:
    """Return a lesson with a formula that has no place where it could be broken."""
    return lesson(f"Weighs $\\mathrm{{{'w' * letters}}}$ evidence.")


BUILDS: dict[Code, tuple[str, dict[str, bytes]]] = {
    Code.NO_COURSE: ("deck", {}),
    Code.NO_LESSONS: ("deck", {"course.yaml": GOOD["course.yaml"]}),
    Code.NOT_UTF8: ("deck", GOOD | {"01.md": GOOD["01.md"] + b"\xff\n"}),
    Code.BAD_LOCK: ("deck", GOOD | {"release.lock": b""}),
    Code.FIGURE_FORM: ("deck", figure("\\begin{tikzpicture}\n\\node {$x$;\n\\end{tikzpicture}\n")),
    Code.FIGURE_COMMAND: (
        "deck",
        figure("\\begin{tikzpicture}\n\\node {\\input{x}};\n\\end{tikzpicture}\n"),
    ),
    Code.FIGURE_TEX: (
        "deck",
        figure("\\begin{tikzpicture}\n\\draw (a) -- (0,0);\n\\end{tikzpicture}\n"),
    ),
    Code.IMAGE_DAMAGED: ("deck", PHOTO | {"a.png": b"\x89PNG\r\n\x1a\n"}),
    Code.IMAGE_INCOMPLETE: (
        "deck",
        PHOTO | {"a.png": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="b.png"/></svg>'},
    ),
    Code.IMAGE_TOO_LARGE: ("deck", PHOTO | {"a.png": too_many_pixels()}),
    Code.PRINT_GLYPH: ("sheet", lesson("Weighs ☃ evidence.")),
    Code.PRINT_OVERFULL: ("sheet", wide(24)),
    Code.SHEET_OVERFULL: ("sheet", wide(40)),
    Code.BOOKLET_OVERFULL: ("booklet", wide(80)),
}
IMPORTS = {
    Code.NOT_TEXT: b"%PDF-1.7\n",
    Code.LONG_LINE: b"x" * 2_000_000,
    Code.NO_NOTES: b"\n",
}
FORMULAS = (Code.MATH_ANKI, Code.MATH_PRINT, Code.PRINT_TEX)


def build(place: Path, target: str, files: dict[str, bytes]) -> set[str]:
    """Build a course of these files; return the codes of the diagnostics."""
    content = place / "content"
    content.mkdir()
    for path, data in files.items():
        (content / path).parent.mkdir(exist_ok=True)
        (content / path).write_bytes(data)
    folders = ("--content", str(content), "--out", str(place / "out"))
    return codes("build", target, *folders, "--json")


def codes(*arguments: str) -> set[str]:
    done = CliRunner().invoke(cli, arguments)
    return {found["code"] for found in json.loads(done.stdout)["diagnostics"]}


def test_every_code_is_provoked() -> None:
    here = {*BUILDS, *IMPORTS, *FORMULAS}
    missing = {code.value for code in Code} - EXPECTED - here
    assert not missing, "add a pair to tests/check/*.md or tests/parse/fixtures/ for each"


@pytest.mark.parametrize("code", BUILDS)
def test_a_build_finds(code: Code, tmp_path: Path) -> None:
    assert code.value in build(tmp_path, *BUILDS[code])


@pytest.mark.parametrize("code", IMPORTS)
def test_an_import_finds(code: Code, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_bytes(IMPORTS[code])
    done = CliRunner().invoke(cli, ["import", str(notes), "--out", str(tmp_path / "course")])
    assert f"[{code}]" in done.stderr


def test_engines_find_what_the_rules_overlook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aml_build.check.formulas.violations", lambda *_: ())
    found = build(tmp_path, "deck", lesson("Is $\\nosuch$."))
    assert found >= {Code.MATH_ANKI.value, Code.MATH_PRINT.value}


def test_a_page_that_tex_cannot_typeset_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aml_build.pipeline.formula_check.check_math", lambda *_, **__: ((), ()))
    assert Code.PRINT_TEX.value in build(tmp_path, "sheet", lesson(f"Is ${TOO_LARGE}$."))
