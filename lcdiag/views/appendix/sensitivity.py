"""Gevoeligheid: what would change had other choices been made, or had more people answered."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import (
    AppendixPage,
    by_community,
    cells,
    how,
    left_out,
    of_communities,
    per_wave,
    side_by_side,
    table,
    there,
    titled,
    waves_of,
)
from lcdiag.views.blocks import Block, Listing, Page, Prose

TITLE = Message("appendix.sensitivity-title")
PAIRS = ("cronbach_alpha", "mcdonald_omega")
BOUNDS = "nonresponse_bounds"


def make(diagnosis: Diagnosis) -> Page | None:
    """Return the same quantity worked out in more than one way, and bounds on who is missing."""
    waves = waves_of(*(cells(diagnosis, one) for one in PAIRS), of_communities(diagnosis, BOUNDS))
    if not waves:
        return None
    named = side_by_side(diagnosis)
    kinds = ("study", "community") if named else ("study",)
    return Page(
        "appendix-sensitivity",
        TITLE,
        Message("appendix.sensitivity-lead"),
        (
            *per_wave(diagnosis, waves, lambda wave: _wave(diagnosis, wave)),
            Prose(Message("appendix.sensitivity-how"), "note"),
            *there(
                Prose(Message("appendix.sensitivity-bounds"), "note")
                if named
                else Prose(left_out(diagnosis), "note"),
                how(diagnosis, BOUNDS, kinds=kinds),
            ),
            Listing(
                (
                    Message("appendix.sensitivity-rounding"),
                    Message("appendix.sensitivity-again"),
                )
            ),
        ),
    )


def _wave(diagnosis: Diagnosis, wave: int) -> tuple[Block, ...]:
    found = [one for one in of_communities(diagnosis, BOUNDS) if one.at.wave == wave]
    subjects = dict.fromkeys(one.at.subject for one in found)
    bounds = (by_community(diagnosis, one, wave, ("mean", BOUNDS), 1) for one in subjects)
    ways = there(table(diagnosis, wave, PAIRS))
    return (
        *titled(Message("appendix.sensitivity-ways"), ways),
        *titled(Message("appendix.sensitivity-missing"), there(*bounds)),
    )


PAGE = AppendixPage(order=130, title=TITLE, make=make)
