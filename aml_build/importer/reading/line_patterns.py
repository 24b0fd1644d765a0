"""Patterns of lines in notes."""

import re
from collections.abc import Iterable

LESSON_WORDS = {
    "lesson": "en", "lecture": "en", "week": "en", "chapter": "en", "unit": "en", "module": "en",
    "session": "en", "part": "en", "class": "en",
    "lezione": "it", "capitolo": "it", "settimana": "it", "unità": "it", "parte": "it",
    "vorlesung": "de", "kapitel": "de", "woche": "de", "lektion": "de",
    "leçon": "fr", "cours": "fr", "chapitre": "fr", "semaine": "fr",
    "lección": "es", "capítulo": "es", "semana": "es", "unidad": "es", "clase": "es",
    "aula": "pt", "lição": "pt",
}  # fmt: skip
"""Words for a lesson, with their language."""

LESSON = re.compile(
    rf"\W{{0,3}}({'|'.join(LESSON_WORDS)})\s+(?:n[.°º]\s*)?(\d{{1,4}}|[ivxlc]{{1,7}})\b\W{{0,3}}?"
    r"(?:\s*([:.–—|-])\s*(.*?)|\s+(\(.*\))|)\W{0,3}",
    re.IGNORECASE,
)
TITLED = re.compile(
    rf"\W{{0,3}}({'|'.join(LESSON_WORDS)})\s*[:–—-]\s*(\S.*?)\W{{0,3}}", re.IGNORECASE
)
HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+|(?=[^\s#!]))(.*?)\s*#*\s*$")
SETEXT = re.compile(r" {0,3}(=+|-{2,})\s*$")
NUMBERED = re.compile(r"(\s*)(\d{1,4})[.)](?:\s+(.*)|$)")
BULLET = re.compile(r"(\s*)(?:[-*+•‣◦▪●·]|[–—](?=\s))(?:\s+(.*)|$)")
RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*([^`]*)$")
IMAGE = re.compile(
    r"\s*!\[([^\]]*)\]\(\s*<?([^)>]*?)>?(?:\s+[\"'(](.*?)[\"')])?\s*\)(?:\{[^}]*\})?\s*$"
)
EMBED = re.compile(r"\s*!\[\[([^\]|]+)(?:\|([^\]]*))?\]\]\s*$")
HTML_IMAGE = re.compile(
    r"\s*(?:<(?:p|div|center|figure|a)\b[^>]*>\s*)*<img\b([^>]*)>\s*(?:</(?:p|div|center|figure|a)>\s*)*$",
    re.I,
)
TAGS = re.compile(r"<[^<>]*>")
INNER_IMAGE = re.compile(
    r"<img\b[^<>]*>|!\[\[[^\[\]]+\]\]|!\[[^\[\]]*\]\([^()\s]+(?:\s+\"[^\"]*\")?\)", re.IGNORECASE
)
ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
TABLE_LINE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
QUESTION = re.compile(
    r"\s*(?:[-*+]\s+)?(?:\*\*|__)?(?:Q(?:uestion)?|Domanda|D|Frage|F|Pregunta|P)\s*\.?\s*(\d{0,4})\s*"
    r"(?:[.):]\s*(?:\*\*|__)?|(?:\*\*|__)\s*[.):])\s*(\S.*)$"
)
ANSWER = re.compile(
    r"\s*(?:[-*+]\s+)?(?:\*\*|__)?(?:A(?:nswer)?|Risposta|R|Antwort|Respuesta)\s*\.?\s*(\d{0,4})\s*"
    r"(?:[.):]\s*(?:\*\*|__)?|(?:\*\*|__)\s*[.):])\s*(\S.*)?$"
)
QUOTE = re.compile(r"\s{0,3}>\s?(.*)$")
CALLOUT = re.compile(r"\s*\[!(\w+)\][+-]?\s*(.*)$")
ENVIRONMENT = re.compile(
    r"\s*\\begin\{(equation|align|gather|displaymath|eqnarray|multline|aligned|cases)\*?\}"
)
PAGE = re.compile(
    r"\s*(?:page|pag\.?|pagina|seite|p\.)?\s*[-–—]?\s*\d{1,4}\s*(?:[-–—]|/\s*\d{1,4}|of\s+\d{1,4})?\s*$",
    re.I,
)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def number(text: str) -> int:
    """Return the value of a number in digits or Roman letters."""
    if text.isdecimal():
        return int(text)
    values = [ROMAN[c] for c in text.lower()]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))


def outside_code(lines: Iterable[str]) -> list[bool]:
    """Return for each line whether it is outside of code; a closing fence is."""
    outside, made = True, []
    for line in lines:
        outside ^= re.match(r"\s*(```|~~~)", line) is not None
        made.append(outside)
    return made
