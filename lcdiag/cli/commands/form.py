"""lcdiag form: printable forms and an answer workbook per language; also for people outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lcdiag.workflow.coverage import PageRow
    from lcdiag.workflow.outside_sheet import SheetFile


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
    from lcdiag.cli.output import tell, write_findings
    from lcdiag.workflow.agreement import hold_to_agreement
    from lcdiag.workflow.coverage import report_coverage
    from lcdiag.workflow.outside import outside_form_files
    from lcdiag.workflow.outside_sheet import outside_sheet_file
    from lcdiag.workflow.study import form_files, still_examples
    from lcdiag.workflow.wording import wording_edited

    opened = open_study(study)
    edited = () if outside else wording_edited(opened, spoken())
    write_findings((*hold_to_agreement(opened), *still_examples(opened), *edited), quiet=quiet)
    languages = (language,) if language else ()
    files = (
        outside_form_files(opened, outside, languages)
        if outside
        else form_files(opened, languages, spoken())
    )
    folder = output or opened.folder / ("formulieren" if spoken() == "nl" else "forms")
    for name, content in files.items():
        tell(f"  {write_whole(folder / name, content)}", quiet=quiet)
    if outside:
        _write_sheet(outside_sheet_file(opened, outside, spoken(), folder), quiet=quiet)
        return
    if not quiet:
        _show_coverage(report_coverage(opened))
    tell(say("form.done"), quiet=quiet)


def _write_sheet(sheet: SheetFile, *, quiet: bool) -> None:
    """Write the sheet that ratings from outside are typed into; what was typed stays."""
    from lcdiag.base.records import write_whole
    from lcdiag.base.text import resolve
    from lcdiag.cli.output import tell

    if sheet.content is not None:
        tell(f"  {write_whole(sheet.path, sheet.content)}", quiet=quiet)
    for message in sheet.said:
        tell(resolve(message, spoken()), quiet=quiet)


def _show_coverage(rows: Iterable[PageRow]) -> None:
    """Print what the report will show of the questions, page by page."""
    from lcdiag.base.text import Message, resolve
    from lcdiag.cli.output import write_table

    def word(name: str) -> str:
        return resolve(Message(f"coverage.{name}"), spoken())

    click.echo(f"\n{word('heading')}")
    head = [word(f"column-{name}") for name in ("page", "extent", "why")]
    texts = [(row.title, row.extent, row.why) for row in rows]
    write_table(head, [[resolve(text, spoken()) for text in row] for row in texts])
    click.echo()


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
