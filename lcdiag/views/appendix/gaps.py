"""Marges en projectie: the everyday gap, the limits that held, and expecting others to agree."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import (
    BOTH,
    AppendixPage,
    by_community,
    cells,
    difference_axis,
    forest,
    how,
    left_out,
    of_communities,
    per_wave,
    side_by_side,
    table,
    there,
    waves_of,
)
from lcdiag.views.blocks import Block, Page, Prose

TITLE = Message("appendix.gaps-title")
CONTROL = ("control_margin.perception", "control_margin.abilene")
LIMITS = ("margin.perception", "margin.abilene")
PROJECTION = "projection"
GAPS = ("own", "others", "practice", "perception_gap", "abilene_gap")


def make(diagnosis: Diagnosis) -> Page | None:
    """Return margins, limits and projection; the topics where communities may be named."""
    study = [cells(diagnosis, one) for one in (*CONTROL, *LIMITS, PROJECTION)]
    topics = [of_communities(diagnosis, one) for one in GAPS]
    waves = waves_of(*study, *topics)
    if not waves:
        return None
    named = side_by_side(diagnosis)
    kinds = ("study", "community") if named else ("study",)
    return Page(
        "appendix-gaps",
        TITLE,
        Message("appendix.gaps-lead"),
        (
            *per_wave(diagnosis, waves, lambda wave: _wave(diagnosis, wave)),
            Prose(Message("appendix.gaps-how"), "note"),
            Prose(Message("appendix.gaps-projection"), "note"),
            *there(
                None if named else Prose(left_out(diagnosis), "note"),
                how(diagnosis, *CONTROL, *LIMITS, PROJECTION, *GAPS, kinds=kinds),
            ),
        ),
    )


def _wave(diagnosis: Diagnosis, wave: int) -> tuple[Block, ...]:
    reach = max((one.high - one.low for one in diagnosis.words.topics), default=6)
    axis = difference_axis(reach)
    blocks: list[Block] = list(there(*(forest(diagnosis, one, wave, axis, 1) for one in CONTROL)))
    blocks += there(table(diagnosis, wave, LIMITS), forest(diagnosis, PROJECTION, wave, BOTH))
    found = [m for m in of_communities(diagnosis, "own") if m.at.wave == wave]
    for subject in dict.fromkeys(one.at.subject for one in found):
        blocks += there(by_community(diagnosis, subject, wave, GAPS, 1))
    return tuple(blocks)


PAGE = AppendixPage(order=100, title=TITLE, make=make)
