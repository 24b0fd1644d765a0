"""SVG pictures: what they draw, without scripts, links and other files; and as pixels for print.

A picture comes from a contributor or the web. What is not listed here is left out, and a picture that
would then lack something visible is refused.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from aml_build.engines.resvg import MONO, SANS, ResvgError, draw
from aml_build.figures.picture_metadata import DamagedPictureError

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    """
    svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc
    linearGradient radialGradient stop pattern clipPath mask marker image style filter switch a
    animate animateTransform animateMotion mpath set
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence
    """.split()
)
_TEXTS = frozenset(["text", "tspan", "textPath"])
_DEEPEST = 200
"""Elements within each other; each level takes a call of Python."""
_LARGEST = 10_000_000
"""Bytes."""
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_ADDRESS = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*(?:\)|\Z)", re.DOTALL | re.IGNORECASE)
"""The end of a style closes what is open."""
_IMPORT = re.compile(r"@import\b[^;]*;?", re.IGNORECASE)
_IMAGE_SET = re.compile(r"image-set\(", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LENGTH = re.compile(
    r"\s*([+]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|Q|em|ex)?\s*"
)
_PIXELS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0,
    "Q": 96 / 101.6, "em": 16.0, "ex": 8.0,
}  # fmt: skip
_FAMILY = re.compile(r"(font-family\s*:\s*)([^;}]*)")
_STANDARD = 300.0, 150.0
"""The size that CSS gives a picture without one, px."""


class UnsafePictureError(Exception):
    """A picture shows something that would be missing; its argument says what, then what helps."""


class SvgPicture(NamedTuple):
    """An SVG picture that draws the same everywhere."""

    data: bytes
    width: float
    """px"""
    height: float
    """px"""
    text: str
    """The characters of its labels."""


def cleaned(data: bytes, longest: float) -> SvgPicture:
    """Return the picture without what does not draw, no larger than ``longest`` px.

    Raise ``DamagedPictureError`` or ``UnsafePictureError``.
    """
    root = _parsed(data)
    if root.tag != f"{{{_SVG}}}svg":
        raise DamagedPictureError("its outermost element is not `svg` of the SVG namespace")
    _clean(root, 0)
    width, height, box = _size(root)
    factor = min(1.0, longest / max(width, height))
    width, height = width * factor, height * factor
    root.set("width", f"{width:.6g}")
    root.set("height", f"{height:.6g}")
    root.set("viewBox", box)
    return SvgPicture(_written(root), width, height, "".join(_texts(root)))


def drawn(data: bytes, width: int, fonts: tuple[str, ...]) -> bytes:
    """Return a cleaned picture as PNG, ``width`` pixels wide, on white.

    ``fonts`` are the paths of Latin Modern's files: no font of the computer is used, so that the pixels
    are the same everywhere. Raise ``DamagedPictureError``.
    """
    root = _parsed(data)
    for element in root.iter():
        _set_fonts(element)
    try:
        return draw(ElementTree.tostring(root, encoding="unicode"), width, fonts)
    except ResvgError as broken:
        raise DamagedPictureError(str(broken)) from broken


def _parsed(data: bytes) -> ElementTree.Element:
    if len(data) > _LARGEST:
        raise DamagedPictureError(f"it has more than {_LARGEST // 1_000_000} MB")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, LookupError, ValueError) as broken:
        raise DamagedPictureError(str(broken)) from broken


def _written(root: ElementTree.Element) -> bytes:
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _local(tag: str) -> str:
    """Return an element's name; empty for another namespace."""
    return tag.removeprefix(f"{{{_SVG}}}") if tag.startswith(f"{{{_SVG}}}") else ""


def _clean(element: ElementTree.Element, depth: int) -> None:
    """Remove what does not draw from an element and all within it."""
    if depth > _DEEPEST:
        raise DamagedPictureError("its elements are nested too deeply")
    name = _local(element.tag)
    for attribute, value in list(element.attrib.items()):
        if _harmless(name, attribute, value):
            element.set(attribute, _without_addresses(value))
        else:
            del element.attrib[attribute]
    if name == "style":
        element.text = _without_addresses(_IMPORT.sub("", _COMMENT.sub("", element.text or "")))
    choice = name == "switch" and len(element) > 1
    children, element[:] = list(element), []
    for child in children:
        kind = _local(child.tag)
        if kind in _ELEMENTS and "href" not in child.get("attributeName", ""):
            _clean(child, depth + 1)
            element.append(child)
            continue
        # Beside another choice, the text as HTML is the one for browsers alone.
        alone = kind == "foreignObject" and not choice
        if alone and "".join(child.itertext()).strip():
            raise UnsafePictureError(
                "has text as HTML (`foreignObject`), which print cannot show",
                "Export it with its text as SVG text or as outlines.",
            )
        _keep_text_behind(child, element)


def _keep_text_behind(child: ElementTree.Element, parent: ElementTree.Element) -> None:
    """Add the text behind a removed child to what is before it."""
    if not child.tail:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + child.tail
    else:
        parent.text = (parent.text or "") + child.tail


def _harmless(element: str, attribute: str, value: str) -> bool:
    """Return whether an attribute may stay; raise ``UnsafePictureError`` for a picture elsewhere."""
    if attribute in ("href", f"{{{_XLINK}}}href"):
        if value.startswith("#"):
            return element != "a"
        if element in ("image", "feImage") and _DATA.fullmatch(value.strip()):
            return True
        if element in ("image", "feImage", "use"):
            shown = value if len(value) <= 40 else f"{value[:37]}…"
            raise UnsafePictureError(
                f"shows another file (`{shown}`), which cards and print do not have",
                "Export it with its pictures embedded as PNG or JPEG.",
            )
        return False
    if attribute.startswith("{"):
        return attribute == f"{{{_XML}}}space"
    return not attribute.lower().startswith("on")


def _without_addresses(value: str) -> str:
    """Return a value or a style sheet that refers to nothing outside the picture.

    Backslashes are removed, because CSS reads `u\\72l(` as `url(`.
    """
    return _ADDRESS.sub(
        lambda found: (
            found[0] if found[2].startswith("#") or found[2].startswith("data:font/") else "none"
        ),
        _IMAGE_SET.sub("none(", value.replace("\\", "")),
    )


def _size(root: ElementTree.Element) -> tuple[float, float, str]:
    """Return width and height in px, and the box of coordinates that they show."""
    numbers = [*map(_number, re.split(r"[\s,]+", root.get("viewBox", "").strip()))]
    box = numbers if len(numbers) == 4 and None not in numbers else []
    wide, high = (box[2] or 0.0, box[3] or 0.0) if box else (0.0, 0.0)
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    if not (wide > 0 and high > 0):
        width, height = width or _STANDARD[0], height or _STANDARD[1]
        return width, height, f"0 0 {width:.6g} {height:.6g}"
    if width and not height:
        height = width * high / wide
    elif height and not width:
        width = height * wide / high
    elif not width:
        width, height = wide, high
    return width, height, root.get("viewBox", "")


def _pixels(length: str) -> float:
    """Return a length in px; zero for none and for a share of the page."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[found[2] or ""] if found else 0.0


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _texts(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        if _local(element.tag) == "text":
            yield from element.itertext()


def _set_fonts(element: ElementTree.Element) -> None:
    """Name the fonts of print in place of the picture's own."""
    if "font-family" in element.attrib:
        element.set("font-family", _family(element.get("font-family", "")))
    if "style" in element.attrib:
        element.set("style", _styled(element.get("style", "")))
    if _local(element.tag) == "style" and element.text:
        element.text = _styled(element.text)


def _styled(style: str) -> str:
    return _FAMILY.sub(lambda found: found[1] + _family(found[2]), style)


def _family(names: str) -> str:
    lower = names.lower()
    if any(word in lower for word in ("mono", "courier", "consolas", "menlo")):
        return MONO
    serifs = ("times", "georgia", "garamond", "roman", "palatino", "cambria")
    if any(word in lower for word in serifs) or re.search(r"(?<!sans[- ])\bserif", lower):
        return "Latin Modern Roman"
    return SANS
