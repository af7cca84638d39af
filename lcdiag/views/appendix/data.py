"""De gegevens zelf: how to get the same cells, and the answers, for a statistical program."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import AppendixPage
from lcdiag.views.blocks import Facts, Page, Prose

TITLE = Message("appendix.data-title")
COMMANDS = {
    "csv": "lcdiag report --format csv",
    "xlsx": "lcdiag report --format xlsx",
    "json": "lcdiag report --format json",
    "parquet": "lcdiag report --format parquet",
    "sav": "lcdiag report --format sav",
    "r": "lcdiag export --to r",
}
"""What is given on the command line, in the folder of the study."""


def make(diagnosis: Diagnosis) -> Page:
    """Return the commands, with what each one gives."""
    return Page(
        "appendix-data",
        TITLE,
        Message("appendix.data-lead"),
        (
            Facts(
                Message("appendix.data-caption"),
                (Message("appendix.col-command"), Message("appendix.col-gives")),
                tuple(
                    (command, Message(f"appendix.data-{name}"))
                    for name, command in COMMANDS.items()
                ),
            ),
            Prose(Message("appendix.data-hidden"), "note"),
            Prose(Message("appendix.data-answers"), "note"),
        ),
    )


PAGE = AppendixPage(order=170, title=TITLE, make=make)
