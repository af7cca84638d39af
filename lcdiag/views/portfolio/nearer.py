"""Every theme once more, each community drawn towards the whole as far as chance asks for."""

from __future__ import annotations

from lcdiag.base.text import Message, Wording
from lcdiag.diagnosis.model import ScaleWords
from lcdiag.views.blocks import Block, Figure, Listing, Page, Panels, Prose
from lcdiag.views.figures import StripRow, Strips
from lcdiag.views.reading import axis_of, or_hidden, shown, slug
from lcdiag.views.side_by_side import Communities, PortfolioPage, named

TITLE = Message("portfolio.nearer-title")


def make(communities: Communities) -> Page | None:
    """Return the page; None where no mean drawn towards the whole is released."""
    if not any(_scales(communities, wave) for wave in communities.waves):
        return None
    return Page(
        id="nearer",
        title=TITLE,
        lead=Message("portfolio.nearer-lead"),
        blocks=(
            Listing(tuple(Message(f"portfolio.nearer-{i}") for i in (1, 2, 3))),
            *communities.per_wave(lambda wave: _wave(communities, wave)),
        ),
    )


def _scales(communities: Communities, wave: int) -> tuple[ScaleWords, ...]:
    return tuple(
        scale
        for scale in communities.scales(wave)
        if any(one.shown("mean_shrunken", scale.id) for one in communities.of_wave(wave))
    )


def _wave(communities: Communities, wave: int) -> tuple[Block, ...]:
    scales = _scales(communities, wave)
    if not scales:
        return (Prose(Message("portfolio.nothing")),)
    return (Panels(tuple((_figure(communities, scale, wave),) for scale in scales)),)


def _figure(communities: Communities, scale: ScaleWords, wave: int) -> Figure:
    rows = []
    for one in communities.of_wave(wave):
        cell = or_hidden(one.cell("mean_shrunken", scale.id))
        rows.append(StripRow(named(one, cell), cell, theme=scale.id, unit=one.community))
    hidden = sum(shown(row.cell) is None for row in rows)
    title = Message("portfolio.nearer-figure", {"scale": Wording(scale.label)})
    return Figure(
        id=f"nearer-{slug(scale.id)}-w{wave}",
        title=title,
        caption=Message("portfolio.nearer-caption"),
        alt=Message("portfolio.alt", {"title": title, "n": len(rows), "hidden": hidden}),
        chart=Strips(
            tuple(rows),
            axis_of(scale),
            value=Message("portfolio.nearer-value"),
            subject=Message("portfolio.community"),
        ),
        question=Message("portfolio.ask-nearer"),
        themes=(scale.id,),
    )


PAGE = PortfolioPage(25, TITLE, make)
