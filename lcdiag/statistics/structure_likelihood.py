"""Stated factors fitted by maximum likelihood, and described."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.likelihood import expected_information
from lcdiag.statistics.model_fit import FLOOR, ModelFit, Saturated, fit_model
from lcdiag.statistics.one_factor_results import (
    Errors,
    described,
    fit_free,
    parameter_covariance,
)
from lcdiag.statistics.robust_fit import inverse_of
from lcdiag.statistics.stated_factors import (
    StatedFactors,
    facing_up,
    first_guess,
    undetermined,
)
from lcdiag.statistics.structure import Index, simple_structure
from lcdiag.statistics.structure_fit import LikelihoodBasis, StructureFit, structure_fit

_UNIDENTIFIED = 1e-6


def fit_stated(
    against: Saturated, factor_of: Index, name: str, confidence: float = 0.90
) -> ModelFit | str:
    """Return the fit of stated factors to one group, or the reason why there is none.

    Parameters
    ----------
    against : Saturated
    factor_of : array of int, shape (k,)
    name : str
        Told with every measure.
    confidence : float
        Of the intervals of RMSEA.

    Notes
    -----
    ``no-convergence``; ``not-identified`` (a factor with too few items that load).
    """
    m = int(factor_of.max()) + 1
    if m == 1:
        found = fit_free(against, name, confidence)
        return found if isinstance(found, str) else _turned(found, factor_of)
    means, covariance = against.moments[0]
    own = np.diagonal(covariance)
    deviations, k = np.sqrt(own), len(own)
    loadings, between = first_guess(covariance / np.outer(deviations, deviations), factor_of)
    pairs = np.tril_indices(m, -1)
    free, one = np.full(k, np.inf), np.ones(len(pairs[0]))
    found = fit_model(
        [simple_structure(factor_of)],
        against,
        np.concatenate([loadings * deviations, (1 - loadings**2) * own, means, between[pairs]]),
        np.concatenate([-free, FLOOR * own, -free, -one]),
        upper=np.concatenate([free, free, free, one]),
        method=name,
        means=not against.complete,
        confidence=confidence,
    )
    if isinstance(found, str):
        return found
    at = found.maximum.parameters
    if undetermined(at[:k] / deviations, relations(at, factor_of), factor_of, _UNIDENTIFIED):
        return "not-identified"
    known = expected_information(found.groups, at)[np.ix_(found.free, found.free)]
    return "not-identified" if inverse_of(known) is None else _turned(found, factor_of)


def relations(values: Floats, factor_of: Index) -> Floats:
    """Return the matrix of what stands for each pair of factors among parameters, (m, m)."""
    m = int(factor_of.max()) + 1
    rows, columns = np.tril_indices(m, -1)
    out = np.eye(m)
    out[rows, columns] = out[columns, rows] = values[3 * len(factor_of) :]
    return out


def _turned(found: ModelFit, factor_of: Index) -> ModelFit:
    """Return the same fit with factors whose loadings sum to 0 or more."""
    at, k = found.maximum.parameters, len(factor_of)
    signs = facing_up(at[:k], factor_of)
    rows, columns = np.tril_indices(len(signs), -1)
    turn = np.concatenate([signs[factor_of], np.ones(2 * k), signs[rows] * signs[columns]])
    return replace(found, maximum=replace(found.maximum, parameters=turn * at))


def described_stated(
    found: ModelFit, against: Saturated, stated: StatedFactors, name: str, errors: Errors
) -> StructureFit:
    """Return a fit of stated factors with everything that follows from it.

    Parameters
    ----------
    found : ModelFit
        As `fit_stated` gives it.
    against : Saturated
    stated : StatedFactors
    name : str
        Told with every measure.
    errors : {"model", "robust"}
    """
    spread = parameter_covariance(found, against, errors)
    base = described(found, against, name, errors, spread=spread)
    at, k = found.maximum.parameters, len(stated.items)
    unknown = np.where(
        found.maximum.at_bound, np.nan, np.sqrt(np.maximum(np.diagonal(spread), 0.0))
    )
    correlations_error = relations(unknown, stated.factor_of)
    np.fill_diagonal(correlations_error, np.nan)
    return structure_fit(
        base,
        stated,
        relations(at, stated.factor_of),
        correlations_error,
        LikelihoodBasis(found, against),
        _standardised_errors(at[:k], at[k : 2 * k], spread[: 2 * k, : 2 * k]),
    )


def _standardised_errors(loadings: Floats, own: Floats, spread: Floats) -> Floats:
    """Return errors of l / sqrt(l^2 + own) from the covariance of (loadings, own)."""
    size = (loadings**2 + own) ** 1.5
    slopes = np.hstack([np.diag(own / size), np.diag(-loadings / (2 * size))])
    variance = np.einsum("ij,jk,ik->i", slopes, spread, slopes)
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))
