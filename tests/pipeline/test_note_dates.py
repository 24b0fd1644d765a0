"""Every correction arrives: decks built by ordinary builds and releases, imported into the real Anki."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition
from anki.notes import Note

from aml_build.commands.build import build
from aml_build.commands.release import release
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import Outcome
from aml_build.pipeline.request import BuildRequest
from aml_build.release.import_summary import ImportSummary, RecordSource
from aml_build.storage import clock
from tests.paths import STARTER

MARS = "third-law/mars"
LESSON = "01-orbits.md"


class Author:
    """A course, and the collection of somebody who imports each deck that is built from it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.out = folder / "course", folder / "out"
        shutil.copytree(STARTER, self.root)
        (folder / "anki").mkdir()
        self.collection = Collection(str(folder / "anki" / "collection.anki2"))

    def edit(self, old: str, new: str, name: str = LESSON) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def build(self) -> Outcome:
        outcome = build(BuildRequest(self.root, self.out, (Target.DECK,)))
        assert outcome.exit_code == 0, outcome.diagnostics
        return outcome

    def load(self, **options: Any) -> set[str]:
        """Import the deck; return the ids of the notes that Anki says it updated."""
        request = ImportAnkiPackageRequest(
            package_path=str(self.out / "solar.apkg"), options=ImportAnkiPackageOptions(**options)
        )
        log = self.collection.import_anki_package(request).log
        assert not log.conflicting
        return {next(f for f in note.fields if "/" in f and " " not in f) for note in log.updated}

    def build_and_load(self) -> set[str]:
        self.build()
        return self.load()

    def release(self, version: str) -> set[str]:
        done = release(self.root, self.out, version, targets=(Target.DECK,), allow_dirty=True)
        assert not done.refusal, done.refusal
        return self.load()

    def note(self, id: str) -> Note:
        (found,) = self.collection.find_notes(f'"ID:{id}"')
        return self.collection.get_note(found)

    def git(self, *arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(
            ["git", "-C", str(self.root), *identity, *arguments], check=True, capture_output=True
        )

    def commit(self) -> None:
        self.git("add", ".")
        self.git("commit", "-qm", "A state")

    @property
    def record(self) -> Path:
        return self.root / ".aml-build" / "notes.tsv"


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Author]:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    it = Author(tmp_path)
    yield it
    it.collection.close()


def correct(author: Author) -> None:
    author.edit("its way is longer", "its way is much longer")


def correct_again(author: Author) -> None:
    author.edit("its way is much longer", "its way is far longer")


def outside_git(author: Author) -> None:
    assert author.build_and_load() == set()


def in_git(author: Author) -> None:
    author.git("init", "-q")
    author.commit()
    assert author.build_and_load() == set()


def released(author: Author) -> None:
    author.release("1.0.0")


BEGINNINGS = pytest.mark.parametrize("begin", [outside_git, in_git, released])


@BEGINNINGS
def test_an_edit_arrives(author: Author, begin: Callable[[Author], None]) -> None:
    begin(author)
    correct(author)
    assert author.build_and_load() == {MARS}
    assert "much longer" in author.note(MARS)["Answer"]


@BEGINNINGS
def test_two_edits_in_a_row_arrive(author: Author, begin: Callable[[Author], None]) -> None:
    begin(author)
    correct(author)
    assert author.build_and_load() == {MARS}
    correct_again(author)
    assert author.build_and_load() == {MARS}
    assert "far longer" in author.note(MARS)["Answer"]


@BEGINNINGS
def test_an_edit_taken_back_arrives(author: Author, begin: Callable[[Author], None]) -> None:
    begin(author)
    correct(author)
    author.build_and_load()
    author.edit("its way is much longer", "its way is longer")
    assert author.build_and_load() == {MARS}
    assert "much" not in author.note(MARS)["Answer"]


@BEGINNINGS
def test_a_build_without_an_edit_updates_nothing(
    author: Author, begin: Callable[[Author], None]
) -> None:
    begin(author)
    shutil.rmtree(author.out)
    assert author.build_and_load() == set()


def test_an_edit_arrives_while_dirty_once_committed_and_once_amended(author: Author) -> None:
    in_git(author)
    correct(author)
    assert author.build_and_load() == {MARS}
    author.commit()
    assert author.build_and_load() == set()
    correct_again(author)
    author.git("commit", "-qam", "Amended", "--amend")
    assert author.build_and_load() == {MARS}


def test_an_edit_after_a_release_and_the_next_release_arrive(author: Author) -> None:
    released(author)
    correct(author)
    assert author.build_and_load() == {MARS}
    author.edit("Eight years, since", "Just eight years, since")
    assert author.build_and_load() == {"third-law/four"}
    correct_again(author)
    # The release dates both texts; the one that was built before may have the same second.
    assert author.release("1.1.0") | {"third-law/four"} == {MARS, "third-law/four"}
    author.edit("its way is far longer", "its way is longer")
    assert author.build_and_load() == {MARS}


@BEGINNINGS
@pytest.mark.parametrize("keep_deck", [True, False])
def test_an_edit_arrives_after_the_build_record_is_lost(
    author: Author, begin: Callable[[Author], None], *, keep_deck: bool
) -> None:
    begin(author)
    correct(author)
    author.build_and_load()
    author.record.unlink()
    if not keep_deck:
        shutil.rmtree(author.out)
    correct_again(author)
    # Two builds in one second: the second is dated one second later. Without any record, the clock has
    # to be past that.
    time.sleep(2.1)
    assert MARS in author.build_and_load()
    assert "far longer" in author.note(MARS)["Answer"]


@BEGINNINGS
def test_an_edit_taken_back_arrives_after_the_build_record_is_lost(
    author: Author, begin: Callable[[Author], None]
) -> None:
    begin(author)
    correct(author)
    author.build_and_load()
    author.record.unlink()
    author.edit("its way is much longer", "its way is longer")
    outcome = author.build()
    assert outcome.import_summary == ImportSummary(
        "the last build", updated=1, unchanged=19, source=RecordSource.DECK
    )
    assert author.load() == {MARS}


@pytest.mark.parametrize("text", ["", "no record", "# Written by nobody\na\tb\n"])
def test_a_broken_build_record_is_replaced(author: Author, text: str) -> None:
    outside_git(author)
    author.record.write_text(text, encoding="utf-8")
    correct(author)
    assert author.build_and_load() == {MARS}


@BEGINNINGS
def test_a_changed_figure_arrives(author: Author, begin: Callable[[Author], None]) -> None:
    begin(author)
    before = author.note("third-law/fig-orbit")["Image"]
    author.edit("circle [radius=1.6mm]", "circle [radius=1.8mm]", "figures/orbit.tex")
    assert author.build_and_load() == {"third-law/fig-orbit", "third-law/definition"}
    assert author.note("third-law/fig-orbit")["Image"] != before


@BEGINNINGS
def test_a_new_gap_arrives_with_its_text(author: Author, begin: Callable[[Author], None]) -> None:
    begin(author)
    author.edit("==January=={.c1} and", "==January=={.c1}, at the ==perihelion=={.c3}, and")
    assert author.build_and_load() == {"orbit/closest"}
    note = author.note("orbit/closest")
    assert [card.ord for card in note.cards()] == [0, 1, 2]
    assert all("No cloze" not in card.question() for card in note.cards())


def test_a_macro_of_the_course_arrives(author: Author) -> None:
    in_git(author)
    author.edit(r"\mathrm{AU}", r"\mathrm{au}", "course.yaml")
    assert "third-law/four" in author.build_and_load()


def test_an_edit_arrives_when_the_clock_is_set_back(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside_git(author)
    real = clock.time.time
    monkeypatch.setattr(clock.time, "time", lambda: real() - 86_400)
    correct(author)
    assert author.build_and_load() == {MARS}
    correct_again(author)
    assert author.build_and_load() == {MARS}


def marked(collection: Collection, note: Note) -> None:
    note.tags.append("marked")
    collection.update_note(note)


def tagged(collection: Collection, note: Note) -> None:
    collection.tags.bulk_add([note.id], "hard")


def edited(collection: Collection, note: Note) -> None:
    note["Answer"] = "My own words."
    collection.update_note(note)


def suspended(collection: Collection, note: Note) -> None:
    collection.sched.suspend_cards(note.card_ids())


def flagged(collection: Collection, note: Note) -> None:
    collection.set_user_flag_for_cards(3, note.card_ids())


def moved(collection: Collection, note: Note) -> None:
    collection.set_deck(note.card_ids(), collection.decks.id("My own deck") or 1)


DEEDS = [marked, tagged, edited, suspended, flagged, moved]


@pytest.mark.parametrize("deed", DEEDS)
def test_a_correction_arrives_whatever_the_student_did_before_it_was_built(
    author: Author, deed: Callable[[Collection, Note], None]
) -> None:
    outside_git(author)
    deed(author.collection, author.note(MARS))
    (before,) = author.note(MARS).cards()
    time.sleep(1.1)
    correct(author)
    assert author.build_and_load() == {MARS}
    note = author.note(MARS)
    (card,) = note.cards()
    assert "much longer" in note["Answer"]
    assert (card.queue, card.flags, card.did) == (before.queue, before.flags, before.did)
    # Anki replaces all tags of a note that it updates.
    assert not {"marked", "hard"} & set(note.tags)


@pytest.mark.parametrize(
    ("deed", "arrives"),
    [
        (marked, False),
        (tagged, False),
        (edited, False),
        (suspended, True),
        (flagged, True),
        (moved, True),
    ],
)
def test_anki_skips_a_note_that_was_edited_after_the_deck_was_built(
    author: Author, deed: Callable[[Collection, Note], None], *, arrives: bool
) -> None:
    outside_git(author)
    correct(author)
    author.build()
    # Two builds in one second: the second is dated one second later, and the student comes after it.
    time.sleep(2.1)
    deed(author.collection, author.note(MARS))
    assert author.load() == ({MARS} if arrives else set())
    # The option that README names brings the text of the deck to every note.
    always = ImportAnkiPackageUpdateCondition.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
    author.load(update_notes=always)
    assert "much longer" in author.note(MARS)["Answer"]


def test_a_renamed_title_updates_the_notes_of_its_concept_alone(author: Author) -> None:
    outside_git(author)
    author.edit("## Orbit {", "## Path of a planet {")
    outcome = author.build()
    updated = author.load()
    assert updated
    assert {id.partition("/")[0] for id in updated} == {"orbit"}
    # The other concepts refer to it.
    assert outcome.import_summary is not None
    assert outcome.import_summary.deferred > 0
    correct(author)
    assert author.build_and_load() == {MARS}
    assert "Path of a planet" in author.note(MARS)["More"]


def test_a_build_says_what_an_import_does(author: Author) -> None:
    first = author.build()
    assert first.import_summary == ImportSummary("", new=20, source=RecordSource.NONE)
    assert author.build().import_summary == ImportSummary("the last build", unchanged=20)
    correct(author)
    # The new question comes first in the booklet: the numbers of those behind it move on.
    author.edit("## Seasons", "## Year {#year}\n\nA round of the Earth.\n\n## Seasons")
    assert author.build().import_summary == ImportSummary(
        "the last build", new=1, updated=1, unchanged=19, deferred=16
    )


def test_a_fresh_folder_is_compared_with_the_release(author: Author) -> None:
    released(author)
    shutil.rmtree(author.out)
    author.record.unlink()
    correct(author)
    assert author.build().import_summary == ImportSummary(
        "release 1.0.0", updated=1, unchanged=19, source=RecordSource.NONE
    )


def test_the_same_commit_gives_the_same_deck_without_a_build_record(
    author: Author, tmp_path: Path
) -> None:
    in_git(author)
    other = tmp_path / "elsewhere"
    author.git("clone", "-q", ".", str(other))
    assert build(BuildRequest(other, tmp_path / "o", (Target.DECK,))).exit_code == 0
    there, here = (tmp_path / "o" / "solar.apkg"), (author.out / "solar.apkg")
    assert there.read_bytes() == here.read_bytes()


def test_a_folder_that_cannot_be_written_costs_no_deck(author: Author) -> None:
    (author.root / ".aml-build").write_text("a file where the folder should be", encoding="utf-8")
    outcome = author.build()
    assert "cannot be kept" in outcome.notices[0]
    assert (author.out / "solar.apkg").exists()


def test_a_record_is_not_written_through_a_link(author: Author, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    author.record.parent.symlink_to(tmp_path / "private")
    outcome = author.build()
    assert "cannot be kept" in outcome.notices[0]
    assert list((tmp_path / "private").iterdir()) == []
