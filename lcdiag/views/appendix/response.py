"""Respons: how many were invited and how many answered, wave by wave."""

from __future__ import annotations

from lcdiag.base.text import Message, Number, Text
from lcdiag.diagnosis.model import Diagnosis, Sample
from lcdiag.views.appendix_page import AppendixPage, left_out, side_by_side
from lcdiag.views.blocks import Block, Facts, Page, Prose
from lcdiag.views.reading import wave_name

TITLE = Message("appendix.response-title")
ENOUGH = 5
"""From so many communities on a total tells nothing about the one that is left."""


def make(diagnosis: Diagnosis) -> Page | None:
    """Return the flow of the response; by community only where these may stand side by side."""
    if not diagnosis.sample:
        return None
    blocks: list[Block] = [_totals(diagnosis), Prose(Message("appendix.response-how"), "note")]
    if side_by_side(diagnosis):
        blocks.append(_communities(diagnosis))
    else:
        blocks.append(Prose(left_out(diagnosis), "note"))
    return Page("appendix-response", TITLE, Message("appendix.response-lead"), tuple(blocks))


def total(found: list[int | None], *, alone: bool) -> int | None:
    """Return a total, or None where a part of it is hidden or it would tell of one community."""
    known = [one for one in found if one is not None]
    if len(known) < len(found) or (len(found) < ENOUGH and not alone):
        return None
    return sum(known)


def _totals(diagnosis: Diagnosis) -> Facts:
    open_ = side_by_side(diagnosis)
    rows = []
    for wave in diagnosis.waves:
        part = [one for one in diagnosis.sample if one.wave == wave.number]
        rows.append(
            (
                wave_name(diagnosis, wave.number),
                Number(len(part), 0),
                _count(total([one.invited for one in part], alone=open_)),
                _count(total([one.answered for one in part], alone=open_)),
            )
        )
    names = ("wave", "communities", "invited", "answered")
    return Facts(
        caption=Message("appendix.response-total"),
        head=tuple(Message(f"appendix.col-{name}") for name in names),
        rows=tuple(rows),
    )


def _communities(diagnosis: Diagnosis) -> Facts:
    names = ("community", "wave", "invited", "answered", "stayed", "joined", "left")
    ordered = [s for one in diagnosis.communities for s in diagnosis.sample if s.community == one]
    return Facts(
        caption=Message("appendix.response-communities"),
        head=tuple(Message(f"appendix.col-{name}") for name in names),
        rows=tuple(_row(diagnosis, one) for one in ordered),
    )


def _row(diagnosis: Diagnosis, one: Sample) -> tuple[Text, ...]:
    counts = (one.answered, one.stayed, one.joined, one.left)
    invited = Message("appendix.unknown") if one.invited is None else Number(one.invited, 0)
    name = wave_name(diagnosis, one.wave)
    return (one.community, name, invited, *(_count(count) for count in counts))


def _count(count: int | None) -> Text:
    return Message("appendix.not-said") if count is None else Number(count, 0)


PAGE = AppendixPage(order=20, title=TITLE, make=make)
