r"""LaTeX outside dollars: ``\(…\)``, ``\[…\]``, environments and commands."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from aml_build.texmath import commands


class ForeignMark(NamedTuple):
    """A mark of another format in a text."""

    end: int
    """Offset right behind it."""
    message: str
    hint: str


_LIST = "Write a list with `- ` or `1. `"
_SOURCE = 'Write the source in brackets, or as `source="…"` on the heading of the concept'
_REMARK = "Write a remark with `> [!NOTE]`"
_PICTURE = "Write `![what it shows](figures/name.png)` as a paragraph of its own"


def _hints(rows: Mapping[str, str]) -> dict[str, str]:
    return {name: hint for names, hint in rows.items() for name in names.split()}


_COMMANDS = _hints(
    {
        "textbf bf": "Write `**…**`",
        "emph textit it textsl textsc underline uline": "Write `*…*`",
        "texttt tt verb lstinline mintinline": "Write code in backticks",
        "ref eqref cref Cref autoref nameref pageref vref": "Write `[text](#concept-id)`",
        "label": "Write `{#id}` behind the construct",
        "cite citep citet citealp parencite textcite autocite footcite nocite": _SOURCE,
        "footnote footnotemark footnotetext": f"Write the note in brackets. {_REMARK}, if it is long",
        "url href": "Write `[text](https://…)`",
        "item": _LIST,
        "includegraphics": _PICTURE,
        "chapter section subsection subsubsection paragraph": "Write `## Term` or `### Question?`",
        "newpage pagebreak clearpage linebreak noindent hspace vspace bigskip medskip smallskip"
        " centering hfill": "Delete it",
        "textcolor": "Write `**…**`",
        "LaTeX TeX textbackslash textasciitilde textdollar textdegree": "Write the characters",
    }
)
_ENVIRONMENTS = _hints(
    {
        "itemize enumerate description": _LIST,
        "tabular tabularx table longtable": "Write a table with `|` between its cells",
        "figure tikzpicture": _PICTURE,
        "verbatim lstlisting minted alltt": "Write code between lines of three backticks",
        "center flushleft flushright document": "Delete it",
        "theorem lemma definition corollary proposition example": "Write `## Term` and a paragraph",
        "proof remark quote quotation note": _REMARK,
        "equation math displaymath": "Write `$$ … $$` on lines of its own",
        "align eqnarray multline alignat flalign": r"Write `$$ \begin{aligned} … \end{aligned} $$`",
        "gather": r"Write `$$ \begin{gathered} … \end{gathered} $$`",
    }
)
_KNOWN = frozenset(name[1:] for name in commands.names()) | _COMMANDS.keys()
_LITERAL = r"; a backslash of the text is written `\\`."

_PARENTHESES = re.compile(r"\\\([\s\S]*?\\\)")
_BRACKETS = re.compile(r"\\\[([\s\S]*?)\\\]")
_IN_FORMULA = re.compile(r"\\[A-Za-z]|[\^_=<>+{}]")
_ESCAPED = re.compile(r"\\[^A-Za-z]")
_WORD = re.compile(r"[^\W\d_]{2,}")
BEGIN = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_SPACE = re.compile(r"\\[,;](?=[\w%‰°€$£\\(])|\\ (?=\S)")
"""A space of LaTeX: Markdown shows a comma, a semicolon or a backslash."""
_BEFORE_SPACE = re.compile(r"[\w.,)$]\Z")
_NAME = re.compile(r"\\([A-Za-z]{2,})")
_COMMAND = (
    r"\\[A-Za-z]{2,}\*?(?:\[[^\[\]\n]*\])?(?:\{[^{}\n]*\})*(?:[\^_](?:\{[^{}\n]*\}|[A-Za-z0-9]))*"
)
_RUN = re.compile(
    rf"{_COMMAND}(?:(?:[^\w\\$`\n]|(?<![^\W\d_])[^\W\d_](?![^\W\d_])|[\d_])*{_COMMAND})*"
)
"""Commands with nothing but signs and single letters between them: one formula."""


def latex_at(src: str, pos: int, end: int) -> ForeignMark | None:
    """Return the LaTeX that begins at a backslash; a character that Markdown escapes is none."""
    if found := _PARENTHESES.match(src, pos, end):
        return ForeignMark(
            found.end(), r"`\(` and `\)` make no math here.", f"Write `$…$`{_LITERAL}"
        )
    if found := _BRACKETS.match(src, pos, end):
        return _brackets(src, found, end)
    if found := BEGIN.match(src, pos, end):
        return _environment(src, found, end)
    found = _SPACE.match(src, pos, end)
    if found and _BEFORE_SPACE.search(src[max(0, pos - 1) : pos]):
        hint = "Write a space, or a no-break space (U+00A0)"
        return ForeignMark(found.end(), f"`{found[0]}` is no space here.", hint + _LITERAL)
    found = _NAME.match(src, pos, end)
    # No path of Windows, such as `C:\times`.
    if found is None or (pos and (src[pos - 1].isalnum() or src[pos - 1] in ":/_")):
        return None
    if found[1] not in _KNOWN and not src.startswith("{", found.end(), end):
        return None
    run = _RUN.match(src, pos, end)
    assert run is not None
    formula = f"${run[0]}$" if len(run[0]) <= 30 and "\n" not in run[0] else "$…$"
    return ForeignMark(
        run.end(),
        f"`{found[0]}` is LaTeX, which is read between dollars only.",
        _COMMANDS.get(found[1], f"Write `{formula}`") + _LITERAL,
    )


def _brackets(src: str, found: re.Match[str], end: int) -> ForeignMark | None:
    r"""Return a formula between brackets; ``\[sic\]`` are words in escaped brackets."""
    inside = _ESCAPED.sub("", found[1])
    alone = not src[: found.start()].strip() and not src[found.end() : end].strip(" \n.,;")
    if not _IN_FORMULA.search(inside) and (not alone or _WORD.search(inside)):
        return None
    return ForeignMark(
        found.end(),
        r"`\[` and `\]` make no math here.",
        f"Write `$$ … $$` on lines of its own{_LITERAL}",
    )


def _environment(src: str, begin: re.Match[str], end: int) -> ForeignMark:
    closing = f"\\end{{{begin[1]}}}"
    at = src.find(closing, begin.end(), end)
    name = begin[1].rstrip("*")
    hint = _ENVIRONMENTS.get(name, rf"Write `$$ \begin{{{name}}} … \end{{{name}}} $$`")
    return ForeignMark(
        at + len(closing) if at >= 0 else begin.end(),
        f"`{begin[0]}` is LaTeX, which is read between dollars only.",
        hint + _LITERAL,
    )
