"""A check finds what a build finds, and names what it did not look at."""

import os
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.commands.build import build
from aml_build.commands.check import PAGES, check
from aml_build.pipeline.outcome import NotLookedAt, Outcome
from aml_build.pipeline.request import BuildRequest
from tests.paths import STARTER

HEAD = "---\nlesson: 1\ntitle: Tides\n---\n"
CONCEPT = "## Tide {#tide}\n\nRises and falls twice a day.\n"
PICTURE = "\n![The Moon](figures/moon.tex)\n"
MOON = "\\begin{tikzpicture}\n  \\draw (0,0) circle [radius=5mm];\n\\end{tikzpicture}\n"
COURSE = {
    "course.yaml": "id: tides\ntitle: Tides\n",
    "01.md": HEAD + CONCEPT,
    "figures/moon.tex": MOON,
}
NOTHING_LEFT = NotLookedAt()


def written(place: Path, files: dict[str, str]) -> Path:
    for name, text in (COURSE | files).items():
        path = place / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return place / "content"


def codes(outcome: Outcome) -> list[str]:
    return [d.code.value for d in outcome.diagnostics]


def without_git(place: Path) -> str:
    """Return a search path with git and without TeX."""
    programs = place / "bin"
    programs.mkdir()
    git = shutil.which("git")
    assert git is not None
    (programs / "git").symlink_to(git)
    return str(programs)


FAULTY: dict[str, tuple[dict[str, str], list[str]]] = {
    "form of a figure": (
        {"01.md": HEAD + CONCEPT + PICTURE, "figures/moon.tex": MOON.replace("=5mm]", "={5mm]")},
        ["figure-form"],
    ),
    "command of a figure": (
        {"01.md": HEAD + CONCEPT + PICTURE, "figures/moon.tex": MOON.replace("draw", "input")},
        ["figure-command"],
    ),
    "style sheet": (
        {"01.md": HEAD + CONCEPT + PICTURE, "figures/style.tex": "\\tikzset{a/.nosuch}\n"},
        ["figure-tex"],
    ),
    "option of a figure": (
        {"01.md": HEAD + CONCEPT + PICTURE, "figures/moon.tex": MOON.replace("(0,0)", "[curvy] (0,0)")},
        ["figure-tex"],
    ),
    "label outside": (
        {
            "01.md": HEAD + CONCEPT + PICTURE,
            "figures/moon.tex": MOON.replace(
                "\\end", "  \\useasboundingbox (0,0); \\node[mask={1}{far}] at (5,5) {far};\n\\end"
            ).replace("\\useasboundingbox (0,0);", "\\path[use as bounding box] (0,0) -- (1,1);"),
        },
        ["bad-mask"],
    ),
    "figure of no lesson": ({"figures/moon.tex": "x"}, ["figure-form"]),
    "broken photograph": (
        {"01.md": f"{HEAD}{CONCEPT}\n![Sea](figures/sea.png)\n", "figures/sea.png": "no picture"},
        ["image-type"],
    ),
    "missing photograph": ({"01.md": f"{HEAD}{CONCEPT}\n![Sea](figures/sea.png)\n"}, ["image-missing"]),
    "reference and figure": (
        {"01.md": f"{HEAD}{CONCEPT}{PICTURE}\n[](#ebb)\n", "figures/moon.tex": MOON.replace(";", "")},
        ["dangling-reference", "figure-tex"],
    ),
    "settings and figure": (
        {"course.yaml": "id: tides\n", "01.md": HEAD + CONCEPT + PICTURE, "figures/moon.tex": "x"},
        ["missing-key"],
    ),
    "wide line": ({"01.md": HEAD + CONCEPT.replace("twice", f"$\\mathrm{{{'w' * 150}}}$")}, ["sheet-overfull"]),
    "character": ({"01.md": f"{HEAD}{CONCEPT}\n### Why a ☃? {{#why}}\n\nThe Moon.\n"}, ["print-glyph"]),
    "formula": ({"01.md": HEAD + CONCEPT.replace("twice", "$\\nosuch$")}, ["bad-math"]),
    "no id": ({"01.md": HEAD + CONCEPT.replace(" {#tide}", "")}, ["missing-id"]),
    "no lesson": ({"01.md": ""}, ["missing-front-matter"]),
    "lock": ({"release.lock": "nonsense\n"}, ["bad-lock"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_a_check_of_print_finds_exactly_what_a_build_finds(tmp_path: Path, name: str) -> None:
    files, expected = FAULTY[name]
    root, out = written(tmp_path, files), tmp_path / "out"
    before = {*root.rglob("*")}
    checked = check(root, out, pages=True)
    assert {*root.rglob("*")} == before
    assert [path.name for path in out.glob("*") if path.name != ".cache"] == []
    built = build(BuildRequest(root, out))
    assert checked.diagnostics == built.diagnostics
    assert checked.exit_code == built.exit_code
    assert set(expected) <= set(codes(checked))
    # What the notes themselves show needs no page.
    found = check(root, out).diagnostics
    assert set(found) <= set(checked.diagnostics)
    for one in set(checked.diagnostics) - set(found):
        assert one.code.startswith(("print-", "sheet-", "booklet-"))


def test_a_check_of_print_leaves_the_artifacts_and_a_build_uses_what_it_drew(
    tmp_path: Path,
) -> None:
    root, out = written(tmp_path, {"01.md": HEAD + CONCEPT + PICTURE}), tmp_path / "out"
    assert check(root, out, pages=True) == Outcome((), sources=check(root, out).sources)
    assert [path.name for path in out.iterdir()] == [".cache"]
    drawn = list((out / ".cache" / "figures").rglob("??/*"))
    assert build(BuildRequest(root, out)).exit_code == 0
    assert list((out / ".cache" / "figures").rglob("??/*")) == drawn
    assert len(drawn) == 1


def test_without_print_the_pages_are_left_until_a_build_has_made_them(tmp_path: Path) -> None:
    root, out = written(tmp_path, {}), tmp_path / "out"
    assert check(root, out).not_looked_at == NotLookedAt(artifacts=PAGES)
    build(BuildRequest(root, out))
    assert check(root, out) == msgspec.structs.replace(check(root, out), not_looked_at=NOTHING_LEFT)
    assert check(root, out).rows == ()
    written(tmp_path, {"01.md": HEAD + CONCEPT.replace("twice", "once")})
    assert check(root, out).not_looked_at == NotLookedAt(artifacts=PAGES)


def test_ten_new_figures_are_drawn_the_last_edited_first_and_the_others_named(
    tmp_path: Path,
) -> None:
    names = [f"moon{at:02}" for at in range(12)]
    shown = "".join(f"\n![Moon](figures/{name}.tex)\n" for name in names)
    files = {
        f"figures/{name}.tex": MOON.replace("5mm", f"{at + 1}mm") for at, name in enumerate(names)
    }
    root, out = written(tmp_path, {"01.md": HEAD + CONCEPT + shown, **files}), tmp_path / "out"
    for at, name in enumerate(names):
        os.utime(root / "figures" / f"{name}.tex", (1_000 + at, 1_000 + at))
    first = check(root, out)
    assert first.not_looked_at == NotLookedAt(("figures/moon01.tex", "figures/moon00.tex"), PAGES)
    assert check(root, out).not_looked_at == NotLookedAt(artifacts=PAGES)


def test_without_tex_the_form_of_all_figures_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", without_git(tmp_path))
    more = "\n![Sun](figures/sun.tex)\n\n![Sea](figures/sea.png)\n"
    root = written(
        tmp_path,
        {
            "01.md": HEAD + CONCEPT + PICTURE + more,
            "figures/sun.tex": MOON.replace("draw", "input"),
            "figures/sea.png": "no picture",
        },
    )
    outcome = check(root, tmp_path / "out")
    assert codes(outcome) == ["image-type", "figure-command"]
    assert outcome.not_looked_at == NotLookedAt(("figures/moon.tex",), PAGES)
    written(tmp_path, {"figures/sun.tex": MOON})
    outcome = check(root, tmp_path / "out", pages=True)
    assert (codes(outcome), outcome.exit_code) == ([], 2)
    assert outcome.not_looked_at == NotLookedAt(artifacts=PAGES)
    (missing,) = outcome.missing
    assert "sudo apt-get install texlive" in missing


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(STARTER, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(*arguments: str) -> list[str]:
    return CliRunner().invoke(cli, ["check", *arguments]).stdout.splitlines()


def test_the_last_line_names_what_was_not_looked_at(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = "not looked at: the pages of the sheet and the booklet; "
    assert said() == ["no mistakes", f"{left}`aml-build check --print` does"]
    assert said("--print") == ["no mistakes"]
    figure = here / "content" / "figures" / "orbit.tex"
    good = figure.read_text(encoding="utf-8")
    figure.write_text(good.replace("\\draw", "\\drow"), encoding="utf-8")
    assert said() == [f"{left}`aml-build check --print` does, once the errors are corrected"]
    assert said("--print") == [f"{left}correct the errors first"]
    figure.write_text(good.replace("26mm", "25mm"), encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    left = left.replace("the pages", "1 figure not drawn (orbit), the pages")
    assert said() == ["no mistakes", f"{left}a tool is missing"][1:]
