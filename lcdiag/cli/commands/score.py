"""lcdiag score: scale scores per person, for the analyst."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say


def _run(
    source: Path,
    output: Path,
    instruments: tuple[str, ...],
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import has_errors
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import tell, write_findings
    from lcdiag.workflow.agreement import agreement_around
    from lcdiag.workflow.study import score_file

    remarks = agreement_around(source)
    if has_errors(remarks):
        raise LcdiagError(remarks)
    write_findings(remarks, quiet=quiet)
    content, rows = score_file(source, instruments)
    output = output if output.suffix else output.with_name(f"{output.name}.csv")
    name = output.name if "INTERN" in output.name else f"{output.stem}-INTERN{output.suffix}"
    path = write_whole(output.with_name(name), content)
    tell(say("score.done", n=rows, file=str(path)), quiet=quiet)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "score",
        callback=_run,
        help=say("help.score"),
        params=[
            click.Argument(
                ["source"], type=click.Path(path_type=Path), metavar=say("metavar.source")
            ),
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                default="scores.csv",
                show_default=True,
                help=say("option.output-file"),
            ),
            click.Option(
                ["--instrument", "instruments"], multiple=True, help=say("option.instrument")
            ),
        ],
    )
