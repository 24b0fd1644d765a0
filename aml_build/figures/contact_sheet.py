"""A page with all figures and their labels, for those who draw them."""

import base64
from collections.abc import Mapping
from html import escape
from string import Template

from aml_build.model.drawing import Drawing, LabelBox
from aml_build.resources import template

_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


def contact_sheet(drawings: Mapping[str, Drawing]) -> str:
    """Return an HTML page, in one file, with every drawing by its path and its labels laid over it."""
    figures = "".join(_figure(path, drawing) for path, drawing in drawings.items())
    return Template(template("figures/contact-sheet.html")).substitute(figures=figures)


def _figure(path: str, drawing: Drawing) -> str:
    return Template(template("figures/figure.html")).substitute(
        type=_TYPES[drawing.suffix],
        data=base64.b64encode(drawing.image).decode(),
        masks="".join(map(_mask, drawing.labels)),
        path=escape(path),
        size=f"{drawing.width / 72 * 25.4:.0f} × {drawing.height / 72 * 25.4:.0f}",
    )


def _mask(label: LabelBox) -> str:
    place = f"left:{label.left:.2%};top:{label.top:.2%}"
    size = f"width:{label.width:.2%};height:{label.height:.2%}"
    return f'<div class="mask" style="{place};{size}">{label.ordinal} {escape(label.id)}</div>'
