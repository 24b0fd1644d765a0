"""The LaTeX document of a sheet: class, packages and preamble by pylatex, the body as it is given."""

from collections.abc import Iterable, Mapping

from pylatex.document import Document
from pylatex.package import Package

from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.phrases import phrase
from aml_build.render.cheatsheet.layout.heights import Heights, Wanted
from aml_build.render.cheatsheet.layout.paper import Page
from aml_build.render.latex_phrases import latex_template
from aml_build.render.print_commands import Node, macro, metadata
from aml_build.storage.files import digest


def styles() -> dict[str, bytes]:
    """Return the style files that every document of a sheet reads."""
    names = ("common.sty", "cheatsheet.sty")
    return {name: latex_template(name).encode() for name in names}


def setup_digest(page: Page, drawings: Mapping[str, Drawing], *, grey: bool) -> str:
    """Return a digest of all that heights depend on, except the parts themselves."""
    files = (digest(drawing.pdf, drawing.image) for _, drawing in sorted(drawings.items()))
    return digest(SheetDocument(page, grey=grey).latex(), *styles().values(), *files)


class SheetDocument(Document):
    """A whole document on paper of the page's size, with a body to which LaTeX can be appended."""

    # What is appended is LaTeX already: escaping it again would print its commands.
    _default_escape = False

    def __init__(
        self, page: Page, *, grey: bool, shown: tuple[Course, Edition] | None = None
    ) -> None:
        lengths = {"paperwidth": page.width, "paperheight": page.height, "margin": page.margin}
        Document.__init__(
            self,
            documentclass="article",
            geometry_options={name: _pt(value) for name, value in lengths.items()}
            | {"nohead": "true", "nofoot": "true"},
            # common.sty loads the fonts and the encodings, which the booklet shares.
            fontenc=None,
            inputenc=None,
            lmodern=False,
            textcomp=False,
            page_numbers=False,
            indent=True,
        )
        self.packages.append(Package("cheatsheet"))
        sheet_lengths = {
            "columnwidth": page.column_width,
            "pagewidth": page.text_width,
            "gutter": page.gutter,
            "headerheight": page.header,
        }
        for name, value in sheet_lengths.items():
            self.preamble.append(macro("newlength", f"\\aml{name}"))
            self.preamble.append(macro("setlength", f"\\aml{name}", _pt(value)))
        self.preamble.append(macro("amlgreys" if grey else "amlcolours"))
        if shown:
            course, edition = shown
            title = phrase("sheet.title", course=course.title)
            self.preamble.append(metadata(title, course, edition))

    def latex(self) -> str:
        """Return the document as LaTeX."""
        return str(Document.dumps(self)) + "\n"


def measuring(
    wanted: Iterable[Wanted], heights: Heights, file: str
) -> tuple[list[Node], tuple[str, ...]]:
    """Return LaTeX that writes the wanted heights to a file, and the slots by the numbers it writes."""
    sizes: dict[str, list[str]] = {}
    for slot, size in sorted(wanted, key=lambda pair: pair[1]):
        sizes.setdefault(slot, []).append(f"{size:.3f}")
    commands: list[Node] = [
        macro("setlength", "\\amlcolumnwidth", _pt(heights.page.column_width)),
        f"\\immediate\\openout\\amlheights={file}\n",
    ]
    for number, (slot, own) in enumerate(sizes.items()):
        part = heights.parts[slot]
        width = "F" if part.name in ("title", "band") else "B"
        commands.append(macro(f"amlmeasure{width}", number, ",".join(own), f"%\n{part.tex}"))
    return [*commands, "\\immediate\\closeout\\amlheights"], tuple(sizes)


def _pt(length: float) -> str:
    return f"{length:.5f}pt"
