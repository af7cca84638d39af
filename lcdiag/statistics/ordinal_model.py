"""One factor behind ordinal items, fitted to polychoric correlations by weighted least squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lcdiag.statistics.arrays import Floats, Grouping
from lcdiag.statistics.contingency import Codes, Contingency
from lcdiag.statistics.latent_correlation import two_step
from lcdiag.statistics.latent_sampling import correlation_errors, influence, sampling_covariance
from lcdiag.statistics.pair_tables import filled, pair_reasons, thresholds_of

_LEAST_DAMPING = 1e-9
_STEPS = 500
_UNIDENTIFIED = 1e-6


@dataclass(frozen=True, eq=False)
class OrdinalModel:
    """Thresholds, polychoric correlations, and loadings fitted to these.

    Attributes
    ----------
    data : Contingency
        Complete rows.
    thresholds : array, shape (k, c - 1)
        Infinite where an item has fewer options.
    pairs : array of int, shape (2, m)
    rho : array, shape (m,)
    weights : array, shape (m,)
        1 over n times the sampling variance of each correlation, people independent.
    loadings : array, shape (k,)
    converged : bool
    """

    data: Contingency
    thresholds: Floats
    pairs: Codes
    rho: Floats
    weights: Floats
    loadings: Floats
    converged: bool

    @property
    def parameters(self) -> int:
        """Return how many parameters the correlations follow from."""
        return len(self.loadings)

    @property
    def fitted(self) -> Floats:
        """Return the correlations that the loadings imply, (m,)."""
        return np.asarray(self.loadings[self.pairs[0]] * self.loadings[self.pairs[1]])

    @property
    def slopes(self) -> Floats:
        """Return the slopes of the fitted correlations along the loadings, (m, k)."""
        return slopes_of(self.loadings, self.pairs)

    @property
    def from_rho(self) -> Floats:
        """Return how the loadings follow the correlations, (k, m)."""
        weighted = self.slopes.T * self.weights
        return np.asarray(np.linalg.solve(weighted @ self.slopes, weighted))

    def sampling(self, cluster: Grouping | None) -> Floats:
        """Return n times the covariance of (thresholds, correlations)."""
        tables = self.data.tables[self.pairs[0], self.pairs[1]].astype(np.float64)
        margins = self.data.margins.astype(np.float64)
        found = influence(tables, margins, self.thresholds, self.pairs, self.rho)
        used = np.isfinite(self.thresholds)
        return sampling_covariance(found, self.data, used, self.pairs, cluster)

    def matrix(self, values: Floats) -> Floats:
        """Return a (k, k) matrix with these values of pairs and 1 on the diagonal."""
        out = np.eye(len(self.loadings))
        out[self.pairs[0], self.pairs[1]] = out[self.pairs[1], self.pairs[0]] = values
        return out


@dataclass(frozen=True, eq=False)
class Latent:
    """What ordinal answers say of the responses behind them, as fields of `OrdinalModel`."""

    data: Contingency
    thresholds: Floats
    pairs: Codes
    rho: Floats
    weights: Floats


def latent_of(data: Contingency, correction: float = 0.5) -> Latent | str:
    """Return thresholds, polychoric correlations and weights, or the reason why there are none.

    Notes
    -----
    ``fewer-than-3-items``; ``constant-item``; ``constant-pair``; ``no-overlap``;
    ``perfect-correlation`` (a correlation at -1 or 1); ``not-identified`` (no relations).
    """
    k = len(data.levels)
    if k < 3:
        return "fewer-than-3-items"
    pairs = np.asarray(np.triu_indices(k, 1))
    reasons = pair_reasons(data, pairs)
    if (reasons != "").any():
        return str(reasons[reasons != ""][0])
    thresholds = thresholds_of(data)
    counts = data.tables[pairs[0], pairs[1]].astype(np.float64)
    tables = filled(counts, data, pairs, correction, "2x2")
    rho, bound = two_step(tables, thresholds[pairs[0]], thresholds[pairs[1]])
    if bound.any():
        return "perfect-correlation"
    if np.abs(rho).max() < _UNIDENTIFIED:
        return "not-identified"
    margins = data.margins.astype(np.float64)
    found = influence(counts, margins, thresholds, pairs, rho)
    errors = correlation_errors(found, counts, margins, pairs)
    if not np.isfinite(errors).all():
        return "not-identified"
    return Latent(data, thresholds, pairs, rho, 1 / (data.rows * errors**2))


def fit_ordinal(data: Contingency, correction: float = 0.5) -> OrdinalModel | str:
    """Return the fitted model, or the reason why there is none.

    Notes
    -----
    Formula: the loadings that minimise sum w (rho - l_i l_j)^2 over pairs, w = 1 / variance.

    As `latent_of`; ``not-identified`` (fewer than 3 items load); ``no-convergence``.
    """
    found = latent_of(data, correction)
    if isinstance(found, str):
        return found
    k = len(data.levels)
    loadings, converged = weighted_loadings(found.rho, found.weights, found.pairs, k)
    if not converged:
        return "no-convergence"
    if (np.abs(loadings) > _UNIDENTIFIED).sum() < 3:
        return "not-identified"
    return OrdinalModel(
        data, found.thresholds, found.pairs, found.rho, found.weights, loadings, converged
    )


def slopes_of(loadings: Floats, pairs: Codes) -> Floats:
    """Return the slopes of the products of loadings along each loading, (m, k)."""
    out = np.zeros((pairs.shape[1], len(loadings)))
    place = np.arange(pairs.shape[1])
    out[place, pairs[0]] = loadings[pairs[1]]
    out[place, pairs[1]] = loadings[pairs[0]]
    return out


def weighted_loadings(rho: Floats, weights: Floats, pairs: Codes, k: int) -> tuple[Floats, bool]:
    """Return the loadings of least weighted squares, their sum not negative, and if they settled.

    Parameters
    ----------
    rho, weights : array, shape (m,)
    pairs : array of int, shape (2, m)
    k : int
        Items.

    Notes
    -----
    Levenberg and Marquardt's steps from the first principal component.
    """
    r = np.eye(k)
    r[pairs[0], pairs[1]] = r[pairs[1], pairs[0]] = rho
    values, vectors = np.linalg.eigh(r)
    at = vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.01) / max(k - 1, 1) * k)
    weights = weights / weights.mean()

    def lost(loadings: Floats) -> float:
        return float((weights * (rho - loadings[pairs[0]] * loadings[pairs[1]]) ** 2).sum())

    damping, value, settled = 1e-3, lost(at), False
    for _ in range(_STEPS):
        slopes = slopes_of(at, pairs)
        down = slopes.T @ (weights * (rho - at[pairs[0]] * at[pairs[1]]))
        curve = (slopes.T * weights) @ slopes
        own = damping * np.maximum(np.diagonal(curve), 1e-8)
        step = np.linalg.solve(curve + np.diag(own), down)
        there = lost(at + step)
        settled = bool(np.abs(step).max() < 1e-10)
        if there <= value:
            # never so little that loadings which nothing determines make the system singular
            at, value, damping = at + step, there, max(damping / 10, _LEAST_DAMPING)
        elif not settled:
            damping *= 10
        if settled or damping > 1e12:
            break
    return (-at if at.sum() < 0 else at), settled
