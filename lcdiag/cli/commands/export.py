"""lcdiag export: answers and scores of single people for R and SPSS, for the analyst."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    study: Path, kind: str, output: Path | None, language: str | None, quiet: bool, as_json: bool
) -> None:
    from lcdiag.api import open_study, read_responses
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import tell, write_findings
    from lcdiag.workflow.agreement import hold_to_agreement
    from lcdiag.workflow.export import export_files

    opened = open_study(study)
    responses = read_responses(opened)
    remarks = (*responses.findings, *hold_to_agreement(opened, responses, record=False))
    write_findings(remarks, as_json=as_json, quiet=quiet)
    files = export_files(opened, responses, kind=kind, language=language or spoken())
    folder = output or opened.folder / "INTERN-export"
    for name, content in files.items():
        write_whole(folder / name, content)
    tell(say("exporting.done", n=len(files), folder=str(folder)), quiet=quiet or as_json)
    if kind == "r":
        tell(say("exporting.run-r", file=str(folder / "recompute.R")), quiet=quiet or as_json)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "export",
        callback=_run,
        help=say("help.export"),
        params=[
            click.Argument(
                ["study"], type=click.Path(path_type=Path), metavar=say("metavar.study")
            ),
            click.Option(
                ["--to", "kind"],
                type=click.Choice(["r", "sav"]),
                required=True,
                help=say("option.export-to"),
            ),
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                help=say("option.output-folder"),
            ),
        ],
    )
