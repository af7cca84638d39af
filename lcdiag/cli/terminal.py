"""What the terminal can show: its width, and whether colour and bold are welcome."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence

import click

NARROWEST, PIPED, WIDEST = 60, 78, 100

_STYLES: dict[str, dict[str, str | bool]] = {
    "title": {"bold": True, "fg": "cyan"},
    "heading": {"bold": True},
    "code": {"fg": "cyan"},
    "soft": {"dim": True},
}


def on_terminal() -> bool:
    """Return whether the output goes to a person's terminal, not to a file or a program."""
    return sys.stdout.isatty()


def width() -> int:
    """Return the columns to write in: those of the terminal within reason, 78 elsewhere."""
    if not on_terminal():
        return PIPED
    columns = shutil.get_terminal_size((PIPED, 24)).columns
    return min(max(columns, NARROWEST), WIDEST)


def coloured() -> bool:
    """Return whether styles are welcome: on a terminal, and NO_COLOR is not set."""
    return on_terminal() and not os.environ.get("NO_COLOR")


def write_lines(lines: Iterable[Sequence[tuple[str, str]]]) -> None:
    """Print lines of styled pieces; without styles where they are not welcome."""
    painted = coloured()
    for line in lines:
        pieces = [
            click.style(text, **_STYLES[style]) if painted and style in _STYLES else text  # type: ignore[arg-type]
            for style, text in line
        ]
        click.echo("".join(pieces).rstrip())
