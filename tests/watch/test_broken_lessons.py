"""A mistake in one lesson: the cards of the other lessons follow the notes."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from aml_build.pipeline.request import BuildRequest
from aml_build.watch.card_changes import counts
from aml_build.watch.rebuild import Rebuilder, RebuildResult
from tests.paths import ROOT
from tests.watch.conftest import Watch
from tests.watch.seen_page import PATIENCE, Seen

TIDES = """---
lesson: 2
title: Tides
---

## Tide {#tide needs="orbit"}

Rises and falls twice a day.

### Why twice? {#twice}

There are two bulges.
"""
MOON = "---\nlesson: 3\ntitle: Moon\n---\n\n## Moon {#moon}\n\nGoes round the Earth.\n"


class Notes:
    """A course of three lessons, its pages rebuilt without a server."""

    def __init__(self, place: Path) -> None:
        self.root = place / "content"
        (self.root / "02-tides.md").write_text(TIDES, encoding="utf-8")
        (self.root / "03-moon.md").write_text(MOON, encoding="utf-8")
        self._rebuilder = Rebuilder(BuildRequest(self.root, place / "out"))
        self.now = self._rebuilder.rebuild()

    def edit(self, name: str, old: str, new: str) -> RebuildResult:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self.rebuild()

    def rebuild(self) -> RebuildResult:
        self.now = self._rebuilder.rebuild()
        assert self.now.traceback == ""
        return self.now

    def cards(self, section: str) -> dict[str, str]:
        assert self.now.cards is not None
        (found,) = (each for each in self.now.cards.page.sections if each.id == section)
        return {card.key: card.sides for card in found.cards}

    @property
    def keys(self) -> list[str]:
        assert self.now.cards is not None
        return [card.key for section in self.now.cards.page.sections for card in section.cards]


@pytest.fixture
def notes(place: Path) -> Notes:
    return Notes(place)


def codes(now: RebuildResult) -> list[str]:
    return [d.code.value for d in now.diagnostics if d.severity == "error"]


def test_the_other_lessons_follow_and_the_broken_one_stays_as_it_was(notes: Notes) -> None:
    before, keys = notes.cards("lesson-2"), notes.keys
    broken = notes.edit("02-tides.md", "twice a day.", "$twice a day.")
    assert codes(broken) == ["unclosed-math"]
    assert broken.stale == ("02-tides.md",)
    assert broken.cards is not None
    assert broken.cards.stale == ("lesson-2",)
    assert broken.delta is not None
    assert broken.delta.changed == ()
    assert not broken.delta.reload
    edited = notes.edit("03-moon.md", "round the Earth", "around the Earth")
    assert edited.delta is not None
    assert edited.delta.changed == ("moon/definition/1",)
    assert "around the Earth" in notes.cards("lesson-3")["moon/definition/1"]
    assert notes.cards("lesson-2") == before
    assert notes.keys == keys
    assert edited.cards is not None
    assert counts(edited.cards.page) == "27 cards, 23 notes"
    assert not edited.sound
    mended = notes.edit("02-tides.md", "$twice", "once, not twice")
    assert (codes(mended), mended.stale, mended.sound) == ([], (), True)
    assert mended.delta is not None
    assert mended.delta.changed == ("tide/definition/1",)


@pytest.mark.parametrize(
    ("name", "old", "new", "stale"),
    [
        ("02-tides.md", "lesson: 2", "lesson: two", ("02-tides.md",)),
        ("02-tides.md", "---\nlesson", "lesson", ("02-tides.md",)),
        ("02-tides.md", 'needs="orbit"', 'needs="nowhere"', ("02-tides.md",)),
        ("02-tides.md", "There are two bulges.\n", "", ("02-tides.md",)),
        # The same number, or the same id, twice: the first keeps it.
        ("03-moon.md", "lesson: 3", "lesson: 2", ("03-moon.md",)),
        ("03-moon.md", "{#moon}", "{#tide}", ("03-moon.md",)),
        # A mistake in a figure: the lesson that shows it.
        ("figures/orbit.tex", "26mm,0)", "26mm,0", ("01-orbits.md",)),
        ("figures/orbit.tex", "[curve]", "[curvy]", ("01-orbits.md",)),
        ("figures/orbit.tex", "{2}{perihelion}", "{1}{perihelion}", ("01-orbits.md",)),
        ("figures/style.tex", "\\tikzset{", "\\nosuch\\tikzset{", ("01-orbits.md",)),
        # The id that lesson 2 needs is gone.
        ("01-orbits.md", "{#orbit .reversible}", "{#Orbit .reversible}", ("01-orbits.md",)),
    ],
)  # fmt: skip
def test_every_mistake_holds_back_its_own_lessons(
    notes: Notes, name: str, old: str, new: str, stale: tuple[str, ...]
) -> None:
    keys, before = notes.keys, (notes.root / name).read_bytes()
    now = notes.edit(name, old, new)
    assert codes(now)
    assert set(stale) <= set(now.stale)
    assert len(now.stale) < 3
    assert sorted(notes.keys) == sorted(keys)
    assert now.cards is not None
    assert now.cards.companions
    (notes.root / name).write_bytes(before)
    now = notes.rebuild()
    assert (now.stale, notes.keys, now.sound) == ((), keys, True)


def test_a_mistake_in_the_settings_or_the_lock_stops_all(notes: Notes) -> None:
    now = notes.edit("course.yaml", "title: Orbits", "titel: Orbits")
    assert (now.cards, now.stale) == (None, ())
    notes.edit("course.yaml", "titel: Orbits", "title: Orbits")
    (notes.root / "release.lock").write_text("nonsense\n", encoding="utf-8")
    now = notes.edit("03-moon.md", "Goes round", "Travels round")
    assert (codes(now), now.cards) == (["bad-lock"], None)


def test_where_every_lesson_has_a_mistake_nothing_is_rebuilt(notes: Notes) -> None:
    for name in ("01-orbits.md", "02-tides.md", "03-moon.md"):
        assert notes.now.cards is not None
        notes.edit(name, ".\n", ". $x\n")
    assert (notes.now.cards, notes.now.stale) == (None, ())


def test_a_concept_that_moved_into_a_broken_lessons_place_is_shown_once(notes: Notes) -> None:
    concept = TIDES.partition("---\n\n")[2]
    now = notes.edit("01-orbits.md", "## Seasons", f"{concept}\n## Seasons")
    assert now.stale == ("02-tides.md",)
    assert sorted(set(notes.keys)) == sorted(notes.keys)


def test_it_begins_with_one_broken_lesson(place: Path, browser: Browser) -> None:
    (place / "content" / "02-tides.md").write_text(TIDES.replace("{#twice}", "{#twice"))
    running = Watch(place)
    page = browser.new_page(bypass_csp=True)
    page.goto(running.url)
    page.wait_for_selector(".pv-shown", timeout=PATIENCE)
    expect(page.locator(".pv-lesson")).to_have_count(1)
    expect(page.locator(".pv-live")).to_contain_text("The cards of 02-tides.md are not up to date")
    (place / "content" / "02-tides.md").write_text(TIDES)
    expect(page.locator(".pv-lesson")).to_have_count(2)
    page.close()
    assert running.stop() == 0


def test_the_page_marks_the_lesson_that_is_not_up_to_date(watch: Watch, seen: Seen) -> None:
    tides = watch.content / "02-tides.md"
    tides.write_text(TIDES, encoding="utf-8")
    expect(seen.page.locator(".pv-lesson")).to_have_count(2)
    seen.page.evaluate("window.here = 'from the second lesson'")
    watch.edit("twice a day", "$twice a day", tides)
    old = seen.page.locator(".pv-live-old-lesson")
    expect(old).to_have_count(1)
    expect(old).to_have_id("lesson-2")
    mark = "(lesson) => getComputedStyle(lesson.querySelector('h2'), '::after').content"
    assert "not up to date" in old.evaluate(mark)
    expect(seen.page.locator(".pv-live")).to_contain_text(
        "The cards of 02-tides.md are not up to date"
    )
    expect(seen.page.locator("body")).not_to_have_class("pv pv-live-old")
    watch.edit("Eight years, since", "Some eight years, since")
    seen.wait_for("third-law/four/1", "Some eight years")
    expect(old).to_have_count(1)
    watch.edit("$twice a day", "once a day", tides)
    seen.wait_for("tide/definition/1", "once a day")
    expect(old).to_have_count(0)
    assert not seen.reloaded


def test_all_cards_of_a_foreign_course_but_those_of_one_lesson_follow(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "courses" / "history", tmp_path / "content")
    rebuilder = Rebuilder(BuildRequest(tmp_path / "content", tmp_path / "out"))
    first = rebuilder.rebuild()
    lesson = tmp_path / "content" / "02-republic.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n[](#nowhere)\n", encoding="utf-8")
    now = rebuilder.rebuild()
    assert now.stale == ("02-republic.md",)
    assert first.cards is not None
    assert now.cards is not None
    assert first.cards.page == now.cards.page
