"""Whatever an author types: nothing raises, every place lies in the file, the fixer adds and only adds."""

from collections.abc import Iterator

from hypothesis import example, given, settings, strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token

from aml_build.commands.fix import inserted, planned
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source, Span
from aml_build.model import Node
from aml_build.parse.course import ParseResult
from aml_build.parse.markdown.parser import markdown as markdown_parser
from tests.mistakes import HEAD, SMALL, course, fix, found, ids_are_written

# Pieces that meet each other in ways that nobody thinks of.
# fmt: off
PIECES = [
    "## Term", "### Why?", "# One", "#### Four", "\n", "\n\n",
    "\n", " ", "  ", "\t", "text", "a b",
    "{#id}", "{.c1}", "{#id .formula see=x}", "{", "}", "{ask=\"",
    "{.plain}\n", "{#k}\n", "{#", "$", "$$", "$x$",
    "$$ a $$", "$$\na\n$$", "\\frac{a}{b}", "\\", "\\$", "==",
    "==w==", "==w=={.c2}", "- ", "1. ", "- **A**: b\n", "- $x$: b\n",
    "1. one\n", "> ", "> [!WARNING]\n", "> [!NOTE]\n", ">\n", "| a | b | c |\n|---|---|---|\n",
    "| 1 | 2 | 3 |\n", "|", "\\|", "---\n", "===\n", "***\n",
    "![alt](figures/a.tex)", "![](x)", "[t](#id)", "[](#id)", "[", "]",
    "(", ")", "<!-- c -->", "<!--", "<b>", "<div>\n",
    "```\n", "`", "*", "**", "_", "é",
    "🎲", "\u2028", "&amp;", "&", "~~~", "    ",
    "\u00a0", "##\u00a0", "-\u3000", "~", "~~s~~", "a^2^", "%%", ":::\n", "\n::: x\n",
    "[^1]", "\n[^1]: x", "[[a]]", "![[a]]", "{{c1::a}}", "{1:a}", "\\(", "\\)", "\\[", "\\]",
    "\\begin{a}", "\\end{a}", "\\alpha ", "\n: x", "- [ ] ", "a) a\nb) b\n", "$5", "5$", "```{a}\n",
]
# fmt: on
markdown = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.one_of(markdown, st.text(max_size=300))


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)
    elif isinstance(value, Node | Diagnostic):
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))


def within(parsed: ParseResult, span: Span) -> bool:
    lines = parsed.sources[span.path].text.split("\n")
    if not 1 <= span.line <= len(lines):
        return span.line == 0
    length = len(lines[span.line - 1])
    # A mistake may stand right behind the last character.
    return 1 <= span.column <= length + 1 and span.column + span.length - 1 <= max(length + 1, 1)


@settings(max_examples=300, deadline=None)
@given(anything)
@example("## A\n\n$$\n\ta\n$$ {#x}")
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    parsed = course(SMALL | {"01.md": HEAD + text.replace("\r", "")})
    assert parsed.course is not None
    for span in (*spans(parsed.course.lessons), *spans(found(parsed))):
        assert within(parsed, span), span


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_front_matter_and_settings_are_read(front: str, text: str) -> None:
    parsed = course(
        {
            "01.md": f"---\n{front}\n---\n## A {{#a}}\n\nIs a.\n".replace("\r", ""),
            "course.yaml": text.replace("\r", ""),
            "figures/a.tex": text,
        }
    )
    for span in spans(parsed.diagnostics):
        assert span.path == "course.yaml" or within(parsed, span), span


@settings(max_examples=300, deadline=None)
@given(anything)
@example("## A\n\nIs a.\n\n==x== and ==y=={.c7} {.z}\n")
@example("## A\n\nIs a.\n\n{ask=b}\n1. x\n")
@example("## Term\u2028\n\n## Other\n")
def test_the_fixer_adds_ids_and_nothing_else(text: str) -> None:
    files = SMALL | {"01.md": HEAD + text.replace("\r", "")}
    before = course(files)
    plans = planned(before)
    fixed = fix(before)
    for path, insertions in plans.items():
        assert without(fixed[path], [(i.line, i.column, i.text) for i in insertions]) == files[path]
    after = course(files | fixed)
    ids_are_written(after)
    assert fix(after) == {}
    assert_taken_ids_stay(before, after)


def without(text: str, insertions: list[tuple[int, int, str]]) -> str:
    """Take insertions out again, from the first on, so that lines and columns shift back."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    added = 0
    extra: dict[int, int] = {}
    result = text
    new_lines = 0
    for line, column, new in insertions:
        shifted = extra.get(line, 0)
        at = starts[line - 1 + new_lines] + column - 1 + shifted - added
        assert result[at : at + len(new)] == new
        result = result[:at] + result[at + len(new) :]
        added += len(new)
        if new.endswith("\n"):
            new_lines += 1
        else:
            extra[line] = shifted + len(new)
    return result


def assert_taken_ids_stay(before: ParseResult, after: ParseResult) -> None:
    """No new id is one that its concept, or any concept, has or had."""
    for old, new in zip(before.symbols, after.symbols, strict=True):
        known = {(n.concept if n.part else None, n.id) for n in old.definitions}
        names = [(n.concept if n.part else None, n.id) for n in new.definitions]
        added = len(names) - len(old.definitions)
        waiting, left = ([gap for gap in file.missing_ids if not gap.group] for file in (old, new))
        assert added == len(waiting) - len(left)
        assert len(set(names)) == len(known) + added


def test_line_ends_and_byte_order_marks_stay() -> None:
    files = SMALL | {"01.md": HEAD + "## A\n\nIs a.\n\n1. One\n"}
    (insertions,) = planned(course(files)).values()
    raw = "\ufeff" + files["01.md"].replace("\n", "\r\n")
    assert inserted(raw, insertions) == (
        "\ufeff"
        + HEAD.replace("\n", "\r\n")
        + "## A {#a}\r\n\r\nIs a.\r\n\r\n{#steps}\r\n1. One {#one}\r\n"
    )


@settings(max_examples=200, deadline=None)
@given(anything)
def test_quick_parsing_finds_what_markdown_finds(text: str) -> None:
    slow = ParserInline()
    slow.ruler, slow.ruler2 = markdown_parser().inline.ruler, markdown_parser().inline.ruler2
    quick_tokens: list[Token] = []
    slow_tokens: list[Token] = []
    markdown_parser().inline.parse(text, markdown_parser(), {}, quick_tokens)
    swapped = MarkdownIt("commonmark")
    swapped.inline = slow
    swapped.validateLink = markdown_parser().validateLink  # type: ignore[method-assign]
    slow.parse(text, swapped, {}, slow_tokens)
    assert merged_text(quick_tokens) == merged_text(slow_tokens)


def merged_text(tokens: list[Token]) -> list[tuple[str, str, object]]:
    merged: list[tuple[str, str, object]] = []
    for token in tokens:
        if token.type == "text" and merged and merged[-1][0] == "text":
            merged[-1] = ("text", merged[-1][1] + token.content, {})
        else:
            merged.append((token.type, token.content, token.meta))
    return [entry for entry in merged if entry[:2] != ("text", "")]


def test_a_source_knows_its_lines() -> None:
    assert Source("a", "x\ny").line(2) == "y"
