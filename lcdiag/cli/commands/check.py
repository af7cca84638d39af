"""lcdiag check: everything remarkable in the answers, at once."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    source: Path,
    instruments: tuple[str, ...],
    columns: bool,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> int:
    from lcdiag.api import check
    from lcdiag.base.findings import Severity
    from lcdiag.base.text import Message, resolve
    from lcdiag.cli.output import tell, write_findings
    from lcdiag.workflow.agreement import agreement_around
    from lcdiag.workflow.outside import outside_findings
    from lcdiag.workflow.wording import wording_edited_around

    findings = (
        *check(source, instruments=instruments),
        *agreement_around(source),
        *wording_edited_around(source, spoken()),
    )
    outside = outside_findings(source)
    if columns and not as_json:
        _show_columns(source, instruments)
    write_findings((*findings, *outside), as_json=as_json, quiet=quiet)
    faults = sum(finding.severity is Severity.ERROR for finding in outside)
    if as_json:
        return int(faults > 0 or any(one.severity is Severity.ERROR for one in findings))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    findings = (*findings, *outside)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    if errors:
        click.echo(say("check.errors", n=errors), err=True)
        return 1
    if faults:
        click.echo(resolve(Message("outside.errors", {"n": faults}), spoken()), err=True)
        return 1
    fine = "check.remarks" if findings else "check.fine"
    tell(say("check.warnings", n=warnings) if warnings else say(fine), quiet=quiet)
    return 0


def _show_columns(source: Path, instruments: tuple[str, ...]) -> None:
    """Print what each column of each file was taken for, and why."""
    from lcdiag.cli.output import write_table
    from lcdiag.workflow.columns import columns_of

    head = [say(f"column.{name}") for name in ("place", "heading", "taken", "why")]
    for label, found in columns_of(source, instruments=instruments):
        click.echo(f"{label}")
        rows = [
            (place, heading[:50], target, say(f"reason.{reason or 'none'}"))
            for place, heading, target, reason in found.rows()
        ]
        write_table(head, rows)
        click.echo(say("check.columns") + "\n")


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "check",
        callback=_run,
        help=say("help.check"),
        params=[
            click.Argument(
                ["source"], type=click.Path(path_type=Path), metavar=say("metavar.source")
            ),
            click.Option(
                ["--instrument", "instruments"], multiple=True, help=say("option.instrument")
            ),
            click.Option(["--columns"], is_flag=True, help=say("option.columns")),
        ],
    )
