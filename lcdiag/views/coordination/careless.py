"""Is er met aandacht ingevuld: how many seem not, and what that does to the study's means."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.text import Message, Number, Wording
from lcdiag.diagnosis.quality_model import Careless
from lcdiag.views.blocks import Block, Callout, Facts, Heading, Listing, Page, Prose
from lcdiag.views.coordination_page import CoordinationPage, Desk


def make(desk: Desk) -> Page:
    """Return the page on careless answering: signs, never a verdict about a person."""
    found = desk.quality.careless
    blocks = tuple(_told(desk, found)) if found is not None else (_too_few(),)
    return Page(
        id="coordination-careless",
        title=Message("coordination.careless-title"),
        lead=Message("coordination.careless-lead"),
        blocks=(
            *blocks,
            Heading(Message("coordination.careless-heading")),
            Listing(tuple(Message(f"coordination.careless-sign-{k}") for k in (1, 2))),
            Prose(Message("coordination.careless-note"), "note"),
        ),
    )


def _too_few() -> Callout:
    return Callout(Message("coordination.careless-too-few"), kind="calm")


def _told(desk: Desk, found: Careless) -> Iterator[Block]:
    numbers = {
        "people": desk.about(found.people),
        "minimum": Number(desk.quality.minimum, 0),
    }
    if found.n is None:
        yield Callout(Message("coordination.careless-few", numbers), kind="calm")
        return
    yield Callout(
        Message("coordination.careless-some", {**numbers, "count": Number(found.n, 0)}),
        question=Message("coordination.careless-ask"),
    )
    if not found.n:
        return
    if not found.moved:
        yield Prose(Message("coordination.careless-no-effect"))
        return
    labels = {one.id: one.label for one in desk.diagnosis.words.scales}
    yield Facts(
        caption=Message("coordination.careless-caption", numbers),
        head=(Message("coordination.col-scale"), Message("coordination.col-moved")),
        rows=tuple(
            (
                Wording(labels[one.scale]) if one.scale in labels else one.scale,
                Number(one.moved, 1, signed=True),
            )
            for one in found.moved
        ),
    )


PAGE = CoordinationPage(order=60, make=make)
