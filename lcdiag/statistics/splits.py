"""All the ways to cut a scale in two halves, and how alike the halves are.

Notes
-----
Default: covariances of every row; all splits, no sample of them.

Formula: 4 cov(A, B) / V with A and B the sums of the halves. For an even number of items and
the covariance metric the mean over all splits is alpha.

Agrees with psych 2.5.3 (``splitHalf``), which counts each split of an even k twice and gets its
correlations ``from-covariance``.

References
----------
Guttman (1945), Psychometrika 10(4); Cronbach (1951), Psychometrika 16.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.lower_bounds import Matrix, Metric, matrix_of
from lcdiag.statistics.moments import Missing
from lcdiag.statistics.scale_matrix import Correlation

MOST_SPLITS = 200_000
"""Splits up to which all are tried (a scale of 20 items has 92,378)."""


@dataclass(frozen=True, eq=False)
class SplitHalves:
    """The coefficients of all splits.

    Attributes
    ----------
    best, worst, mean, median : Estimate
        Over the splits; the best one is Guttman's lambda 4.
    values : array, shape (count,)
        All coefficients, sorted.
    count : int
        How many different splits were tried.
    exact : bool
        Whether these are all of them.
    best_half, worst_half : tuple of int
        Positions of the items of one half of the best and of the worst split.
    """

    best: Estimate
    worst: Estimate
    mean: Estimate
    median: Estimate
    values: Floats
    count: int
    exact: bool
    best_half: tuple[int, ...]
    worst_half: tuple[int, ...]

    def quantiles(self, at: Sequence[float] = (0.025, 0.5, 0.975)) -> Floats:
        """Return quantiles of the coefficients; NaN where there are none."""
        if not len(self.values):
            return np.full(len(at), np.nan)
        return np.asarray(np.quantile(self.values, list(at)))


def split_halves(
    items: Any,
    *,
    metric: Metric = "cov",
    missing: Missing = "pairwise",
    correlation: Correlation = "pairwise",
    rng: np.random.Generator | None = None,
) -> SplitHalves:
    """Return how reliable the sum is by every split into halves of (almost) equal size.

    Parameters
    ----------
    items, metric, missing, correlation
        As in `guttman_lambdas`. With an odd number of items one half has floor(k / 2) of them.
    rng : numpy.random.Generator, optional
        For scales with more than 200,000 splits: that many are drawn at random.

    Returns
    -------
    SplitHalves
        Without intervals.

    Raises
    ------
    ValueError
        As in `guttman_lambdas`.

    Notes
    -----
    Absent when: as `cronbach_alpha`; ``too-many-splits`` without a generator.

    More in the notes of this module.
    """
    found = matrix_of(items, metric, missing, correlation)
    k = len(found.values)
    splits = comb(k, k // 2) // (1 if k % 2 else 2)
    if not found.absent and splits > MOST_SPLITS and rng is None:
        found = Matrix(found.values, found.n, found.said, "too-many-splits")
    if found.absent:
        none = [found.estimate(f"split half, {word}", 0.0) for word in _WORDS]
        return SplitHalves(none[0], none[1], none[2], none[3], np.empty(0), 0, False, (), ())
    exact = splits <= MOST_SPLITS
    halves = _all(k, splits) if exact else _drawn(k, rng)
    values = 4 * ((halves @ found.values) * (1 - halves)).sum(axis=1) / found.values.sum()
    order = np.argsort(values, kind="stable")
    numbers = (values.max(), values.min(), values.mean(), float(np.median(values)))
    cells = [
        found.estimate(f"split half, {word}", number)
        for word, number in zip(_WORDS, numbers, strict=True)
    ]
    best, worst = (tuple(np.flatnonzero(halves[at]).tolist()) for at in (order[-1], order[0]))
    a, b, c, d = cells
    return SplitHalves(a, b, c, d, values[order], len(values), exact, best, worst)


_WORDS = ("best", "worst", "mean", "median")


def _all(k: int, splits: int) -> Floats:
    """Return one row a split, 1 for the items of its first half."""
    chosen = np.array(list(combinations(range(k), k // 2)), dtype=np.intp)[:splits]
    halves = np.zeros((len(chosen), k))
    np.put_along_axis(halves, chosen, 1.0, axis=1)
    return halves


def _drawn(k: int, rng: np.random.Generator | None) -> Floats:
    assert rng is not None
    halves = np.zeros((MOST_SPLITS, k))
    halves[:, : k // 2] = 1.0
    return np.asarray(rng.permuted(halves, axis=1))


@dataclass(frozen=True, slots=True)
class TwoHalves:
    """One split in four ways.

    Attributes
    ----------
    correlation : Estimate
        Of the two halves.
    spearman_brown : Estimate
        Stepped up as if the halves were equally long and reliable.
    guttman : Estimate
        Without that assumption (Flanagan and Rulon).
    horst : Estimate
        Stepped up for halves of unequal length.
    """

    correlation: Estimate
    spearman_brown: Estimate
    guttman: Estimate
    horst: Estimate


def two_halves(
    items: Any, half: Sequence[int] | None = None, *, missing: Missing = "listwise"
) -> TwoHalves:
    """Return the reliability of a sum by one split, items 1, 3, 5 ... against the rest.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    half : sequence of int, optional
        Positions of one half; every other item, beginning with the first, without it.
    missing : {"listwise", "pairwise"}
        As in `cronbach_alpha`.

    Returns
    -------
    TwoHalves
        Without intervals.

    Raises
    ------
    ValueError
        For text, infinite values, an unknown fork, positions that do not leave two halves.

    Notes
    -----
    Default: complete rows, so that both halves are whole sums.

    Formula: with r the correlation of the halves: 2 r / (1 + r); 4 cov(A, B) / V; and with p and q
    the shares of the items: (sqrt(r^4 + 4 r^2 (1 - r^2) p q) - r^2) / (2 p q (1 - r^2)).

    Absent when: as `cronbach_alpha`; ``constant-half``; stepped up: ``negative`` correlations of -1
    and ``perfect`` ones have no Horst value.

    Agrees with R's ``cor`` and SPSS's formula (Horst).

    References
    ----------
    Rulon (1939), Harvard Educational Review 9; Horst (1951), Educational and Psychological
    Measurement 11.
    """
    found = matrix_of(items, "cov", missing)
    k = len(found.values)
    first = list(range(0, k, 2)) if half is None else list(half)
    inside = [at for at in first if 0 <= at < k]
    if k > 1 and (len(set(inside)) != len(first) or not 0 < len(first) < k):
        raise ValueError(f"half holds some of the positions 0 to {k - 1}, each once")
    names = ("halves, correlation", "halves, Spearman-Brown", "halves, Guttman", "halves, Horst")
    if found.absent:
        return TwoHalves(*(found.estimate(name, 0.0) for name in names))
    return _of_halves(found, first, names)


def _of_halves(found: Matrix, first: Sequence[int], names: Sequence[str]) -> TwoHalves:
    """Return one split of a matrix that has reliability."""
    k = len(found.values)
    mark = np.zeros(k)
    mark[list(first)] = 1.0
    c = found.values
    own, other = float(mark @ c @ mark), float((1 - mark) @ c @ (1 - mark))
    across = float(mark @ c @ (1 - mark))
    if min(own, other) <= 1e-12 * float(np.abs(c).sum()):
        found = Matrix(c, found.n, found.said, "constant-half")
        return TwoHalves(*(found.estimate(name, 0.0) for name in names))
    r = across / float(np.sqrt(own * other))
    stepped = 2 * r / (1 + r) if r > -1 + 1e-12 else None
    p = len(first) / k
    values = (r, stepped, 4 * across / (own + other + 2 * across), _horst(r, p * (1 - p)))
    cells = [
        found.estimate(name, value)
        if value is not None
        else Matrix(c, found.n, found.said, "negative" if r < 0 else "perfect").estimate(name, 0.0)
        for name, value in zip(names, values, strict=True)
    ]
    return TwoHalves(*cells)


def _horst(r: float, shares: float) -> float | None:
    left = 1 - r**2
    if left < 1e-12:
        return None
    root = float(np.sqrt(r**4 + 4 * r**2 * left * shares))
    return (root - r**2) / (2 * shares * left)
