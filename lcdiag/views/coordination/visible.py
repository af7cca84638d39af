"""Wat wordt zichtbaar: page by page, wave by wave, and what is missing for more."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.text import Message, Number, Param, Text
from lcdiag.diagnosis.model import Sample
from lcdiag.views.blocks import Block, Callout, Facts, Heading, Page, Prose, Terms
from lcdiag.views.coordination_page import CoordinationPage, Desk

_STATES = ("shown", "hidden", "not-asked", "later")


def make(desk: Desk) -> Page | None:
    """Return the page on what reports show and do not show."""
    if not desk.diagnosis.sample:
        return None
    used = {one.state for states in desk.pages.values() for one in states}
    return Page(
        id="coordination-visible",
        title=Message("coordination.visible-title"),
        lead=Message("coordination.visible-lead"),
        blocks=(
            *_stamped(desk),
            *desk.per_wave(lambda wave: tuple(_of_wave(desk, wave))),
            Heading(Message("coordination.states-heading")),
            Terms(
                tuple(
                    (
                        Message(f"coordination.state-{one}"),
                        Message(f"coordination.state-{one}-means"),
                    )
                    for one in _STATES
                    if one in used
                )
            ),
            *_more(desk),
        ),
    )


def _stamped(desk: Desk) -> Iterator[Block]:
    """Say of an internal file that it hides nothing, so that it cannot tell what reports hide."""
    if desk.quality.internal:
        yield Callout(Message("coordination.visible-internal"), kind="calm")


def _of_wave(desk: Desk, wave: int) -> Iterator[Block]:
    """Yield the table of pages, then the rows below communities; pages of text are left out."""
    titles: dict[str, Text] = {}
    for states in desk.pages.values():
        titles |= {one.page: one.title for one in states if one.state != "text"}
    rows: list[tuple[Text, ...]] = []
    for community, states in desk.pages.items():
        here = {one.page: one.state for one in states if one.wave == wave}
        if here:
            cells = (Message(f"coordination.state-{here[page]}") for page in titles)
            rows.append((community, *cells))
    if not rows:
        return
    yield Facts(
        caption=Message("coordination.pages-caption"),
        head=(Message("coordination.col-community"), *titles.values()),
        rows=tuple(rows),
    )
    yield from _below(desk, wave)


def _below(desk: Desk, wave: int) -> Iterator[Block]:
    """Yield which parties, sectors or meeting groups have a row of their own."""
    pairs: list[tuple[Text, Text]] = []
    for community, states in desk.rows.items():
        here = [one for one in states if one.wave == wave]
        if here:
            shown = [one.unit.name for one in here if one.shown]
            facts: dict[str, Param] = {
                "rows": ", ".join(shown),
                "shown": Number(len(shown), 0),
                "all": Number(len(here), 0),
            }
            name = "all" if len(shown) == len(here) else ("some" if shown else "none")
            pairs.append((community, Message(f"coordination.rows-{name}", facts)))
    if pairs:
        yield Heading(Message("coordination.rows-heading"))
        yield Terms(tuple(pairs))


def _more(desk: Desk) -> Iterator[Block]:
    """Yield what each community needs for more, read off what its report tells already."""
    if desk.quality.internal:
        return
    limits = desk.diagnosis.thresholds
    numbers: dict[str, Param] = {
        "minimum": Number(limits.minimum, 0),
        "paired": Number(limits.paired, 0),
        "exact": Number(limits.exact, 0),
        "rows": Number(limits.rows or limits.minimum, 0),
        "page": Message("views.say-title"),
    }
    yield Heading(Message("coordination.more-heading"))
    yield Prose(Message("coordination.more-lead"))
    yield Terms(tuple(_needed(desk, numbers)))
    yield Prose(Message("coordination.more-rows", numbers), "note")


def _needed(desk: Desk, numbers: dict[str, Param]) -> Iterator[tuple[Text, Text]]:
    """Yield what each community needs; those that need nothing more stand together at the end."""
    enough = Message("coordination.more-enough", numbers)
    needs = [(name, _needs(desk, one, numbers)) for name, one in desk.latest.items()]
    short: list[tuple[Text, Text]] = [(name, said) for name, said in needs if said != enough]
    yield from short
    others = len(needs) - len(short)
    if others:
        who = "coordination.more-others" if short else "coordination.more-all"
        yield Message(who, {"n": others}), enough


def _needs(desk: Desk, one: Sample, numbers: dict[str, Param]) -> Text:
    """Return how many more answers show more; of a hidden number only the rule is told."""
    limits = desk.diagnosis.thresholds
    if one.answered is None:
        few = one.invited is not None and one.invited < limits.minimum
        return Message("coordination.more-never" if few else "coordination.more-first", numbers)
    for name, limit in (("paired", limits.paired), ("exact", limits.exact)):
        missing = limit - one.answered
        if missing > 0:
            if one.invited is not None and one.invited < limit:
                facts = {**numbers, "invited": Number(one.invited, 0), "limit": Number(limit, 0)}
                return Message("coordination.more-not-here", facts)
            return Message(f"coordination.more-{name}", {**numbers, "n": missing})
    return Message("coordination.more-enough", numbers)


PAGE = CoordinationPage(order=30, make=make)
