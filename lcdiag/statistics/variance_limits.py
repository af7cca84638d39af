"""Limits of variance components that do not profile the deviance: by derivatives, by simulation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lcdiag.statistics.arrays import Floats, Grouping
from lcdiag.statistics.intervals import Limits
from lcdiag.statistics.mixed_deviance import cell_sums
from lcdiag.statistics.mixed_fit import MixedFit, fit_components


def by_derivatives(
    fit: MixedFit, errors: tuple[Floats, Floats] | None, what: str, place: int
) -> Limits | None:
    """Return limits of a share (on the logit) or a component (on the log), or None.

    Parameters
    ----------
    fit : MixedFit
        At its optimum.
    errors : tuple of array or None
        From `mixed_profile.delta_errors`.
    what : {"share", "component"}
        Which.
    place : int
        Of the factor in the fit, or the number of factors for the rest.
    """
    from scipy.special import expit, logit, ndtri

    error = None if errors is None else errors[0 if what == "share" else 1][place]
    if error is None or not np.isfinite(error):
        return None
    parts = fit.components
    share, variance = float(parts[place] / parts.sum()), float(parts[place])

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * float(error)
        if what != "share":
            return variance * np.exp(-half), variance * np.exp(half)
        middle = logit(share)
        return float(expit(middle - half)), float(expit(middle + half))

    return limits


def simulated(
    fit: MixedFit,
    groupings: Mapping[str, Grouping],
    rng: np.random.Generator | None,
    times: int,
) -> Floats:
    """Return components of answers simulated from a fitted model, (times, factors + 1)."""
    assert rng is not None
    order = [groupings[name] for name in fit.sums.names]
    found = []
    for _ in range(times):
        y = fit.mean + np.sqrt(fit.residual) * rng.standard_normal(fit.sums.n)
        for grouping, part in zip(order, fit.components, strict=False):
            y += np.sqrt(part) * rng.standard_normal(len(grouping))[grouping.codes]
        start = np.maximum(fit.theta, 0.1)
        again = fit_components(cell_sums(y, dict(groupings)), fit.method, start, tight=False)
        found.append(again.components)
    return np.array(found)
