"""What changed since the wave before, community by community, each with its own strip."""

from __future__ import annotations

from math import ceil

from lcdiag.base.text import Message, Wording
from lcdiag.diagnosis.model import ScaleWords
from lcdiag.views.blocks import Block, Figure, Page, Panels, Prose
from lcdiag.views.figures import Axis, StripRow, Strips
from lcdiag.views.reading import interval, shown, slug
from lcdiag.views.side_by_side import Communities, PortfolioPage, named

TITLE = Message("portfolio.change-title")


def make(communities: Communities) -> Page | None:
    """Return the page on change; None where there is only one wave."""
    if len(communities.waves) < 2:
        return None
    return Page(
        id="change",
        title=TITLE,
        lead=Message("portfolio.change-lead"),
        blocks=communities.per_wave(lambda wave: _wave(communities, wave)),
    )


def _wave(communities: Communities, wave: int) -> tuple[Block, ...]:
    figures = tuple(
        (figure,)
        for scale in communities.scales(wave)
        if (figure := _figure(communities, scale, wave)) is not None
    )
    if not figures:
        return (Prose(Message("portfolio.change-none")),)
    return (Panels(figures), Prose(Message("portfolio.change-chance"), kind="note"))


def _figure(communities: Communities, scale: ScaleWords, wave: int) -> Figure | None:
    cells = [(one, one.cell("change", scale.id)) for one in communities.of_wave(wave)]
    if not any(shown(cell) is not None for _, cell in cells):
        return None
    rows = tuple(
        StripRow(named(one, cell), cell, theme=scale.id, unit=one.community)
        for one, cell in cells
        if cell is not None
    )
    title = Message("portfolio.change-figure", {"scale": Wording(scale.label)})
    hidden = sum(shown(row.cell) is None for row in rows)
    return Figure(
        id=f"change-{slug(scale.id)}-w{wave}",
        title=title,
        caption=Message("portfolio.change-caption"),
        alt=Message("portfolio.alt", {"title": title, "n": len(rows), "hidden": hidden}),
        chart=Strips(
            rows,
            _axis(scale, rows),
            value=Message("charts.col-change"),
            subject=Message("portfolio.community"),
        ),
        question=Message("portfolio.ask-change"),
        themes=(scale.id,),
    )


def _axis(scale: ScaleWords, rows: tuple[StripRow, ...]) -> Axis:
    """Return half of the possible width, or as many whole points more as the strips need."""
    limits = [interval(one) for row in rows if (one := shown(row.cell)) is not None]
    far = max((abs(limit) for pair in limits if pair is not None for limit in pair), default=0.0)
    reach = scale.high - scale.low
    width = min(float(reach), float(ceil(max(reach / 2, far))))
    return Axis(-width, width, Message("portfolio.less"), Message("portfolio.more"), zero=0.0)


PAGE = PortfolioPage(50, TITLE, make)
