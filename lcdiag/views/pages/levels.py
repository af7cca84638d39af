"""Per niveau: the four system levels, the bridges between them, and rows below the community."""

from __future__ import annotations

from dataclasses import replace

from lcdiag.base.levels import Level
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, Words
from lcdiag.views.asked import levels
from lcdiag.views.blocks import Block, Figure, Heading, Page, Panels, Prose, Terms
from lcdiag.views.page import WHOLE, Coverage, PageMaker, not_shown, partly
from lcdiag.views.reading import Reading, by_axis, latest, per_wave, slug
from lcdiag.views.strips import (
    item_strips,
    meaning,
    own_question,
    strips_title,
    strips_words,
    subgroup_strips,
)

TITLE = Message("views.levels-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page on the four levels, for each wave."""
    if latest(diagnosis, community) is None:
        return None
    return Page(
        id="levels",
        title=TITLE,
        lead=Message("views.levels-lead"),
        blocks=per_wave(diagnosis, community, _wave),
    )


def _wave(reading: Reading) -> tuple[Block, ...]:
    shown = reading.anything_shown
    note: tuple[Block, ...] = () if shown else (Prose(Message("views.levels-nothing")),)
    panels = {level: _level(reading, level, shown) for level in Level}
    return (
        *note,
        Panels((panels[Level.INDIVIDUAL], panels[Level.GROUP])),
        Panels((panels[Level.PARTY], panels[Level.CONTEXT])),
        *_between(reading),
    )


def _level(reading: Reading, level: Level, shown: bool) -> tuple[Block, ...]:
    """Return one level; where nothing at all is shown, one sentence above says so for all."""
    head = (
        Heading(Message(f"views.level-{level}")),
        Prose(Message(f"views.level-{level}-about"), kind="note"),
    )
    question = Message(f"views.level-{level}-question")
    figures = (*_scales(reading, level), *_items(reading, level))
    if figures:  # the question of the level stands under its last figure
        return (*head, *figures[:-1], replace(figures[-1], question=question))
    why = (Prose(Message("views.level-nothing")),) if shown else ()
    return (*head, *why, Prose(question, kind="question"))


def _scales(reading: Reading, level: Level) -> tuple[Figure, ...]:
    groups = [
        group
        for group in by_axis(s for s in reading.scales() if s.level == level)
        if any(reading.shown("mean", scale.id) for scale in group)
    ]
    figures = []
    for group in groups:
        title = strips_title(group, groups)
        chart, alt = strips_words(reading, group, title)
        figures.append(
            Figure(
                id=f"levels-{level}-{slug(group[0].id)}-w{reading.wave}",
                title=title,
                caption=meaning(group, "views.further-right"),
                alt=alt,
                chart=chart,
                question=own_question(reading, group),
                themes=tuple(scale.id for scale in group),
            )
        )
    return tuple(figures)


def _items(reading: Reading, level: Level) -> tuple[Figure, ...]:
    figures = []
    for singles in reading.single_items():
        items = tuple(item for item in singles.items if item.level == level)
        if not any(reading.shown("mean", item.id) for item in items):
            continue
        title = Wording(singles.label)
        chart, alt = item_strips(reading, items, title, singles.subject)
        figures.append(
            Figure(
                id=f"levels-{level}-{slug(singles.subject)}-w{reading.wave}",
                title=title,
                caption=Message("views.single-caption"),
                alt=alt,
                chart=chart,
                question=Wording(singles.question)
                if singles.question
                else Message("views.ask-recognise"),
                themes=(singles.subject,),
            )
        )
    return tuple(figures)


def _between(reading: Reading) -> tuple[Block, ...]:
    """Return a question for each pair of neighbouring levels, then the rows below the community."""
    pairs: list[tuple[Text, Text]] = [
        (Message(f"views.bridge-{pair}-label"), Message(f"views.bridge-{pair}"))
        for pair in ("person-group", "group-party", "party-context")
    ]
    heading = Heading(Message("views.bridges"))
    figures = _subgroups(reading)
    if not figures:
        pairs.append((Message(_name(reading)), _not_shown(reading)))
        return (heading, Terms(tuple(pairs)))
    limits = reading.diagnosis.thresholds
    minimum = limits.minimum if limits.rows is None else limits.rows
    return (
        heading,
        Terms(tuple(pairs)),
        Heading(Message(_name(reading))),
        Prose(Message("views.subgroups-shown", {"minimum": minimum})),
        *_parties_hidden(reading),
        Prose(Message("views.subgroups-ask"), kind="question"),
        Panels(tuple((figure,) for figure in figures)),
    )


def _name(reading: Reading) -> str:
    """Return the message that names the rows below the community."""
    groups = any(unit.kind == "meeting_group" for unit in reading.subgroups())
    return "views.meeting-groups" if groups else "views.subgroups"


def _not_shown(reading: Reading) -> Message:
    """Return why no row below the community is shown."""
    if not reading.subgroups():
        return Message("views.subgroups-none")
    groups = _name(reading) == "views.meeting-groups"
    return Message("views.meeting-groups-hidden" if groups else "views.subgroups-hidden")


def _parties_hidden(reading: Reading) -> tuple[Block, ...]:
    """Return that parties are not shown, where sectors alone are."""
    if not any(unit.kind == "sector" for unit in reading.subgroups()):
        return ()
    parties = [unit for unit in reading.subgroups() if unit.kind == "party"]
    if any(reading.shown("mean", s.id, unit) for s in reading.scales() for unit in parties):
        return ()
    return (Prose(Message("views.subgroups-parties-hidden"), kind="note"),)


def _subgroups(reading: Reading) -> tuple[Figure, ...]:
    """Return one figure for each scale of which a row below the community is released."""
    units = reading.subgroups()
    figures = []
    for kind in ("meeting_group", "party", "sector"):
        some = tuple(unit for unit in units if unit.kind == kind)
        for scale in reading.scales():
            made = subgroup_strips(reading, scale, some)
            if made is None:
                continue
            chart, alt = made
            figures.append(
                Figure(
                    id=f"levels-by-{kind}-{slug(scale.id)}-w{reading.wave}",
                    title=Wording(scale.label),
                    caption=meaning((scale,), "views.further-right"),
                    alt=alt,
                    chart=chart,
                    question=own_question(reading, (scale,)),
                    themes=(scale.id,),
                )
            )
    return tuple(figures)


def covers(words: Words) -> Coverage:
    """Return which of the four levels nothing is asked about."""
    found = levels(words)
    missing = [Message(f"coverage.level-{level}") for level in Level if level not in found]
    if not missing:
        return WHOLE
    if not found:
        return not_shown("no-levels")
    named = missing[0]
    for level in missing[1:]:
        named = Message("coverage.and", {"first": named, "second": level})
    return partly("levels-missing", levels=named)


PAGE = PageMaker(order=30, title=TITLE, make=make, covers=covers)
