"""The signature of doing together what nobody wants because nobody knows: three conditions."""

from __future__ import annotations

from lcdiag.base.estimate import Estimate
from lcdiag.base.levels import Level
from lcdiag.diagnosis.calibrated import expected_cell
from lcdiag.diagnosis.model import Address, Diagnosis, Measure, Signal, TopicWords, Unit
from lcdiag.diagnosis.power import power_of
from lcdiag.diagnosis.rules import Rule, RuleSettings, released
from lcdiag.diagnosis.units import STUDY

NAME = "abilene-signature"
GAPS = {"perception": "perception_gap", "abilene": "abilene_gap"}

MARGIN = 0.5
"""The smallest margin, in points of the scale."""
MARGIN_ALONE = 0.7
"""The smallest margin of the perception gap where control topics of several communities cannot
say how far people see themselves above others. With 0.5 a study of one community in which
everybody does so by 0.8, and practice lags wishes that all know, would alarm in one of five
groups; with 0.7 in one of a hundred, and a planted gap of 1.5 is still found in nine of ten groups
of ten."""
MINIMUM_ANSWERS = 6
CONFIDENCE = 0.95


def derive(diagnosis: Diagnosis, settings: RuleSettings) -> tuple[Measure, ...]:
    """Return the margins of each wave, each community's power, and the signals chance would give.

    All follow from released cells alone. Power is there only where the simulation has run and
    the pooled gaps of the community are released.
    """
    topics = _critical(diagnosis, settings)
    if not topics:
        return ()
    found = []
    for wave in _waves(diagnosis, settings):
        for gap in GAPS:
            at = _address(diagnosis, settings, f"margin.{gap}", STUDY, wave)
            found.append(Measure(at=at, cell=_margin(diagnosis, settings, gap, wave)))
        readable = 0
        for community in diagnosis.communities:
            unit = Unit(kind="community", community=community)
            pooled = released(diagnosis, "perception_gap", _pool(settings), unit, wave)
            if pooled.value is None:
                continue
            readable += 1
            power, _ = power_of(NAME, pooled.n, len(topics))
            if power.value is not None:
                at = _address(diagnosis, settings, "power", unit, wave)
                found.append(Measure(at=at, cell=power))
        found += expected_cell(diagnosis, settings, _level(diagnosis, settings), wave, readable)
    return tuple(found)


def read(diagnosis: Diagnosis, settings: RuleSettings) -> tuple[Signal, ...]:
    """Return a signal for every community and wave in which all three conditions hold.

    Hidden consensus: the lower bound of the pooled own view lies above the midpoint. Pooled
    perception gap and pooled Abilene gap: each lies above its margin with its whole interval,
    so both in the direction "people want more than they think others want, and than is done".

    `strength` is the smallest of the three distances between lower bound and limit, each as a
    share of the largest distance that the scale allows. It orders signals; it is no probability.
    """
    topics = _critical(diagnosis, settings)
    if not topics:
        return ()
    low, high = topics[0].low, topics[0].high
    found = []
    for wave in _waves(diagnosis, settings):
        limits = {"own": ((low + high) / 2, float(high))}
        for gap, statistic in GAPS.items():
            margin = released(diagnosis, f"margin.{gap}", _pool(settings), STUDY, wave).value
            if margin is None:
                break
            limits[statistic] = (margin, float(high - low))
        if len(limits) < 1 + len(GAPS):
            continue
        for community in diagnosis.communities:
            unit = Unit(kind="community", community=community)
            strength = _strength(diagnosis, settings, unit, wave, limits)
            if strength is None:
                continue
            found.append(
                Signal(
                    indicator=settings.indicator,
                    level=_level(diagnosis, settings),
                    unit=unit,
                    wave=wave,
                    strength=strength,
                    because=_reasons(diagnosis, settings, unit, wave),
                    status=settings.status,
                )
            )
    return tuple(found)


def _strength(
    diagnosis: Diagnosis,
    settings: RuleSettings,
    unit: Unit,
    wave: int,
    limits: dict[str, tuple[float, float]],
) -> float | None:
    """Return how far all conditions are met, or None where one of them is not."""
    shares = []
    for statistic, (limit, furthest) in limits.items():
        cell = released(diagnosis, statistic, _pool(settings), unit, wave)
        band = cell.band(settings.number("confidence", CONFIDENCE))
        if band is None or cell.n < settings.number("minimum_answers", MINIMUM_ANSWERS):
            return None
        if not band.low > limit or limit >= furthest:
            return None
        shares.append((band.low - limit) / (furthest - limit))
    return min(1.0, min(shares))


def _margin(diagnosis: Diagnosis, settings: RuleSettings, gap: str, wave: int) -> Estimate:
    """Return the larger of the stated margin and the study's everyday gap on control topics.

    The value of the everyday gap, not its upper limit: the whole interval of the community's own
    gap must lie beyond it, which keeps false alarms below 5 % from three communities on, while
    the upper limit, with few communities far away, would hide most planted gaps.
    """
    stated = settings.number("stated_margin", MARGIN)
    everyday = released(
        diagnosis, f"control_margin.{gap}", f"{settings.instrument}:control", STUDY, wave
    )
    if everyday.value is not None and everyday.method != "stated":
        if everyday.value > stated:
            return Estimate(value=everyday.value, n=everyday.n, method="control-topics")
        return Estimate(value=stated, n=everyday.n, method="stated")
    if gap == "perception":
        stated = max(stated, settings.number("stated_margin_alone", MARGIN_ALONE))
    return Estimate(value=stated, method="stated")


def _reasons(
    diagnosis: Diagnosis, settings: RuleSettings, unit: Unit, wave: int
) -> tuple[Address, ...]:
    own = [_address(diagnosis, settings, name, unit, wave) for name in ("own", *GAPS.values())]
    limits = [_address(diagnosis, settings, f"margin.{gap}", STUDY, wave) for gap in GAPS]
    return (*own, *limits)


def _address(
    diagnosis: Diagnosis, settings: RuleSettings, statistic: str, unit: Unit, wave: int
) -> Address:
    level = _level(diagnosis, settings)
    return Address(statistic=statistic, subject=_pool(settings), level=level, unit=unit, wave=wave)


def _pool(settings: RuleSettings) -> str:
    return f"{settings.instrument}:critical"


def _critical(diagnosis: Diagnosis, settings: RuleSettings) -> tuple[TopicWords, ...]:
    """Return the critical topics of the instrument that share the first one's format."""
    found = [
        topic
        for topic in diagnosis.words.topics
        if topic.instrument == settings.instrument and topic.kind == "critical"
    ]
    return tuple(t for t in found if (t.low, t.high) == (found[0].low, found[0].high))


def _waves(diagnosis: Diagnosis, settings: RuleSettings) -> tuple[int, ...]:
    """Return the waves in which the pool was rated."""
    pool = _pool(settings)
    return tuple(sorted({m.at.wave for m in diagnosis.measures if m.at.subject == pool}))


def _level(diagnosis: Diagnosis, settings: RuleSettings) -> Level:
    """Return the level of the ratings of practice: what the group does."""
    practice = _critical(diagnosis, settings)[0].practice
    return next((one.level for one in diagnosis.words.items if one.id == practice), Level.GROUP)


RULE = Rule(NAME, derive, read)
