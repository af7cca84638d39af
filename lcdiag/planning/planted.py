"""An indicator's pattern made true: each of its conditions holds by a stated distance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lcdiag.instrument.model import Indicator, Instrument
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.planning.stated import Truth

SURE = 1.5
"""How far wishes that everybody shares lie above the middle of the scale."""


def plant(questionnaire: Questionnaire, truth: Truth, address: str, size: float) -> Truth:
    """Return a truth in which an indicator's own statement is true.

    Parameters
    ----------
    questionnaire : Questionnaire
        Which asks the indicator's instrument.
    truth : Truth
        What is true besides.
    address : str
        ``"lc-collusion:abilene"``.
    size : float
        In points: of both gaps on every critical topic where the indicator reads topics; else how
        far every mean lies beyond its limit, held half a point within the scale.

    Raises
    ------
    KeyError
        Where the questionnaire has no such indicator.
    """
    home, indicator = found_indicator(questionnaire, address)
    if not indicator.conditions:
        return _topics(questionnaire, home, truth, size)
    return _means(questionnaire, home, indicator, truth, size)


def found_indicator(questionnaire: Questionnaire, address: str) -> tuple[Instrument, Indicator]:
    """Return an indicator of the questionnaire by its address; KeyError where there is none."""
    for home, indicator in questionnaire.indicators:
        if f"{home.id}:{indicator.id}" == address:
            return home, indicator
    raise KeyError(address)


def indicator_addresses(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the addresses of all indicators of a questionnaire."""
    return tuple(f"{home.id}:{one.id}" for home, one in questionnaire.indicators)


def _topics(questionnaire: Questionnaire, home: Instrument, truth: Truth, size: float) -> Truth:
    """Return the truth with a shared wish that nobody knows of and nobody acts on."""
    topics = dict(truth.topics)
    for instrument, contrast in questionnaire.contrasts:
        if instrument.id == home.id and contrast.kind == "critical":
            bounds = questionnaire.format_of(contrast.own)
            own = min(bounds.midpoint + SURE, bounds.high - 0.5)
            lower = max(own - size, bounds.low + 0.5)
            topics[contrast.id] = (own, lower, lower)
    return replace(truth, topics=topics)


def _means(
    questionnaire: Questionnaire,
    home: Instrument,
    indicator: Indicator,
    truth: Truth,
    size: float,
) -> Truth:
    scales, items = dict(truth.scales), dict(truth.items)
    factors = {
        f"{instrument.id}:{scale.id}": len(scale.items) if scale.combine == "sum" else 1
        for instrument, scale in questionnaire.scales
        if not scale.per_item
    }
    ends = _ends(questionnaire)
    for one in indicator.conditions:
        subject = one.subject if ":" in one.subject else f"{home.id}:{one.subject}"
        code = subject.partition(":")[2]
        beyond = size if one.side == "above" else -size
        if subject in factors:
            low, high = ends[subject]
            scales[subject] = _within(one.limit / factors[subject] + beyond, low, high)
        elif code in questionnaire.codes:
            bounds = questionnaire.format_of(code)
            items[code] = _within(one.limit + beyond, bounds.low, bounds.high)
    return replace(truth, scales=scales, items=items)


def _ends(questionnaire: Questionnaire) -> Mapping[str, tuple[float, float]]:
    """Return the lowest and highest point of the items of every scale."""
    found = {}
    for instrument, scale in questionnaire.scales:
        bounds = [questionnaire.format_of(code) for code in scale.items]
        lows, highs = [one.low for one in bounds], [one.high for one in bounds]
        found[f"{instrument.id}:{scale.id}"] = (float(max(lows)), float(min(highs)))
    return found


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low + 0.5), high - 0.5)
