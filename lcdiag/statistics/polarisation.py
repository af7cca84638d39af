"""How far a group is split: measures of the distribution of answers over ordered options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_column, as_grouping
from lcdiag.statistics.intervals import BANDS, check_levels, with_intervals
from lcdiag.statistics.resample import draws, percentiles
from lcdiag.statistics.results import GroupValues, reasons_for

Measure = Literal["van-der-eijk", "variance", "leik", "esteban-ray", "sarle", "valley"]


def polarisation(
    values: Any,
    options: tuple[int, int],
    *,
    measure: Measure = "van-der-eijk",
    alpha: float = 1.0,
    cluster: Any = None,
    rng: np.random.Generator | None = None,
    resamples: int = 2000,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
) -> Estimate:
    """Return how far the answers are split over the options of an ordered scale.

    Parameters
    ----------
    values : array_like, shape (n,)
        Whole numbers, one a person; NaN = missing.
    options : tuple of int
        Lowest and highest option.
    measure : {"van-der-eijk", "variance", "leik", "esteban-ray", "sarle", "valley"}
        As in `polarisation_by_group`.
    alpha : float
        Of ``esteban-ray``: how much it matters to be among many; above 0, at most 1.6.
    cluster : array_like, shape (n,), optional
        Community of each person: communities are drawn whole.
    rng, resamples : numpy.random.Generator, int
        For a percentile bootstrap; without a generator there is no interval.
    confidence, bands : float, sequence of float
        Of the interval.

    Raises
    ------
    ValueError
        As in `polarisation_by_group`.

    Notes
    -----
    Default: van der Eijk's A, which skewness alone does not move.

    Absent when: as in `polarisation_by_group`. With one community only there is no interval.

    References
    ----------
    As in `polarisation_by_group`; Efron (1979), Annals of Statistics 7.
    """
    levels, index = check_levels(confidence, bands), _index(measure, options, alpha)
    counts = _counts(_codes(values, options), options, cluster)
    counts = counts[counts.any(axis=1)]
    total = counts.sum(axis=0, keepdims=True)
    found, n = float(index(total)[0]), int(total.sum())
    name = f"polarisation, {measure}"
    if np.isnan(found):
        return Estimate.missing(_why(n, measure), n=n, method=name)
    if rng is None or len(counts) < 2:
        return Estimate(value=found, n=n, method=f"{name}, no interval")
    drawn = np.concatenate([index(w @ counts) for w in draws(len(counts), rng, resamples)])
    name += f", bootstrap over {'people' if cluster is None else 'clusters'}"
    return with_intervals(found, percentiles(drawn), None, confidence, levels, n=n, method=name)


def polarisation_by_group(
    values: Any,
    groups: Any,
    options: tuple[int, int],
    *,
    measure: Measure = "van-der-eijk",
    alpha: float = 1.0,
) -> GroupValues:
    """Return how far each group is split over the options of an ordered scale.

    Parameters
    ----------
    values, groups : array_like, shape (n,)
        Whole numbers, one a person, NaN = missing; and labels.
    options : tuple of int
        Lowest and highest option, K in all.
    measure : {"van-der-eijk", "variance", "leik", "esteban-ray", "sarle", "valley"}
        See Notes.
    alpha : float
        As in `polarisation`.

    Raises
    ------
    ValueError
        For text, infinite values, values that are no option, fewer than 2 options, an unknown
        measure, or an alpha out of range.

    Notes
    -----
    Formula: ``van-der-eijk``: A of layers of equal shares, weighted by their people; 1 all agree,
    0 evenly spread, -1 half at each end. ``variance``: 4 s^2 / range^2 with n, 0 to 1. ``leik``:
    2 sum min(F, 1 - F) / (K - 1) over cumulative shares F, 0 to 1. ``esteban-ray``: sum of
    p_i^(1 + alpha) p_j |i - j| over its largest value, that of half at each end. ``sarle``: (g^2 +
    1) / (k + 3 (n - 1)^2 / ((n - 2) (n - 3))), g and k unbiased skewness and excess kurtosis; 5/9
    of a long even spread, and high for a single skewed hump too, which is its known weakness.
    ``valley``: how far the share of some option lies below the lower of the highest shares on its
    two sides; 0 with one hump, 1/2 with half at each end.

    Absent when: ``no-answers``; ``sarle`` also ``fewer-than-4-people``, ``no-spread``.

    References
    ----------
    van der Eijk (2001), Quality & Quantity 35; Leik (1966), Pacific Sociological Review 9; Esteban
    & Ray (1994), Econometrica 62; Pfister, Schwarz, Janczyk, Dale & Freeman (2013), Frontiers in
    Psychology 4, on Sarle's coefficient.
    """
    index = _index(measure, options, alpha)
    column = _codes(values, options)
    grouping = as_grouping(groups, len(column))
    counts = _counts(column, options, grouping)
    n = counts.sum(axis=1).astype(np.int64)
    found = index(counts)
    few = (n < 4) & (measure == "sarle")
    rules = [("no-answers", n == 0), ("fewer-than-4-people", few), ("no-spread", np.isnan(found))]
    reasons = reasons_for(found.shape, rules)
    return GroupValues(grouping.labels, found, n, reasons, f"polarisation, {measure}")


def _codes(values: Any, options: tuple[int, int]) -> Floats:
    """Return the answers, each an option or NaN."""
    column = as_column(values)
    held = column[~np.isnan(column)]
    if ((held < options[0]) | (held > options[1]) | (held != np.rint(held))).any():
        raise ValueError(f"values are whole numbers from {options[0]} to {options[1]}")
    return column


def _counts(column: Floats, options: tuple[int, int], labels: Any) -> Floats:
    """Return how many of each label chose each option, (units, K); without labels, of a person."""
    k = options[1] - options[0] + 1
    held = ~np.isnan(column)
    codes = (column[held] - options[0]).astype(np.intp)
    if labels is None:
        return np.eye(k)[codes]
    units = as_grouping(labels, len(column))
    cells = units.codes[held] * k + codes
    counts = np.bincount(cells, minlength=len(units) * k)
    return counts.reshape(len(units), k).astype(np.float64)


def _why(n: int, measure: Measure) -> str:
    if n == 0:
        return "no-answers"
    return "fewer-than-4-people" if measure == "sarle" and n < 4 else "no-spread"


def _index(measure: Measure, options: tuple[int, int], alpha: float) -> Callable[[Floats], Floats]:
    """Return the measure as a function of counts (m, K), (m,); NaN where it has no value."""
    k = options[1] - options[0] + 1
    if k < 2:
        raise ValueError(f"options are a lowest and a higher option; received {options!r}")
    if not 0 < alpha <= 1.6:
        raise ValueError(f"alpha is above 0 and at most 1.6; received {alpha!r}")
    known: dict[str, Callable[[Floats], Floats]] = {
        "van-der-eijk": _van_der_eijk,
        "variance": _variance,
        "leik": _leik,
        "esteban-ray": lambda shares: _esteban_ray(shares, alpha),
        "valley": _valley,
    }
    if measure == "sarle":
        return _sarle
    if measure not in known:
        raise ValueError(f"measure is one of {', '.join([*known, 'sarle'])}; received {measure!r}")

    def of_counts(counts: Floats) -> Floats:
        n = counts.sum(axis=1)
        shares = counts / np.maximum(n, 1.0)[:, None]
        return np.where(n > 0, known[measure](shares), np.nan)

    return of_counts


def _van_der_eijk(shares: Floats) -> Floats:
    """Return van der Eijk's A.

    Each layer has the same share in S options and none in the others. Of all triples of options,
    TU say "high, high, low" or "low, high, high" and TD "high, low, high"; the layer has
    U = ((K - 2) TU - (K - 1) TD) / ((K - 2) (TU + TD)), 1 without such triples, and
    A = U (1 - (S - 1) / (K - 1)).
    """
    k = shares.shape[1]
    tops = np.sort(shares, axis=1)
    heights = np.diff(tops, axis=1, prepend=0.0)
    high = (shares[:, None, :] >= tops[:, :, None]).astype(np.float64)
    low = 1 - high
    before, after = np.cumsum(high, axis=2) - high, high[..., ::-1].cumsum(axis=2)[..., ::-1] - high
    none_before, none_after = np.arange(k) - before, np.arange(k)[::-1] - after
    united = (high * (before * none_after + none_before * after)).sum(axis=2)
    split = (low * before * after).sum(axis=2)
    some = united + split > 0
    whole = np.where(some, (k - 2) * (united + split), 1.0)
    u = np.where(some, ((k - 2) * united - (k - 1) * split) / whole, 1.0)
    number = high.sum(axis=2)
    return np.asarray((heights * number * u * (1 - (number - 1) / (k - 1))).sum(axis=1))


def _variance(shares: Floats) -> Floats:
    at = np.arange(shares.shape[1], dtype=np.float64)
    mean = shares @ at
    moved = at - mean[:, None]
    return np.asarray(4 * (shares * moved**2).sum(axis=1) / at[-1] ** 2)


def _leik(shares: Floats) -> Floats:
    below = np.cumsum(shares, axis=1)[:, :-1]
    return np.asarray(2 * np.minimum(below, 1 - below).sum(axis=1) / below.shape[1])


def _esteban_ray(shares: Floats, alpha: float) -> Floats:
    at = np.arange(shares.shape[1], dtype=np.float64)
    apart = np.abs(at[:, None] - at)
    found = ((shares ** (1 + alpha) @ apart) * shares).sum(axis=1)
    return np.asarray(found / (at[-1] * 0.5 ** (1 + alpha)))


def _valley(shares: Floats) -> Floats:
    left = np.maximum.accumulate(shares, axis=1)
    right = np.maximum.accumulate(shares[:, ::-1], axis=1)[:, ::-1]
    return np.asarray((np.minimum(left, right) - shares).max(axis=1))


def _sarle(counts: Floats) -> Floats:
    """Return Sarle's coefficient; NaN with fewer than 4 people or without spread."""
    at = np.arange(counts.shape[1], dtype=np.float64)
    n = counts.sum(axis=1)
    many = np.where(n > 3, n, 4.0)
    moved = at - ((counts @ at) / np.maximum(n, 1.0))[:, None]
    m2, m3, m4 = ((counts * moved**power).sum(axis=1) / many for power in (2, 3, 4))
    known = (n > 3) & ((counts > 0).sum(axis=1) > 1)
    spread = np.where(known, m2, 1.0)
    skewness = m3 / spread**1.5 * np.sqrt(many * (many - 1)) / (many - 2)
    excess = m4 / spread**2 - 3
    kurtosis = (many - 1) / ((many - 2) * (many - 3)) * ((many + 1) * excess + 6)
    expected = 3 * (many - 1) ** 2 / ((many - 2) * (many - 3))
    below = kurtosis + expected
    found = (skewness**2 + 1) / np.where(known, below, 1.0)
    return np.where(known, found, np.nan)
