"""Every theme, with a strip for each community in the order of the study."""

from __future__ import annotations

from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import ScaleWords
from lcdiag.views.blocks import Block, Figure, Page, Panels, Prose
from lcdiag.views.figures import StripRow, Strips
from lcdiag.views.reading import axis_of, or_hidden, shown, slug
from lcdiag.views.side_by_side import Communities, PortfolioPage, named

TITLE = Message("portfolio.themes-title")


def make(communities: Communities) -> Page | None:
    """Return the page on themes; None where no theme is asked."""
    if not any(communities.scales(wave) for wave in communities.waves):
        return None
    return Page(
        id="themes",
        title=TITLE,
        lead=Message("portfolio.themes-lead"),
        blocks=communities.per_wave(lambda wave: _wave(communities, wave)),
    )


def _wave(communities: Communities, wave: int) -> tuple[Block, ...]:
    scales = communities.scales(wave)
    if not scales:
        return (Prose(Message("portfolio.nothing")),)
    figures = tuple((_figure(communities, scale, wave),) for scale in scales)
    whole = any(shown(communities.study("mean_over_study", s.id, wave)) for s in scales)
    meant = (Prose(Message("portfolio.all-meant"), kind="note"),) if whole else ()
    return (*meant, Panels(figures))


def _figure(communities: Communities, scale: ScaleWords, wave: int) -> Figure:
    """Return one theme: the whole study where that is released, then each community."""
    rows: list[StripRow] = []
    whole = communities.study("mean_over_study", scale.id, wave)
    known = shown(whole)
    if whole is not None and known is not None:
        label: Text = Message("portfolio.all-people", {"n": known.n})
        rows.append(StripRow(label, whole, theme=scale.id))
    for one in communities.of_wave(wave):
        cell = or_hidden(one.cell("mean", scale.id))
        before = shown(one.before("mean", scale.id))
        rows.append(StripRow(named(one, cell), cell, before, theme=scale.id, unit=one.community))
    hidden = sum(shown(row.cell) is None for row in rows)
    title = Wording(scale.label)
    return Figure(
        id=f"themes-{slug(scale.id)}-w{wave}",
        title=title,
        caption=Wording(scale.about) if scale.about else Message("views.further-right"),
        alt=Message("portfolio.alt", {"title": title, "n": len(rows), "hidden": hidden}),
        chart=Strips(tuple(rows), axis_of(scale), subject=Message("portfolio.community")),
        question=Wording(scale.question) if scale.question else Message("portfolio.ask-themes"),
        themes=(scale.id,),
    )


PAGE = PortfolioPage(20, TITLE, make)
