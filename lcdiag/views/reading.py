"""One community in one wave, read from a released Diagnosis: the questions that pages ask of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import (
    Diagnosis,
    ItemWords,
    Sample,
    ScaleWords,
    TopicWords,
    Unit,
    WaveInfo,
)
from lcdiag.views.blocks import Block, PerWave
from lcdiag.views.figures import Axis

AxisKey = tuple[str, float, float, tuple[tuple[str, str], ...]]
"""Referent, bounds and first labels: scales that differ in one of them never share an axis."""


@dataclass(frozen=True, slots=True)
class Singles:
    """Items that are read one by one, under one title.

    Attributes
    ----------
    subject : str
        The scale they belong to, or a name of their own.
    label, question, about : dict of str to str
        By language; a question and what it is about may be empty.
    items : tuple of ItemWords
        In the order of asking.
    """

    subject: str
    label: dict[str, str]
    question: dict[str, str]
    items: tuple[ItemWords, ...]
    about: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What one community's cells of one wave say.

    Attributes
    ----------
    diagnosis : Diagnosis
        Restricted to this community (`Diagnosis.only`).
    community : str
        Its name.
    wave : int
        The wave that is read.
    previous : int or None
        The wave before it in which this community has cells.
    """

    diagnosis: Diagnosis
    community: str
    wave: int
    previous: int | None = None

    @property
    def unit(self) -> Unit:
        """Return the community as a unit."""
        return Unit(kind="community", community=self.community)

    @property
    def sample(self) -> Sample | None:
        """Return who was invited and how many answered, or None where it is not known."""
        for one in self.diagnosis.sample:
            if one.community == self.community and one.wave == self.wave:
                return one
        return None

    def cell(self, statistic: str, subject: str, unit: Unit | None = None) -> Cell | None:
        """Return the cell of this wave, or None where there is no such measure."""
        return self.diagnosis.cell(statistic, subject, unit or self.unit, self.wave)

    def before(self, statistic: str, subject: str) -> Cell | None:
        """Return the cell of the previous wave, or None."""
        if self.previous is None:
            return None
        return self.diagnosis.cell(statistic, subject, self.unit, self.previous)

    def shown(self, statistic: str, subject: str, unit: Unit | None = None) -> Estimate | None:
        """Return the released value of this wave, or None where it is hidden or absent."""
        return shown(self.cell(statistic, subject, unit))

    def scales(self) -> tuple[ScaleWords, ...]:
        """Return the scored scales that have a cell in this wave, in questionnaire order."""
        return tuple(
            scale
            for scale in self.diagnosis.words.scales
            if not scale.per_item and self.cell("mean", scale.id) is not None
        )

    def single_items(self) -> tuple[Singles, ...]:
        """Return the items that are read one by one and have a cell in this wave.

        First the scales that carry no score; then items that stand alone because the rest of
        their scale was not asked.
        """
        words = self.diagnosis.words
        asked = {i.id: i for i in words.items if self.cell("mean", i.id) is not None}
        found = []
        for scale in words.scales:
            items = tuple(asked[code] for code in scale.items if code in asked)
            if scale.per_item and items:
                found.append(Singles(scale.id, scale.label, scale.question, items, scale.about))
        placed = {code for scale in words.scales for code in scale.items}
        placed |= {code for t in words.topics for code in (t.own, t.others, t.practice)}
        loose: dict[tuple[object, ...], list[ItemWords]] = {}
        for item in asked.values():
            if item.id not in placed:
                key = (item.instrument, item.referent, item.level, item.low, item.high)
                loose.setdefault(key, []).append(item)
        titles = {one.id: one.title for one in words.instruments}
        for some in loose.values():
            home = some[0].instrument
            found.append(Singles(f"{home}-{some[0].id}", titles.get(home, {}), {}, tuple(some)))
        return tuple(found)

    def topics(self, kind: str) -> tuple[TopicWords, ...]:
        """Return the topics of a kind that have an own view in this wave."""
        return tuple(
            topic
            for topic in self.diagnosis.words.topics
            if topic.kind == kind and self.cell("own", topic.id) is not None
        )

    def item(self, code: str) -> ItemWords | None:
        """Return the words of an item, or None where the Diagnosis does not carry it."""
        for item in self.diagnosis.words.items:
            if item.id == code:
                return item
        return None

    def subgroups(self) -> tuple[Unit, ...]:
        """Return the meeting groups, or parties and sectors, with a mean in this wave.

        Parties stand in the order of the sample, sectors in that of their parties, groups by name.
        """
        present = {
            m.at.unit
            for m in self.diagnosis.measures
            if m.at.wave == self.wave
            and m.at.unit.kind in ("meeting_group", "party", "sector")
            and m.at.statistic == "mean"
        }
        rows = self.sample.parties if self.sample else ()
        order = [row.party for row in rows] + [row.sector for row in rows]
        place = {name: i for i, name in reversed(list(enumerate(order)))}
        return tuple(sorted(present, key=lambda u: (u.kind, place.get(u.name, len(order)), u.name)))

    @property
    def anything_shown(self) -> bool:
        """Return whether any mean of the community is released in this wave."""
        return any(
            m.at.wave == self.wave
            and m.at.unit == self.unit
            and m.at.statistic in ("mean", "own")
            and shown(m.cell) is not None
            for m in self.diagnosis.measures
        )


def shown(cell: Cell | None) -> Estimate | None:
    """Return the cell where it is released and has a value, else None."""
    if isinstance(cell, Estimate) and cell.value is not None:
        return cell
    return None


def or_hidden(cell: Cell | None) -> Cell:
    """Return the cell; one that is not there at all looks like one that is hidden."""
    return Hidden() if cell is None else cell


def interval(estimate: Estimate) -> tuple[float, float] | None:
    """Return the 95 % interval, else the 90 % or main one; None where there is none."""
    for confidence in (0.95, 0.90):
        band = estimate.band(confidence)
        if band is not None:
            return band.low, band.high
    if estimate.low is None or estimate.high is None:
        return None
    return estimate.low, estimate.high


def drawn(estimate: Estimate) -> tuple[float, float] | None:
    """Return the limits of the light strip as it is drawn: 90 %, else the main interval."""
    band = estimate.band(0.90)
    return (band.low, band.high) if band is not None else interval(estimate)


def readings(diagnosis: Diagnosis, community: str) -> tuple[Reading, ...]:
    """Return one reading for each wave in which the community took part, earliest first."""
    part = diagnosis.only(community)
    numbers = {
        m.at.wave for m in part.measures if m.at.wave and m.at.unit.community == community
    } | {s.wave for s in part.sample if s.answered is None or s.answered > 0}
    found: list[Reading] = []
    for number in sorted(numbers):
        previous = found[-1].wave if found else None
        found.append(Reading(part, community, number, previous))
    return tuple(found)


def latest(diagnosis: Diagnosis, community: str) -> Reading | None:
    """Return the reading of the last wave, or None where the community has none."""
    found = readings(diagnosis, community)
    return found[-1] if found else None


def wave_info(diagnosis: Diagnosis, number: int) -> WaveInfo:
    """Return what is known of a wave."""
    for wave in diagnosis.waves:
        if wave.number == number:
            return wave
    return WaveInfo(number=number)


def wave_name(diagnosis: Diagnosis, number: int) -> Text:
    """Return the title of a wave, or its number in words."""
    title = wave_info(diagnosis, number).title
    return Wording(title) if title else Message("views.wave-number", {"wave": number})


def per_wave(
    diagnosis: Diagnosis, community: str, make: Callable[[Reading], tuple[Block, ...]]
) -> tuple[Block, ...]:
    """Return the blocks of the only wave, or one `PerWave` over all of them."""
    found = readings(diagnosis, community)
    if len(found) == 1:
        return make(found[0])
    parts = tuple((one.wave, wave_name(diagnosis, one.wave), make(one)) for one in found)
    return (PerWave(parts),) if parts else ()


def axis_key(scale: ScaleWords) -> AxisKey:
    """Return what scales must share to stand on one axis."""
    first = tuple(sorted(_end(scale.points, 0).words.items()))
    return (str(scale.referent), scale.low, scale.high, first)


def by_axis(scales: Iterable[ScaleWords]) -> tuple[tuple[ScaleWords, ...], ...]:
    """Return the scales in groups that may share an axis, in order of first appearance."""
    groups: dict[AxisKey, list[ScaleWords]] = {}
    for scale in scales:
        groups.setdefault(axis_key(scale), []).append(scale)
    return tuple(tuple(group) for group in groups.values())


def axis_slug(reading: Reading, scale: ScaleWords) -> str:
    """Return the part of a figure id that names the axis a scale shares with others."""
    for group in by_axis(reading.scales()):
        if scale in group:
            return slug(group[0].id)
    return slug(scale.id)


def axis_of(words: ScaleWords | ItemWords) -> Axis:
    """Return the full axis of a scale or an item, with its midpoint."""
    return Axis(
        low=words.low,
        high=words.high,
        low_label=_end(words.points, 0),
        high_label=_end(words.points, -1),
        zero=(words.low + words.high) / 2,
    )


def slug(subject: str) -> str:
    """Return a subject as part of an id: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", subject.lower()).strip("-")


def _end(points: dict[str, tuple[str, ...]], index: int) -> Wording:
    return Wording({language: labels[index] for language, labels in points.items() if labels})
