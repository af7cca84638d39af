"""Zo is geteld: the rules behind the counts, in a few sentences."""

from __future__ import annotations

from lcdiag.base.text import Message, Number
from lcdiag.views.blocks import Listing, Page
from lcdiag.views.coordination_page import CoordinationPage, Desk

_RULES = ("own", "study", "rounded", "few", "linked", "careless", "rows")


def make(desk: Desk) -> Page:
    """Return how the counts were made, and what they hide."""
    numbers = {
        "minimum": Number(desk.quality.minimum, 0),
        "step": Number(desk.quality.step, 0),
        "exact": Number(desk.diagnosis.thresholds.exact, 0),
    }
    name = "internal-rules" if desk.quality.internal else "how-lead"
    rules = () if desk.quality.internal else _RULES
    steps = tuple(Message(f"coordination.how-{rule}", numbers) for rule in rules)
    return Page(
        id="coordination-how",
        title=Message("coordination.how-title"),
        lead=Message(f"coordination.{name}"),
        blocks=(Listing(steps),) if steps else (),
    )


PAGE = CoordinationPage(order=90, make=make)
