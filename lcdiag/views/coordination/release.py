"""Kan dit worden gedeeld: community by community, and what to look at before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lcdiag.base.dates import day
from lcdiag.base.text import Message, Number, Param, Text
from lcdiag.views.blocks import Block, Callout, Facts, Heading, Listing, Page
from lcdiag.views.coordination_page import CoordinationPage, Desk
from lcdiag.views.drawing import HIDDEN
from lcdiag.views.reading import wave_info

_COLUMNS = ("community", "wave", "answered", "share", "before")
MOST_NAMED = 4


def make(desk: Desk) -> Page:
    """Return the opening page."""
    return Page(
        id="coordination-release",
        title=Message("coordination.release-title"),
        lead=Message("coordination.release-lead"),
        blocks=(
            *_callouts(desk),
            *_table(desk),
            Heading(Message("coordination.before-heading")),
            Listing(tuple(_before(desk))),
        ),
    )


def _callouts(desk: Desk) -> Iterator[Callout]:
    if desk.quality.internal:
        yield Callout(Message("coordination.internal"), kind="talk")
    held = desk.quality.held_back
    if held:
        facts: dict[str, Param] = {
            "names": _named(held),
            "n": len(held),
            "minimum": Number(desk.quality.minimum, 0),
        }
        ask = Message("coordination.held-ask")
        yield Callout(Message("coordination.held", facts), question=ask, kind="talk")
    silent = [one for one in desk.latest if not _something(desk, one)]
    if silent:
        facts = {"names": _named(silent), "n": len(silent)}
        ask = Message("coordination.nothing-ask")
        yield Callout(Message("coordination.nothing", facts), question=ask, kind="talk")
    elif not held and desk.latest:
        yield Callout(Message("coordination.all-fine", {"n": len(desk.latest)}), kind="calm")
    repairs = sum(one.severity == "warning" for one in desk.quality.rows)
    repairs += sum(one.severity == "warning" for one in desk.quality.findings)
    if repairs:
        yield Callout(
            Message("coordination.repairs", {"n": repairs}),
            kind="talk",
            question=Message("coordination.repairs-ask"),
        )


def _something(desk: Desk, community: str) -> bool:
    """Return whether a report of the community's last wave has any number of answers."""
    last = desk.latest[community].wave
    return any(
        one.state == "shown" and one.page != "before"
        for one in desk.pages[community]
        if one.wave == last
    )


def _table(desk: Desk) -> Iterator[Block]:
    if not desk.latest:
        return
    shared = {(one.community, one.wave): one.made for one in desk.quality.handed_out}
    rows = []
    for name, sample in desk.latest.items():
        made = shared.get((name, sample.wave), "")
        before = day(made, desk.diagnosis.languages) if made else Message("coordination.not-yet")
        answered = HIDDEN if sample.answered is None else _of(sample.answered, sample.invited)
        rows.append((name, desk.wave(sample.wave), answered, _share(desk, name), before))
    yield Facts(
        caption=Message("coordination.release-caption"),
        head=tuple(Message(f"coordination.col-{name}") for name in _COLUMNS),
        rows=tuple(rows),
    )


def _of(answered: int, invited: int | None) -> Text:
    if invited is None:
        return Number(answered, 0)
    numbers = {"answered": Number(answered, 0), "invited": Number(invited, 0)}
    return Message("coordination.of", numbers)


def _share(desk: Desk, community: str) -> Text:
    if desk.quality.internal:
        return Message("coordination.share-internal")
    if community in desk.quality.held_back:
        return Message("coordination.share-wait")
    something = _something(desk, community)
    return Message("coordination.share-yes" if something else "coordination.share-empty")


def _before(desk: Desk) -> Iterator[Text]:
    """Yield what to look at before anything is handed out."""
    diagnosis = desk.diagnosis
    yield Message("coordination.before-own")
    yield Message(f"coordination.before-portfolio-{'yes' if diagnosis.portfolio_agreed else 'no'}")
    kept = "kept" if diagnosis.provenance.agreement else "open"
    yield Message(f"coordination.before-promise-{kept}", _limits(desk))
    if any(one.status == "experimental" for one in diagnosis.words.instruments):
        yield Message("coordination.before-experimental")
    dated = [one.number for one in diagnosis.waves if not wave_info(diagnosis, one.number).date]
    if dated:
        yield Message("coordination.before-dates")


def _limits(desk: Desk) -> dict[str, Param]:
    limits = desk.diagnosis.thresholds
    return {"minimum": Number(limits.minimum, 0), "exact": Number(limits.exact, 0)}


def _named(names: Sequence[str]) -> str:
    """Return names, at most a few of them, in the order of the study."""
    more = " \u2026" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


PAGE = CoordinationPage(order=10, make=make)
