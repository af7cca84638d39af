"""lcdiag instruments check: everything that is wrong in an instrument file, at once."""

from __future__ import annotations

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say


def _run(file: str, language: str | None, quiet: bool, as_json: bool) -> int:
    from lcdiag.base.findings import has_errors
    from lcdiag.cli.output import tell, write_findings
    from lcdiag.workflow.library import check_instrument_file

    findings = check_instrument_file(file)
    write_findings(findings, as_json=as_json, quiet=quiet)
    if not findings and not as_json:
        tell(say("check.fine"), quiet=quiet)
    return int(has_errors(findings))


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "check",
        callback=_run,
        help=say("help.instruments-check"),
        params=[click.Argument(["file"], metavar=say("metavar.instrument"))],
    )
