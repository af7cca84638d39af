"""lcdiag instruments diff: what an edit changed, and what that does to comparing waves."""

from __future__ import annotations

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(old: str, new: str, language: str | None, quiet: bool, as_json: bool) -> None:
    from lcdiag.workflow.editing import compare_versions, comparison_json, comparison_text

    found = compare_versions(old, new)
    text = comparison_json(found) if as_json else comparison_text(found, spoken())
    click.echo(text, nl=False)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "diff",
        callback=_run,
        help=say("help.instruments-diff"),
        params=[
            click.Argument(["old"], metavar=say("metavar.instrument")),
            click.Argument(["new"], metavar=say("metavar.instrument")),
        ],
    )
