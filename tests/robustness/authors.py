"""What authors do type: whole notes of every construct in any order and depth, and settings of every key."""

from collections.abc import Iterator
from itertools import count

from hypothesis import strategies as st

from aml_build.model import BookletOptions, ConceptKind, SheetOptions
from aml_build.parse import lesson
from aml_build.parse.yaml import course_settings as settings
from tests.texmath.formulas import every_command

# fmt: off
WORDS = [
    "loss", "is small", "the *prior*", "naïve", "a **bold** word", "`co|de`", "[there](#last)", "[](#last)", "[b][c]",
    "[web](https://example.org/a?b=c&d)", "<https://example.org>", "AT&amp;T", "\\*", "\\$5", "1 < 2", "“quoted”",
    "a\\\nb", "a\nb", "100 %", "C#", "snake_case", "x^2", "C:\\dir", "~", "a*b", "**", "_", "1/2", "=", "a == b", "$x$", "$\\R$", "&", "a_b_c", "'", "...", "--", "l'été", "x" * 40, "word " * 60, "\\{a\\}", "!", "[",
]
#: Written behind ``key:`` where something else is expected.
ODD = [
    "", "null", "~", "[]", "{}", "[1, 2]", "[[a]]", "{a: b}", "- a", "2001-01-01", "2001-01-01 10:00:00", "1e400", "9" * 400,
    "-1", "0x10", "0o7", "1_000", ".inf", ".nan", "1.5", "yes", "off", "!!binary aGk=", "!!python/name:os.system", "!!set {a}",
    "&x [*x]", "&x {a: *x}", "*nowhere", "&a a", "'two\n\n lines'", "|\n  block", ">-\n  folded\n  text", '"\\ud83d"',
    '"\\0"', "'a: b'", "a # b", "\\frac", "$x$", "<b>&amp;", "é", "中文", "\u202eabc", "x" * 3000, "a/b", "../..", "%s {0}", "1:30",
]
#: What is right for each key.
SOUND = {
    "id": ["a", "solar-2"], "title": ["A course", "'$x$ & <b> #1 %'", "中"], "language": ["en", "pt-BR"],
    "authors": ["[A, B]", "One"], "licence": ["CC BY-SA 4.0", ""], "description": [">-\n  Many\n  words.", "a & b_c"],
    "report_url": ["https://example.org/new?title={concept}", '""', "mailto:a@b.c"],
    "macros": ["{\\R: '\\mathbb{R}', \\norm: ['\\lVert #1\\rVert', 1], \\two: ['#2#1', 2]}", "{\\R: x, \\norm: ['\\R #1', 1]}"],
    "checks": ["{long-answer: off}", "{similar-fronts: no, yes-no-question: on}"], "retired": ["[c9, c0/definition]", "x"],
    "sheet": ["{paper: a4, orientation: portrait, pages: 3, columns: 2, min_size: 4, max_size: 12.5}", "{columns: 10, pages: 1}"],
    "booklet": ["{paper: a4, write_lines: 3}", "{}"],
    "lesson": ["1", "9999"], "label": ["General notes", "''"],
}
# fmt: on
FORMULAS = [formula for _, formula in every_command()]

seldom = st.sampled_from([*[False] * 9, True])
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
_ATOMS = st.sampled_from(["x", "2", "+", "\\R", ",", "'", "\\,", "="])


@st.composite
def _atom(draw: st.DrawFn) -> str:
    """Return a small formula; the statistics name the function and not all its commands."""
    return draw(st.one_of(_ATOMS, st.sampled_from(FORMULAS)))


formulas = st.recursive(
    _atom(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(" ".join),
        *(
            inner.map(lambda tex, form=form: form.replace("@", tex))
            for form in (
                "{@}", "x^{@}", "x_{@}^{2}", "\\frac{@}{2}", "\\sqrt[3]{@}", "\\left(@\\right)", "\\norm{@}", "\\hat{@}",
                "\\begin{cases}@ & a\\\\ b & @\\end{cases}", "\\text{if }@", "\\underbrace{@}_{@}", "\\sum_{@}^{n}",
            )
        ),
    ),
    max_leaves=6,
)  # fmt: skip


def _indented(text: str, by: str) -> str:
    """Return the text as the inside of an item or a quotation."""
    return "\n".join(by + line if line else by.rstrip() for line in text.split("\n"))


def _cell(text: str) -> str:
    return text.replace("\\\n", " ").replace("\n", " ").replace("|", "")


def _item(mark: str, text: str) -> str:
    return mark + _indented(text, " " * len(mark)).lstrip()


def _listed(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    mark = st.sampled_from(["- ", "* ", "1. ", "7. ", "-   "])
    item = st.tuples(words, st.lists(blocks, max_size=2)).map(
        lambda parts: "\n\n".join((parts[0], *parts[1]))
    )
    return st.builds(
        lambda mark, items, plain: plain + "\n".join(_item(mark, text) for text in items),
        mark,
        st.lists(item, min_size=1, max_size=4),
        st.sampled_from(["", *["{.plain}\n"] * 9]),
    )  # fmt: skip


def _quoted(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda kind, parts: _indented(f"[!{kind}]\n" + "\n\n".join(parts), "> "),
        st.sampled_from(["NOTE", "TIP", "IMPORTANT"]),
        st.lists(blocks, min_size=1, max_size=2),
    )


_EXPLAINING = st.one_of(
    words,
    formulas.map(lambda tex: f"$$ {tex} $$ {{.aside}}"),
    words.map(lambda text: f"```python\n{text}\n```"),
    st.tuples(words, words).map(lambda cells: "{.plain}\n| a | b |\n|---|:-:|\n| " + " | ".join(map(_cell, cells)) + " |"),
    st.just("![A figure](figures/b.tex)"),
    st.just("<!-- a comment -->"),
)  # fmt: skip


@st.composite
def _explaining(draw: st.DrawFn) -> str:
    """Return a block without blocks in it; the statistics name the function and not all its words."""
    return draw(_EXPLAINING)


blocks = st.recursive(
    _explaining(), lambda inner: st.one_of(_listed(inner), _quoted(inner)), max_leaves=5
)


@st.composite
def _construct(draw: st.DrawFn, ids: Iterator[int]) -> str:
    """Return a construct of which cards are made, or text that explains."""
    part = f"p{next(ids)}"
    text = draw(words)
    match draw(
        st.sampled_from(
            ["formula", "steps", "members", "table", "cloze", "pitfall", "figure", "plain", "plain"]
        )
    ):
        case "formula":
            name = draw(st.sampled_from([' name="A name of $x$"', " name=x"]))
            legend = draw(st.sampled_from(["", "\n\n- $x$: one\n- $\\R$: **two** of them"]))
            shape = draw(st.sampled_from(["$$ @ $$", "$$\n@\n$$"]))
            return shape.replace("@", draw(formulas)) + f" {{#{part}{name}}}{legend}"
        case "steps" | "members" as kind:
            rows = draw(
                st.lists(st.tuples(words, st.lists(blocks, max_size=1)), min_size=1, max_size=4)
            )
            mark, lead = ("1. ", "") if kind == "steps" else ("- ", "**Term**: ")
            items = [
                _item(mark, "\n\n".join((f"{lead}{first} {{#i{next(ids)}}}", *more)))
                for first, more in rows
            ]
            return f"{{#{part}}}\n" + "\n".join(items)
        case "table":
            rows = draw(st.lists(st.tuples(words, words), min_size=1, max_size=3))
            lines = [f"| by {{#r{next(ids)}}} | {_cell(one)} | {_cell(two)} |" for one, two in rows]
            return "\n".join((f"{{#{part}}}", "| | One | Two |", "|---|---|---|", *lines))
        case "cloze":
            return f"{text} ==mode $x$=={{.c1}} and ==*two*=={{.c{draw(st.integers(1, 12))}}}. {{#{part}}}"
        case "pitfall":
            return _indented(f"[!WARNING]\n{text} {{#{part}}}\n\n" + draw(blocks), "> ")
        case "figure":
            return f'![A figure of $x$](figures/a.tex "The $x$ of it"){{#{part}}}'
        case _:
            return draw(blocks)


@st.composite
def _concept(draw: st.DrawFn, number: int, ids: Iterator[int]) -> str:
    kind = draw(st.sampled_from(["", *(f" .{kind.value}" for kind in ConceptKind), " .reversible"]))
    more = draw(
        st.lists(
            st.sampled_from(
                ["priority=1", "priority=3", 'aka="a $x$; b"', 'see="last"', "needs=last", "contrast=last", "was=old",
                 'source="A & B 2015; C"', 'ask="What is \\"it\\"?"']
            ),
            max_size=3,
            unique_by=lambda text: text.split("=")[0],
        )
    )  # fmt: skip
    former = f"was=old{number}"
    attributes = " ".join(
        [f"#c{number}{kind}", *(former if text == "was=old" else text for text in more)]
    )
    body = draw(st.lists(_construct(ids), max_size=4))
    asked = [
        f"### {draw(words)}? {{#q{next(ids)}{draw(st.sampled_from(['', ' .exam']))}}}".replace("\n", " ")
        + "\n\n" + "\n\n".join(draw(st.lists(blocks, min_size=1, max_size=2)))
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    heading = (
        f"## Term {number} {draw(st.sampled_from(['', '$x$', '& co', 'of `it`']))} {{{attributes}}}"
    )
    return "\n\n".join([heading, "Is " + draw(words), *body, *asked])


@st.composite
def notes(draw: st.DrawFn) -> str:
    """Return a lesson that has little wrong with it, and mostly nothing."""
    ids = count()
    head = f"---\n{draw(_keys(lesson.KEYS, ('lesson', 'title')))}---\n"
    before = "".join(f"{block}\n\n" for block in draw(st.lists(blocks, max_size=1)))
    concepts = [draw(_concept(number, ids)) for number in range(draw(st.integers(2, 4)))]
    return head + before + "\n\n".join([*concepts, "## Last {#last}\n\nIs what others point to.\n"])


@st.composite
def _keys(draw: st.DrawFn, known: tuple[str, ...], always: tuple[str, ...]) -> str:
    """Return lines of YAML for some of the keys, of which now and then one has an odd value."""
    odd = draw(st.sampled_from(known)) if draw(seldom) else ""
    lines = []
    for key in known:
        if key not in always and not draw(st.booleans()):
            continue
        value = draw(st.sampled_from(ODD if key == odd else SOUND[key]))
        lines.append(f"{key}: {value}\n")
    if odd and draw(seldom):
        lines = draw(st.permutations([*lines, "<<: {a: b}\n", "? a\n: b\n"]))
    return "".join(lines)


@st.composite
def nested_keys(draw: st.DrawFn) -> str:
    """Return ``course.yaml`` with odd values within its mappings."""
    text = "id: a\ntitle: b\n"
    for name, options in (("sheet", SheetOptions), ("booklet", BookletOptions)):
        inner = draw(
            st.lists(
                st.tuples(st.sampled_from(options.__struct_fields__), st.sampled_from(ODD)),
                max_size=3,
            )
        )
        text += f"{name}:\n" + "".join(f"  {key}: {value}\n" for key, value in inner)
    macros = draw(st.lists(st.tuples(st.sampled_from(["\\R", "\\norm", "R", "\\1", "\\frac", "\\x"]), st.one_of(
        st.sampled_from(ODD), formulas.map(lambda tex: f"['{tex} #1', 1]".replace("''", "'")))), max_size=3))  # fmt: skip
    return text + "macros:\n" + "".join(f"  {name}: {value}\n" for name, value in macros)


_sound_settings = _keys(settings.KEYS, ("id", "title", "macros"))
course_settings = st.one_of(_sound_settings, _sound_settings, _sound_settings, nested_keys())
