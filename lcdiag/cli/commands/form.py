"""lcdiag form: a printable form and an answer workbook per language."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say


def _run(study: Path, output: Path, language: str | None, quiet: bool, as_json: bool) -> None:
    from lcdiag.api import open_study
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import tell
    from lcdiag.workflow import form_files

    files = form_files(open_study(study), (language,) if language else ())
    for name, content in files.items():
        tell(f"  {write_whole(output / name, content)}", quiet=quiet)
    tell(say("form.done"), quiet=quiet)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "form",
        callback=_run,
        help=say("help.form"),
        params=[
            click.Argument(
                ["study"], type=click.Path(path_type=Path), metavar=say("metavar.study")
            ),
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                required=True,
                help=say("option.output-folder"),
            ),
        ],
    )
