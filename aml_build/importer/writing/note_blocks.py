"""Blocks in our format: lists, tables, formulas and pictures, with ids if they are asked."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import (
    Block,
    Caption,
    Display,
    Fence,
    Grid,
    Image,
    Item,
    Lines,
    Listing,
    Para,
    Quote,
    code_block,
)
from aml_build.importer.structure.term_split import bold_opening, bold_rest
from aml_build.importer.writing.concept_ids import part_scope
from aml_build.importer.writing.note_formulas import FormulaCorrector
from aml_build.importer.writing.note_inlines import InlineWriter
from aml_build.model.slugs import Scope, slug

_SYMBOL = re.compile(r"\$[^$]+\$\s*:")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]{1,20}")
Pictures = Callable[[str], str | None]
"""From a path in the notes to the path in the course; ``None`` if there is no such file."""


class BlockWriter:
    """Writes the blocks of one concept after the other."""

    def __init__(
        self, inline: InlineWriter, formulas: FormulaCorrector, log: ImportLog, pictures: Pictures
    ) -> None:
        self.inline = inline
        self.log = log
        self.claims: list[tuple[Lines, str]] = []
        self._formulas = formulas
        self._pictures = pictures
        self._scope = part_scope()
        self._formula_given = False

    def start(self, scope: Scope) -> None:
        """Begin a concept, whose parts take their ids from this scope."""
        self._scope = scope
        self._formula_given = False

    def take(self, base: str) -> str:
        """Take the id of a part."""
        return self._scope.take(base)

    def sentence(self, raw: str, lines: Lines, *, clozes: bool = False) -> str:
        """Return running text in our format."""
        made = self.inline.text(raw, lines, clozes=clozes)
        self.claims.append((lines, made))
        return made

    def term(self, raw: str, lines: Lines) -> str:
        """Return the text of a heading, which is never empty."""
        made = self.sentence(raw.replace("**", "").replace("==", ""), lines)
        return made or "Untitled"

    def bare(self, raw: str) -> str:
        """Return a term without marks, for a sentence made of several."""
        return self.inline.text(raw.replace("*", "").replace("==", ""), ()).replace("**", "")

    def body(self, blocks: list[Block]) -> str:
        """Write the blocks of a concept's body, with ids for what can be asked."""
        made: list[str] = []
        before: Block | None = None
        for block in _merged(blocks):
            if isinstance(block, Para):
                text = self.sentence(block.text, block.lines, clozes=True)
                if self.inline.marks:
                    text += f" {{#{self.take(slug(block.text, words=4, fallback='cloze'))}}}"
                    self.log.found["clozes"] += 1
                made.append(text)
            elif isinstance(block, Display):
                made.append(self._display(block, asked=True))
            elif isinstance(block, Listing):
                made += self._asked_list(block, isinstance(before, Display))
            elif isinstance(block, Grid):
                made.append(self._asked_table(block))
            else:
                made.append(self._plain(block))
            before = block
        return "\n\n".join(text for text in made if text)

    def plain(self, blocks: list[Block]) -> str:
        """Write blocks that explain, without ids."""
        return "\n\n".join(text for b in _merged(blocks) if (text := self._plain(b)))

    # ------------------------------------------------------------ one kind each

    def _plain(self, block: Block) -> str:
        match block:
            case Para():
                return self.sentence(block.text, block.lines)
            case Display():
                return self._display(block, asked=False)
            case Fence():
                return self._fence(block)
            case Grid():
                return self._table(block)
            case Image():
                return self._image(block)
            case Caption():
                return self._caption(block.text, block.lines)
            case Listing():
                return self._list(block)
            case Quote():
                self.log.found["remarks"] += 1
                inner = self.plain(block.blocks)
                return "> [!NOTE]\n" + _indented(inner, "> ", "> ") if inner else ""

    def _display(self, block: Display, *, asked: bool) -> str:
        self.claims.append((block.lines, block.tex))
        tex = self._formulas.corrected(block.tex)
        self.log.found["formulas"] += 1
        if tex is None:
            self.log.review(
                block.lines, "A formula that Anki and print do not both know.",
                "Write it with the commands that `aml-build help math` lists; it is shown as code until then.",
                block.tex,
            )  # fmt: skip
            return self._fence(Fence(block.tex.strip(), "latex", block.lines))
        if tex != "\n".join(line.strip() for line in block.tex.strip().split("\n")):
            self.log.correct("formula", f"{block.tex.strip()} → {tex}", block.lines)
        self.claims.append((block.lines, tex))
        shown = f"$$\n{tex}\n$$" if "\n" in tex else f"$$ {tex} $$"
        if not asked:
            return shown
        if self._formula_given:
            return f"{shown} {{.aside}}"
        self._formula_given = True
        return f"{shown} {{#{self.take('formula')}}}"

    def _fence(self, block: Fence) -> str:
        code = self.inline.plain(block.code, block.lines).strip("\n")
        if not code.strip():
            return ""
        language = found[0] if (found := _LANGUAGE.match(block.language)) else ""
        self.claims.append((block.lines, f"{language} {code}"))
        self.log.found["code blocks"] += 1
        return code_block(code, language)

    def _image(self, block: Image) -> str:
        self.log.found["pictures"] += 1
        stem = re.sub(r"[-_]+", " ", block.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
        path = self._pictures(block.path)
        self.claims.append((block.lines, f"{path} {block.path if path else ''}"))
        alt = self.sentence(block.alt or stem, block.lines).replace("**", "").replace("]", "\\]")
        if path is not None and alt:
            return f"![{alt}]({path})"
        self.log.review(
            block.lines, f"The picture `{block.path}` is not there, or of a type that cannot be used.",
            "Put a .png, a .jpg or a TikZ drawing into `figures/` and write `![…](figures/…)`.",
            block.path,
        )  # fmt: skip
        caption = f"{block.alt} ({block.path})" if block.alt else block.path
        return self._caption(caption, block.lines)

    def _caption(self, text: str, lines: Lines) -> str:
        self.log.found["captions without picture"] += 1
        made = self.sentence(text, lines).replace("*", "")
        return f"*{made}*" if made and made[-1] != "\\" and made[0] not in "\\ " else made

    # ------------------------------------------------------------ lists

    def _asked_list(self, listing: Listing, after_formula: bool) -> Iterator[str]:
        items = _filled_items(listing)
        if listing.ordered and items:
            yield self._steps(items)
            return
        if items and after_formula and all(_SYMBOL.match(i.text) and not i.blocks for i in items):
            self.log.found["legends"] += 1
            yield self._list(Listing(False, items))
            return
        for is_member, group in groupby(items, lambda item: self._member_term(item) != ""):
            if is_member:
                yield self._members(list(group))
            else:
                yield "{.plain}\n" + self._list(Listing(False, list(group)))

    def _member_term(self, item: Item) -> str:
        found = bold_opening(item.text)
        if found is None:
            return ""
        made = self.bare(found.term)
        return made if any(c.isalnum() for c in made) and made[-1] != "\\" else ""

    def _members(self, items: list[Item]) -> str:
        made = [f"{{#{self.take('members')}}}"]
        for item in items:
            found = bold_opening(item.text)
            assert found is not None
            term = self._member_term(item)
            self.log.drop_needless(found.dropped, item.lines)
            rest, mark = found.rest, ":"
            if rest == item.text.strip():
                # The term begins the sentence.
                rest, mark = bold_rest(rest), ""
            rest = self.sentence(rest, item.lines)
            self.claims.append((item.lines, term))
            name = self.take(slug(found.term, words=4, fallback="item"))
            space = " " if rest and rest[0] not in ",;" else ""
            text = f"**{term}**{mark if rest else ''}{space}{rest} {{#{name}}}"
            made.append(self._item(text, item, "- "))
            self.log.found["members"] += 1
        return "\n".join(made)

    def _steps(self, items: list[Item]) -> str:
        texts = [self.sentence(item.text, item.lines) for item in items]
        if not all(texts):
            return "{.plain}\n" + self._list(Listing(True, items))
        made = [f"{{#{self.take('steps')}}}"]
        for number, (text, item) in enumerate(zip(texts, items, strict=True), 1):
            name = self.take(slug(item.text, words=4, fallback=f"step-{number}"))
            made.append(self._item(f"{text} {{#{name}}}", item, f"{number}. "))
            self.log.found["steps"] += 1
        return "\n".join(made)

    def _list(self, listing: Listing) -> str:
        made = []
        for number, item in enumerate(_filled_items(listing), 1):
            text = self.sentence(item.text, item.lines) or "…"
            made.append(self._item(text, item, f"{number}. " if listing.ordered else "- "))
        return "\n".join(made)

    def _item(self, text: str, item: Item, marker: str) -> str:
        inner = self.plain(item.blocks)
        if not inner:
            return f"{marker}{text}"
        return f"{marker}{text}\n\n" + _indented(inner, " " * len(marker), "")

    # ------------------------------------------------------------ tables

    def _asked_table(self, block: Grid) -> str:
        rows = _filled_rows(block)
        wide = len(rows) > 1 and len(rows[0]) > 2
        if wide and all(rows[0][1:]) and all(row and row[0].strip() for row in rows[1:]):
            made = self._table(block, self.take("comparison"))
            if made:
                return made
        table = self._table(block)
        return "{.plain}\n" + table if table else ""

    def _table(self, block: Grid, name: str = "") -> str:
        """Write a table; with a name, its rows get ids, and without their heads it is empty."""
        rows = _filled_rows(block)
        if not rows:
            return ""
        width = max(map(len, rows))
        made = [
            [self._cell(cell, block.lines) for cell in row] + [""] * (width - len(row))
            for row in rows
        ]
        self.log.found["tables"] += 1
        if name and not (all(made[0][1:]) and all(row[0] for row in made[1:])):
            return ""
        for raw, row in zip(rows[1:], made[1:], strict=True) if name else ():
            row[0] += f" {{#{self.take(slug(raw[0], words=4, fallback='row'))}}}"
        lines = ["| " + " | ".join(row) + " |" for row in made]
        lines.insert(1, "|" + "---|" * width)
        return (f"{{#{name}}}\n" if name else "") + "\n".join(lines)

    def _cell(self, cell: str, lines: Lines) -> str:
        made = self.inline.text(cell, lines, cell=True)
        self.claims.append((lines, made))
        return re.sub(r"(?<!\\)\|", r"\\|", made)


def _merged(blocks: list[Block]) -> list[Block]:
    """Join lists that blank lines or a page break separate."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if (
            isinstance(last, Listing)
            and isinstance(block, Listing)
            and last.ordered == block.ordered
        ):
            made[-1] = Listing(last.ordered, [*last.items, *block.items])
        else:
            made.append(block)
    return made


def _filled_rows(block: Grid) -> list[list[str]]:
    return [row for row in block.rows if any(cell.strip() for cell in row)]


def _filled_items(listing: Listing) -> list[Item]:
    return [item for item in listing.items if item.text.strip() or item.blocks]


def _indented(text: str, indent: str, blank: str) -> str:
    return "\n".join(indent + line if line else blank.rstrip() for line in text.split("\n"))
