"""Addresses with a space: Markdown ends an address there, so it reads the whole link as text."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import Place

_LINK = re.compile(r"""\]\(\s*(?P<address>[^()<>"\n]*[^()<>"\s]\s+[^()<>"\s][^()<>"\n]*?)\s*\)""")
_PATH = re.compile(r"#|.*/|.*\.\w{2,4}$")
_PICTURE = re.compile(
    r"""!\[(?:[^\[\]\\]|\\.)*\]\(\s*(?P<address>[^()<>"\s][^()<>"\n]*?)(?:\s+"[^"\n]*")?\s*\)"""
)
_SPACE = "\ue000"
"""Stands for a space, so that Markdown reads the address and all columns stay."""


def report_spaced_links(
    context: ParseContext, tokens: Sequence[Token], content: str, place: Place
) -> None:
    """Report the links in a text that are no links because of a space."""
    at = 0
    for token in tokens:
        if token.type != "text" or "](" not in token.content:
            continue
        for found in _LINK.finditer(token.content):
            address = found["address"]
            at = content.find(found[0], at)
            if at >= 0 and _PATH.match(address):
                _report(context, place.span(at + found[0].index(address), len(address)), address)
            at = max(at, 0) + 1


def with_whole_address(context: ParseContext, content: str, place: Place) -> str:
    """Return the text of a picture whose file name has a space, so that Markdown reads the name."""
    found = _PICTURE.match(content)
    if found is None or not re.search(r"\s", found["address"]):
        return content
    start, end = found.span("address")
    _report(context, place.span(start, end - start), found["address"])
    return content[:start] + re.sub(r"\s", _SPACE, found["address"]) + content[end:]


def with_spaces(address: str) -> str:
    """Return an address with its spaces."""
    return address.replace(_SPACE, " ")


def _report(context: ParseContext, span: Span, address: str) -> None:
    context.report(
        span,
        Code.SPACE_IN_ADDRESS,
        "There is a space in this address, so this is read as text.",
        f"Write `<{address}>`, or give the file a name without spaces.",
    )
