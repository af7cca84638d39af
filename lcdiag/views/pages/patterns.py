"""Patronen en klimaat: what makes talking hard, what makes it easy, and two kinds of conflict."""

from __future__ import annotations

from lcdiag.base.levels import Level
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, ScaleWords, Words
from lcdiag.views.asked import themes
from lcdiag.views.blocks import Block, Callout, Figure, Heading, Page, Panels, Prose
from lcdiag.views.conditions import is_condition
from lcdiag.views.figures import Plane, PlanePoint
from lcdiag.views.indications import indications, told
from lcdiag.views.observations import stands_out
from lcdiag.views.page import WHOLE, Coverage, PageMaker, not_shown, partly
from lcdiag.views.reading import (
    Reading,
    axis_key,
    axis_of,
    by_axis,
    latest,
    or_hidden,
    per_wave,
    readings,
    slug,
    wave_name,
)
from lcdiag.views.strips import meaning, own_question, strips_title, strips_words

TITLE = Message("pages.patterns-title")
TASK, RELATIONSHIP = "lc-conflict:task", "lc-conflict:relationship"
HARD, EASY = "higher-worse", "higher-better"


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page on patterns, for each wave; None where none of them was asked."""
    if latest(diagnosis, community) is None or not _asked(diagnosis.words):
        return None
    return Page(
        id="patterns",
        title=TITLE,
        lead=Message("pages.patterns-lead"),
        blocks=per_wave(diagnosis, community, _wave),
    )


def _asked(words: Words, directions: tuple[str, ...] = (HARD, EASY)) -> list[ScaleWords]:
    """Return the themes about the group and the parties that are patterns or climate."""
    return [
        scale
        for scale in themes(words)
        if scale.direction in directions
        and scale.level in (Level.GROUP, Level.PARTY)
        and not is_condition(scale)
    ]


def _wave(reading: Reading) -> tuple[Block, ...]:
    hard, easy = (_side(reading, direction) for direction in (HARD, EASY))
    conflict = _conflict(reading)
    if not hard and not easy and conflict is None:
        return (
            Prose(Message("pages.patterns-hidden")),
            Callout(Message("pages.patterns-do"), question=Message("pages.ask-patterns")),
        )
    columns: list[tuple[Block, ...]] = []
    for name, figures in (("hard", hard), ("easy", easy)):
        if figures:
            about = Prose(Message(f"pages.patterns-{name}-about"), kind="note")
            columns.append((Heading(Message(f"pages.patterns-{name}")), about, *figures))
    blocks: tuple[Block, ...] = (Panels(tuple(columns)),) if columns else ()
    map_: tuple[Block, ...] = (conflict,) if conflict is not None else ()
    return (*blocks, *map_, *_signals(reading))


def _side(reading: Reading, direction: str) -> tuple[Figure, ...]:
    """Return the strips of one side, a figure for each axis."""
    asked = {scale.id for scale in _asked(reading.diagnosis.words, (direction,))}
    groups = [
        group
        for group in by_axis(scale for scale in reading.scales() if scale.id in asked)
        if any(reading.shown("mean", scale.id) for scale in group)
    ]
    figures = []
    for group in groups:
        title = strips_title(group, groups)
        chart, alt = strips_words(reading, group, title)
        figures.append(
            Figure(
                id=f"patterns-{direction}-{slug(group[0].id)}-w{reading.wave}",
                title=title,
                caption=meaning(group, f"pages.{direction}-right"),
                alt=alt,
                chart=chart,
                question=own_question(reading, group),
                themes=tuple(scale.id for scale in group),
            )
        )
    return tuple(figures)


def _conflict(reading: Reading) -> Figure | None:
    """Return content against tension as a map, this wave and those before it."""
    scales = {scale.id: scale for scale in reading.scales()}
    if TASK not in scales or RELATIONSHIP not in scales:
        return None
    task, tension = scales[TASK], scales[RELATIONSHIP]
    if axis_key(task) != axis_key(tension):  # two formats make no map
        return None
    points = []
    for one in readings(reading.diagnosis, reading.community):
        across, up = one.cell("mean", TASK), one.cell("mean", RELATIONSHIP)
        if one.wave <= reading.wave and (across is not None or up is not None):
            label = wave_name(reading.diagnosis, one.wave)
            points.append(PlanePoint(label, or_hidden(across), or_hidden(up)))
    if not any(reading.shown("mean", name) for name in (TASK, RELATIONSHIP)):
        return None
    return Figure(
        id=f"patterns-conflict-w{reading.wave}",
        title=_conflict_title(reading),
        caption=Message("pages.conflict-caption"),
        alt=Message("pages.conflict-alt", {"n": len(points)}),
        chart=Plane(
            points=tuple(points),
            across=axis_of(task),
            up=axis_of(tension),
            across_name=Wording(task.label),
            up_name=Wording(tension.label),
            subject=Message("charts.wave"),
            path=True,
        ),
        question=Message("pages.ask-conflict"),
        themes=(TASK, RELATIONSHIP),
    )


def _conflict_title(reading: Reading) -> Text:
    """Return where the point lies, only as far as both strips leave the middle."""
    sides = []
    for scale in reading.scales():
        if scale.id in (TASK, RELATIONSHIP):
            middle = (scale.low + scale.high) / 2
            sides.append(stands_out(reading.shown("mean", scale.id), middle))
    if len(sides) == 2 and all(sides):
        names = {1: "much", -1: "little"}
        return Message(f"pages.conflict-{names[sides[0]]}-{names[sides[1]]}")
    return Message("pages.conflict-title")


def _signals(reading: Reading) -> tuple[Block, ...]:
    """Return the indications with their other reading, or the sentence that there is none."""
    found = indications(reading)
    if not found:
        return (Callout(Message("pages.patterns-none"), question=Message("pages.ask-patterns")),)
    return (
        Heading(Message("pages.patterns-seen", {"n": len(found)})),
        Panels(
            tuple(
                (Callout(told(reading, signal, one), question=Wording(one.question)),)
                for signal, one in found
            )
        ),
    )


def covers(words: Words) -> Coverage:
    """Return the page whole where patterns and climate are both asked."""
    hard, easy = _asked(words, (HARD,)), _asked(words, (EASY,))
    if hard and easy:
        return WHOLE
    if hard or easy:
        return partly("only-patterns" if hard else "only-climate")
    return not_shown("no-patterns")


PAGE = PageMaker(order=80, title=TITLE, make=make, covers=covers)
