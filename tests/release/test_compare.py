"""What a release does to students, as before/after pairs."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given, strategies as st

from aml_build.release.compare import ChangeKind, compare, next_lock
from aml_build.release.lock import Lock, LockError, Note, dumps, loads


class CurrentNote(msgspec.Struct, frozen=True):
    published_id: str
    id: str
    kind: str
    number: int
    own: str
    shown: str
    deck: str
    ordinals: Mapping[int, str]


def note(published_id: str, **changes: object) -> CurrentNote:
    facts = {
        "id": published_id,
        "kind": "question",
        "number": 1,
        "own": "d",
        "shown": "d",
        "deck": "A",
        "ordinals": {},
        **changes,
    }
    return CurrentNote(published_id=published_id, **facts)  # type: ignore[arg-type]


def locked(*present: CurrentNote) -> Lock:
    times = {note.published_id: 1000 for note in present}
    return next_lock(Lock(), present, version="1", date="2026-01-01", times=times, note_types="t")


def kinds(
    before: tuple[CurrentNote, ...], after: tuple[CurrentNote, ...], *retired: str
) -> dict[str, list[str]]:
    diff = compare(locked(*before), after, retired, "t")
    met: dict[str, list[str]] = {}
    for change in diff.changes:
        met.setdefault(change.id, []).append(change.kind.value)
    return met


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((), (note("a/x"),), {"a/x": ["new"]}),
        ((note("a/x"),), (note("a/x"),), {"a/x": ["untouched"]}),
        ((note("a/x"),), (note("a/x", own="e"),), {"a/x": ["updated"]}),
        ((note("a/x"),), (note("a/x", shown="e"),), {"a/x": ["deferred"]}),
        ((note("a/x"),), (note("a/x", own="e", shown="e"),), {"a/x": ["updated"]}),
        ((note("a/x"),), (note("a/x", deck="B"),), {"a/x": ["moved", "untouched"]}),
        (
            (note("a/x"),),
            (note("a/x", id="b/x", own="e"),),
            {"b/x": ["renamed", "updated"]},
        ),
        ((note("a/x"),), (), {"a/x": ["gone"]}),
    ],
)
def test_each_change_has_its_kind(
    before: tuple[CurrentNote, ...], after: tuple[CurrentNote, ...], expected: object
) -> None:
    assert kinds(before, after) == expected


@pytest.mark.parametrize("retired", ["a/x", "a"])
def test_retired_is_not_gone(retired: str) -> None:
    diff = compare(locked(note("a/x")), (), [retired], "t")
    assert [c.kind for c in diff.changes] == [ChangeKind.RETIRED]
    assert diff.changes[0].search == '"ID:a/x"'
    assert not diff.problems


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ({1: "cat"}, {1: "cats"}, []),  # reworded
        ({1: "cat"}, {1: "cat", 2: "dog"}, []),  # added with the next number
        ({1: "cat", 2: "dog"}, {1: "dog"}, ["ordinal-reused"]),  # renumbered
        ({1: "cat"}, {1: "dog", 2: "cat"}, ["ordinal-reused"]),  # put in the middle
        ({1: "cat", 2: "dog"}, {1: "dog", 2: "cat"}, ["ordinal-reused", "ordinal-reused"]),
        ({1: "cat", 2: "dog"}, {2: "dog"}, []),  # taken away
    ],
)
def test_ordinals(before: dict[int, str], after: dict[int, str], codes: list[str]) -> None:
    diff = compare(locked(note("a/x", ordinals=before)), [note("a/x", ordinals=after)], (), "t")
    assert [p.code for p in diff.problems] == codes


def test_an_ordinal_taken_away_is_never_given_again() -> None:
    first = locked(note("a/x", ordinals={1: "cat", 2: "dog"}))
    second = next_lock(
        first,
        [note("a/x", ordinals={1: "cat"})],
        version="2",
        date="",
        times={"a/x": 1000},
        note_types="t",
    )
    diff = compare(second, [note("a/x", ordinals={1: "cat", 2: "owl"})], (), "t")
    assert [p.code for p in diff.problems] == ["ordinal-reused"]


def test_a_note_never_changes_its_kind() -> None:
    diff = compare(locked(note("a/x")), [note("a/x", kind="cloze")], (), "t")
    assert [p.code for p in diff.problems] == ["kind-changed"]


def test_note_types_are_fixed_once_published() -> None:
    diff = compare(locked(note("a/x")), [note("a/x")], (), "other")
    assert [p.code for p in diff.problems] == ["note-type-changed"]


def test_what_went_out_is_kept_until_the_own_text_changes() -> None:
    first = locked(note("a/x"), note("a/y"))
    second = next_lock(
        first,
        [note("a/x", shown="e"), note("a/y", own="e", shown="e")],
        version="2",
        date="",
        times={"a/x": 1000, "a/y": 2000},
        note_types="t",
    )
    assert {id: (n.shown, n.mtime) for id, n in second.notes.items()} == {
        "a/x": ("d", 1000),
        "a/y": ("e", 2000),
    }


words = st.text(
    st.characters(codec="utf-8", exclude_characters="\t\n", exclude_categories=("Cs", "Cc"))
)
names = st.from_regex(r"[a-z]{1,5}/[a-z]{1,5}", fullmatch=True)


@given(
    st.lists(
        st.builds(
            Note,
            names,
            names,
            st.sampled_from(["question", "cloze", "figure"]),
            st.integers(1, 10**7 - 1),
            st.integers(0, 2**40 - 1),
            words,
            words,
            words,
            st.dictionaries(st.integers(1, 9), words),
        )
    )
)
def test_the_lock_reads_back(notes: list[Note]) -> None:
    lock = Lock("1.0", "2026-01-01", "t", {n.published_id: n for n in notes})
    text = dumps(lock)
    assert loads(text) == lock
    assert dumps(loads(text)) == text


@pytest.mark.parametrize("text", ["", "x", "a\nb\nc\n", "#\nrelease\t1\t2\nnote-types\tt\nx\ty\n"])
def test_a_broken_lock_is_said(text: str) -> None:
    with pytest.raises(LockError, match=r"release\.lock"):
        loads(text)
