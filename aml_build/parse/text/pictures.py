"""Images: path, alt text and caption of a picture."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from markdown_it.token import Token

from aml_build.diagnostics.codes import Code
from aml_build.model import Inlines, Picture
from aml_build.model.drawing import is_tikz
from aml_build.model.symbols import PictureReference
from aml_build.parse.markdown.rule_math import CLOSED
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import Place
from aml_build.parse.text.inlines import read_text, report_foreign
from aml_build.parse.text.spaced_addresses import with_spaces

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FORMULA_OR_ESCAPE = re.compile(rf"{CLOSED.pattern}|\\(?P<sign>[!-/:-@\[-`{{-~])")
_TITLE = re.compile(r"""[ \t\n](?:"(.*)"|'(.*)'|\((.*)\))\s*\)$""", re.DOTALL)


def picture(context: ParseContext, token: Token, content: str, place: Place) -> Picture | None:
    """Read an image; missing files are reported when the whole course is known."""
    pos, end = token.meta["pos"], token.meta["end"]
    span = place.span(pos, end - pos)
    path = with_spaces(unquote(str(token.attrs.get("src", ""))))
    alt = " ".join(_without_escapes(token.content).split())
    if not alt:
        context.report(
            span,
            Code.MISSING_ALT,
            "This figure has no alt text.",
            "Write between `![` and `]` what the picture shows, for those who cannot see it.",
        )
    report_foreign(context, token.content, place.shifted(pos + len("![")).span)
    normal = _inside(context, path)
    if normal is None or not shows_picture(path):
        code = Code.IMAGE_TYPE if normal is not None else Code.IMAGE_OUTSIDE
        context.report(
            span,
            code,
            f"`{path}` is no figure that can be used."
            if normal is not None
            else f"`{path}` is not a file of this course.",
            "Use a `.tex` file with one TikZ picture, or a `.png`, `.jpg`, `.gif`, `.webp` or `.svg`."
            if normal is not None
            else "Put the file into `figures/` and write `figures/name.tex`.",
        )
        return None
    context.pictures.append(PictureReference(normal, span, context.concept))
    return Picture(normal, alt, _caption(context, content[pos:end], place, pos), (), span)


def _without_escapes(alt: str) -> str:
    """Return an alt text without the backslashes before its signs, but not those of a formula."""
    return _FORMULA_OR_ESCAPE.sub(lambda found: found["sign"] or found[0], alt)


def _caption(context: ParseContext, raw: str, place: Place, pos: int) -> Inlines:
    found = _TITLE.search(raw)
    if not found or not found.lastindex:
        return ()
    group = found.lastindex
    return read_text(context, found[group], place.shifted(pos + found.start(group)))


def has_picture_suffix(path: str) -> bool:
    """Return whether the name is that of a photograph or an SVG picture; cameras write ``.JPG``."""
    return path.lower().endswith(_PICTURES)


def shows_picture(path: str) -> bool:
    """Return whether the name is that of a TikZ figure or of a picture file."""
    return is_tikz(path) or has_picture_suffix(path)


def _inside(context: ParseContext, path: str) -> str | None:
    """Return the path relative to the content root, or nothing for a path outside of it."""
    if not path or path.startswith("/") or _SCHEME.match(path) or "\\" in path:
        return None
    parts: list[str] = list(PurePosixPath(context.path).parent.parts)
    for part in PurePosixPath(path).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            return None
    return "/".join(parts) or None
