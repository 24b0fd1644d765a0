"""Tables in notes: rows with bars, and HTML."""

import re
from html.parser import HTMLParser


def cells(line: str) -> list[str]:
    """Cut a row of a table at its bars, except those in code, in math or after a backslash."""
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    made, at = [], 0
    for found in re.finditer(r"\\.|\$[^$|]*\$|\$(?:[^$\\|]|\\.|\|(?=[^$]*\$))+\$|`[^`]*`|\|", line):
        if found[0] == "|":
            made.append(line[at : found.start()].strip())
            at = found.end()
    made.append(line[at:].strip())
    return [cell.replace("\\|", "|") if "$" not in cell else cell for cell in made]


_DECLARATION = re.compile(r"<(?=\?|!(?!--))")


class TableReader(HTMLParser):
    """The cells of an HTML table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.caption = ""
        self.outside = ""
        self._open = ""

    def feed(self, data: str) -> None:
        """Read declarations as text: the parser would drop them or raise an error."""
        super().feed(_DECLARATION.sub("&lt;", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row or a cell."""
        if tag == "tr":
            self.rows.append([])
            self._open = ""
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append("")
            self._open = tag
        elif tag == "caption":
            self._open = tag
        elif tag == "img":
            values = dict(attrs)
            self.handle_data(f" {values.get('alt') or ''} ({values.get('src') or ''}) ")
        elif tag in ("br", "p", "div", "li"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell."""
        if tag in ("td", "th", "caption", "tr"):
            self._open = ""

    def handle_comment(self, data: str) -> None:
        """Keep the text of a comment."""
        self.handle_data(f" {data} ")

    def handle_data(self, data: str) -> None:
        """Add text to the open cell, to the caption or to the text outside."""
        if self._open in ("td", "th"):
            self.rows[-1][-1] += data
        elif self._open == "caption":
            self.caption += data
        else:
            self.outside += data
