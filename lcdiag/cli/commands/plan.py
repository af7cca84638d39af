"""lcdiag plan: what a study can show, before anybody is asked."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken
from lcdiag.workflow.planned import FORMATS


def _run(
    source: str,
    people: int | None,
    response: float | None,
    truth: Path | None,
    kind: str | None,
    output: Path | None,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import steps, tell
    from lcdiag.cli.reporting import today
    from lcdiag.evidence import DRAWS, plan
    from lcdiag.workflow.planned import plan_content, plan_format
    from lcdiag.workflow.simulated import stated_world, study_from

    told = language or spoken()
    shape = plan_format("json" if as_json and output is None else kind, output)
    world = stated_world(truth, response)
    with (
        study_from(source, told) as study,
        steps(say("plan-made.drawing"), DRAWS, quiet=quiet or as_json) as done,
    ):
        found = plan(study, people=people, truth=world, made=today(), done=done)
    content = plan_content(found, shape, told)
    if output is None:
        click.echo(content, nl=False)
        return
    tell(say("plan-made.done", file=str(write_whole(output, content))), quiet=quiet)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "plan",
        callback=_run,
        help=say("help.plan"),
        params=[
            click.Argument(["source"], metavar=say("metavar.study-or-set")),
            click.Option(["--people"], type=int, help=say("option.people")),
            click.Option(
                ["--response"],
                type=click.FloatRange(min=0, max=1, min_open=True),
                help=say("option.response"),
            ),
            click.Option(["--truth"], type=click.Path(path_type=Path), help=say("option.truth")),
            click.Option(
                ["--format", "kind"], type=click.Choice(FORMATS), help=say("option.plan-format")
            ),
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                help=say("option.plan-file"),
            ),
        ],
    )
