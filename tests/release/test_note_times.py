"""When a note's text was first built or released, by what the records know of it."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given, strategies as st

from aml_build.release.lock import Lock, Note
from aml_build.release.note_times import (
    DatedText,
    RecordError,
    date_notes,
    dumps,
    loads,
    release_times,
)

NOW, SOURCE = 5000, 700


class Written(msgspec.Struct, frozen=True):
    published_id: str
    own: str
    shown: str = ""
    id: str = ""
    kind: str = "question"
    number: int = 1
    deck: str = "A"
    ordinals: Mapping[int, str] = {}


def locked(own: str, mtime: int) -> Lock:
    return Lock("1", notes={"a/x": Note("a/x", "a/x", "question", 1, mtime, own, "", "A", {})})


NONE = Lock()
TEXT = Written("a/x", "new")


@pytest.mark.parametrize(
    ("lock", "record", "expected"),
    [
        # Nothing knows the note.
        (NONE, {}, SOURCE),
        # One record knows the text.
        (NONE, {"a/x": DatedText("new", "", 1000)}, 1000),
        (locked("new", 1000), {}, 1000),
        # Both know it: the build record wins.
        (locked("new", 2000), {"a/x": DatedText("new", "", 1000)}, 1000),
        # It replaces a text that was built.
        (NONE, {"a/x": DatedText("old", "", 1000)}, NOW),
        # The clock was set back.
        (NONE, {"a/x": DatedText("old", "", 9000)}, 9001),
        # It replaces a text that was released, by source files of before and after that release.
        (locked("old", 600), {}, SOURCE),
        (locked("old", 3000), {}, 3001),
        # It was built, and another text was released later.
        (locked("old", 2000), {"a/x": DatedText("new", "", 1000)}, NOW),
        # It was built after another text was released.
        (locked("old", 1000), {"a/x": DatedText("new", "", 2000)}, 2000),
        # It was released; another text was built later, and taken back.
        (locked("new", 1000), {"a/x": DatedText("old", "", 2000)}, NOW),
        # Both know another text.
        (locked("old", 9000), {"a/x": DatedText("older", "", 1000)}, 9001),
    ],
)
def test_time_of_a_text(lock: Lock, record: Mapping[str, DatedText], expected: int) -> None:
    assert date_notes([TEXT], lock, record, lambda _: SOURCE, NOW)["a/x"].mtime == expected


@pytest.mark.parametrize(
    ("lock", "built", "expected"),
    [
        (NONE, 1000, 6000),
        (NONE, 9000, 9000),
        (locked("old", 1000), 2000, 6000),
        (locked("new", 1000), 2000, 1000),  # students have it since then
    ],
)
def test_a_release_dates_what_it_publishes_first(lock: Lock, built: int, expected: int) -> None:
    dates = {"a/x": DatedText("new", "", built)}
    assert release_times([TEXT], lock, dates, 6000) == {"a/x": expected}


texts = st.sampled_from("ABC")


@given(
    st.lists(st.tuples(texts, st.integers(0, 50), st.sampled_from(["build", "lose", "release"])))
)
def test_each_text_that_follows_another_is_later(steps: list[tuple[str, int, str]]) -> None:
    """Whatever the clock does, a deck with another text than the one before has a later time.

    A lost record is the exception, which the last deck replaces.
    """
    lock, record = NONE, {}
    imported: DatedText | None = None
    for text, now, step in steps:
        written = Written("a/x", text)
        if step == "lose" and imported:
            same = imported.own == text
            record = {"a/x": DatedText(text if same else "", "", imported.mtime)}
        dates = date_notes([written], lock, record, lambda _: now, now)  # noqa: B023
        record = {**record, **dates}
        time = dates["a/x"].mtime
        if step == "release":
            time = release_times([written], lock, dates, now)["a/x"]
            lock = locked(text, time)
        elif imported and imported.own != text:
            assert time > imported.mtime
        imported = DatedText(text, "", max(time, imported.mtime if imported else 0))


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,5}/[a-z.]{1,5}", fullmatch=True),
        st.builds(
            DatedText,
            st.from_regex(r"[0-9a-f]*", fullmatch=True),
            st.just("ab"),
            st.integers(0, 2**40 - 1),
        ),
    )
)
def test_a_record_reads_back(record: dict[str, DatedText]) -> None:
    assert loads(dumps(record)) == record


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x\n",
        dumps({}) + "a/b\t1\n",
        dumps({}) + "a\tb\tc\tnow\n",
        dumps({}) + f"a\tb\tc\t{10**30}\n",
    ],
)
def test_a_broken_record_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        loads(text)
