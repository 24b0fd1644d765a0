"""The option, colour or node that the author of a figure may have meant."""

import re

from aml_build.diagnostics.suggestions import nearest

# fmt: off
_OPTIONS = (
    "above", "below", "left", "right", "above left", "above right", "below left", "below right",
    "anchor", "at", "pos", "midway", "near start", "near end", "very near start", "very near end",
    "at start", "at end", "sloped", "swap", "auto", "draw", "fill", "color", "text", "opacity",
    "draw opacity", "fill opacity", "text opacity", "pattern", "pattern color", "line width",
    "thin", "very thin", "ultra thin", "semithick", "thick", "very thick", "ultra thick", "dashed",
    "dotted", "dash pattern", "densely dashed", "densely dotted", "loosely dashed",
    "loosely dotted", "line cap", "line join", "rounded corners", "sharp corners", "double",
    "double distance", "shorten <", "shorten >", "circle", "rectangle", "ellipse", "diamond",
    "regular polygon", "regular polygon sides", "cloud", "star", "trapezium", "inner sep",
    "outer sep", "inner xsep", "inner ysep", "outer xsep", "outer ysep", "minimum size",
    "minimum width", "minimum height", "text width", "text height", "text depth", "align", "font",
    "pin", "node distance", "on grid", "matrix of nodes", "matrix of math nodes", "column sep",
    "row sep", "rotate", "scale", "xscale", "yscale", "xshift", "yshift", "shift", "xslant",
    "yslant", "bend left", "bend right", "bend angle", "looseness", "loop", "loop above",
    "loop below", "loop left", "loop right", "radius", "x radius", "y radius", "start angle",
    "end angle", "delta angle", "step", "xstep", "ystep", "domain", "samples", "samples at",
    "variable", "smooth", "tension", "only marks", "mark", "mark size", "mark options",
    "sharp plot", "ybar", "xbar", "const plot", "xmin", "xmax", "ymin", "ymax", "xlabel", "ylabel",
    "xtick", "ytick", "xticklabels", "yticklabels", "xticklabel", "yticklabel", "title", "width",
    "height", "legend pos", "legend style", "legend entries", "axis lines", "axis equal",
    "axis equal image", "grid", "ticks", "enlargelimits", "view", "decorate", "decoration",
    "amplitude", "segment length", "mirror", "raise", "fit", "name path", "name intersections",
    "baseline", "clip", "every node", "every path", "nodes", "mask",
    "xlabel style", "ylabel style", "title style", "no markers", "forget plot", "fill between",
    "area style", "bar width", "point meta", "colormap", "colorbar", "inner frame sep", "remember",
    "evaluate", "count",
)
"""Options of TikZ and pgfplots that figures use; the styles of the course come to them."""
_COLORS = (
    "black", "white", "gray", "red", "green", "blue", "cyan", "magenta", "yellow", "orange", "brown",
    "purple", "violet", "teal", "pink", "lime", "olive", "lightgray", "darkgray",
)
# fmt: on
_STYLE = re.compile(r"([A-Za-z][A-Za-z0-9 ]*?)\s*/\.(?:append )?style")
_COLOR = re.compile(r"\\(?:definecolor|colorlet)\{([^{}]+)\}")
_NODE = re.compile(
    r"\\?\b(?:node|coordinate)\s*(?:\[[^\]]*\])?\s*\(([^()]+)\)|\bname=([A-Za-z][\w -]*)"
)
_WORD = re.compile(r"`([^`]*)`")
_SENTENCES = {
    "TikZ knows no option": "option",
    "There is no colour": "colour",
    "There is no node": "node",
}


def near_name(message: str, figure: str, style: str) -> str:
    """Return the name that was meant by the one in a message; empty if none is near.

    ``figure`` and ``style`` are the texts of the figure and of the course's style sheet.
    """
    sort = next((sort for begin, sort in _SENTENCES.items() if message.startswith(begin)), "")
    word = _WORD.search(message)
    if not sort or word is None:
        return ""
    colors = {*_COLORS, *_COLOR.findall(style)}
    match sort:
        case "option":
            known = {*_OPTIONS, *colors, *_STYLE.findall(style), *_STYLE.findall(figure)}
        case "colour":
            known = colors
        case _:
            known = {first or second for first, second in _NODE.findall(figure)}
    return nearest(word[1], known) or ""
