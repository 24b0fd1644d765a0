"""The one traversal of the model: iterators over the nodes in nodes, and a map over them."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeVar, get_args

from msgspec.structs import fields, replace

from aml_build.model import Block, Inline, Math, MathBlock, Node, Paragraph

N = TypeVar("N")
_FORMULA = Math | MathBlock
_WITHOUT_BLOCKS = Inline | Paragraph


def children(node: Node) -> list[Node]:
    """Return the nodes directly within a node, field by field."""
    found: list[Node] = []
    for name in _node_fields(type(node)):
        _collect(getattr(node, name), found)
    return found


@cache
def _node_fields(kind: type[Node]) -> tuple[str, ...]:
    """Return the names of the fields that may contain nodes."""
    return tuple(field.name for field in fields(kind) if _has_nodes(field.type))


def _has_nodes(kind: object) -> bool:
    """Return whether a type is a node or contains nodes."""
    node = isinstance(kind, type) and issubclass(kind, Node)
    return node or any(map(_has_nodes, get_args(kind)))


def _collect(value: object, found: list[Node]) -> None:
    """Add the nodes of a field; its tuples may nest, as the cells of the rows of a table do."""
    if isinstance(value, tuple):
        for part in value:
            _collect(part, found)
    elif isinstance(value, Node):
        found.append(value)


def descendants(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes and all nodes within them, each before those that it contains."""
    # A stack instead of recursion: each node is yielded once, not once a level.
    rest = [*nodes]
    rest.reverse()
    while rest:
        node = rest.pop()
        yield node
        if _node_fields(type(node)):
            rest += reversed(children(node))


def blocks(nodes: Iterable[Node]) -> Iterator[Block]:
    """Yield every block, each before the blocks that it contains."""
    for node in nodes:
        if isinstance(node, Block):
            yield node
        if not isinstance(node, _WITHOUT_BLOCKS):
            yield from blocks(children(node))


def inlines(nodes: Iterable[Node]) -> Iterator[Inline]:
    """Yield every inline node, each before the nodes that it contains."""
    return (node for node in descendants(nodes) if isinstance(node, Inline))


def formulas(nodes: Iterable[Node]) -> Iterator[Math | MathBlock]:
    """Yield every formula, inline and display."""
    return (node for node in descendants(nodes) if isinstance(node, _FORMULA))


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
    for name in _node_fields(type(value)):
        old = getattr(value, name)
        if (new := map_nodes(old, change)) is not old:
            changes[name] = new
    return change(replace(value, **changes) if changes else value)  # type: ignore[return-value]
