"""Gespreksleidraad: a conversation of half an hour to two, from what is really in this report."""

from __future__ import annotations

import hashlib

from lcdiag.base.text import Message, Text
from lcdiag.diagnosis.model import Diagnosis, Words
from lcdiag.views.asked import themes, topics
from lcdiag.views.blocks import (
    Agreements,
    Block,
    Callout,
    Facts,
    Heading,
    Listing,
    MeetingTools,
    Page,
    Panels,
    Prose,
    Variants,
)
from lcdiag.views.choose import Prompt, choose
from lcdiag.views.page import WHOLE, Coverage, PageMaker, partly
from lcdiag.views.prompts import asked
from lcdiag.views.reading import Reading, latest, readings, wave_name

PLANS = {
    30: {"open": 5, "guess": 5, "look": 12, "agree": 8},
    60: {"open": 5, "guess": 10, "look": 20, "places": 15, "agree": 10},
    120: {"open": 10, "guess": 15, "look": 35, "places": 25, "break": 10, "home": 10, "agree": 15},
}
"""Minutes for each part of the meeting, in order, by its length."""

USUAL = 60
"""The length that is open at first."""


TITLE = Message("views.guide-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the guide for a conversation of half an hour, an hour or two hours."""
    reading = latest(diagnosis, community)
    prompts = choose(reading) if reading is not None else ()
    made = diagnosis.provenance
    wave = reading.wave if reading is not None else 0
    keep = hashlib.sha256(f"{made.study} {community} {wave}".encode()).hexdigest()[:12]
    return Page(
        id="guide",
        title=TITLE,
        lead=Message("views.guide-lead"),
        blocks=(
            Panels((_opening(), _places())),
            *_questions(reading, prompts),
            MeetingTools(keep),
            Heading(Message("talk.plans")),
            Variants("plan", tuple(_plan(minutes) for minutes in PLANS), list(PLANS).index(USUAL)),
            *_rejected(),
            *_agreements(community, wave),
        ),
    )


def _questions(reading: Reading | None, prompts: tuple[Prompt, ...]) -> tuple[Block, ...]:
    """Return the chosen questions; nothing where there are no answers to choose by."""
    if not prompts:
        return ()
    return (
        Heading(Message("views.guide-questions", {"n": len(prompts)})),
        Prose(Message("views.guide-questions-how")),
        *_of_wave(reading),
        Panels(
            tuple((asked(reading, number, one),) for number, one in enumerate(prompts, start=1))
        ),
    )


def _opening() -> tuple[Block, ...]:
    return (
        Heading(Message("views.guide-open")),
        Listing(tuple(Message(f"views.guide-open-{i}") for i in (1, 2, 3)), ordered=True),
        Callout(Message("views.guide-rule"), label=Message("views.guide-rule-label"), kind="calm"),
    )


def _of_wave(reading: Reading | None) -> tuple[Block, ...]:
    """Return of which wave the questions are, where there are several to choose from."""
    if reading is None or len(readings(reading.diagnosis, reading.community)) == 1:
        return ()
    wave = wave_name(reading.diagnosis, reading.wave)
    return (Prose(Message("views.guide-questions-wave", {"wave": wave}), kind="note"),)


def _places() -> tuple[Block, ...]:
    return (
        Heading(Message("views.guide-places")),
        Prose(Message("views.guide-places-how")),
        Listing(
            tuple(
                Message(f"views.guide-place-{place}")
                for place in ("persons", "parties", "here", "outside")
            ),
            ordered=True,
        ),
    )


def _plan(minutes: int) -> tuple[Text, tuple[Block, ...]]:
    """Return the name of a plan, and its parts with their minutes."""
    name = Message("views.guide-plan", {"minutes": minutes})
    table = Facts(
        caption=name,
        head=(
            Message("views.guide-plan-minutes"),
            Message("views.guide-plan-what"),
            Message("views.guide-plan-how"),
        ),
        rows=tuple(
            (
                Message("views.guide-minutes", {"n": length}),
                Message(f"views.guide-plan-{part}"),
                Message(f"views.guide-plan-{part}-how"),
            )
            for part, length in PLANS[minutes].items()
        ),
    )
    return name, (table,)


def _rejected() -> tuple[Block, ...]:
    return (
        Heading(Message("views.guide-rejected")),
        Prose(Message("views.guide-rejected-text")),
        Listing(tuple(Message(f"views.guide-rejected-{i}") for i in (1, 2, 3))),
    )


def _agreements(community: str, wave: int) -> tuple[Block, ...]:
    parts = (("what", 3), ("home", 2), ("from-home", 2), ("when", 1))
    lines = tuple((Message(f"views.agreements-{name}"), count) for name, count in parts)
    return (Heading(Message("views.agreements")), Agreements(lines, community, wave))


def covers(words: Words) -> Coverage:
    """Return the page whole where a figure can open the conversation."""
    # trouble that nobody reported is no opening: see `choose`
    opening = [theme for theme in themes(words) if theme.direction != "higher-worse"]
    if opening or topics(words, "critical"):
        return WHOLE
    return partly("only-open-questions")


PAGE = PageMaker(order=110, title=TITLE, make=make, covers=covers, figures=False)
