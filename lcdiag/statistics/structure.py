"""Models of means and covariances: common factors, own variances, intercepts.

The covariances are L P L' + T and the means t + L a, with L the loadings, P the covariances of
the factors, T those of what the items have of their own, t intercepts and a factor means. Each
entry is fixed, or one of a vector of parameters; entries with the same parameter are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats

Index = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Part:
    """A matrix of the model: fixed values, and which parameter stands where (-1: none)."""

    values: Floats
    index: Index

    def at(self, parameters: Floats) -> Floats:
        """Return the matrix at these parameters."""
        out = self.values.copy()
        free = self.index >= 0
        out[free] = parameters[self.index[free]]
        return out

    def gathered(self, slope: Floats, size: int) -> Floats:
        """Return, per parameter, the sum of the slopes of its entries; (size,)."""
        free = self.index >= 0
        found = np.bincount(self.index[free], weights=slope[free], minlength=size)
        return found.astype(np.float64, copy=False)


def part(shape: tuple[int, ...], fixed: float = 0.0) -> Part:
    """Return a matrix whose entries are all fixed at one value."""
    return Part(np.full(shape, fixed), np.full(shape, -1, dtype=np.intp))


@dataclass(frozen=True, eq=False)
class Structure:
    """The model of one group.

    Attributes
    ----------
    loadings : Part, (p, m)
    factors : Part, (m, m)
        Covariances of the factors; its index is symmetric.
    own : Part, (p, p)
        Own (residual) covariances; its index is symmetric.
    intercepts : Part, (p,)
    factor_means : Part, (m,)
    """

    loadings: Part
    factors: Part
    own: Part
    intercepts: Part
    factor_means: Part

    def implied(self, parameters: Floats) -> tuple[Floats, Floats]:
        """Return the implied means (p,) and covariances (p, p)."""
        loadings = self.loadings.at(parameters)
        covariance = loadings @ self.factors.at(parameters) @ loadings.T
        means = self.intercepts.at(parameters) + loadings @ self.factor_means.at(parameters)
        return means, covariance + self.own.at(parameters)

    def chained(self, parameters: Floats, by_mean: Floats, by_covariance: Floats) -> Floats:
        """Return slopes by the parameters from slopes by implied means and covariances.

        by_covariance is symmetric: the change is the sum of by_covariance * dSigma / 2.
        """
        size = len(parameters)
        loadings, factors = self.loadings.at(parameters), self.factors.at(parameters)
        means = self.factor_means.at(parameters)
        by_loading = by_covariance @ loadings @ factors + np.outer(by_mean, means)
        return (
            self.loadings.gathered(by_loading, size)
            + self.factors.gathered(loadings.T @ by_covariance @ loadings / 2, size)
            + self.own.gathered(by_covariance / 2, size)
            + self.intercepts.gathered(by_mean, size)
            + self.factor_means.gathered(loadings.T @ by_mean, size)
        )

    @property
    def active(self) -> Index:
        """Return the parameters that this group's model has, sorted; (a,)."""
        parts = (self.loadings, self.factors, self.own, self.intercepts, self.factor_means)
        found = np.unique(np.concatenate([part.index.ravel() for part in parts]))
        return found[found >= 0]

    def slopes(self, parameters: Floats) -> tuple[Floats, Floats]:
        """Return dmean (a, p) and dSigma (a, p, p) by the parameters that it has."""
        loadings, factors = self.loadings.at(parameters), self.factors.at(parameters)
        means = self.factor_means.at(parameters)
        active, p = self.active, len(loadings)
        place = np.full(len(parameters), -1, dtype=np.intp)
        place[active] = np.arange(len(active))
        by_mean, by_covariance = np.zeros((len(active), p)), np.zeros((len(active), p, p))
        spread = loadings @ factors
        item, factor = np.nonzero(self.loadings.index >= 0)
        which = place[self.loadings.index[item, factor]]
        np.add.at(by_covariance, (which, item), spread[:, factor].T)
        np.add.at(by_covariance.swapaxes(1, 2), (which, item), spread[:, factor].T)
        np.add.at(by_mean, (which, item), means[factor])
        for one, other in np.argwhere(self.factors.index >= 0):
            joint = np.outer(loadings[:, one], loadings[:, other])
            by_covariance[place[self.factors.index[one, other]]] += joint
        one, other = np.nonzero(self.own.index >= 0)
        np.add.at(by_covariance, (place[self.own.index[one, other]], one, other), 1.0)
        free = np.flatnonzero(self.intercepts.index >= 0)
        np.add.at(by_mean, (place[self.intercepts.index[free]], free), 1.0)
        for number in np.flatnonzero(self.factor_means.index >= 0):
            by_mean[place[self.factor_means.index[number]]] += loadings[:, number]
        return by_mean, by_covariance


def saturated(p: int) -> Structure:
    """Return the model that fits any means and covariances: all own covariances free.

    Parameters are the lower triangle of the covariances by rows, then the means.
    """
    rows, columns = np.tril_indices(p)
    index = np.empty((p, p), dtype=np.intp)
    index[rows, columns] = index[columns, rows] = np.arange(len(rows))
    means = Part(np.zeros(p), len(rows) + np.arange(p))
    nothing = part((p, 1))
    return Structure(nothing, part((1, 1), 1.0), Part(np.zeros((p, p)), index), means, part((1,)))


def unrelated(p: int) -> Structure:
    """Return the baseline model: own variances and means free, no covariances."""
    index = np.full((p, p), -1, dtype=np.intp)
    np.fill_diagonal(index, np.arange(p))
    means = Part(np.zeros(p), p + np.arange(p))
    own = Part(np.zeros((p, p)), index)
    return Structure(part((p, 1)), part((1, 1), 1.0), own, means, part((1,)))


def single_factor(p: int, *, equal: bool = False) -> Structure:
    """Return one factor of variance 1 and mean 0; parameters: loadings, own, intercepts."""
    loads = 1 if equal else p
    loadings = np.zeros((p, 1), dtype=np.intp) if equal else np.arange(p)[:, None]
    own = np.full((p, p), -1, dtype=np.intp)
    np.fill_diagonal(own, loads + np.arange(p))
    return Structure(
        Part(np.zeros((p, 1)), loadings),
        part((1, 1), 1.0),
        Part(np.zeros((p, p)), own),
        Part(np.zeros(p), loads + p + np.arange(p)),
        part((1,)),
    )


def simple_structure(factor_of: Index) -> Structure:
    """Return related factors of variance 1 and mean 0, with one factor behind each item.

    Parameters are loadings, own variances and intercepts of the items, then the correlations of
    the factors: the triangle below the diagonal by rows.

    Parameters
    ----------
    factor_of : array of int, shape (p,)
        The place of the factor of each item.
    """
    p, m = len(factor_of), int(factor_of.max()) + 1
    loadings = np.full((p, m), -1, dtype=np.intp)
    loadings[np.arange(p), factor_of] = np.arange(p)
    own = np.full((p, p), -1, dtype=np.intp)
    np.fill_diagonal(own, p + np.arange(p))
    rows, columns = np.tril_indices(m, -1)
    factors = np.full((m, m), -1, dtype=np.intp)
    factors[rows, columns] = factors[columns, rows] = 3 * p + np.arange(len(rows))
    return Structure(
        Part(np.zeros((p, m)), loadings),
        Part(np.eye(m), factors),
        Part(np.zeros((p, p)), own),
        Part(np.zeros(p), 2 * p + np.arange(p)),
        part((m,)),
    )
