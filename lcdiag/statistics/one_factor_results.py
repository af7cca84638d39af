"""One factor fitted to one group, and described item by item."""

from __future__ import annotations

from typing import Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.factor_fit import FactorFit
from lcdiag.statistics.likelihood import observed_information
from lcdiag.statistics.model_fit import FLOOR, ModelFit, Saturated, fit_model
from lcdiag.statistics.one_factor import fit_one_factor
from lcdiag.statistics.robust_fit import sandwich
from lcdiag.statistics.structure import single_factor

Errors = Literal["model", "robust"]


def fit_free(against: Saturated, name: str, confidence: float = 0.90) -> ModelFit | str:
    """Return the fit with free loadings to one group, or the reason why there is none."""
    means, covariance = against.moments[0]
    k = len(means)
    start, lower = started(means, covariance)
    found = fit_model(
        [single_factor(k)],
        against,
        start,
        lower,
        method=name,
        means=not against.complete,
        confidence=confidence,
    )
    if isinstance(found, str):
        return found
    deviations = np.sqrt(np.diagonal(covariance))
    # two items alone fix the product of their loadings, never the loadings
    if (np.abs(found.maximum.parameters[:k] / deviations) > 1e-6).sum() < 3:
        return "not-identified"
    return found


def fit_equal(against: Saturated, name: str, confidence: float = 0.90) -> ModelFit | str:
    """Return the fit with one loading for all items to one group, or the reason why not."""
    means, covariance = against.moments[0]
    own = np.diagonal(covariance)
    k = len(own)
    common = max((covariance.sum() - own.sum()) / (k * (k - 1)), 0.05 * float(own.min()))
    start = np.concatenate([[np.sqrt(common)], np.maximum(own - common, 0.1 * own), means])
    lower = np.concatenate([[0.0], FLOOR * own, np.full(k, -np.inf)])
    return fit_model(
        [single_factor(k, equal=True)],
        against,
        start,
        lower,
        method=name,
        means=not against.complete,
        confidence=confidence,
    )


def started(means: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """Return where to begin with one factor, and the bounds: loadings, own, intercepts."""
    own = np.diagonal(covariance)
    deviations = np.sqrt(own)
    r = covariance / deviations[:, None] / deviations[None, :]
    first = fit_one_factor(r, "ml")
    start = np.concatenate([first.loadings * deviations, first.own * own, means])
    free = np.full(len(own), -np.inf)
    return start, np.concatenate([free, FLOOR * own, free])


def described(
    found: ModelFit,
    against: Saturated,
    name: str,
    errors: Errors,
    *,
    equal: bool = False,
    spread: Floats | None = None,
) -> FactorFit:
    """Return a fit of one group in the words of FactorFit.

    `spread`: the covariance of the parameters (loadings, own, intercepts, others), where known.
    """
    k, n = against.data[0].items, against.people
    values = found.maximum.parameters
    if spread is None:
        spread = parameter_covariance(found, against, errors)
    bound = found.maximum.at_bound
    if equal:  # the loading that all items share stands k times
        place = np.concatenate([np.zeros(k, np.intp), np.arange(1, 2 * k + 1)])
        values, spread, bound = values[place], spread[np.ix_(place, place)], bound[place]
    sign = -1.0 if values[:k].sum() < 0 else 1.0
    turn = np.concatenate([np.full(k, sign), np.ones(len(values) - k)])
    spread = spread * turn[:, None] * turn[None, :]
    # a sandwich of few communities has variances of 0, which rounding may take below it
    errors_of = np.sqrt(np.where(bound, np.nan, np.maximum(np.diagonal(spread), 0.0)))
    loadings, own = sign * values[:k], values[k : 2 * k]
    implied = loadings**2 + own
    heywood = bool(bound[k : 2 * k].any())
    method = name + (", heywood" if heywood else "")
    q = len(found.maximum.parameters) - (k if against.complete else 0)
    value = found.maximum.value

    def known(number: float) -> Estimate:
        return Estimate(value=float(number), n=n, method=method)

    return FactorFit(
        loadings=loadings,
        own=own,
        intercepts=values[2 * k : 3 * k],
        loadings_error=errors_of[:k],
        own_error=errors_of[k : 2 * k],
        intercepts_error=errors_of[2 * k : 3 * k],
        loadings_std=loadings / np.sqrt(implied),
        own_std=own / implied,
        covariance=spread[: 2 * k, : 2 * k],
        plain=found.plain,
        scaled=found.scaled,
        robust=found.robust,
        srmr=found.srmr,
        rmr=found.rmr,
        gfi=found.gfi,
        log_likelihood=known(value),
        aic=known(2 * q - 2 * value),
        bic=known(q * np.log(n) - 2 * value),
        parameters=q,
        n=n,
        method=method,
        heywood=heywood,
    )


def parameter_covariance(found: ModelFit, against: Saturated, errors: Errors) -> Floats:
    """Return the sampling covariance of the parameters, NaN where it cannot be computed."""
    spread: Floats | None
    if errors == "model":
        observed = None
        if not against.complete:
            observed = observed_information(found.groups, found.maximum.parameters)
        spread = found.expected_covariance(observed)
    elif any(part.rows is None for part in against.data):
        spread = None
    else:
        spread = sandwich(found.groups, found.maximum.parameters, found.free, against.clusters)
    q = len(found.maximum.parameters)
    return np.full((q, q), np.nan) if spread is None else spread
