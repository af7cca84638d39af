"""Profile likelihood limits of variance components, of their shares and of the mean.

Each limit is where the deviance, with all else at its best, has risen by the quantile of
chi-square with one degree of freedom.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.mixed_deviance import solve
from lcdiag.statistics.mixed_fit import Method, MixedFit, curvature, deviance, effects

_Cost = Callable[[Floats], tuple[float, Floats]]
_STEPS = 60


class Profile:
    """Profiles around one fit; `method` says of which deviance.

    Parameters
    ----------
    fit : MixedFit
        At the optimum of the same deviance.
    """

    def __init__(self, fit: MixedFit) -> None:
        self.fit = fit
        self.sums = fit.sums
        self.method: Method = fit.method

    def share(self, place: int, level: float) -> tuple[float, float]:
        """Return limits of the share of a factor, or of the rest (place = number of factors)."""
        parts = self.fit.components
        best = float(parts[place] / parts.sum())
        return self._limits(lambda at: self._share_cost(place, at), best, (0.0, 1.0), level)

    def share_rise(self, place: int, share: float) -> float:
        """Return how far the deviance rises when a share is fixed, 0 at its best value.

        A share lies within the limits of a level where this is at most the quantile of chi-square
        with one degree of freedom.
        """
        return max(self._share_cost(place, share) - self.fit.deviance, 0.0)

    def component(self, place: int, level: float) -> tuple[float, float]:
        """Return limits of the standard deviation of a factor, or of the rest."""
        best = float(np.sqrt(self.fit.components[place]))
        cost = self._rest_cost if place == len(self.fit.theta) else self._sd_cost
        whole = float(np.sqrt(self.fit.components.sum()))
        if place == len(self.fit.theta):
            return self._limits(lambda at: cost(place, at), best, (1e-6 * best, np.inf), level)
        return self._limits(lambda at: cost(place, at), best, (0.0, np.inf), level, scale=whole)

    def mean(self, level: float) -> tuple[float, float]:
        """Return limits of the mean (of the deviance of ML, whatever `method` is)."""
        best, step = self.fit.mean, self.fit.mean_error

        def cost(at: float) -> float:
            return self._best(lambda theta: self._fixed_mean(theta, at), self.fit.theta)

        return self._limits(cost, best, (-np.inf, np.inf), level, scale=4 * step)

    def _limits(
        self,
        cost: Callable[[float], float],
        best: float,
        ends: tuple[float, float],
        level: float,
        scale: float = 0.0,
    ) -> tuple[float, float]:
        from scipy.special import chdtri

        rise = float(chdtri(1, 1 - level))
        lowest = self.fit.deviance
        step = scale or max(abs(best), 1e-3)
        return (
            _crossing(cost, best, ends[0], lowest, rise, step),
            _crossing(cost, best, ends[1], lowest, rise, step),
        )

    def _share_cost(self, place: int, share: float) -> float:
        """Return the best deviance with one share fixed."""
        factors = len(self.fit.theta)
        others = [at for at in range(factors) if at != place]
        if place < factors:
            odds = share / (1 - share)

            def theta_of(free: Floats) -> tuple[Floats, Floats]:
                theta = np.zeros(factors)
                theta[others] = free
                theta[place] = np.sqrt(odds * (1 + float(free @ free)))
                jacobian = np.zeros((factors, len(free)))
                jacobian[others, np.arange(len(free))] = 2 * free
                jacobian[place] = odds * 2 * free
                return theta, jacobian

            return self._best(self._chained(theta_of), self.fit.theta[others])
        total = (1 - share) / share

        def on_simplex(free: Floats) -> tuple[Floats, Floats]:
            length = float(free @ free)
            weights = free**2 / length
            jacobian = np.diag(2 * free / length) - np.outer(weights, 2 * free / length)
            return np.sqrt(total * weights), total * jacobian

        start = np.maximum(self.fit.theta, 1e-2)
        return self._best(self._chained(on_simplex), start)

    def _chained(self, theta_of: Callable[[Floats], tuple[Floats, Floats]]) -> _Cost:
        """Return the deviance and slope in other coordinates; the slope is to theta^2."""

        def cost(free: Floats) -> tuple[float, Floats]:
            theta, jacobian = theta_of(free)
            value, slope, _ = deviance(self.sums, theta, self.method)
            return value, slope @ jacobian

        return cost

    def _sd_cost(self, place: int, sd: float) -> float:
        """Return the best deviance with one standard deviation fixed, in the units of y."""
        factors = len(self.fit.theta)
        others = [at for at in range(factors) if at != place]

        def cost(free: Floats) -> tuple[float, Floats]:
            # free: the other thetas, and the log of the rest's standard deviation
            sigma = float(np.exp(free[-1]))
            theta = np.zeros(factors)
            theta[others] = free[:-1]
            theta[place] = sd / sigma
            value, slope, along = self._at_sigma(theta, sigma)
            slopes = np.append(slope[others] * 2 * free[:-1], along)
            slopes[-1] -= slope[place] * 2 * theta[place] ** 2
            return value, slopes

        start = np.append(self.fit.theta[others], np.log(np.sqrt(self.fit.residual)))
        return self._best(cost, start, logs=1)

    def _rest_cost(self, place: int, sigma: float) -> float:
        """Return the best deviance with the rest's standard deviation fixed."""

        def cost(theta: Floats) -> tuple[float, Floats]:
            value, slope, _ = self._at_sigma(theta, sigma)
            return value, 2 * theta * slope

        return self._best(cost, self.fit.theta * np.sqrt(self.fit.residual) / sigma)

    def _at_sigma(self, theta: Floats, sigma: float) -> tuple[float, Floats, float]:
        """Return the deviance at a given sd of the rest, its slope to theta^2 and to log sd."""
        _, slope, found = deviance(self.sums, theta, self.method)
        free = self.sums.n - (1 if self.method == "reml" else 0)
        squares = max(found.own - found.cross**2 / found.ones, 1e-300)
        value = found.logdet + free * float(np.log(2 * np.pi * sigma**2)) + squares / sigma**2
        value += float(np.log(found.ones)) if self.method == "reml" else 0.0
        # the slope of the profiled deviance weighs the squares with free / squares
        mean = found.cross / found.ones
        for place in range(len(theta)):
            one, y = effects(self.sums, found, theta, place)
            residual = y - mean * one
            slope[place] += float(residual @ residual) * (free / squares - 1 / sigma**2)
        return value, slope, 2 * free - 2 * squares / sigma**2

    def _fixed_mean(self, theta: Floats, mean: float) -> tuple[float, Floats]:
        """Return the deviance of ML with the mean fixed, and its slope to theta."""
        _, slope, found = deviance(self.sums, theta, "ml")
        at = mean - self.sums.middle
        squares = found.own - 2 * at * found.cross + at**2 * found.ones
        least = max(found.own - found.cross**2 / found.ones, 1e-300)
        best = found.cross / found.ones
        for place in range(len(theta)):
            one, y = effects(self.sums, found, theta, place)
            here, there = y - at * one, y - best * one
            slope[place] += self.sums.n * (
                float(there @ there) / least - float(here @ here) / squares
            )
        value = found.logdet + self.sums.n * (1 + np.log(2 * np.pi * squares / self.sums.n))
        return float(value), 2 * theta * slope

    def _best(self, cost: _Cost, start: Floats, *, logs: int = 0) -> float:
        """Return the least cost over standard deviations of 0 or more (and some free numbers)."""
        from scipy.optimize import minimize

        if not len(start):
            return cost(start)[0]
        here = np.asarray(start, dtype=np.float64).copy()
        deviations = len(here) - logs
        here[:deviations] = np.maximum(here[:deviations], 1e-3)
        first = cost(here)[0]

        def moved(free: Floats) -> tuple[float, Floats]:
            value, slope = cost(free)
            return value - first, slope

        bounds = [(0.0, 1e4)] * deviations + [(None, None)] * logs
        options = {"ftol": 1e-12, "gtol": 1e-6, "maxiter": 300}
        found = minimize(moved, here, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
        return float(found.fun) + first


def _crossing(
    cost: Callable[[float], float],
    best: float,
    end: float,
    lowest: float,
    rise: float,
    step: float,
) -> float:
    """Return where the deviance has risen enough between the best value and an end."""
    from scipy.optimize import brentq

    def above(at: float) -> float:
        return cost(at) - lowest - rise

    finite = np.isfinite(end)
    far = end if finite else best
    if finite:
        inside = end + (best - end) * 1e-6
        if best == end or above(inside) <= 0:
            return float(end)
        far = inside
    else:
        side = 1.0 if end > best else -1.0
        for _ in range(_STEPS):
            far = far + side * step
            if above(far) > 0:
                break
            step *= 1.6
        else:
            return float(end)
    return float(brentq(above, best, far, xtol=1e-9 * max(1.0, abs(best)), rtol=1e-9))


def delta_errors(fit: MixedFit) -> tuple[Floats, Floats] | None:
    """Return standard errors of the logits of shares and of the logs of components, (f + 1,) each.

    From second derivatives of the deviance to theta^2 and the log of the rest's variance; None
    where they are not positive. Parts at their boundary get NaN.
    """
    square = fit.theta**2
    free = square > 0
    if not free.any():
        return None
    inner = curvature(fit.sums, square, fit.method, free) / 2
    if np.linalg.eigvalsh(inner)[0] <= 0:
        return None
    spread = np.linalg.inv(inner)
    degrees = fit.sums.n - (1 if fit.method == "reml" else 0)
    # how the best log variance of the rest moves with theta^2, and what is left of its own error
    slope = _rest_slope(fit, free)
    places = np.flatnonzero(free)
    total = 1 + float(square.sum())
    logits, logs = np.full(len(square) + 1, np.nan), np.full(len(square) + 1, np.nan)
    for number, place in enumerate(places):
        share = square[place] / total
        gradient = np.full(len(places), -square[place] / total**2)
        gradient[number] += 1 / total
        logits[place] = np.sqrt(gradient @ spread @ gradient) / (share * (1 - share))
        along = slope.copy()
        along[number] += 1 / square[place]
        logs[place] = np.sqrt(along @ spread @ along + 2 / degrees)
    gradient = np.full(len(places), -1 / total**2)
    share = 1 / total
    logits[-1] = np.sqrt(gradient @ spread @ gradient) / (share * (1 - share))
    logs[-1] = np.sqrt(slope @ spread @ slope + 2 / degrees)
    return logits, logs


def _rest_slope(fit: MixedFit, free: np.typing.NDArray[np.bool_]) -> Floats:
    """Return d log(variance of the rest) / d theta^2 of the free factors."""
    found = solve(fit.sums, fit.theta)
    squares = found.own - found.cross**2 / found.ones
    mean = found.cross / found.ones
    slopes = []
    for place in np.flatnonzero(free):
        one, y = effects(fit.sums, found, fit.theta, int(place))
        residual = y - mean * one
        slopes.append(-float(residual @ residual) / squares)
    return np.array(slopes)
