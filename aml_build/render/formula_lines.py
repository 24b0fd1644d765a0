"""The two forms of a displayed formula: in one line, and with places where it may be broken."""

import re

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}]|[^\\{}]", re.DOTALL)
_RELATIONS = frozenset(
    {"=", "<", ">"}
    | {
        f"\\{name}"
        for name in (
            "le leq ge geq ne neq approx sim simeq equiv propto to rightarrow Rightarrow implies iff "
            "Leftrightarrow coloneqq triangleq mapsto leftarrow in subset subseteq ll gg"
        ).split()
    }
)
_OPERATIONS = frozenset(
    {"+", "-", "\\pm", "\\cdot", "\\times", "\\odot", "\\oplus", "\\circ", "\\setminus"}
)
_WIDE = frozenset({"\\quad", "\\qquad"})
_OPEN = frozenset({"{", "\\left", "\\begin"})
_CLOSE = frozenset({"}", "\\right", "\\end"})
_GROUP, _GROUP_END = frozenset({"{", "\\begin"}), frozenset({"}", "\\end"})
_GROWN = {"\\left": "\\amlopening ", "\\right": "\\amlclosing "}
"""Brackets that grow with what is in them, which TeX never breaks: print can give them a fixed size."""
_BRACKETS = {"(": 1, "[": 1, "\\{": 1, ")": -1, "]": -1, "\\}": -1}


_ALIGNED = re.compile(
    r"\\begin\{(aligned|gathered|split)\}(?:\[.\])?(.*)\\end\{\1\}([.,;]?)", re.DOTALL
)
_DISTANCE = re.compile(r"\A\s*\[-?[\d.]+\s?(?:pt|em|ex|mm|cm)\]")
"""At the beginning of a row: the space above it."""


def without_blank_lines(tex: str) -> str:
    """Return math without blank lines, which would end TeX's paragraph inside the formula."""
    return "\n".join(line for line in tex.strip().split("\n") if line.strip())


def whole(tex: str) -> str:
    """Return the formula in one line, in display style."""
    return f"$\\displaystyle {without_blank_lines(tex)}$"


def broken(tex: str) -> str:
    """Return the formula in display style with breaks between its pieces and before relations.

    TeX breaks after operations by itself; within brackets only where nothing else helps. The rows of
    an alignment become lines, which may be broken further.
    """
    return "\\amlrow ".join(
        "\\amlpieces ".join(f"$\\displaystyle {_with_breaks(piece)}$" for piece in pieces(row))
        for row in rows(without_blank_lines(tex))
    )


def rows(tex: str) -> tuple[str, ...]:
    """Return the rows of a formula that is one alignment, without its marks; else the formula."""
    found = _ALIGNED.fullmatch(tex.strip())
    if not found or "\\end{" + found[1] + "}" in found[2]:
        return (tex,)
    lines, current, depth = [], "", 0
    for token in _TOKEN.findall(found[2]):
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth == 0 and token == "\\\\":
            lines.append(current)
            current = ""
        elif depth or token != "&":
            current += token
    ends = (*lines, current + found[3])
    return tuple(row for end in ends if (row := _DISTANCE.sub("", end).strip()))


def pieces(tex: str) -> tuple[str, ...]:
    """Return the pieces of a formula between the wide spaces at its top level."""
    found, current, depth = [], "", 0
    for token in _TOKEN.findall(tex):
        depth += (token in _OPEN) - (token in _CLOSE)
        if token in _WIDE and depth == 0:
            found.append(current)
            current = ""
        else:
            current += token
    return tuple(piece.strip() for piece in (*found, current) if piece.strip())


def _with_breaks(tex: str) -> str:
    out, depth, groups, inside, first = "", 0, 0, 0, True
    stretched = "\\middle" not in tex
    for token in _TOKEN.findall(tex):
        depth += (token in _OPEN) - (token in _CLOSE)
        groups += (token in _GROUP) - (token in _GROUP_END)
        inside = max(0, inside + _BRACKETS.get(token, 0))
        if token in _RELATIONS and depth == 0 and inside == 0 and not first:
            out += "\\amlbreak "
        grown = stretched and groups == 0 and token in _GROWN
        out += _GROWN[token] if grown else token
        if token in _OPERATIONS and depth == 0 and inside:
            out += "\\amlheld "
        first = first and not token.strip()
    return out
