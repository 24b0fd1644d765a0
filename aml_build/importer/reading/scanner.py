"""Lines of notes cut into tokens: what each begins, before anybody asks what it means."""

import re

from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import Block, Caption, Display, Fence, Grid, Image
from aml_build.importer.reading import line_patterns
from aml_build.importer.reading.line_tokens import Token
from aml_build.importer.reading.note_tables import TableReader, cells


def scan(lines: list[str], first: int, log: ImportLog, *, one: bool = False) -> list[Token]:
    """Cut lines into tokens; ``first`` is the number of the first one, or of all if it is ``one``."""
    return _Scanner(lines, first, log, one=one).run()


class _Scanner:
    """One walk over the lines of a file."""

    def __init__(self, lines: list[str], first: int, log: ImportLog, *, one: bool = False) -> None:
        self.one = one
        self.lines = lines
        self.first = first
        self.log = log
        self.tokens: list[Token] = []
        self.at = 0
        self.gap = 0
        self.waiting: list[Token] = []
        """Pictures of the line at work."""

    def run(self) -> list[Token]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.gap += 1
                self.at += 1
                continue
            before = self.at
            self._line(line)
            assert self.at > before
            self.tokens += self.waiting
            self.waiting = []
            self.gap = 0
        return self.tokens

    def _number(self, offset: int = 0) -> int:
        return self.first if self.one else self.first + self.at + offset

    def _line(self, line: str) -> None:
        if "![" in line or "<img" in line:
            line = self._without_images(line)
        start = line.lstrip()[0]
        if start in "$\\<!|`~#>=_-*" or start in "+•‣◦▪●·–—" or start.isdigit():
            if self._special(line, start):
                return
        elif "|" in line and self._table(line):
            return
        if start in "LlCcWwUuMmSsPpVvKkAa#*" and self._lesson(line):
            return
        if start in "QDFPARqar*_-+" and (found := line_patterns.QUESTION.match(line)):
            self._mark(found)
            self._add("question", found[2], 1, number=int(found[1] or 0))
            return
        if (
            start in "QDFPARqar*_-+"
            and (found := line_patterns.ANSWER.match(line))
            and self._may_answer()
        ):
            self._mark(found)
            self._add("answer", found[2] or "", 1)
            return
        if start in "-*+•‣◦▪●·–—" and (found := line_patterns.BULLET.match(line)):
            if not (found[2] or "").strip():
                self.log.drop("bullet without text", line.strip(), [self._number()])
                self.at += 1
                return
            self._add("bullet", found[2], 1, level=len(found[1].expandtabs(4)))
            return
        if (
            start.isdigit()
            and (found := line_patterns.NUMBERED.match(line))
            and (found[3] or "").strip()
        ):
            level = len(found[1].expandtabs(4))
            self._add("numbered", found[3], 1, level=level, number=int(found[2]))
            return
        self._text(line)

    def _without_images(self, line: str) -> str:
        """Put pictures that stand within a line onto lines of their own, behind it."""
        if "`" in line or "|" in line or "<table" in line.lower():
            return line
        images = [found[0] for found in line_patterns.INNER_IMAGE.finditer(line)]
        rest = line_patterns.INNER_IMAGE.sub(" ", line)
        if not images or not re.search(r"\w", re.sub(r"<[^<>]*>", "", rest)):
            return line
        number, at = self._number(), self.at
        inner = _Scanner(images, number, self.log, one=True).run()
        for token in inner:
            # They belong to the list item, if the line is one.
            token.lines, token.level = [number], 99
            if isinstance(token.block, Image):
                token.block.lines = (number,)
        self.waiting = inner
        self.lines[at] = rest
        return rest

    def _special(self, line: str, start: str) -> bool:
        """Read what begins with a sign; tell whether it was any."""
        if start == "$" and line.lstrip().startswith("$$"):
            return self._display(line, "$$", "$$")
        if start == "\\":
            if line.lstrip().startswith("\\["):
                return self._display(line, "\\[", "\\]")
            if found := line_patterns.ENVIRONMENT.match(line):
                return self._environment(found[1])
            return False
        if start == "<":
            return self._html(line)
        if start == "!":
            return self._image(line)
        if start in "`~" and (found := line_patterns.FENCE.match(line)):
            return self._fence(found[1], found[2].strip())
        if start == "#" and (found := line_patterns.HEADING.match(line)):
            return self._heading(found)
        if start == ">" and (found := line_patterns.QUOTE.match(line)):
            return self._quote()
        if (
            start in "=-"
            and not self.gap
            and (found := line_patterns.SETEXT.match(line))
            and self._underlined(found[1])
        ):
            return True
        if start in "-*_" and line_patterns.RULE.match(line):
            self.log.drop("rule", line.strip(), [self._number()])
            self.at += 1
            return True
        if (
            (start.isdigit() or start in "-–—Pp")
            and line_patterns.PAGE.match(line)
            and self._alone()
        ):
            self.log.drop("page number", line.strip(), [self._number()])
            self.at += 1
            return True
        return "|" in line and self._table(line)

    def _mark(self, found: re.Match[str]) -> None:
        end = found.start(2) if found[2] else found.end()
        self.log.drop("mark of a question or an answer", found[0][:end].strip(), [self._number()])

    def _alone(self) -> bool:
        after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        return not after.strip() and (self.gap > 0 or not self.tokens)

    def _may_answer(self) -> bool:
        return any(token.kind == "question" for token in self.tokens[-8:])

    def _add(self, kind: str, text: str, count: int, **more: object) -> Token:
        lines = list(self._span(count))
        token = Token(kind, text, lines, gap=self.gap, **more)  # type: ignore[arg-type]
        self.tokens.append(token)
        self.at += count
        return token

    def _text(self, line: str) -> None:
        last = self.tokens[-1] if self.tokens else None
        if last is not None and not self.gap and last.kind in _CONTINUED:
            last.text = f"{last.text}\n{line.strip()}"
            last.lines.append(self._number())
            self.at += 1
            return
        self._add("text", line.strip(), 1, level=len(line) - len(line.lstrip()))

    # ------------------------------------------------------------ headings

    def _heading(self, found: re.Match[str]) -> bool:
        text = found[2].strip()
        if not text:
            self.log.drop("heading without text", self.lines[self.at].strip(), [self._number()])
            self.at += 1
            return True
        if (
            found[2][:1] not in "#"
            and " " not in found[0][: found.start(2)]
            and re.match(r"[\w/-]+$", text)
        ):
            # `#word` is a tag, not a heading.
            return False
        if self._lesson_of(text, len(found[1])):
            return True
        self._add("heading", text, 1, level=len(found[1]))
        return True

    def _underlined(self, marks: str) -> bool:
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.kind != "text" or "\n" in last.text or len(last.text) > 100:
            return False
        last.kind, last.level = "heading", 1 if marks[0] == "=" else 2
        last.lines.append(self._number())
        self.log.drop("underline of a heading", marks, [self._number()])
        self.at += 1
        return True

    def _lesson(self, line: str) -> bool:
        if self.gap == 0 and self.tokens and self.tokens[-1].kind != "lesson":
            return False
        return len(line) < 120 and self._lesson_of(line.strip(), 0)

    def _lesson_of(self, text: str, level: int) -> bool:
        if found := line_patterns.LESSON.fullmatch(text):
            number = line_patterns.number(found[2])
            title = (found[4] or (found[5] or "").strip("()") or "").strip()
            if not level and len(title.split()) > 12:
                return False
            label = f"{found[1].capitalize()} {found[2]}"
            self._add("lesson", title, 1, level=level, number=number, label=label)
            return True
        found = line_patterns.TITLED.fullmatch(text)
        if found and (level or (self._alone() and len(found[2].split()) <= 12)):
            self._add("lesson", found[2], 1, level=level, number=-1, label="")
            return True
        return False

    # ------------------------------------------------------------ blocks

    def _block(self, block: Block, count: int) -> bool:
        self._add("block", "", count, block=block)
        return True

    def _span(self, count: int) -> tuple[int, ...]:
        return tuple(self._number(n) for n in range(count))

    def _display(self, line: str, opening: str, closing: str) -> bool:
        rest = line.lstrip()[len(opening) :]
        body: list[str] = []
        at = self.at
        while True:
            end = rest.find(closing)
            if end >= 0:
                body.append(rest[:end])
                break
            body.append(rest)
            at += 1
            if at >= len(self.lines) or at - self.at > 200:
                return False
            rest = self.lines[at]
        tail = rest[end + len(closing) :].strip()
        count = at - self.at + 1
        tex = "\n".join(body)
        if not tex.strip() or (tail and tail[0] not in ".,;:" and opening == "$$" and count == 1):
            return False
        if tail and tail not in ".,;:":
            return False
        return self._block(Display(tex, self._span(count)), count)

    def _environment(self, name: str) -> bool:
        closing = f"\\end{{{name}"
        for at in range(self.at, min(len(self.lines), self.at + 200)):
            if closing in self.lines[at]:
                count = at - self.at + 1
                tex = "\n".join(self.lines[self.at : at + 1])
                return self._block(Display(tex, self._span(count)), count)
        return False

    def _fence(self, mark: str, language: str) -> bool:
        body: list[str] = []
        at = self.at + 1
        while at < len(self.lines):
            stripped = self.lines[at].strip()
            if stripped.startswith(mark) and not stripped.strip(mark[0]):
                break
            body.append(self.lines[at])
            at += 1
        else:
            self.log.review(
                self._span(1), "A code block is never closed.", "Close it where the code ends.",
                self.lines[self.at],
            )  # fmt: skip
        count = min(at, len(self.lines) - 1) - self.at + 1
        return self._block(Fence("\n".join(body), language, self._span(count)), count)

    def _image(self, line: str) -> bool:
        if found := line_patterns.IMAGE.match(line):
            return self._block(
                Image(found[2].strip(), (found[1] or found[3] or "").strip(), self._span(1)), 1
            )
        if found := line_patterns.EMBED.match(line):
            alt = (found[2] or "").strip()
            if alt.isdigit():
                self.log.drop("size of a picture", alt, [self._number()])
            return self._block(
                Image(found[1].strip(), "" if alt.isdigit() else alt, self._span(1)), 1
            )
        return False

    def _html(self, line: str) -> bool:
        if found := line_patterns.HTML_IMAGE.match(line):
            values = {
                a[1].lower(): a[2] or a[3] or a[4] or ""
                for a in line_patterns.ATTRIBUTE.finditer(found[1])
            }
            alt = values.get("alt") or values.get("title", "")
            self._tags(1)
            return self._block(Image(values.get("src", ""), alt.strip(), self._span(1)), 1)
        lowered = line.lstrip().lower()
        if lowered.startswith("<table"):
            return self._html_table()
        if lowered.startswith("<!--"):
            return self._comment()
        return False

    def _tags(self, count: int) -> None:
        """Note the tags of a picture or a table: what they say is taken out of them."""
        for offset in range(count):
            for tag in line_patterns.TAGS.findall(self.lines[self.at + offset]):
                self.log.drop("HTML tag", tag, [self._number(offset)])

    def _html_table(self) -> bool:
        parser = TableReader()
        for at in range(self.at, min(len(self.lines), self.at + 2000)):
            parser.feed(self.lines[at] + "\n")
            if "</table" in self.lines[at].lower():
                parser.close()
                count = at - self.at + 1
                rows = [row for row in parser.rows if row]
                if not rows:
                    return False
                self._tags(count)
                if parser.caption.strip():
                    self._caption_of(parser.caption)
                self._block(Grid(rows, self._span(count)), count)
                if parser.outside.strip():
                    token = Token(
                        "text", " ".join(parser.outside.split()), list(self.tokens[-1].lines)
                    )
                    self.tokens.append(token)
                return True
        return False

    def _caption_of(self, caption: str) -> None:
        self.tokens.append(
            Token("block", "", [], block=Caption(" ".join(caption.split()), self._span(1)))
        )

    def _comment(self) -> bool:
        for at in range(self.at, min(len(self.lines), self.at + 500)):
            if "-->" in self.lines[at]:
                count = at - self.at + 1
                whole = "\n".join(self.lines[self.at : at + 1])
                if whole.split("-->", 1)[1].strip():
                    return False
                for offset, number in enumerate(self._span(count)):
                    if self.lines[self.at + offset].strip():
                        self.log.drop("comment", self.lines[self.at + offset].strip(), [number])
                self.at += count
                return True
        return False

    def _table(self, line: str) -> bool:
        after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if "|" not in after or not line_patterns.TABLE_LINE.match(after):
            return False
        rows = [cells(line)]
        at = self.at + 2
        while at < len(self.lines) and "|" in self.lines[at]:
            rows.append(cells(self.lines[at]))
            at += 1
        count = at - self.at
        return self._block(Grid(rows, self._span(count)), count)

    def _quote(self) -> bool:
        at = self.at
        inner: list[str] = []
        while at < len(self.lines) and (found := line_patterns.QUOTE.match(self.lines[at])):
            inner.append(found[1])
            at += 1
        announced = ""
        if inner and (callout := line_patterns.CALLOUT.match(inner[0])):
            announced = callout[1]
            inner[0] = callout[2]
            # The kind of callout means nothing in the course; its line is accounted for all the same.
            self.log.drop("kind of a remark", f"[!{announced}]", [self._number()])
        if any(_opening(text).count(">") > 4 for text in inner):
            inner = [text[len(_opening(text)) :] for text in inner]
        token = self._add("quote", "", at - self.at, label=announced.lower())
        token.inner = _Scanner(inner, token.lines[0], self.log, one=self.one).run()
        return True


def _opening(text: str) -> str:
    """Return the marks of quotations that a line begins with."""
    return text[: len(text) - len(text.lstrip("> \t"))]


_CONTINUED = frozenset(["text", "bullet", "numbered", "question", "answer"])
