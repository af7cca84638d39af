"""lcdiag instruments codebook: every column with its key, for people, programs and archives."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    name: str, output: Path | None, kind: str | None, language: str | None, quiet: bool
) -> None:
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import tell
    from lcdiag.workflow.library import codebook_file, codebook_kind

    chosen = codebook_kind(kind, output)
    content = codebook_file(name, spoken(), chosen)
    if output is not None:
        tell(say("done.codebook", file=str(write_whole(output, content))), quiet=quiet)
        return
    if chosen == "csv":  # the mark of UTF-8 is for spreadsheets that open a file
        content = content.removeprefix(b"\xef\xbb\xbf")
    if sys.stdout.encoding.casefold().replace("-", "") == "utf8":
        click.echo(content, nl=False)
    else:
        click.echo(content.decode("utf-8"), nl=False)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "codebook",
        callback=_run,
        findings=False,
        help=say("help.instruments-codebook"),
        params=[
            click.Argument(["name"], metavar=say("metavar.questions")),
            click.Option(
                ["-o", "--output"], type=click.Path(path_type=Path), help=say("option.output-file")
            ),
            click.Option(
                ["--format", "kind"],
                type=click.Choice(["html", "csv", "xlsx", "ddi", "text"]),
                help=say("option.codebook-format"),
            ),
        ],
    )
