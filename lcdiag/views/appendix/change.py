"""Verandering: what changed between waves, and what a change can be told from."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import (
    AppendixPage,
    by_community,
    caterpillar,
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
    titled,
    waves_of,
)
from lcdiag.views.blocks import Block, Heading, Listing, Page, Prose

TITLE = Message("appendix.change-title")
SIZES = ("smallest_change", "detectable_change")
DROPOUT = "dropout_difference"
COUNTS = ("reliable_change.up", "reliable_change.same", "reliable_change.down")
GAPS = (
    "change.own", "change.others", "change.practice", "change.perception_gap", "change.abilene_gap",
)  # fmt: skip
MOST = 6.0
"""How far apart two answers can be where no scale says so."""


def make(diagnosis: Diagnosis) -> Page | None:
    """Return the sizes to judge a change by, who left, and the changes where they may be named."""
    study = [cells(diagnosis, one) for one in (*SIZES, DROPOUT)]
    changes = [of_communities(diagnosis, one) for one in ("change", *GAPS, *COUNTS)]
    if not any(study) and not any(changes):
        return None
    waves = waves_of(cells(diagnosis, DROPOUT), *changes)
    named = side_by_side(diagnosis)
    kinds = ("study", "community") if named else ("study",)
    sizes = there(table(diagnosis, 0, SIZES))
    return Page(
        "appendix-change",
        TITLE,
        Message("appendix.change-lead"),
        (
            *titled(Message("appendix.change-sizes"), sizes),
            *per_wave(diagnosis, waves, lambda wave: _wave(diagnosis, wave)),
            Prose(Message("appendix.change-how"), "note"),
            *there(
                None if named else Prose(left_out(diagnosis), "note"),
                how(diagnosis, *SIZES, DROPOUT, "change", *GAPS, *COUNTS, kinds=kinds),
            ),
            Heading(Message("appendix.change-not")),
            Listing(
                (
                    Message("appendix.structure-invariance"),
                    Message("appendix.change-models"),
                )
            ),
        ),
    )


def _wave(diagnosis: Diagnosis, wave: int) -> tuple[Block, ...]:
    reach = {one.id: one.high - one.low for one in diagnosis.words.scales}
    whole = max(reach.values(), default=MOST)
    blocks = list(there(forest(diagnosis, DROPOUT, wave, difference_axis(whole), 1)))
    for subject in _subjects(diagnosis, ("change",), wave):
        axis = difference_axis(reach.get(subject, whole))
        blocks += there(
            caterpillar(diagnosis, "change", subject, wave, axis),
            by_community(diagnosis, subject, wave, COUNTS, 0),
        )
    for subject in _subjects(diagnosis, GAPS, wave):
        blocks += there(by_community(diagnosis, subject, wave, GAPS, 1))
    return tuple(blocks)


def _subjects(diagnosis: Diagnosis, statistics: tuple[str, ...], wave: int) -> tuple[str, ...]:
    found = [m for one in statistics for m in of_communities(diagnosis, one) if m.at.wave == wave]
    return tuple(dict.fromkeys(one.at.subject for one in found))


PAGE = AppendixPage(order=90, title=TITLE, make=make)
