"""lcdiag variance: where answers differ, from columns in any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lcdiag.cli.command import Command
from lcdiag.cli.item_options import item_command

if TYPE_CHECKING:
    from lcdiag.cli.figures import Work


def _work() -> Work:
    from lcdiag.workflow.column_statistics import variance_of

    return variance_of


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return item_command("variance", _work, groups="many")
