"""lcdiag instruments translate: a sheet for a translator, and back."""

from __future__ import annotations

from pathlib import Path

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(
    name: str,
    to: str,
    filled: Path | None,
    output: Path | None,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.records import write_whole
    from lcdiag.base.text import resolve
    from lcdiag.cli.output import tell, write_findings
    from lcdiag.workflow.translation import about_sentences, translated_file, translation_sheet

    stem = Path(name).stem
    path = output or Path(f"{stem}-{to}{'.toml' if filled else '.xlsx'}")
    kinds = (".toml",) if filled else (".xlsx", ".csv")
    if path.suffix.lower() not in kinds:
        facts = {"options": ", ".join(kinds)}
        raise LcdiagError.single("translation.kind-of-file", path.name, facts)
    if path.exists():  # it may hold a translator's work
        raise LcdiagError.single("translation.file-there", str(path))
    if filled is None:
        content = translation_sheet(name, to, path.suffix.lower(), spoken())
        tell(say("translate.sheet", file=str(write_whole(path, content))), quiet=quiet)
        for message in about_sentences(name, to):
            tell(resolve(message, spoken()), quiet=quiet)
        return
    text, findings = translated_file(name, to, filled)
    write_whole(path, text.encode("utf-8"))
    write_findings(findings, as_json=as_json, quiet=quiet)
    tell(say("translate.done", file=str(path)), quiet=quiet)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "translate",
        callback=_run,
        help=say("help.instruments-translate"),
        params=[
            click.Argument(["name"], metavar=say("metavar.instrument")),
            click.Option(["--to"], required=True, help=say("option.to")),
            click.Option(
                ["--from", "filled"], type=click.Path(path_type=Path), help=say("option.filled")
            ),
            click.Option(
                ["-o", "--output"], type=click.Path(path_type=Path), help=say("option.output-file")
            ),
        ],
    )
