"""Means and covariances from all answers there are: the saturated model under missing answers."""

from __future__ import annotations

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.likelihood import value_and_slopes
from lcdiag.statistics.patterns import Patterns

_ROUNDS = 5000
_SETTLED = 1e-11
_SINGULAR = "not-positive-definite"


def saturated_moments(data: Patterns) -> tuple[Floats, Floats, float] | str:
    """Return the maximum likelihood means (p,), covariances (p, p) and the log-likelihood.

    Parameters
    ----------
    data : Patterns
        Rows with one answer at least. Complete rows have a closed form.

    Returns
    -------
    tuple, or str
        The reason: ``not-positive-definite`` (the covariances are singular, or become so: too few
        people share items), ``no-convergence``.

    Notes
    -----
    Formula: one round of EM moves the means by Sigma g and the covariances by Sigma G Sigma,
    less the square of the move of the means; g and G are the mean slopes of the likelihood.

    References
    ----------
    Dempster, Laird & Rubin (1977), Journal of the Royal Statistical Society B 39.
    """
    if len(data.n) == 1 and data.held.all():
        value, _, _ = value_and_slopes(data, data.means[0], data.spreads[0])
        return (data.means[0], data.spreads[0], value) if np.isfinite(value) else _SINGULAR
    means, covariance = _start(data)
    people = data.people
    scale = np.sqrt(np.diagonal(covariance))
    for _ in range(_ROUNDS):
        value, by_mean, by_covariance = value_and_slopes(data, means, covariance)
        if not np.isfinite(value):
            return _SINGULAR
        moved = covariance @ by_mean / people
        change = covariance @ by_covariance @ covariance / people - np.outer(moved, moved)
        means, covariance = means + moved, covariance + (change + change.T) / 2
        largest = max(
            float(np.abs(moved / scale).max()),
            float(np.abs(change / scale[:, None] / scale[None, :]).max()),
        )
        if largest < _SETTLED:
            value, _, _ = value_and_slopes(data, means, covariance)
            return (means, covariance, value) if np.isfinite(value) else _SINGULAR
    return "no-convergence"


def _start(data: Patterns) -> tuple[Floats, Floats]:
    """Return means and variances of the answers there are, without relations."""
    count = np.maximum(data.n @ data.held, 1)
    means = (data.n[:, None] * data.means).sum(axis=0) / count
    away = np.where(data.held, data.means - means, 0.0) ** 2
    inside = np.diagonal(data.spreads, axis1=1, axis2=2)
    variances = (data.n[:, None] * (away + inside)).sum(axis=0) / count
    return means, np.diag(np.maximum(variances, 1e-300))
