"""Measures of fit from the residuals of means and covariances."""

from __future__ import annotations

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.likelihood import Groups, padded_inverses
from lcdiag.statistics.moments import centred_moments
from lcdiag.statistics.patterns import Patterns


def residual_measures(
    groups: Groups,
    parameters: Floats,
    moments: list[tuple[Floats, Floats]],
    means: bool,
    method: str,
) -> tuple[Estimate, Estimate, Estimate]:
    """Return SRMR, RMR and GFI: group values weighted by people (SRMR, RMR), or pooled (GFI)."""
    n = sum(data.people for _, data in groups)
    srmr = rmr = lost = whole = 0.0
    for (structure, data), (mean, covariance) in zip(groups, moments, strict=True):
        model_mean, model = structure.implied(parameters)
        share, rows = data.people / n, np.tril_indices(data.items)
        scale = np.sqrt(np.diagonal(covariance))
        gap, away = covariance - model, mean - model_mean
        squares = [(gap / np.outer(scale, scale))[rows] ** 2, gap[rows] ** 2]
        if means:
            squares = [
                np.concatenate([squares[0], (away / scale) ** 2]),
                np.concatenate([squares[1], away**2]),
            ]
        srmr += share * float(np.sqrt(squares[0].mean()))
        rmr += share * float(np.sqrt(squares[1].mean()))
        seen = (mean, covariance)
        if not data.held.all():  # as defined for moments: those of the answers there are
            assert data.rows is not None
            factor = (data.people - 1) / data.people
            seen = (np.nanmean(data.rows, axis=0), centred_moments(data.rows).covariance() * factor)
        lost += _weighed(data, model, seen[0] - model_mean, seen[1] - model, means)
        whole += _weighed(data, model, *seen, means)
    values = (srmr, rmr, 1 - lost / whole)
    first, second, third = (Estimate(value=value, n=n, method=method) for value in values)
    return first, second, third


def _weighed(
    data: Patterns, model: Floats, means: Floats, covariances: Floats, counted: bool
) -> float:
    """Return the square of moments, weighted by the information that the model gives on them."""
    found = padded_inverses(data, model)
    assert found is not None
    moved = found[0] @ covariances
    total = np.einsum("rij,rji->r", moved, moved) / 2
    if counted:
        total = total + np.einsum("i,rij,j->r", means, found[0], means)
    return float(data.n @ total)
