"""LaTeX through real pdflatex, and read back as somebody would copy it."""

import subprocess

from aml_build.engines import pdflatex as tex
from aml_build.resources import template

STYLE = {"common.sty": template("latex/common.sty").encode()}


def typeset(body: str, setup: str = "") -> bytes:
    """Return pages in the fonts of print; TeX must have nothing to complain about."""
    text = (
        f"\\documentclass[a5paper]{{article}}\\usepackage{{common}}\\pagestyle{{empty}}{setup}\n"
        f"\\begin{{document}}\\parindent0pt\n{body}\n\\end{{document}}\n"
    )
    result = tex.run(text, inputs=STYLE, passes=2 if setup else 1)
    assert result.problems == ()
    assert result.pdf is not None
    assert tex.type3_fonts(result.pdf) == ()
    return result.pdf


def copied(pieces: list[str]) -> list[str]:
    """Return what is copied from pages, one for each piece of LaTeX."""
    pdf = typeset("\n\\newpage\n".join(f"\\leavevmode\n{piece}" for piece in pieces))
    command = ["pdftotext", "-raw", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    pages = done.stdout.decode().removesuffix("\f").split("\f")
    assert len(pages) == len(pieces)
    return pages


def close(text: str) -> str:
    """Return text without spaces and lines: readers guess at both around formulas."""
    return "".join(text.split())
