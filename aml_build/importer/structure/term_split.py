"""The split of a text into its term and the rest."""

import re
from functools import lru_cache
from typing import NamedTuple

_ARTICLE = r"(?:(?:the|an?|il|lo|la|i|gli|le|un|una|l'|der|die|das|ein|eine|les?|une)\s+)?"
_BOLD = re.compile(
    rf"(?P<article>{_ARTICLE})(?:\*\*|__)(?P<term>(?=\S)(?:[^*_]|[*_](?![*_]))+?)(?:\*\*|__)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MARKED = re.compile(rf"{_ARTICLE}(?:\*\*|__)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[:.–—]\s*|\s+-\s+")
_COPULA = re.compile(r"\s*(is|are|è|sono|ist|sind|est|sont|es|son)\s+(?=\S)", re.IGNORECASE)
# These words continue the term: no sentence begins with them.
_JOINED = re.compile(
    r"\s*(?:of|for|in|on|with|from|to|by|and|or|at|per|over|under|than|as|an?|the|this|these|that|which|who|all|each|every|some|any|di|del|per|con|e|von|und|de|et"
    r"|(?:is|are)\s+(?:that|what|when|where|because|if|not|also|often|usually))\b",
    re.IGNORECASE,
)
_COLON = re.compile(r"((?:[^:$`.]|\.(?=\S)){2,80}?)\s*:\s+(\S.*)", re.DOTALL)
_SUBJECT = re.compile(
    r"((?:\S+\s+){0,6}?\S+)\s+(?:is|are|è|sono|ist|sind|est|sont|means|denotes|refers)\s",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:how|why|what|when|which|who|where|whose|does|do|can|should|come|perch[eé]|cosa|che cosa"
    r"|quando|quale|quali|chi|dove|wie|warum|was|wann|welche\w*|wer|wo|comment|pourquoi|quand|quel\w*"
    r"|qu['’]est|cómo|por qué|qué|cuándo|cuál\w*)\b",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\bvs?\.?\s|\bversus\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])(?:[\"'”’)]|\*\*)?\s+(?=[A-ZÀ-Þ0-9*$“\"(\\])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|es|cf|fig|eq|sec|resp|approx|ca|no|dr|prof|st|al|incl|ad|z\.b|d\.h|p\.es|b\.c)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
_MATH = re.compile(r"\$[^$]*\$|`[^`]*`")


class Opening(NamedTuple):
    """A text that begins with a term."""

    term: str
    rest: str
    dropped: str
    """Words without a place beside the term: an article, a copula."""
    confidence: float


def fold(term: str) -> str:
    """Return a term so that two ways to write it are equal."""
    return " ".join(re.findall(r"\w+", term.casefold()))


@lru_cache(maxsize=1024)
def bold_opening(text: str) -> Opening | None:
    """Split a text that begins with a bold term."""
    if not text.startswith(("**", "__")) and not _MARKED.match(text):
        return None
    found = _BOLD.match(text)
    if found is None:
        return None
    term = found["term"].strip()
    rest = found["rest"]
    if not any(c.isalnum() for c in term):
        return None
    article = found["article"].strip()
    if (again := re.match(r"\s*(\([^()]{1,60}\))(?=\s|:|$)", rest)) and not _SEPARATOR.match(rest):
        # "**Term** (TLA) is …": the abbreviation belongs to the term.
        term, rest = f"{term} {again[1]}", rest[again.end() :]
    if term[-1] in ":.":
        return Opening(term[:-1].rstrip(), _upper(rest.strip()), article, 1.0)
    if separator := _SEPARATOR.match(rest):
        rest, dropped = _without_copula(rest[separator.end() :])
        return Opening(term, _upper(rest), _words(article, dropped), 1.0)
    if (
        rest.lstrip().startswith((",", ";"))
        or (rest and not rest[0].isspace())
        or _JOINED.match(rest)
    ):
        return Opening(term, text.strip(), "", 0.8)
    body, dropped = _without_copula(rest)
    return Opening(term, _upper(body.strip()), _words(article, dropped), 0.95)


def bold_rest(text: str) -> str:
    """Return the unchanged text after the bold term at the beginning."""
    found = _BOLD.match(text)
    return found["rest"].strip() if found else text


def opening(text: str) -> Opening:
    """Split the text of a numbered item into its term and the rest."""
    text = text.strip()
    if bold := bold_opening(text):
        return bold
    first, _, below = text.partition("\n")
    first = first.strip()
    plain = len(first.split()) <= 14 and len(first) <= 110
    if asks(first) and plain:
        return Opening(first, below.strip(), "", 0.9)
    if colon := _COLON.match(text):
        term = colon[1].strip(" *_")
        if len(term.split()) <= 8 and any(c.isalnum() for c in term):
            return Opening(term, colon[2].strip(), "", 0.85)
    if plain and first[-1:] not in ".;,":
        return Opening(_unmarked(first).rstrip(": "), below.strip(), "", 0.9)
    if named := _SUBJECT.match(_unmarked(text)):
        return Opening(re.sub(r"^(?:the|an?)\s+", "", named[1], flags=re.I), text, "", 0.6)
    words = _unmarked(_MATH.sub(" ", text)).split()
    if not words:
        return Opening(text[:60], text, "", 0.2)
    return Opening(" ".join(words[:6]).rstrip(".,;:") or words[0], text, "", 0.3)


def asks(text: str) -> bool:
    """Return whether a heading is a question."""
    text = text.strip().rstrip("*_ ")
    return text.endswith("?") or bool(_ASKING.match(text) and len(text.split()) > 3)


def compares(text: str) -> bool:
    """Return whether a heading compares two things."""
    return bool(_VERSUS.search(text))


def question_of(term: str) -> tuple[str, float]:
    """Return the question that a heading asks, with a confidence from 0 to 1."""
    term = _unmarked(term).strip().rstrip(":;,. ")
    if term.endswith("?"):
        return term, 1.0
    if _ASKING.match(term):
        return f"{term}?", 0.9
    parts = [part.strip() for part in re.split(r"\s+(?:vs?\.?|versus)\s+", term, flags=re.I)]
    if len(parts) == 2 and all(parts):
        return f"What distinguishes {parts[0]} from {parts[1]}?", 0.8
    if described := re.match(r"(?:describe|explain|define)\s+(.+)", term, re.I | re.S):
        return f"{term}: what is {described[1]}?", 0.6
    if "," in term or len(term.split()) > 7:
        return f"{term}?", 0.5
    return f"What is {term}?", 0.7


def first_sentence(text: str) -> tuple[str, str]:
    """Split a text after its first sentence of at least five words."""
    hidden = _MATH.sub(lambda found: "\0" * len(found[0]), text)
    for end in _SENTENCE.finditer(hidden):
        head = text[: end.start()].rstrip()
        if hidden.count("(", 0, end.start()) > hidden.count(")", 0, end.start()):
            continue
        if hidden.count("**", 0, end.start()) % 2 or _ABBREVIATION.search(
            hidden[: end.start()][-12:]
        ):
            continue
        if len(head.split()) >= 5:
            return text[: end.start()].strip(), text[end.start() :].strip()
    return text.strip(), ""


def _without_copula(rest: str) -> tuple[str, str]:
    found = _COPULA.match(rest)
    return (rest[found.end() :], found[1]) if found else (rest, "")


def _upper(text: str) -> str:
    if text[:1].islower() and text[:2].isalpha():
        return text[0].upper() + text[1:]
    return text if not re.match(r"[a-zà-ÿ]\s", text) else text[0].upper() + text[1:]


def _words(*words: str) -> str:
    return " ".join(word for word in words if word)


def _unmarked(text: str) -> str:
    return re.sub(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|==", "", text)
