"""The sampling variance of means, and of their differences, where people sit in clusters (CR2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Counts, Floats


@dataclass(frozen=True, eq=False)
class ClusterSums:
    """What clusters add to the variance of the means of k groups of people.

    Attributes
    ----------
    n : array of int, shape (k,)
        People of each group.
    means : array, shape (k,)
        Of each group; NaN without people.
    clusters : array of int, shape (k,)
        Clusters with people of the group; below 2 there is no variance.
    counts : array, shape (c, k)
        People of each group in each cluster.
    weights : array, shape (c, k)
        1 / sqrt(1 - share of the group that sits in the cluster); 0 where it all sits there, and
        for a group without people.
    residuals : array, shape (c, k)
        Sum of the deviations from the mean of the group.
    """

    n: Counts
    means: Floats
    clusters: Counts
    counts: Floats
    weights: Floats
    residuals: Floats

    def mean(self, group: int) -> tuple[float, float]:
        """Return the standard error of a group's mean, and its degrees of freedom."""
        error = float(np.sqrt(np.sum(self._added(group) ** 2)))
        return error, float(1 / float(self.n[group]) ** 2 / self._crossed(group, group))

    def difference(self, one: Any, other: Any) -> tuple[Floats, Floats]:
        """Return the standard error of mean `one` - mean `other`, and its degrees of freedom.

        A cluster that holds people of both counts once, so that what they share cancels out.
        `one` and `other` are positions, or arrays of them: then so are the results.
        """
        added = self._added(one) - self._added(other)
        trace = 1 / self.n[one] + 1 / self.n[other]
        square = self._crossed(one, one) + self._crossed(other, other)
        square = square + 2 * self._crossed(one, other)
        return np.sqrt(np.sum(added**2, axis=0)), trace**2 / square

    def _added(self, group: Any) -> Floats:
        return np.asarray(self.weights[:, group] * (self.residuals[:, group] / self.n[group]))

    def _crossed(self, one: Any, other: Any) -> Floats:
        """Return the sum over pairs of clusters of the products of their covariances.

        For people who vary by 1 and independently, the parts that clusters i and j add to the mean
        of a group covary by n_i / n^2 where i = j, and by - w_i w_j n_i n_j / n^3 elsewhere.
        """
        first, second = self.counts[:, one] / self.n[one], self.counts[:, other] / self.n[other]
        both = self.n[one].astype(np.float64) * self.n[other]
        apart = self.weights[:, one] * self.weights[:, other] * first * second
        own = np.sum(first * second, axis=0) - np.sum(apart**2, axis=0)
        return np.asarray((own + np.sum(apart, axis=0) ** 2) / both)


def with_everybody_else(counts: Floats) -> Floats:
    """Return columns of sums with, behind them, the same sums over all other columns."""
    return np.concatenate([counts, counts.sum(axis=1, keepdims=True) - counts], axis=1)


def cluster_sums(
    column: Floats,
    groups: npt.NDArray[np.intp],
    clusters: npt.NDArray[np.intp],
    k: int,
    *,
    rest: bool = False,
) -> ClusterSums:
    """Return what clusters add to the variance of the means of k groups.

    Parameters
    ----------
    column : array, shape (n,)
        One value a person, none missing.
    groups, clusters : array of int, shape (n,)
        Position of each person's group (below k), and of their cluster.
    k : int
        How many groups there are.
    rest : bool
        Add k groups of people who are not in the first, the second and so on.

    Notes
    -----
    Formula: with r the sum of the deviations of a group's people in a cluster, f the share of the
    group there and n its size, the variance of the mean is the sum over clusters of
    (r / n)^2 / (1 - f): CR2, exact for people who are alike. The degrees of freedom are
    Satterthwaite's under the same model: the squared trace over the squared norm of the covariance
    of the parts. For clusters of equal size they are the number of clusters - 1.

    References
    ----------
    Bell & McCaffrey (2002), Survey Methodology 28(2); Pustejovsky & Tipton (2018), Journal of
    Business & Economic Statistics 36(4).
    """
    c = int(clusters.max()) + 1 if len(clusters) else 0
    place = clusters * k + groups
    centre = column.mean() if len(column) else 0.0
    counts = np.bincount(place, minlength=c * k).astype(np.float64).reshape(c, k)
    gaps = np.bincount(place, weights=column - centre, minlength=c * k)
    sums = gaps.astype(np.float64).reshape(c, k)
    if rest:
        counts, sums = with_everybody_else(counts), with_everybody_else(sums)
    n = counts.sum(axis=0).astype(np.int64)
    means = np.full(len(n), np.nan)
    np.divide(sums.sum(axis=0), n, out=means, where=n > 0)
    residuals = np.where(counts > 0, sums - counts * means, 0.0)
    left = 1 - counts / np.maximum(n, 1)
    weights = np.zeros(counts.shape)
    np.divide(1.0, np.sqrt(left), out=weights, where=counts < n)
    return ClusterSums(n, means + centre, (counts > 0).sum(axis=0), counts, weights, residuals)
