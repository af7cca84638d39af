"""Dezelfde mensen: how many answered again, and how their codes were linked."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.text import Message, Number
from lcdiag.diagnosis.quality_model import Slips
from lcdiag.views.blocks import Block, Facts, Heading, Page, Prose, Terms
from lcdiag.views.coordination_page import CoordinationPage, Desk

_COUNTS = ("stayed", "joined", "unlinked", "left")


def make(desk: Desk) -> Page | None:
    """Return the page on linking, from the second wave on."""
    if not desk.quality.linked:
        return None
    rows = tuple(
        (
            desk.wave(one.wave),
            Number(one.forms, 0),
            *(desk.told(getattr(one, name)) for name in _COUNTS),
        )
        for one in desk.quality.linked
    )
    names = ("wave", "forms", *_COUNTS)
    minimum = {"minimum": Number(desk.quality.minimum, 0)}
    return Page(
        id="coordination-linking",
        title=Message("coordination.linking-title"),
        lead=Message("coordination.linking-lead"),
        blocks=(
            Facts(
                caption=Message("coordination.linking-caption"),
                head=tuple(Message(f"coordination.col-{name}") for name in names),
                rows=rows,
            ),
            *desk.rule(Message("coordination.linking-note", minimum)),
            *_slips(desk, desk.quality.slips),
        ),
    )


def _slips(desk: Desk, slips: Slips | None) -> Iterator[Block]:
    """Yield how codes that people made themselves were linked."""
    if slips is None:
        return
    yield Heading(Message("coordination.slips-heading"))
    yield Prose(Message("coordination.slips-lead"))
    yield Terms(
        tuple(
            (Message(f"coordination.slips-{name}"), desk.about(getattr(slips, name)))
            for name in ("exact", "tolerant", "ambiguous", "unmatched")
        )
    )


PAGE = CoordinationPage(order=40, make=make)
