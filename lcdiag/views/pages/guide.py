"""Gespreksleidraad: an hour of conversation, made from what is really in this report."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis, Words
from lcdiag.views.asked import themes, topics
from lcdiag.views.blocks import (
    Block,
    Callout,
    Facts,
    Heading,
    Lines,
    Listing,
    Page,
    Panels,
    Prose,
)
from lcdiag.views.choose import Prompt, choose
from lcdiag.views.page import WHOLE, Coverage, PageMaker, partly
from lcdiag.views.reading import Reading, latest, readings, wave_name

PLAN = ("open", "guess", "look", "places", "agree")
"""The parts of the hour, in order."""

MINUTES = {"open": 5, "guess": 10, "look": 20, "places": 15, "agree": 10}


TITLE = Message("views.guide-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the guide for a conversation of an hour."""
    reading = latest(diagnosis, community)
    prompts = choose(reading) if reading is not None else ()
    return Page(
        id="guide",
        title=TITLE,
        lead=Message("views.guide-lead"),
        blocks=(
            Panels((_opening(), _places())),
            *_questions(reading, prompts),
            Heading(Message("views.guide-hour")),
            _plan(),
            Panels((_rejected(), _agreements())),
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
        Panels(tuple((_prompt(number, one),) for number, one in enumerate(prompts, start=1))),
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


def _prompt(number: int, prompt: Prompt) -> Callout:
    return Callout(
        prompt.guess,
        question=prompt.question,
        label=Message("views.guide-question-number", {"number": number}),
        link=prompt.figure,
    )


def _plan() -> Facts:
    return Facts(
        caption=Message("views.guide-plan", {"minutes": sum(MINUTES.values())}),
        head=(
            Message("views.guide-plan-minutes"),
            Message("views.guide-plan-what"),
            Message("views.guide-plan-how"),
        ),
        rows=tuple(
            (
                Message("views.guide-minutes", {"n": MINUTES[part]}),
                Message(f"views.guide-plan-{part}"),
                Message(f"views.guide-plan-{part}-how"),
            )
            for part in PLAN
        ),
    )


def _rejected() -> tuple[Block, ...]:
    return (
        Heading(Message("views.guide-rejected")),
        Prose(Message("views.guide-rejected-text")),
        Listing(tuple(Message(f"views.guide-rejected-{i}") for i in (1, 2, 3))),
    )


def _agreements() -> tuple[Block, ...]:
    return (
        Heading(Message("views.agreements")),
        Lines(Message("views.agreements-what"), count=3),
        Lines(Message("views.agreements-home"), count=2),
        Lines(Message("views.agreements-from-home"), count=2),
        Lines(Message("views.agreements-when"), count=1),
    )


def covers(words: Words) -> Coverage:
    """Return the page whole where a figure can open the conversation."""
    # trouble that nobody reported is no opening: see `choose`
    opening = [theme for theme in themes(words) if theme.direction != "higher-worse"]
    if opening or topics(words, "critical"):
        return WHOLE
    return partly("only-open-questions")


PAGE = PageMaker(order=110, title=TITLE, make=make, covers=covers, figures=False)
