"""A page with all figures and their labels, to look at."""

import base64
from collections.abc import Mapping
from html import escape

from aml_build.model.drawing import Drawing, LabelBox

_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
_CSS = """
body { margin: 12px; background: #e8eaed; color: #222; font: 13px/1.3 system-ui, sans-serif }
body.night { background: #2f2f31; color: #ddd }
main { display: flex; flex-wrap: wrap; gap: 14px; align-items: flex-start }
figure { margin: 0; position: relative }
.picture { position: relative; width: 420px }
img { display: block; width: 100% }
.phone .picture { width: 300px }
.gray img { filter: grayscale(1) }
.mask { position: absolute; background: #ffeba2cc; outline: 1px solid #c60; font-size: 10px; color: #000;
        overflow: hidden; box-sizing: border-box }
.bare .mask { display: none }
"""
_SWITCHES = "".join(
    f"<label><input type=checkbox onchange=\"document.body.classList.toggle('{name}')\"> {text}</label> "
    for name, text in (
        ("night", "night"),
        ("gray", "grayscale"),
        ("phone", "phone"),
        ("bare", "without labels"),
    )
)


def contact_sheet(drawings: Mapping[str, Drawing]) -> str:
    """Return an HTML page that shows every drawing, by path, with its labels laid over it.

    The page stands alone. Where it is opened with ``#night``, ``#gray``, ``#phone`` or ``#bare`` (several are
    joined by a comma), that switch is on.
    """
    start = "location.hash.slice(1).split(',').forEach(c => c && document.body.classList.add(c))"
    cells = "\n".join(_cell(path, drawing) for path, drawing in drawings.items())
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title>'
        f"<style>{_CSS}</style><body><p>{_SWITCHES}</p><main>\n{cells}\n</main>"
        f"<script>{start}</script></body></html>\n"
    )


def _cell(path: str, drawing: Drawing) -> str:
    data = base64.b64encode(drawing.image).decode()
    masks = "".join(_mask(label) for label in drawing.labels)
    millimetres = f"{drawing.width / 72 * 25.4:.0f} × {drawing.height / 72 * 25.4:.0f} mm"
    return (
        f'<figure><div class="picture"><img alt="" src="data:{_TYPES[drawing.suffix]};base64,{data}">'
        f"{masks}</div><figcaption>{escape(path)} · {millimetres}</figcaption></figure>"
    )


def _mask(label: LabelBox) -> str:
    box = ";".join(
        f"{side}:{value:.2%}"
        for side, value in (
            ("left", label.left),
            ("top", label.top),
            ("width", label.width),
            ("height", label.height),
        )
    )
    return f'<div class="mask" style="{box}">{label.ordinal} {escape(label.id)}</div>'
