"""A student's year: releases of a real course, imported into the real Anki over reviewed cards."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from aml_build import resources
from aml_build.commands.release import ReleaseResult, release
from aml_build.pipeline.options import Target
from aml_build.render.anki import note_types
from tests.paths import STARTER

FIRST, SECOND = 1_750_000_000, 1_760_000_000


class Student:
    """A collection into which releases are imported."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.out = folder / "content", folder / "out"
        shutil.copytree(STARTER, self.root)
        self.collection = Collection(str(folder / "collection.anki2"))
        self._monkeypatch = monkeypatch

    def release(self, version: str, epoch: int) -> ReleaseResult:
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch))
        return release(self.root, self.out, version, targets=(Target.DECK,))

    def load(self) -> Any:
        request = ImportAnkiPackageRequest(
            package_path=str(self.out / "solar.apkg"), options=ImportAnkiPackageOptions()
        )
        return self.collection.import_anki_package(request).log

    def review_all(self) -> None:
        for deck in self.collection.decks.all():
            config = self.collection.decks.config_dict_for_deck_id(deck["id"])
            config["new"]["perDay"] = 9999
            config["new"]["bury"] = False
            self.collection.decks.update_config(config)
        for deck in self.collection.decks.all():
            self.collection.decks.select(deck["id"])
            while card := self.collection.sched.getCard():
                self.collection.sched.answerCard(card, 4)

    def history(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Return repetitions and interval by GUID and ordinal."""
        rows = self.collection.db.all(  # type: ignore[union-attr]
            "select n.guid, c.ord, c.reps, c.ivl from cards c join notes n on n.id = c.nid"
        )
        return {(guid, ord): (reps, ivl) for guid, ord, reps, ivl in rows}

    def reviews(self) -> int:
        return int(self.collection.db.scalar("select count() from revlog"))  # type: ignore[union-attr]

    def note(self, id: str) -> Any:
        (found,) = self.collection.find_notes(f'"ID:{id}"')
        return self.collection.get_note(found)

    def edit(self, old: str, new: str, name: str = "01-orbits.md") -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Student]:
    it = Student(tmp_path, monkeypatch)
    assert not it.release("1.0.0", FIRST).refusal
    log = it.load()
    assert len(log.new) >= 20
    assert not log.conflicting
    it.review_all()
    assert all(reps > 0 for reps, _ in it.history().values())
    yield it
    it.collection.close()


def ids(entries: Any) -> set[str]:
    """Return the ids of the notes in a part of Anki's import log."""
    pattern = re.compile(r"[a-z0-9-]+/[a-z0-9.-]+")
    return {field for e in entries for field in e.fields if pattern.fullmatch(field)}


def one_sentence(student: Student) -> None:
    student.edit("Eight years, since", "Just eight years, since")


def renamed(student: Student) -> None:
    student.edit("{#seasons .overview", "{#four-seasons .overview was=seasons")


def construct_renamed(student: Student) -> None:
    student.edit("{#mars}", "{#mars-year was=mars}")


def moved(student: Student) -> None:
    text = (student.root / "01-orbits.md").read_text(encoding="utf-8")
    at = text.index("## Seasons")
    (student.root / "01-orbits.md").write_text(text[:at], encoding="utf-8")
    front = "---\nlesson: 2\ntitle: The year\n---\n\n"
    (student.root / "02-year.md").write_text(front + text[at:], encoding="utf-8")


def inserted_first(student: Student) -> None:
    student.edit("## Kepler", "## Ellipse {#ellipse}\n\nA circle seen askew.\n\n## Kepler")


def file_renamed(student: Student) -> None:
    (student.root / "01-orbits.md").rename(student.root / "99-anything.md")


def reordered(student: Student) -> None:
    text = (student.root / "01-orbits.md").read_text(encoding="utf-8")
    first, second, third = (text.index(f"## {t}") for t in ("Kepler", "Orbit", "Seasons"))
    swapped = text[:first] + text[third:] + "\n" + text[second:third] + text[first:second]
    (student.root / "01-orbits.md").write_text(swapped, encoding="utf-8")


def retired(student: Student) -> None:
    text = (student.root / "01-orbits.md").read_text(encoding="utf-8")
    text = re.sub(r"### Why does Mars.*?(?=### How)", "", text, flags=re.DOTALL)
    (student.root / "01-orbits.md").write_text(text, encoding="utf-8")
    student.edit("macros:", "retired: [third-law/mars]\nmacros:", "course.yaml")


def cloze_in_the_middle(student: Student) -> None:
    student.edit("==January=={.c1} and", "==January=={.c1}, at the ==perihelion=={.c3}, and")


def label_added(student: Student) -> None:
    student.edit(
        "  \\node[label, left",
        "  \\node[label, mask={4}{orbit}] at (0,17mm) {orbit};\n  \\node[label, left",
        "figures/orbit.tex",
    )


SEASONS = {
    "definition", "through-the-year", "through-the-year.axis", "through-the-year.leans",
    "through-the-year.steep", "solstices.day", "solstices.overhead", "turning",
    "turning.spring", "turning.summer", "turning.autumn", "turning.winter",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "updated", "new"),
    [
        (one_sentence, {"third-law/four"}, set()),
        (renamed, {f"four-seasons/{facet}" for facet in SEASONS}, set()),
        (construct_renamed, {"third-law/mars-year"}, set()),
        # Only the lesson's name and tag differ, which arrive with the next change to the own text.
        (moved, set(), set()),
        (inserted_first, set(), {"ellipse/definition"}),
        (file_renamed, set(), set()),
        (reordered, set(), set()),
        (retired, set(), set()),
        (cloze_in_the_middle, {"orbit/closest"}, set()),
        (label_added, {"third-law/fig-orbit", "third-law/definition"}, set()),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_exactly_what_changed_is_updated_and_no_history_is_lost(
    student: Student, change: Callable[[Student], None], updated: set[str], new: set[str]
) -> None:
    history, reviews = student.history(), student.reviews()
    own = student.note("orbit/definition")
    own["Answer"] = "My own words."
    student.collection.update_note(own)
    change(student)
    done = student.release("1.1.0", SECOND)
    assert not done.refusal, done
    log = student.load()
    assert ids(log.updated) == updated
    assert ids(log.new) == new
    assert not log.conflicting
    after = student.history()
    assert {key: after[key] for key in history} == history
    assert student.reviews() == reviews
    assert student.note("orbit/definition")["Answer"] == "My own words."
    guids = student.collection.db.list("select guid from notes")  # type: ignore[union-attr]
    assert len(guids) == len(set(guids))
    if change not in (retired,):
        assert not student.collection.get_empty_cards().notes


def test_a_cloze_in_the_middle_leaves_the_others_their_cards(student: Student) -> None:
    cloze_in_the_middle(student)
    student.release("1.1.0", SECOND)
    student.load()
    cards = {card.ord: card for card in student.note("orbit/closest").cards()}
    assert [cards[n].reps > 0 for n in (0, 1, 2)] == [True, True, False]
    assert "January" in cards[0].answer()
    assert "[...]" in cards[2].question()


def test_a_label_added_leaves_the_others_their_cards(student: Student) -> None:
    before = dict(
        re.findall(
            r"\{\{c(\d)::image-occlusion:rect:(left=[.\d]+)",
            student.note("third-law/fig-orbit")["Occlusion"],
        )
    )
    label_added(student)
    student.release("1.1.0", SECOND)
    student.load()
    note = student.note("third-law/fig-orbit")
    after = dict(re.findall(r"\{\{c(\d)::image-occlusion:rect:(left=[.\d]+)", note["Occlusion"]))
    assert set(after) == {"1", "2", "3", "4"}
    # The picture grew by nothing: what was left of what is still there.
    assert sorted(before, key=lambda n: before[n]) == sorted(before, key=lambda n: after[n])
    assert [card.reps > 0 for card in sorted(note.cards(), key=lambda c: c.ord)] == [
        True, True, True, False,
    ]  # fmt: skip


def test_a_changed_style_touches_no_note(
    student: Student, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(resources.templates(), templates)
    with (templates / "anki" / "card.css").open("a") as css:
        css.write("\n.card { letter-spacing: 0.01em; }\n")
    monkeypatch.setattr(resources, "templates", lambda: templates)
    monkeypatch.setattr(note_types, "MODIFIED", note_types.MODIFIED + 1)
    note_types.note_type.cache_clear()
    try:
        assert not student.release("1.1.0", SECOND).refusal
    finally:
        note_types.note_type.cache_clear()
    log = student.load()
    assert not ids(log.updated)
    kind = student.note("orbit/definition").note_type()
    assert "letter-spacing: 0.01em" in kind["css"]


def test_a_vanished_id_is_refused_and_the_lock_stays(student: Student) -> None:
    lock = (student.root / "release.lock").read_bytes()
    student.edit("{#mars}", "{#red-planet}")
    done = student.release("1.1.0", SECOND)
    assert "lose history" in done.refusal
    assert done.diff is not None
    assert [(p.code, p.id) for p in done.diff.problems] == [("vanished-id", "third-law/mars")]
    assert "was=" in done.diff.problems[0].hint
    assert (student.root / "release.lock").read_bytes() == lock


def test_a_renumbered_cloze_is_refused(student: Student) -> None:
    student.edit("==January=={.c1}", "==January=={.c2}")
    student.edit("==July=={.c2}", "==July=={.c1}")
    done = student.release("1.1.0", SECOND)
    assert done.diff is not None
    assert {p.code for p in done.diff.problems} == {"ordinal-reused"}


def test_releasing_twice_changes_no_time(student: Student) -> None:
    first = (student.root / "release.lock").read_text().splitlines()[3:]
    student.release("1.0.1", SECOND)
    assert (student.root / "release.lock").read_text().splitlines()[3:] == first
