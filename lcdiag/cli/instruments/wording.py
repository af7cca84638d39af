"""lcdiag instruments wording: the sentences of a published scale, for those who may use them."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.base.text import Message, resolve
from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    name: str,
    file: Path | None,
    language: str,
    study: Path,
    output: Path | None,
    replace: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import tell, write_findings
    from lcdiag.cli.reporting import today
    from lcdiag.workflow.wording import attach_wording

    if file is None:
        path = _empty_sheet(name, language, study, output)
        tell(_say("sheet-made", file=str(path)), quiet=quiet or as_json)
        write_findings((), as_json=as_json) if as_json else None
        return
    if output is not None:
        raise LcdiagError.single("wording.file-or-output", str(output))
    found = attach_wording(
        name, file, language, study, speak=spoken(), today=today(), replace=replace
    )
    write_whole(found.path, found.content)
    write_findings(found.findings, as_json=as_json, quiet=quiet)
    status = resolve(found.status, spoken())
    tell(_say("attached", file=str(found.path), status=status), quiet=quiet or as_json)


def _empty_sheet(name: str, language: str, study: Path, output: Path | None) -> Path:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.records import write_whole
    from lcdiag.workflow.wording import empty_wording_sheet

    path = output or Path(f"{Path(name).stem}-{language}.xlsx")
    kind = path.suffix.casefold()
    if kind not in (".xlsx", ".csv"):
        raise LcdiagError.single("wording.kind-of-file", str(path))
    content = empty_wording_sheet(name, language, kind, spoken(), study)
    if path.exists():  # it may hold sentences already
        raise LcdiagError.single("wording.sheet-there", str(path))
    return write_whole(path, content)


def _say(name: str, /, **params: str) -> str:
    return resolve(Message(f"wording.{name}", params), spoken())


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "wording",
        callback=_run,
        help=say("help.instruments-wording"),
        params=[
            click.Argument(["name"], metavar=say("metavar.instrument")),
            click.Argument(
                ["file"],
                type=click.Path(path_type=Path),
                required=False,
                metavar=f"[{_say('metavar-file')}]",
            ),
            click.Option(["--language"], required=True, help=_say("option-language")),
            click.Option(
                ["--study"],
                type=click.Path(path_type=Path),
                default=".",
                help=_say("option-study"),
            ),
            click.Option(
                ["-o", "--output"], type=click.Path(path_type=Path), help=_say("option-output")
            ),
            click.Option(["--replace"], is_flag=True, help=_say("option-replace")),
        ],
    )
