"""What an edit is said to have done, without any server."""

import pytest
from msgspec.structs import replace

from aml_build.diagnostics.source import Source, Span
from aml_build.render.preview import Card, Page, Section
from aml_build.watch.card_changes import delta, edits


def card(key: str, line: int, sides: str = "", path: str = "1.md") -> Card:
    return Card(key, Span(path, line, 1), "<article>", f"<header>{line}</header>", sides, (sides,))


def page(*cards: Card, title: str = "One") -> Page:
    return Page({"title": "Course"}, (Section("lesson-1", title, cards),), len(cards))


A, B, C = card("a", 3, "A"), card("b", 7, "B"), card("c", 9, "C")


def test_nothing_is_nothing() -> None:
    same = delta(page(A, B), page(A, B), {})
    assert (same.put, same.order, same.changed, same.gone, same.jump) == ({}, {}, (), (), "")
    assert not same.reload


def test_a_card_that_only_moved_down_its_file_has_not_changed() -> None:
    found = delta(page(A, B), page(A, card("b", 8, "B")), {"1.md": (5, 5)})
    assert list(found.put) == ["b"]
    assert found.changed == ()
    assert found.jump == "a"


def test_a_card_that_only_got_another_number_is_sent_but_has_not_changed() -> None:
    numbered = replace(B, sides="B, question 8")
    found = delta(page(A, B), page(A, numbered), {"1.md": (3, 3)})
    assert list(found.put) == ["b"]
    assert found.changed == ()
    assert found.jump == "a"


@pytest.mark.parametrize(
    ("after", "order", "gone"),
    [
        ((A, C), ("a", "c"), ("b",)),
        ((C, A, B), ("c", "a", "b"), ()),
        ((A, B, C, card("d", 11)), ("a", "b", "c", "d"), ()),
    ],
)
def test_order(after: tuple[Card, ...], order: tuple[str, ...], gone: tuple[str, ...]) -> None:
    found = delta(page(A, B, C), page(*after), {})
    assert found.order == {"lesson-1": order}
    assert found.gone == gone


@pytest.mark.parametrize("after", [page(A, title="Two"), Page({"title": "X"}, page(A).sections, 1)])
def test_what_stands_around_the_cards_loads_the_page_anew(after: Page) -> None:
    assert delta(page(A), after, {}).reload


@pytest.mark.parametrize(
    ("changed", "touched", "jump"),
    [
        # The edited card, not another one that quotes it.
        (("a", "b", "c"), {"1.md": (8, 8)}, "b"),
        # One that begins within the edit.
        (("b", "c"), {"1.md": (7, 9)}, "b"),
        # No card looks different: the one that was edited all the same.
        ((), {"1.md": (10, 10)}, "c"),
        # Between two cards, the one above, although the one below is nearer.
        ((), {"1.md": (6, 6)}, "a"),
        # Before all cards.
        ((), {"1.md": (1, 1)}, "a"),
        # A figure or the settings: the first card on which it is seen.
        (("b", "c"), {"figures/x.tex": (4, 4)}, "b"),
        ((), {"course.yaml": (4, 4)}, ""),
    ],
)
def test_jump(changed: tuple[str, ...], touched: dict[str, tuple[int, int]], jump: str) -> None:
    after = [card(c.key, c.span.line, c.sides + "!" * (c.key in changed)) for c in (A, B, C)]
    assert delta(page(A, B, C), page(*after), touched).jump == jump


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\nb\nc", "a\nx\nc", (2, 2)),
        ("a\nb\nc", "a\nb\nx\ny\nc", (3, 4)),
        ("a\nb\nc", "a\nc", (2, 2)),
        ("a", "a\nb", (2, 2)),
        ("a\na\na", "a\na\na\na", (4, 4)),
        ("a\nb", "", (1, 1)),
        ("", "a\nb", (1, 2)),
    ],
)
def test_edited_lines(before: str, after: str, lines: tuple[int, int]) -> None:
    assert edits({"1.md": Source("1.md", before)}, {"1.md": Source("1.md", after)}) == {
        "1.md": lines
    }


def test_files_as_before_are_no_edits() -> None:
    assert edits({"1.md": Source("1.md", "a")}, {"1.md": Source("1.md", "a")}) == {}
