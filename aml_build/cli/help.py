"""`aml-build help`: the documentation that the tool carries."""

import re
import shutil
import sys

import click

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.suggestions import nearest
from aml_build.pipeline.options import Target
from aml_build.resources import TOPICS, page

_TITLE = re.compile(r"# (.*)")
_LINK = re.compile(
    r"(?<!!)\[([^\]\n]+)\]\((?:([\w-]+)\.(?:md|schema\.json)(?:#[\w-]+)?|\.\./[\w./-]+)\)"
)
_COMMENT = re.compile(r"^<!--.*?-->\n+", re.MULTILINE | re.DOTALL)
_WIDEST = 100
"""Columns of a page on a wide terminal."""


class _HelpCommand(click.Command):
    """A command whose help lists the topics."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the topics, then the options."""
        with formatter.section("Topics"):
            formatter.write_dl([(topic, _title(topic)) for topic in TOPICS])
        super().format_options(ctx, formatter)


@click.command("help", cls=_HelpCommand)
@click.argument("topic", required=False)
@click.pass_context
def help_command(context: click.Context, topic: str | None) -> None:
    """Show help about TOPIC, a command or a code.

    Without TOPIC, lists the topics. A page is Markdown unless it is shown in a terminal.

    \b
    Examples: aml-build help format
              aml-build help missing-id
    """
    group = context.parent.command if context.parent else None
    commands = group.commands if isinstance(group, click.Group) else {}
    codes = {code.value: code for code in Code}
    if topic is None:
        click.echo(context.get_help())
    elif topic in TOPICS:
        _show(_without_links(page(topic)))
    elif topic in codes:
        click.echo(_explained(codes[topic]))
    elif topic in commands:
        with click.Context(commands[topic], context.parent, topic) as shown:
            click.echo(commands[topic].get_help(shown))
    else:
        near = nearest(topic, [*TOPICS, *commands, *codes])
        hint = f"Did you mean {near!r}?" if near else f"The topics are {', '.join(TOPICS)}."
        raise click.UsageError(f"There is no help on {topic!r}. {hint}")


def _title(topic: str) -> str:
    """Return the title of a page as a sentence."""
    found = _TITLE.match(page(topic))
    return f"{found[1] if found else topic}."


def _without_links(markdown: str) -> str:
    """Return a page whose links name the command that shows the other page."""

    def named(link: re.Match[str]) -> str:
        return f"{link[1]} (`aml-build help {link[2]}`)" if link[2] in TOPICS else link[1]

    return _LINK.sub(named, _COMMENT.sub("", markdown))


def _show(markdown: str) -> None:
    """Print a page; in a terminal, with its layout and in a pager."""
    if not sys.stdout.isatty():
        click.echo(markdown, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    width = min(shutil.get_terminal_size().columns, _WIDEST)
    console = Console(width=width)
    with console.capture() as captured:
        console.print(Markdown(markdown, code_theme="default", hyperlinks=False))
    click.echo_via_pager(captured.get())


def _explained(code: Code) -> str:
    withheld = [target.value for target in Target if target.medium & code.withholds]
    return (
        f"{code.value}: {code.severity.value}\n"
        f"  what is wrong: {code.meaning}\n"
        f"  what to type:  {code.remedy}\n"
        f"  withholds:     {', '.join(withheld) or 'nothing'}"
    )
