"""Rules for the conditions of an indicator: what they are about, their side and their limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lcdiag.base.findings import Finding, near_miss
from lcdiag.base.levels import Referent
from lcdiag.instrument.model import SIDES, STATISTICS, Condition, Indicator, Instrument
from lcdiag.instrument.remark import error, warning

RULE = "conditions"
"""The rule that reads them."""
SETTINGS = ("probability", "minimum_answers")
"""What may be set for that rule."""

_SUBJECT = re.compile(r"[a-z][a-z0-9_-]*:[A-Za-z][A-Za-z0-9_.-]*")


def check_conditions(instrument: Instrument, indicator: Indicator, place: str) -> Iterator[Finding]:
    """Yield everything that is wrong with the conditions of one indicator, at once.

    Parameters
    ----------
    instrument : Instrument
        Where the indicator stands.
    indicator : Indicator
        With or without conditions.
    place : str
        How the reader knows it.
    """
    count = len(indicator.conditions)
    if indicator.rule != RULE:
        if count or indicator.at_least is not None:
            yield warning("conditions-unread", place, value=indicator.rule, rule=RULE)
        return
    if not count:
        yield error("no-conditions", place)
    elif indicator.at_least is not None and indicator.at_least > count:
        yield error("at-least-too-many", place, value=indicator.at_least, count=count)
    yield from _settings(indicator, place)
    for number, one in enumerate(indicator.conditions, 1):
        yield from _condition(instrument, one, f"{place}, condition {number}")


def check_subjects(
    instruments: Sequence[Instrument], names: Sequence[str] = ()
) -> Iterator[Finding]:
    """Yield conditions about a part that another of these instruments does not have.

    Parameters
    ----------
    instruments : sequence of Instrument
        Each once; conditions about an instrument that is not among them are left alone.
    names : sequence of str
        How the reader knows each of them; their ids where left out.
    """
    known = {one.id: one for one in instruments}
    for where, home in zip(names or list(known), instruments, strict=True):
        for indicator in home.indicators:
            for number, one in enumerate(indicator.conditions, 1):
                there, colon, subject = one.subject.partition(":")
                if colon and there != home.id and there in known and _SUBJECT.match(one.subject):
                    place = f"{where}, indicator {indicator.id}, condition {number}"
                    yield from _about(known[there], one, subject, place)


def _settings(indicator: Indicator, place: str) -> Iterator[Finding]:
    """Yield settings that the rule does not know, or that are no number in their range."""
    for key, value in indicator.settings.items():
        if key not in SETTINGS:
            near = near_miss(key, SETTINGS)
            yield error("unknown-setting", place, value=key, options=SETTINGS, near=near)
            continue
        number = value if isinstance(value, (int, float)) and value is not True else 0.0
        low, high = (0.5, 1.0) if key == "probability" else (1, 1000)
        if not low <= number <= high or (key == "probability" and number in (low, high)):
            yield error("setting-range", place, key=key, value=str(value), low=low, high=high)


def _condition(instrument: Instrument, one: Condition, place: str) -> Iterator[Finding]:
    """Yield what is wrong with one condition."""
    yield from _among("statistic", one.statistic, STATISTICS, place)
    yield from _among("side", one.side, SIDES, place)
    there, colon, subject = one.subject.partition(":")
    if not colon:
        yield from _about(instrument, one, one.subject, place)
    elif there == instrument.id:
        yield from _about(instrument, one, subject, place)
    elif not _SUBJECT.fullmatch(one.subject):
        yield error("subject-form", place, value=one.subject)


def _among(key: str, value: str, options: tuple[str, ...], place: str) -> Iterator[Finding]:
    if value not in options:
        near = near_miss(value, options)
        yield error("not-an-option", place, key=key, value=value, options=options, near=near)


def _about(instrument: Instrument, one: Condition, subject: str, place: str) -> Iterator[Finding]:
    """Yield that a subject is not there, has no such statistic, or no value beyond the limit."""
    means, three = _subjects(instrument)
    known = {**means, **three}
    if subject not in known:
        near = near_miss(subject, known)
        options = tuple(known)
        yield error("unknown-subject", place, value=one.subject, options=options, near=near)
        return
    if one.statistic not in STATISTICS:
        return
    if (one.statistic == "mean") != (subject in means):
        options = ("mean",) if subject in means else STATISTICS[1:]
        yield error(
            "not-of-subject", place, statistic=one.statistic, value=one.subject, options=options
        )
        return
    bounds = known[subject]
    if bounds is None:
        return
    low, high = bounds
    if one.statistic.endswith("_gap"):
        low, high = low - high, high - low
    if not low < one.limit < high:
        yield error("limit-outside", place, value=one.limit, low=low, high=high)


Bounds = tuple[float, float] | None
"""None where the response format could not be read."""


def _subjects(instrument: Instrument) -> tuple[dict[str, Bounds], dict[str, Bounds]]:
    """Return the bounds of what has a mean, and of what is rated three ways.

    A scale that is shown item by item has no mean of its own, and neither has a question about
    each other party.
    """

    def bounds(codes: Iterable[str], factor: int = 1) -> Bounds:
        for item in instrument.items:
            if item.id in codes and item.format in instrument.formats:
                one = instrument.formats[item.format]
                return float(one.low * factor), float(one.high * factor)
        return None

    means = {
        item.id: bounds((item.id,))
        for item in instrument.items
        if item.referent != Referent.OTHER_PARTY
    }
    for scale in instrument.scales:
        if not scale.per_item:
            factor = len(scale.items) if scale.combine == "sum" else 1
            means[scale.id] = bounds(scale.items[:1], factor)
    three: dict[str, Bounds] = {}
    for topic in instrument.contrasts:
        three[f"topic.{topic.id}"] = bounds((topic.own,))
        three.setdefault(topic.kind, bounds((topic.own,)))
    return means, three
