"""Limits of an interval at several confidence levels, and the Estimate they become."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Band, Estimate
from lcdiag.statistics.arrays import Counts, Floats

BANDS = (0.5, 0.9, 0.95)
"""The bands that pages draw."""


def check_levels(confidence: float, bands: Sequence[float]) -> tuple[float, ...]:
    """Return the bands sorted, narrowest first.

    Raises
    ------
    ValueError
        If a level does not lie strictly between 0 and 1.
    """
    for level in (confidence, *bands):
        if not 0 < level < 1:
            raise ValueError(f"a confidence lies between 0 and 1; received {level!r}")
    return tuple(sorted(set(bands)))


def check_bounds(bounds: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return the bounds as floats.

    Raises
    ------
    ValueError
        If the lower bound is not below the upper one.
    """
    if bounds is None:
        return None
    low, high = float(bounds[0]), float(bounds[1])
    if not low < high:
        raise ValueError(f"the lower bound must be below the upper bound; received {bounds!r}")
    return low, high


def t_quantile(df: npt.ArrayLike, confidence: float) -> Floats:
    """Return the two-sided t quantile; infinite where there are no degrees of freedom."""
    from scipy.special import stdtrit

    freedom = np.asarray(df, dtype=np.float64)
    safe = np.where(freedom > 0, freedom, 1.0)
    quantile = stdtrit(safe, 0.5 + confidence / 2)
    return np.asarray(np.where(freedom > 0, quantile, np.inf), dtype=np.float64)


Limits = Callable[[float], tuple[float, float]]
"""A function from a confidence to the limits at that confidence."""


def with_intervals(
    value: float,
    limits: Limits | None,
    bounds: tuple[float, float] | None,
    confidence: float,
    bands: Sequence[float],
    *,
    n: int,
    method: str,
) -> Estimate:
    """Return an Estimate with its main interval and bands, limits clipped to the bounds.

    Parameters
    ----------
    value : float
        The number itself; it is never clipped.
    limits : callable or None
        Gives (low, high) at a confidence; None where no interval exists.
    bounds : tuple of float or None
        What the quantity cannot pass.
    confidence, bands : float, sequence of float
        The main level, and those that a page draws.
    n, method
        As in Estimate.
    """
    if limits is None:
        return Estimate(value=float(value), n=n, method=method)

    def cut(level: float) -> Band:
        low, high = limits(level)
        if bounds is not None:
            low, high = max(low, bounds[0]), min(high, bounds[1])
        return Band(level, float(low), float(high))

    main = cut(confidence)
    return Estimate(
        value=float(value),
        low=main.low,
        high=main.high,
        confidence=confidence,
        bands=tuple(cut(level) for level in bands),
        n=n,
        method=method,
    )


def t_limits(
    n: Counts, mean: Floats, variance: Floats, left: Floats, quantile: Floats
) -> tuple[Floats, Floats]:
    """Return mean -/+ quantile x standard error, with a finite correction `left`."""
    half = np.where(n > 1, quantile, np.nan) * np.sqrt(variance * left / np.maximum(n, 1))
    return mean - half, mean + half


def score_limits(
    n: Counts,
    mean: Floats,
    variance: Floats,
    left: Floats,
    quantile: Floats,
    bounds: tuple[float, float],
) -> tuple[Floats, Floats]:
    """Return the Wilson limits of the mean as a share of the scale, back on the scale."""
    steps = bounds[1] - bounds[0]
    share = (mean - bounds[0]) / steps
    spread = variance / steps**2
    full = share * (1 - share)
    per_person = np.full_like(mean, steps)
    np.divide(full, spread, out=per_person, where=spread * steps > full)
    trials = n * per_person / np.where(left > 0, left, 1.0)
    z2 = np.where(n > 1, quantile, np.nan) ** 2
    centre = (trials * share + z2 / 2) / (trials + z2)
    root = np.sqrt(z2 * (trials * full + z2 / 4))
    half = root / (trials + z2)
    low = bounds[0] + steps * np.maximum(centre - half, 0.0)
    high = bounds[0] + steps * np.minimum(centre + half, 1.0)
    return np.minimum(low, mean), np.maximum(high, mean)


def share_interval(
    above: npt.NDArray[np.bool_], *, confidence: float = 0.95, bands: Sequence[float] = BANDS
) -> Estimate:
    """Return the share of rows that are true, with its Wilson interval; (n,) of bool.

    Notes
    -----
    Absent when: ``no-answers``.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22.
    """
    from scipy.special import ndtri

    n = len(above)
    if n == 0:
        return Estimate.missing("no-answers", method="wilson")
    share = float(above.mean())

    def limits(level: float) -> tuple[float, float]:
        z2 = float(ndtri(0.5 + level / 2)) ** 2
        centre = (n * share + z2 / 2) / (n + z2)
        half = float(np.sqrt(z2 * (n * share * (1 - share) + z2 / 4))) / (n + z2)
        return min(centre - half, share), max(centre + half, share)

    levels = check_levels(confidence, bands)
    return with_intervals(share, limits, (0.0, 1.0), confidence, levels, n=n, method="wilson")


def correlation_interval(
    r: float,
    freedom: int,
    *,
    n: int,
    method: str,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
) -> Estimate:
    """Return a correlation with Fisher's interval; 1 / freedom is the variance of atanh r."""
    from scipy.special import ndtri

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) / float(np.sqrt(freedom))
        return float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))

    known = limits if freedom > 0 and abs(r) < 1 else None
    return with_intervals(r, known, None, confidence, bands, n=n, method=method)
