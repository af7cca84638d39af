"""lcdiag instruments show: an instrument, a set or a study, to read in the terminal."""

from __future__ import annotations

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(name: str, language: str | None, quiet: bool) -> None:
    from lcdiag.cli.terminal import width, write_lines
    from lcdiag.workflow.library import page_lines

    write_lines(page_lines(name, spoken(), width()))


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "show",
        callback=_run,
        findings=False,
        help=say("help.instruments-show"),
        params=[click.Argument(["name"], metavar=say("metavar.questions"))],
    )
