"""Calls of the commands and environments that ``booklet.sty`` defines, written by pylatex."""

from pylatex.base_classes.command import Command
from pylatex.base_classes.containers import Environment
from pylatex.utils import NoEscape


def command(name: str, *arguments: str) -> str:
    """Return the call of a command; the arguments are LaTeX."""
    return str(Command(name, arguments=list(map(NoEscape, arguments))).dumps())


def environment(name: str, content: str, *arguments: str) -> str:
    """Return an environment around some LaTeX."""
    made = Environment(arguments=list(map(NoEscape, arguments)), data=[NoEscape(content)])
    made._latex_name = name
    return str(made.dumps())
