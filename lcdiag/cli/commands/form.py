"""lcdiag form: printable forms and an answer workbook per language."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    study: Path, output: Path | None, language: str | None, quiet: bool, as_json: bool
) -> None:
    from lcdiag.api import open_study
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import tell
    from lcdiag.workflow.study import form_files

    opened = open_study(study)
    files = form_files(opened, (language,) if language else ())
    folder = output or opened.folder / ("formulieren" if spoken() == "nl" else "forms")
    for name, content in files.items():
        tell(f"  {write_whole(folder / name, content)}", quiet=quiet)
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
                help=say("option.output-folder"),
            ),
        ],
    )
