"""Where answers differ: between people, parties, communities or waves; shares, no causes."""

from __future__ import annotations

from lcdiag.base.estimate import Cell
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import ScaleWords
from lcdiag.views.asked import themes
from lcdiag.views.blocks import Callout, Figure, Listing, Page, Panels
from lcdiag.views.figures import Axis, StripRow, Strips
from lcdiag.views.reading import interval, shown, slug
from lcdiag.views.side_by_side import STUDY, Communities, PortfolioPage

TITLE = Message("portfolio.differ-title")
PARTS = ("person", "party", "meeting_group", "community", "wave", "rest")
"""In this order; parts that are the same in a study stand together, joined by a plus."""

KIND = "variance_share."


def make(communities: Communities) -> Page | None:
    """Return the page on where answers differ; None where no share is known."""
    asked = {scale.id: scale for scale in themes(communities.diagnosis.words)}
    cells = {subject: _cells(communities, subject) for subject in asked}
    some = {s: found for s, found in cells.items() if any(map(shown, found.values()))}
    if not some:
        return None
    parts = {part for found in some.values() for part in found}
    never = {part for part in parts if not any(shown(found.get(part)) for found in some.values())}
    counted = communities.all_counted
    figures = tuple((_figure(asked[s], some[s], never, counted=counted),) for s in some)
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
            Listing((*_reading(some), *_unknown(never))),
            Panels(figures),
        ),
    )


def _cells(communities: Communities, subject: str) -> dict[str, Cell]:
    """Return the shares of a theme by their part, in a fixed order."""
    found = {
        measure.at.statistic.removeprefix(KIND): measure.cell
        for measure in communities.diagnosis.measures
        if measure.at.statistic.startswith(KIND)
        and measure.at.subject == subject
        and measure.at.unit == STUDY
        and not measure.at.statistic.endswith("measurement_error")
    }
    order = sorted(found, key=lambda name: PARTS.index(name.split("+")[0]))
    return {part: found[part] for part in order}


def _reading(some: dict[str, dict[str, Cell]]) -> tuple[Text, ...]:
    """Return how to read a share, and a dot without a strip where there is one."""
    seen = [shown(cell) for found in some.values() for cell in found.values()]
    bare = any(one is not None and interval(one) is None for one in seen)
    edge = (Message("portfolio.differ-bare"),) if bare else ()
    return (Message("portfolio.differ-read"), *edge)


def _unknown(never: set[str]) -> tuple[Text, ...]:
    """Return the parts of which no theme has a share: there are too few of them to tell."""
    order = sorted(never, key=lambda name: PARTS.index(name.split("+")[0]))
    return tuple(Message("portfolio.differ-unknown", {"part": _name(part)}) for part in order)


def _figure(scale: ScaleWords, found: dict[str, Cell], never: set[str], *, counted: bool) -> Figure:
    """Return the shares of one theme; a part that is known of other themes only says so.

    Shares rest on everybody. Less the counts that are shown, that number would tell how many
    answered where this is hidden; it is then not told (`counted`).
    """
    rows = tuple(
        StripRow(_name(part), cell, theme=scale.id)
        for part, cell in found.items()
        if part not in never
    )
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
            counted=counted,
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
