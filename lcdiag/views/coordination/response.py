"""Wie antwoordde: community by community and wave by wave, and in which language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lcdiag.base.text import Message, Number, Param, Text
from lcdiag.diagnosis.model import Sample
from lcdiag.views.blocks import Block, Facts, Figure, Heading, Page, Prose, Terms
from lcdiag.views.coordination_page import CoordinationPage, Desk
from lcdiag.views.drawing import HIDDEN
from lcdiag.views.figures import ResponseRow, Responses

MOST_COLUMNS = 10
"""With more parties than this a table would be wider than a sheet."""


def make(desk: Desk) -> Page | None:
    """Return the page on who was asked and who answered."""
    if not desk.diagnosis.sample:
        return None
    minimum = {"minimum": Number(desk.quality.minimum, 0)}
    return Page(
        id="coordination-response",
        title=Message("coordination.response-title"),
        lead=Message("coordination.response-lead"),
        blocks=(
            *desk.per_wave(lambda wave: tuple(_of_wave(desk, wave))),
            *desk.rule(Message("coordination.response-note", minimum)),
            *_languages(desk),
        ),
    )


def _of_wave(desk: Desk, wave: int) -> Iterator[Block]:
    order = list(desk.diagnosis.communities)
    here = sorted(
        (one for one in desk.diagnosis.sample if one.wave == wave),
        key=lambda one: order.index(one.community),
    )
    if not here:
        return
    yield _figure(desk, wave, here)
    if any(one.parties for one in here):
        yield Heading(Message("coordination.parties-heading"))
        yield _parties(here)


def _figure(desk: Desk, wave: int, here: Sequence[Sample]) -> Figure:
    said: Message = Message("coordination.response-hidden", {"n": len(here)})
    known = [one for one in here if one.answered is not None]
    if known:
        facts: dict[str, Param] = {
            "count": Number(len(known), 0),
            "n": len(here),
            "answered": Number(sum(one.answered or 0 for one in known), 0),
        }
        some = len(known) < len(here)
        said = Message(f"coordination.response-{'found' if some else 'all'}", facts)
    return Figure(
        id=f"coordination-response-w{wave}",
        title=said,
        caption=Message("coordination.response-caption"),
        alt=Message("coordination.response-alt", {"wave": desk.wave(wave), "finding": said}),
        chart=Responses(
            rows=tuple(ResponseRow(one.community, one.answered, one.invited) for one in here),
            subject=Message("coordination.col-community"),
        ),
    )


def _parties(here: Sequence[Sample]) -> Block:
    """Return how many people of each party were invited: a column a party where these fit."""
    names = _in_order(here)
    if len(names) > MOST_COLUMNS:
        return Terms(tuple((one.community, _listed(one)) for one in here))
    rows = []
    for one in here:
        invited = {row.party: row.invited for row in one.parties}
        cells = (
            Number(invited[name], 0) if invited.get(name) else Message("coordination.none")
            for name in names
        )
        rows.append((one.community, *cells))
    return Facts(
        caption=Message("coordination.parties-caption"),
        head=(Message("coordination.col-community"), *names),
        rows=tuple(rows),
    )


def _in_order(here: Sequence[Sample]) -> list[str]:
    """Return all parties so that those of each community stay in the order they have there."""
    names: list[str] = []
    for one in here:
        place = 0
        for row in one.parties:
            if row.party not in names:
                names.insert(place, row.party)
            place = names.index(row.party) + 1
    return names


def _listed(one: Sample) -> Text:
    # a space that may not break keeps the number with its name
    named = ", ".join(f"{row.party}\u00a0({row.invited})" for row in one.parties)
    return named or Message("coordination.unknown")


def _languages(desk: Desk) -> Iterator[Block]:
    """Yield how many answered in which language, over all communities that are shown."""
    used = [one.language for wave in desk.quality.languages for one in wave.counts]
    if not desk.quality.languages:
        return
    yield Heading(Message("coordination.languages-heading"))
    names = list(dict.fromkeys(used))
    if not names:
        yield Prose(Message("coordination.languages-hidden"))
        return
    rows = []
    for wave in desk.quality.languages:
        counts = {one.language: one.n for one in wave.counts}
        cells = (Number(counts.get(name, 0), 0) if counts else HIDDEN for name in names)
        rows.append((desk.wave(wave.wave), Number(wave.forms, 0), *cells))
    yield Facts(
        caption=Message("coordination.languages-caption"),
        head=(
            Message("coordination.col-wave"),
            Message("coordination.col-forms"),
            *(_language(name) for name in names),
        ),
        rows=tuple(rows),
    )
    minimum = {"minimum": Number(desk.quality.minimum, 0)}
    yield from desk.rule(Message("coordination.languages-note", minimum))


def _language(name: str) -> Text:
    if name in ("nl", "en"):
        return Message(f"coordination.language-{name}")
    return name or Message("coordination.unknown")


PAGE = CoordinationPage(order=20, make=make)
