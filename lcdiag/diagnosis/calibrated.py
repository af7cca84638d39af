"""What simulation says of an indicator: its power for a given n, and false signals by chance."""

from __future__ import annotations

from pathlib import Path

from lcdiag.base.estimate import Estimate
from lcdiag.base.levels import Level
from lcdiag.diagnosis.model import Address, Diagnosis, Measure, Unit
from lcdiag.diagnosis.power import (
    POWER_FILE,
    IndicatorPower,
    nearest,
    read_table,
)
from lcdiag.diagnosis.rules import RuleSettings
from lcdiag.diagnosis.units import STUDY

EXPECTED = "expected_by_chance"
FEWEST_COMMUNITIES = 5
"""A number over communities needs at least so many of which the cells are released."""
CONFIDENCE = 0.95


def power_cell(
    settings: RuleSettings, level: Level, unit: Unit, wave: int, n: int, path: Path = POWER_FILE
) -> list[Measure]:
    """Return how often the indicator finds its planted pattern among n people, as a cell or none.

    Parameters
    ----------
    settings : RuleSettings
        The indicator; nothing is known of one whose rule was changed after the simulation.
    level, unit, wave
        Where the cell stands; its subject is the indicator.
    n : int
        People whose answers can be read.
    path : Path
        The table of the simulation.
    """
    known = simulated(settings, path)
    if known is None or not known.hits:
        return []
    entry = nearest(known.hits, n)
    low, high = exact_interval(entry.fired, entry.runs)
    cell = Estimate(
        value=entry.fired / entry.runs,
        low=low,
        high=high,
        confidence=CONFIDENCE,
        n=n,
        method=f"simulated-n{entry.n}",
    )
    at = Address(statistic="power", subject=settings.indicator, level=level, unit=unit, wave=wave)
    return [Measure(at=at, cell=cell)]


def expected_cell(
    diagnosis: Diagnosis,
    settings: RuleSettings,
    level: Level,
    wave: int,
    communities: int,
    path: Path = POWER_FILE,
) -> list[Measure]:
    """Return how many false signals of an indicator chance would give in a wave, at most.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of several communities; of fewer than five there is no such cell.
    settings : RuleSettings
        The indicator.
    level, wave
        Where the cell stands; its unit is the study and its subject the indicator.
    communities : int
        In how many it can be read.
    path : Path
        The table of the simulation.

    Returns
    -------
    list of Measure
        None, or one: their number times the upper 95 % limit of the share of false signals in the
        worst simulated world and size; `n` is that number. No size of a community enters it, so it
        tells nothing of any. *Absent when* ``fewer-than-5-communities`` can be read.
    """
    known = simulated(settings, path)
    if known is None or not known.alarms or len(diagnosis.communities) < FEWEST_COMMUNITIES:
        return []
    at = Address(statistic=EXPECTED, subject=settings.indicator, level=level, unit=STUDY, wave=wave)
    if communities < FEWEST_COMMUNITIES:
        return [Measure(at=at, cell=Estimate.missing("fewer-than-5-communities"))]
    worst = max(exact_interval(one.fired, one.runs)[1] for one in known.alarms)
    cell = Estimate(value=communities * worst, n=communities, method="simulated-upper-limit")
    return [Measure(at=at, cell=cell)]


def expected_by_chance(diagnosis: Diagnosis, wave: int) -> Estimate:
    """Return how many false signals of all indicators together chance would give in a wave.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of several communities.
    wave : int
        Which wave.

    Returns
    -------
    Estimate
        The sum of the ``expected_by_chance`` cells of that wave, an upper figure; `n` is the
        largest number of communities of an indicator. *Absent when* no indicator has such a cell
        (``not-simulated``), or none has a value (``fewer-than-5-communities``).
    """
    cells = [
        one.cell
        for one in diagnosis.measures
        if one.at.statistic == EXPECTED and one.at.wave == wave and isinstance(one.cell, Estimate)
    ]
    if not cells:
        return Estimate.missing("not-simulated")
    known = [(one.value, one.n) for one in cells if one.value is not None]
    if not known:
        return Estimate.missing("fewer-than-5-communities")
    total = sum(value for value, _ in known)
    return Estimate(value=total, n=max(n for _, n in known), method="simulated-upper-limit")


def simulated(settings: RuleSettings, path: Path = POWER_FILE) -> IndicatorPower | None:
    """Return what was simulated of exactly this rule, or None."""
    table = read_table(path)
    for one in table.indicators if table is not None else ():
        if (one.indicator, one.rule) == (settings.indicator, settings.digest):
            return one
    return None


def exact_interval(fired: int, runs: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the exact binomial interval of a share.

    References
    ----------
    Clopper & Pearson (1934), Biometrika 26.
    """
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low = float(betaincinv(fired, runs - fired + 1, tail)) if fired else 0.0
    high = float(betaincinv(fired + 1, runs - fired, 1 - tail)) if fired < runs else 1.0
    return low, high
