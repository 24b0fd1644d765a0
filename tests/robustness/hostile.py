"""Inputs of any length that a careless parser takes quadratic time for, or worse: by name, a function of n."""

from collections.abc import Callable

from tests.mistakes import HEAD, SMALL

Grow = Callable[[int], str]

_BODY = "## A {#a}\n\nIs a.\n\n"
_COURSE = "id: a\ntitle: b\nmacros: {\\R: '\\mathbb{R}', \\norm: ['\\lVert #1\\rVert', 1]}\n"


def _letters(number: int) -> str:
    """Return a word of three letters, another for each number."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(3))


def _each(count: int, text: str) -> str:
    """Return the text so often, each time with another number and another word in it."""
    return "".join(text.replace("@", str(i)).replace("~", _letters(i)) for i in range(count))


#: Repeated below a definition: what opens and is never closed, what nests, what comes very often.
_REPEATED = (
    "{", "{#a ", '{a="', "{#a} ", "$", "$a ", "a $ ", "$= ", "$1 ", "$x$1", "a $$ ", "a $$b", "$$\n\n", "$$ a $$\n\n",
    "==", "==a ", " ==a", "==$a", "==`a", "==a== ", "==a=={.c1} ", "==$a$ `b` c ", "*", "*a ", "*a*b", "** *", "*a **b ", "*__a ", "_*", "a__b__", "**a _b", "a_",
    "a***b", "` `` ", "[", "[a](", "[a](<b", '[a](b "', "![a](", "![", "[a](#b) ", "[a]: b\n", "[a] ", "[a][", "[](#a)", "](", "[[a] ", "[a]: <", '[a]: b "\n',
    "<", "<a ", "<a b='", "x <!--", "<!-- a\n\n", "<!-- a -->\n", "<!-- a -->", "x <?", "x <!A", "x <![CDATA[", "&",
    "&a", "&#1", "&amp;", "&#x1F3B2;", "\\", "\\\n", "> ", "> a\n\n", "> > a\n", "> - ", "- > ", "- - a\n", "1. - ", "> [!NOTE]\n> ", "> [!NOTE]\n> > ", ">", "> a\n", "- ", "1. ", "- a\n", "- **a**: b\n", "1. a\n", "-\n\n",
    "|", "a|b\n", "a\n---\n", "---\n", "```\n", "~~~ a\n", "### A?\n\nb\n\n", "#", "# a\n", " ", "\t", "\n", " \n", "a\n",
    "a  \n", "\x0b\n", "\u2028", "\x00", "\u0301\u0327", "a", "\u202e\u05d0", "🎲", "> [!WARNING]\n> a\n>\n> b\n\n",
    "![a](figures/a.tex)\n\n", "$\\alhpa$ ",
)  # fmt: skip
#: Repeated within a formula.
_FORMULA = (
    "{", "{a}", "^a", "\\frac", "\\frac{a}", "\\sqrt[a", "\\left(", "\\begin{matrix}", "\\end{matrix}", "\\alhpa ", "&",
    "#", "'", "\\text{a", "\\R^", "\\R", "\\norm{", "\\norm", "\\\\", "\\ ", " ", "\\not", "\\big", "\\overset",
)  # fmt: skip
#: Repeated in a figure's file.
_FIGURE = (
    "{", "\\begin{tikzpicture}", "\\begin{scope}[a", "\\begin{scope}[scale=1]", " scale=1 ", " scale", "plot [",
    "plot ", "plot", "mask={1}{a}", "mask={", "mask ", "%", "\\", "^^", "\\begin", "\\begin{", "\\foo ", "\\addplot + ",
)  # fmt: skip
#: Repeated in ``course.yaml`` and in front matter.
_YAML = (
    "[",
    "{",
    "a: ",
    "- ",
    "a: 1\n",
    "? ",
    "#",
    "!a ",
    "&a ",
    "*a ",
    "'",
    '"',
    "|\n",
    "9",
    "k: [",
    "%",
    "\t",
)

LESSONS: dict[str, Grow] = {
    **{f"{unit!r} again and again": lambda n, unit=unit: _BODY + unit * n for unit in _REPEATED},
    **{f"math {unit!r}": lambda n, unit=unit: f"{_BODY}$a{unit * n}b$\n" for unit in _FORMULA},
    **{
        f"display {unit!r}": lambda n, unit=unit: f"{_BODY}$$\n{unit * n}\n$$\n"
        for unit in _FORMULA
    },
    "definitions of links": lambda n: _BODY + _each(n, "[~@]: #a\n"),
    "definitions and their uses": lambda n: (
        _BODY + _each(n, "[~@]: #a\n") + "\n" + _each(n, "[~@] ")
    ),
    "one definition used often": lambda n: _BODY + "[b]: #a\n\n" + "[b] [x][b] " * n,
    "emphasis in emphasis": lambda n: _BODY + "*" * n + "a" + "*" * n,
    "emphasis that overlaps": lambda n: _BODY + "*a _b " * n + "c* d_ " * n,
    "quotations in quotations": lambda n: (
        _BODY + "".join("> " * i + "a\n" for i in range(min(n, 300)))
    ),
    "quotations that go on lazily": lambda n: _BODY + "> a\n" + "b\n" * n,
    "items that go on lazily": lambda n: _BODY + "- a\nb\n" * n,
    "items far to the right": lambda n: _BODY + "- a\n" + (" " * 40 + "- b\n") * n,
    "numbers of items": lambda n: _BODY + _each(n, "@. a\n"),
    "steps": lambda n: _BODY + "{#all}\n" + _each(n, "1. a {#b@}\n"),
    "members": lambda n: _BODY + "{#all}\n" + _each(n, "- **~**: a {#b@}\n"),
    "rows": lambda n: _BODY + "{#all}\n| | a | b |\n|-|-|-|\n" + _each(n, "| ~ {#b@} | c | d |\n"),
    "gaps": lambda n: _BODY + _each(n, "==~=={.c@} ") + "{#b}\n",
    "gaps of one card": lambda n: _BODY + "==a=={.c1} " * n + "{#b}\n",
    "formulas": lambda n: _BODY + _each(n, "$$ a_{@} $$ {#b@ name=~}\n\n"),
    "a long legend": lambda n: _BODY + "$$ a $$ {#b}\n\n" + _each(n, "- $a_{@}$: ~\n"),
    "pitfalls": lambda n: _BODY + _each(n, "> [!WARNING]\n> ~ {#b@}\n>\n> a\n\n"),
    "links to each other": lambda n: _each(n, "## A {#a@}\n\nIs [](#a0) and [](#a@).\n\n"),
    "one long word": lambda n: _BODY + "a" * n + " " + "b" * n,
    "brackets in brackets": lambda n: _BODY + "[" * n + "]" * n,
    "links in links": lambda n: _BODY + "[" * n + "](a)" * n,
    "images in images": lambda n: _BODY + "![" * n + "](a)" * n,
    "long attributes": lambda n: _BODY + "{#a " + "a b " * n + "}",
    "many attributes": lambda n: _BODY + "{" + "a=b " * n + "}",
    "backslashes in quotes": lambda n: _BODY + '{a="' + "\\" * n,
    "doubled keys": lambda n: "## A {#a" + " see=b" * n + "}\n\nIs a.\n",
    "ever more backticks": lambda n: _BODY + _each(min(n, 300), "a`" * 40),
    "blanks after a comment": lambda n: _BODY + "<!-- a -->" + " " * n + "x",
    "ends of comments": lambda n: _BODY + "<!--" + "-->" * n + "x",
    "lists in lists": lambda n: _BODY + "".join("  " * i + "- a\n" for i in range(min(n, 500))),
    "a long table": lambda n: _BODY + "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * n,
    "a wide table": lambda n: _BODY + "|" + "a|" * n + "\n|" + "-|" * n + "\n|" + "b|" * n,
    "short rows": lambda n: _BODY + "|" + "a|" * 20 + "\n|" + "-|" * 20 + "\n" + "|b\n" * n,
    "escaped bars": lambda n: _BODY + "|a|b|\n|-|-|\n|" + "\\|" * n + "|c|\n",
    "dashes that end badly": lambda n: _BODY + "a|\n|" + " -" * n + "x\n",
    "one concept again and again": lambda n: "## A {#a}\n\nIs.\n\n" * n,
    "braces without a hash": lambda n: _each(n, "## A {a@}\n\nIs.\n\n"),
    "braces without an end": lambda n: _each(n, "## A {#a@\n\nIs.\n\n"),
    "braces twice": lambda n: _each(n, "## A {#a@} {.formula}\n\nIs.\n\n"),
    "concepts of level 3": lambda n: _each(n, "### A {#a@}\n\nIs.\n\n- **~**: a {#b}\n\n"),
    "hashes without a space": lambda n: _each(n, "##A {#a@}\nIs.\n\n"),
    "quotes of another kind": lambda n: _BODY + "{#a" + " a='1 b" * n + "}",
    "values without quotes": lambda n: _BODY + "$$ a $$ {#b name=a" + " ~" * n + "}",
    "alerts that are none": lambda n: _BODY + _each(n, "> [!~]\n> a\n\n"),
    "tables without dashes": lambda n: _BODY + "|a|\n|b|\n\n" * n,
    "pictures with a space": lambda n: _BODY + "![a](b c.png)\n\n" * n,
    "links with a space": lambda n: _BODY + "[a](b/c d) " * n,
    "concepts": lambda n: _each(n, "## A {#a@}\n\nIs.\n\n"),
    "names that are nearly right": lambda n: _each(n, "## A {#abc@ see=abd@}\n\nIs.\n\n"),
    "one former id": lambda n: _each(n, "## A {#a@ was=b}\n\nIs.\n\n"),
    "a chain of needs": lambda n: _each(n, "## A {#a@ needs=a@1}\n\nIs.\n\n"),
    "a ring of needs": lambda n: _each(n, "## A {#a@ needs=a0}\n\nIs.\n\n"),
    "unknown attributes": lambda n: _each(n, "## A@ {~=x}\n\nIs.\n\n"),
    "unknown commands": lambda n: _BODY + _each(n // 20, "$\\al~x$ "),
    "missing pictures": lambda n: _BODY + _each(n // 4, "![a](figures/b@.tex)\n\n"),
    "hashes behind a heading": lambda n: "## a " + "#" * n + " b\n",
    "blanks in a heading": lambda n: "## a " + " " * n + " b\n",
    "a long alert": lambda n: _BODY + "> [!" + "A" * n + "\n",
    "a title that never ends": lambda n: _BODY + "![a](figures/a.tex" + " " * n + '"b"c)\n\n',
    "macros in macros": lambda n: f"{_BODY}$" + "\\norm{" * n + "a" + "}" * n + "$",
    "many short answers": lambda n: _BODY + _each(n, "### What is @?\n\nIt is @.\n\n"),
}
SETTINGS: dict[str, Grow] = {
    **{f"{unit!r} again and again": lambda n, unit=unit: unit * n for unit in _YAML},
    "anchors": lambda n: "a:\n" + _each(n, "- &b@ c\n- *b@\n"),
    "one anchor used often": lambda n: "a: &b [c]\nd: [" + "*b, " * n + "]\n",
    "merges": lambda n: "a: &b {c: d}\n" + _each(n, "e@: {<<: *b}\n"),
    "escapes": lambda n: 'title: "' + "\\ud83d" * n + '"\n',
    "keys": lambda n: _each(n, "k@: 1\n"),
    "deeper and deeper": lambda n: "".join(" " * i + "a:\n" for i in range(min(n, 900))),
    "aliases of aliases": lambda n: (
        "a: &a0 [x]\n" + "".join(f"b{i}: &a{i + 1} [{f'*a{i}, ' * 9}]\n" for i in range(min(n, 40)))
    ),
    "a long text": lambda n: "title: " + "b " * n,
    "macros": lambda n: "macros:\n" + _each(n // 4, "  \\m~: x\n"),
    "macros that grow": lambda n: (
        "macros:\n  \\za: xxxxxxxxxx\n"
        + "".join(
            f"  \\z{chr(98 + i)}: '" + f"\\z{chr(97 + i)}" * 10 + "'\n" for i in range(min(n, 24))
        )
    ),
    "a macro of braces": lambda n: "macros:\n  \\a: '" + "{" * n + "'\n",
    "a macro of parameters": lambda n: "macros:\n  \\a: ['" + "#1" * n + "', 1]\n",
    "a macro of many arguments": lambda n: "macros:\n  \\a: [x, " + "9" * n + "]\n",
    "pages": lambda n: "sheet: {pages: " + "9" * n + "}\n",
    "retired": lambda n: "retired: [" + _each(n, "a@, ") + "]\n",
    "checks": lambda n: "checks:\n" + _each(n // 4, "  long-~: off\n"),
}
FIGURES: dict[str, Grow] = {
    **{f"{unit!r} again and again": lambda n, unit=unit: unit * n for unit in _FIGURE},
    **{
        f"{unit!r} in a picture": lambda n, unit=unit: (
            f"\\begin{{tikzpicture}}[{unit * n}]\\end{{tikzpicture}}\n"
        )
        for unit in _FIGURE
    },
    "blanks after plot": lambda n: ("plot" + " " * 50 + "+" + " " * 50) * (n // 20),
    "blanks after a mask": lambda n: "mask={1}" + " " * n,
    "labels": lambda n: (
        "\\begin{tikzpicture}\n" + _each(n, "\\node[mask={@}{~@}] {};\n") + "\\end{tikzpicture}\n"
    ),
    "scopes in scopes": lambda n: "\\begin{scope}[scale=2]" * n + "\\end{scope}" * n,
}


def lesson(name: str, size: int) -> dict[str, str]:
    return SMALL | {"course.yaml": _COURSE, "01.md": HEAD + LESSONS[name](size)}


def settings(name: str, size: int) -> dict[str, str]:
    text = SETTINGS[name](size)
    return SMALL | {
        "course.yaml": f"id: a\ntitle: b\n{text}",
        "02.md": f"---\nlesson: 2\ntitle: x\n{text}\n---\n## A {{#aa}}\n\nIs a $\\za\\zx$.\n",
    }


def figure(name: str, size: int) -> dict[str, str]:
    text = f"{HEAD}{_BODY}![x](figures/a.tex){{#f}}\n"
    return SMALL | {"01.md": text, "figures/a.tex": FIGURES[name](size)}
