"""Reading a printed booklet back."""

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
    """Return the 1-based page of every named destination."""
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        tree = pikepdf.NameTree(document.Root.Names.Dests)
        return {
            str(name): pages[(aim.D if isinstance(aim, pikepdf.Dictionary) else aim)[0].objgen]
            for name, aim in tree.items()
        }


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
