"""How much alpha varies from sample to sample, in normal answers and in these."""

from __future__ import annotations

from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Floats, as_grouping, as_matrix
from lcdiag.statistics.intervals import Limits
from lcdiag.statistics.moments import Missing

_LEAST_FREEDOM = 0.5  # below it limits would say nothing
_ROWS = 20_000  # rows that are enough to see how far answers are from normal ones


def feldt_limits(value: float, freedom: float, k: int) -> Limits:
    """Return Feldt's limits with `freedom` and `freedom` (k - 1) degrees of freedom."""
    from scipy.special import fdtri

    def limits(level: float) -> tuple[float, float]:
        upper, lower = 0.5 + level / 2, 0.5 - level / 2
        across = freedom * (k - 1)
        low = 1 - (1 - value) * float(fdtri(freedom, across, upper))
        return low, 1 - (1 - value) * float(fdtri(freedom, across, lower))

    return limits


def scaled_limits(
    items: Any, matrix: Floats, missing: Missing, counted: int, cluster: Any
) -> Limits | None:
    """Return Feldt's limits, wider by how much more alpha varies in these answers.

    Parameters
    ----------
    items : array_like, shape (n, k)
        The answers.
    matrix : array, shape (k, k)
        Their covariances by the missing rule.
    missing : {"pairwise", "listwise"}
        Which rows the covariances rest on.
    counted : int
        Complete rows.
    cluster : array_like, shape (n,), or None
        Whose people vary together.
    """
    if counted < 2:
        return None
    k = len(matrix)
    value = k / (k - 1) * (1 - float(np.trace(matrix)) / float(matrix.sum()))
    rows = as_matrix(items, finite=False)
    grouping = None if cluster is None else as_grouping(cluster, len(rows))
    if grouping is None and len(rows) > _ROWS:
        rows = rows[:: -(-len(rows) // _ROWS)]
    kept = ~np.isnan(rows).all(axis=1)
    if missing == "listwise":
        kept = ~np.any(np.isnan(rows), axis=1)
    if 1 - value <= 1e-9:
        return None  # all items move as one: nothing is left to vary
    u = _influence(rows[kept], matrix)
    n = len(u)
    units = float(n)
    if grouping is not None:
        u = np.bincount(grouping.codes[kept], weights=u, minlength=len(grouping)).astype(np.float64)
        units = float(len(np.unique(grouping.codes[kept])))
        if units < 2:
            return None
    # variance of log(1 - alpha): as it is here, and as it is for normal answers and equal pairs
    here = float(u @ u) / n**2 * units / (units - 1)
    normal = 2 * k / ((k - 1) * (n - 1))
    freedom = (counted - 1) / max(1.0, here / normal)
    if grouping is not None:
        freedom = min(freedom, units - 1)
    return feldt_limits(value, freedom, k) if freedom >= _LEAST_FREEDOM else None


def _influence(rows: Floats, matrix: Floats) -> Floats:
    """Return what each row adds to log(1 - alpha), around 0; every pair counts where it is held."""
    held = ~np.isnan(rows)
    n, k = rows.shape
    pairs = held.T.astype(np.float64) @ held
    middle = np.where(held, rows, 0.0).sum(axis=0) / np.maximum(np.diagonal(pairs), 1)
    around = np.where(held, rows - middle, 0.0)
    # a pair that few rows hold weighs more in each of them
    weight = n / np.maximum(pairs, 1)
    mask = held.astype(np.float64)
    traces = (around**2 - mask * np.diagonal(matrix)) @ np.diagonal(weight)
    totals = (around @ weight * around).sum(axis=1)
    totals -= (mask @ (weight * matrix) * mask).sum(axis=1)
    trace, total = float(np.trace(matrix)), float(matrix.sum())
    ratio = k / (k - 1) * (traces / total - trace * totals / total**2)
    left = 1 - k / (k - 1) * (1 - trace / total)
    u = ratio / left
    return np.asarray(u - u.mean())
