"""lcdiag instruments: the library of questionnaires."""

from lcdiag.cli.command import Commands
from lcdiag.cli.language import say

COMMAND = Commands("lcdiag.cli.instruments", name="instruments", help=say("help.instruments"))
