"""Overeenstemming: how alike people within a community answer, and how communities differ."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import (
    BOTH,
    AppendixPage,
    by_community,
    caterpillar,
    cells,
    forest,
    how,
    of_communities,
    per_wave,
    side_by_side,
    there,
    waves_of,
)
from lcdiag.views.blocks import Block, Page, Prose

TITLE = Message("appendix.agreement-title")
STUDY_WIDE = ("icc_1", "icc_k")
WITHIN = ("rwg_j", "ad_m_j")
TOPICS = "rstar_wg_j"
NULLS = ("rwg_j", "rwg_j.slight_skew", "rwg_j.max_dissensus")


def make(diagnosis: Diagnosis) -> Page | None:
    """Return both ICCs of the study; agreement by community where these may be named."""
    shown = [cells(diagnosis, one) for one in STUDY_WIDE]
    shown += [of_communities(diagnosis, one) for one in (*NULLS, *WITHIN, TOPICS)]
    waves = waves_of(*shown)
    if not waves:
        return None
    named = side_by_side(diagnosis)
    kinds = ("study", "community") if named else ("study",)
    return Page(
        "appendix-agreement",
        TITLE,
        Message("appendix.agreement-lead"),
        (
            *per_wave(diagnosis, waves, lambda wave: _wave(diagnosis, wave)),
            Prose(Message("appendix.agreement-icc"), "note"),
            Prose(Message("appendix.agreement-nulls" if named else "appendix.left-out"), "note"),
            *there(how(diagnosis, *STUDY_WIDE, *WITHIN, *NULLS[1:], TOPICS, kinds=kinds)),
        ),
    )


def _wave(diagnosis: Diagnosis, wave: int) -> tuple[Block, ...]:
    blocks: list[Block] = list(there(*(forest(diagnosis, s, wave, BOTH) for s in STUDY_WIDE)))
    found = of_communities(diagnosis, TOPICS)
    for subject in dict.fromkeys(one.at.subject for one in found):
        blocks += there(caterpillar(diagnosis, TOPICS, subject, wave, BOTH, 2))
    scored = [one.at.subject for one in of_communities(diagnosis, WITHIN[0]) if one.at.wave == wave]
    for subject in dict.fromkeys(scored):
        blocks += there(by_community(diagnosis, subject, wave, (*NULLS, WITHIN[1])))
    return tuple(blocks)


PAGE = AppendixPage(order=70, title=TITLE, make=make)
