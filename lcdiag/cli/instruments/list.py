"""lcdiag instruments list: what the library holds."""

from __future__ import annotations

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken


def _run(language: str | None, quiet: bool, as_json: bool) -> None:
    import json

    from lcdiag.base.text import in_language
    from lcdiag.cli.output import write_table
    from lcdiag.workflow.library import library

    instruments, sets = library()
    if as_json:
        rows = [
            {
                "id": one.id,
                "title": dict(one.title),
                "languages": list(one.languages),
                "items": len(one.items),
                "status": one.validation.status.value,
            }
            for one in instruments
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    head = [say(f"column.{name}") for name in ("id", "title", "items", "languages", "status")]
    write_table(
        head,
        [
            [
                one.id,
                in_language(one.title, spoken()),
                str(len(one.items) or len(one.open_questions)),
                " ".join(one.languages),
                say(f"status.{one.validation.status.value}"),
            ]
            for one in instruments
        ],
    )
    click.echo()
    head = [say(f"column.{name}") for name in ("set", "title", "minutes")]
    write_table(
        head, [[one.id, in_language(one.title, spoken()), str(one.minutes)] for one in sets]
    )


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command("list", callback=_run, help=say("help.instruments-list"))
