"""Why YAML cannot be read, in the words of an author, at the place of the mistake.

PyYAML names the place where it gives up. A lost quote, for example, is often lines above it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

_KEY = re.compile(r"[^\s:#\"'{}\[\],][^:]*?:(?:\s|$)")
_NO_SPACE = re.compile(r"\s*(?:- *)?([A-Za-z_]\w*):(\S.*)")
_CLOSING = {"[": "]", "{": "}"}


class YamlProblem(NamedTuple):
    """What is wrong and where."""

    line: int
    """0-based."""
    column: int
    """0-based."""
    message: str
    hint: str


def explain(problem: yaml.MarkedYAMLError, text: str) -> YamlProblem:
    """Return the problem at its cause."""
    mark = problem.problem_mark or problem.context_mark
    if mark is None:
        return without_mapping(text)
    begun = problem.context_mark or mark
    lines = text.split("\n")
    reason, within = problem.problem or "", problem.context or ""
    here = _Place(mark.line, mark.column, lines)
    start = _Place(begun.line, begun.column, lines)
    if "'\\t'" in reason:
        return here.problem(
            "There is a tab in this line.",
            "YAML is indented with spaces, not with a tab: type two spaces.",
        )
    if "quoted scalar" in within:
        return _quoted(here, start)
    if "flow" in within:
        return _bracket(here, start)
    if "simple key" in within:
        return _no_colon(start)
    if reason.startswith("mapping values"):
        return _colon(here)
    if "block end" in reason or "document start" in reason:
        return _unexpected(here, text)
    if reason.startswith(("found character", "mapping keys")) or within:
        return _first_character(start if within and "next token" not in within else here)
    return here.problem(f"This YAML cannot be read: {reason or 'it is broken'}.", _USUAL)


_USUAL = "Write `key: value`; put quotes around text with `: `, `#`, `{` or a backslash."


def without_mapping(text: str) -> YamlProblem:
    """Return the problem of YAML that has no keys."""
    for number, line in enumerate(text.split("\n")):
        if _NO_SPACE.match(line):
            return _no_colon(_Place(number, 0, text.split("\n")))
    return YamlProblem(0, 0, "This YAML cannot be read: it has no `key: value`.", _USUAL)


class _Place:
    """A place in the YAML."""

    def __init__(self, line: int, column: int, lines: Sequence[str]) -> None:
        # A mark at the end of the text is on the line behind it.
        while line and (line >= len(lines) or (column == 0 and not lines[line].strip())):
            line, column = line - 1, len(lines[line - 1]) if line - 1 < len(lines) else 0
        self.line, self.column, self.text = line, column, lines[line]

    def problem(self, message: str, hint: str) -> YamlProblem:
        """Return a problem at this place."""
        return YamlProblem(self.line, self.column, message, hint)

    def at(self, column: int) -> "_Place":
        """Return another place on the line."""
        moved = _Place(0, 0, [self.text])
        moved.line, moved.column = self.line, column
        return moved

    def quoted(self) -> str:
        """Return the line's key with its whole value in quotes."""
        key, colon, value = self.text.partition(":")
        value = value.split(" #")[0].strip()
        return f"{key.strip()}{colon} {_in_quotes(value)}" if colon else _in_quotes(key.strip())


def _in_quotes(value: str) -> str:
    bare = value.strip("\"'")
    if '"' in bare or "\\" in bare:
        return "'" + bare.replace("'", "''") + "'"
    return f'"{bare}"'


def _quoted(here: _Place, start: _Place) -> YamlProblem:
    mark = start.text[start.column : start.column + 1] or '"'
    if here.line == start.line and mark == '"' and here.text[here.column - 1 :].startswith("\\"):
        return here.at(here.column - 1).problem(
            "In double quotes, a backslash is an escape, which this one is not.",
            f"Write `{start.quoted()}`.",
        )
    return _lost_quote(start, mark)


def _lost_quote(start: _Place, mark: str) -> YamlProblem:
    return start.problem(
        f"The quote `{mark}` here is never closed.",
        f"Close it on the same line: `{start.quoted()}`.",
    )


def _bracket(here: _Place, start: _Place) -> YamlProblem:
    opening = start.text[start.column : start.column + 1]
    closing = _CLOSING.get(opening, "]")
    rest = start.text[start.column :]
    if here.line == start.line and closing in rest and here.text[here.column :].startswith("{"):
        return here.problem(
            f"Within `{opening}…{closing}`, a text with braces is in quotes.",
            "Write for example `['\\mathbf{#1}', 1]`.",
        )
    return start.problem(f"This `{opening}` is never closed.", f"Add the missing `{closing}`.")


def _no_colon(start: _Place) -> YamlProblem:
    place = start.at(len(start.text) - len(start.text.lstrip()))
    if found := _NO_SPACE.match(start.text):
        return start.at(found.end(1)).problem(
            "There is no space behind this colon.", f"Write `{found[1]}: {found[2].strip()}`."
        )
    if re.match(r"\s*-\S", start.text):
        return place.problem("There is no space behind this `-`.", "Write `- ` with a space.")
    return place.problem(
        "This line is no `key: value`.", "Write the key, a colon and a space first."
    )


def _colon(here: _Place) -> YamlProblem:
    indent = len(here.text) - len(here.text.lstrip())
    first = _KEY.match(here.text, indent)
    if first and here.text.find(":", indent) == here.column:
        return here.at(indent).problem(
            "This line is indented, and the line above takes nothing below it.",
            f"Begin `{here.text.strip().partition(':')[0]}:` where the line above begins.",
        )
    key = here.text.strip().partition(":")[0]
    return here.problem(
        f"The value of `{key}` has a colon and a space in it.", f"Write `{here.quoted()}`."
    )


def _unexpected(here: _Place, text: str) -> YamlProblem:
    """Find the reason why a value or a key is not expected where it is."""
    quote = _across_lines(text, here)
    if quote is not None:
        return _lost_quote(quote, quote.text[quote.column])
    before = here.text[: here.column].strip()
    if before:
        return here.problem(
            "There is text behind the end of the value.", f"Write `{here.quoted()}`."
        )
    return here.problem(
        "This line does not begin where the lines above it begin.",
        "Begin all keys of one list of keys in the same column.",
    )


def _across_lines(text: str, here: _Place) -> _Place | None:
    """Return the beginning of the last text in quotes before a place, if it ends on a later line."""
    found = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if (token.start_mark.line, token.start_mark.column) >= (here.line, here.column):
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                found = token
    except yaml.YAMLError:
        pass
    if found is None or found.start_mark.line == found.end_mark.line:
        return None
    return _Place(found.start_mark.line, found.start_mark.column, text.split("\n"))


def _first_character(place: _Place) -> YamlProblem:
    character = place.text[place.column : place.column + 1]
    return place.problem(f"A value cannot begin with `{character}`.", f"Write `{place.quoted()}`.")
