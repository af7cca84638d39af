"""Structuur: how scales are built, and what has not been tested about it."""

from __future__ import annotations

from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, InstrumentWords
from lcdiag.views.appendix_page import AppendixPage
from lcdiag.views.blocks import Facts, Heading, Listing, Page, Prose

TITLE = Message("appendix.structure-title")


def make(diagnosis: Diagnosis) -> Page | None:
    """Return the scales as they are scored, and the status of each instrument."""
    words = diagnosis.words
    if not words.scales:
        return None
    status: dict[str, Text] = {one.id: _status(one) for one in words.instruments}
    names = ("scale", "code", "items", "range", "scored", "status")
    rows: list[tuple[Text, ...]] = [
        (
            Wording(one.label),
            one.id,
            Number(len(one.items), 0),
            Message("charts.range", {"low": Number(one.low, 0), "high": Number(one.high, 0)}),
            Message("appendix.per-item" if one.per_item else "appendix.as-score"),
            status.get(one.instrument, ""),
        )
        for one in words.scales
    ]
    return Page(
        "appendix-structure",
        TITLE,
        Message("appendix.structure-lead"),
        (
            Facts(
                Message("appendix.structure-caption"),
                tuple(Message(f"appendix.col-{name}") for name in names),
                tuple(rows),
            ),
            Prose(Message("appendix.structure-status"), "note"),
            Heading(Message("appendix.structure-not")),
            Listing(
                (
                    Message("appendix.structure-factors"),
                    Message("appendix.structure-invariance"),
                    Message("appendix.structure-levels"),
                )
            ),
        ),
    )


def _status(one: InstrumentWords) -> Text:
    return Wording(one.evidence) if one.evidence else one.status


PAGE = AppendixPage(order=60, title=TITLE, make=make)
