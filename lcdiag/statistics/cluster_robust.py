"""The sampling variance of means, and of their differences, where people sit in clusters (CR2)."""

from __future__ import annotations

from dataclasses import dataclass

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
    counts : array of int, shape (c, k)
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
    counts: Counts
    weights: Floats
    residuals: Floats

    def mean(self, group: int) -> tuple[float, float]:
        """Return the standard error of a group's mean, and its degrees of freedom."""
        added = self._added(group)
        return float(np.sqrt(np.sum(added**2))), 1 / float(self.n[group]) ** 2 / self._square(group)

    def difference(self, one: int, other: int) -> tuple[float, float]:
        """Return the standard error of mean `one` - mean `other`, and its degrees of freedom.

        A cluster that holds people of both counts once, so that what they share cancels out.
        """
        added = self._added(one) - self._added(other)
        trace = 1 / float(self.n[one]) + 1 / float(self.n[other])
        square = self._square(one) + self._square(other) + 2 * self._crossed(one, other)
        return float(np.sqrt(np.sum(added**2))), trace**2 / square

    def _added(self, group: int) -> Floats:
        return np.asarray(
            self.weights[:, group] * self.residuals[:, group] / float(self.n[group]),
            dtype=np.float64,
        )

    def _square(self, group: int) -> float:
        """Return the sum of squares of the covariances of the added parts of equal people."""
        return self._crossed(group, group)

    def _crossed(self, one: int, other: int) -> float:
        """Return the sum over pairs of clusters of the products of their covariances.

        For people who vary by 1 and independently, the parts that clusters i and j add to the mean
        of a group covary by n_i / n^2 where i = j, and by - w_i w_j n_i n_j / n^3 elsewhere.
        """
        first, second = self.counts[:, one], self.counts[:, other]
        n, m = float(self.n[one]), float(self.n[other])
        own = float(np.sum(first / n**2 * (second / m**2)))
        apart = (self.weights[:, one] * first / n) * (self.weights[:, other] * second / m)
        return own + (float(apart.sum()) ** 2 - float(np.sum(apart**2))) / (n * m)


def cluster_sums(
    column: Floats,
    groups: npt.NDArray[np.intp],
    clusters: npt.NDArray[np.intp],
    k: int,
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
    counts = np.bincount(place, minlength=c * k).reshape(c, k)
    n = counts.sum(axis=0)
    total = np.bincount(groups, weights=column, minlength=k)
    means = np.full(k, np.nan)
    np.divide(total, n, out=means, where=n > 0)
    gaps = column - means[groups]
    residuals = np.bincount(place, weights=gaps, minlength=c * k).astype(np.float64)
    left = 1 - counts / np.maximum(n, 1)
    weights = np.zeros((c, k))
    np.divide(1.0, np.sqrt(left), out=weights, where=counts < n)
    return ClusterSums(n, means, (counts > 0).sum(axis=0), counts, weights, residuals.reshape(c, k))
