"""One page of a PDF as a file of its own: PDF for print, SVG for cards."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf

from aml_build.engines.install_hints import everywhere
from aml_build.engines.pdflatex import ToolMissing
from aml_build.shutdown import temporary_folder
from aml_build.storage.cache import digest

_PAPER = '<rect width="100%" height="100%" rx="4" fill="#fff"/>\n'
"""The white paper that a figure is drawn on.

It is part of the picture, not of a style sheet: Anki's editor, its image occlusion and the phone apps
show pictures on a dark ground at night, where no style sheet of ours reaches, and ink would vanish.
"""

_HEADER = re.compile(r"<svg\b[^>]*>\n?")


def pages(pdf: bytes) -> tuple[tuple[bytes, bytes, float, float], ...]:
    """Return each page's PDF, SVG, width and height in bp.

    Raise ``ToolMissing`` where there is no ``pdftocairo``.
    """
    program = shutil.which("pdftocairo")
    if program is None:
        raise ToolMissing("pdftocairo", everywhere("pdftocairo"))
    with temporary_folder("aml-figures-") as folder:
        whole = folder / "all.pdf"
        whole.write_bytes(pdf)
        with pikepdf.open(whole) as document:
            sizes = [tuple(map(float, page.mediabox)) for page in document.pages]
        return tuple(
            (
                _settle(_convert(program, "-pdf", whole, number)),
                _on_paper(_convert(program, "-svg", whole, number)),
                right - left,
                top - bottom,
            )
            for number, (left, bottom, right, top) in enumerate(sizes, start=1)
        )


def _convert(program: str, form: str, whole: Path, number: int) -> bytes:
    target = whole.parent / f"page{form}"
    page = str(number)
    subprocess.run(
        [program, form, "-f", page, "-l", page, str(whole), str(target)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return target.read_bytes()


def _settle(pdf: bytes) -> bytes:
    """Drop the dates, and name the fonts' subsets after their glyphs.

    A page taken from the batch carries only its own glyphs once Poppler has written it. So its bytes
    do not depend on which other figures were drawn in the same run, but for those names.
    """
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        for page in document.pages:
            # Poppler gives every page a transparency group; two on one sheet make pdflatex complain.
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
