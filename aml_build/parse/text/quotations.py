"""Quotations and what they are: `[!WARNING]` on their first line makes a pitfall."""

import re

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.suggestions import nearest
from aml_build.parse.attributes import OPENING
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import ParseContext

PITFALL = "WARNING"
_REMARK = "NOTE"
_KNOWN = (PITFALL, _REMARK, "TIP", "IMPORTANT")
_ALERT = re.compile(r"\[!?[ \t]*(\w+)[ \t]*\](?![(\[:])([^\n]*)(?:\n|$)")
_MEANINGS = {
    **dict.fromkeys("CAUTION DANGER ERROR BUG ATTENTION PITFALL MISTAKE FAILURE".split(), PITFALL),
    **dict.fromkeys(
        "INFO HINT ABSTRACT SUMMARY TODO EXAMPLE QUOTE REMARK SEEALSO".split(), _REMARK
    ),
}
"""Names of other programs, and the alerts that they are here."""


class Quote(msgspec.Struct):
    """A quotation and its alert, such as ``[!NOTE]``."""

    alert: str
    """Upper case; the one that was meant where it cannot be read."""
    nodes: list[Node]
    """The content without the alert."""
    reported: bool = False


def quote(context: ParseContext, node: Node) -> Quote:
    """Split a quotation into its alert and its content; report an alert that is none."""
    first = node.children[0] if node.children and node.children[0].type == "paragraph" else None
    content = first.inline.content if first is not None else ""
    found = _ALERT.match(content)
    name = found[1].upper() if found else ""
    meant = name if name in _KNOWN else _MEANINGS.get(name) or nearest(name, _KNOWN)
    exact = content[: len(name) + 3].upper() == f"[!{name}]"
    if first is None or found is None or not (exact or meant):
        return _without_alert(context, node, content)
    behind = found[2].strip()
    problem = _problem(name, meant, exact, behind)
    if problem:
        context.report(context.line_span(node.first), Code.UNKNOWN_ALERT, *problem)
    alert = meant or _guess(content)
    nodes = node.children
    if behind:
        first.inline.content = content[found.start(2) :].lstrip()
    elif rest := content[found.end() :].strip():
        first.inline.content = rest
        if first.token.map:
            first.token.map = [first.token.map[0] + 1, first.token.map[1]]
    else:
        nodes = nodes[1:]
    return Quote(alert, nodes, bool(problem))


def _problem(name: str, meant: str | None, exact: bool, behind: str) -> tuple[str, str] | None:
    """Return the message and the hint for an alert that is none."""
    if name not in _KNOWN:
        return f"`[!{name}]` has no meaning here.", (
            f"Did you mean `[!{meant}]`?"
            if meant
            else "Write `> [!WARNING]` for a common mistake or `> [!NOTE]` for a remark."
        )
    if not exact:
        return "This quotation does not begin with `[!…]`.", f"Write `> [!{name}]`."
    if behind:
        return f"There is text behind `[!{name}]`.", "Write the text on the next line, after `> `."
    return None


def _without_alert(context: ParseContext, node: Node, content: str) -> Quote:
    context.report(
        context.line_span(node.first),
        Code.UNKNOWN_ALERT,
        "This quotation has no `[!…]` that tells what it is.",
        "Begin it with a line `> [!WARNING]` for a common mistake or `> [!NOTE]` for a remark,"
        " with nothing else on that line.",
    )
    return Quote(_guess(content), node.children, reported=True)


def _guess(content: str) -> str:
    """Return what a quotation is meant as: only a pitfall has attributes."""
    return PITFALL if OPENING.search(content) else _REMARK
