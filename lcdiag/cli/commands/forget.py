"""lcdiag forget: remove one person's rows from all answer files."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say


def _run(
    study: Path, pseudonym: str, yes: bool, language: str | None, quiet: bool, as_json: bool
) -> int:
    from lcdiag.api import open_study
    from lcdiag.cli.output import sure, tell
    from lcdiag.workflow.study import forget_person

    opened = open_study(study)
    if not yes and not sure(say("forget.sure", pseudonym=pseudonym)):
        tell(say("forget.kept"), quiet=quiet)
        return 1
    gone = forget_person(opened, pseudonym)
    for file in gone.files:
        tell(f"  {file}", quiet=quiet or as_json)
    tell(say("forget.done", n=gone.rows), quiet=quiet or as_json)
    return 0


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "forget",
        callback=_run,
        help=say("help.forget"),
        params=[
            click.Argument(
                ["study"], type=click.Path(path_type=Path), metavar=say("metavar.study")
            ),
            click.Argument(["pseudonym"], metavar=say("metavar.pseudonym")),
            click.Option(["--yes"], is_flag=True, help=say("option.yes")),
        ],
    )
