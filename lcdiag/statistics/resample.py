"""The bootstrap over people or communities, with a generator passed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Floats, as_grouping, as_matrix
from lcdiag.statistics.intervals import Limits
from lcdiag.statistics.moments import Missing, Moments

_NUMBERS_AT_ONCE = 2_000_000


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
    units: int, rng: np.random.Generator | None, resamples: int
) -> Iterator[np.typing.NDArray[np.float64]]:
    """Yield how often each unit is drawn: portions of (draws, units)."""
    if resamples < 2:
        raise ValueError(f"a bootstrap needs 2 draws or more; received {resamples!r}")
    assert rng is not None
    left = resamples
    while left:
        portion = min(left, max(1, _NUMBERS_AT_ONCE // max(units, 1)))
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
