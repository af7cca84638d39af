"""Wie antwoordde: community by community and wave by wave, and in which language."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.text import Message, Number, Text
from lcdiag.diagnosis.model import Sample
from lcdiag.views.blocks import Block, Facts, Heading, Page, Prose
from lcdiag.views.coordination_page import CoordinationPage, Desk
from lcdiag.views.drawing import HIDDEN


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
            Prose(Message("coordination.response-note", minimum), "note"),
            *_languages(desk),
        ),
    )


def _of_wave(desk: Desk, wave: int) -> Iterator[Block]:
    order = list(desk.diagnosis.communities)
    here = sorted(
        (one for one in desk.diagnosis.sample if one.wave == wave),
        key=lambda one: order.index(one.community),
    )
    if here:
        names = ("community", "invited", "answers", "parties")
        yield Facts(
            caption=Message("coordination.response-caption"),
            head=tuple(Message(f"coordination.col-{name}") for name in names),
            rows=tuple(_row(desk, one) for one in here),
        )


def _row(desk: Desk, one: Sample) -> tuple[Text, ...]:
    unknown = Message("coordination.unknown")
    # a space that may not break keeps the number with its name
    parties = ", ".join(f"{row.party}\u00a0({row.invited})" for row in one.parties)
    invited: Text = unknown if one.invited is None else Number(one.invited, 0)
    return one.community, invited, desk.told(one.answered), parties or unknown


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
    yield Prose(
        Message("coordination.languages-note", {"minimum": Number(desk.quality.minimum, 0)}),
        "note",
    )


def _language(name: str) -> Text:
    if name in ("nl", "en"):
        return Message(f"coordination.language-{name}")
    return name or Message("coordination.unknown")


PAGE = CoordinationPage(order=20, make=make)
