"""Indications over all communities, beside how many would be there by chance."""

from __future__ import annotations

from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import IndicatorWords
from lcdiag.views.blocks import Block, Callout, Facts, Page, Prose
from lcdiag.views.indications import readable
from lcdiag.views.reading import shown
from lcdiag.views.side_by_side import Communities, PortfolioPage

TITLE = Message("portfolio.signals-title")


def make(communities: Communities) -> Page | None:
    """Return the page on indications; None where none is looked for."""
    indicators = communities.diagnosis.words.indicators
    if not indicators:
        return None
    tried = any(one.status != "experimental" for one in indicators)
    return Page(
        id="signals",
        title=TITLE,
        lead=Message("portfolio.signals-lead"),
        blocks=(
            *communities.per_wave(lambda wave: _wave(communities, wave)),
            Callout(
                Message("portfolio.signals-status-some" if tried else "portfolio.signals-status"),
                question=Message("portfolio.ask-signals"),
                kind="calm",
            ),
        ),
    )


def _wave(communities: Communities, wave: int) -> tuple[Block, ...]:
    rows = [
        row
        for words in communities.diagnosis.words.indicators
        if (row := _row(communities, words, wave)) is not None
    ]
    if not rows:
        return tuple(Prose(Message(f"portfolio.signals-{said}")) for said in ("none", "looked"))
    return (
        Facts(
            caption=Message("portfolio.signals-caption"),
            head=tuple(
                Message(f"portfolio.signals-{name}") for name in ("what", "where", "chance")
            ),
            rows=tuple(rows),
        ),
        Prose(Message("portfolio.signals-looked"), kind="note"),
    )


def _row(communities: Communities, words: IndicatorWords, wave: int) -> tuple[Text, ...] | None:
    """Return an indicator with the communities where it is met, and what chance alone gives."""
    met = [
        one.community
        for one in communities.of_wave(wave)
        if any(
            signal.indicator == words.id and readable(one, signal)
            for signal in communities.diagnosis.signals
        )
    ]
    chance = shown(communities.study("expected_by_chance", words.id, wave))
    if not met and chance is None:
        return None
    where: Text = Message("portfolio.signals-nowhere")
    if met:
        where = ", ".join(met)
    known: Text = Message("views.not-given")
    if chance is not None and chance.value is not None:
        known = Message(
            "portfolio.signals-by-chance", {"most": Number(chance.value), "all": chance.n}
        )
    return Wording(words.label), where, known


PAGE = PortfolioPage(60, TITLE, make)
