"""Wat bleef open: questions without an answer, "don't know", and where people stopped."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.quality_model import OpenPart
from lcdiag.views.blocks import Block, Callout, Facts, Heading, Page, Prose
from lcdiag.views.coordination_page import CoordinationPage, Desk

_COUNTS = ("asked", "open", "dont-know")
OFTEN = 0.1
"""From this share on a question deserves a look: one in ten."""


def make(desk: Desk) -> Page | None:
    """Return the page on answers that were not given."""
    if not desk.quality.parts:
        return None
    step = {"step": Number(desk.quality.step, 0)}
    return Page(
        id="coordination-blank",
        title=Message("coordination.blank-title"),
        lead=Message("coordination.blank-lead"),
        blocks=(
            _striking(desk),
            _table(desk, "instrument"),
            _table(desk, "page"),
            *_stopped(desk),
            *desk.rule(Message("coordination.blank-note", step)),
            Prose(Message("coordination.blank-parties"), "note"),
        ),
    )


def _striking(desk: Desk) -> Callout:
    """Return how many questions one in ten or more did not rate."""
    often = [one for one in desk.quality.items if one.open + one.dont_know >= OFTEN * one.asked]
    if not often:
        return Callout(Message("coordination.blank-calm"), kind="calm")
    return Callout(
        Message("coordination.blank-often", {"n": len(often)}),
        question=Message("coordination.blank-ask"),
    )


def _table(desk: Desk, kind: str) -> Facts:
    titles = {one.id: one.title for one in desk.diagnosis.words.instruments}

    def name(one: OpenPart) -> Text:
        if kind == "page":
            return Message("coordination.page", {"number": one.name})
        return Wording(titles[one.name]) if one.name in titles else one.name

    return Facts(
        caption=Message(f"coordination.by-{kind}"),
        head=(
            Message(f"coordination.col-{kind}"),
            Message("coordination.col-questions"),
            *(Message(f"coordination.col-{one}") for one in _COUNTS),
        ),
        rows=tuple(
            (
                name(one),
                Number(one.questions, 0),
                Number(one.asked, 0),
                desk.about(one.open),
                desk.about(one.dont_know),
            )
            for one in desk.quality.parts
            if one.kind == kind
        ),
    )


def _stopped(desk: Desk) -> Iterator[Block]:
    """Yield after which page forms end early; pages with none or a few are not listed."""
    if not desk.quality.stopped:
        return
    yield Heading(Message("coordination.stopped-heading"))
    rows = tuple(
        (
            desk.wave(one.wave),
            Message("coordination.page", {"number": one.page}),
            Number(one.forms, 0),
            desk.about(one.n),
        )
        for one in desk.quality.stopped
        if one.n
    )
    if not rows:
        yield Prose(Message("coordination.stopped-nowhere"))
        return
    names = ("wave", "last-page", "forms", "stopped")
    yield Facts(
        caption=Message("coordination.stopped-caption"),
        head=tuple(Message(f"coordination.col-{name}") for name in names),
        rows=rows,
    )


PAGE = CoordinationPage(order=50, make=make)
