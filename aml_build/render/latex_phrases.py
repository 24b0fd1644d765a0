"""Phrases in LaTeX, alone and in templates: ``**x**`` is bold, `` `x` `` is typewriter."""

import re

from aml_build.phrases import pieces
from aml_build.resources import template

_TEX = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%#_"},
        "\u00a0": "~",
        "\u202f": "\\,",
        "\u2019": "'",
        "\u201c": "``",
        "\u201d": "''",
    }
)
_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def latex_phrase(key: str, **values: str) -> str:
    """Return a phrase with values in LaTeX; raise ``KeyError`` for an unknown key or placeholder."""
    return "".join(_encode(text) + (values[name] if name else "") for text, name in pieces(key))


def latex_template(name: str) -> str:
    """Return a template of ``templates/latex``, filled; raise ``OSError`` if there is none."""
    return template(f"latex/{name}", _encode)


def _encode(text: str) -> str:
    # Two hyphens in a row would become a dash.
    plain = text.translate(_TEX).replace("--", "-{}-")
    return _BOLD.sub(r"\\textbf{\1}", _CODE.sub(r"\\texttt{\1}", plain))
