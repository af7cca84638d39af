"""The options of commands that read items by the names of their columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say

if TYPE_CHECKING:
    from lcdiag.cli.figures import Work


def item_command(
    name: str,
    worker: Callable[[], Work],
    *,
    groups: str = "none",
    rows: bool = False,
) -> Command:
    """Return a command that works something out of the columns of a file.

    Parameters
    ----------
    name : str
        Of the command; its help is the message ``help.<name>``.
    worker : callable
        Gives the function that does the work; called late, so that it is imported late.
    groups : {"none", "one", "must", "many"}
        Whether there are columns with groups: none, at most one, exactly one, one or more.
    rows : bool
        Whether rows have a name and a time of their own.
    """

    def run(
        source: Path,
        items: tuple[str, ...],
        reversed_items: str = "",
        limits: str = "",
        missing: str = "",
        group: str | tuple[str, ...] | None = None,
        person: str = "",
        seconds: str = "",
        language: str | None = None,
        quiet: bool = False,
        as_json: bool = False,
        as_csv: bool = False,
    ) -> None:
        from lcdiag.cli.figures import answer
        from lcdiag.workflow.column_statistics import ItemChoice

        named = (group,) if isinstance(group, str) else tuple(group or ())
        choice = ItemChoice(items, reversed_items, limits, named, missing, person, seconds)
        answer(worker(), source, choice, as_json=as_json, as_csv=as_csv, quiet=quiet)

    params = _params(groups, rows)
    return Command(name, callback=run, help=say(f"help.{name}"), params=params, findings=False)


def _params(groups: str, rows: bool) -> list[click.Parameter]:
    params: list[click.Parameter] = [
        click.Argument(["source"], type=click.Path(path_type=Path), metavar=say("metavar.table")),
        click.Option(["--items"], multiple=True, required=True, help=say("option.items")),
        click.Option(["--reversed", "reversed_items"], default="", help=say("option.reversed")),
        click.Option(["--range", "limits"], default="", metavar="1-7", help=say("option.range")),
        click.Option(["--missing"], default="", help=say("option.missing")),
    ]
    if groups != "none":
        params.append(
            click.Option(
                ["--group"],
                multiple=groups == "many",
                required=groups in ("must", "many"),
                help=say(f"option.group-{groups}"),
            )
        )
    if rows:
        params.append(click.Option(["--person"], default="", help=say("option.person-column")))
        params.append(click.Option(["--seconds"], default="", help=say("option.seconds")))
    params.append(click.Option(["--csv", "as_csv"], is_flag=True, help=say("option.csv")))
    params.append(
        click.Option(["--json", "as_json"], is_flag=True, help=say("option.numbers-json"))
    )
    return params
