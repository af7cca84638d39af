"""The bootstrap over people or communities, and permutations, with a generator passed in.

Forks
-----
rng : numpy.random.Generator
    The source of chance.
cluster : array_like, shape (n,), optional
    Communities: drawn whole, as many as there are.
interval : {"percentile", "bca"}
    Quantiles of the draws; or corrected for bias and for an error that grows with the value
    (acceleration by the jackknife over units).
resamples : int
    How many draws, 2 or more.
vectorized : bool
    The statistic is then called with the data and weights (draws, n), how often each row was
    drawn, and gives (draws,) numbers.
confidence, bands : float, sequence of float
    As in `means.mean_interval`.

Notes
-----
Formula: bca takes the quantiles at Phi(z0 + (z0 + z) / (1 - a (z0 + z))), with z0 the normal
quantile of the share of draws below the value (half of the equal ones), and a the sum of cubes
over 6 times the 3/2 power of the sum of squares of jackknife mean - jackknife values.

Default: percentile, which needs no jackknife. Few clusters make any bootstrap too narrow.

References
----------
Efron (1987), Journal of the American Statistical Association 82; Davison & Hinkley (1997),
Bootstrap Methods and their Application.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_grouping, as_matrix
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.moments import Missing, Moments
from lcdiag.statistics.permutation import permutation_test

__all__ = ["cluster_bootstrap", "permutation_test"]

_NUMBERS_AT_ONCE = 2_000_000
_SAME = 1e-10  # draws that differ by a smaller share count as equal: sums in another order


def cluster_bootstrap(
    statistic: Callable[..., Any],
    data: Any,
    *,
    rng: np.random.Generator,
    cluster: Any = None,
    interval: Literal["percentile", "bca"] = "percentile",
    resamples: int = 2000,
    vectorized: bool = False,
    confidence: float = 0.95,
    bands: Sequence[float] = (),
) -> Estimate:
    """Return any statistic with limits from people, or whole communities, drawn again.

    Parameters
    ----------
    statistic : callable
        Called with the rows of a draw, (rows, v); gives one number, NaN where it has none.
    data : array_like, shape (n, v) or (n,)
        One row a person; NaN = missing.
    rng, cluster, interval, resamples, vectorized, confidence, bands
        See the forks and notes of this module.

    Returns
    -------
    Estimate
        Without limits where fewer than half of the draws have a value, or one person is all.

    Raises
    ------
    ValueError
        Without a generator, with fewer than 2 draws, for an unknown interval, or for text and
        infinite values.

    Notes
    -----
    Absent when: ``no-answers`` (no rows); ``fewer-than-2-groups`` (of clusters); ``no-value`` (the
    statistic has none here).
    """
    rows = rows_for(data, rng)
    levels = check_levels(confidence, bands)
    if interval not in ("percentile", "bca"):
        raise ValueError(f"interval is 'percentile' or 'bca'; received {interval!r}")
    units = np.arange(len(rows)) if cluster is None else as_grouping(cluster, len(rows)).codes
    who = "people" if cluster is None else "clusters"
    name = f"{interval} bootstrap, {resamples} draws of {who}"
    n, count = len(rows), int(units.max(initial=-1)) + 1
    if n == 0 or (cluster is not None and count < 2):
        reason = "fewer-than-2-groups" if n else "no-answers"
        return Estimate.missing(reason, n=n, method=name)
    values = partial(_drawn_values, statistic, rows, units, vectorized)
    value = float(values(np.ones((1, count)))[0])
    if not np.isfinite(value):
        return Estimate.missing("no-value", n=n, method=name)
    found = np.concatenate([values(drawn) for drawn in draws(count, rng, resamples, n)])
    limits = percentiles(found) if count > 1 else None
    if limits is not None and interval == "bca":
        out = np.concatenate([values(1 - drawn) for drawn in _each(count, n)])
        limits = _accelerated(value, found, out, limits)
    return with_intervals(value, limits, None, confidence, levels, n=n, method=name)


def _drawn_values(
    statistic: Callable[..., Any], rows: Floats, units: Any, vectorized: bool, drawn: Floats
) -> Floats:
    """Return the statistic of each draw; drawn (d, units) says how often each unit counts."""
    weights = drawn[:, units]
    if vectorized:
        return np.asarray(statistic(rows, weights), dtype=np.float64)
    times = weights.astype(np.intp)
    return np.array([float(statistic(np.repeat(rows, one, axis=0))) for one in times])


def _each(units: int, width: int) -> Iterator[Floats]:
    """Yield which unit is meant, each in turn: portions of (units, units) of 0 and 1."""
    step = max(1, _NUMBERS_AT_ONCE // max(units, width))
    for first in range(0, units, step):
        turn = np.arange(first, min(first + step, units))
        yield (turn[:, None] == np.arange(units)).astype(np.float64)


def _accelerated(value: float, found: Floats, out: Floats, plain: Limits) -> Limits | None:
    """Return the limits at corrected levels of confidence; None where they cannot be told."""
    from scipy.special import ndtr, ndtri

    known, out = found[np.isfinite(found)], out[np.isfinite(out)]
    same = np.abs(known - value) <= _SAME * abs(value)
    below = float(np.mean((known < value) & ~same) + np.mean(same) / 2)
    gaps = out.mean() - out if len(out) else out
    squares = float(np.sum(gaps**2))
    if not 0 < below < 1 or squares == 0:
        return None
    a, z0 = float(np.sum(gaps**3)) / (6 * squares**1.5), float(ndtri(below))

    def limits(level: float) -> tuple[float, float]:
        ends = []
        for end in (0.5 - level / 2, 0.5 + level / 2):
            z = z0 + float(ndtri(end))
            bent = 1 - a * z  # not above 0: so far out that no draw lies beyond
            at = float(ndtr(z0 + z / bent)) if bent > 0 else float(z > 0)
            # quantile `at` of the draws is an end of the plain limits at |2 at - 1|
            ends.append(plain(abs(2 * at - 1))[int(at > 0.5)])
        return ends[0], ends[1]

    return limits


def alpha_percentiles(
    items: Any, missing: Missing, rng: np.random.Generator | None, resamples: int, cluster: Any
) -> Limits | None:
    """Return percentile limits of raw alpha over resampled people, or communities.

    Parameters
    ----------
    items : array_like, shape (n, k)
        Not Moments: people must be there to be drawn.
    missing : {"pairwise", "listwise"}
        As in `reliability.cronbach_alpha`.
    rng : numpy.random.Generator
        The source of chance.
    resamples : int
        How many draws.
    cluster : array_like, shape (n,), optional
        Draw these whole.

    Returns
    -------
    callable or None
        None where fewer than half of the draws had an alpha.

    Raises
    ------
    ValueError
        Without a generator, with Moments, or with fewer than 2 draws.
    """
    rows = rows_for(items, rng)
    grouping = None if cluster is None else as_grouping(cluster, len(rows))
    kept = np.ones(len(rows), dtype=bool)
    if missing == "listwise":
        kept = ~np.any(np.isnan(rows), axis=1)
    rows, k = _centred(rows[kept]), rows.shape[1]
    if grouping is None:
        found = [_alphas(_drawn(w, rows), k) for w in draws(len(rows), rng, resamples)]
        return percentiles(np.concatenate(found))
    codes, units = grouping.codes[kept], len(grouping)
    sums = np.zeros((units, 3 * k * k))
    for first, last in _portions(len(rows), k):
        np.add.at(sums, codes[first:last], _pair_sums(rows[first:last]))
    found = [_alphas(w @ sums, k) for w in draws(units, rng, resamples)]
    return percentiles(np.concatenate(found))


def rows_for(items: Any, rng: np.random.Generator | None) -> Floats:
    """Return the items as rows that can be drawn, after checking that they can be."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError("a bootstrap needs rng, a numpy.random.Generator")
    if isinstance(items, Moments):
        raise ValueError("a bootstrap draws people, so it needs the items, not their moments")
    return as_matrix(items)


def draws(
    units: int, rng: np.random.Generator | None, resamples: int, width: int = 0
) -> Iterator[np.typing.NDArray[np.float64]]:
    """Yield how often each unit is drawn: portions of (draws, units).

    Portions are kept small enough for arrays of `width` numbers a draw, if that is more.
    """
    if resamples < 2:
        raise ValueError(f"a bootstrap needs 2 draws or more; received {resamples!r}")
    assert rng is not None
    left = resamples
    while left:
        portion = min(left, max(1, _NUMBERS_AT_ONCE // max(units, width, 1)))
        yield rng.multinomial(units, np.full(units, 1 / units), size=portion).astype(np.float64)
        left -= portion


def percentiles(found: Floats) -> Limits | None:
    """Return percentile limits of draws, leaving out those without a value."""
    known = found[np.isfinite(found)]
    if len(known) < len(found) / 2:
        return None

    def limits(level: float) -> tuple[float, float]:
        low, high = np.quantile(known, [0.5 - level / 2, 0.5 + level / 2])
        return float(low), float(high)

    return limits


def _centred(rows: Floats) -> Floats:
    """Return the rows around their means, the largest deviation 1: alpha stays the same."""
    held = ~np.isnan(rows)
    centre = np.where(held, rows, 0.0).sum(axis=0) / np.maximum(held.sum(axis=0), 1)
    moved = rows - centre
    return np.asarray(moved / max(float(np.nanmax(np.abs(moved))), 1e-300))


def _portions(rows: int, k: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of rows whose pairs fit in memory together."""
    step = max(1, 5 * _NUMBERS_AT_ONCE // (3 * k * k))
    for first in range(0, rows, step):
        yield first, min(first + step, rows)


def _drawn(weights: Floats, rows: Floats) -> Floats:
    """Return the pair sums of each draw, (draws, 3 k^2)."""
    k = rows.shape[1]
    total = np.zeros((len(weights), 3 * k * k))
    for first, last in _portions(len(rows), k):
        total += weights[:, first:last] @ _pair_sums(rows[first:last])
    return total


def _pair_sums(rows: Floats) -> Floats:
    """Return what each row adds to products, sums and counts of pairs: (n, 3 k^2)."""
    held = ~np.isnan(rows)
    values = np.where(held, rows, 0.0)
    mask = held.astype(np.float64)
    n = len(rows)
    products = (values[:, :, None] * values[:, None, :]).reshape(n, -1)
    sums = (values[:, :, None] * mask[:, None, :]).reshape(n, -1)
    counts = (mask[:, :, None] * mask[:, None, :]).reshape(n, -1)
    return np.concatenate([products, sums, counts], axis=1)


def _alphas(totals: Floats, k: int) -> Floats:
    """Return alpha of each draw, NaN where it has none."""
    parts = totals.reshape(len(totals), 3, k, k)
    products, sums, counts = parts[:, 0], parts[:, 1], parts[:, 2]
    covariance = np.full(products.shape, np.nan)
    crossed = sums * np.swapaxes(sums, 1, 2) / np.maximum(counts, 1)
    np.divide(products - crossed, counts - 1, out=covariance, where=counts > 1)
    own = np.diagonal(covariance, axis1=1, axis2=2)
    total = covariance.sum(axis=(1, 2))
    good = (total > 1e-12) & (own > 1e-12).all(axis=1)
    ratio = np.full(len(totals), np.nan)
    np.divide(own.sum(axis=1), total, out=ratio, where=good)
    return k / (k - 1) * (1 - ratio)
