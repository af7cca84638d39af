"""One sheet for everybody who answered: what came back, how it was protected, what happens next."""

from __future__ import annotations

from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views import chrome
from lcdiag.views.blocks import (
    Beside,
    Block,
    Callout,
    Figure,
    Heading,
    Lines,
    Listing,
    Page,
    Panels,
    Prose,
)
from lcdiag.views.figures import Squares
from lcdiag.views.observations import observe
from lcdiag.views.participation import answered_title, coverage
from lcdiag.views.reading import Reading, latest, shown, wave_name
from lcdiag.views.render import stamp_of
from lcdiag.views.sheet import Sheet, render_sheet
from lcdiag.views.strips import strips_of, strips_title, strips_words

MOST_TOPICS = 8
"""So many themes are named; a longer list would not be read."""


def render_one_pager(diagnosis: Diagnosis, community: str, *, language: str = "nl") -> str:
    """Return the sheet for the people of one community as one offline HTML file.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of any number of communities; only this one's part is used.
    community : str
        The community the sheet is about.
    language : str
        Shown first; the reader can switch.

    Returns
    -------
    str
        It fits one sheet of A4. The same input gives the same text.

    Raises
    ------
    ValueError
        If the diagnosis does not know the community.
    """
    if community not in diagnosis.communities:
        raise ValueError(
            f"the community must be one of {diagnosis.communities}; received {community!r}"
        )
    own = diagnosis.only(community)
    heading = Message("onepager.title")
    reading = latest(own, community)
    kicker: tuple[Text, ...] = (own.title,)
    if reading is not None:
        kicker = (*kicker, wave_name(own, reading.wave))
    sheet = Sheet(
        heading=heading,
        lead=Message("onepager.lead", {"community": community}),
        kicker=kicker,
        pages=(_page(own, reading),),
        footer=chrome.footer(own)[:2],
        name=Message("charts.file-title", {"title": heading, "community": community}),
        stamp=stamp_of(own),
    )
    return render_sheet(sheet, language, own.languages)


def _page(diagnosis: Diagnosis, reading: Reading | None) -> Page:
    return Page(
        id="onepager",
        title=Message("onepager.thanks"),
        lead=Message("onepager.thanks-text"),
        blocks=(
            Beside(main=_seen(reading), aside=(*_answered(reading), *_said(reading))),
            Panels((_protected(diagnosis), _next())),
        ),
    )


def _answered(reading: Reading | None) -> tuple[Block, ...]:
    if reading is None or reading.sample is None:
        return ()
    sample = reading.sample
    title = answered_title(sample)
    return (
        Figure(
            id="onepager-answered",
            title=title,
            caption=coverage(sample),
            alt=Message("onepager.answered-alt", {"finding": title}),
            chart=Squares(sample.answered, sample.invited),
        ),
    )


def _seen(reading: Reading | None) -> tuple[Block, ...]:
    """Return the themes that are shown, those of one axis; else what was asked."""
    if reading is None:
        return (Prose(Message("onepager.nothing")),)
    labels = tuple(Wording(scale.label) for scale in reading.diagnosis.words.scales)
    asked: tuple[Block, ...] = (
        Prose(Message("onepager.asked")),
        Listing(labels[:MOST_TOPICS]),
    )
    groups = [
        group
        for group in strips_of(reading)
        if any(shown(reading.cell("mean", scale.id)) for scale in group)
    ]
    if not groups:
        return (*asked, Prose(Message("onepager.nothing")))
    largest = max(groups, key=len)
    title = strips_title(largest, groups)
    chart, alt = strips_words(reading, largest, title)
    return (
        Figure(
            id="onepager-themes",
            title=title,
            caption=Message("onepager.caption"),
            alt=alt,
            chart=chart,
            question=Message("views.ask-recognise"),
        ),
    )


def _said(reading: Reading | None) -> tuple[Block, ...]:
    """Return what stands out, as the facilitator's pages say it, or that nothing does."""
    if reading is None or not reading.anything_shown:
        return ()
    seen = observe(reading)
    if not seen:
        none = Message("views.nothing-stands-out")
        return (Callout(none, question=Message("views.ask-nothing")),)
    return tuple(
        Callout(
            one.text,
            question=one.question,
            label=Message("views.to-talk-number", {"number": number}),
        )
        for number, one in enumerate(seen, start=1)
    )


def _protected(diagnosis: Diagnosis) -> tuple[Block, ...]:
    minimum = diagnosis.thresholds.minimum
    return (
        Heading(Message("onepager.protected")),
        Listing(
            (
                Message("onepager.protected-who"),
                Message("onepager.protected-small", {"minimum": minimum}),
                Message("onepager.protected-parties"),
                Message("onepager.protected-verdict"),
            )
        ),
    )


def _next() -> tuple[Block, ...]:
    return (
        Heading(Message("onepager.next")),
        Listing(
            (
                Message("onepager.next-talk"),
                Message("onepager.next-agree"),
                Message("onepager.next-again"),
            )
        ),
        Lines(Message("onepager.next-when"), count=1),
        Lines(Message("onepager.next-whom"), count=1),
    )
