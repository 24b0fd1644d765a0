"""Write the parts of docs/ that are made from the tables of the code; run by `make docs`."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from aml_build.cli.build import build_command
from aml_build.diagnostics.codes import EVERYTHING, Code
from aml_build.model import BookletOptions, SheetOptions
from aml_build.model.option_table import option_table
from aml_build.pipeline.options import Target
from aml_build.schema.json_schemas import Described, schema

DOCS = Path(__file__).parents[1] / "docs"
SECTIONS = {
    Code.NOT_UTF8: "Files",
    Code.BAD_YAML: "YAML",
    Code.UNKNOWN_ATTRIBUTE: "Attributes and ids",
    Code.HEADING_LEVEL: "Structure",
    Code.UNCLOSED_MATH: "Text",
    Code.IMAGE_NOT_ALONE: "Figures",
    Code.DANGLING_REFERENCE: "The course as a whole",
    Code.LONG_ANSWER: "Cards worth studying",
    Code.PRINT_TEX: "Print",
    Code.NOT_TEXT: "Notes to import",
}
"""The heading before each code that begins a section; sections follow the order of the codes."""


def code_tables() -> str:
    """Return the codes in sections, each a heading and a table."""
    lines: list[str] = []
    for code in Code:
        if code in SECTIONS:
            lines += [
                f"\n## {SECTIONS[code]}\n",
                *_head("code", "withholds", "what is wrong", "what to type"),
            ]
        remedy = re.sub(r"`aml-build help (\w+)`", r"[\1](\1.md)", code.remedy)
        lines.append(_row([f"`{code}`", _withheld(code), code.meaning, remedy]))
    return "\n".join(lines).lstrip()


def _withheld(code: Code) -> str:
    """Return what an error withholds; of a warning, that it is one."""
    if code.withholds == EVERYTHING:
        return "everything"
    targets = [target.value for target in Target if target.medium & code.withholds]
    return ", ".join(targets) or "nothing: a warning"


def option_rows(options: type[SheetOptions] | type[BookletOptions]) -> str:
    """Return the table of an artifact's options in ``course.yaml``."""
    rows = [
        _row([f"`{option.name}`", option.values, f"`{option.default}`", option.description])
        for option in option_table(options)
    ]
    return "\n".join([*_head("in `course.yaml`", "values", "default", ""), *rows])


def flag_rows(target: Target) -> str:
    """Return the table of an artifact's options on the command line."""
    rows = []
    for parameter in build_command.params:
        record = parameter.to_info_dict()
        if parameter.name in target.options:
            flag = " ".join([parameter.opts[0], *filter(None, [parameter.metavar])])
            rows.append(_row([f"`{flag}`", str(record["help"])]))
    return "\n".join([*_head("on the command line", ""), *rows])


def documents() -> Iterator[tuple[Path, str]]:
    """Yield each file of docs/ that is made from the code, with the text that it should have."""
    parts = {
        "diagnostics.md": {"codes": code_tables()},
        "cheatsheet.md": {"options": option_rows(SheetOptions)},
        "booklet.md": {"options": option_rows(BookletOptions), "flags": flag_rows(Target.BOOKLET)},
    }
    for name, tables in parts.items():
        text = (DOCS / name).read_text(encoding="utf-8")
        for part, table in tables.items():
            text = _with_part(text, part, table)
        yield DOCS / name, text
    for described in Described:
        yield DOCS / described.file, schema(described)


def _with_part(text: str, part: str, table: str) -> str:
    start, end = f"<!-- {part}: made by `make docs` -->\n", f"<!-- end of {part} -->\n"
    before, found, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"there are no marks for {part}")
    return f"{before}{start}\n{table}\n\n{end}{after}"


def _head(*names: str) -> Sequence[str]:
    return _row(names), "|" + "---|" * len(names)


def _row(cells: Iterable[str]) -> str:
    return "|" + "".join(
        f" {cell.replace('|', chr(92) + '|')} |" if cell else " |" for cell in cells
    )


def main() -> None:
    """Write the files that differ, and print their names."""
    for path, text in documents():
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path)


if __name__ == "__main__":
    sys.exit(main())
