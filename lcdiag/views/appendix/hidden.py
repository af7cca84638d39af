"""Wat niet getoond is: how many cells are hidden, by statistic; never which ones."""

from __future__ import annotations

from collections import Counter

from lcdiag.base.estimate import Hidden
from lcdiag.base.text import Message, Number, Text
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import AppendixPage, stat_name
from lcdiag.views.blocks import Facts, Page, Prose

TITLE = Message("appendix.hidden-title")
COUNT = "count."
KINDS = ("study", "community", "meeting_group", "sector", "party")


def make(diagnosis: Diagnosis) -> Page | None:
    """Return how many cells are shown, without a number and hidden, over all communities."""
    rows = tally(diagnosis)
    if not rows:
        return None
    names = ("statistic", "unit", "shown", "empty", "hidden")
    return Page(
        "appendix-hidden",
        TITLE,
        Message("appendix.hidden-lead"),
        (
            Facts(
                Message("appendix.hidden-caption"),
                tuple(Message(f"appendix.col-{name}") for name in names),
                tuple(
                    (
                        _name(statistic),
                        Message(f"appendix.unit-{kind.replace('_', '-')}"),
                        *(Number(count, 0) for count in counts),
                    )
                    for (statistic, kind), counts in rows.items()
                ),
            ),
            Prose(Message("appendix.hidden-how"), "note"),
        ),
    )


def tally(diagnosis: Diagnosis) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Return how many cells of a statistic are shown, have no number, and are hidden."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for one in diagnosis.measures:
        statistic = one.at.statistic
        if statistic.startswith(COUNT):
            statistic = COUNT
        if isinstance(one.cell, Hidden):
            state = "hidden"
        else:
            state = "empty" if one.cell.value is None else "shown"
        found.setdefault((statistic, one.at.unit.kind), Counter())[state] += 1
    ordered = sorted(found.items(), key=lambda pair: KINDS.index(pair[0][1]))
    return {key: (many["shown"], many["empty"], many["hidden"]) for key, many in ordered}


def _name(statistic: str) -> Text:
    return Message("appendix.stat-count") if statistic == COUNT else stat_name(statistic)


PAGE = AppendixPage(order=150, title=TITLE, make=make)
