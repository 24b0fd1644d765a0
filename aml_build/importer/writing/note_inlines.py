"""Running text of notes, escaped so that our format reads exactly this text."""

import html
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping

from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import code_fence
from aml_build.importer.structure.term_split import fold
from aml_build.importer.writing.note_formulas import FormulaCorrector
from aml_build.texmath import loose_words

_GREEK = (
    r"\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi"
    r"|rho|sigma|tau|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega)"
)
_ACCENT = (
    r"\\(?:hat|tilde|bar|vec|dot|mathbf|mathbb|mathcal|mathrm|boldsymbol|widehat)\{[^{}\s]{1,12}\}"
)
_SCRIPT = r"(?:[_^](?:\{[^{}]{1,40}\}|[A-Za-z0-9*](?![A-Za-z0-9])))"
_BASE = rf"(?:[A-Za-zα-ωΑ-Ωℝϵϕ]|{_ACCENT}|{_GREEK}(?![A-Za-z]))"
_LOOSE = (
    rf"(?<![\w\\$])(?:[∇∂]?{_BASE}{_SCRIPT}{{1,2}}|[∇∂]?(?:{_ACCENT}|{_GREEK}(?![A-Za-z])))"
    r"(?![\w{])"
)
_COMMANDS = r"\\[A-Za-z]{2,}(?:\s?[_^]?\{(?:[^{}]|\{[^{}]*\}){0,200}\})+"

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>$=~^&!#\n]|[^\x00-\x7f]|::|%%|^[-+|:\d]")
_ATOM = re.compile(
    "|".join(
        (
            r"(?P<ticks>`+)(?P<code>[^`\n](?:.{0,2000}?[^`])?)(?P=ticks)(?!`)",
            r"\$\$(?P<shown>[^$]+)\$\$",
            r"\$(?P<math>(?:[^$\\]|\\.)+)\$",
            r"\\\((?P<paren>.{1,2000}?)\\\)",
            r"\\\[(?P<bracket>.{1,2000}?)\\\]",
            r"(?P<bang>!?)\[\[(?P<wiki>[^\[\]\n]{1,300})\]\]",
            r"!\[(?P<alt>[^\[\]]{0,500})\]\((?P<src>[^()\s]{0,500})[^()]{0,200}\)",
            r"\[(?P<label>[^\[\]]{1,500})\]\((?P<url>(?:[^()\s]|\([^()\s]*\)){0,500})(?:\s+\"[^\"]*\")?\)",
            r"<(?P<auto>(?:https?://|mailto:)[^<>\s]{1,500})>",
            r"<!--(?P<comment>.{0,2000}?)-->",
            r"<(?P<tag>/?[A-Za-z][A-Za-z0-9]{0,15})(?P<attrs>(?:\s[^<>]{0,500})?)/?>",
            r"\*\*(?=\S)(?P<bold>(?:[^*]|\*(?!\*)){1,1000}?)(?<=\S)\*\*",
            r"(?<![\w])__(?=\S)(?P<bold2>[^_]{1,1000}?)(?<=\S)__(?![\w])",
            r"==(?=[^\s=])(?P<mark>[^=]{1,500}?)(?<=\S)==(?!=)",
            r"~~(?=\S)(?P<strike>[^~]{1,500})(?<=\S)~~",
            rf"(?P<loose>{_LOOSE})",
            rf"(?P<commands>{_COMMANDS})",
            r"(?<![*\w])\*(?=[^\s*])(?P<em>[^*]{1,500}?)(?<=\S)\*(?![*\w])",
            r"(?<![_\w])_(?=[^\s_])(?P<em2>[^_]{1,500}?)(?<=\S)_(?![_\w])",
            r"\\(?P<literal>[!-/:-@\[-`{-~])",
            r"(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,20});)",
        )
    )
)
_CANDIDATE = re.compile(r"[\\`*\[<$=~&!∇∂]|[A-Za-zα-ωΑ-Ωℝϵϕ](?=[_^])|(?<!\w)_")
_MATHEMATICAL = re.compile(r"[\\^_{}=<>+|]")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"`{}|\\^\[\]]+\Z", re.IGNORECASE)
_START = re.compile(
    r"(#{1,6}(?=\s|$)|##|[-+](?=\s|$)|-{2,}|\+[-=:+]{3}|=\Z|[>|]|:[-:| ]|~{3}|!{3})"
    r"|(\d{1,9})([.)])(?=\s|$)"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BLANKS = re.compile(r"\s+")
_EDGE = re.compile(r"[\w)]")
Links = Mapping[str, str]
"""Ids of concepts by their folded term."""


class InlineWriter:
    """Converts running text; the log gets what it cannot keep."""

    def __init__(
        self, log: ImportLog, formulas: FormulaCorrector, printable: Container[str], links: Links
    ) -> None:
        self._log = log
        self._formulas = formulas
        self._printable = printable
        self._links = links
        self._lines: tuple[int, ...] = ()
        self._marks = 0
        self._cell = False

    def text(
        self, raw: str, lines: tuple[int, ...], *, clozes: bool = False, cell: bool = False
    ) -> str:
        """Return text for a paragraph, a heading or an item; ``self.marks`` counts its highlights."""
        self._lines, self._marks, self._cell = lines, 0, cell
        text = _BLANKS.sub(" ", raw).strip()
        if not text:
            return ""
        if "<" in text:
            text = _PAIR.sub(self._pair, text)
        made = self._convert(text, clozes, 0)
        made = _BLANKS.sub(" ", made).strip()
        if made.endswith(" :"):
            made = f"{made[:-2].rstrip()}:"
        return self._begun(made) if not cell else made

    @property
    def marks(self) -> int:
        """Return how many highlights the last text has."""
        return self._marks

    def _pair(self, found: re.Match[str]) -> str:
        mark = _MARKS[found[1].lower()]
        self._log.drop("HTML tag", f"<{found[1]}>", self._lines)
        return f"{mark}{found[2].strip()}{mark}"

    def _begun(self, text: str) -> str:
        """Escape a text that would begin a block."""
        found = _START.match(text)
        if not found:
            return text
        if found[2]:
            return f"{found[2]}\\{text[found.start(3) :]}"
        return f"\\{text}"

    def _convert(self, text: str, clozes: bool, depth: int) -> str:
        if not _SPECIAL.search(text):
            return text
        pieces: list[str] = []
        at = 0
        for found in _atoms(text):
            pieces.append(self._escaped(text[at : found.start()]))
            piece = self._atom(found, clozes, depth)
            if piece[:1] in "*$" and pieces and pieces[-1][-1:] == piece[:1]:
                piece = f" {piece}"
            pieces.append(piece)
            at = found.end()
            if piece and piece[-1] in "*_$" and at < len(text) and _needs_blank(piece, text[at]):
                pieces.append(" ")
        pieces.append(self._escaped(text[at:]))
        return _joined(pieces)

    def _atom(self, found: re.Match[str], clozes: bool, depth: int) -> str:
        kind = found.lastgroup or ""
        value = found[kind]
        match kind:
            case "code":
                return self._code(value)
            case "math" | "shown" | "paren" | "bracket":
                return self._math(found, kind, value)
            case "loose" | "commands":
                return self._loose(value)
            case "url":
                return self._link(found)
            case "wiki":
                return self._wiki(found, value)
            case "src":
                return self._picture(found)
            case "auto":
                text = self._escaped(value)
                return f"[{text}]({value})" if _WEB.match(value) else text
            case "tag" | "attrs":
                return self._tag(found, found["tag"])
            case "bold" | "bold2":
                return self._wrapped("**", value, depth)
            case "em" | "em2":
                return self._wrapped("*", value, depth)
            case "mark":
                return self._mark(value, clozes, depth)
            case "strike":
                self._log.correct("strike-through dropped", f"~~{value}~~", self._lines)
                return self._inner(value, depth)
            case "comment":
                self._log.drop("comment", value.strip(), self._lines)
                return " "
        sign = html.unescape(value) if kind == "entity" else value
        # With the text beside it, it could form a mark.
        return f"\\{sign}" if sign in _MARKS_WITH_OTHERS else self._escaped(sign)

    def _picture(self, found: re.Match[str]) -> str:
        self._log.review(
            self._lines, "A picture stands within a line of text.",
            "Give it a paragraph of its own, with the picture's file in `figures/`.", found[0],
        )  # fmt: skip
        return self._escaped(f"{found['alt']} ({found['src']})")

    def _inner(self, text: str, depth: int) -> str:
        return self._convert(text, False, depth + 1) if depth < 4 else self._escaped(text)

    def _wrapped(self, mark: str, inner: str, depth: int) -> str:
        if depth >= 3 or (mark == "**" and depth) or (mark == "*" and depth > 1):
            return self._inner(inner, depth)
        made = self._convert(inner, False, depth + 1).strip()
        if not made or not any(c.isalnum() for c in made) or made[0] == "*" or made[-1] in "*\\":
            return made
        return f"{mark}{made}{mark}"

    def _mark(self, inner: str, clozes: bool, depth: int) -> str:
        if not clozes or depth:
            return self._wrapped("**", inner, depth)
        made = self._convert(inner, False, 4).strip()
        if not made or "=" in made or "`" in made:
            return made
        self._marks += 1
        return f"=={made}=={{.c{self._marks}}}"

    def _code(self, value: str) -> str:
        return _ticked(_NOT_ASCII.sub(lambda c: self._char(c[0]), value))

    def _math(self, found: re.Match[str], kind: str, value: str) -> str:
        inner = value.strip()
        if kind == "math" and not _is_math(value):
            return self._escaped("$") + self._convert(value, False, 4) + self._escaped("$")
        if not inner:
            return self._escaped(found[0])
        corrected = self._formulas.corrected(inner)
        if corrected is None:
            self._log.review(
                self._lines, "A formula that Anki and print do not both know.",
                "Write it with the commands that `aml-build help math` lists; it is shown as code until then.",
                found[0],
            )  # fmt: skip
            return self._code(inner) if "`" not in inner else self._escaped(inner)
        if corrected != inner and corrected.replace(" ", "") != inner.replace(" ", ""):
            self._log.correct("formula", f"{found[0]} → ${corrected}$", self._lines)
        return self._dollars(corrected)

    def _loose(self, value: str) -> str:
        corrected = self._formulas.corrected(value)
        if corrected is None:
            return self._escaped(value)
        self._log.correct("dollars put around loose math", f"{value} → ${corrected}$", self._lines)
        return self._dollars(corrected)

    def _dollars(self, tex: str) -> str:
        tex = tex.replace("\n", " ")
        if self._cell:
            tex = tex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
        return f"${tex.strip()}$"

    def _wiki(self, found: re.Match[str], value: str) -> str:
        target, _, shown = value.partition("|")
        if found["bang"]:
            self._log.review(
                self._lines, "Something is embedded within a line of text.",
                "Give it a paragraph of its own.", found[0],
            )  # fmt: skip
            return self._escaped(value)
        name = target.split("#")[-1].strip("^ ") or target
        names = (name, target, target.split("#")[0])
        link = next((known for n in names if (known := self._links.get(fold(n)))), None)
        if link is None:
            self._log.review(
                self._lines, f"The link `[[{target}]]` leads to nothing in these notes.",
                "Import the note that it leads to as well, or write the link's text alone.", found[0],
            )  # fmt: skip
            return self._escaped(shown.strip() or value)
        self._log.correct("link", f"[[{value}]] → #{link}", self._lines)
        text = self._escaped(shown.strip() or target.replace("#", " "))
        return f"[{text}](#{link})" if any(c.isalnum() for c in text) else text

    def _link(self, found: re.Match[str]) -> str:
        label, url = found["label"], found["url"]
        made = self._convert(label, False, 4).strip()
        if _WEB.match(url) and url.count("(") == url.count(")") and made:
            if any(c not in self._printable for c in url):
                return f"{made} ({self._escaped(url)})"
            return f"[{made}]({url})"
        link = self._links.get(fold(url.lstrip("#").replace("-", " "))) if url[:1] == "#" else None
        if link and made:
            return f"[{made}](#{link})"
        if url:
            self._log.review(
                self._lines, f"The link to `{url}` leads to no place on the web.",
                "Write `[text](#concept-id)` or a full address.", found[0],
            )  # fmt: skip
        return f"{made} ({self._escaped(url)})" if url else made

    def _tag(self, found: re.Match[str], name: str) -> str:
        lower = name.lower().lstrip("/")
        if lower not in _TAGS:
            return self._escaped(found[0])
        breaks = lower in ("br", "p", "div", "li", "hr")
        self._log.drop("HTML tag", f"<{name}>" if breaks else found[0], self._lines)
        return " " * breaks

    def plain(self, text: str, lines: tuple[int, ...]) -> str:
        """Return text for code: only characters that cannot be printed are replaced."""
        self._lines = lines
        return text if text.isascii() else _NOT_ASCII.sub(lambda c: self._char(c[0]), text)

    def _escaped(self, piece: str) -> str:
        if not piece or not _SPECIAL.search(piece):
            return piece
        if piece.isascii():
            return _escape(piece)
        return _escape(_NOT_ASCII.sub(lambda c: self._char(c[0]), piece))

    def _char(self, character: str) -> str:
        """Return a character that can be printed, or its replacement."""
        if character in self._printable:
            return character
        plain = unicodedata.normalize("NFKC", character)
        if plain != character and all(c in self._printable for c in plain):
            self._log.correct("character", f"{character} → {plain}", self._lines)
            return plain
        if unicodedata.combining(character) or not character.isprintable():
            code = f"{character} (U+{ord(character):04X})"
            self._log.drop("character that cannot be printed", code, self._lines)
            return " " if character.isspace() else ""
        name = f"[U+{ord(character):04X}]"
        self._log.correct(
            "character that print does not have", f"{character} → {name}", self._lines
        )
        return name


_PAIR = re.compile(
    r"<(b|strong|i|em|code|mark)>\s*([^<>*_`=\s](?:[^<>*_`=]{0,500}[^<>*_`=\s])?)\s*</\1>",
    re.IGNORECASE,
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "mark": "=="}
_TAGS = frozenset(
    "a abbr b big blockquote body br center cite code dd del details div dl dt em figcaption figure"
    " font footer h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd li mark nav ol p pre q s samp"
    " section small span strike strong style sub summary sup table tbody td tfoot th thead title"
    " tr tt u ul var".split()
)
_ESCAPED = re.compile(
    r"[\\`*{\[$~|]|<(?=[A-Za-z/!?])|==+|&(?=[A-Za-z#])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|!(?=\[)|#+\Z"
    r"|\^(?=[^\s^]+\^|\[)|(?<=\s)\^(?=[A-Za-z0-9-]+\Z)|%(?=%)|(?:(?<=\?)|(?<=\? )):(?=:)"
)


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda found: "".join(f"\\{c}" for c in found[0]), text)


_MARKS_WITH_OTHERS = ("^", "%", ":")
_MEETING = re.compile(r"==|&[A-Za-z#]|<[A-Za-z/!?]|!\[")
"""Last character of a piece and first of the next that would form a mark together."""


def _joined(pieces: Iterable[str]) -> str:
    """Join pieces; escape where two of them would form a mark."""
    made = [""]
    for piece in filter(None, pieces):
        before = made[-1]
        if _MEETING.match(before[-1:] + piece[0]):
            rest = before[:-1]
            if (len(rest) - len(rest.rstrip("\\"))) % 2 == 0:
                made[-1] = f"{rest}\\{before[-1]}"
        made.append(piece)
    return "".join(made)


def _needs_blank(piece: str, following: str) -> bool:
    if piece[-1] == "$":
        return following.isdigit() or following == "$"
    return following == piece[-1] or (
        following.isalnum() and not _EDGE.match(piece.rstrip("*_")[-1:])
    )


def _ticked(value: str) -> str:
    """Return a code span."""
    fence = code_fence(value, 1)
    pad = " " if value[:1] == "`" or value[-1:] == "`" else ""
    return f"{fence}{pad}{value}{pad}{fence}" if value.strip() else ""


def _is_math(value: str) -> bool:
    """Return whether text between dollars is a formula, not two prices."""
    if not value.strip():
        return False
    if len(loose_words(value)) > 2:
        return False
    if _MATHEMATICAL.search(value):
        return True
    if value[0].isdigit():
        return not re.search(r"[A-Za-z]{2,}|\s$", value)
    if value[0].isspace() or value[-1].isspace():
        return value[0].isspace() and value[-1].isspace() and len(value.strip()) <= 3
    return len(value.split()) <= 4 and len(value) < 60


def _atoms(text: str) -> Iterator[re.Match[str]]:
    """Yield marks, formulas and links; a cheap search finds where one may begin."""
    at = 0
    while candidate := _CANDIDATE.search(text, at):
        found = _ATOM.match(text, candidate.start())
        if found is not None:
            yield found
        at = found.end() if found else candidate.start() + 1
