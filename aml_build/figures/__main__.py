"""Draw the figures of a content folder to a contact sheet: ``python -m aml_build.figures --help``."""

import sys
from pathlib import Path

import click
import yaml

from aml_build.cache import Cache, write_atomically
from aml_build.figures.draw import STYLE, draw_files
from aml_build.figures.sheet import contact_sheet
from aml_build.model import Macro
from aml_build.source import Span


@click.command()
@click.argument("content", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("sheet", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("names", nargs=-1)
def main(content: Path, sheet: Path, names: tuple[str, ...]) -> None:
    """Draw all figures of CONTENT, or those NAMED, and write them with their labels to SHEET (HTML).

    Example: python -m aml_build.figures content out/figures.html sigmoid
    """
    paths = sorted(path.relative_to(content).as_posix() for path in content.glob("figures/*.tex"))
    wanted = {
        path: Span(path, 0, 1)
        for path in paths
        if path != STYLE and (not names or Path(path).stem in names)
    }
    drawings, mistakes = draw_files(
        content, wanted, _macros(content), Cache(sheet.parent / ".cache")
    )
    for mistake in mistakes:
        click.echo(f"{mistake}\n  {mistake.hint}", err=True)
    write_atomically(sheet, contact_sheet(drawings).encode())
    sys.exit(1 if mistakes else 0)


def _macros(content: Path) -> tuple[Macro, ...]:
    options = yaml.safe_load((content / "course.yaml").read_text(encoding="utf-8"))
    pairs = [
        (name, value if isinstance(value, list) else [value, 0])
        for name, value in options.get("macros", {}).items()
    ]
    return tuple(Macro(name, int(arity), str(body)) for name, (body, arity) in pairs)


if __name__ == "__main__":
    main()
