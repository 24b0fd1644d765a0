"""`aml-build stats`: what is counted, how it is shown, and what boxes cost where TeX is not there."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aml_build.cli import cli
from tests.paths import ROOT

STARTER = ROOT / "templates" / "new"


def say(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def counted() -> dict[str, Any]:
    return dict(json.loads(say("stats", "--json").stdout))


def reported(out: Path) -> set[tuple[str, float, bool]]:
    """Return id, cost and presence of every box as the report of the built sheet tells them."""
    text = (out / "cheatsheet-report.txt").read_text(encoding="utf-8")
    rows = re.findall(
        r"^ +([\d.]+)  (\S+?)(  \(left out\))?$", text.partition("What each box costs")[2], re.M
    )
    return {(name, float(cost), not absent) for cost, name, absent in rows}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(STARTER, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lesson_says(here: Path, old: str, new: str) -> None:
    lesson = here / "content" / "01-orbits.md"
    text = lesson.read_text(encoding="utf-8")
    assert old in text
    lesson.write_text(text.replace(old, new), encoding="utf-8")


def test_sums_agree_with_each_other_and_with_the_deck(here: Path) -> None:
    said = counted()
    built = json.loads(say("build", "deck", "--json").stdout)["artifacts"][0]["summary"]
    lessons = said["lessons"]
    assert built == f"{sum(row['items'] for row in lessons)} notes, {said['cards']} cards"
    assert sum(said["kinds"].values()) == sum(row["cards"] for row in lessons) == said["cards"]
    assert sum(said["notes"].values()) == sum(row["items"] for row in lessons)
    assert sum(said["concepts"].values()) == sum(row["concepts"] for row in lessons) == 3
    assert (lessons[0]["questions"], lessons[0]["figures"]) == (1, 1)
    assert said["lengths"]["longest"][0][1] >= said["lengths"]["percentile_95"]


@pytest.mark.parametrize(("new_a_day", "days"), [(1, 24), (7, 4), (12, 2), (24, 1), (100, 1)])
def test_days_of_study(here: Path, new_a_day: int, days: int) -> None:
    said = json.loads(say("stats", "--json", "--new-a-day", str(new_a_day)).stdout)
    assert (said["cards"], said["days"]) == (24, days)


def test_boxes_cost_what_the_report_of_the_sheet_says(here: Path) -> None:
    alone = counted()["sheet"]
    assert say("build", "sheet").exit_code == 0
    told = {(box["concept"], box["millimetres"], box["shown"]) for box in alone}
    assert told == reported(here / "out")
    assert [box["millimetres"] for box in alone] == sorted(
        (box["millimetres"] for box in alone), reverse=True
    )
    # What is edited since the last build counts as it is now.
    lesson_says(here, "not from its distance to the Sun.", f"not {'from its distance ' * 20}.")
    after = {box["concept"]: box["millimetres"] for box in counted()["sheet"]}
    before = {box["concept"]: box["millimetres"] for box in alone}
    assert after["seasons"] > before["seasons"]


def test_what_is_left_out_has_its_price_too(here: Path) -> None:
    settings = here / "content" / "course.yaml"
    text = settings.read_text(encoding="utf-8")
    small = "sheet: {paper: letter, columns: 10, min_size: 19, max_size: 20}"
    settings.write_text(re.sub(r"^sheet: .*$", small, text, flags=re.M), encoding="utf-8")
    absent = {box["concept"] for box in counted()["sheet"] if not box["shown"]}
    assert absent
    shown = say("stats").stdout
    assert all(re.search(rf"^ +[\d.]+  {name}  \(left out\)$", shown, re.M) for name in absent)


def test_all_boxes_stand_under_their_lessons(here: Path) -> None:
    (here / "content" / "02-moons.md").write_text(
        "---\nlesson: 2\ntitle: Moons\n---\n"
        + "".join(f"## Moon {n} {{#moon-{n}}}\n\nThe {n}th of many moons.\n\n" for n in range(12)),
        encoding="utf-8",
    )
    few = say("stats").stdout.partition("\ncheat sheet:")[2]
    every = say("stats", "--all-boxes").stdout.partition("\ncheat sheet:")[2]
    box = re.compile(r"^ +([\d.]+)  (\S+)$", re.M)
    assert len(box.findall(few)) == 10
    first, second = every.split("lesson 2, Moons")
    assert {name for _, name in box.findall(first)} == {"third-law", "orbit", "seasons"}
    assert {name for _, name in box.findall(second)} == {f"moon-{n}" for n in range(12)}
    for part in (few, first, second):
        costs = [float(cost) for cost, _ in box.findall(part)]
        assert costs == sorted(costs, reverse=True)


def test_measured_once_boxes_are_known_without_tex(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes = counted()["sheet"]
    assert boxes
    monkeypatch.setenv("PATH", str(here))
    assert counted()["sheet"] == boxes
    # An edit has to be measured.
    lesson_says(here, "A planet twice as far", "A planet that is twice as far")
    done = say("stats")
    assert done.exit_code == 2
    assert "what each box costs is not known. pdflatex is not installed." in done.stdout
    assert "all" in done.stdout
    said = counted()
    assert said["sheet"] is None
    assert "apt" in said["unmeasured"] or "install" in said["unmeasured"]


def test_where_nothing_was_ever_measured_the_rest_is_told(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(here))
    done = say("stats", "--json")
    assert done.exit_code == 2
    said = json.loads(done.stdout)
    assert said["cards"] == 24
    assert said["sheet"] is None
    assert "pdflatex is not installed" in said["unmeasured"]


def test_notes_with_mistakes_are_counted_as_far_as_they_go(here: Path) -> None:
    lesson_says(here, "T^2=a^3", r"T^2=\alhpa^3")
    done = say("stats")
    assert done.exit_code == 1
    assert "fix first what `aml-build check` lists" in done.stdout
    assert "  1 Orbits and seasons" in done.stdout


def test_the_session_in_the_docs(here: Path) -> None:
    doc = (ROOT / "docs" / "stats.md").read_text(encoding="utf-8")
    found = re.search(r"```\n\$ aml-build stats --content my-course\n(.*?)```", doc, re.DOTALL)
    assert found is not None
    # TeX of another year may set a box by a hair higher, and so another one first.
    size = re.compile(r"\d+\.\d(?=  \S)|\d+$|\d+(?= mm)", re.M)
    said, shown = (sorted(size.sub("", t).splitlines()) for t in (say("stats").stdout, found[1]))
    assert said == shown
