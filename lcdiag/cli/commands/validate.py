"""lcdiag validate: whether the questions of a study work among its people."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    study: Path,
    output: Path | None,
    accept: tuple[str, ...],
    by: str,
    asked_in: tuple[str, ...],
    replace: bool,
    show: bool,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    from lcdiag.api import open_study, read_responses
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import doing, steps, tell, write_findings
    from lcdiag.cli.reporting import open_in_browser, today
    from lcdiag.evidence import validate
    from lcdiag.workflow.dossier import (
        acceptances,
        accepted_before,
        dossier_files,
        dossier_text,
        hold_apart,
        record_acceptances,
        scale_count,
    )

    silent = quiet or as_json
    with doing(say("report.reading"), quiet=silent):
        opened = open_study(study)
        responses = read_responses(opened)
    write_findings(responses.findings, quiet=silent)
    with steps(say("validate.looking"), scale_count(opened), quiet=silent) as done:
        dossier = validate(
            opened, responses, made=today(), accepted=accepted_before(opened), done=done
        )
    folder = output or opened.folder / "dossier"
    if not replace:
        hold_apart(folder, dossier)
    if accept:
        given = acceptances(
            opened, dossier, accept, by=by, on=today(), languages=asked_in, speak=spoken()
        )
        record_acceptances(opened, given)
        dossier = dossier.model_copy(update={"accepted": (*dossier.accepted, *given)})
    files = dossier_files(dossier, language or spoken())
    written = [write_whole(folder / name, content) for name, content in files.items()]
    if as_json:
        click.echo(dossier.to_json(), nl=False)
        return
    tell(dossier_text(dossier, spoken()), quiet=quiet)
    tell(say("validate.done", page=str(written[0]), data=str(written[1])), quiet=quiet)
    if show:
        open_in_browser(written[0])


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "validate",
        callback=_run,
        help=say("help.validate"),
        params=[
            click.Argument(
                ["study"], type=click.Path(path_type=Path), metavar=say("metavar.study")
            ),
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                help=say("option.dossier-folder"),
            ),
            click.Option(["--accept"], multiple=True, help=say("option.accept")),
            click.Option(["--by"], default="", help=say("option.accept-by")),
            click.Option(["--in", "asked_in"], multiple=True, help=say("option.accept-in")),
            click.Option(["--replace"], is_flag=True, help=say("option.dossier-replace")),
            click.Option(["--open", "show"], is_flag=True, help=say("option.open")),
        ],
    )
