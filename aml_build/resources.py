"""Where the templates are, in a checkout and in an installed wheel."""

from functools import cache
from pathlib import Path


@cache
def templates() -> Path:
    """Return the folder of templates; the wheel carries it inside the package."""
    here = Path(__file__).parent
    packed = here / "_templates"
    return packed if packed.is_dir() else here.parent / "templates"


def template(name: str) -> str:
    """Return the text of the template with this POSIX path; raise ``OSError`` if there is none."""
    return (templates() / name).read_text(encoding="utf-8")
