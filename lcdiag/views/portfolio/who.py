"""Who took part, community by community, and how to read communities beside each other."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.views.blocks import Block, Callout, Figure, Listing, Page
from lcdiag.views.figures import ResponseRow, Responses
from lcdiag.views.side_by_side import Communities, PortfolioPage

TITLE = Message("portfolio.who-title")


def make(communities: Communities) -> Page | None:
    """Return the opening page."""
    reading = Listing(tuple(Message(f"portfolio.read-{i}") for i in (1, 2, 3, 4)))
    return Page(
        id="who",
        title=TITLE,
        lead=Message("portfolio.who-lead"),
        blocks=(
            Callout(Message("portfolio.rule"), question=Message("portfolio.ask-rule")),
            reading,
            *communities.per_wave(lambda wave: _wave(communities, wave)),
        ),
    )


def _wave(communities: Communities, wave: int) -> tuple[Block, ...]:
    rows = tuple(
        ResponseRow(
            one.community,
            one.sample.answered if one.sample else None,
            one.sample.invited if one.sample else None,
            unit=one.community,
        )
        for one in communities.of_wave(wave)
    )
    title = Message("portfolio.who-figure")
    hidden = sum(row.answered is None for row in rows)
    return (
        Figure(
            id=f"who-w{wave}",
            title=title,
            caption=Message("portfolio.who-caption"),
            alt=Message("portfolio.alt", {"title": title, "n": len(rows), "hidden": hidden}),
            chart=Responses(rows, Message("portfolio.community")),
            question=Message("portfolio.ask-who"),
        ),
    )


PAGE = PortfolioPage(10, TITLE, make)
