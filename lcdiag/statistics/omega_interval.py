"""Limits of omega: from the covariance of its parameters, or from people drawn again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Floats, as_grouping
from lcdiag.statistics.intervals import Limits
from lcdiag.statistics.resample import draws, percentiles, rows_for


def error_of(loadings: Floats, own: Floats, spread: Floats) -> float | None:
    """Return the standard error of omega by the delta method, or None where there is none.

    Parameters
    ----------
    loadings, own : array, shape (k,)
        Of the items as they are summed.
    spread : array, shape (2k, 2k)
        Sampling covariance of loadings and own variances; NaN where it is not known.

    Notes
    -----
    Formula: with t = sum l and u = sum of own variances, the slopes of omega are 2 t u / (t^2 +
    u)^2 by a loading and -t^2 / (t^2 + u)^2 by an own variance.

    References
    ----------
    Raykov (2002), Multivariate Behavioral Research 37(1).
    """
    total, rest = float(loadings.sum()), float(own.sum())
    below = (total**2 + rest) ** 2
    k = len(loadings)
    slope = np.concatenate([np.full(k, 2 * total * rest), np.full(k, -(total**2))]) / below
    square = float(slope @ spread @ slope)
    return float(np.sqrt(square)) if square >= 0 else None  # NaN is not >= 0


def symmetric_limits(value: float, error: float | None, *, logit: bool) -> Limits | None:
    """Return normal limits around a share, or around its logit; None without an error."""
    from scipy.special import expit, ndtri

    if error is None or (logit and not 0 < value < 1):
        return None

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * error
        if not logit:
            return value - half, value + half
        centre, half = float(np.log(value / (1 - value))), half / (value * (1 - value))
        return float(expit(centre - half)), float(expit(centre + half))

    return limits


def omega_percentiles(
    items: Any,
    rng: np.random.Generator | None,
    resamples: int,
    cluster: Any,
    omega: Callable[[Floats], float],
    missing: str,
) -> Limits | None:
    """Return percentile limits over people, or communities, drawn again.

    Parameters
    ----------
    items, rng, resamples, cluster
        As in `omega.mcdonald_omega`.
    omega : callable
        Gives omega of drawn rows, NaN where it has none.
    missing : {"listwise", "pairwise", "fiml"}
        Listwise: only complete rows are drawn (communities keep their place).
    """
    rows = rows_for(items, rng)
    units, codes = len(rows), np.arange(len(rows))
    if cluster is not None:
        grouping = as_grouping(cluster, len(rows))
        units, codes = len(grouping), grouping.codes
    if missing == "listwise":
        whole = ~np.any(np.isnan(rows), axis=1)
        rows, codes = rows[whole], codes[whole]
        if cluster is None:
            units, codes = len(rows), np.arange(len(rows))
    found = np.full(resamples, np.nan)
    position = 0
    for portion in draws(units, rng, resamples):
        for weights in portion:
            times = weights.astype(np.intp)[codes]
            found[position] = omega(np.repeat(rows, times, axis=0))
            position += 1
    return percentiles(found)
