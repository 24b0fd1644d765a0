"""The source of a figure: one whole TikZ picture, made of commands that draw, and no others.

Figures come from contributors, and no list of dangerous commands of TeX is complete. So all commands
outside the list here are refused; besides, TeX runs in a sandbox (``aml_build.engines.sandbox``).
"""

import re
from collections.abc import Iterator, Sequence

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.diagnostics.suggestions import Guesses
from aml_build.engines.font_characters import NOT_RAW
from aml_build.model import Macro
from aml_build.texmath.commands import is_allowed

_NAMED = 5
"""Missing characters that a message names."""

_DRAW = """
    begin end draw fill filldraw path node coordinate clip shade shadedraw pattern matrix foreach
    tikzset pgfmathsetmacro pgfmathtruncatemacro pgfmathresult
    addplot addlegendentry nextgroupplot closedcycle empty pic pgfplotsset pgfplotsinvokeforeach
    definecolor colorlet color textcolor
""".split()
_TEXT = """
    textbf textit emph textsf texttt textsc textup textrm text mbox strut phantom hphantom vphantom smash
    tiny scriptsize footnotesize small normalsize large bfseries mdseries itshape upshape scshape
    sffamily rmfamily ttfamily sansnumbers normalfont boldmath hspace vspace quad qquad enspace thinspace
    linewidth pgflinewidth baselineskip centering raggedright raggedleft
    ldots dots cdots vdots ddots textendash textemdash times pm checkmark
""".split()
_COMMANDS = frozenset(_DRAW) | frozenset(_TEXT)

ENVIRONMENTS = frozenset(
    """
    tikzpicture scope axis semilogyaxis semilogxaxis loglogaxis groupplot
    matrix pmatrix bmatrix vmatrix smallmatrix cases array tabular aligned gathered split
    """.split()
)
"""What ``\\begin{…}`` may name: LaTeX would run any command through it."""

# No command of TeX with such a name reads or writes files: a figure may use them for its own numbers.
# Conditionals are excluded: without its end, one would skip the figures after it.
_VARIABLE = re.compile(r"(?!if$|fi$|or$)[A-Za-z]{1,2}|my[A-Za-z]+")
_TOKEN = re.compile(r"\\([A-Za-z@]+|.|\n)|(?<!\\)%[^\n]*|\^\^", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^{}\\\n]*+)(\})?")
_PLOT = re.compile(r"(?:\bplot|\\addplot3?)\s*+\+?\s*+")
_SOURCE = re.compile(r"\s*+(?P<word>file|table|gnuplot|function|graphics|shell)\b")

_LISTED = (
    "Use the commands that `aml-build help figures` lists; a number of your own is called by one or "
    "two letters, or by a name that begins with 'my': \\r, \\dx, \\myradius."
)
_INSTEAD = (
    (
        {"def", "edef", "gdef", "let", "newcommand", "renewcommand", "providecommand"},
        "Use \\pgfmathsetmacro\\r{…} for a number, a style in \\tikzset for options, "
        "'declare function' for a function, and a pic for a drawing that comes twice.",
    ),
    (
        {"if", "ifnum", "ifdim", "ifx", "else", "fi", "ifthenelse"},
        "Put the choice into the number: {\\x==1 ? 2 : 3}; or give it in the \\foreach list.",
    ),
    ({"rotatebox", "scalebox", "resizebox"}, "Use the option rotate=90 of the node."),
    (
        {"usetikzlibrary", "usepackage", "usepgfplotslibrary", "RequirePackage"},
        "Leave it out: the libraries that `aml-build help figures` lists are loaded.",
    ),
    ({"documentclass"}, "Leave it out: a figure file holds the tikzpicture alone."),
)


_GROUPING = re.compile(r"\\(?:[A-Za-z@]+|.)|[{}]", re.DOTALL)
_OUTLINE = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_ONE = "Write the whole figure between one \\begin{tikzpicture} and one \\end{tikzpicture}."

Violation = tuple[int, int, str, str]
"""Offset, length, message, hint."""


def check_source(source: Source, macros: Sequence[Macro], *, whole: bool) -> list[Diagnostic]:
    """Return forbidden commands, missing characters and, of a ``whole`` figure, mistakes in its outline."""
    names = frozenset(macro.name for macro in macros)
    found = [_diagnostic(source, v, Code.FIGURE_COMMAND) for v in violations(source.text, names)]
    outline = form_violations(source.text) if whole else ()
    found += [_diagnostic(source, v, Code.FIGURE_FORM) for v in outline]
    return found + [_diagnostic(source, v, Code.FIGURE_TEX) for v in _unprintable(source.text)]


def _unprintable(text: str) -> Iterator[Violation]:
    """Yield the characters that TeX's fonts lack, together, at the first of them."""
    found = {
        match[0]: match.start() for match in reversed([*NOT_RAW.finditer(blank_comments(text))])
    }
    if found:
        chars = [*reversed(found)]
        named = ", ".join(f"`{char}` (U+{ord(char):04X})" for char in chars[:_NAMED])
        more = f" and {len(chars) - _NAMED} more" if len(chars) > _NAMED else ""
        hint = "Write it as math, or with another character."
        yield min(found.values()), 1, f"The fonts of figures have no {named}{more}.", hint


def violations(text: str, macros: frozenset[str] = frozenset()) -> tuple[Violation, ...]:
    """Return the forbidden parts of a figure's text, in order.

    ``macros`` are the course's own commands, with their backslash.
    """
    bare = blank_comments(text)
    found = [*_commands(bare, macros), *_environments(bare), *_reading(bare)]
    return tuple(sorted(found))


def blank_comments(text: str) -> str:
    """Return the text with blanks in place of comments, so that offsets stay the same."""
    return _TOKEN.sub(
        lambda match: " " * len(match[0]) if match[0].startswith("%") else match[0], text
    )


def _commands(bare: str, macros: frozenset[str]) -> Iterator[Violation]:
    known = Guesses(_COMMANDS)
    for match in _TOKEN.finditer(bare):
        token = match[0]
        if token == "^^":
            hint = "Type the character itself; '^^' is how TeX hides one from being read."
            yield match.start(), 2, "A figure may not use `^^`.", hint
            continue
        name = token[1:]
        if not name[0].isalpha() and name[0] != "@":
            continue
        if name in _COMMANDS or is_allowed(token) or token in macros or _VARIABLE.fullmatch(name):
            continue
        hint = next((hint for words, hint in _INSTEAD if name in words), "")
        if not hint:
            near = known.nearest(name)
            hint = f"Did you mean \\{near}? {_LISTED}" if near else _LISTED
        yield match.start(), len(token), f"A figure may not use `{token}`.", hint


def _environments(bare: str) -> Iterator[Violation]:
    for match in _ENVIRONMENT.finditer(bare):
        if not match[2]:
            name = match[0].strip()
            hint = "Write the brace `}` right after the name of the environment."
            yield match.start(), len(name), f"`{name}` has no closing brace.", hint
        elif match[1] not in ENVIRONMENTS:
            message = f"A figure may not use the environment `{match[1]}`."
            hint = f"Use one of: {', '.join(sorted(ENVIRONMENTS))}."
            yield match.start(), len(match[0]), message, hint


def _reading(bare: str) -> Iterator[Violation]:
    for plot in _PLOT.finditer(bare):
        # Not by a pattern: for each bracket without an end, it would search the rest of the text.
        options = bare.startswith("[", plot.end())
        match = _SOURCE.match(bare, bare.find("]", plot.end()) + 1 if options else plot.end())
        if match is None:
            continue
        word = match["word"]
        message = f"A figure may not read its data from elsewhere (`{word}`)."
        hint = (
            "Plot a formula, e.g. \\addplot {exp(-x)};, or give points: coordinates {(0,1) (1,2)}."
        )
        yield match.start("word"), len(word), message, hint


def form_violations(text: str) -> tuple[Violation, ...]:
    """Return what is wrong with the outline of a figure, in order.

    Where the braces do not match, nothing else is reported: it may only follow from them.
    """
    bare = blank_comments(text)
    return tuple(_braces(bare)) or tuple(sorted([*_outline(bare), *_picture(bare)]))


def _braces(bare: str) -> Iterator[Violation]:
    opened: list[int] = []
    for match in _GROUPING.finditer(bare):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}":
            if not opened:
                yield (
                    match.start(),
                    1,
                    "A brace is closed here that was never opened.",
                    "Remove it.",
                )
                return
            opened.pop()
    if opened:
        yield opened[-1], 1, "This brace is never closed.", "Add the missing `}`."


def _outline(bare: str) -> Iterator[Violation]:
    opened: list[re.Match[str]] = []
    for match in _OUTLINE.finditer(bare):
        if match[1] == "begin":
            opened.append(match)
            continue
        if not opened or opened[-1][2] != match[2]:
            expected = (
                f"`\\end{{{opened[-1][2]}}}`" if opened else f"`\\begin{{{match[2]}}}` before it"
            )
            yield match.start(), len(match[0]), f"`{match[0]}` ends nothing.", f"Write {expected}."
            return
        opened.pop()
    if opened:
        last = opened[-1]
        yield last.start(), len(last[0]), f"`{last[0]}` has no end.", f"Add `\\end{{{last[2]}}}`."


def _picture(bare: str) -> Iterator[Violation]:
    begins = [m for m in _OUTLINE.finditer(bare) if m[1] == "begin" and m[2] == "tikzpicture"]
    if len(begins) != 1:
        at = begins[1].start() if begins else 0
        count = len(begins) or "no"
        yield at, 1, f"A figure file has one TikZ picture; this one has {count}.", _ONE
        return
    end = bare.rfind("\\end{tikzpicture}")
    after = bare[end + len("\\end{tikzpicture}") :] if end >= 0 else ""
    if after.strip():
        at = len(bare) - len(after.lstrip())
        yield at, 1, "There is text after the picture.", _ONE


def _diagnostic(source: Source, violation: Violation, code: Code) -> Diagnostic:
    offset, length, message, hint = violation
    line, column = source.at(offset)
    rest = max(1, len(source.line(line)) - column + 1)
    return diagnose(Span(source.path, line, column, min(length, rest)), code, message, hint)
