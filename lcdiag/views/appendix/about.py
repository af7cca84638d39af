"""Voor u begint: what this file holds, what it leaves out, and how to read a number."""

from __future__ import annotations

from lcdiag.base.text import Message, Number
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import AppendixPage, side_by_side
from lcdiag.views.blocks import Callout, Listing, Page, Prose

TITLE = Message("appendix.about-title")


def make(diagnosis: Diagnosis) -> Page:
    """Return what the reader needs to know first."""
    limits = diagnosis.thresholds
    if diagnosis.provenance.internal:
        scope = "appendix.about-internal"
    else:
        scope = "appendix.about-agreed" if side_by_side(diagnosis) else "appendix.about-not-agreed"
        if diagnosis.portfolio_agreed and not side_by_side(diagnosis):
            scope = "appendix.left-out-counts"
    shown = {
        "minimum": Number(limits.minimum, 0),
        "exact": Number(limits.exact, 0),
        "paired": Number(limits.paired, 0),
    }
    return Page(
        id="appendix-about",
        title=TITLE,
        lead=Message("appendix.about-lead"),
        blocks=(
            Callout(Message(scope), kind="calm"),
            Listing(
                (
                    Message("appendix.about-value"),
                    Message("appendix.about-rounded", shown),
                    Message("appendix.about-hidden"),
                    Message("appendix.about-order"),
                    Message("appendix.about-cause"),
                )
            ),
            Prose(Message("appendix.about-figures"), "note"),
        ),
    )


PAGE = AppendixPage(order=10, title=TITLE, make=make)
