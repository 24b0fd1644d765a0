"""The messages of TeX and its packages: what each means, and what to type instead."""

import re
from enum import StrEnum
from typing import NamedTuple


class ProblemKind(StrEnum):
    """What sort of problem a run had."""

    ERROR = "error"
    UNBALANCED = "unbalanced"
    """An error in braces, dollars or ends: TeX misreads what follows, so its later errors mislead."""
    OVERFULL = "overfull"
    MISSING_GLYPH = "missing-glyph"
    REFERENCE = "reference"
    TIMEOUT = "timeout"
    OUTPUT = "output"
    """The run wrote more than it may and was killed."""


ERRORS = frozenset({ProblemKind.ERROR, ProblemKind.UNBALANCED})
"""What TeX itself calls an error."""


class TexMessage(NamedTuple):
    """One message that TeX writes to its log."""

    pattern: str
    """Searched for in the log; what its group ``it`` matches goes into the sentence."""
    sentence: str
    hint: str = ""
    """What to type instead; empty where that depends on the artifact."""
    kind: ProblemKind = ProblemKind.ERROR


_UNBALANCED = ProblemKind.UNBALANCED
_DOLLARS = "Put the formula between dollars: $x_1$."
_BRACES = "Close every `{` with a `}` and every `$` with a second `$`."
_COMMAND = "Check the spelling of the command."
_POINT = "Write a coordinate as (1,2), an angle and a radius as (30:2), a length as 3pt."
_SMALLER = "Keep every number below 16000: rescale the data or narrow the domain."
_CLOSE = "Close every brace, bracket and parenthesis, and leave no blank line within options."
_AMPERSAND = "Write `\\&` for the character; in an alignment, count the columns."

# fmt: off
MESSAGES: tuple[TexMessage, ...] = (
    TexMessage(r"Undefined control sequence", "LaTeX knows no command `{it}`.", _COMMAND),
    TexMessage(r"Missing \$ inserted", "This is allowed in a formula only.", _DOLLARS, _UNBALANCED),
    TexMessage(r"(?P<it>\S+) allowed only in math", "`{it}` is allowed in a formula only.", _DOLLARS),
    TexMessage(r"Missing number, treated as zero", "A number is missing.", _POINT),
    TexMessage(r"Missing delimiter", r"A delimiter is missing after `\left`, `\right` or `\big`."),
    TexMessage(r"Missing \\right\.? inserted", r"A `\left` has no `\right`.", r"Add `\right)`, or `\right.` where nothing is to be shown."),
    TexMessage(r"Extra \\right", r"A `\right` has no `\left`."),
    TexMessage(r"Extra \\middle", r"A `\middle` is outside `\left … \right`."),
    TexMessage(r"Missing } inserted", "A closing brace `}}` is missing.", _BRACES, _UNBALANCED),
    TexMessage(r"Missing { inserted", "An opening brace `{{` is missing.", _BRACES, _UNBALANCED),
    TexMessage(r"forgotten \$", "A dollar sign `$` is missing.", _BRACES, _UNBALANCED),
    TexMessage(r"Extra }, or forgotten|Too many }'s", "There is a closing brace `}}` too many.", _BRACES, _UNBALANCED),
    TexMessage(r"Double superscript", "There are two superscripts in a row.", "Put braces around the first of them: `{x^a}^b`, or join both: `x^{ab}`."),
    TexMessage(r"Double subscript", "There are two subscripts in a row.", "Put braces around the first of them: `{x_a}_b`, or join both: `x_{ab}`."),
    TexMessage(r"Misplaced alignment tab", "An `&` is outside an alignment.", _AMPERSAND),
    TexMessage(r"Extra alignment tab", "A row has more `&` than the alignment has columns.", _AMPERSAND),
    TexMessage(r"Misplaced \\noalign", r"A `\hline` is not at the beginning of a row."),
    TexMessage(r"Limit controls must", r"`\limits` does not follow an operator such as `\sum`."),
    TexMessage(r"macro parameter character #", "A `#` is outside a definition.", r"Write `\#` for the sign."),
    TexMessage(r"TeX capacity exceeded", "This is too large, or it calls itself without end."),
    TexMessage(r"Runaway argument|Paragraph ended|File ended while|has an extra }", "A brace, a bracket or a parenthesis is never closed.", _CLOSE, _UNBALANCED),
    TexMessage(r"Dimension too large", "A length is too large.", _SMALLER),
    TexMessage(r"Arithmetic overflow", "A number is too large.", _SMALLER),
    TexMessage(r"Illegal unit of measure", "A length has no unit such as `pt` or `em`.", _POINT),
    TexMessage(r"File [`'](?P<it>[^']+)' not found", "There is no file `{it}`."),
    TexMessage(r"Environment (?P<it>\S+) undefined", "LaTeX knows no environment `{it}`.", _COMMAND),
    TexMessage(r"\\begin\{(?P<it>[^}]*)\}.*ended by", r"`\begin{{{it}}}` has no matching `\end`.", "", _UNBALANCED),
    TexMessage(r"Font .* not found|Metric \(TFM\) file|Font .* not loadable", "A font is not installed."),
    TexMessage(r"Unicode character (?P<it>\S+)", "LaTeX has no character `{it}` in this font.", "Write it as math, or with another character."),
    # TikZ, pgfplots and figures.sty
    TexMessage(r"Only a node can be a label, and here is none for (?P<it>.*?)\.?$", "Only a node can be a label, and here is none for `{it}`.", r"Put mask={…}{…} among the options of a \node."),
    TexMessage(r"An axis may not be", "An axis may not be scaled, turned or slanted.", "Set its width and height; move it by `at`, `xshift` and `yshift`."),
    TexMessage(r"A canvas that is transformed", "A canvas that is transformed leaves its labels behind.", "Use shift, scale and rotate in place of `transform canvas`."),
    TexMessage(r"Giving up on this path", "TikZ cannot read this path.", "End the path before this line with a semicolon."),
    TexMessage(r"Cannot parse this coordinate", "TikZ cannot read this coordinate.", _POINT),
    TexMessage(r"do not know the key '/pgf/decoration", "TikZ knows no such decoration.", "Use a decoration that `aml-build help figures` lists: brace, snake, zigzag, …"),
    TexMessage(r"do not know the key '(?:/\w+)*/(?P<it>[^'(]*?) *\(", "A `]` is missing after the option `{it}`.", "Close the options before the first coordinate: `\\draw[curve] (0,0) …`."),
    TexMessage(r"node must have a \(possibly empty\)", "A node has no text.", r"Write `\node at (1,2) {text};`, with `{}` for a node without text."),
    TexMessage(r"Use of \\(?:tikz|pgf)@\S* doesn't match", "TikZ cannot read a word of this path.", "Check the spelling of the words between coordinates: circle, ellipse, rectangle, grid, arc, node."),
    TexMessage(r"do not know the key '(?:/\w+)*/(?P<it>[^']+)'", "TikZ knows no option `{it}`.", "Check the spelling of the option; `aml-build help figures` lists the styles."),
    TexMessage(r"No shape named [`'](?P<it>[^']*)'", "There is no node `{it}`.", r"Name the node first: \node (name) …, and check the spelling."),
    TexMessage(r"Undefined color [`'](?P<it>[^']*)'", "There is no colour `{it}`.", "Use a colour of figures/style.tex."),
    TexMessage(r"Unknown arrow tip kind '(?P<it>[^']*)'", "TikZ knows no arrow tip `{it}`.", "Draw an arrow with -> or <-; `aml-build help figures` lists the styles of lines."),
    TexMessage(r"Unknown function [`'](?P<it>[^']*)'", "TikZ can neither compute nor find `{it}`.", "Check the name; functions that pgfmath knows are exp(x), ln(x), sin(deg(x)), …"),
    TexMessage(r"Unknown operator .*\(in '(?P<it>.*)'\)", "TikZ cannot compute `{it}`.", _POINT),
    TexMessage(r"floating point number", "A number of this plot cannot be read.", "Write the domain as domain=0:1, and both numbers of every coordinate."),
    TexMessage(r"Missing \\endcsname", "A name or a coordinate system is wrong here.", "Write `axis cs:` within an axis only, and no command within a name."),
    TexMessage(r"divide .* by `0'", "A number is divided by zero.", "Take zero out of the domain or list."),
)
# fmt: on
"""The first row whose pattern is found explains a complaint."""


def explain(complaint: str, context: str = "") -> tuple[ProblemKind, str, str]:
    """Return kind, sentence and hint for a complaint of TeX.

    ``context`` is the next line of the log, which ends just after the command at fault.
    """
    for pattern, sentence, hint, kind in MESSAGES:
        if hit := re.search(pattern, complaint):
            command = re.findall(r"\\(?:[A-Za-z@]+|.)", context)[-1:] or ["…"]
            return kind, sentence.format(it=hit.groupdict().get("it") or command[0]), hint
    plain = re.sub(r"^(?:LaTeX|pdfTeX|(?:Package|Class) .*?) [Ee]rror:? *", "", complaint).strip()
    return ProblemKind.ERROR, plain if plain.endswith((".", "!", "?")) else f"{plain}.", ""
