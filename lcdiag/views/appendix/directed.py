"""Hoe partijen elkaar zien: ratings of each other, and what they have in common."""

from __future__ import annotations

from lcdiag.base.text import Message, Text
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.views.appendix_page import (
    AppendixPage,
    cells,
    how,
    left_out,
    name_of,
    per_wave,
    side_by_side,
    stat_name,
    table,
    there,
    told,
    waves_of,
)
from lcdiag.views.blocks import Block, Facts, Page, Prose

TITLE = Message("appendix.directed-title")
SPREAD = "directed_spread"
RELATIONS = (
    "social_relations.actor",
    "social_relations.partner",
    "social_relations.relationship",
    "social_relations.reciprocity.generalised",
    "social_relations.reciprocity.dyadic",
)
RATINGS = ("directed", "mutuality", "meta_gap")


def make(diagnosis: Diagnosis) -> Page | None:
    """Return spread and shares of the study; single ratings where these may be named."""
    named = side_by_side(diagnosis)
    study = [cells(diagnosis, one) for one in (SPREAD, *RELATIONS)]
    ratings = [one for stat in RATINGS for one in _ratings(diagnosis, stat)]
    waves = waves_of(*study, ratings)
    if not waves:
        return None
    kinds = ("study", "party", "sector") if named else ("study",)
    return Page(
        "appendix-directed",
        TITLE,
        Message("appendix.directed-lead"),
        (
            *per_wave(diagnosis, waves, lambda wave: _wave(diagnosis, wave)),
            Prose(Message("appendix.directed-how"), "note"),
            *there(
                None if named else Prose(left_out(diagnosis), "note"),
                how(diagnosis, SPREAD, *RELATIONS, *RATINGS, kinds=kinds),
            ),
        ),
    )


def _ratings(diagnosis: Diagnosis, statistic: str) -> tuple[Measure, ...]:
    """Return what is not of the study, in the order of the Diagnosis; nothing when not agreed."""
    if not side_by_side(diagnosis):
        return ()
    return (*cells(diagnosis, statistic, "sector"), *cells(diagnosis, statistic, "party"))


def _wave(diagnosis: Diagnosis, wave: int) -> tuple[Block, ...]:
    blocks: list[Block] = list(there(table(diagnosis, wave, (SPREAD, *RELATIONS))))
    for stat in RATINGS:
        found = [one for one in _ratings(diagnosis, stat) if one.at.wave == wave]
        rows: tuple[tuple[Text, ...], ...] = tuple(
            (
                one.at.unit.community,
                one.at.unit.name,
                name_of(diagnosis, one.at.subject),
                told(one.cell, 1),
            )
            for one in found
        )
        if rows:
            names = ("community", "rater", "about")
            head = (*(Message(f"appendix.col-{name}") for name in names), stat_name(stat))
            blocks.append(Facts(stat_name(stat), head, rows))
    return tuple(blocks)


PAGE = AppendixPage(order=120, title=TITLE, make=make)
