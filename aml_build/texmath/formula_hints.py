"""Messages and hints about parts of a formula that are not allowed."""

import unicodedata
from functools import lru_cache

from aml_build.diagnostics.suggestions import nearest
from aml_build.texmath import commands

_INSTEAD: dict[str, str] = {
    "\\bm": "\\boldsymbol{…}",
    "\\mathbold": "\\boldsymbol{…}",
    "\\symbf": "\\boldsymbol{…}",
    "\\bold": "\\mathbf{…}",
    "\\Bbb": "\\mathbb{…}",
    "\\over": "\\frac{…}{…}",
    "\\atop": "\\substack{… \\\\ …}",
    "\\choose": "\\binom{…}{…}",
    "\\brace": "\\left\\{ … \\right\\}",
    "\\brack": "\\left[ … \\right]",
    "\\above": "\\frac{…}{…}",
    "\\rm": "\\mathrm{…}",
    "\\bf": "\\mathbf{…}",
    "\\it": "\\mathit{…}",
    "\\sf": "\\mathsf{…}",
    "\\tt": "\\mathtt{…}",
    "\\cal": "\\mathcal{…}",
    "\\frak": "\\mathfrak{…}",
    "\\mathscr": "\\mathcal{…}",
    "\\mathds": "\\mathbb{…}",
    "\\mathbbm": "\\mathbf{1}",
    "\\textsubscript": "_{…}",
    "\\textsuperscript": "^{…}",
    "\\argmax": "\\operatorname*{arg\\,max}",
    "\\argmin": "\\operatorname*{arg\\,min}",
    "\\DeclareMathOperator": "\\operatorname{…}",
    "\\hbox": "\\text{…}",
    "\\vbox": "\\text{…}",
    "\\emph": "\\textit{…}",
    "\\mod": "\\bmod",
    "\\sp": "^{…}",
    "\\sb": "_{…}",
    "\\newline": "\\\\",
    "\\cr": "\\\\",
    "\\hspace": "\\quad",
    "\\hskip": "\\quad",
    "\\kern": "\\,",
    "\\mkern": "\\,",
    "\\mskip": "\\,",
    "\\eqref": "a cross-reference [text](#concept)",
    "\\ref": "a cross-reference [text](#concept)",
    "\\url": "a Markdown link",
    "\\href": "a Markdown link",
    "\\degree": "^\\circ",
    "\\degrees": "^\\circ",
    "\\celsius": "^\\circ\\mathrm{C}",
}

_FOR_EXAMPLE: dict[str, str] = {
    "\\SI": "4.2\\,\\mathrm{m}",
    "\\qty": "4.2\\,\\mathrm{m}",
    "\\SIrange": "4\\text{–}5\\,\\mathrm{m}",
    "\\si": "\\mathrm{m}",
    "\\unit": "\\mathrm{m}",
    "\\num": "4.2",
    "\\ang": "30^\\circ",
    "\\metre": "\\mathrm{m}",
    "\\meter": "\\mathrm{m}",
    "\\second": "\\mathrm{s}",
    "\\kilogram": "\\mathrm{kg}",
    "\\kelvin": "\\mathrm{K}",
    "\\joule": "\\mathrm{J}",
    "\\newton": "\\mathrm{N}",
    "\\ohm": "\\Omega",
    "\\ket": "\\lvert\\psi\\rangle",
    "\\bra": "\\langle\\psi\\rvert",
    "\\braket": "\\langle\\phi\\mid\\psi\\rangle",
    "\\abs": "\\lvert x\\rvert",
    "\\norm": "\\lVert x\\rVert",
    "\\dd": "\\mathrm{d}x",
    "\\dv": "\\frac{\\mathrm{d}f}{\\mathrm{d}x}",
    "\\pdv": "\\frac{\\partial f}{\\partial x}",
    "\\vb": "\\mathbf{v}",
    "\\tr": "\\operatorname{tr}",
    "\\Tr": "\\operatorname{Tr}",
    "\\rank": "\\operatorname{rank}",
    "\\diag": "\\operatorname{diag}",
    "\\sgn": "\\operatorname{sgn}",
    "\\sign": "\\operatorname{sign}",
    "\\Var": "\\operatorname{Var}",
    "\\Cov": "\\operatorname{Cov}",
}
"""What to write for commands of siunitx, physics, braket and of many preambles."""

_SETS = frozenset(f"\\{letter}" for letter in "CEFHKNPQRZ")
"""Letters that nearly every preamble makes a command of, in double-struck type."""

_REASONS: tuple[tuple[str, str], ...] = (
    (
        "def gdef edef xdef let futurelet newcommand renewcommand providecommand newenvironment "
        "renewenvironment DeclareMathOperator DeclarePairedDelimiter newif newcount newtoks "
        "newlength chardef mathchardef global long outer protected",
        "Formulas may not define commands; put macros into `course.yaml`.",
    ),
    (
        "input include includeonly InputIfFileExists IfFileExists includegraphics openin openout "
        "read readline write closein closeout immediate special usepackage RequirePackage "
        "documentclass verbatiminput lstinputlisting endinput pdffiledump pdffilesize "
        "pdfmdfivesum pdfobj pdfximage pdffilemoddate font",
        "Formulas may not touch files.",
    ),
    (
        "csname endcsname catcode lccode uccode mathcode delcode sfcode expandafter noexpand "
        "afterassignment aftergroup string meaning the jobname everymath everydisplay everypar "
        "scantokens detokenize unexpanded number romannumeral uppercase lowercase ifx if ifnum "
        "ifcat else fi loop repeat iterate makeatletter makeatother relax begingroup endgroup "
        "bgroup egroup show showthe message errmessage directlua primitive pdfprimitive",
        "This programs TeX, which formulas may not do.",
    ),
    (
        "label tag notag nonumber eqref ref cite footnote",
        "Formulas have no numbers or references here; give the formula an id and a name instead.",
    ),
    (
        "require href url class style cssId data mmlToken unicode html toggle mathtip texttip "
        "bbox enclose cancel bcancel xcancel ce pu",
        "Anki's MathJax may know it, but print does not.",
    ),
    (
        "color textcolor colorbox fcolorbox definecolor",
        "Colours would not survive night mode and grey print.",
    ),
    (
        "tiny scriptsize small normalsize large Large huge Huge",
        "The size of a formula belongs to the card and the sheet, not to the notes.",
    ),
)
_REASON = {f"\\{word}": reason for words, reason in _REASONS for word in words.split()}
DEFINING = frozenset(f"\\{word}" for word in _REASONS[0][0].split())
"""Commands that define others."""
WITH_UNITS = frozenset(f"\\{word}" for word in "SI SIrange si qty unit num ang".split())
"""Commands whose arguments are not LaTeX math: faults in them would be consequences."""

_CHARACTERS: dict[str, str] = {
    "−": "-",
    "–": "-",
    "—": "-",
    "×": "\\times",
    "÷": "\\div",
    "·": "\\cdot",
    "±": "\\pm",
    "≤": "\\leq",
    "≥": "\\geq",
    "≠": "\\neq",
    "≈": "\\approx",
    "≡": "\\equiv",
    "∝": "\\propto",
    "∞": "\\infty",
    "∑": "\\sum",
    "∏": "\\prod",
    "∫": "\\int",
    "√": "\\sqrt{…}",
    "∂": "\\partial",
    "∇": "\\nabla",
    "∈": "\\in",
    "∉": "\\notin",
    "⊂": "\\subset",
    "⊆": "\\subseteq",
    "∪": "\\cup",
    "∩": "\\cap",
    "∅": "\\emptyset",
    "∀": "\\forall",
    "∃": "\\exists",
    "¬": "\\neg",
    "∧": "\\wedge",
    "∨": "\\vee",
    "→": "\\to",
    "←": "\\leftarrow",
    "↔": "\\leftrightarrow",
    "⇒": "\\Rightarrow",
    "⇐": "\\Leftarrow",
    "⇔": "\\Leftrightarrow",
    "↦": "\\mapsto",
    "∘": "\\circ",
    "⊗": "\\otimes",
    "⊕": "\\oplus",
    "⊙": "\\odot",
    "ℝ": "\\mathbb{R}",
    "ℕ": "\\mathbb{N}",
    "ℤ": "\\mathbb{Z}",
    "ℓ": "\\ell",
    "…": "\\dots",
    "⋯": "\\cdots",
    "‖": "\\Vert",
    "∥": "\\parallel",
    "⟨": "\\langle",
    "⟩": "\\rangle",
    "⊥": "\\perp",
    "⊤": "\\top",
    "∼": "\\sim",
    "′": "'",
    "’": "'",
    "‘": "'",
    "²": "^2",
    "³": "^3",
    "°": "^{\\circ}",
    "ϵ": "\\epsilon",
    "ε": "\\varepsilon",
    "φ": "\\varphi",
    "ϕ": "\\phi",
    "ϑ": "\\vartheta",
    "ς": "\\varsigma",
    "µ": "\\mu",
    "∆": "\\Delta",
    "Ω": "\\Omega",
}


_SHORT = len(r"\sin")


@lru_cache(1024)
def about_command(command: str, macros: frozenset[str]) -> tuple[str, str]:
    """Return the message and the hint for a command that is not allowed."""
    shown = command.strip() or command
    message = f"`{shown}` cannot be used in formulas."
    hints = []
    if command in _REASON:
        hints.append(_REASON[command])
    elif command.startswith(("\\pdf", "\\XeTeX", "\\Umath", "\\lua")):
        hints.append("This programs TeX, which formulas may not do.")
    if command in _INSTEAD:
        instead = _INSTEAD[command]
        hints.append(f"Write {instead}." if " " in instead[:2] else f"Write `{instead}` instead.")
    if hints:
        return message, " ".join(hints)
    if command in _FOR_EXAMPLE:
        example = _FOR_EXAMPLE[command]
        return message, f"Write for example `{example}`, or declare a macro in `course.yaml`."
    if command in _SETS:
        return message, _declare(command, f"\\mathbb{{{command[1:]}}}")
    near = nearest(command, {*commands.names(), *macros})
    # There are so many commands of three letters that only swapped letters say which is meant.
    if near and (len(command) > _SHORT or sorted(near) == sorted(command)):
        return message, f"Did you mean `{near}`? Or declare a macro in `course.yaml`."
    return message, _declare(command, "…")


def could_be_macro(command: str) -> bool:
    """Return whether a command, given with its backslash, may be declared as a macro."""
    return not commands.is_allowed(command) and command not in _REASON


def _declare(command: str, body: str) -> str:
    return f"Declare it in `course.yaml`: below `macros:`, write `  {command}: {body}`."


def about_environment(name: str) -> tuple[str, str]:
    """Return the message and the hint for an environment that is not allowed."""
    message = f"The environment `{name}` cannot be used in formulas."
    bare = name.rstrip("*")
    if bare in {"equation", "math", "displaymath"}:
        return message, "The dollars already make a formula: leave it out."
    if bare in {"align", "eqnarray", "multline", "flalign", "alignat", "split"}:
        return message, "The dollars already make a formula; write `aligned` instead."
    if bare == "gather":
        return message, "The dollars already make a formula; write `gathered` instead."
    if bare in {"tabular", "tabularx"}:
        return message, "Write `array` instead."
    near = nearest(name, commands.ENVIRONMENTS)
    if near:
        return message, f"Did you mean `{near}`?"
    return (
        message,
        f"Use one of {', '.join(f'`{known}`' for known in sorted(commands.ENVIRONMENTS))}.",
    )


def about_character(character: str) -> tuple[str, str]:
    """Return the message and the hint for a character that is not ASCII."""
    if not character.isprintable():
        name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
        return f"There is an invisible character ({name}) in the formula.", "Delete it."
    message = f"The character `{character}` cannot be in a formula."
    command = _CHARACTERS.get(character) or _named(character)
    if command:
        return message, f"Write `{command}` instead."
    return message, "Write its LaTeX command, or put words into `\\text{…}`."


def _named(character: str) -> str | None:
    """Return the command with the Unicode name of a Greek letter, if there is one."""
    words = unicodedata.name(character, "").split()
    if words[:1] != ["GREEK"] or len(words) != 4:
        return None
    name = words[3].lower().replace("lamda", "lambda")
    command = "\\" + (name.capitalize() if words[1] == "CAPITAL" else name)
    return command if commands.is_allowed(command) else None
