"""The configured Markdown parser, and its block tokens as a tree."""

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from aml_build.parse.markdown.fast_inline import FastInline
from aml_build.parse.markdown.nesting_limit import BoundedBlocks
from aml_build.parse.markdown.rule_attributes import attributes_line_rule, attributes_rule
from aml_build.parse.markdown.rule_cloze import cloze_rule
from aml_build.parse.markdown.rule_display import display_rule
from aml_build.parse.markdown.rule_foreign import FOREIGN, foreign_block_rule, foreign_rule
from aml_build.parse.markdown.rule_math import math_rule

# The end of plain inline text. Markdown-it's own expression stops at every hyphen and colon too,
# which doubles the time for a lesson.
SPECIAL = re.compile(r"[\n$&*<\[\\\]^_`~]|!(?=\[|!!)|==|\{(?=[\s#%.0-9A-Za-z{]|[^\x00-\x7f])|%%|::")

BlockRule = Callable[[StateBlock, int, int, bool], bool]
_INTERRUPTING = {"alt": ["paragraph", "reference", "blockquote", "list"]}


@cache
def markdown() -> MarkdownIt:
    """Return the parser of the source format."""
    md = MarkdownIt("commonmark").enable("table")
    # Indented code would silently turn a badly indented list item into code.
    md.disable("code")
    md.block.ruler.before("fence", "display", display_rule, _INTERRUPTING)  # type: ignore[arg-type]
    md.block.ruler.before(
        "fence",
        "attributes_line",
        attributes_line_rule,
        _INTERRUPTING,  # type: ignore[arg-type]
    )
    md.block.ruler.before("fence", "foreign", foreign_block_rule, _INTERRUPTING)  # type: ignore[arg-type]
    md.block.ruler.at("reference", _no_footnote(_block_rule(md, "reference")))
    # Before escapes, since a backslash within a formula belongs to the formula.
    md.inline.ruler.before("escape", "math", math_rule)
    md.inline.ruler.before("escape", "cloze", cloze_rule)
    md.inline.ruler.before("escape", "foreign", foreign_rule)
    md.inline.ruler.before("escape", "attributes", attributes_rule)
    for name in ("link", "image", "autolink", "html_inline"):
        md.inline.ruler.at(name, _with_position(_rule(md, name)))
    md.block = BoundedBlocks(md.block)
    md.inline = FastInline(md.inline, SPECIAL)
    # Markdown-it silently leaves bad addresses as text; here they are reported.
    md.validateLink = _any_address  # type: ignore[method-assign]
    return md


def _any_address(url: str) -> bool:  # noqa: ARG001
    return True


def _rule(md: MarkdownIt, name: str) -> Callable[[StateInline, bool], bool]:
    return next(rule.fn for rule in md.inline.ruler.__rules__ if rule.name == name)


def _block_rule(md: MarkdownIt, name: str) -> BlockRule:
    return next(rule.fn for rule in md.block.ruler.__rules__ if rule.name == name)


def _no_footnote(rule: BlockRule) -> BlockRule:
    """Return the rule of link definitions that leaves the texts of footnotes, which are reported."""

    def definition_of_link(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        pos = state.bMarks[start] + state.tShift[start]
        return not state.src.startswith("[^", pos) and rule(state, start, end, silent)

    return definition_of_link


def _with_position(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    """Return a rule of markdown-it that also stores its start and end on its first token."""

    def rule_with_position(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[count:]:
                if token.type != "text":
                    token.meta = {"pos": start, "end": state.pos}
                    break
        return done

    return rule_with_position


def foreign_marks(text: str) -> tuple[Token, ...]:
    """Return the marks of other formats in a text, which are tokens with a place in it."""
    if SPECIAL.search(text) is None:
        return ()
    tokens: list[Token] = []
    md = markdown()
    md.inline.parse(text, md, {}, tokens)
    return tuple(token for token in tokens if token.type == FOREIGN)


class Node:
    """A block token with the blocks in it."""

    __slots__ = ("children", "refused", "token", "type")

    def __init__(self, token: Token) -> None:
        self.token = token
        self.type = token.type.removesuffix("_open")
        self.children: list[Node] = []
        self.refused = False
        """Whether a message says that it is not what it was meant to be."""

    @property
    def first(self) -> int:
        """Return the 0-based line on which the block begins."""
        return self.token.map[0] if self.token.map else 0

    @property
    def end(self) -> int:
        """Return the 0-based line behind the block, which is the 1-based number of its last line."""
        return self.token.map[1] if self.token.map else 0

    @property
    def inline(self) -> Token:
        """Return the token that carries the text of a paragraph, heading or cell."""
        return self.children[0].token


def blocks(text: str, env: dict[str, object]) -> list[Node]:
    """Parse the blocks of a file, but not the text in them."""
    tokens: list[Token] = []
    md = markdown()
    md.block.parse(text, md, env, tokens)
    root: list[Node] = []
    stack = [root]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        node = Node(token)
        stack[-1].append(node)
        if token.nesting > 0:
            stack.append(node.children)
    return root
