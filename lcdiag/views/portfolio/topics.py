"""Own view, estimated view of others and practice over all topics, community by community."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.views.blocks import Block, Figure, Page, Prose
from lcdiag.views.indications import POOL
from lcdiag.views.reading import shown
from lcdiag.views.side_by_side import Communities, PortfolioPage
from lcdiag.views.topics import topic_cells, topics_chart

TITLE = Message("portfolio.topics-title")


def make(communities: Communities) -> Page | None:
    """Return the page on what people think and say; None where it was not asked."""
    if not any(topic.kind == "critical" for topic in communities.diagnosis.words.topics):
        return None
    return Page(
        id="topics",
        title=TITLE,
        lead=Message("portfolio.topics-lead"),
        blocks=communities.per_wave(lambda wave: _wave(communities, wave)),
    )


def _wave(communities: Communities, wave: int) -> tuple[Block, ...]:
    found = communities.of_wave(wave)
    rows = tuple(topic_cells(one, one.community, POOL, one.community) for one in found)
    first = next((one for one in found if one.topics("critical")), None)
    if first is None or not any(shown(row.own) is not None for row in rows):
        return (Prose(Message("portfolio.nothing")),)
    asked = first.topics("critical")
    hidden = sum(shown(row.own) is None for row in rows)
    title = Message("portfolio.topics-figure")
    return (
        Figure(
            id=f"topics-w{wave}",
            title=title,
            caption=Message("views.contrast-caption"),
            alt=Message("portfolio.alt", {"title": title, "n": len(rows), "hidden": hidden}),
            chart=topics_chart(first, asked, rows, Message("portfolio.community")),
            question=Message("portfolio.ask-topics"),
            themes=(POOL,),
        ),
        Prose(Message("portfolio.topics-note"), kind="note"),
    )


PAGE = PortfolioPage(30, TITLE, make)
