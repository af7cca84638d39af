"""Herkomst: versions, digests, the start of the generator and the command, to make it again."""

from __future__ import annotations

from lcdiag.base.dates import day
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import AppendixPage
from lcdiag.views.blocks import Facts, Page, Prose

TITLE = Message("appendix.provenance-title")


def make(diagnosis: Diagnosis) -> Page:
    """Return what made these numbers."""
    made = diagnosis.provenance
    unknown = Message("appendix.unknown")
    facts: dict[str, Text] = {
        "made": day(made.made, diagnosis.languages) if made.made else unknown,
        "lcdiag": made.lcdiag or unknown,
        "python": made.python or unknown,
        "numpy": made.numpy or unknown,
        "scipy": made.scipy or unknown,
        "settings": made.study or unknown,
        "answers": made.responses or unknown,
        "agreement": made.agreement or Message("appendix.none"),
        "exact": Message("appendix.yes" if made.exact else "appendix.no"),
        "start": (
            Message("appendix.nothing-drawn") if made.start is None else Number(made.start, 0)
        ),
        "command": made.command or Message("appendix.from-python"),
    }
    instruments = tuple(
        (Wording(one.title), one.id, one.version, one.status, one.digest, one.licence)
        for one in diagnosis.words.instruments
    )
    head = ("instrument", "code", "version", "status", "digest", "licence")
    return Page(
        "appendix-provenance",
        TITLE,
        Message("appendix.provenance-lead"),
        (
            Facts(
                Message("appendix.provenance-caption"),
                (Message("appendix.col-what"), Message("appendix.col-made-with")),
                tuple((Message(f"appendix.made-{name}"), text) for name, text in facts.items()),
            ),
            Facts(
                Message("appendix.instruments-caption"),
                tuple(Message(f"appendix.col-{name}") for name in head),
                instruments,
            ),
            Prose(Message("appendix.provenance-how"), "note"),
        ),
    )


PAGE = AppendixPage(order=160, title=TITLE, make=make)
