"""The HTML dialect: the model as HTML, for cards and preview.

Authors' text is escaped, so all markup comes from here. No scripts, no external resources.
"""

import html
import re
from collections.abc import Callable
from typing import assert_never

import msgspec

from aml_build import model


class RenderHooks(msgspec.Struct, frozen=True):
    """What an artifact decides about its HTML."""

    ref: Callable[[str, str], str]
    """HTML for a cross-reference, from the concept's id and the HTML of its text (may be empty)."""
    picture: Callable[[model.Picture], str]
    """HTML for a picture."""
    cloze: bool = False
    """Whether the text goes into a cloze field: gaps become ``{{c1::…}}``."""


# Plain text that a card would read as MathJax delimiters, sounds or LaTeX images. A comment inside
# would not help with the delimiters, because MathJax reads across comments.
_DELIMITER = re.compile(r"\\(?=[()\[\]])")
_ANKI_TAG = re.compile(r"\[(?=sound:|anki:|latex\]|\$\$?\])")

# What ends a cloze or starts its hint. A space inside breaks it up; in text, where it would show, a comment.
_CLOZE_MARK = re.compile(r"\}(?=\})|\{(?=\{)|:(?=:)")

# Most runs of text contain none of these: one search is enough for them.
_SPECIAL = re.compile(r"[&<>\"'\\\[{}:]")

_LINK_SCHEMES = ("http://", "https://", "mailto:")
_ALIGN = {
    model.Align.LEFT: "",
    model.Align.CENTER: ' class="center"',
    model.Align.RIGHT: ' class="right"',
}


def escape(text: str, *, cloze: bool = False) -> str:
    """Return plain text as HTML that Anki and MathJax read as plain text."""
    if not _SPECIAL.search(text):
        return text
    out = html.escape(text)
    if "\\" in out:
        out = _DELIMITER.sub(r"<span>\\</span>", out)
    if "[" in out:
        out = _ANKI_TAG.sub("&#91;", out)
    return _CLOZE_MARK.sub(r"\g<0><!-- -->", out) if cloze else out


def math(tex: str, *, display: bool = False, cloze: bool = False) -> str:
    r"""Return LaTeX math between ``\(…\)``, or ``\[…\]`` for display."""
    out = html.escape(tex, quote=False)
    if "[" in out:
        out = _ANKI_TAG.sub("&#91;", out)
    if cloze:
        out = _CLOZE_MARK.sub(r"\g<0> ", out)
    if out.endswith("\\"):
        out += " "  # a backslash at the end would escape the closing delimiter
    return rf"\[{out}\]" if display else rf"\({out}\)"


def inlines(nodes: model.Inlines, hooks: RenderHooks) -> str:
    """Return a run of text as HTML."""
    return "".join([_inline(node, hooks) for node in nodes])


def blocks(nodes: model.Blocks, hooks: RenderHooks) -> str:
    """Return blocks as HTML, one line each."""
    return "\n".join([_block(node, hooks) for node in nodes])


def _inline(node: model.Inline, hooks: RenderHooks) -> str:
    match node:
        case model.Text(text=text):
            return escape(text, cloze=hooks.cloze)
        case model.Math(tex=tex):
            return math(tex, cloze=hooks.cloze)
        case model.Strong(children=children):
            return f"<strong>{inlines(children, hooks)}</strong>"
        case model.Emphasis(children=children):
            return f"<em>{inlines(children, hooks)}</em>"
        case model.Code(text=text):
            return f"<code>{escape(text, cloze=hooks.cloze)}</code>"
        case model.Ref(target=target, children=children):
            return hooks.ref(target, inlines(children, hooks))
        case model.Link(url=url, children=children):
            return f'<a href="{_href(url, hooks)}">{inlines(children, hooks)}</a>'
        case model.Cloze(ordinal=ordinal, children=children):
            return _gap(ordinal, inlines(children, hooks), hooks)
        case model.LineBreak():
            return "<br>"
        case _:
            assert_never(node)


def _gap(ordinal: int, inner: str, hooks: RenderHooks) -> str:
    if not hooks.cloze:
        return f"<mark>{inner}</mark>"
    # A brace at the end would close the gap one character early.
    return f"{{{{c{ordinal}::{inner}{'<!-- -->' if inner.endswith('}') else ''}}}}}"


def _block(node: model.Block, hooks: RenderHooks) -> str:
    match node:
        case model.Paragraph(children=children):
            return f"<p>{inlines(children, hooks)}</p>"
        case model.MathBlock(tex=tex):
            return f'<div class="math">{math(tex, display=True, cloze=hooks.cloze)}</div>'
        case model.BulletList(items=items):
            return f"<ul>{_list_items(items, hooks)}</ul>"
        case model.NumberedList(items=items, start=start):
            opening = "<ol>" if start == 1 else f'<ol start="{start}">'
            return f"{opening}{_list_items(items, hooks)}</ol>"
        case model.Table():
            return _table(node, hooks)
        case model.CodeBlock(text=text):
            return f"<pre><code>{escape(text, cloze=hooks.cloze)}</code></pre>"
        case model.Picture():
            return hooks.picture(node)
        case model.Remark(children=children):
            return f'<div class="remark">{blocks(children, hooks)}</div>'
        case _:
            assert_never(node)


def _list_items(items: tuple[model.Blocks, ...], hooks: RenderHooks) -> str:
    return "".join([f"<li>{blocks(item, hooks)}</li>" for item in items])


def _table(table: model.Table, hooks: RenderHooks) -> str:
    """Return a table inside a box, so that a wide table scrolls instead of the page."""
    head = _row("th", table.head, table.align, hooks)
    rows = "".join([_row("td", row, table.align, hooks) for row in table.rows])
    return f'<div class="table"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _row(
    tag: str, cells: tuple[model.Inlines, ...], align: tuple[model.Align, ...], hooks: RenderHooks
) -> str:
    return (
        "<tr>"
        + "".join(
            [
                f"<{tag}{_ALIGN[side]}>{inlines(cell, hooks)}</{tag}>"
                for cell, side in zip(cells, align, strict=True)
            ]
        )
        + "</tr>"
    )


def _href(url: str, hooks: RenderHooks) -> str:
    """Return the address as an attribute; raise ``ValueError`` for one that might run."""
    if not url.lower().startswith(_LINK_SCHEMES):
        raise ValueError(f"a link that is neither http(s) nor mailto reached a card: {url!r}")
    if hooks.cloze:
        url = url.replace("{", "%7B").replace("}", "%7D").replace("::", ":%3A")
    return html.escape(url)
