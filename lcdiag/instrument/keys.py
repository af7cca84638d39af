"""Rules for scales and topics: what belongs together, what is turned, what makes a score."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from lcdiag.base.findings import Finding, near_miss
from lcdiag.base.levels import Level, Referent
from lcdiag.instrument.codes import repeated
from lcdiag.instrument.model import Contrast, Instrument, Item, Scale
from lcdiag.instrument.remark import error, note, warning

FEW = 2
"""In a scale of up to so many items one answer may make the score."""

_LEVELS: Mapping[Referent, frozenset[Level]] = {
    Referent.SELF: frozenset({Level.INDIVIDUAL, Level.PARTY}),
    Referent.GROUP: frozenset({Level.GROUP, Level.PARTY}),
    Referent.PARTY: frozenset({Level.PARTY, Level.GROUP, Level.INDIVIDUAL}),
    Referent.PARTIES: frozenset({Level.PARTY, Level.GROUP}),
    Referent.OTHER_PARTY: frozenset({Level.PARTY}),
    Referent.OTHER_PERSON: frozenset({Level.INDIVIDUAL, Level.PARTY}),
    Referent.SOCIETY: frozenset({Level.CONTEXT}),
}
"""Of which system levels a sentence about someone can speak."""


def check_parts_of_scales(
    instrument: Instrument, where: str, codes: Sequence[str], formats: frozenset[str]
) -> Iterator[Finding]:
    """Yield scales and topics that do not hang together.

    Parameters
    ----------
    instrument : Instrument
        Whole, or what could be read of it.
    where : str
        How the reader knows it.
    codes : sequence of str
        Every item code that is written down, also of items that could not be read.
    formats : frozenset of str
        Every name of a response format that is written down.
    """
    items = {item.id: item for item in instrument.items}
    for kind, names in (
        ("scale", [scale.id for scale in instrument.scales]),
        ("topic", [topic.id for topic in instrument.contrasts]),
        ("indicator", [indicator.id for indicator in instrument.indicators]),
    ):
        for name in repeated(names):
            yield error("duplicate-id", f"{where}, {kind} {name}", id=name)
    for scale in instrument.scales:
        place = f"{where}, scale {scale.id}"
        yield from _scale(scale, items, codes, place)
        if not scale.per_item:
            yield from _formats(scale.items, items, formats, place)
    for topic in instrument.contrasts:
        place = f"{where}, topic {topic.id}"
        yield from _topic(topic, items, codes, place)
        yield from _formats((topic.own, topic.others, topic.practice), items, formats, place)


def check_keys(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield what is doubtful in the key of a whole instrument.

    Parameters
    ----------
    instrument : Instrument
        Every part of it could be read.
    where : str
        How the reader knows it.
    """
    items = {item.id: item for item in instrument.items}
    for item in instrument.items:
        if item.level not in _LEVELS[item.referent]:
            yield warning(
                "referent-and-level",
                f"{where}, item {item.id}",
                referent=item.referent.value,
                level=item.level.value,
                options=tuple(sorted(level.value for level in _LEVELS[item.referent])),
            )
    for scale in instrument.scales:
        here = [items[code] for code in scale.items if code in items]
        if here and len(here) == len(scale.items):
            yield from _score(scale, here, f"{where}, scale {scale.id}")
    yield from _alone(instrument, where)


def _scale(
    scale: Scale, items: Mapping[str, Item], codes: Sequence[str], place: str
) -> Iterator[Finding]:
    if not scale.items:
        yield error("empty-scale", place)
    for code in repeated(scale.items):
        yield error("item-twice-in-scale", place, code=code)
    for number, code in enumerate(scale.items, 1):
        if code not in codes:
            near = near_miss(code, codes)
            yield error("unknown-item", f"{place}, item {number}", value=code, near=near)
    here = [items[code] for code in scale.items if code in items]
    if len({item.referent for item in here}) > 1:
        names = tuple(sorted({item.referent.value for item in here}))
        yield warning("mixed-referents", place, referents=names)


def _topic(
    topic: Contrast, items: Mapping[str, Item], codes: Sequence[str], place: str
) -> Iterator[Finding]:
    ratings = {"own": topic.own, "others": topic.others, "practice": topic.practice}
    for key, code in ratings.items():
        if code not in codes:
            near = near_miss(code, codes)
            yield error("unknown-item", f"{place}, {key}", value=code, near=near)
    for code in repeated(ratings.values()):
        yield error("item-twice-in-topic", place, code=code)
    for code in ratings.values():
        if code in items and items[code].reversed:
            yield error("reversed-in-topic", place, code=code)


def _formats(
    codes: Sequence[str], items: Mapping[str, Item], formats: frozenset[str], place: str
) -> Iterator[Finding]:
    """Yield response formats that have no common mean; an unknown one is said elsewhere."""
    names = {items[code].format for code in codes if code in items} & formats
    if len(names) > 1:
        yield error("mixed-formats", place, formats=tuple(sorted(names)))


def _score(scale: Scale, items: Sequence[Item], place: str) -> Iterator[Finding]:
    levels = {item.level for item in items}
    mixed = scale.level not in levels if scale.per_item else levels != {scale.level}
    if mixed:
        names = tuple(sorted(level.value for level in levels))
        yield warning("scale-level", place, level=scale.level.value, levels=names)
    if scale.per_item:
        if scale.combine == "sum":
            yield warning("per-item-score", place, key="combine")
        return
    if all(item.reversed for item in items):
        yield warning("all-reversed", place, items=tuple(item.id for item in items))
    least = max(1, math.ceil(scale.min_answered * len(items) - 1e-9))
    if least == 1 and len(items) > FEW:
        share = f"{scale.min_answered:g}"
        yield warning("one-answer-score", place, value=share, count=len(items))


def _alone(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield items that nothing uses; they are asked but shown nowhere."""
    used = {code for scale in instrument.scales for code in scale.items}
    for topic in instrument.contrasts:
        used |= {topic.own, topic.others, topic.practice}
    if used - {item.id for item in instrument.items}:
        return  # a code that was mistyped: the item it means is not unused
    for item in instrument.items:
        place = f"{where}, item {item.id}"
        if item.id not in used and item.reversed:
            yield warning("reversed-unscored", place)
        elif item.id not in used:
            yield note("unused-item", place)
