"""One common factor behind a correlation matrix: maximum likelihood and minimum residuals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lcdiag.statistics.arrays import Floats

FLOOR = 0.005
"""Smallest own variance of a standardised item; an item at it is a Heywood case."""


@dataclass(frozen=True, eq=False)
class OneFactor:
    """Loadings and own variances of standardised items.

    Attributes
    ----------
    loadings, own : array, shape (k,)
        Signs so that the loadings sum to 0 or more.
    heywood : bool
        Whether an own variance lies at its floor.
    converged : bool
        Whether the fit settled.
    """

    loadings: Floats
    own: Floats
    heywood: bool
    converged: bool


def fit_one_factor(r: Floats, method: Literal["ml", "minres"]) -> OneFactor:
    """Return the one-factor fit of a correlation matrix.

    Parameters
    ----------
    r : array, shape (k, k)
        Correlations of three items or more; positive definite for ``ml``.
    method : {"ml", "minres"}
        Maximum likelihood by Fisher scoring; least squares of the correlations off the diagonal.

    References
    ----------
    Lawley & Maxwell (1971), Factor Analysis as a Statistical Method; Harman & Jones (1966),
    Psychometrika 31(3).
    """
    fit = _maximum_likelihood(r) if method == "ml" else _minimum_residuals(r)
    if fit.loadings.sum() < 0:
        return OneFactor(-fit.loadings, fit.own, fit.heywood, fit.converged)
    return fit


def information(loadings: Floats, own: Floats) -> Floats:
    """Return the expected information of one person on loadings and own variances, (2k, 2k)."""
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(own))
    weighted = inverse @ loadings
    top = np.outer(weighted, weighted) + inverse * float(loadings @ weighted)
    side = inverse * weighted[None, :]
    return np.block([[top, side], [side.T, inverse**2 / 2]])


def _maximum_likelihood(r: Floats) -> OneFactor:
    loadings = _start(r)
    own = np.clip(1 - loadings**2, 0.05, None)
    worth = _discrepancy(r, loadings, own)
    k = len(r)
    for _ in range(500):
        inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(own))
        gap = inverse @ (r - np.outer(loadings, loadings) - np.diag(own)) @ inverse
        score = np.concatenate([gap @ loadings, np.diagonal(gap) / 2])
        # an own variance at its floor that wants to go lower stays there
        free = np.concatenate([np.ones(k, bool), (own > FLOOR * 1.0000001) | (score[k:] > 0)])
        if np.abs(score[free]).max() < 1e-12:
            return _result(loadings, own, True)
        step = np.zeros(2 * k)
        matrix = information(loadings, own)[np.ix_(free, free)]
        step[free] = np.linalg.lstsq(matrix, score[free], rcond=None)[0]
        size, better = 1.0, False
        while size > 1e-8:
            new_loadings = loadings + size * step[:k]
            new_own = np.maximum(own + size * step[k:], FLOOR)
            new_worth = _discrepancy(r, new_loadings, new_own)
            if new_worth <= worth + 1e-14:
                better = True
                break
            size /= 2
        if not better:
            return _result(loadings, own, bool(np.abs(score[free]).max() < 1e-6))
        moved = float(np.abs(new_loadings - loadings).max() + np.abs(new_own - own).max())
        loadings, own, worth = new_loadings, new_own, new_worth
        if moved < 1e-13:
            return _result(loadings, own, True)
    return _result(loadings, own, moved < 1e-6)


def _minimum_residuals(r: Floats) -> OneFactor:
    loadings = _start(r)
    k = len(r)
    off = r - np.diag(np.diagonal(r))
    limit = float(np.sqrt(1 - FLOOR))
    converged = False
    for _ in range(2000):
        before = loadings.copy()
        for item in range(k):  # each loading has a closed form, given the others
            others = float(loadings @ loadings - loadings[item] ** 2)
            if others > 0:
                loadings[item] = np.clip(off[item] @ loadings / others, -limit, limit)
        if np.abs(loadings - before).max() < 1e-13:
            converged = True
            break
    return _result(loadings, 1 - loadings**2, converged)


def _start(r: Floats) -> Floats:
    """Return loadings of the first principal axis, shrunk to leave room for own variances."""
    values, vectors = np.linalg.eigh(r)
    loadings = vectors[:, -1] * np.sqrt(max(float(values[-1]), 0.0))
    return np.asarray(np.clip(loadings, -0.95, 0.95) * 0.9, dtype=np.float64)


def _discrepancy(r: Floats, loadings: Floats, own: Floats) -> float:
    """Return log|S| + tr(R / S) of the model S, by its closed inverse."""
    scaled = loadings / own
    inner = 1 + float(loadings @ scaled)
    trace = float((np.diagonal(r) / own).sum()) - float(scaled @ r @ scaled) / inner
    return float(np.log(own).sum()) + float(np.log(inner)) + trace


def _result(loadings: Floats, own: Floats, converged: bool) -> OneFactor:
    return OneFactor(loadings, own, bool((own <= FLOOR * 1.000001).any()), converged)
