"""The HTML dialect: how cards and the preview spell the model.

Everything an author wrote is escaped; the only markup is ours. No scripts, no external resources.
"""

import html
import re
from collections.abc import Callable
from typing import assert_never

import msgspec

from aml_build.model import (
    Align,
    Block,
    Blocks,
    BulletList,
    Cloze,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    MathBlock,
    NumberedList,
    Paragraph,
    Picture,
    Ref,
    Remark,
    Strong,
    Table,
    Text,
)


class Spell(msgspec.Struct, frozen=True):
    """What an artifact decides about the spelling."""

    ref: Callable[[str, str], str]
    """HTML for a cross-reference, from the concept's id and the HTML of its text (may be empty)."""
    picture: Callable[[Picture], str]
    """HTML for a picture."""
    cloze: bool = False
    """Whether the text goes into a cloze field: gaps are ``{{c1::…}}``, and nothing else is."""


# What a card would take for MathJax delimiters, sounds or LaTeX images though it is plain text.
# A comment would not part the delimiters: MathJax reads across comments.
_DELIMITER = re.compile(r"\\(?=[()\[\]])")
_ANKI_TAG = re.compile(r"\[(?=sound:|anki:|latex\]|\$\$?\])")

# What ends a cloze or begins its hint. Within math a space does no harm; within text it would.
_CLOZE_MARK = re.compile(r"\}(?=\})|\{(?=\{)|:(?=:)")

# Most runs of text hold none of these, and are done with after one look.
_SPECIAL = re.compile(r"[&<>\"'\\\[{}:]")

_LINK_SCHEMES = ("http://", "https://", "mailto:")
_ALIGN = {Align.LEFT: "", Align.CENTER: ' class="center"', Align.RIGHT: ' class="right"'}


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
        out += " "  # a control space at the end would escape the closing delimiter
    return rf"\[{out}\]" if display else rf"\({out}\)"


def inlines(nodes: Inlines, spell: Spell) -> str:
    """Return a run of text as HTML."""
    return "".join([_inline(node, spell) for node in nodes])


def blocks(nodes: Blocks, spell: Spell) -> str:
    """Return blocks as HTML, one line each."""
    return "\n".join([_block(node, spell) for node in nodes])


def _inline(node: Inline, spell: Spell) -> str:
    match node:
        case Text(text=text):
            return escape(text, cloze=spell.cloze)
        case Math(tex=tex):
            return math(tex, cloze=spell.cloze)
        case Strong(children=children):
            return f"<strong>{inlines(children, spell)}</strong>"
        case Emphasis(children=children):
            return f"<em>{inlines(children, spell)}</em>"
        case Code(text=text):
            return f"<code>{escape(text, cloze=spell.cloze)}</code>"
        case Ref(target=target, children=children):
            return spell.ref(target, inlines(children, spell))
        case Link(url=url, children=children):
            return f'<a href="{_href(url, spell)}">{inlines(children, spell)}</a>'
        case Cloze(ordinal=ordinal, children=children):
            return _gap(ordinal, inlines(children, spell), spell)
        case LineBreak():
            return "<br>"
        case _:
            assert_never(node)


def _gap(ordinal: int, inner: str, spell: Spell) -> str:
    if not spell.cloze:
        return f"<mark>{inner}</mark>"
    # A brace at the end would close the gap one character early.
    return f"{{{{c{ordinal}::{inner}{'<!-- -->' if inner.endswith('}') else ''}}}}}"


def _block(node: Block, spell: Spell) -> str:
    match node:
        case Paragraph(children=children):
            return f"<p>{inlines(children, spell)}</p>"
        case MathBlock(tex=tex):
            return f'<div class="math">{math(tex, display=True, cloze=spell.cloze)}</div>'
        case BulletList(items=items):
            return f"<ul>{_list_items(items, spell)}</ul>"
        case NumberedList(items=items, start=start):
            opening = "<ol>" if start == 1 else f'<ol start="{start}">'
            return f"{opening}{_list_items(items, spell)}</ol>"
        case Table():
            return _table(node, spell)
        case CodeBlock(text=text):
            return f"<pre><code>{escape(text, cloze=spell.cloze)}</code></pre>"
        case Picture():
            return spell.picture(node)
        case Remark(children=children):
            return f'<div class="remark">{blocks(children, spell)}</div>'
        case _:
            assert_never(node)


def _list_items(items: tuple[Blocks, ...], spell: Spell) -> str:
    return "".join([f"<li>{blocks(item, spell)}</li>" for item in items])


def _table(table: Table, spell: Spell) -> str:
    """Spell a table inside a box of its own, so that a wide one scrolls and the page does not."""
    head = _row("th", table.head, table.align, spell)
    rows = "".join([_row("td", row, table.align, spell) for row in table.rows])
    return f'<div class="table"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _row(tag: str, cells: tuple[Inlines, ...], align: tuple[Align, ...], spell: Spell) -> str:
    return (
        "<tr>"
        + "".join(
            [
                f"<{tag}{_ALIGN[side]}>{inlines(cell, spell)}</{tag}>"
                for cell, side in zip(cells, align, strict=True)
            ]
        )
        + "</tr>"
    )


def _href(url: str, spell: Spell) -> str:
    """Return the address as an attribute; raise ``ValueError`` for one that might run."""
    if not url.lower().startswith(_LINK_SCHEMES):
        raise ValueError(f"a link that is neither http(s) nor mailto reached a card: {url!r}")
    if spell.cloze:
        url = url.replace("{", "%7B").replace("}", "%7D").replace("::", ":%3A")
    return html.escape(url)
