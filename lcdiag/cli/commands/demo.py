"""lcdiag demo: the sample study as dashboards, in one command."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(output: Path, show: bool, explore: bool, language: str | None, quiet: bool) -> None:
    from lcdiag.cli.output import tell
    from lcdiag.cli.reporting import Order, announce, make_report, open_in_browser
    from lcdiag.workflow.study import sample_study

    tell(say("demo.start"), quiet=quiet)
    order = Order(
        study=sample_study(),
        output=output,
        language=language or spoken(),
        explore=explore,
        record=False,  # the sample lies inside the package and is never handed out
        quiet=quiet,
    )
    first = announce(make_report(order), quiet=quiet)
    if show:
        open_in_browser(first)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "demo",
        callback=_run,
        findings=False,
        help=say("help.demo"),
        params=[
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                default="lcdiag-demo",
                show_default=True,
                help=say("option.demo-folder"),
            ),
            click.Option(["--explore/--no-explore"], default=True, help=say("option.explore")),
            click.Option(["--open", "show"], is_flag=True, help=say("option.open")),
        ],
    )
