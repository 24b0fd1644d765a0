"""Inline parsing that tries, at each character, only the rules that can begin with it.

Markdown-it tries all of its dozen rules at every mark. The rules themselves are the same.
"""

import re

from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline

_RULES = {
    "\n": ("newline",),
    "!": ("foreign", "image"),
    "$": ("math",),
    "%": ("foreign",),
    "&": ("entity",),
    "*": ("emphasis",),
    ":": ("foreign",),
    "<": ("autolink", "html_inline"),
    "=": ("cloze",),
    "[": ("foreign", "link"),
    "\\": ("foreign", "escape"),
    "^": ("foreign",),
    "_": ("emphasis",),
    "`": ("backticks",),
    "{": ("foreign", "attributes"),
    "~": ("foreign",),
}
"""Names of rules by the character that they begin with, in the order of the attempts."""


class FastInline(ParserInline):
    """The rules of a configured inline parser, by character."""

    def __init__(self, configured: ParserInline, special: re.Pattern[str]) -> None:
        """Use the rules of ``configured``; ``special`` matches at the end of plain text."""
        super().__init__()
        self.ruler = configured.ruler
        self.ruler2 = configured.ruler2
        self.terminator_re = special
        known = {rule.name: rule.fn for rule in self.ruler.__rules__}
        self._by_character = {
            character: tuple(known[name] for name in names) for character, names in _RULES.items()
        }

    def tokenize(self, state: StateInline) -> None:
        """Generate tokens for the state's range of characters."""
        source, end = state.src, state.posMax
        deepest = state.md.options.maxNesting
        while state.pos < end:
            start = state.pos
            found = self.terminator_re.search(source, start, end)
            stop = found.start() if found else end
            if stop > start:
                state.append_pending(source[start:stop])
                state.pos = stop
                continue
            rules = self._by_character.get(source[start], ()) if state.level < deepest else ()
            if not any(rule(state, False) for rule in rules):
                state.append_pending(source[start])
                state.pos = start + 1
        if state.pending:
            state.pushPending()
