"""The difference of two released means of different people, with the interval that these allow."""

from __future__ import annotations

import math

from lcdiag.base.estimate import Band, Estimate


def difference_of(first: Estimate, second: Estimate) -> Estimate:
    """Return first minus second.

    Parameters
    ----------
    first, second : Estimate
        With values; of different people, so that their errors do not go together. One without
        an interval is a statement, and adds no uncertainty.

    Returns
    -------
    Estimate
        With the intervals that both have, or the only one that has any; n is the smaller one of
        two means.

    Notes
    -----
    Formula: with d the difference of the values, the limits are
    d - sqrt((x - l)^2 + (u' - y)^2) and d + sqrt((u - x)^2 + (y - l')^2), from the limits l, u of
    the first value x and l', u' of the second, y. Released strips are rounded outward, so these
    are wider than those from exact ones.

    References
    ----------
    Zou & Donner (2008), Statistics in Medicine 27.
    """
    if first.value is None or second.value is None:
        return Estimate.missing("not-released")
    x, y = first.value, second.value
    value = round(x - y, 4)
    levels = [band.confidence for band in (first if _has(first) else second).bands]
    bands = []
    for level in levels:
        one, other = _limits(first, level), _limits(second, level)
        if one is not None and other is not None:
            bands.append(Band(level, *_limits_of_difference(x, y, one, other)))
    n = min(first.n, second.n) if _has(first) and _has(second) else max(first.n, second.n)
    main = first.confidence if _has(first) else second.confidence
    pair = (_limits(first, main), _limits(second, main)) if main is not None else (None, None)
    if pair[0] is None or pair[1] is None:
        return Estimate(value=value, n=n, bands=tuple(bands), method="difference of means")
    low, high = _limits_of_difference(x, y, pair[0], pair[1])
    return Estimate(value, low, high, main, tuple(bands), n, "difference of means")


def _has(one: Estimate) -> bool:
    return one.low is not None


def _limits(one: Estimate, level: float) -> tuple[float, float] | None:
    """Return limits at a level; those of a statement without interval are its value."""
    band = one.band(level)
    if band is not None:
        return band.low, band.high
    if _has(one) or one.value is None:
        return None
    return one.value, one.value


def _limits_of_difference(
    x: float, y: float, one: tuple[float, float], other: tuple[float, float]
) -> tuple[float, float]:
    below = math.hypot(x - one[0], other[1] - y)
    above = math.hypot(one[1] - x, y - other[0])
    return round(x - y - below, 4), round(x - y + above, 4)
