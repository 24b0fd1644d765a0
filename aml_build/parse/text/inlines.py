"""Text within a line: from markdown-it's inline tokens to ``Inline`` nodes."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

import msgspec
from markdown_it.token import Token

from aml_build import model
from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import diagnose
from aml_build.diagnostics.source import Span
from aml_build.model.symbols import MissingId, Reference, ReferenceKind
from aml_build.parse.attributes import ATTRIBUTES, Attributes, read
from aml_build.parse.markdown.foreign_marks import PLAIN_HINT
from aml_build.parse.markdown.parser import SPECIAL, foreign_marks, markdown
from aml_build.parse.markdown.unfinished_marks import UNFINISHED
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import Place
from aml_build.parse.text.math_nodes import inline_math
from aml_build.parse.text.spaced_addresses import report_spaced_links
from aml_build.parse.text.whitespace import merged, one_space, trimmed

_DEEPEST = 20
"""The deepest nesting of marks: every consumer of the model is recursive, so depth is limited here."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ORDINAL = re.compile(r"c([1-9]\d{0,2})")
_WEB = re.compile(r"(?:https?://|mailto:).", re.IGNORECASE)


class Line(msgspec.Struct, frozen=True, gc=False):
    """A run of text and the attributes behind it."""

    children: model.Inlines
    attributes: Attributes | None
    place: Place
    length: int
    """Of the whole text, attributes included."""

    @property
    def span(self) -> Span:
        """Return the span of the whole text."""
        return self.place.span(0, self.length)

    @property
    def end(self) -> tuple[int, int]:
        """Return the 1-based line and column right behind the text."""
        return self.place.at(self.length)


def tokens_of(context: ParseContext, content: str) -> list[Token]:
    """Return the inline tokens of some text."""
    tokens: list[Token] = []
    md = markdown()
    md.inline.parse(content, md, context.env, tokens)
    return tokens


def read_line(context: ParseContext, content: str, place: Place, *, clozes: bool = False) -> Line:
    """Read text that may end in attributes; ``clozes`` tells whether highlights are allowed in it."""
    special = SPECIAL.search(content)
    if special is None:
        return Line(_words(content), None, place, len(content))
    start = special.start()
    if content[start] == "{" and (braces := ATTRIBUTES.fullmatch(content, start)):
        # Most headings and items are words and attributes: the same result without the slower parser.
        return Line(_words(content[:start]), read(braces[0], place, start), place, len(content))
    return convert(context, tokens_of(context, content), content, place, clozes=clozes)


def _words(content: str) -> model.Inlines:
    text = one_space(content).strip()
    return (model.Text(text),) if text else ()


def read_text(context: ParseContext, content: str, place: Place) -> model.Inlines:
    """Read text in which attributes and highlights are mistakes."""
    line = read_line(context, content, place)
    refuse(context, line.attributes, "Nothing here takes attributes")
    return line.children


def report_foreign(context: ParseContext, text: str, locate: Callable[[int, int], Span]) -> None:
    """Report the marks of other formats in a text that is shown as it is, such as an alt text.

    ``locate`` returns the span of some characters from their offset and their number.
    """
    for token in foreign_marks(text):
        meta = token.meta
        span = locate(meta["pos"], meta["end"] - meta["pos"])
        context.report(span, Code.FOREIGN_SYNTAX, meta["message"], PLAIN_HINT)


def refuse(context: ParseContext, attributes: Attributes | None, why: str) -> None:
    """Report attributes at a place where none are allowed."""
    if attributes is not None:
        context.report(
            attributes.place.span(attributes.offset, attributes.length),
            Code.MISPLACED_ATTRIBUTES,
            f"{why}.",
            "Move the braces to the end of the construct that they belong to, or remove them;"
            r" a literal brace is written `\{`.",
        )


def convert(
    context: ParseContext, tokens: Sequence[Token], content: str, place: Place, *, clozes: bool
) -> Line:
    """Turn inline tokens into nodes."""
    tokens = list(tokens)
    report_spaced_links(context, tokens, content, place)
    while tokens and tokens[-1].type == "text" and not tokens[-1].content.strip():
        tokens.pop()
    attributes = None
    if tokens and tokens[-1].type == "attributes":
        token = tokens.pop()
        attributes = read(token.content, place, token.meta["pos"])
    converter = _Converter(context, place, clozes)
    children = converter.run(tokens)
    converter.note_numberless(len(content))
    return Line(children, attributes, place, len(content))


def _is_lost_dollar(token: Token) -> bool:
    return UNFINISHED[token.type][0] == Code.UNCLOSED_MATH if token.type in UNFINISHED else False


class _Converter:
    """The conversion of the tokens of one text."""

    def __init__(self, context: ParseContext, place: Place, clozes: bool) -> None:
        self._context = context
        self._place = place
        self._clozes = clozes
        self._numbers: list[int] = []
        self._numberless: list[Token] = []
        self._too_deep = False
        self._math_lost = False
        """Whether a dollar before the token begins no formula."""
        self._dollar_lost = False
        """Whether there is such a dollar anywhere."""

    def run(self, tokens: Sequence[Token]) -> model.Inlines:
        """Return the nodes, without white space at both ends."""
        # A price beside LaTeX is more likely the end of a formula that has lost its beginning.
        latex = any(token.type == "foreign" and token.content[:1] == "\\" for token in tokens)
        for token in tokens:
            if latex and token.type == "money":
                token.type = "math_unclosed"
        self._dollar_lost = any(map(_is_lost_dollar, tokens))
        stack: list[list[model.Inline]] = [[]]
        opened: list[Token] = []
        for token in tokens:
            if token.nesting > 0:
                opened.append(token)
                # Text below the deepest allowed mark becomes text of that mark.
                if len(opened) <= _DEEPEST:
                    stack.append([])
                elif not self._too_deep:
                    self._report_depth()
            elif token.nesting < 0 and opened:
                ended = opened.pop()
                if len(opened) < _DEEPEST:
                    children = merged(stack.pop())
                    stack[-1].extend(self._wrap(ended, children))
            else:
                stack[-1].extend(self._leaf(token))
        return trimmed(merged(stack[0]))

    def _leaf(self, token: Token) -> tuple[model.Inline, ...]:
        match token.type:
            case "text" | "text_special":
                return (model.Text(token.content),) if token.content else ()
            case "softbreak":
                return (model.Text(" "),)
            case "hardbreak":
                return (model.LineBreak(),)
            case "code_inline":
                return (model.Code(token.content),)
            case "math":
                return (self._math(token),)
            case "image":
                self._report(
                    token,
                    Code.IMAGE_NOT_ALONE,
                    "This image is within a line of text.",
                    "Put the image into a paragraph of its own, with blank lines around it,"
                    " in a concept's body or an answer.",
                )
            case "html_inline":
                self._html(token)
            case "foreign":
                self._foreign(token)
                return (model.Text(token.content),)
            case "attributes":
                refuse(
                    self._context,
                    read(token.content, self._place, token.meta["pos"]),
                    "These attributes are within a line of text, where none are allowed",
                )
            case _:
                return self._unfinished(token)
        return ()

    def _unfinished(self, token: Token) -> tuple[model.Inline, ...]:
        code, message, hint = UNFINISHED[token.type]
        self._math_lost = self._math_lost or code == Code.UNCLOSED_MATH
        self._report(token, code, message, hint)
        return (model.Text(token.content),) if token.content else ()

    def _foreign(self, token: Token) -> None:
        # Behind a dollar that begins no formula, this is the rest of one; so is LaTeX before it.
        rest = self._math_lost or (self._dollar_lost and token.content.startswith("\\"))
        if not rest:
            meta = token.meta
            self._report(token, Code.FOREIGN_SYNTAX, meta["message"], meta["hint"])

    def _wrap(self, token: Token, children: model.Inlines) -> tuple[model.Inline, ...]:
        match token.type:
            case "em_open":
                return (model.Emphasis(children),) if children else ()
            case "strong_open":
                return (model.Strong(children),) if children else ()
            case "cloze_open":
                return self._cloze(token, children)
            case "link_open":
                return self._link(token, children)
        raise NotImplementedError(token.type)

    def _math(self, token: Token) -> model.Math:
        start = token.meta["pos"] + 1
        # A line break within a formula is a space; the offsets stay.
        tex = token.content.replace("\n", " ")
        return inline_math(
            self._context, tex, lambda offset, length: self._place.span(start + offset, length)
        )

    def _html(self, token: Token) -> None:
        if _COMMENT.fullmatch(token.content):
            return
        self._report(
            token,
            Code.RAW_HTML,
            f"`{token.content.splitlines()[0]}` is HTML, which is not used here.",
            r"Use Markdown, write code in backticks, or write `\<` for a less-than sign.",
        )

    def _cloze(self, token: Token, children: model.Inlines) -> tuple[model.Inline, ...]:
        if not self._clozes:
            self._report(
                token,
                Code.MISPLACED_CLOZE,
                "No card can be made of a highlight here.",
                "Put the sentence into a paragraph of its own below the definition,"
                " or use `**…**`.",
            )
            return children
        ordinal = self._ordinal(token)
        pos, end = token.meta["pos"], token.meta["end"]
        return (model.Cloze(ordinal, children, self._place.span(pos, end - pos)),)

    def _ordinal(self, token: Token) -> int:
        """Return a highlight's number; record a highlight without one."""
        if not token.content:
            self._numberless.append(token)
            return max(self._numbers, default=0) + 1
        attributes = read(token.content, self._place, token.meta["after"])
        number = None
        for part in attributes.parts:
            found = _ORDINAL.fullmatch(part.value) if part.key == "." else None
            if found and number is None:
                number = int(found[1])
                continue
            self._context.report(
                self._place.span(part.offset, part.length),
                Code.UNKNOWN_ATTRIBUTE,
                "A highlight takes nothing but one number.",
                "Write `{.c1}` right behind the closing `==`;"
                " the paragraph's own id goes to its end, after a space.",
            )
        if number is None:
            return 1
        self._numbers.append(number)
        return number

    def note_numberless(self, length: int) -> None:
        """Record the highlights without number in a text of so many characters."""
        first, _ = self._place.at(0)
        last, _ = self._place.at(length)
        for token in self._numberless:
            gap = MissingId(
                *self._place.at(token.meta["after"]),
                before="{.c",
                after="}",
                concept=self._context.concept,
                part=True,
                base="",
                taken=tuple(self._numbers),
                group=first,
            )
            pos, end = token.meta["pos"], token.meta["end"]
            diagnostic = diagnose(
                self._place.span(pos, end - pos),
                Code.MISSING_CLOZE_NUMBER,
                "This highlight has no number.",
                "Run `aml-build check --fix`, or write `{.c1}` right behind it,"
                " with a number that the paragraph does not use.",
            )
            self._context.missing(first, last, gap, diagnostic)

    def _link(self, token: Token, children: model.Inlines) -> tuple[model.Inline, ...]:
        url = str(token.attrs.get("href", ""))
        if not token.meta:
            # A link by reference within the alt text of an image, which is plain text.
            return children
        pos, end = token.meta["pos"], token.meta["end"]
        span = self._place.span(pos, end - pos)
        if url.startswith("#"):
            target = unquote(url[1:])
            self._context.references.append(
                Reference(target, span, self._context.concept, ReferenceKind.LINK, not children)
            )
            return (model.Ref(target, children, span),)
        if not _WEB.match(url):
            self._context.report(
                span,
                Code.BAD_LINK,
                f"`{unquote(url)}` is neither a cross-reference nor an address on the web."
                if url
                else "This link leads nowhere.",
                "Write `[text](#concept-id)` for another concept, in whatever file it is,"
                " or a full address that begins with `https://`.",
            )
            return children
        if not children:
            self._context.report(
                span,
                Code.EMPTY_LINK,
                "This link has no text.",
                "Write what the reader sees between the square brackets.",
            )
        return (model.Link(url, children),)

    def _report_depth(self) -> None:
        self._too_deep = True
        self._context.report(
            self._place.span(0, 1),
            Code.NESTED_TOO_DEEPLY,
            "In this text, emphasis, links or highlights are nested too deeply.",
            r"Take most of the asterisks and underscores out; `\*` is an asterisk of the text.",
        )

    def _report(self, token: Token, code: Code, message: str, hint: str) -> None:
        pos = token.meta.get("pos", 0)
        span = self._place.span(pos, token.meta.get("end", pos + 1) - pos)
        self._context.report(span, code, message, hint)
