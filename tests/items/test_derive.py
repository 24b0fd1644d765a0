"""Notes and the items derived from them, as pairs."""

from pathlib import Path

from hypothesis import given, strategies as st

from aml_build.diagnostics.source import Source, Span
from aml_build.items.derive import derive
from aml_build.items.item import Item, booklet_order
from aml_build.items.kinds import ItemKind
from aml_build.items.study_order import study_order
from aml_build.model import Concept, ConceptKind, Key, Paragraph, Text
from aml_build.model.plain_text import plain_blocks
from aml_build.parse.course import parse_sources
from tests.fixtures import Fixture, check_fixture, fixtures
from tests.samples import COURSE

YAML = Source("course.yaml", "id: test\ntitle: Test\n")
FRONT = "---\nlesson: 1\ntitle: Rome\n---\n\n"


def derived(notes: str) -> tuple[Item, ...]:
    lesson = Source("01.md", FRONT + notes)
    parsed = parse_sources({"course.yaml": YAML, "01.md": lesson})
    assert parsed.course is not None
    assert not parsed.diagnostics
    return derive(parsed.course)


def shown(item: Item) -> str:
    prompt = plain_blocks(item.prompt).replace("\n", " | ")
    answer = plain_blocks(item.answer).replace("\n", " | ")
    line = f"{item.id} {item.kind} {item.number}: {prompt} -> {answer}".rstrip()
    if item.reverse:
        line += f" <-> {plain_blocks(item.reverse)}"
    if item.kind is ItemKind.EXAM:
        line += " … " + plain_blocks(item.full_answer[1:])
    return line


@fixtures(Path(__file__).parent / "fixtures.md")
def test_items(fixture: Fixture) -> None:
    check_fixture(fixture, "\n".join(map(shown, derived(fixture.text))))


def test_published_numbers_stay_and_new_ones_follow() -> None:
    items = derive(COURSE)
    published = {item.published_id: item.number + 100 for item in items[1:]}
    renumbered = {item.published_id: item.number for item in derive(COURSE, published)}
    assert {o: renumbered[o] for o in published} == published
    assert renumbered[items[0].published_id] == max(published.values()) + 1


def test_numbers_run_through_the_booklet() -> None:
    numbers = [item.number for item in booklet_order(derive(COURSE))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_member_names_ten_others_on_each_side() -> None:
    names = [f"M{n:02}" for n in range(25)]
    lines = (f"- **{name}**: number {name} {{#{name.lower()}}}\n" for name in names)
    items = derived("## Legions {#legions}\n\nMany.\n\n{#all}\n" + "".join(lines))
    siblings = {item.facet.id: item.prompt[1] for item in items if item.kind is ItemKind.MEMBER}
    assert plain_blocks((siblings["all.m00"],)) == f"Beside {', '.join(names[1:11])}."
    both = (*names[2:12], *names[13:23])
    assert plain_blocks((siblings["all.m12"],)) == f"Beside {', '.join(both)}."


def test_ids_are_unique() -> None:
    origins = [item.published_id for item in derive(COURSE)]
    assert len(origins) == len(set(origins))


def test_former_ids_make_the_origin() -> None:
    items = derived('## New {#new was="old older"}\n\nA.\n\n### Why? {#q was=p}\n\nSo.\n')
    assert [(i.id, i.published_id) for i in items] == [
        ("new/definition", "old/definition"),
        ("new/q", "old/p"),
    ]


def _concept(name: str, needs: tuple[str, ...]) -> Concept:
    place = Span("a.md", 1, 1)
    return Concept(
        key=Key(name), term=(Text(name),), kind=ConceptKind.DEFINITION, priority=2, aka=(), see=(),
        needs=needs, contrast=(), sources=(), reversible=False,
        definition=Paragraph((), place), body=(), span=place,
    )  # fmt: skip


@given(st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=1, max_size=12))
def test_study_order_keeps_all_and_puts_needs_first(needs: list[list[int]]) -> None:
    concepts = [_concept(f"c{n}", tuple(f"c{m}" for m in ms)) for n, ms in enumerate(needs)]
    ordered = [c.id for c in study_order(concepts)]
    assert sorted(ordered) == sorted(c.id for c in concepts)
    acyclic = [_concept(f"c{n}", tuple(f"c{m}" for m in ms if m > n)) for n, ms in enumerate(needs)]
    at = {c.id: i for i, c in enumerate(study_order(acyclic))}
    assert all(at[n] < at[c.id] for c in acyclic for n in c.needs if n in at)


def test_study_order_without_needs_is_the_order_written() -> None:
    concepts = [_concept(name, ()) for name in "bac"]
    assert study_order(concepts) == tuple(concepts)


def test_a_long_chain_of_needs_is_no_recursion() -> None:
    chain = [_concept(f"c{n}", (f"c{n + 1}",)) for n in range(5000)]
    assert study_order(chain) == tuple(reversed(chain))
