"""What to type instead, for what TeX and TikZ complain about most."""

import re

_ADVICE = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        (r"Only a node can be", "Put mask={…}{…} among the options of a \\node."),
        (r"An axis may not be", "Set its width and height; move it by 'at', xshift and yshift."),
        (r"A canvas that is", "Use shift, scale and rotate in place of 'transform canvas'."),
        (r"Giving up on this path", "End the path before this line with a semicolon."),
        (
            r"I do not know the key",
            "Check the spelling of the option; docs/figures.md lists the styles.",
        ),
        (r"No shape named", "Name the node first: \\node (name) …, and check the spelling."),
        (r"Undefined color", "Use a colour of figures/style.tex."),
        (r"Undefined control sequence", "Check the spelling of the command."),
        (r"Missing \$ inserted", "Put the formula between dollars: $x_1$."),
        (r"Unknown function", "Write a function that pgfmath knows: exp(x), ln(x), sin(deg(x)), …"),
        (
            r"Dimension too large|Arithmetic overflow",
            "Keep every number below 16000: rescale the data or narrow the domain.",
        ),
        (
            r"Cannot parse this coordinate|Missing number|Illegal unit",
            "Write a coordinate as (1,2), an angle and a radius as (30:2).",
        ),
        (
            r"Paragraph ended|Runaway argument",
            "A brace or a bracket is not closed before the blank line.",
        ),
    )
)


def advice(message: str) -> str:
    """Return what to do about a message of TeX."""
    for pattern, hint in _ADVICE:
        if pattern.search(message):
            return hint
    return "Compare the line with the template in docs/figures.md."
