"""Veel kijken geeft vals alarm: how many signals are to be expected where nothing is the matter."""

from __future__ import annotations

from collections import Counter

from lcdiag.base.text import Message, Number, Text
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import (
    AppendixPage,
    by_community,
    cells,
    how,
    left_out,
    name_of,
    of_communities,
    per_wave,
    side_by_side,
    stat_name,
    there,
    told,
    waves_of,
)
from lcdiag.views.blocks import Block, Facts, Listing, Page, Prose

TITLE = Message("appendix.multiplicity-title")
CHANCE = "expected_by_chance"
POWER = "power"


def make(diagnosis: Diagnosis) -> Page | None:
    """Return the false signals to be expected, and what was found where that may be said."""
    found = cells(diagnosis, CHANCE)
    powers = of_communities(diagnosis, POWER)
    waves = waves_of(found, powers)
    if not waves:
        return None
    named = side_by_side(diagnosis)
    kinds = ("study", "community") if named else ("study",)
    return Page(
        "appendix-multiplicity",
        TITLE,
        Message("appendix.multiplicity-lead"),
        (
            *per_wave(diagnosis, waves, lambda wave: _wave(diagnosis, wave)),
            Prose(Message("appendix.multiplicity-how"), "note"),
            *there(
                None if named else Prose(left_out(diagnosis), "note"),
                how(diagnosis, CHANCE, POWER, kinds=kinds),
            ),
            Listing(
                (
                    Message("appendix.multiplicity-intervals"),
                    Message("appendix.multiplicity-status"),
                )
            ),
        ),
    )


def _wave(diagnosis: Diagnosis, wave: int) -> tuple[Block, ...]:
    powers = [m for m in of_communities(diagnosis, POWER) if m.at.wave == wave]
    subjects = dict.fromkeys(one.at.subject for one in powers)
    return there(
        _expected(diagnosis, wave),
        *(by_community(diagnosis, one, wave, (POWER,)) for one in subjects),
    )


def _expected(diagnosis: Diagnosis, wave: int) -> Facts | None:
    """Return each indicator with the false signals to be expected, and the signals that stood."""
    expected = {m.at.subject: m.cell for m in cells(diagnosis, CHANCE) if m.at.wave == wave}
    named = side_by_side(diagnosis)
    signals = Counter(one.indicator for one in diagnosis.signals if one.wave == wave and named)
    known = [one.id for one in diagnosis.words.indicators]
    rows: list[tuple[Text, ...]] = []
    for one in (*known, *(subject for subject in expected if subject not in known)):
        if one in expected or signals[one]:
            seen = (Number(signals[one], 0),) if named else ()
            rows.append((name_of(diagnosis, one), told(expected.get(one)), *seen))
    if not rows:
        return None
    head = (Message("appendix.col-indicator"), stat_name(CHANCE))
    return Facts(
        Message("appendix.multiplicity-caption"),
        (*head, Message("appendix.col-found")) if named else head,
        tuple(rows),
    )


PAGE = AppendixPage(order=140, title=TITLE, make=make)
