"""Vraag voor vraag: how often each question was left open, in the order of asking."""

from __future__ import annotations

from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.views.blocks import Facts, Page
from lcdiag.views.coordination_page import CoordinationPage, Desk


def make(desk: Desk) -> Page | None:
    """Return the table of all questions."""
    if not desk.quality.items:
        return None
    labels = {one.id: one.label for one in desk.diagnosis.words.items}
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            Wording(labels[one.id]) if one.id in labels else one.id,
            one.id,
            Number(one.page, 0),
            Number(one.asked, 0),
            desk.about(one.open),
            desk.about(one.dont_know),
        )
        for one in desk.quality.items
    )
    names = ("question", "code", "page", "asked", "open", "dont-know")
    return Page(
        id="coordination-questions",
        title=Message("coordination.questions-title"),
        lead=Message("coordination.questions-lead"),
        blocks=(
            Facts(
                caption=Message("coordination.questions-caption"),
                head=tuple(Message(f"coordination.col-{name}") for name in names),
                rows=rows,
            ),
        ),
    )


PAGE = CoordinationPage(order=80, make=make)
