"""How high a group's mean is, and how sure we can be: t and score intervals.

Notes
-----
Default: Satterthwaite's degrees of freedom. Six communities of 2, 2, 3, 3, 4 and 20 people who
are alike by .1: with g - 1 the 95 % interval held the mean in 89 % of 20,000 samples, with
these in 96 %; communities of 3 to 10 people: 94 and 95 %.

References
----------
Wilson (1927), JASA 22; Penfield (2003), Psychological Methods 8(2); Cochran (1977), Sampling
Techniques; Bell & McCaffrey (2002), Survey Methodology 28(2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Band, Estimate
from lcdiag.statistics.arrays import (
    Counts,
    Floats,
    Grouping,
    Labels,
    as_column,
    as_grouping,
    as_matrix,
)
from lcdiag.statistics.cluster_robust import cluster_sums
from lcdiag.statistics.intervals import (
    BANDS,
    check_bounds,
    check_levels,
    score_limits,
    t_limits,
    t_quantile,
    with_intervals,
)
from lcdiag.statistics.mean_difference import mean_difference

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame

__all__ = ["GroupMeans", "group_means", "mean_difference", "mean_interval"]

Method = Literal["t", "score"]
Bounds = tuple[float, float]

_NO_SPREAD = 1e-12  # a standard deviation below this share of the mean is rounding noise


def mean_interval(
    values: Any,
    *,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
    method: Method = "t",
    bounds: Bounds | None = None,
    population: int | None = None,
    cluster: Any = None,
) -> Estimate:
    """Return the mean of a group with its interval.

    Parameters
    ----------
    values : array_like, shape (n,)
        One value a person; NaN = missing.
    confidence, bands : float, sequence of float
        Of the main interval and of further ones, given narrowest first.
    method : {"t", "score"}
        ``t``: mean -/+ t(n - 1) s / sqrt(n). ``score``: the Wilson score interval of the mean as
        a share of the scale, every person counting for d trials, d = p (1 - p) / s^2 on the 0-1
        scale and at most the number of steps of the scale (then Penfield's interval), with the
        t quantile. It needs `bounds`, is asymmetric near a bound and never passes it.
    bounds : tuple of float, optional
        Lowest and highest possible value; limits never pass them.
    population : int, optional
        How many people the group has: a finite correction 1 - n / N of the variance. The target
        is then the mean of these N people; without it, of all people who could sit there.
    cluster : array_like, shape (n,), optional
        Community of each person: a cluster-robust variance (CR2) with Satterthwaite's degrees of
        freedom, g - 1 for communities of equal size and fewer for others.

    Returns
    -------
    Estimate
        `method` names interval and target. One answer has a value and no interval. When all are
        equal t has nothing to go by: with `bounds` score stands in, and `method` says so.

    Raises
    ------
    ValueError
        For text or infinite values, a value outside the bounds, a population smaller than the
        answers, or a score interval without bounds or with clusters.

    Notes
    -----
    Absent when: ``no-answers``; ``fewer-than-2-groups`` where clusters are given.

    More in the notes of this module.
    """
    column = as_column(values)
    if cluster is not None:
        return _clustered_mean(column, cluster, confidence, bands, method, bounds, population)
    whole = Grouping(np.array(["all"]), np.zeros(len(column), dtype=np.intp))
    sizes = None if population is None else np.array([float(population)])
    result = _group_means(column[:, None], whole, confidence, bands, method, bounds, sizes)
    return result.estimate("all")


@dataclass(frozen=True, eq=False)
class GroupMeans:
    """Means of groups by variables, with limits.

    Attributes
    ----------
    groups : array, shape (g,)
        Labels, sorted.
    values, low, high : array, shape (g, v)
        Means and limits of the main interval; NaN where there is none.
    n : array of int, shape (g, v)
        Answers each mean rests on.
    confidence : float
        Of the main interval.
    bands : tuple of (confidence, low, high)
        Further limits, each (g, v), narrowest first.
    method : str
        As asked; `estimate` names exceptions of a single cell.
    stands_in : array of bool, shape (g, v)
        Cells whose answers are all equal, where t has no interval.
    """

    groups: Labels
    values: Floats
    low: Floats
    high: Floats
    n: Counts
    confidence: float
    bands: tuple[tuple[float, Floats, Floats], ...]
    method: str
    stands_in: npt.NDArray[np.bool_]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.values, dtype=dtype)

    def estimate(self, group: Any, variable: int = 0) -> Estimate:
        """Return one cell as an Estimate.

        Parameters
        ----------
        group : label
            One of `groups`.
        variable : int
            Column of the matrix.

        Raises
        ------
        KeyError
            If the group does not occur.
        """
        row = Grouping(self.groups, np.empty(0, dtype=np.intp)).position(group)
        at = (row, variable)
        n = int(self.n[at])
        if n == 0:
            return Estimate.missing("no-answers", method=self.method)
        value, low = float(self.values[at]), float(self.low[at])
        method = self.method
        if self.stands_in[at]:
            method += ", score because all answers are equal" if low == low else ", no spread"
        if low != low:
            return Estimate(value=value, n=n, method=method)
        bands = tuple(Band(level, float(lo[at]), float(hi[at])) for level, lo, hi in self.bands)
        high = float(self.high[at])
        return Estimate(value, low, high, self.confidence, bands, n, method)

    def to_frame(self) -> Frame:
        """Return one row a group and variable: group, variable, n, mean, low, high."""
        from lcdiag.statistics.results import frame

        g, v = self.values.shape
        return frame(
            {
                "group": np.repeat(self.groups, v),
                "variable": np.tile(np.arange(v), g),
                "n": self.n.ravel(),
                "mean": self.values.ravel(),
                "low": self.low.ravel(),
                "high": self.high.ravel(),
            }
        )


def group_means(
    values: Any,
    groups: Any,
    *,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
    method: Method = "t",
    bounds: Bounds | None = None,
    population: Mapping[Any, int] | None = None,
) -> GroupMeans:
    """Return the mean of every group on every variable, with intervals, vectorised.

    Parameters
    ----------
    values : array_like, shape (n, v) or (n,)
        NaN = missing.
    groups : array_like, shape (n,)
        Labels of any one kind.
    confidence, bands, method, bounds
        As in `mean_interval`, which gives the same numbers for one cell.
    population : mapping, optional
        Group label to how many people it has; groups without an entry get no correction.

    Raises
    ------
    ValueError
        As in `mean_interval`.

    Notes
    -----
    A cell without answers holds NaN, and its Estimate is absent: ``no-answers``.
    """
    matrix = as_matrix(values, "values")
    grouping = as_grouping(groups, len(matrix))
    sizes = None
    if population is not None:
        sizes = np.array([float(population.get(g, np.inf)) for g in grouping.labels.tolist()])
    return _group_means(matrix, grouping, confidence, bands, method, bounds, sizes)


def _group_means(
    matrix: Floats,
    grouping: Grouping,
    confidence: float,
    bands: Sequence[float],
    method: Method,
    bounds: Bounds | None,
    population: Floats | None,
) -> GroupMeans:
    """Return means and limits of groups by variables."""
    levels = check_levels(confidence, bands)
    limits = check_bounds(bounds)
    if method not in ("t", "score"):
        raise ValueError(f"method is 't' or 'score'; received {method!r}")
    if method == "score" and limits is None:
        raise ValueError("a score interval needs the bounds of the scale")
    if limits is not None and ((matrix < limits[0]) | (matrix > limits[1])).any():
        raise ValueError(f"values must lie within the bounds {limits}")
    n, mean, variance = group_moments(matrix, grouping)
    left = np.ones_like(mean)
    if population is not None:
        if (n > population[:, None]).any():
            raise ValueError("a population cannot be smaller than the number of answers")
        left = 1 - n / np.maximum(population, 1)[:, None]
    equal = (n > 1) & (np.sqrt(variance) <= _NO_SPREAD * np.maximum(1.0, np.abs(mean)))
    by_score = np.full(mean.shape, method == "score") | (equal & (limits is not None))
    exact = left <= 0  # everybody answered: the mean of these people is known
    lows: list[Floats] = []
    highs: list[Floats] = []
    for level in (confidence, *levels):
        quantile = t_quantile(n - 1, level)
        low, high = t_limits(n, mean, variance, left, quantile)
        low, high = np.where(equal, np.nan, low), np.where(equal, np.nan, high)
        if limits is not None:
            scored = score_limits(n, mean, variance, left, quantile, limits)
            low = np.where(by_score, scored[0], np.maximum(low, limits[0]))
            high = np.where(by_score, scored[1], np.minimum(high, limits[1]))
        lows.append(np.where(exact, mean, np.where(n > 1, low, np.nan)))
        highs.append(np.where(exact, mean, np.where(n > 1, high, np.nan)))
    name = method if population is None else f"{method}, finite population"
    further = tuple(zip(levels, lows[1:], highs[1:], strict=True))
    stands_in = equal & (method == "t") & ~exact
    return GroupMeans(
        grouping.labels, mean, lows[0], highs[0], n, confidence, further, name, stands_in
    )


def group_moments(matrix: Floats, grouping: Grouping) -> tuple[Counts, Floats, Floats]:
    """Return n, mean and variance (n - 1) of groups by variables, NaN where there is none.

    Two passes, so that a far-off mean costs no precision; the loop is over variables.
    """
    g, v = len(grouping), matrix.shape[1]
    n = np.zeros((g, v), dtype=np.int64)
    mean = np.full((g, v), np.nan)
    variance = np.full((g, v), np.nan)
    for column in range(v):
        held = ~np.isnan(matrix[:, column])
        codes, values = grouping.codes[held], matrix[held, column]
        count = np.bincount(codes, minlength=g)
        total = np.bincount(codes, weights=values, minlength=g)
        n[:, column] = count
        np.divide(total, count, out=mean[:, column], where=count > 0)
        squares = np.bincount(codes, weights=(values - mean[codes, column]) ** 2, minlength=g)
        np.divide(squares, count - 1, out=variance[:, column], where=count > 1)
    return n, mean, variance


def _clustered_mean(
    column: Floats,
    cluster: Any,
    confidence: float,
    bands: Sequence[float],
    method: Method,
    bounds: Bounds | None,
    population: int | None,
) -> Estimate:
    """Return the mean with a variance that respects clusters (CR2, t by Satterthwaite)."""
    levels = check_levels(confidence, bands)
    if method != "t" or population is not None:
        raise ValueError("clusters go with method='t' and without a population")
    grouping = as_grouping(cluster, len(column))
    held = ~np.isnan(column)
    name = "t, cluster-robust"
    n = int(held.sum())
    if n == 0:
        return Estimate.missing("no-answers", method=name)
    sums = cluster_sums(column[held], np.zeros(n, dtype=np.intp), grouping.codes[held], 1)
    mean = float(sums.means[0])
    if sums.clusters[0] < 2:
        return Estimate.missing("fewer-than-2-groups", n=n, method=name)
    error, freedom = sums.mean(0)

    def limits(level: float) -> tuple[float, float]:
        half = float(t_quantile(freedom, level)) * error
        return mean - half, mean + half

    known = limits if error > _NO_SPREAD * max(1.0, abs(mean)) else None
    reach = check_bounds(bounds)
    return with_intervals(mean, known, reach, confidence, levels, n=n, method=name)
