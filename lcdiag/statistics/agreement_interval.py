"""How sure the agreement of one group is: a jackknife over its people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.intervals import BANDS, check_levels, t_quantile, with_intervals


def agreement_interval(
    items: Any,
    null_variance: float,
    *,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
) -> Estimate:
    """Return r*wg(J) of one group, 1 - mean item variance / null variance, with an interval.

    The standard error is the jackknife over people: leave each out in turn. Negative values
    are kept: more spread than the null.

    Parameters
    ----------
    items : array_like, shape (n, k) or (n,)
        Ratings of one group; NaN = missing. Items with fewer than three answers are left out.
    null_variance : float
        From `nulls.null_variance`.
    confidence, bands
        As in `means.mean_interval`.

    Returns
    -------
    Estimate
        At most 1; `n` is the number of people with an answer. Where everybody agrees, or all
        are equally far off, there is no interval.

    Notes
    -----
    Formula: r*wg(J) -/+ t(n - 1) x sqrt((n - 1) / n sum (value without the person - their
    mean)^2).

    Absent when: ``no-answers``; ``fewer-than-3-people``.

    References
    ----------
    Lindell, Brandt & Whitney (1999), Applied Psychological Measurement 23(2); Efron & Stein
    (1981), Annals of Statistics 9(3).
    """
    if not null_variance > 0:
        raise ValueError(f"a null variance is positive; received {null_variance!r}")
    levels = check_levels(confidence, bands)
    matrix = as_matrix(items)
    rows = matrix[~np.isnan(matrix).all(axis=1)]
    n = len(rows)
    name = "r*wg(J), jackknife"
    rows = rows[:, (~np.isnan(rows)).sum(axis=0) > 2]
    if n < 3 or not rows.shape[1]:
        return Estimate.missing("fewer-than-3-people" if n else "no-answers", n=n, method=name)
    value, error = _jackknife(rows, null_variance)

    def limits(level: float) -> tuple[float, float]:
        half = float(t_quantile(n - 1, level)) * error
        return value - half, value + half

    known = limits if error > 1e-12 else None
    return with_intervals(value, known, (-np.inf, 1.0), confidence, levels, n=n, method=name)


def _jackknife(rows: Floats, null_variance: float) -> tuple[float, float]:
    """Return r*wg(J) and its standard error; every item has three answers or more."""
    n = len(rows)
    held = ~np.isnan(rows)
    count = held.sum(axis=0)
    middle = np.where(held, rows, 0.0).sum(axis=0) / count
    deviation = np.where(held, rows - middle, 0.0)
    squares = (deviation**2).sum(axis=0)
    # leaving person i out takes n / (n - 1) d_i^2 from the sum of squares of each item
    left = squares - deviation**2 * count / (count - 1)
    variances = np.where(held, left / (count - 2), squares / (count - 1))
    without = 1 - variances.mean(axis=1) / null_variance
    value = 1 - float((squares / (count - 1)).mean()) / null_variance
    return value, float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
