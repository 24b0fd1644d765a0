"""One page of a PDF as a file of its own: PDF for print, SVG for cards."""

import io
import re

import pikepdf

from aml_build.engines.pdftocairo import split_pages
from aml_build.storage.files import digest

_PAPER = '<rect width="100%" height="100%" rx="4" fill="#fff"/>\n'
"""The white paper that a figure is drawn on.

It is part of the picture, not of a style sheet: at night, Anki's editor, its image occlusion and the
phone apps show pictures on a dark background without our style sheet, and black lines would vanish.
"""

_HEADER = re.compile(r"<svg\b[^>]*>\n?")


def pages(pdf: bytes) -> tuple[tuple[bytes, bytes, float, float], ...]:
    """Return each page's PDF, SVG, width and height in bp.

    Raise ``ToolMissingError`` if there is no ``pdftocairo``.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        boxes = [tuple(map(float, page.mediabox)) for page in document.pages]
    return tuple(
        (_normalised(page), _on_paper(svg), right - left, top - bottom)
        for (page, svg), (left, bottom, right, top) in zip(
            split_pages(pdf, len(boxes)), boxes, strict=True
        )
    )


def _normalised(pdf: bytes) -> bytes:
    """Drop the dates, and name the fonts' subsets after their glyphs.

    Poppler writes only the glyphs of a page into its PDF. So its bytes do not depend on the other
    figures of the run, except for the names of the subsets.
    """
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        for page in document.pages:
            # Poppler gives every page a transparency group; pdflatex warns of two on one sheet.
            if "/Group" in page.obj:
                del page.obj["/Group"]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                _name_subset(thing)
        document.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return target.getvalue()


def _name_subset(font: pikepdf.Dictionary) -> None:
    descriptor = font.get("/FontDescriptor")
    if descriptor is None:
        return
    program = next(
        (descriptor[key] for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor),
        None,
    )
    if program is None:
        return
    number = int(digest(program.read_bytes())[:12], 16)
    tag = "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))
    name = pikepdf.Name(f"/{tag}+{str(font.BaseFont).rpartition('+')[2].lstrip('/')}")
    font.BaseFont = name
    descriptor.FontName = name


def _on_paper(svg: bytes) -> bytes:
    text = svg.decode("utf-8")
    return _HEADER.sub(lambda header: header[0] + _PAPER, text, count=1).encode("utf-8")
