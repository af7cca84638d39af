"""lcdiag new: a study folder in which only the title must change."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    folder: Path, title: str | None, set_id: str, language: str | None, quiet: bool, as_json: bool
) -> None:
    from lcdiag.cli.output import tell
    from lcdiag.workflow.study import new_study

    files = new_study(folder, title=title, language=language or spoken(), set_id=set_id)
    guide = next(file for file in files if file.suffix == ".md")
    for file in files:
        tell(f"  {file}", quiet=quiet)
    tell(say("new.done", guide=str(guide)), quiet=quiet)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "new",
        callback=_run,
        help=say("help.new"),
        params=[
            click.Argument(
                ["folder"], type=click.Path(path_type=Path), metavar=say("metavar.folder")
            ),
            click.Option(["--title"], help=say("option.title")),
            click.Option(
                ["--set", "set_id"], default="standard", show_default=True, help=say("option.set")
            ),
        ],
    )
