"""How consistently a scale measures people within their group, and groups themselves.

Notes
-----
Formula: k / (k - 1) (1 - tr S / sum S), with S the covariance matrix of one level, both
estimated together by maximum likelihood without further restriction than that they are
possible. The value between groups is that of the groups' true means, not of the means of the
few people who answered.

Default: delta; the bootstrap needs many groups to draw from.

Agrees with lavaan 0.6-14 (two-level, saturated).

References
----------
Geldhof, Preacher & Zyphur (2014), Psychological Methods 19(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, Grouping, as_grouping, as_matrix
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.level_coefficients import (
    Coefficients,
    Fitter,
    alphas,
    at_floor,
    bootstrap_limits,
    delta_limits,
    omegas,
    scaled,
    why_not,
    why_not_between,
)
from lcdiag.statistics.two_level import (
    factor_fit,
    group_scatters,
    level_sums,
    saturated_fit,
)

Interval = Literal["delta", "bootstrap", "none"]


@dataclass(frozen=True, slots=True)
class LevelReliability:
    """One coefficient on two levels.

    Attributes
    ----------
    within : Estimate
        Of differences between people of one group; n = complete rows.
    between : Estimate
        Of differences between groups themselves; n = groups.
    """

    within: Estimate
    between: Estimate


def alpha_by_level(
    items: Any,
    groups: Any,
    *,
    interval: Interval = "delta",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 200,
) -> LevelReliability:
    """Return Cronbach's alpha of the covariances within groups, and of those between groups.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        Reversed items turned beforehand; NaN = missing; only complete rows count.
    groups : array_like, shape (n,)
        Labels.
    interval : {"delta", "bootstrap", "none"}
        From the observed information, on the scale log(1 - alpha); percentiles over groups drawn
        again with `rng`; or none.
    confidence, bands : float, sequence of float
        As in `means.mean_interval`.
    rng, resamples : numpy.random.Generator, int
        For ``bootstrap``; each draw is a new fit.

    Returns
    -------
    LevelReliability
        Both levels, metric and missing rule in `method`.

    Raises
    ------
    ValueError
        For text, infinite values, labels that are missing, an unknown fork, a bootstrap without
        generator.

    Notes
    -----
    Absent when: ``fewer-than-2-items``; ``fewer-than-2-groups``; ``fewer-rows-than-items`` (as
    many rows more than groups as there are items are needed); ``constant-item`` (within every
    group); between: ``fewer-groups-than-items`` (as many groups and one more),
    ``no-variance-between``; ``no-convergence``.

    More in the notes of this module.
    """
    name = "alpha, covariance, listwise, saturated"
    return _by_level(
        items, groups, saturated_fit, alphas, name, interval, confidence, bands, rng, resamples
    )


def omega_by_level(
    items: Any,
    groups: Any,
    *,
    interval: Interval = "delta",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 200,
) -> LevelReliability:
    """Return McDonald's omega total of one common factor within groups, and one between groups.

    Parameters
    ----------
    items, groups, interval, confidence, bands, rng, resamples
        As in `alpha_by_level`; the delta interval is on the logit scale.

    Returns
    -------
    LevelReliability
        Where an own variance comes out at 0 there is no delta interval for its level and `method`
        ends in ``", heywood"``.

    Raises
    ------
    ValueError
        As in `alpha_by_level`.

    Notes
    -----
    Formula: (sum l)^2 / ((sum l)^2 + sum of own variances) of each level, with loadings l free on
    both levels and own variances of 0 or more, by maximum likelihood.

    Default: delta, as in `alpha_by_level`.

    Absent when: as `alpha_by_level`, and ``fewer-than-3-items``.

    Agrees with lavaan 0.6-14 (two-level, one factor a level).

    Differs from lavaan where an own variance between groups would be negative: here it is 0.

    References
    ----------
    Geldhof, Preacher & Zyphur (2014), Psychological Methods 19(1).
    """
    name = "omega total, covariance, listwise, implied variance"
    return _by_level(
        items, groups, factor_fit, omegas, name, interval, confidence, bands, rng, resamples
    )


def _by_level(
    items: Any,
    groups: Any,
    fitter: Fitter,
    coefficients: Coefficients,
    name: str,
    interval: Interval,
    confidence: float,
    bands: Sequence[float],
    rng: np.random.Generator | None,
    resamples: int,
) -> LevelReliability:
    levels = check_levels(confidence, bands)
    if interval not in ("delta", "bootstrap", "none"):
        raise ValueError(f"interval is 'delta', 'bootstrap' or 'none'; received {interval!r}")
    if interval == "bootstrap" and not isinstance(rng, np.random.Generator):
        raise ValueError("a bootstrap needs rng, a numpy.random.Generator")
    rows, grouping = _complete(items, groups)
    sums = level_sums(rows, grouping)
    counts = (len(rows), len(sums.sizes))
    suffix = "" if interval == "none" else f", {interval}"
    names = [f"{name}, {level}{suffix}" for level in ("within groups", "between groups")]
    reason = why_not(sums, 3 if fitter is factor_fit else 2)
    on_scale, scale = scaled(sums)
    fit = None if reason else fitter(on_scale)
    if fit is None or not fit.converged:
        why = reason or "no-convergence"
        return LevelReliability(
            Estimate.missing(why, n=counts[0], method=names[0]),
            Estimate.missing(why, n=counts[1], method=names[1]),
        )
    values = coefficients(fit, scale)
    limits: Sequence[Limits | None] = (None, None)
    if interval == "delta":
        limits = delta_limits(fit, scale, coefficients, values)
    elif interval == "bootstrap":
        scatters = group_scatters(rows, grouping)
        limits = bootstrap_limits(sums, scatters, fitter, coefficients, rng, resamples)
    reasons = ("", why_not_between(sums, fit))
    cells = []
    for at, edge in enumerate(at_floor(fit, fitter)):
        method = f"{names[at]}, heywood" if edge else names[at]
        if why := reasons[at] or ("" if np.isfinite(values[at]) else "no-total-variance"):
            cells.append(Estimate.missing(why, n=counts[at], method=method))
            continue
        cell = with_intervals(
            values[at],
            limits[at],
            (-np.inf, 1.0),
            confidence,
            levels,
            n=counts[at],
            method=method,
        )
        cells.append(cell)
    return LevelReliability(*cells)


def _complete(items: Any, groups: Any) -> tuple[Floats, Grouping]:
    """Return the complete rows and their groups."""
    matrix = as_matrix(items)
    grouping = as_grouping(groups, len(matrix))
    whole = ~np.any(np.isnan(matrix), axis=1)
    return matrix[whole], Grouping(grouping.labels, grouping.codes[whole])
