"""Messages and hints about parts of a formula that are not allowed."""

import unicodedata
from difflib import get_close_matches
from functools import lru_cache

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
}

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
    close = get_close_matches(command, sorted({*commands.names(), *macros}), n=1, cutoff=0.6)
    if close:
        return message, f"Did you mean `{close[0]}`?"
    return (
        message,
        "Use a command that both Anki and LaTeX know, or add a macro to `course.yaml`.",
    )


def about_environment(name: str) -> tuple[str, str]:
    """Return the message and the hint for an environment that is not allowed."""
    message = f"The environment `{name}` cannot be used in formulas."
    if name.rstrip("*") in {"align", "equation", "eqnarray", "multline", "flalign", "alignat"}:
        return message, "The dollars already make a formula; write `aligned` instead."
    if name.rstrip("*") in {"gather"}:
        return message, "The dollars already make a formula; write `gathered` instead."
    close = get_close_matches(name, sorted(commands.ENVIRONMENTS), n=1, cutoff=0.6)
    if close:
        return message, f"Did you mean `{close[0]}`?"
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
