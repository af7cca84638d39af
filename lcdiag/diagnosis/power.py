"""How often the rule finds what is there: measured beforehand by simulation, never made up."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.model import Released

POWER_FILE = Path(__file__).with_name("power.json")
"""Written by ``benchmarks/calibration.py``; absent until that has run."""

CONFIDENCE = 0.95
_Z = 1.959963984540054


class PowerEntry(Released):
    """How often a rule fired in simulated communities of one size."""

    n: int = Field(ge=1)
    """People who answered."""
    topics: int = Field(ge=1)
    """Critical topics that were asked, all carrying the planted gap."""
    fired: int = Field(ge=0)
    runs: int = Field(ge=1)


class SizedCount(Released):
    """How often an indicator gave a signal in simulated communities of one size."""

    n: int = Field(ge=1)
    fired: int = Field(ge=0)
    runs: int = Field(ge=1)


Sized = TypeVar("Sized", PowerEntry, SizedCount)


class IndicatorPower(Released):
    """What was simulated of one indicator of an instrument."""

    indicator: str
    """``"lc-collusion:harmony"``."""
    rule: str
    """Digest of rule, conditions and settings: for others nothing is known."""
    hits: tuple[SizedCount, ...] = ()
    """Where its pattern was planted."""
    alarms: tuple[SizedCount, ...] = ()
    """Of each size the world without its pattern in which it gave most signals."""


class PowerTable(Released):
    """The content of ``power.json``."""

    schema_: Literal["lcdiag/power/1"] = Field(default="lcdiag/power/1", alias="schema")
    rule: str
    """Name of the rule, ``"abilene-signature"``."""
    planted: float
    """Size of the planted gaps, in points."""
    made_with: str
    """Version of lcdiag that was measured."""
    entries: tuple[PowerEntry, ...]
    indicators: tuple[IndicatorPower, ...] = ()


def power_of(
    rule: str, n: int, topics: int, path: Path = POWER_FILE
) -> tuple[Estimate, PowerEntry | None]:
    """Return how often the rule finds the planted pattern in a community of this size.

    The entry of the nearest size with exactly this number of topics is taken; of two equally near
    the smaller one, which promises less.

    Parameters
    ----------
    rule : str
        Name of the rule.
    n : int
        People who answered.
    topics : int
        Critical topics that were asked.
    path : Path
        The table of the simulation.

    Returns
    -------
    Estimate
        Share of simulated communities, with its Wilson interval at 95 %; `n` is the given n and
        `method` names the size that was simulated. *Absent when* there is no table
        (``"not-simulated"``), or none for this rule and number of topics.
    PowerEntry or None
        The entry that was used.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association, 22, 209-212.
    """
    table = read_table(path)
    if table is None or table.rule != rule:
        return Estimate.missing("not-simulated", n=n), None
    fitting = [entry for entry in table.entries if entry.topics == topics]
    if not fitting:
        return Estimate.missing("not-simulated", n=n), None
    entry = nearest(fitting, n)
    low, high = _wilson(entry.fired, entry.runs)
    estimate = Estimate(
        value=entry.fired / entry.runs,
        low=low,
        high=high,
        confidence=CONFIDENCE,
        n=n,
        method=f"simulated-n{entry.n}-topics{entry.topics}",
    )
    return estimate, entry


def nearest(counts: Sequence[Sized], n: int) -> Sized:
    """Return the count of the nearest size; the smaller of two, which promises less."""
    return min(counts, key=lambda one: (abs(one.n - n), one.n))


@cache
def read_table(path: Path = POWER_FILE) -> PowerTable | None:
    """Return what was simulated, or None where that has not been done."""
    if not path.is_file():
        return None
    return PowerTable.model_validate(json.loads(path.read_text(encoding="utf-8")))


def _wilson(hits: int, runs: int) -> tuple[float, float]:
    """Return the score interval of a proportion."""
    share, z2 = hits / runs, _Z * _Z
    centre = (share + z2 / (2 * runs)) / (1 + z2 / runs)
    half = _Z / (1 + z2 / runs) * math.sqrt(share * (1 - share) / runs + z2 / (4 * runs * runs))
    return max(0.0, centre - half), min(1.0, centre + half)
