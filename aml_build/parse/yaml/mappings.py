"""YAML with line and column: PyYAML's node graph, read value by value."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from typing import TypeVar

import yaml

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.diagnostics.suggestions import nearest
from aml_build.parse.invisible_characters import without_escaped
from aml_build.parse.markdown.foreign_marks import PLAIN_HINT
from aml_build.parse.markdown.parser import foreign_marks
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.yaml.yaml_problems import YamlProblem, explain, without_mapping

T = TypeVar("T")
Entry = tuple[yaml.ScalarNode, yaml.Node]

_NAMES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "yes or no",
    "seq": "a list",
    "map": "a mapping",
    "null": "empty",
}


_NO_BREAKS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
"""Characters that begin a line in YAML alone, so columns would be wrong; reported as invisible."""


class Mapping:
    """One mapping of a YAML file, by key."""

    def __init__(
        self, context: ParseContext, node: yaml.MappingNode, shift: int, called: str
    ) -> None:
        """Take the node and the number of lines before the YAML in the file."""
        self._context = context
        self._shift = shift
        self._called = called
        self.span = self.place(node)
        self.entries: dict[str, Entry] = {}
        for key, value in node.value:
            self._add(key, value)

    def _add(self, key: yaml.Node, value: yaml.Node) -> None:
        if not isinstance(key, yaml.ScalarNode):
            self._context.report(
                self.place(key),
                Code.BAD_YAML,
                "A key must be a word.",
                "Write `key: value`; put quotes around a value with braces.",
            )
            return
        if key.value in self.entries:
            self._context.report(
                self.place(key),
                Code.DUPLICATE_KEY,
                f"`{key.value}` is here a second time.",
                "Keep one of them.",
            )
            return
        self.entries[key.value] = (key, value)

    def place(self, node: yaml.Node) -> Span:
        """Return the span of a node, on its first line."""
        return _place(self._context, node, self._shift)

    def only(self, known: Sequence[str]) -> None:
        """Report keys that have no meaning."""
        found: dict[str, Entry] = {}
        for name, (key, _) in self.entries.items():
            if name in known:
                continue
            near = nearest(name, known)
            self._context.report(
                self.place(key),
                Code.UNKNOWN_KEY,
                f"{self._called} has no key `{name}`.",
                f"Did you mean `{near}`?" if near else f"Its keys are {', '.join(known)}.",
            )
            if near and near not in self.entries:
                # It is read as what was meant, so that the key is not missing too.
                found[near] = self.entries[name]
        self.entries |= found

    def move(self, chosen: Callable[[str], bool], name: str, called: str) -> None:
        """Report the keys that belong into the mapping with a name, and put them there."""
        moved = {key: entry for key, entry in self.entries.items() if chosen(key)}
        if not moved:
            return
        for key, entry in moved.items():
            del self.entries[key]
            self._context.report(
                self.place(entry[0]),
                Code.UNKNOWN_KEY,
                f"`{key}` is {called} and belongs below `{name}:`.",
                f"Indent it by two spaces, below a line `{name}:`.",
            )
        first = next(iter(moved.values()))[0]
        holder, value = self.entries.get(name, (first, None))
        inner = value.value if isinstance(value, yaml.MappingNode) else []
        whole = yaml.MappingNode("map", [*inner, *moved.values()], first.start_mark, first.end_mark)
        self.entries[name] = (holder, whole)

    def require(self, name: str, example: str, span: Span | None = None) -> bool:
        """Report a key that is missing; return whether it is there."""
        if name in self.entries:
            return True
        self._context.report(
            span or Span(self.span.path, self.span.line, 1),
            Code.MISSING_KEY,
            f"{self._called} has no `{name}`.",
            f"Add a line like `{example}`.",
        )
        return False

    def text(self, name: str, default: str = "") -> str:
        """Return a text, in one line; numbers and dates are text too."""
        node = self._node(name)
        if node is None or node.tag.endswith(":null"):
            return default
        if isinstance(node, yaml.ScalarNode):
            return _line(node.value)
        self.wrong(node, name, "text")
        return default

    def number(
        self, name: str, default: T, read: Callable[[str], T], fits: Callable[[T], bool], what: str
    ) -> T:
        """Return a number that fits; ``what`` describes it for a message."""
        node = self._node(name)
        if node is None:
            return default
        if isinstance(node, yaml.ScalarNode) and node.tag.endswith((":int", ":float")):
            with suppress(ValueError):
                value = read(node.value)
                if fits(value):
                    return value
        self.wrong(node, name, what)
        return default

    def choice(self, name: str, default: str, choices: Sequence[str]) -> str:
        """Return one of the choices."""
        node = self._node(name)
        if node is None:
            return default
        if isinstance(node, yaml.ScalarNode) and node.value in choices:
            return str(node.value)
        self.wrong(node, name, "one of " + ", ".join(f"`{choice}`" for choice in choices))
        return default

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        node = self._node(name)
        if node is None or node.tag.endswith(":null"):
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (_line(node.value),)
        if isinstance(node, yaml.SequenceNode) and all(
            isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            return tuple(_line(item.value) for item in node.value)
        self.wrong(node, name, "a list of texts, like `[one, two]`")
        return ()

    def mapping(self, name: str, called: str) -> "Mapping | None":
        """Return a mapping within this one."""
        node = self._node(name)
        if node is None or node.tag.endswith(":null"):
            return None
        if isinstance(node, yaml.MappingNode):
            return Mapping(self._context, node, self._shift, called)
        self.wrong(node, name, "a mapping, like `{key: value}`")
        return None

    def wrong(self, node: yaml.Node, name: str, wanted: str) -> None:
        """Report a value of the wrong type or out of range."""
        shown = _NAMES.get(node.tag.rpartition(":")[2], "something else")
        if isinstance(node, yaml.ScalarNode):
            shown = f"`{node.value}`" if node.value else "empty"
        self._context.report(
            self.place(node), Code.BAD_VALUE, f"`{name}` cannot be {shown}.", f"Write {wanted}."
        )

    def without_foreign(self, names: Sequence[str]) -> None:
        """Report the marks of other formats in texts, which are shown as they are."""
        for name in names:
            node = self._node(name)
            for part in node.value if isinstance(node, yaml.SequenceNode) else (node,):
                if isinstance(part, yaml.ScalarNode):
                    self._report_foreign(part)

    def _report_foreign(self, node: yaml.ScalarNode) -> None:
        for token in foreign_marks(node.value):
            span, message = self.place(node), token.meta["message"]
            for line in range(span.line, node.end_mark.line + self._shift + 2):
                text = self._context.lines[line - 1] if line <= len(self._context.lines) else ""
                column = text.find(token.content, span.column - 1 if line == span.line else 0)
                if column >= 0:
                    span = Span(span.path, line, column + 1, len(token.content))
                    break
            self._context.report(span, Code.FOREIGN_SYNTAX, message, PLAIN_HINT)

    def _node(self, name: str) -> yaml.Node | None:
        entry = self.entries.get(name)
        return entry[1] if entry else None


def _place(context: ParseContext, node: yaml.Node, shift: int) -> Span:
    start, end = node.start_mark, node.end_mark
    line = start.line + shift
    text = context.lines[line] if line < len(context.lines) else ""
    last = end.column if end.line == start.line else len(text.rstrip())
    return Span(context.path, line + 1, start.column + 1, max(1, last - start.column))


def _settle(context: ParseContext, top: yaml.Node, shift: int) -> None:
    """Remove the characters in texts that are allowed as an escape alone, and report them."""
    waiting, seen = [top], set()
    while waiting:
        node = waiting.pop()
        # An alias is the node of its anchor again, which may even contain itself.
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode) and node.style == '"':
            node.value = without_escaped(context, node.value, _place(context, node, shift))
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += chain.from_iterable(node.value)


def _line(text: str) -> str:
    return " ".join(text.split())


def load(context: ParseContext, text: str, shift: int, called: str) -> Mapping | None:
    """Read YAML that must be a mapping; ``shift`` is the number of lines before it in the file."""
    text = text.translate(_NO_BREAKS)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        _bad(context, explain(problem, text), shift)
        return None
    except (yaml.YAMLError, RecursionError) as problem:
        reason = "it is nested too deeply"
        if isinstance(problem, yaml.reader.ReaderError):
            reason = problem.reason
        message = f"This YAML cannot be read: {reason}."
        _bad(context, without_mapping(text)._replace(line=0, column=0, message=message), shift)
        return None
    if isinstance(node, yaml.MappingNode):
        _settle(context, node, shift)
        return Mapping(context, node, shift, called)
    _bad(context, without_mapping(text), shift)
    return None


def _bad(context: ParseContext, problem: YamlProblem, shift: int) -> None:
    line = min(problem.line + shift, len(context.lines) - 1)
    column = min(problem.column, len(context.lines[line]))
    span = Span(context.path, line + 1, column + 1)
    context.report(span, Code.BAD_YAML, problem.message, problem.hint)
