"""Blocks that the format does not support: HTML, rules, headings within lists."""

import re
from collections.abc import Iterable

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import ParseContext

_COMMENTS = re.compile(r"(?:\s*+<!--(?>.*?-->))*+\s*+", re.DOTALL)


def unsupported(context: ParseContext, node: Node) -> None:
    """Report a block that the format does not support."""
    span = context.line_span(node.first)
    if node.type == "html_block":
        _html(context, node, span)
        return
    named = {
        "hr": ("A horizontal rule has no meaning here.", "Remove it; a concept begins with `##`."),
        "heading": (
            "A heading cannot be within a list or a quotation.",
            "Begin the heading at the start of a line, after a blank line.",
        ),
    }
    message, hint = named.get(node.type, ("This cannot be shown.", "Write it in another way."))
    context.report(span, Code.UNSUPPORTED, message, hint)


def _html(context: ParseContext, node: Node, span: Span) -> None:
    content = node.token.content
    if _COMMENTS.fullmatch(content):
        return
    if content.lstrip().startswith("<!--"):
        if "-->" not in content:
            context.report(
                span,
                Code.UNCLOSED_COMMENT,
                "This comment is never closed, so everything below it is lost.",
                "Close it with `-->`.",
            )
            return
        context.report(
            span,
            Code.RAW_HTML,
            "Text on the same line as a comment is lost.",
            "Put the comment on lines of its own.",
        )
        return
    context.report(
        span,
        Code.RAW_HTML,
        f"`{content.strip().splitlines()[0]}` is HTML, which is not used here.",
        r"Use Markdown, put code between lines of three backticks, or write `\<`.",
    )


def comment_only(nodes: Iterable[Node]) -> bool:
    """Return whether the nodes are all comments."""
    return all(n.type == "html_block" and _COMMENTS.fullmatch(n.token.content) for n in nodes)
