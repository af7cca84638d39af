"""lcdiag schema: the JSON Schema of a diagnosis, for programs that read the released cells."""

from __future__ import annotations

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say


def _run(language: str | None, quiet: bool) -> None:
    from lcdiag.workflow.report import diagnosis_schema_json

    click.echo(diagnosis_schema_json())


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command("schema", callback=_run, findings=False, help=say("help.schema"))
