"""The scanner: cut the lines of notes into tokens by what each line begins with."""

import re
from collections.abc import Callable
from functools import cache

from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import Block, Caption, Display, Fence, Grid, Image
from aml_build.importer.reading import line_patterns
from aml_build.importer.reading.line_tokens import Token
from aml_build.importer.reading.note_tables import TableReader, cells

_LONGEST_FORMULA = 200
_LONGEST_TABLE = 2000
_LONGEST_COMMENT = 500
"""Lines: what is not closed within so many is text."""


def scan(lines: list[str], first: int, log: ImportLog, *, one: bool = False) -> list[Token]:
    """Cut lines into tokens; ``first`` is the number of the first line, or of all if ``one``."""
    return _Scanner(lines, first, log, one=one).run()


class _Scanner:
    """One walk over the lines of a file.

    The readers below take the current line: they add its tokens and return ``True``, or return
    ``False`` and change nothing.
    """

    def __init__(self, lines: list[str], first: int, log: ImportLog, *, one: bool = False) -> None:
        self.one = one
        self.lines = lines
        self.first = first
        self.log = log
        self.tokens: list[Token] = []
        self.at = 0
        self.gap = 0

    def run(self) -> list[Token]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.gap += 1
                self.at += 1
                continue
            before = self.at
            images = self._take_images(line) if "![" in line or "<img" in line else []
            line = self.lines[before]
            if not any(read(self, line) for read in _readers(line.lstrip()[0])):
                self._text(line)
            assert self.at > before
            self.tokens += images
            self.gap = 0
        return self.tokens

    def _span(self, count: int) -> tuple[int, ...]:
        """Return the numbers of the next lines."""
        return tuple(self.first if self.one else self.first + self.at + n for n in range(count))

    def _add(
        self, kind: str, text: str, *, level: int = 0, number: int = 0, label: str = ""
    ) -> bool:
        lines = list(self._span(1))
        self.tokens.append(Token(kind, text, lines, level, number, self.gap, label=label))
        self.at += 1
        return True

    def _block(self, block: Block, count: int) -> bool:
        lines = list(self._span(count))
        self.tokens.append(Token("block", "", lines, gap=self.gap, block=block))
        self.at += count
        return True

    def _drop(self, reason: str) -> bool:
        """Drop the line."""
        self.log.drop(reason, self.lines[self.at].strip(), self._span(1))
        self.at += 1
        return True

    def _next_line(self) -> str:
        return self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""

    def _last(self) -> Token | None:
        return self.tokens[-1] if self.tokens else None

    def _alone(self) -> bool:
        return not self._next_line().strip() and (self.gap > 0 or not self.tokens)

    def _lines_to(self, closing: str, most: int) -> list[str]:
        """Return the lines through the first one with a closing mark; none if it is too far."""
        for end in range(self.at, min(len(self.lines), self.at + most)):
            if closing in self.lines[end].lower():
                return self.lines[self.at : end + 1]
        return []

    def _take_images(self, line: str) -> list[Token]:
        """Cut the pictures out of a line of text, and return their tokens."""
        if "`" in line or "|" in line or "<table" in line.lower():
            return []
        images = [found[0] for found in line_patterns.INNER_IMAGE.finditer(line)]
        rest = line_patterns.INNER_IMAGE.sub(" ", line)
        if not images or not re.search(r"\w", re.sub(r"<[^<>]*>", "", rest)):
            return []
        (number,) = self._span(1)
        tokens = _Scanner(images, number, self.log, one=True).run()
        for token in tokens:
            # The level puts a picture into the list item, if the line is one.
            token.lines, token.level = [number], 99
            if isinstance(token.block, Image):
                token.block.lines = (number,)
        self.lines[self.at] = rest
        return tokens

    # ------------------------------------------------------------ text and lists

    def _text(self, line: str) -> None:
        last = self._last()
        if last is None or self.gap or last.kind not in _CONTINUED:
            self._add("text", line.strip(), level=len(line) - len(line.lstrip()))
            return
        last.text = f"{last.text}\n{line.strip()}"
        last.lines += self._span(1)
        self.at += 1

    def _question(self, line: str) -> bool:
        if not (found := line_patterns.QUESTION.match(line)):
            return False
        self._drop_mark(found)
        return self._add("question", found[2], number=int(found[1] or 0))

    def _answer(self, line: str) -> bool:
        found = line_patterns.ANSWER.match(line)
        if not found or all(token.kind != "question" for token in self.tokens[-8:]):
            return False
        self._drop_mark(found)
        return self._add("answer", found[2] or "")

    def _drop_mark(self, found: re.Match[str]) -> None:
        end = found.start(2) if found[2] else found.end()
        self.log.drop("mark of a question or an answer", found[0][:end].strip(), self._span(1))

    def _bullet(self, line: str) -> bool:
        if not (found := line_patterns.BULLET.match(line)):
            return False
        if not (found[2] or "").strip():
            return self._drop("bullet without text")
        return self._add("bullet", found[2], level=len(found[1].expandtabs(4)))

    def _numbered(self, line: str) -> bool:
        found = line_patterns.NUMBERED.match(line)
        if not found or not (found[3] or "").strip():
            return False
        level = len(found[1].expandtabs(4))
        return self._add("numbered", found[3], level=level, number=int(found[2]))

    def _rule(self, line: str) -> bool:
        return bool(line_patterns.RULE.match(line)) and self._drop("rule")

    def _page(self, line: str) -> bool:
        found = line_patterns.PAGE.match(line)
        return bool(found) and self._alone() and self._drop("page number")

    # ------------------------------------------------------------ headings

    def _heading(self, line: str) -> bool:
        if not (found := line_patterns.HEADING.match(line)):
            return False
        text = found[2].strip()
        if not text:
            return self._drop("heading without text")
        spaced = " " in found[0][: found.start(2)] or found[2][:1] in "#"
        if not spaced and re.match(r"[\w/-]+$", text):
            # `#word` is a tag, not a heading.
            return False
        level = len(found[1])
        return self._lesson_of(text, level) or self._add("heading", text, level=level)

    def _underline(self, line: str) -> bool:
        """Make the text before an underline a heading."""
        found = line_patterns.SETEXT.match(line)
        last = self._last()
        if not found or self.gap or last is None or last.kind != "text":
            return False
        if "\n" in last.text or len(last.text) > 100:
            return False
        last.kind, last.level = "heading", 1 if found[1][0] == "=" else 2
        last.lines += self._span(1)
        return self._drop("underline of a heading")

    def _lesson(self, line: str) -> bool:
        last = self._last()
        if not self.gap and last is not None and last.kind != "lesson":
            return False
        return len(line) < 120 and self._lesson_of(line.strip(), 0)

    def _lesson_of(self, text: str, level: int) -> bool:
        if found := line_patterns.LESSON.fullmatch(text):
            title = (found[4] or (found[5] or "").strip("()") or "").strip()
            if not level and len(title.split()) > 12:
                return False
            number = line_patterns.number(found[2])
            label = f"{found[1].capitalize()} {found[2]}"
            return self._add("lesson", title, level=level, number=number, label=label)
        found = line_patterns.TITLED.fullmatch(text)
        if found and (level or (self._alone() and len(found[2].split()) <= 12)):
            return self._add("lesson", found[2], level=level, number=-1)
        return False

    # ------------------------------------------------------------ blocks

    def _dollars(self, line: str) -> bool:
        return line.lstrip().startswith("$$") and self._display(line, "$$", "$$")

    def _backslash(self, line: str) -> bool:
        """Read a formula between brackets or in an environment."""
        if line.lstrip().startswith("\\["):
            return self._display(line, "\\[", "\\]")
        found = line_patterns.ENVIRONMENT.match(line)
        lines = self._lines_to(f"\\end{{{found[1]}", _LONGEST_FORMULA) if found else []
        if not lines:
            return False
        return self._block(Display("\n".join(lines), self._span(len(lines))), len(lines))

    def _display(self, line: str, opening: str, closing: str) -> bool:
        more = self.lines[self.at + 1 : self.at + 1 + _LONGEST_FORMULA]
        rest = [line.lstrip()[len(opening) :], *more]
        count = next((n for n, text in enumerate(rest, 1) if closing in text), 0)
        if not count:
            return False
        last, _, tail = rest[count - 1].partition(closing)
        tex = "\n".join([*rest[: count - 1], last])
        if not tex.strip() or tail.strip() not in ".,;:":
            return False
        return self._block(Display(tex, self._span(count)), count)

    def _fence(self, line: str) -> bool:
        if not (found := line_patterns.FENCE.match(line)):
            return False
        mark, language = found[1], found[2].strip()
        end = self.at + 1
        while end < len(self.lines):
            text = self.lines[end].strip()
            if text.startswith(mark) and not text.strip(mark[0]):
                break
            end += 1
        else:
            self.log.review(
                self._span(1),
                "A code block is never closed.",
                "Close it where the code ends.",
                line,
            )
        code = "\n".join(self.lines[self.at + 1 : end])
        count = min(end, len(self.lines) - 1) - self.at + 1
        return self._block(Fence(code, language, self._span(count)), count)

    def _image(self, line: str) -> bool:
        if found := line_patterns.IMAGE.match(line):
            path, alt = found[2], (found[1] or found[3] or "").strip()
        elif found := line_patterns.EMBED.match(line):
            path, alt = found[1], (found[2] or "").strip()
            if alt.isdigit():
                self.log.drop("size of a picture", alt, self._span(1))
                alt = ""
        else:
            return False
        return self._block(Image(path.strip(), alt, self._span(1)), 1)

    def _html(self, line: str) -> bool:
        if found := line_patterns.HTML_IMAGE.match(line):
            attributes = line_patterns.ATTRIBUTE.finditer(found[1])
            values = {a[1].lower(): a[2] or a[3] or a[4] or "" for a in attributes}
            alt = values.get("alt") or values.get("title", "")
            self._drop_tags([line])
            return self._block(Image(values.get("src", ""), alt.strip(), self._span(1)), 1)
        start = line.lstrip().lower()
        if start.startswith("<table"):
            return self._html_table()
        return start.startswith("<!--") and self._comment()

    def _drop_tags(self, lines: list[str]) -> None:
        for number, line in zip(self._span(len(lines)), lines, strict=True):
            for tag in line_patterns.TAGS.findall(line):
                self.log.drop("HTML tag", tag, [number])

    def _html_table(self) -> bool:
        lines = self._lines_to("</table", _LONGEST_TABLE)
        parser = TableReader()
        for line in lines:
            parser.feed(line + "\n")
        parser.close()
        rows = [row for row in parser.rows if row]
        if not lines or not rows:
            return False
        self._drop_tags(lines)
        if caption := " ".join(parser.caption.split()):
            self.tokens.append(Token("block", "", [], block=Caption(caption, self._span(1))))
        self._block(Grid(rows, self._span(len(lines))), len(lines))
        if outside := " ".join(parser.outside.split()):
            self.tokens.append(Token("text", outside, list(self.tokens[-1].lines)))
        return True

    def _comment(self) -> bool:
        lines = self._lines_to("-->", _LONGEST_COMMENT)
        if not lines or "\n".join(lines).split("-->", 1)[1].strip():
            return False
        for number, line in zip(self._span(len(lines)), lines, strict=True):
            if line.strip():
                self.log.drop("comment", line.strip(), [number])
        self.at += len(lines)
        return True

    def _table(self, line: str) -> bool:
        after = self._next_line()
        if "|" not in line or "|" not in after or line.lstrip().startswith("$$"):
            return False
        if not line_patterns.TABLE_LINE.match(after):
            return False
        rows = [cells(line)]
        end = self.at + 2
        while end < len(self.lines) and "|" in self.lines[end]:
            rows.append(cells(self.lines[end]))
            end += 1
        count = end - self.at
        return self._block(Grid(rows, self._span(count)), count)

    def _quote(self, _line: str) -> bool:
        inner: list[str] = []
        end = self.at
        while end < len(self.lines) and (found := line_patterns.QUOTE.match(self.lines[end])):
            inner.append(found[1])
            end += 1
        if not inner:
            return False
        kind = ""
        if callout := line_patterns.CALLOUT.match(inner[0]):
            kind, inner[0] = callout[1], callout[2]
            # The log accounts for the word, which is not in the course.
            self.log.drop("kind of a remark", f"[!{kind}]", self._span(1))
        if any(_marks(text).count(">") > 4 for text in inner):
            inner = [text[len(_marks(text)) :] for text in inner]
        lines = list(self._span(len(inner)))
        token = Token("quote", "", lines, gap=self.gap, label=kind.lower())
        token.inner = _Scanner(inner, lines[0], self.log, one=self.one).run()
        self.tokens.append(token)
        self.at += len(inner)
        return True


def _marks(text: str) -> str:
    """Return the quotation marks at the beginning of a line."""
    return text[: len(text) - len(text.lstrip("> \t"))]


_CONTINUED = frozenset(["text", "bullet", "numbered", "question", "answer"])
_QUESTION_STARTS = "QDFPARqar*_-+"
_READERS = (
    ("$", _Scanner._dollars),
    ("\\", _Scanner._backslash),
    ("<", _Scanner._html),
    ("!", _Scanner._image),
    ("`~", _Scanner._fence),
    ("#", _Scanner._heading),
    (">", _Scanner._quote),
    ("=-", _Scanner._underline),
    ("-*_", _Scanner._rule),
    ("0-–—", _Scanner._page),
    ("", _Scanner._table),
    ("LlCcWwUuMmSsPpVvKkAa#*", _Scanner._lesson),
    (_QUESTION_STARTS, _Scanner._question),
    (_QUESTION_STARTS, _Scanner._answer),
    ("-*+•‣◦▪●·–—", _Scanner._bullet),
    ("0", _Scanner._numbered),
)
"""First characters of lines (``0`` for any digit) and their readers, in the order of trying."""


@cache
def _readers(start: str) -> tuple[Callable[[_Scanner, str], bool], ...]:
    key = "0" if start.isdigit() else start
    any_table = key not in "\\<!"
    return tuple(read for starts, read in _READERS if (key in starts if starts else any_table))
