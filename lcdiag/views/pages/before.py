"""Voor u begint: what this is, who took part, how to read it, who may see it."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis, Sample, Words
from lcdiag.views.blocks import (
    Beside,
    Block,
    Callout,
    Figure,
    Heading,
    Listing,
    Page,
    Panels,
    Prose,
)
from lcdiag.views.figures import Squares
from lcdiag.views.page import WHOLE, Coverage, PageMaker
from lcdiag.views.participation import answered_title, coverage
from lcdiag.views.reading import Reading, latest, readings, wave_name

TITLE = Message("views.before-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the opening page."""
    reading = latest(diagnosis, community)
    blocks: tuple[Block, ...] = ()
    if reading is not None and reading.sample is not None:
        sample = reading.sample
        blocks = (
            Beside(
                main=(_answered(reading, sample),),
                aside=(
                    Callout(
                        Message("views.before-purpose"),
                        question=Message("views.before-purpose-question"),
                        kind="talk",
                    ),
                ),
            ),
        )
    return Page(
        id="before",
        title=TITLE,
        lead=Message("views.before-lead"),
        blocks=(*blocks, *_explained(diagnosis, reading)),
    )


def _answered(reading: Reading, sample: Sample) -> Figure:
    wave = wave_name(reading.diagnosis, reading.wave)
    caption = coverage(sample)
    if len(readings(reading.diagnosis, reading.community)) > 1:
        # the reader may have chosen an earlier wave: this page speaks of the latest
        caption = Message("views.coverage-wave", {"wave": wave, "coverage": caption})
    return Figure(
        id=f"before-answered-w{reading.wave}",
        title=answered_title(sample),
        caption=caption,
        alt=Message("views.before-alt", {"wave": wave, "finding": answered_title(sample)}),
        chart=Squares(answered=sample.answered, invited=sample.invited),
        question=Message("pages.ask-missing"),
    )


def _explained(diagnosis: Diagnosis, reading: Reading | None) -> tuple[Block, ...]:
    return (
        Panels(
            (
                (
                    Heading(Message("views.before-is")),
                    Listing(tuple(Message(f"views.before-is-{i}") for i in (1, 2, 3))),
                ),
                (
                    Heading(Message("views.before-is-not")),
                    Listing(tuple(Message(f"views.before-is-not-{i}") for i in (1, 2, 3))),
                ),
            )
        ),
        Panels((*_how_to_read(reading), _who(diagnosis))),
    )


def _how_to_read(reading: Reading | None) -> tuple[tuple[Block, ...], ...]:
    """Return how figures are read: only what this report really shows."""
    if reading is None or not reading.anything_shown:
        return ()
    parts = ["dot", "strip", "difference", "hidden"]
    if reading.previous is not None:
        parts.insert(2, "hollow")
    listing = Listing(tuple(Message(f"views.read-{part}") for part in parts))
    return ((Heading(Message("views.before-read")), listing),)


def _who(diagnosis: Diagnosis) -> tuple[Block, ...]:
    minimum, rows = diagnosis.thresholds.minimum, diagnosis.thresholds.rows
    agreed = () if rows is None else (Message("agreement.page-row-minimum", {"minimum": rows}),)
    return (
        Heading(Message("views.before-who")),
        Prose(Message("views.before-who-text")),
        Prose(Message("views.before-who-small", {"minimum": minimum})),
        *(Prose(text) for text in agreed),
        *_status(diagnosis),
    )


def _status(diagnosis: Diagnosis) -> tuple[Block, ...]:
    """Return how far the questions were tested, from the status of their questionnaires."""
    new = [one.status == "experimental" for one in diagnosis.words.instruments]
    how = "all" if new and all(new) else ("some" if any(new) else "none")
    badge = Message("views.experimental") if any(new) else None
    return (
        Heading(Message("views.before-status"), badge=badge),
        Prose(Message(f"views.before-status-{how}")),
    )


def covers(words: Words) -> Coverage:
    """Return that who took part, and how to read, is told of any questionnaire."""
    return WHOLE


PAGE = PageMaker(order=10, title=TITLE, make=make, covers=covers)
