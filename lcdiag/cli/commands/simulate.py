"""lcdiag simulate: a study with invented answers of which the truth is known."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    source: str,
    output: Path | None,
    people: int | None,
    start: int,
    truth: Path | None,
    response: float | None,
    plant: tuple[str, ...],
    replace: bool,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    from lcdiag.cli.output import doing, tell
    from lcdiag.evidence import simulate
    from lcdiag.workflow.simulated import (
        simulated_files,
        stated_world,
        study_from,
        write_simulated,
    )

    told = language or spoken()
    folder = output or Path("gesimuleerd" if told == "nl" else "simulated")
    world = stated_world(truth, response, plant)
    with study_from(source, told) as study, doing(say("simulate.drawing"), quiet=quiet or as_json):
        simulated = simulate(study, people=people, start=start, truth=world)
        files = simulated_files(simulated, told)
    written = write_simulated(folder, files, replace=replace)
    if as_json:
        click.echo(simulated.truth_json(), nl=False)
        return
    for file in written:
        tell(f"  {file}", quiet=quiet)
    tell(say("simulate.done", n=len(simulated.responses), folder=str(folder)), quiet=quiet)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "simulate",
        callback=_run,
        help=say("help.simulate"),
        params=[
            click.Argument(["source"], metavar=say("metavar.study-or-set")),
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                help=say("option.simulate-folder"),
            ),
            click.Option(["--people"], type=int, help=say("option.people")),
            click.Option(
                ["--start"],
                type=click.IntRange(min=0),
                default=1,
                show_default=True,
                help=say("option.start"),
            ),
            click.Option(["--truth"], type=click.Path(path_type=Path), help=say("option.truth")),
            click.Option(
                ["--response"],
                type=click.FloatRange(min=0, max=1, min_open=True),
                help=say("option.response"),
            ),
            click.Option(["--plant"], multiple=True, help=say("option.plant")),
            click.Option(["--replace"], is_flag=True, help=say("option.simulate-replace")),
        ],
    )
