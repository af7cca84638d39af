"""lcdiag instruments show: one instrument, to read in the terminal."""

from __future__ import annotations

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(name: str, language: str | None, quiet: bool) -> None:
    from lcdiag.workflow.library import codebook_text

    click.echo(codebook_text(name, spoken()))


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "show",
        callback=_run,
        findings=False,
        help=say("help.instruments-show"),
        params=[click.Argument(["name"], metavar=say("metavar.instrument"))],
    )
