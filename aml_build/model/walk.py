"""The one traversal of the model: iterators over the nodes in nodes, and a map over them."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec.structs import replace

from aml_build.model import Block, Inline, Math, MathBlock, Node

N = TypeVar("N")


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly within a node, field by field."""
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _flat(value)


def _flat(values: tuple[object, ...]) -> Iterator[Node]:
    """Yield the nodes of a tuple that may nest: the cells of the rows of a table."""
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _flat(value)


def descendants(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes and all nodes within them, each before those that it contains."""
    for node in nodes:
        yield node
        yield from descendants(children(node))


def blocks(nodes: Iterable[Node]) -> Iterator[Block]:
    """Yield every block, each before the blocks that it contains."""
    return (node for node in descendants(nodes) if isinstance(node, Block))


def inlines(nodes: Iterable[Node]) -> Iterator[Inline]:
    """Yield every inline node, each before the nodes that it contains."""
    return (node for node in descendants(nodes) if isinstance(node, Inline))


def formulas(nodes: Iterable[Node]) -> Iterator[Math | MathBlock]:
    """Yield every formula, inline and display."""
    return (node for node in descendants(nodes) if isinstance(node, Math | MathBlock))


def map_nodes(value: N, change: Callable[[Node], Node]) -> N:
    """Return a node or tuple with ``change`` applied to every node in it, innermost first.

    Unchanged parts are shared with the original.
    """
    if isinstance(value, tuple):
        mapped = tuple(map_nodes(part, change) for part in value)
        same = all(new is old for new, old in zip(mapped, value, strict=True))
        return value if same else mapped  # type: ignore[return-value]
    if not isinstance(value, Node):
        return value
    changes = {}
    for name in value.__struct_fields__:
        old = getattr(value, name)
        if isinstance(old, tuple | Node) and (new := map_nodes(old, change)) is not old:
            changes[name] = new
    return change(replace(value, **changes) if changes else value)  # type: ignore[return-value]
