"""How far several raters give the same units the same values: Krippendorff's alpha.

Forks
-----
metric : {"interval", "nominal", "ordinal", "ratio"}
    How far two values differ: (a - b)^2; whether they are the same; the ranks between them,
    squared; ((a - b) / (a + b))^2, for values of 0 or more.
ranks : {"pairable", "all"}
    Ordinal only: whether the ranks count the values that can be compared with another one of
    the same unit, or all values that were given.
interval : {"linearized", "bootstrap", "none"}
    By the influence of each unit on the coefficient without its small-sample term, with t on
    units - 1 degrees of freedom; percentiles over units drawn again with `rng`; or none.
confidence, bands : float, sequence of float
    As in `means.mean_interval`.
rng, resamples : numpy.random.Generator, int
    For ``bootstrap``.

Notes
-----
Default: the interval metric and the linearised limits, which need no draws; ranks of
comparable values only, as irr has it.

Formula: 1 - [sum over units of sum over pairs of d / (m - 1)] / N over [sum over all pairs of
d] / (N (N - 1)), with d the squared difference of two values, m the ratings of a unit and N
all ratings.

Agrees with irr 0.84.1 (``kripp.alpha``, all four metrics) and irrCAC (``krippen.alpha.raw``).

References
----------
Krippendorff (2004), Content Analysis, 2nd edition; Hayes & Krippendorff (2007), Communication
Methods and Measures 1(1); Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.intervals import Limits, check_levels, t_quantile, with_intervals
from lcdiag.statistics.resample import draws, percentiles

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Ranks = Literal["pairable", "all"]
Interval = Literal["linearized", "bootstrap", "none"]

_MOST_VALUES = 4000  # different values; their pairs must fit in memory


def krippendorff_alpha(
    ratings: Any,
    *,
    metric: Metric = "interval",
    ranks: Ranks = "pairable",
    interval: Interval = "linearized",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 2000,
) -> Estimate:
    """Return Krippendorff's alpha: 1 - observed disagreement / disagreement expected by chance.

    1 = all raters of a unit give it the same value; 0 = values are given as if by chance; below
    0 = raters differ more than chance does.

    Parameters
    ----------
    ratings : array_like or DataFrame, shape (n_units, n_raters)
        One row a unit that is rated, one column a rater; NaN = not rated. Units with one rating
        say nothing about agreement and are left out.
    metric, ranks, interval, confidence, bands, rng, resamples
        See the forks and notes of this module.

    Returns
    -------
    Estimate
        At most 1; n = units with two ratings or more.

    Raises
    ------
    ValueError
        For text, infinite values, an unknown fork, a negative value with ``ratio``, a bootstrap
        without generator.

    Notes
    -----
    Absent when: ``fewer-than-2-units`` with two ratings or more; ``no-variation`` (all values are
    the same, so that nothing can be expected by chance); ``too-many-values`` (over 4,000 different
    ones).
    """
    levels = check_levels(confidence, bands)
    _check(metric, ranks, interval)
    matrix = as_matrix(ratings, "ratings")
    if metric == "ratio" and bool((matrix < 0).any()):
        raise ValueError("the ratio metric needs values of 0 or more")
    name = f"krippendorff, {metric}" + (f", {interval}" if interval != "none" else "")
    if len(np.unique(matrix[~np.isnan(matrix)])) > _MOST_VALUES:
        return Estimate.missing("too-many-values", n=len(matrix), method=name)
    units = _units(matrix, metric, ranks)
    n = len(units.rated)
    if n < 2:
        return Estimate.missing("fewer-than-2-units", n=n, method=name)
    value = float(_alphas(units, np.ones((1, n)))[0])
    if np.isnan(value):
        return Estimate.missing("no-variation", n=n, method=name)
    limits = _limits(units, value, interval, rng, resamples)
    return with_intervals(value, limits, (-np.inf, 1.0), confidence, levels, n=n, method=name)


@dataclass(frozen=True, eq=False)
class _Units:
    """Units with two ratings or more, as counts of values.

    Attributes
    ----------
    counts : array, shape (u, v)
        How often each unit got each value.
    rated : array, shape (u,)
        Ratings a unit.
    apart : array, shape (v, v)
        Squared difference of each pair of values.
    """

    counts: Floats
    rated: Floats
    apart: Floats


def _check(metric: str, ranks: str, interval: str) -> None:
    for value, options, name in (
        (metric, ("nominal", "ordinal", "interval", "ratio"), "metric"),
        (ranks, ("pairable", "all"), "ranks"),
        (interval, ("linearized", "bootstrap", "none"), "interval"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {', '.join(options)}; received {value!r}")


def _units(matrix: Floats, metric: Metric, ranks: Ranks) -> _Units:
    held = ~np.isnan(matrix)
    values, places = np.unique(matrix[held], return_inverse=True)
    counts = np.zeros((len(matrix), len(values)))
    np.add.at(counts, (np.nonzero(held)[0], places), 1.0)
    pairable = counts.sum(axis=1) > 1
    seen = counts if ranks == "all" else counts[pairable]
    counts = counts[pairable]
    return _Units(counts, counts.sum(axis=1), _apart(values, seen.sum(axis=0), metric))


def _apart(values: Floats, often: Floats, metric: Metric) -> Floats:
    """Return the squared differences between values, (v, v)."""
    if metric == "nominal":
        return 1.0 - np.eye(len(values))
    if metric == "ordinal":
        # ranks between two values, half of each end: the distance between their middle ranks
        values = np.cumsum(often) - often / 2
    difference = values[:, None] - values[None, :]
    if metric == "ratio":
        total = values[:, None] + values[None, :]
        difference = np.divide(difference, total, out=np.zeros_like(difference), where=total > 0)
    return np.asarray(difference**2)


def _limits(
    units: _Units,
    value: float,
    interval: Interval,
    rng: np.random.Generator | None,
    resamples: int,
) -> Limits | None:
    if interval == "linearized":
        return _linearized(units, value)
    if interval == "none":
        return None
    if not isinstance(rng, np.random.Generator):
        raise ValueError("a bootstrap needs rng, a numpy.random.Generator")
    drawn = draws(len(units.rated), rng, resamples)
    return percentiles(np.concatenate([_alphas(units, weights) for weights in drawn]))


def _alphas(units: _Units, weights: Floats) -> Floats:
    """Return alpha of units that count several times, (d, u) to (d,); NaN without variation."""
    within = (units.counts @ units.apart * units.counts).sum(axis=1) / (units.rated - 1)
    total = weights @ units.rated
    often = weights @ units.counts
    expected = (often @ units.apart * often).sum(axis=1)
    observed = weights @ within
    ratio = np.full(len(weights), np.nan)
    np.divide(observed * (total - 1), expected, out=ratio, where=expected > 0)
    return np.asarray(1 - ratio)


def _linearized(units: _Units, value: float) -> Limits:
    """Return limits from the derivative of the coefficient to the weight of each unit."""
    n = len(units.rated)
    within = (units.counts @ units.apart * units.counts).sum(axis=1) / (units.rated - 1)
    often = units.counts.sum(axis=0)
    total, observed = units.rated.sum(), within.sum()
    expected = float(often @ units.apart @ often)
    ratio = observed * total / expected
    across = 2 * (units.counts @ (units.apart @ often))
    influence = np.zeros(n)  # where raters never differ, no unit moves the coefficient
    if observed > 0:
        influence = -ratio * (within / observed + units.rated / total - across / expected)
    error = float(np.sqrt(n / (n - 1) * (influence @ influence)))

    def limits(level: float) -> tuple[float, float]:
        half = float(t_quantile(n - 1, level)) * error
        return value - half, value + half

    return limits
