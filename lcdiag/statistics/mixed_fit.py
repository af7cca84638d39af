"""Variance components by (restricted) maximum likelihood, to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.mixed_deviance import CellSums, Solved, solve

Method = Literal["reml", "ml"]


@dataclass(frozen=True, eq=False)
class MixedFit:
    """Components at the optimum.

    Attributes
    ----------
    sums : CellSums
        What they were estimated from.
    method : {"reml", "ml"}
        Which deviance.
    theta : array, shape (f,)
        Standard deviations over that of the rest, in the order of `sums.names`.
    residual : float
        Variance of the rest.
    mean, mean_error : float
        Generalised least squares mean of y, and its standard error.
    deviance : float
        Minus twice the (restricted) log-likelihood, with all its constants.
    converged : bool
        Whether the slope is 0 to rounding.
    """

    sums: CellSums
    method: Method
    theta: Floats
    residual: float
    mean: float
    mean_error: float
    deviance: float
    converged: bool

    @property
    def components(self) -> Floats:
        """Return the variances of the factors and of the rest, (f + 1,)."""
        return np.append(self.theta**2 * self.residual, self.residual)


def deviance(sums: CellSums, theta: Floats, method: Method) -> tuple[float, Floats, Solved]:
    """Return the deviance with mean and rest at their best, its slope to theta^2, and the parts."""
    found = solve(sums, theta)
    free = sums.n - (1 if method == "reml" else 0)
    squares = max(found.own - found.cross**2 / found.ones, 1e-300)
    value = found.logdet + free * (1 + np.log(2 * np.pi * squares / free))
    if method == "reml":
        value += np.log(found.ones)
    mean = found.cross / found.ones
    slope = np.zeros(len(theta))
    for place, scale in enumerate(theta):
        levels = sums.levels[place]
        to_one, to_y = effects(sums, found, theta, place)
        residual = to_y - mean * to_one
        # tr(Z'V^-1 Z) = (levels - tr(M^-1 block)) / theta^2
        if scale > 1e-4 and np.isfinite(found.traces[place]):
            trace = float(levels - found.traces[place]) / scale**2
        else:
            trace = _trace_by_steps(sums, theta, place)
        if method == "reml":
            trace -= float(to_one @ to_one) / found.ones
        slope[place] = trace - free * float(residual @ residual) / squares
    return float(value), slope, found


def effects(sums: CellSums, found: Solved, theta: Floats, place: int) -> tuple[Floats, Floats]:
    """Return Z'V^-1 1 and Z'V^-1 y of one factor."""
    scale = theta[place]
    if scale > 1e-4:
        return found.effects_one[place] / scale, found.effects_y[place] / scale
    # the solution vanishes with theta: take Z'(. - what the other factors explain)
    one, y = sums.counts[place].copy(), sums.sums[place].copy()
    for other, (to_one, to_y) in enumerate(zip(found.effects_one, found.effects_y, strict=True)):
        one -= theta[other] * _between(sums, place, other, to_one)
        y -= theta[other] * _between(sums, place, other, to_y)
    return one, y


def _between(sums: CellSums, place: int, other: int, vector: Floats) -> Floats:
    """Return Z_place' Z_other vector."""
    if place == other:
        return sums.counts[place] * vector
    ends = np.concatenate([[0], np.cumsum(sums.levels[1:])])
    if 0 in (place, other):
        inner = max(place, other) - 1
        block = sums.across[:, ends[inner] : ends[inner + 1]]
        return np.asarray(block @ vector if place == 0 else block.T @ vector)
    rows = slice(ends[place - 1], ends[place])
    columns = slice(ends[other - 1], ends[other])
    return np.asarray(sums.rest[rows][:, columns] @ vector)


def _trace_by_steps(sums: CellSums, theta: Floats, place: int) -> float:
    """Return tr(Z'V^-1 Z) as the slope of log |V|, where the inverse is not at hand."""
    square = float(theta[place]) ** 2
    step = max(1e-4 * square, 1e-6)
    ends = []
    for at in (square + step, max(square - step, 0.0)):
        moved = theta.copy()
        moved[place] = np.sqrt(at)
        ends.append((at, solve(sums, moved, want_traces=False).logdet))
    (high, above), (low, below) = ends
    return float((above - below) / (high - low))


def fit_components(
    sums: CellSums, method: Method, start: Floats | None = None, *, tight: bool = True
) -> MixedFit:
    """Return the components; a factor at its boundary has theta 0.

    `tight` goes on to the last digit; without it, and in a sparse system, where the slope is known
    to some six digits, so are the components.
    """
    theta = _minimum(
        lambda at: _cost(sums, at, method), np.ones(len(sums.names)) if start is None else start
    )
    settled = True
    if tight and (sums.dense or len(sums.names) == 1):
        theta, settled = _polished(sums, theta, method)
    value, _, found = deviance(sums, theta, method)
    free = sums.n - (1 if method == "reml" else 0)
    residual = (found.own - found.cross**2 / found.ones) / free
    return MixedFit(
        sums,
        method,
        theta,
        float(residual),
        float(found.cross / found.ones) + sums.middle,
        float(np.sqrt(residual / found.ones)),
        value,
        settled,
    )


def _cost(sums: CellSums, theta: Floats, method: Method) -> tuple[float, Floats]:
    value, slope, _ = deviance(sums, theta, method)
    return value, 2 * theta * slope


def _minimum(cost: Callable[[Floats], tuple[float, Floats]], start: Floats) -> Floats:
    from scipy.optimize import minimize

    first, _ = cost(start)

    def moved(theta: Floats) -> tuple[float, Floats]:
        value, slope = cost(theta)
        return value - first, slope

    bounds = [(0.0, 1e4)] * len(start)
    options = {"ftol": 1e-13, "gtol": 1e-6, "maxiter": 500}
    found = minimize(moved, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return np.asarray(found.x)


def _polished(sums: CellSums, theta: Floats, method: Method) -> tuple[Floats, bool]:
    """Return theta after Newton steps on theta^2, and whether they settled."""
    square = np.where(theta < 1e-4, 0.0, theta**2)
    for _ in range(30):
        slope = deviance(sums, np.sqrt(square), method)[1]
        free = (square > 0) | (slope < -1e-7)
        square = np.where(free & (square == 0), 1e-6, square)
        if not free.any():
            return np.sqrt(square), True
        matrix = curvature(sums, square, method, free)
        eigen = np.linalg.eigvalsh(matrix)
        slope = deviance(sums, np.sqrt(square), method)[1][free]
        step = -np.linalg.solve(matrix, slope) if eigen[0] > 0 else -slope / np.abs(eigen).max()
        new = square.copy()
        new[free] = np.maximum(square[free] + step, 0.0)
        moved = float(np.abs(new - square).max() / (1 + square.max()))
        square = np.where(new < 1e-12, 0.0, new)
        if moved < 1e-13:
            return np.sqrt(square), True
        if moved < 1e-9 and eigen[0] > 0:
            settled = square
            slope = deviance(sums, np.sqrt(settled), method)[1][free & (settled > 0)]
            if not len(slope) or float(np.abs(slope).max()) < 1e-7 * sums.n:
                return np.sqrt(settled), True
    return np.sqrt(square), False


def curvature(
    sums: CellSums, square: Floats, method: Method, free: np.typing.NDArray[np.bool_]
) -> Floats:
    """Return second derivatives of the deviance to theta^2 of the free factors."""
    places = np.flatnonzero(free)
    rows = []
    for place in places:
        step = 1e-5 * max(float(square[place]), 1e-3)
        up, down = square.copy(), square.copy()
        up[place] += step
        down[place] = max(down[place] - step, 0.0)
        ends = [deviance(sums, np.sqrt(at), method)[1][places] for at in (up, down)]
        rows.append((ends[0] - ends[1]) / (up[place] - down[place]))
    matrix = np.array(rows)
    return np.asarray((matrix + matrix.T) / 2)
