"""lcdiag agreement: what people of one group agree on, from columns in any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lcdiag.cli.command import Command
from lcdiag.cli.item_options import item_command

if TYPE_CHECKING:
    from lcdiag.cli.figures import Work


def _work() -> Work:
    from lcdiag.workflow.column_statistics import agreement_of

    return agreement_of


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return item_command("agreement", _work, groups="must")
