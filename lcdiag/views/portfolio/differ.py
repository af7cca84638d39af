"""Where answers differ: between people, parties, communities or waves; shares, no causes."""

from __future__ import annotations

from lcdiag.base.estimate import Cell
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import ScaleWords
from lcdiag.views.asked import themes
from lcdiag.views.blocks import Callout, Figure, Page, Panels
from lcdiag.views.figures import Axis, StripRow, Strips
from lcdiag.views.reading import shown, slug
from lcdiag.views.side_by_side import STUDY, Communities, PortfolioPage

TITLE = Message("portfolio.differ-title")
PARTS = ("person", "party", "meeting_group", "community", "wave", "rest")
"""In this order; parts that are the same in a study stand together, joined by a plus."""

KIND = "variance_share."


def make(communities: Communities) -> Page | None:
    """Return the page on where answers differ; None where no share is known."""
    figures = tuple(
        (figure,)
        for scale in themes(communities.diagnosis.words)
        if (figure := _figure(communities, scale)) is not None
    )
    if not figures:
        return None
    return Page(
        id="differ",
        title=TITLE,
        lead=Message("portfolio.differ-lead"),
        blocks=(
            Callout(
                Message("portfolio.differ-blind"),
                question=Message("portfolio.ask-differ"),
                kind="calm",
            ),
            Panels(figures),
        ),
    )


def _figure(communities: Communities, scale: ScaleWords) -> Figure | None:
    found: dict[str, Cell] = {
        measure.at.statistic.removeprefix(KIND): measure.cell
        for measure in communities.diagnosis.measures
        if measure.at.statistic.startswith(KIND)
        and measure.at.subject == scale.id
        and measure.at.unit == STUDY
        and not measure.at.statistic.endswith("measurement_error")
    }
    parts = sorted(found, key=lambda name: PARTS.index(name.split("+")[0]))
    rows = tuple(
        StripRow(_name(part), found[part], theme=scale.id)
        for part in parts
        if shown(found[part]) is not None
    )
    if not rows:
        return None
    title = Wording(scale.label)
    return Figure(
        id=f"differ-{slug(scale.id)}",
        title=title,
        caption=Message("portfolio.differ-caption"),
        alt=Message("portfolio.differ-alt", {"title": title, "n": len(rows)}),
        chart=Strips(
            rows,
            Axis(0, 1, Message("portfolio.differ-none"), Message("portfolio.differ-all")),
            decimals=2,
            value=Message("portfolio.share"),
            subject=Message("portfolio.part"),
        ),
        question=Message("portfolio.ask-part"),
        themes=(scale.id,),
    )


def _name(part: str) -> Text:
    """Return the name of a part, or of several that are the same in this study."""
    names = [_single(name) for name in part.split("+")]
    text = names[0]
    for name in names[1:]:
        text = Message("portfolio.part-and", {"first": text, "second": name})
    return text


def _single(name: str) -> Text:
    return Message(f"portfolio.part-{name.replace('_', '-')}")


PAGE = PortfolioPage(40, TITLE, make)
