"""lcdiag reliability: alpha, omega and more of columns in any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lcdiag.cli.command import Command
from lcdiag.cli.item_options import item_command

if TYPE_CHECKING:
    from lcdiag.cli.figures import Work


def _work() -> Work:
    from lcdiag.workflow.column_statistics import reliability_of

    return reliability_of


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return item_command("reliability", _work, groups="one")
