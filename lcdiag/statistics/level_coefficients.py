"""Alpha and omega of two levels, from a fit of both: values, limits, and why there are none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.intervals import Limits
from lcdiag.statistics.resample import percentiles
from lcdiag.statistics.two_level import FLOOR, LevelFit, LevelSums, factor_fit

Coefficients = Callable[[LevelFit, Floats], Floats]
Fitter = Callable[[LevelSums], LevelFit]
_WIDEST = 100.0  # standard errors of log(1 - alpha), beyond which there are no limits
_NO_VARIANCE = 1e-4  # a between-groups variance below this share of the whole is none


def why_not(sums: LevelSums, least: int) -> str:
    """Return why neither level has a coefficient with `least` items or more, or ""."""
    k, groups = len(sums.within), len(sums.sizes)
    if k < least:
        return f"fewer-than-{least}-items"
    if groups < 2:
        return "fewer-than-2-groups"
    if sums.rows - groups <= k:
        return "fewer-rows-than-items"
    own = np.diagonal(sums.within)
    if (own <= 1e-12 * sums.rows * np.maximum(1.0, sums.means**2).max(axis=0)).any():
        return "constant-item"
    spread = np.sqrt(own)
    if np.linalg.eigvalsh(sums.within / spread[:, None] / spread[None, :])[0] < 1e-10:
        return "not-positive-definite"
    return ""


def why_not_between(sums: LevelSums, fit: LevelFit) -> str:
    """Return why there is no coefficient between groups, or ""."""
    if len(sums.sizes) <= len(sums.within):
        return "fewer-groups-than-items"
    share = np.trace(fit.between) / (np.trace(fit.between) + np.trace(fit.within))
    return "no-variance-between" if share < _NO_VARIANCE else ""


def scaled(sums: LevelSums) -> tuple[LevelSums, Floats]:
    """Return the sums of items divided by their spread within groups, and these spreads."""
    scale = np.sqrt(np.diagonal(sums.within) / max(sums.rows - len(sums.sizes), 1))
    scale = np.where(scale > 0, scale, 1.0)
    centre = sums.means.mean(axis=0) if len(sums.means) else 0.0
    within = sums.within / scale[:, None] / scale[None, :]
    return LevelSums(within, (sums.means - centre) / scale, sums.sizes), scale


def alphas(fit: LevelFit, scale: Floats) -> Floats:
    """Return alpha of both levels; NaN where the sum has no variance."""
    found = np.full(2, np.nan)
    for place, matrix in enumerate((fit.within, fit.between)):
        full = matrix * scale[:, None] * scale[None, :]
        k, total = len(full), float(full.sum())
        if total > 1e-12 * float(np.abs(full).sum()):
            found[place] = k / (k - 1) * (1 - float(np.trace(full)) / total)
    return found


def omegas(fit: LevelFit, scale: Floats) -> Floats:
    """Return omega of both levels; NaN where the sum has no variance."""
    found = np.full(2, np.nan)
    a, b, c, d = fit.theta.reshape(4, len(scale))
    for place, (loadings, own) in enumerate(((a, b), (c, d))):
        common = float(loadings @ scale) ** 2
        total = common + float(own @ scale**2)
        if total > 0:
            found[place] = common / total
    return found


def at_floor(fit: LevelFit, fitter: Fitter) -> tuple[bool, bool]:
    """Return, per level, whether an own variance of a factor model lies at its floor."""
    if fitter is not factor_fit:
        return False, False
    _, within, _, between = fit.theta.reshape(4, -1)
    edge = FLOOR * 1.001
    return bool((within <= edge).any()), bool((between <= edge).any())


def delta_limits(
    fit: LevelFit, scale: Floats, coefficients: Coefficients, values: Floats
) -> list[Limits | None]:
    """Return limits on a scale on which the coefficients are nearly normal."""
    from scipy.special import ndtri

    slopes = _slopes(fit, scale, coefficients)
    edges = at_floor(fit, factor_fit) if coefficients is omegas else (False, False)
    eigen = np.linalg.eigvalsh(fit.information)
    if eigen[0] < 1e-8 * eigen[-1]:
        return [None, None]  # some direction is not determined: a matrix lies at its boundary
    spread = slopes @ np.linalg.solve(fit.information, slopes.T)
    found: list[Limits | None] = []
    for place, value in enumerate(values):
        known = not edges[place] and np.isfinite(value) and spread[place, place] > 0 and value < 1
        if not known or (coefficients is omegas and value <= 0):
            found.append(None)
            continue
        error = float(np.sqrt(spread[place, place]))
        if error > _WIDEST * (1 - value):
            found.append(None)  # so unsure that limits would say nothing
            continue

        def limits(
            level: float, value: float = float(value), error: float = error
        ) -> tuple[float, float]:
            z = float(ndtri(0.5 + level / 2))
            if coefficients is alphas:
                half = z * error / (1 - value)
                return 1 - (1 - value) * np.exp(half), 1 - (1 - value) * np.exp(-half)
            middle, half = np.log(value / (1 - value)), z * error / (value * (1 - value))
            return 1 / (1 + np.exp(half - middle)), 1 / (1 + np.exp(-half - middle))

        found.append(limits)
    return found


def _slopes(fit: LevelFit, scale: Floats, coefficients: Coefficients) -> Floats:
    """Return the derivatives of both coefficients to the free numbers, (2, p)."""
    step = 1e-6
    columns = []
    for place in range(len(fit.theta)):
        ends = []
        for sign in (1, -1):
            theta = fit.theta.copy()
            theta[place] += sign * step
            within, between = fit.covariances(theta)
            moved = LevelFit(
                within, between, theta, fit.covariances, fit.information, True, fit.loglik
            )
            ends.append(coefficients(moved, scale))
        columns.append((ends[0] - ends[1]) / (2 * step))
    return np.array(columns).T


def bootstrap_limits(
    sums: LevelSums,
    scatters: Floats,
    fitter: Fitter,
    coefficients: Coefficients,
    rng: np.random.Generator | None,
    resamples: int,
) -> list[Limits | None]:
    """Return percentile limits over groups drawn again; a new fit each."""
    assert rng is not None
    groups = len(sums.sizes)
    found = np.full((resamples, 2), np.nan)
    for draw in range(resamples):
        again = sums.drawn(rng.integers(0, groups, groups), scatters)
        if why_not(again, 2):
            continue
        on_scale, scale = scaled(again)
        fit = fitter(on_scale)
        if fit.converged:
            found[draw] = coefficients(fit, scale)
    return [percentiles(found[:, 0]), percentiles(found[:, 1])]
