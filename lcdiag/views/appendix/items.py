"""Stellingen: how each one goes with the rest of its scale, in the order of asking."""

from __future__ import annotations

from lcdiag.base.text import Message, Wording
from lcdiag.diagnosis.model import Diagnosis, ItemWords
from lcdiag.views.appendix_page import (
    STUDY,
    AppendixPage,
    cells,
    how,
    per_wave,
    stat_name,
    there,
    told,
    waves_of,
)
from lcdiag.views.blocks import Block, Facts, Page, Prose

TITLE = Message("appendix.items-title")
STATISTICS = ("item_rest", "alpha_if_dropped")


def make(diagnosis: Diagnosis) -> Page | None:
    """Return the table of items, a part a scale."""
    waves = waves_of(*(cells(diagnosis, one) for one in STATISTICS))
    if not waves:
        return None
    return Page(
        "appendix-items",
        TITLE,
        Message("appendix.items-lead"),
        (
            *per_wave(diagnosis, waves, lambda wave: _wave(diagnosis, wave)),
            Prose(Message("appendix.items-how"), "note"),
            *there(how(diagnosis, *STATISTICS)),
        ),
    )


def _wave(diagnosis: Diagnosis, wave: int) -> tuple[Block, ...]:
    items = {one.id: one for one in diagnosis.words.items}
    tables: list[Block] = []
    for scale in diagnosis.words.scales:
        rows = []
        for item in (items[code] for code in scale.items if code in items):
            found = [diagnosis.cell(stat, item.id, STUDY, wave) for stat in STATISTICS]
            if any(cell is not None for cell in found):
                rows.append((_label(item), item.id, *(told(cell) for cell in found)))
        if rows:
            head = (Message("appendix.col-item"), Message("appendix.col-code"))
            names = tuple(stat_name(stat) for stat in STATISTICS)
            tables.append(Facts(Wording(scale.label), (*head, *names), tuple(rows)))
    return tuple(tables)


def _label(item: ItemWords) -> Message | Wording:
    text = Wording(item.text)
    return Message("appendix.turned", {"text": text}) if item.reversed else text


PAGE = AppendixPage(order=50, title=TITLE, make=make)
