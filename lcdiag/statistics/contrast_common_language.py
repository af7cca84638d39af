"""The chance that somebody of one unit is higher than somebody of another, for many pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.cluster_robust import with_everybody_else
from lcdiag.statistics.contrast_result import Measure
from lcdiag.statistics.intervals import t_quantile

Codes = npt.NDArray[np.intp]

_NUMBERS_AT_ONCE = 1_000_000
_DIGITS = 12  # values that agree in so many digits of the largest are ties
_NOISE = 1e-13


def common_language(
    y: Floats,
    codes: Codes,
    k: int,
    sides: tuple[Codes, Codes],
    levels: Sequence[float],
    limits: bool,
) -> Measure:
    """Return P(one > other) + P(one = other) / 2 of each contrast, with limits.

    Parameters
    ----------
    y, codes : array, shape (n,)
        One value a person, and their unit (below k).
    k : int
        Units; side k + i is everybody who is not in unit i.
    sides : pair of array of int, shape (m,)
        The two sides of each contrast.
    levels : sequence of float
        Confidences.
    limits : bool
        Whether people are independent, so that there are limits.
    """
    one, other = sides
    n = with_everybody_else(np.bincount(codes, minlength=k).astype(np.float64)[None, :])[0]
    chance, first, second = _placements(y, codes, n, sides)
    n1, n2 = n[one], n[other]
    with np.errstate(invalid="ignore", divide="ignore"):  # sides without people give NaN
        a = (first - n1 * chance**2) / (n1 - 1) / n1
        b = (second - n2 * (1 - chance) ** 2) / (n2 - 1) / n2
        error = np.sqrt(np.maximum(a, 0) + np.maximum(b, 0))
        freedom = error**4 / (a**2 / (n1 - 1) + b**2 / (n2 - 1))
        good = (n1 > 1) & (n2 > 1) & (error > _NOISE) & (chance > 0) & (chance < 1)
        middle = np.log(chance / (1 - chance))
        slope = error / (chance * (1 - chance))
    good &= limits
    ends = np.where(good, middle, np.nan)
    found = []
    for level in levels:
        half = t_quantile(np.where(good, freedom, 1.0), level) * np.where(good, slope, np.nan)
        low, high = (1 / (1 + np.exp(sign * half - ends)) for sign in (1, -1))
        found.append((level, low, high))
    name = "logit of brunner-munzel" if limits else "people in clusters"
    return Measure(chance, tuple(found), name)


def _placements(
    y: Floats, codes: Codes, n: Floats, sides: tuple[Codes, Codes]
) -> tuple[Floats, Floats, Floats]:
    """Return the mean share of `other` below people of `one`, and both sums of squared shares.

    Ties count for half. Values are taken in order, a few at a time, so that memory stays small.
    """
    one, other = sides
    k, largest = len(n) // 2, float(np.max(np.abs(y), initial=0.0))
    _, place = np.unique(np.round(y / (largest or 1.0), _DIGITS), return_inverse=True)
    order = np.argsort(place, kind="stable")
    place, unit = place[order], codes[order]
    values = int(place[-1]) + 1 if len(place) else 0
    people = np.maximum(n, 1)[:, None]
    below = np.zeros((2 * k, 1))
    total, first, second = (np.zeros(len(one)) for _ in range(3))
    step = max(1, _NUMBERS_AT_ONCE // max(2 * k, len(one), 1))
    for start in range(0, values, step):
        width = min(step, values - start)
        rows = slice(*np.searchsorted(place, [start, start + width]))
        flat = unit[rows] * width + (place[rows] - start)
        own = np.bincount(flat, minlength=k * width).astype(np.float64).reshape(k, width)
        count = with_everybody_else(own.T).T
        upto = below + np.cumsum(count, axis=1)
        share = (upto - count / 2) / people
        below = upto[:, -1:]
        total += np.sum(count[one] * share[other], axis=1)
        first += np.sum(count[one] * share[other] ** 2, axis=1)
        second += np.sum(count[other] * share[one] ** 2, axis=1)
    chance = np.full(len(one), np.nan)
    np.divide(total, n[one], out=chance, where=(n[one] > 0) & (n[other] > 0))
    return chance, first, second
