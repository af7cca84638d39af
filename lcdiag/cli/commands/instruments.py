"""lcdiag instruments: the library of questionnaires."""

from lcdiag.cli.command import Commands
from lcdiag.cli.language import say


def build() -> Commands:
    """Return the command in the language that is spoken now."""
    return Commands("lcdiag.cli.instruments", name="instruments", help=say("help.instruments"))
