"""Covariances within and between groups, by maximum likelihood from sums and group means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Counts, Floats, Grouping

FLOOR = 1e-6
"""Smallest own variance in a factor model, as a share of the item's variance."""


@dataclass(frozen=True, eq=False)
class LevelSums:
    """All that the likelihood needs, of complete rows.

    Attributes
    ----------
    within : array, shape (k, k)
        Sums of squares and products around the group means.
    means : array, shape (g, k)
        Group means.
    sizes : array of int, shape (g,)
        Rows a group.
    """

    within: Floats
    means: Floats
    sizes: Counts

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return int(self.sizes.sum())

    def drawn(self, places: Counts, scatters: Floats) -> LevelSums:
        """Return the sums of groups drawn again; `scatters` (g, k, k) are theirs one by one."""
        return LevelSums(scatters[places].sum(axis=0), self.means[places], self.sizes[places])


@dataclass(frozen=True, eq=False)
class LevelFit:
    """Covariance matrices of the two levels, as a function of free numbers.

    Attributes
    ----------
    within, between : array, shape (k, k)
        Covariances of persons in their group, and of groups.
    theta : array, shape (p,)
        The free numbers at the optimum.
    covariances : callable
        From `theta` to both matrices.
    information : array, shape (p, p)
        Second derivatives of minus the log-likelihood.
    converged : bool
        Whether the slope is (nearly) 0.
    loglik : float
        The log-likelihood.
    """

    within: Floats
    between: Floats
    theta: Floats
    covariances: Callable[[Floats], tuple[Floats, Floats]]
    information: Floats
    converged: bool
    loglik: float


def level_sums(rows: Floats, grouping: Grouping) -> LevelSums:
    """Return the sums of complete rows (n, k) in groups; empty groups are left out."""
    sizes = np.bincount(grouping.codes, minlength=len(grouping))
    total = np.zeros((len(grouping), rows.shape[1]))
    np.add.at(total, grouping.codes, rows)
    held = sizes > 0
    means = total[held] / sizes[held, None]
    place = np.cumsum(held) - 1
    around = rows - means[place[grouping.codes]]
    return LevelSums(around.T @ around, means, sizes[held].astype(np.int64))


def group_scatters(rows: Floats, grouping: Grouping) -> Floats:
    """Return the sums of squares and products of each group around its mean, (g, k, k)."""
    sums = level_sums(rows, grouping)
    held = np.bincount(grouping.codes, minlength=len(grouping)) > 0
    place = (np.cumsum(held) - 1)[grouping.codes]
    around = rows - sums.means[place]
    k = rows.shape[1]
    out = np.zeros((len(sums.sizes), k * k))
    np.add.at(out, place, (around[:, :, None] * around[:, None, :]).reshape(len(rows), -1))
    return out.reshape(-1, k, k)


def saturated_fit(sums: LevelSums) -> LevelFit:
    """Return both covariance matrices without any restriction but that they are possible."""
    k = len(sums.within)
    lower = np.tril_indices(k)
    count = len(lower[0])
    diagonal = np.flatnonzero(lower[0] == lower[1])

    def roots(theta: Floats) -> tuple[Floats, Floats]:
        both = np.zeros((2, k, k))
        both[0][lower], both[1][lower] = theta[:count], theta[count:]
        return both[0], both[1]

    def covariances(theta: Floats) -> tuple[Floats, Floats]:
        one, two = roots(theta)
        return one @ one.T, two @ two.T

    def pull(theta: Floats, slope_w: Floats, slope_b: Floats) -> Floats:
        one, two = roots(theta)
        return np.concatenate([(2 * slope_w @ one)[lower], (2 * slope_b @ two)[lower]])

    start = np.zeros(2 * count)
    start[:count] = np.linalg.cholesky(_start_within(sums))[lower]
    start[count + diagonal] = 0.5
    return _fit(sums, start, covariances, pull, None)


def factor_fit(sums: LevelSums) -> LevelFit:
    """Return both covariance matrices with one common factor on each level.

    `theta` holds loadings within, own variances within, and the same between groups, k each.
    """
    k = len(sums.within)

    def covariances(theta: Floats) -> tuple[Floats, Floats]:
        a, b, c, d = theta.reshape(4, k)
        return np.outer(a, a) + np.diag(b), np.outer(c, c) + np.diag(d)

    def pull(theta: Floats, slope_w: Floats, slope_b: Floats) -> Floats:
        a, _, c, _ = theta.reshape(4, k)
        parts = (2 * slope_w @ a, np.diagonal(slope_w), 2 * slope_b @ c, np.diagonal(slope_b))
        return np.concatenate(parts)

    within = np.diagonal(_start_within(sums))
    start = np.concatenate([np.sqrt(within / 2), within / 2, np.full(k, 0.4), np.full(k, 0.1)])
    free, own = (None, None), (FLOOR, None)
    bounds = ([free] * k + [own] * k) * 2
    fit = _fit(sums, start, covariances, pull, bounds)
    theta = fit.theta.reshape(4, k).copy()
    for row in (0, 2):
        theta[row] *= 1.0 if theta[row].sum() >= 0 else -1.0
    return LevelFit(
        fit.within,
        fit.between,
        theta.ravel(),
        covariances,
        fit.information,
        fit.converged,
        fit.loglik,
    )


def _start_within(sums: LevelSums) -> Floats:
    """Return the pooled covariance within groups, drawn a little to its diagonal."""
    pooled = sums.within / max(sums.rows - len(sums.sizes), 1)
    return np.asarray(0.95 * pooled + np.diag(0.05 * np.diagonal(pooled) + 1e-6))


def _fit(
    sums: LevelSums,
    start: Floats,
    covariances: Callable[[Floats], tuple[Floats, Floats]],
    pull: Callable[[Floats, Floats, Floats], Floats],
    bounds: Any,
) -> LevelFit:
    """Return the optimum, by quasi-Newton steps with the exact slope."""
    from scipy.optimize import minimize

    likelihood = _Likelihood(sums)

    def cost(theta: Floats) -> tuple[float, Floats]:
        value, slope_w, slope_b = likelihood(*covariances(theta))
        if not np.isfinite(value):
            return 1e12, np.zeros_like(theta)
        return value / sums.rows, pull(theta, slope_w, slope_b) / sums.rows

    options = {"maxiter": 5000, "maxfun": 10_000, "ftol": 1e-15, "gtol": 1e-8, "maxcor": 30}
    found = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    theta = np.asarray(found.x)
    slope = cost(theta)[1]
    if bounds is not None:  # at its floor an own variance may want to go lower
        low = np.array([-np.inf if pair[0] is None else pair[0] for pair in bounds])
        slope = np.where((theta <= low * 1.000001) & (slope > 0), 0.0, slope)
    within, between = covariances(theta)
    return LevelFit(
        within,
        between,
        theta,
        covariances,
        _second_derivatives(lambda at: cost(at)[1] * sums.rows, theta),
        bool(np.abs(slope).max() < 1e-5),
        -float(found.fun) * sums.rows - sums.rows * len(within) / 2 * float(np.log(2 * np.pi)),
    )


def _second_derivatives(slope: Callable[[Floats], Floats], at: Floats) -> Floats:
    step = 1e-5
    rows = []
    for place in range(len(at)):
        move = np.zeros_like(at)
        move[place] = step
        rows.append((slope(at + move) - slope(at - move)) / (2 * step))
    matrix = np.array(rows)
    return np.asarray((matrix + matrix.T) / 2)


class _Likelihood:
    """Minus the log-likelihood of both covariance matrices (without its constant), and slopes."""

    def __init__(self, sums: LevelSums) -> None:
        self.sums = sums
        self.sizes, places = np.unique(sums.sizes, return_inverse=True)
        self.groups = np.bincount(places).astype(np.float64)
        k = len(sums.within)
        self.total = np.zeros((len(self.sizes), k))
        np.add.at(self.total, places, sums.means)
        self.products = np.zeros((len(self.sizes), k, k))
        np.add.at(self.products, places, sums.means[:, :, None] * sums.means[:, None, :])

    def __call__(self, within: Floats, between: Floats) -> tuple[float, Floats, Floats]:
        """Return the value and its slopes to both matrices."""
        sign, log_within = np.linalg.slogdet(within)
        each = within + self.sizes[:, None, None] * between
        signs, logs = np.linalg.slogdet(each)
        if sign <= 0 or (signs <= 0).any() or not np.isfinite([log_within, *logs]).all():
            return np.inf, within, between
        n, g = self.sizes[:, None, None].astype(np.float64), self.groups[:, None, None]
        inverse, inner = np.linalg.inv(each), np.linalg.inv(within)
        mean = self._mean(inverse)
        cross = self.total[:, :, None] * mean[None, None, :]
        scatter = self.products - cross - np.swapaxes(cross, 1, 2) + g * np.outer(mean, mean)
        scatter = n * scatter
        free = self.sums.rows - len(self.sums.sizes)
        value = free * log_within + (inner * self.sums.within).sum()
        value += (self.groups * logs).sum() + (inverse * scatter).sum()
        slopes = g * inverse - inverse @ scatter @ inverse
        slope_w = free * inner - inner @ self.sums.within @ inner + slopes.sum(axis=0)
        return float(value / 2), slope_w / 2, (n * slopes).sum(axis=0) / 2

    def _mean(self, inverse: Any) -> Floats:
        """Return the generalised least squares mean of the groups."""
        weight = self.sizes[:, None, None] * inverse
        left = (self.groups[:, None, None] * weight).sum(axis=0)
        right = (weight @ self.total[:, :, None])[:, :, 0].sum(axis=0)
        return np.asarray(np.linalg.solve(left, right))
