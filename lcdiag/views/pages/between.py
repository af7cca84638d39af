"""Tussen partijen: how parties see each other, or a sheet to talk about it."""

from __future__ import annotations

from lcdiag.base.levels import Level, Referent
from lcdiag.base.text import Message, Number, Param, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, ScaleWords, Words
from lcdiag.views.asked import themes
from lcdiag.views.blocks import Beside, Blank, Block, Callout, Figure, Page, Panels, Prose
from lcdiag.views.each_other import (
    EachOther,
    dumbbells,
    each_other,
    matrix,
    parties_of,
    spread_of_all,
)
from lcdiag.views.page import WHOLE, Coverage, PageMaker, not_shown, partly
from lcdiag.views.reading import Reading, by_axis, interval, latest, per_wave, shown, slug
from lcdiag.views.strips import meaning, own_question, strips_title, strips_words

TITLE = Message("pages.between-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page between parties, for each wave; None where nothing of it was asked."""
    words = diagnosis.words
    if latest(diagnosis, community) is None or not (_about_parties(words) or words.pairs):
        return None
    return Page(
        id="between",
        title=TITLE,
        lead=Message("pages.between-lead"),
        blocks=per_wave(diagnosis, community, _wave),
    )


def _wave(reading: Reading) -> tuple[Block, ...]:
    together = _together(reading)
    grid = _grid(reading)
    if not grid:
        return _sheet(reading, together)
    calm = Callout(Message("pages.between-rule"), kind="calm")
    return (calm, *grid, *together)


def _about_parties(words: Words) -> list[ScaleWords]:
    """Return the themes about all parties together."""
    about = {pair.scale for pair in words.pairs}
    return [
        scale
        for scale in themes(words)
        if scale.level == Level.PARTY
        and scale.referent != Referent.OTHER_PARTY
        and scale.id not in about
    ]


def _together(reading: Reading) -> tuple[Figure, ...]:
    """Return the themes about all parties together as strips."""
    asked = {scale.id for scale in _about_parties(reading.diagnosis.words)}
    groups = [
        group
        for group in by_axis(scale for scale in reading.scales() if scale.id in asked)
        if any(reading.shown("mean", scale.id) for scale in group)
    ]
    figures = []
    for group in groups:
        title = strips_title(group, groups)
        chart, alt = strips_words(reading, group, title)
        figures.append(
            Figure(
                id=f"between-all-{slug(group[0].id)}-w{reading.wave}",
                title=title,
                caption=meaning(group, "views.further-right"),
                alt=alt,
                chart=chart,
                question=own_question(reading, group),
                themes=tuple(scale.id for scale in group),
            )
        )
    return tuple(figures)


def _grid(reading: Reading) -> tuple[Block, ...]:
    """Return what is shown of how parties see each other, else sectors, else the spread of all."""
    found = [one for one in each_other(reading, "party") if one.shown]
    sectors = [one for one in each_other(reading, "sector") if one.shown]
    blocks: list[Block] = []
    for one in found:
        blocks.append(matrix(reading, one))
        pairs = dumbbells(reading, one)
        if pairs is not None:
            blocks.append(pairs)
    blocks.extend(matrix(reading, one) for one in sectors)
    if found and all(one.mostly_hidden for one in found):
        blocks.extend(_spread(reading, found))
    return tuple(blocks)


def _spread(reading: Reading, found: list[EachOther]) -> tuple[Block, ...]:
    """Return how far all ratings of the study lie apart, where most cells are not shown."""
    said: list[Text] = []
    for one in found:
        cell = spread_of_all(reading, one.scale)
        known = shown(cell) if cell is not None else None
        if known is None or known.value is None:
            continue
        limits = interval(known)
        facts: dict[str, Param] = {"value": Number(known.value), "n": known.n}
        name = "pages.spread-all"
        if limits is not None:
            facts |= {"low": Number(limits[0]), "high": Number(limits[1])}
            name = "pages.spread-interval"
        label = Message("views.quoted", {"name": Wording(one.scale.label)})
        said.append(Message(name, {"scale": label, **facts}))
    return tuple(Prose(text, kind="note") for text in said)


def _sheet(reading: Reading, together: tuple[Figure, ...]) -> tuple[Block, ...]:
    """Return a sheet to fill in together: how we think that the others see us."""
    asked = bool(reading.diagnosis.words.pairs)
    why = Prose(Message("pages.between-hidden" if asked else "pages.between-not-asked"))
    blank: tuple[Block, ...] = ()
    parties = parties_of(reading)
    if parties:
        head = tuple(Message(f"pages.between-{part}") for part in ("party", "us", "them"))
        blank = (Blank(Message("pages.between-sheet"), head, parties),)
    talk = Callout(Message("pages.between-do"), question=Message("pages.ask-between"))
    if not together:
        return (Beside(main=(why, *blank), aside=(talk,)),)
    further = together[1:]
    more: tuple[Block, ...] = (Panels(tuple((one,) for one in further)),) if further else ()
    return (Beside(main=(together[0],), aside=(why, talk)), *more, *blank)


def covers(words: Words) -> Coverage:
    """Return the page whole where parties were asked about each other."""
    if words.pairs:
        return WHOLE
    return partly("parties-together") if _about_parties(words) else not_shown("no-parties")


PAGE = PageMaker(order=60, title=TITLE, make=make, covers=covers)
