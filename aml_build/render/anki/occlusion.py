"""Native image occlusion: the boxes of a figure's labels in Anki's format."""

from aml_build.model.drawing import Drawing, LabelBox

_PADDING = 2.0
"""Around each label box, bp, because glyphs may stick out of their box a little."""


def occlusions(drawing: Drawing) -> str:
    """Return the occlusion field: one box a label, all hidden while one is asked for.

    The cloze numbers are the labels' ordinals; boxes are in fractions of the picture.
    """
    ordered = sorted(drawing.labels, key=lambda label: label.ordinal)
    return "<br>".join([_occlusion(label, drawing) for label in ordered])


def _occlusion(label: LabelBox, drawing: Drawing) -> str:
    left, width = _padded(label.left, label.width, _PADDING / drawing.width)
    top, height = _padded(label.top, label.height, _PADDING / drawing.height)
    return (
        f"{{{{c{label.ordinal}::image-occlusion:rect"
        f":left={left:.4f}:top={top:.4f}:width={width:.4f}:height={height:.4f}:oi=1}}}}"
    )


def _padded(start: float, size: float, padding: float) -> tuple[float, float]:
    """Return start and size of an interval extended at both ends, within the picture."""
    low = max(start - padding, 0.0)
    return low, min(start + size + padding, 1.0) - low
