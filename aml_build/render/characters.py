"""The characters of the print fonts, with the LaTeX commands of those that need one."""

import unicodedata
from functools import cache

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
}
"""ASCII characters that mean something to TeX."""

TEXT = {
    "\u00a0": "~",
    "\u2007": "~",
    "\u202f": r"\,",
    "\u2009": r"\,",
    "\u200a": r"\,",
    "\u2002": r"\enspace{}",
    "\u2003": r"\quad{}",
    "\u200b": r"\allowbreak{}",
    "\u00ad": r"\-",
    "\u2010": "-",
    "\u2011": r"\mbox{-}",
    "\u2012": r"\textendash{}",
    "\u2013": r"\textendash{}",
    "\u2014": r"\textemdash{}",
    "\u2015": r"\textemdash{}",
    "\u2018": r"\textquoteleft{}",
    "\u2019": r"\textquoteright{}",
    "\u201a": r"\quotesinglbase{}",
    "\u201c": r"\textquotedblleft{}",
    "\u201d": r"\textquotedblright{}",
    "\u201e": r"\quotedblbase{}",
    "\u2022": r"\textbullet{}",
    "\u2020": r"\textdagger{}",
    "\u2021": r"\textdaggerdbl{}",
    "\u2030": r"\textperthousand{}",
    "\u2039": r"\guilsinglleft{}",
    "\u203a": r"\guilsinglright{}",
    "\u00ab": r"\guillemotleft{}",
    "\u00bb": r"\guillemotright{}",
    "\u20ac": r"\amleuro{}",
    "\u2122": r"\texttrademark{}",
    "\u00a1": r"\textexclamdown{}",
    "\u00a2": r"\textcent{}",
    "\u00a3": r"\pounds{}",
    "\u00a4": r"\textcurrency{}",
    "\u00a5": r"\textyen{}",
    "\u00a6": r"\textbrokenbar{}",
    "\u00a7": r"\S{}",
    "\u00a8": r"\textasciidieresis{}",
    "\u00a9": r"\textcopyright{}",
    "\u00aa": r"\textordfeminine{}",
    "\u00ae": r"\textregistered{}",
    "\u00af": r"\textasciimacron{}",
    "\u00b0": r"\textdegree{}",
    "\u00b4": r"\textasciiacute{}",
    "\u00b6": r"\P{}",
    "\u00b8": r"\c{}",
    "\u00ba": r"\textordmasculine{}",
    "\u00bc": r"\textonequarter{}",
    "\u00bd": r"\textonehalf{}",
    "\u00be": r"\textthreequarters{}",
    "\u00bf": r"\textquestiondown{}",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\u2713": r"\ding{51}",
    "\u2714": r"\ding{52}",
    "\u2717": r"\ding{55}",
    "\u2718": r"\ding{56}",
    "\u2605": r"\ding{72}",
}
"""Characters that text fonts have under another name."""

CODE = {
    "\u0132": "\\amlsans{\u0132}",
    "\u0133": "\\amlsans{\u0133}",
    "\u2122": r"\amlsans{\texttrademark}",
}
"""Characters that the typewriter font lacks, from the font of running text."""

MATH = {
    "\u00ac": r"\neg",
    "\u00b1": r"\pm",
    "\u00b7": r"\cdot",
    "\u00d7": r"\times",
    "\u00f7": r"\div",
    "\u2032": "{}'",
    "\u2113": r"\ell",
    "\u2190": r"\leftarrow",
    "\u2191": r"\uparrow",
    "\u2192": r"\rightarrow",
    "\u2193": r"\downarrow",
    "\u2194": r"\leftrightarrow",
    "\u2195": r"\updownarrow",
    "\u21a6": r"\mapsto",
    "\u21d0": r"\Leftarrow",
    "\u21d2": r"\Rightarrow",
    "\u21d4": r"\Leftrightarrow",
    "\u27f5": r"\longleftarrow",
    "\u27f6": r"\longrightarrow",
    "\u2200": r"\forall",
    "\u2202": r"\partial",
    "\u2203": r"\exists",
    "\u2205": r"\emptyset",
    "\u2207": r"\nabla",
    "\u2208": r"\in",
    "\u2209": r"\notin",
    "\u220b": r"\ni",
    "\u220f": r"\prod",
    "\u2211": r"\sum",
    "\u2212": "-",
    "\u2213": r"\mp",
    "\u2217": "*",
    "\u2218": r"\circ",
    "\u221a": r"\surd",
    "\u221d": r"\propto",
    "\u221e": r"\infty",
    "\u2220": r"\angle",
    "\u2225": r"\parallel",
    "\u2227": r"\wedge",
    "\u2228": r"\vee",
    "\u2229": r"\cap",
    "\u222a": r"\cup",
    "\u222b": r"\int",
    "\u223c": r"\sim",
    "\u2243": r"\simeq",
    "\u2245": r"\cong",
    "\u2248": r"\approx",
    "\u2260": r"\neq",
    "\u2261": r"\equiv",
    "\u2264": r"\leq",
    "\u2265": r"\geq",
    "\u226a": r"\ll",
    "\u226b": r"\gg",
    "\u2282": r"\subset",
    "\u2283": r"\supset",
    "\u2286": r"\subseteq",
    "\u2287": r"\supseteq",
    "\u2295": r"\oplus",
    "\u2297": r"\otimes",
    "\u2299": r"\odot",
    "\u22a5": r"\perp",
    "\u22a4": r"\top",
    "\u22c6": r"\star",
    "\u22ee": r"\vdots",
    "\u2308": r"\lceil",
    "\u2309": r"\rceil",
    "\u230a": r"\lfloor",
    "\u230b": r"\rfloor",
    "\u27e8": r"\langle",
    "\u27e9": r"\rangle",
    "\u25a1": r"\square",
    "\u25a0": r"\blacksquare",
    "\u2a7d": r"\leqslant",
    "\u2a7e": r"\geqslant",
}
"""Characters that only the math fonts have."""

LOOKALIKES = {
    "\u00b2": "{}^{2}",
    "\u00b3": "{}^{3}",
    "\u00b5": r"\mu",
    "\u00b9": "{}^{1}",
    "\u2016": r"\Vert",
    "\u2033": "{}''",
    "\u2044": "/",
    "\u2070": "{}^{0}",
    "\u2071": "{}^{i}",
    "\u207a": "{}^{+}",
    "\u207b": "{}^{-}",
    "\u207f": "{}^{n}",
    "\u2102": r"\mathbb{C}",
    "\u2115": r"\mathbb{N}",
    "\u211a": r"\mathbb{Q}",
    "\u211d": r"\mathbb{R}",
    "\u2124": r"\mathbb{Z}",
    "\u2206": r"\Delta",
    "\u2215": "/",
    "\u2216": r"\setminus",
    "\u2219": r"\cdot",
    "\u2223": r"\mid",
    "\u22c5": r"\cdot",
    "\u22ef": r"\cdots",
    "\u25cf": r"\bullet",
    "\u25cb": r"\circ",
}
"""Characters printed as others in math; without further care they would be copied as those."""

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "ς": "varsigma", "σ": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϕ": "phi", "ϵ": "epsilon",
    "ϑ": "vartheta", "ϱ": "varrho", "ϖ": "varpi",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_GREEK_LIKE_LATIN = {
    "ο": "o", "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M",
    "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Χ": "X",
}  # fmt: skip

_T1_LETTERS = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĨĩĪīĮįİıĲĳĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŖŗŘřŚśŞşŠšŢţŤťŨũŪūŮůŰűŲųŸŹźŻżŽžȘșȚț"
)

_ABOVE = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v",
}  # fmt: skip
_BELOW = {"\u0323": "d", "\u0327": "c", "\u0328": "k", "\u0331": "b"}


def _composed(char: str) -> str:
    """Return the LaTeX that puts a letter and its marks together; empty where there is none."""
    base, *marks = list(unicodedata.normalize("NFD", char))
    above = [_ABOVE[mark] for mark in marks if mark in _ABOVE]
    below = [_BELOW[mark] for mark in marks if mark in _BELOW]
    if not marks or not base.isascii() or len(above) + len(below) < len(marks):
        return ""
    # An accent goes onto a single letter of the font; Helvetica has no j without its dot.
    inner = unicodedata.normalize("NFC", base + "".join(m for m in marks if m in _ABOVE)[:-1])
    if above and (base == "j" or len(inner) > 1 or (inner > "\xff" and inner not in "Ăă")):
        return ""
    letter = "\\i" if base == "i" and above else base
    for accent in (*above, *below):
        letter = f"\\{accent}{{{letter}}}"
    return letter


_MADE = {
    char: tex
    for char in map(chr, (*range(0x100, 0x250), *range(0x1E00, 0x1F00)))
    if char not in _T1_LETTERS and (tex := _composed(char))
}
"""Letters that no font of T1 has, but whose parts it has."""

COMPOSED = (
    "ĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĨĩĪīĮįİĲĳĶķĹĺĻļĽľŃńŅņŇňŌōŐőŔŕŖŗŘřŚśŞşŢţŤťŨũŪūŮůŰűŲųŹźŻżȘșȚț"
    + "".join(_MADE)
)
"""Letters that the font composes of parts, which PDF readers would copy one by one."""
_OTHERWISE = {"\u2026": r"\textellipsis{}", "\u2606": r"\ding{73}"}
"""Other signs of the text fonts that would be copied as another character."""


@cache
def character_commands() -> dict[str, str]:
    """Return the LaTeX, in T1 encoding, of every character that the print fonts have.

    Math signs carry their number, because bookmarks and metadata cannot contain math; a character
    that would be copied as another one carries the text to be copied.
    """
    table = {chr(code): chr(code) for code in range(0x20, 0x7F)}
    table |= {letter: letter for letter in _T1_LETTERS}
    table |= {char: f"\\amlcomposed{{{ord(char):04X}}}{{{tex}}}" for char, tex in _MADE.items()}
    table |= {"\t": " ", "\n": " "}
    signs = MATH | {char: f"\\{name}" for char, name in _GREEK.items()}
    table |= {char: _sign(char, body) for char, body in signs.items()}
    alike = LOOKALIKES | _GREEK_LIKE_LATIN | {chr(0x2080 + n): f"{{}}_{{{n}}}" for n in range(10)}
    alike |= {chr(0x2070 + n): f"{{}}^{{{n}}}" for n in range(4, 10)}
    table |= {char: copied_as(char, _sign(char, body)) for char, body in alike.items()}
    table |= {char: copied_as(char, body) for char, body in _OTHERWISE.items()}
    return table | TEXT | SPECIAL


def _sign(char: str, body: str) -> str:
    return f"\\amlsign{{{ord(char):04X}}}{{{body}}}"


def copied_as(text: str, tex: str) -> str:
    """Return LaTeX that prints ``tex``, and that PDF readers copy and search as ``text``."""
    return f"\\amlcopied{{{text.encode('utf-16-be').hex().upper()}}}{{{tex}}}"
