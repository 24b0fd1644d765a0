"""The commands and environments of our style files, called through pylatex; all text is LaTeX."""

from collections.abc import Iterable

from pylatex.base_classes.command import UnsafeCommand
from pylatex.base_classes.containers import Environment
from pylatex.base_classes.latex_object import LatexObject
from pylatex.utils import NoEscape

from aml_build.model import Course
from aml_build.model.edition import Edition
from aml_build.render.latex import escape

Node = LatexObject | str
"""A pylatex object, or LaTeX."""


class Block(Environment):
    """An environment of a style file, with LaTeX in it."""

    _default_escape = False

    def __init__(self, name: str, content: Iterable[Node], *arguments: str) -> None:
        self._latex_name = name
        Environment.__init__(self, arguments=list(map(NoEscape, arguments)), data=list(content))


def macro(name: str, *arguments: object) -> UnsafeCommand:
    """Return the call of a command."""
    return UnsafeCommand(name, [str(argument) for argument in arguments])


def command(name: str, *arguments: str) -> str:
    """Return the call of a command as text."""
    return str(macro(name, *arguments).dumps())


def environment(name: str, content: str, *arguments: str) -> str:
    """Return an environment around some LaTeX as text."""
    return str(Environment.dumps(Block(name, [content], *arguments)))


def metadata(title: str, course: Course, edition: Edition) -> UnsafeCommand:
    """Return the title, authors, subject and language that PDF readers show, and whether there is a date."""
    fields = (title, ", ".join(course.authors), course.description, course.language)
    return macro("amlmetadata", *map(escape, fields), edition.date)
