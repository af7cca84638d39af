"""lcdiag instruments list: what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken

if TYPE_CHECKING:
    from lcdiag.workflow.library import Entry

_KINDS = ("own", "published", "set")
_BETWEEN = 2
_TITLE = 1
"""Place of the column that may be cut."""
_LANGUAGES, _NONE = 2, "-"
_SHORTEST = 24
"""A title of which fewer letters are left says little."""


def _run(
    own: bool, published: bool, sets: bool, language: str | None, quiet: bool, as_json: bool
) -> None:
    import json
    from dataclasses import asdict

    from lcdiag.workflow.library import library_entries

    asked = [kind for kind, wanted in zip(_KINDS, (own, published, sets), strict=True) if wanted]
    entries = [one for one in library_entries() if one.kind in (asked or _KINDS)]
    if as_json:
        rows = [asdict(one) | {"title": dict(one.title)} for one in entries]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for place, kind in enumerate(_KINDS):
        found = [one for one in entries if one.kind == kind]
        if found:
            if place and found[0] is not entries[0]:
                click.echo()
            _table(kind, found)


def _table(kind: str, entries: Sequence[Entry]) -> None:
    """Print one kind under its heading; titles give way where the terminal is too narrow."""
    from lcdiag.base.text import in_language
    from lcdiag.cli.terminal import on_terminal, write_lines

    names = ("id", "title", "languages", "items", "minutes", "status")
    rows = [[say(f"column.{name}") for name in names]]
    rows += [
        [
            one.id,
            in_language(one.title, spoken()),
            " ".join(one.worded_in) or _NONE,
            str(one.items or one.open_questions),
            str(one.minutes),
            say(f"status.{one.status}"),
        ]
        for one in entries
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(names))]
    if on_terminal():
        room = _room(widths)
        if room < _SHORTEST and all(row[_LANGUAGES] == _NONE for row in rows[1:]):
            # the heading says already that the sentences are not there
            widths[_LANGUAGES] = -_BETWEEN
            room = _room(widths)
        widths[_TITLE] = max(min(widths[_TITLE], room), 8)
    lines: list[tuple[tuple[str, str], ...]] = [(("heading", say(f"list.{kind}")),)]
    for number, row in enumerate(rows):
        cells = [
            _cell(text, space, place)
            for place, (text, space) in enumerate(zip(row, widths, strict=True))
            if space >= 0
        ]
        first, rest = cells[0], (" " * _BETWEEN).join(cells[1:])
        style = "soft" if number == 0 else "plain"
        head = "soft" if number == 0 else "code"
        lines.append(((head, first), (style, " " * _BETWEEN + rest)))
    write_lines(lines)


def _room(widths: Sequence[int]) -> int:
    """Return how wide titles may be for the rows to fit on the terminal."""
    from lcdiag.cli.terminal import width

    return width() - sum(widths) + widths[_TITLE] - _BETWEEN * (len(widths) - 1)


def _cell(text: str, space: int, place: int) -> str:
    """Return the text as wide as its column: cut with an ellipsis, numbers to the right."""
    cut = text if len(text) <= space else text[: space - 1].rstrip() + "\u2026"
    return cut.rjust(space) if place in (3, 4) else cut.ljust(space)


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "list",
        callback=_run,
        help=say("help.instruments-list"),
        params=[
            click.Option(["--own"], is_flag=True, help=say("option.list-own")),
            click.Option(["--published"], is_flag=True, help=say("option.list-published")),
            click.Option(["--sets"], is_flag=True, help=say("option.list-sets")),
        ],
    )
