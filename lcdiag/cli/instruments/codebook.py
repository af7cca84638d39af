"""lcdiag instruments codebook: every item with its key, as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(name: str, output: Path | None, language: str | None, quiet: bool) -> None:
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import tell
    from lcdiag.workflow.library import codebook_csv

    content = codebook_csv(name, spoken())
    if output is None:
        click.echo(content, nl=False)
        return
    path = write_whole(output, content.encode("utf-8-sig"))
    tell(say("codebook.done", file=str(path)), quiet=quiet)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "codebook",
        callback=_run,
        findings=False,
        help=say("help.instruments-codebook"),
        params=[
            click.Argument(["name"], metavar=say("metavar.instrument")),
            click.Option(
                ["-o", "--output"], type=click.Path(path_type=Path), help=say("option.output-file")
            ),
        ],
    )
