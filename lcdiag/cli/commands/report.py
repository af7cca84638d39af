"""lcdiag report: from a study folder to dashboards or released data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken
from lcdiag.workflow.report import KINDS


def _run(study: Path, output: Path | None, show: bool, language: str | None, **asked: Any) -> None:
    from lcdiag.cli.reporting import Order, announce, make_report, open_in_browser

    folder = study.parent if study.name == "study.toml" else study
    mark = "-INTERN" if asked["internal"] else ""  # never among the pages that are handed out
    default = folder / (("rapport" if spoken() == "nl" else "report") + mark)
    order = Order(study=study, output=output or default, language=language or spoken(), **asked)
    first = announce(make_report(order), quiet=order.quiet or order.as_json)
    if show:
        open_in_browser(first)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "report",
        callback=_run,
        help=say("help.report"),
        params=[
            click.Argument(
                ["study"], type=click.Path(path_type=Path), metavar=say("metavar.study")
            ),
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                help=say("option.output-folder"),
            ),
            click.Option(["--community"], help=say("option.community")),
            click.Option(["--all", "everything"], is_flag=True, help=say("option.all")),
            click.Option(
                ["--format", "kind"],
                type=click.Choice(KINDS),
                default="html",
                show_default=True,
                help=say("option.format"),
            ),
            click.Option(["--explore/--no-explore"], default=True, help=say("option.explore")),
            click.Option(["--pdf"], is_flag=True, help=say("option.pdf")),
            click.Option(["--internal"], is_flag=True, help=say("option.internal")),
            click.Option(["--coordinator"], is_flag=True, help=say("option.coordinator")),
            click.Option(["--exact"], is_flag=True, help=say("option.exact")),
            click.Option(["--replace"], is_flag=True, help=say("option.replace")),
            click.Option(["--open", "show"], is_flag=True, help=say("option.open")),
        ],
    )
