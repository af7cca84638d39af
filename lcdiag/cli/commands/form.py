"""lcdiag form: printable forms and an answer workbook per language; also for people outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken

if TYPE_CHECKING:
    from lcdiag.workflow.outside import SheetFile


def _run(
    study: Path,
    output: Path | None,
    outside: str | None,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    from lcdiag.api import open_study
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import tell
    from lcdiag.workflow.outside import outside_form_files, outside_sheet_file
    from lcdiag.workflow.study import form_files

    opened = open_study(study)
    languages = (language,) if language else ()
    files = (
        outside_form_files(opened, outside, languages) if outside else form_files(opened, languages)
    )
    folder = output or opened.folder / ("formulieren" if spoken() == "nl" else "forms")
    for name, content in files.items():
        tell(f"  {write_whole(folder / name, content)}", quiet=quiet)
    if outside:
        _write_sheet(outside_sheet_file(opened, outside, spoken(), folder), quiet=quiet)
    else:
        tell(say("form.done"), quiet=quiet)


def _write_sheet(sheet: SheetFile, *, quiet: bool) -> None:
    """Write the sheet that ratings from outside are typed into; an earlier one stays as it is."""
    from lcdiag.base.records import write_whole
    from lcdiag.base.text import Message, resolve
    from lcdiag.cli.output import tell

    tell(f"  {write_whole(sheet.path, sheet.content)}", quiet=quiet)
    facts = {"file": sheet.own.name, "template": sheet.path.name}
    done = "outside.done-sheet" if sheet.path == sheet.own else "outside.done-kept"
    tell(resolve(Message(done, facts), spoken()), quiet=quiet)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    from lcdiag.workflow.outside import outside_words

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
            click.Option(
                ["--for", "outside"],
                type=click.Choice(outside_words(), case_sensitive=False),
                help=say("option.for"),
            ),
        ],
    )
