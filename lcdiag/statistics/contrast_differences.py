"""Differences of means of many pairs of units at once: Welch's, or robust to clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Counts, Floats
from lcdiag.statistics.cluster_robust import cluster_sums, with_everybody_else

Codes = npt.NDArray[np.intp]

_NUMBERS_AT_ONCE = 2_000_000
_NOISE = 1e-24  # squares below this share of all squared values are rounding noise
_LOST = 1e-14  # and so is what is left of sums of squares after taking a part away, below this


@dataclass(frozen=True, eq=False)
class Differences:
    """What is known of each contrast; NaN where it is absent.

    Attributes
    ----------
    n_one, n_other : array of int, shape (m,)
    difference, error, freedom, t, p : array, shape (m,)
    pooled : array, shape (m,)
        Pooled standard deviation; NaN where it cannot be told or is 0.
    reasons : tuple of str
        Why there is no error, "" where there is one.
    clustered : bool
        Whether the error is robust to clusters.
    """

    n_one: Counts
    n_other: Counts
    difference: Floats
    error: Floats
    freedom: Floats
    t: Floats
    p: Floats
    pooled: Floats
    reasons: tuple[str, ...]
    clustered: bool


def differences(
    y: Floats, codes: Codes, clusters: Codes | None, k: int, one: Codes, other: Codes
) -> Differences:
    """Return the difference of each pair of sides, its error and its test.

    Parameters
    ----------
    y, codes, clusters : array, shape (n,)
        One value a person, their unit (below k) and community.
    k : int
        Units; side k + i is everybody who is not in unit i.
    one, other : array of int, shape (m,)
        The two sides of each contrast.
    """
    from scipy.special import stdtr

    n, mean, squares = _moments(y, codes, k)
    n1, n2 = n[one], n[other]
    difference = mean[one] - mean[other]
    error, freedom = np.full(len(one), np.nan), np.full(len(one), np.nan)
    enough = (n1 > 1) & (n2 > 1)
    reasons = np.where(enough, "", "fewer-than-2-answers").astype(object)
    reasons[(n1 == 0) | (n2 == 0)] = "no-answers"
    within = squares[one] + squares[other]
    if clusters is None:
        a, b = (squares[side] / np.maximum(n[side] - 1, 1) / np.maximum(n[side], 1)
                for side in (one, other))  # fmt: skip
        known = enough & (a + b > 0)
        a, b = a[known], b[known]
        error[known] = np.sqrt(a + b)
        shares = (a / (a + b)) ** 2 / (n1[known] - 1) + (b / (a + b)) ** 2 / (n2[known] - 1)
        freedom[known] = 1 / shares
    else:
        sums = cluster_sums(y, codes, clusters, k, rest=True)
        few = enough & ((sums.clusters[one] < 2) | (sums.clusters[other] < 2))
        reasons[few] = "fewer-than-2-clusters"
        step = max(1, _NUMBERS_AT_ONCE // max(len(sums.counts), 1))
        there = np.flatnonzero(enough & ~few)
        for start in range(0, len(there), step):
            rows = there[start : start + step]
            error[rows], freedom[rows] = sums.difference(one[rows], other[rows])
        known = error**2 > _NOISE * np.sum(y**2) / max(len(y), 1) ** 2
        error[~known] = freedom[~known] = np.nan
    reasons[(reasons == "") & ~known] = "no-spread"
    t = difference / error
    p = 2 * stdtr(freedom, -np.abs(t))
    n_within = n1 + n2 - 2
    pooled = np.full(len(one), np.nan)
    good = (n_within > 0) & (n1 > 0) & (n2 > 0) & (within > 0)
    pooled[good] = np.sqrt(within[good] / n_within[good])
    why = tuple(reasons.tolist())
    robust = clusters is not None
    return Differences(n1, n2, difference, error, freedom, t, p, pooled, why, robust)


def _moments(y: Floats, codes: Codes, k: int) -> tuple[Counts, Floats, Floats]:
    """Return n, mean and sum of squares of each unit, and behind them of everybody else."""
    centred = y - y.mean() if len(y) else y
    count = np.bincount(codes, minlength=k).astype(np.float64)
    total = np.bincount(codes, weights=centred, minlength=k)
    mean = total / np.maximum(count, 1)
    own = np.bincount(codes, weights=(centred - mean[codes]) ** 2, minlength=k)
    raw = own + count * mean**2
    n, sums, around = with_everybody_else(np.stack([count, total, raw]))
    means = np.full(2 * k, np.nan)
    np.divide(sums, n, out=means, where=n > 0)
    squares = around - n * np.where(n > 0, means, 0.0) ** 2
    squares[:k] = own
    floor = np.full(2 * k, _NOISE * float(np.sum(y**2)))
    floor[k:] += _LOST * float(np.sum(centred**2))
    squares[squares <= floor] = 0.0
    return n.astype(np.int64), means, squares
