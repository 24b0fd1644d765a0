"""Released texts: what is kept, and how a change is shown."""

from collections.abc import Mapping

import msgspec
import pytest

from aml_build.release.compare import Change, ChangeKind, Diff, FieldChange
from aml_build.release.diff_report import table
from aml_build.release.lock import Lock, Note
from aml_build.release.text_changes import excerpts, with_texts
from aml_build.release.texts import ReleasedText, TextsError, dumps, loads, next_texts


class Written(msgspec.Struct, frozen=True):
    published_id: str
    id: str
    own: str
    named_fields: Mapping[str, str]
    tags: tuple[str, ...] = ()


def lock(own: str) -> Lock:
    return Lock("1", notes={"a/x": Note("a/x", "a/x", "question", 1, 9, own, "", "A", {})})


OLD = {"a/x": ReleasedText("a/x", {"Answer": "old"})}


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        # The own text changed: the new one goes out.
        ([Written("a/x", "a/x", "new", {"Answer": "new"})], {"a/x": "new"}),
        # Only what it shows of others changed: students keep what they have.
        ([Written("a/x", "a/x", "old", {"Answer": "new"})], {"a/x": "old"}),
        # A new note beside one that is gone, which keeps its last text.
        ([Written("b/y", "b/y", "o", {"Answer": "other"})], {"a/x": "old", "b/y": "other"}),
    ],
)
def test_texts_after_a_release(notes: list[Written], expected: dict[str, str]) -> None:
    after = next_texts(OLD, lock("old"), notes)
    assert {id: text.fields["Answer"] for id, text in after.items()} == expected


def test_texts_read_back() -> None:
    texts = {
        "b/y": ReleasedText("b/y", {"Answer": "Zwei\nZeilen, \u2028 ⇌ \\(x\\)"}, ("k::a",)),
        **OLD,
    }
    assert loads(dumps(texts)) == texts
    assert dumps(loads(dumps(texts))) == dumps(texts)


@pytest.mark.parametrize(("text", "line"), [("x\n", 1), (dumps(OLD) + "{}\n", 2), ("\n", 1)])
def test_a_broken_file_has_a_line(text: str, line: int) -> None:
    with pytest.raises(TextsError) as broken:
        loads(text)
    assert broken.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>A path.</p>", "<p>A closed path.</p>", ("A path.", "A closed path.")),
        ("", "<p>New.</p>", ("", "New.")),
        (
            "one two three four five six seven",
            "one two three four five 6 seven",
            ("… two three four five six seven", "… two three four five 6 seven"),
        ),
        ("a b c d e f g h", "z b c d e f g h", ("a b c d e …", "z b c d e …")),
        (
            "<p>What is <b>x</b>?</p><p>y</p>",
            "<p>What is <b>z</b>?</p><p>y</p>",
            ("What is x? y", "What is z? y"),
        ),
        ("<p>a &lt; b</p>", "<p>a &lt; c</p>", ("a < b", "a < c")),
        # The words are the same: the markup is shown.
        ("<b>a</b>", "<i>a</i>", ("<b>a</b>", "<i>a</i>")),
        ('<img src="1.svg" alt="x">', '<img src="2.svg" alt="x">', ("[1.svg]", "[2.svg]")),
        ("a a", "a", ("a a", "a")),
    ],
)
def test_excerpts(old: str, new: str, expected: tuple[str, str]) -> None:
    assert excerpts(FieldChange("Answer", old, new)) == expected


def test_a_diff_names_old_and_new_text() -> None:
    diff = Diff("1", (Change(ChangeKind.UPDATED, "a/x"), Change(ChangeKind.NEW, "b/y")), ())
    notes = [
        Written("a/x", "a/x", "new", {"Answer": "<p>new</p>"}, ("t",)),
        Written("b/y", "b/y", "new", {"Answer": "<p>other</p>"}),
    ]
    shown = table(with_texts(diff, OLD, notes)).splitlines()
    at = shown.index("  updated: a/x")
    assert shown[at : at + 6] == [
        "  updated: a/x",
        "    Answer",
        "      - old",
        "      + new",
        "    tags",
        "      + t",
    ]
    assert any('"Update notes" to "Always"' in line for line in shown)
