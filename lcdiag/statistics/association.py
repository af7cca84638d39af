"""How two columns of answers go together, where people may sit in clusters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtrit

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_column, as_grouping
from lcdiag.statistics.intervals import check_levels, with_intervals

__all__ = ["correlation"]

Codes = npt.NDArray[np.integer[Any]]

_ALIKE = 1e-12
"""Share of the size of the values below which their spread is rounding noise."""


def correlation(
    x: Any,
    y: Any,
    *,
    cluster: Any = None,
    confidence: float = 0.95,
    bands: Sequence[float] = (),
) -> Estimate:
    """Return the product-moment correlation of two columns with Fisher's z interval.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        One value a person; NaN = missing. Only rows with both count.
    cluster : array_like, shape (n,), optional
        Communities: their people are no separate observations. The limits then follow from how
        much each cluster moves the correlation, with the t distribution of the clusters minus one.
    confidence, bands : float, sequence of float
        Of the main interval, and of others.

    Returns
    -------
    Estimate
        Between -1 and 1; `n` is the number of pairs. A value without an interval where r is -1 or
        1, and with fewer than two clusters.

    Raises
    ------
    ValueError
        For columns or clusters of different lengths, text, or infinite values.

    Notes
    -----
    Formula: r = mean(u v) of the standardised u and v. The standard error of z = atanh(r) is
    1 / sqrt(n - 3); with clusters sqrt(G / (G - 1) sum of s_c^2) / n / (1 - r^2), where s_c sums
    u v - r (u^2 + v^2) / 2 over the rows of cluster c. With every row a cluster of its own this is
    the distribution-free standard error.

    Absent when: ``fewer-than-4-pairs``; ``no-variation`` in x or in y.

    Agrees with R 4.2.2 (stats::cor.test), and with lavaan 0.6-14 (standardised covariance of a
    saturated model, estimator MLR, cluster).

    References
    ----------
    Fisher (1921), Metron 1; Steiger & Hakstian (1982), British Journal of Mathematical and
    Statistical Psychology 35; Liang & Zeger (1986), Biometrika 73.
    """
    levels = check_levels(confidence, bands)
    a, b = as_column(x, "x"), as_column(y, "y")
    if len(a) != len(b):
        raise ValueError(f"x and y have one value a person; received {len(a)} and {len(b)}")
    codes = None if cluster is None else as_grouping(cluster, len(a)).codes
    return _of_pairs(a, b, codes, confidence, levels)


def _of_pairs(
    a: Floats, b: Floats, codes: Codes | None, confidence: float, levels: Sequence[float]
) -> Estimate:
    """Return the correlation of the rows that have both values."""
    both = ~(np.isnan(a) | np.isnan(b))
    n = int(both.sum())
    method = "pearson, fisher z" + ("" if codes is None else " by cluster")
    if n < 4:
        return Estimate.missing("fewer-than-4-pairs", n=n, method=method)
    u, v = _standardised(a[both]), _standardised(b[both])
    if u is None or v is None:
        return Estimate.missing("no-variation", n=n, method=method)
    r = float(np.clip(np.mean(u * v), -1.0, 1.0))
    if 1 - abs(r) < _ALIKE:
        return Estimate(float(np.sign(r)), n=n, method=method)
    if codes is None:
        return _limited(r, 1 / float(np.sqrt(n - 3)), None, confidence, levels, n, method)
    own = np.unique(codes[both], return_inverse=True)[1].reshape(-1)
    clusters = int(own.max()) + 1
    if clusters < 2:
        return Estimate(r, n=n, method=method)
    moved = np.bincount(own, u * v - r * (u * u + v * v) / 2)
    error = np.sqrt(clusters / (clusters - 1) * float(moved @ moved)) / n / (1 - r * r)
    return _limited(r, float(error), clusters - 1, confidence, levels, n, method)


def _limited(
    r: float,
    error: float,
    freedom: int | None,
    confidence: float,
    levels: Sequence[float],
    n: int,
    method: str,
) -> Estimate:
    """Return a correlation with limits from the standard error of its z."""
    z = float(np.arctanh(r))

    def limits(level: float) -> tuple[float, float]:
        tail = 0.5 + level / 2
        reach = error * float(ndtri(tail) if freedom is None else stdtrit(freedom, tail))
        return float(np.tanh(z - reach)), float(np.tanh(z + reach))

    return with_intervals(r, limits, (-1.0, 1.0), confidence, levels, n=n, method=method)


def _standardised(values: Floats) -> Floats | None:
    """Return values with mean 0 and variance 1 (divisor n); None where they do not vary."""
    centred = values - values.mean()
    spread = float(np.sqrt(np.mean(centred**2)))
    if spread <= _ALIKE * max(1e-300, float(np.abs(values).max())):
        return None
    scaled: Floats = centred / spread
    return scaled
