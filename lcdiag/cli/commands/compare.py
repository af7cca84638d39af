"""lcdiag compare: what differs between the released cells of two reports."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    a: Path,
    b: Path,
    as_csv: bool,
    as_json: bool,
    fail: bool,
    language: str | None,
    quiet: bool,
) -> int:
    from lcdiag.api import compare
    from lcdiag.cli.main import FINE, REJECTED
    from lcdiag.cli.output import write_table
    from lcdiag.workflow.comparing import comparison_csv, comparison_json, summary, tables

    found = compare(a, b)
    if as_json:
        click.echo(comparison_json(found))
    elif as_csv:
        click.echo(comparison_csv(found), nl=False)
    else:
        for line in summary(found, spoken()):
            click.echo(line)
        for table in () if quiet else tables(found, spoken()):
            click.echo(f"\n{table.heading}")
            write_table(table.head, table.rows)
            if table.more:
                click.echo(table.more)
    return REJECTED if fail and not found.same else FINE


def build() -> Command:
    """Return the command in the language that is spoken now."""
    file = click.Path(path_type=Path)
    return Command(
        "compare",
        callback=_run,
        findings=False,
        help=say("help.compare"),
        params=[
            click.Argument(["a"], type=file, metavar="A.json"),
            click.Argument(["b"], type=file, metavar="B.json"),
            click.Option(["--csv", "as_csv"], is_flag=True, help=say("option.compare-csv")),
            click.Option(["--json", "as_json"], is_flag=True, help=say("option.compare-json")),
            click.Option(
                ["--fail-on-difference", "fail"], is_flag=True, help=say("option.compare-fail")
            ),
        ],
    )
