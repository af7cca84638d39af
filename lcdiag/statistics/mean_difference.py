"""How far the means of two units lie apart, where people sit in clusters or not.

Forks
-----
cluster : array_like, shape (n,), optional
    Community of each person. A community may hold people of both units.
confidence, bands : float, sequence of float
    As in `mean_interval`.
bounds : tuple of float, optional
    Bounds of the values; limits stay within -/+ (high - low).

Notes
-----
Formula: difference -/+ t e. Without clusters e^2 = s1^2 / n1 + s2^2 / n2 with Welch's degrees
of freedom. With them, e^2 is the sum over clusters of
(r1 / (n1 sqrt(1 - f1)) - r2 / (n2 sqrt(1 - f2)))^2, where r is the sum of the deviations of a
unit's people there from their mean and f the share of the unit that sits there (CR2), with
Satterthwaite's degrees of freedom for people who are alike.

Differs from `change.wave_difference`, which knows who answered twice.

References
----------
Welch (1947), Biometrika 34; Bell & McCaffrey (2002), Survey Methodology 28(2); Pustejovsky &
Tipton (2018), Journal of Business & Economic Statistics 36(4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import as_column, as_grouping, renumbered
from lcdiag.statistics.contrast_differences import Differences, differences
from lcdiag.statistics.intervals import (
    BANDS,
    Limits,
    check_bounds,
    check_levels,
    t_quantile,
    with_intervals,
)


def mean_difference(
    values: Any,
    groups: Any,
    one: Any,
    other: Any,
    *,
    cluster: Any = None,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
    bounds: tuple[float, float] | None = None,
) -> Estimate:
    """Return the mean of one unit minus the mean of another, with its interval.

    Parameters
    ----------
    values : array_like, shape (n,)
        One value a person; NaN = missing.
    groups : array_like, shape (n,)
        The unit of each person; people of further units than `one` and `other` are left out.
    cluster, confidence, bands, bounds
        See the forks and notes of this module.

    Returns
    -------
    Estimate
        n = people of both. Without spread, or with a unit of one answer or one community, there
        is no interval, and `method` says why.

    Raises
    ------
    KeyError
        If a unit does not occur.
    ValueError
        For text, infinite values, missing labels, or the same unit twice.

    Notes
    -----
    Absent when: ``no-answers`` (of either unit).
    """
    levels = check_levels(confidence, bands)
    limits = check_bounds(bounds)
    column = as_column(values)
    grouping = as_grouping(groups, len(column))
    pair = [grouping.position(label) for label in (one, other)]
    if pair[0] == pair[1]:
        raise ValueError(f"a unit does not differ from itself; received {one!r} twice")
    mine = ~np.isnan(column) & np.isin(grouping.codes, pair)
    codes = (grouping.codes[mine] != pair[0]).astype(np.intp)
    clusters = None if cluster is None else renumbered(as_grouping(cluster, len(column)), mine)
    sides = np.array([[0], [1]], dtype=np.intp)
    found = differences(column[mine], codes, clusters, 2, sides[0], sides[1])
    name = "welch" if cluster is None else "t, cluster-robust"
    reason, n = found.reasons[0], int(mine.sum())
    if reason == "no-answers":
        return Estimate.missing(reason, n=n, method=name)
    value, known = float(found.difference[0]), None if reason else _limits(found)
    name += f", {reason}" if reason else ""
    reach = None if limits is None else (limits[0] - limits[1], limits[1] - limits[0])
    return with_intervals(value, known, reach, confidence, levels, n=n, method=name)


def _limits(found: Differences) -> Limits:
    """Return limits of the one difference that was asked for."""
    value, error = float(found.difference[0]), float(found.error[0])

    def limits(level: float) -> tuple[float, float]:
        half = float(t_quantile(found.freedom[0], level)) * error
        return value - half, value + half

    return limits
