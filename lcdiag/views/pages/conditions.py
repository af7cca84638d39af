"""Voorwaarden, begeleiding en achterban: what helps a group to talk, and what it can make."""

from __future__ import annotations

from lcdiag.base.text import Message, Wording
from lcdiag.diagnosis.model import Diagnosis, Words
from lcdiag.views.blocks import Block, Callout, Figure, Heading, Lines, Page, Panels, Prose
from lcdiag.views.conditions import FACILITATION, HOME, is_asked, own_conditions, singles_of
from lcdiag.views.page import WHOLE, Coverage, PageMaker, not_shown, partly
from lcdiag.views.reading import Reading, by_axis, latest, per_wave, slug
from lcdiag.views.strips import item_strips, meaning, own_question, strips_title, strips_words

TITLE = Message("pages.conditions-title")
SHORT = Message("pages.conditions-short")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page on conditions, for each wave; None where none of them was asked."""
    asked = any(is_asked(scale) for scale in diagnosis.words.scales)
    if latest(diagnosis, community) is None or not asked:
        return None
    return Page(
        id="conditions",
        title=TITLE,
        lead=Message("pages.conditions-lead"),
        short=SHORT,
        blocks=per_wave(diagnosis, community, _wave),
    )


def _wave(reading: Reading) -> tuple[Block, ...]:
    parts = {
        "own": _own(reading),
        "facilitation": _singles(reading, FACILITATION),
        "home": _singles(reading, HOME),
    }
    columns: tuple[tuple[Block, ...], ...] = tuple(
        (
            Heading(Message(f"pages.conditions-{name}")),
            Prose(Message(f"pages.conditions-{name}-about"), kind="note"),
            *figures,
        )
        for name, figures in parts.items()
        if figures
    )
    talk = Callout(Message("pages.conditions-do"), question=Message("pages.ask-conditions"))
    lines = Lines(Message("pages.conditions-lines"), count=3)
    if not columns:
        return (Prose(Message("pages.conditions-hidden")), talk, lines)
    if len(columns) == 1:
        return (*columns[0], talk, lines)
    return (Panels(columns[:2]), *(block for more in columns[2:] for block in more), talk, lines)


def _own(reading: Reading) -> tuple[Figure, ...]:
    groups = [
        group
        for group in by_axis(own_conditions(reading))
        if any(reading.shown("mean", scale.id) for scale in group)
    ]
    figures = []
    for group in groups:
        title = strips_title(group, groups)
        chart, alt = strips_words(reading, group, title)
        figures.append(
            Figure(
                id=f"conditions-own-{slug(group[0].id)}-w{reading.wave}",
                title=title,
                caption=meaning(group, "views.further-right"),
                alt=alt,
                chart=chart,
                question=own_question(reading, group),
                themes=tuple(scale.id for scale in group),
            )
        )
    return tuple(figures)


def _singles(reading: Reading, instruments: tuple[str, ...]) -> tuple[Figure, ...]:
    figures = []
    for singles in singles_of(reading, instruments):
        title = Wording(singles.label)
        chart, alt = item_strips(reading, singles.items, title, singles.subject)
        figures.append(
            Figure(
                id=f"conditions-{slug(singles.subject)}-w{reading.wave}",
                title=title,
                caption=Message("views.single-caption"),
                alt=alt,
                chart=chart,
                question=Wording(singles.question)
                if singles.question
                else Message("pages.ask-conditions"),
                themes=(singles.subject,),
            )
        )
    return tuple(figures)


def covers(words: Words) -> Coverage:
    """Return the page whole where conditions and the people represented are both asked about."""
    asked = [scale for scale in words.scales if is_asked(scale)]
    if not asked:
        return not_shown("no-conditions")
    home = any(scale.instrument in HOME for scale in asked)
    return WHOLE if home else partly("no-home")


PAGE = PageMaker(order=90, title=TITLE, make=make, covers=covers, short=SHORT)
