"""Reading a printed booklet back."""

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO

import pikepdf


def words(pdf: bytes, *options: str) -> list[str]:
    """Return the text of each page."""
    command = ["pdftotext", *options, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode().removesuffix("\f").split("\f")


def destinations(pdf: bytes) -> dict[str, int]:
    """Return the 1-based page of every named place; pdfTeX's stopgaps for missing ones are none."""
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        aims = {
            str(name): aim.D if isinstance(aim, pikepdf.Dictionary) else aim
            for name, aim in pikepdf.NameTree(document.Root.Names.Dests).items()
        }
        return {name: pages[aim[0].objgen] for name, aim in aims.items() if aim[1] == "/XYZ"}


def links(pdf: bytes) -> Iterator[tuple[int, str]]:
    """Yield, for every link within the booklet, its page and the name that it leads to."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            for note in page.get("/Annots", []):
                if note.get("/Subtype") == "/Link" and note.A.get("/S") == "/GoTo":
                    yield number, str(note.A.D)


def fonts(pdf: bytes) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield each font, those of figures too: name, kind, whether embedded, whether it can be copied."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                described = thing.get("/FontDescriptor", {})
                embedded = any(f"/FontFile{n}" in described for n in ("", "2", "3"))
                yield str(thing.BaseFont), str(thing.Subtype), embedded, "/ToUnicode" in thing


def programs(pdf: bytes) -> Iterator[bytes]:
    """Yield the program of each embedded font."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                yield from (
                    thing[key].read_bytes()
                    for key in ("/FontFile", "/FontFile2", "/FontFile3")
                    if key in thing
                )


def numbered_links(pdf: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield, for every link on a number, its page, the number and the name that it leads to."""
    sheets = "".join(words(pdf, "-bbox")).split("<page ")[1:]
    with pikepdf.open(BytesIO(pdf)) as document:
        for number, (page, text) in enumerate(zip(document.pages, sheets, strict=True), 1):
            found = [(*map(float, hit[:4]), hit[4]) for hit in _WORD.findall(text)]
            height = float(page.mediabox[3])
            for note in page.get("/Annots", []):
                left, bottom, right, top = (float(edge) for edge in note.Rect.as_list())
                inside = [
                    word
                    for x, y, x2, y2, word in found
                    if left < (x + x2) / 2 < right and bottom < height - (y + y2) / 2 < top
                ]
                if note.A.get("/S") == "/GoTo" and len(inside) == 1 and inside[0].isdecimal():
                    yield number, inside[0], str(note.A.D)


_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)
