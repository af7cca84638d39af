"""Stated factors behind ordinal items, fitted to polychoric correlations by weighted squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats, Grouping
from lcdiag.statistics.contingency import Codes, Contingency
from lcdiag.statistics.ordinal_factor import described_ordinal
from lcdiag.statistics.ordinal_model import Latent, OrdinalModel, latent_of
from lcdiag.statistics.robust_fit import inverse_of
from lcdiag.statistics.stated_factors import (
    StatedFactors,
    facing_up,
    first_guess,
    undetermined,
)
from lcdiag.statistics.structure_fit import OrdinalBasis, StructureFit, structure_fit

_LEAST_DAMPING = 1e-9
_STEPS = 500
_UNIDENTIFIED = 1e-6


@dataclass(frozen=True, eq=False)
class OrdinalStructure(OrdinalModel):
    """Thresholds, polychoric correlations, and stated factors fitted to these.

    Attributes
    ----------
    factor_of : array of int, shape (k,)
        The place of the factor of each item.
    between : array, shape (m, m)
        Correlations of the factors, -1 and 1 included.
    """

    factor_of: Codes
    between: Floats

    @property
    def parameters(self) -> int:
        """Return how many parameters the correlations follow from."""
        m = len(self.between)
        return len(self.loadings) + m * (m - 1) // 2

    @property
    def fitted(self) -> Floats:
        """Return the correlations that loadings and factors imply, (m,)."""
        return _implied(self.loadings, self.between, self.factor_of, self.pairs)

    @property
    def slopes(self) -> Floats:
        """Return slopes of these along loadings, and relations of factors inside -1 and 1."""
        whole = _slopes(self.loadings, self.between, self.factor_of, self.pairs)
        return whole[:, np.concatenate([np.ones(len(self.loadings), bool), self.inside])]

    @property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Return which relations of factors lie inside -1 and 1: the triangle by rows."""
        return np.abs(self.between[np.tril_indices(len(self.between), -1)]) < 1


def _implied(loadings: Floats, between: Floats, factor_of: Codes, pairs: Codes) -> Floats:
    one, other = pairs
    return np.asarray(loadings[one] * loadings[other] * between[factor_of[one], factor_of[other]])


def _slopes(loadings: Floats, between: Floats, factor_of: Codes, pairs: Codes) -> Floats:
    """Return the slopes of the implied correlations along loadings and relations of factors."""
    one, other = pairs
    rows, columns = np.tril_indices(len(between), -1)
    number = np.full(between.shape, -1)
    number[rows, columns] = number[columns, rows] = len(loadings) + np.arange(len(rows))
    out = np.zeros((pairs.shape[1], len(loadings) + len(rows)))
    place = np.arange(pairs.shape[1])
    joint = between[factor_of[one], factor_of[other]]
    out[place, one] = loadings[other] * joint
    out[place, other] = loadings[one] * joint
    across = factor_of[one] != factor_of[other]
    which = number[factor_of[one], factor_of[other]][across]
    out[place[across], which] = (loadings[one] * loadings[other])[across]
    return out


def _bent(
    loadings: Floats, between: Floats, factor_of: Codes, pairs: Codes, weighted: Floats
) -> Floats:
    """Return the sum over pairs of `weighted` x the second derivatives of what is implied."""
    one, other = pairs
    k, m = len(loadings), len(between)
    rows, columns = np.tril_indices(m, -1)
    joint = np.zeros((k, k))
    joint[one, other] = weighted
    joint += joint.T
    out = np.zeros((k + len(rows), k + len(rows)))
    out[:k, :k] = joint * between[np.ix_(factor_of, factor_of)]
    # of each item, what the other items of a factor weigh by their loadings
    by_factor = joint * loadings @ (factor_of[:, None] == np.arange(m))
    for place, (row, column) in enumerate(zip(rows, columns, strict=True), start=k):
        out[:k, place] = np.where(factor_of == row, by_factor[:, column], 0.0)
        out[:k, place] += np.where(factor_of == column, by_factor[:, row], 0.0)
        out[place, :k] = out[:k, place]
    return out


def weighted_structure(
    rho: Floats, weights: Floats, pairs: Codes, factor_of: Codes
) -> tuple[Floats, Floats, bool]:
    """Return loadings and factor correlations of least weighted squares, and if they settled.

    Parameters
    ----------
    rho, weights : array, shape (m,)
    pairs : array of int, shape (2, m)
    factor_of : array of int, shape (k,)

    Notes
    -----
    Newton's steps, damped as Levenberg and Marquardt do; a correlation of factors that wants to
    pass -1 or 1 stays there.
    """
    k, m = len(factor_of), int(factor_of.max()) + 1
    r = np.eye(k)
    r[pairs[0], pairs[1]] = r[pairs[1], pairs[0]] = rho
    rows, columns = np.tril_indices(m, -1)
    loadings, between = first_guess(r, factor_of)
    at = np.concatenate([loadings, between[rows, columns]])
    bound = np.concatenate([np.full(k, np.inf), np.ones(len(rows))])
    weights = weights / weights.mean()

    def parts(there: Floats) -> tuple[Floats, Floats]:
        matrix = np.eye(m)
        matrix[rows, columns] = matrix[columns, rows] = there[k:]
        return there[:k], matrix

    def lost(there: Floats) -> float:
        return float((weights * (rho - _implied(*parts(there), factor_of, pairs)) ** 2).sum())

    damping, value, settled = 1e-3, lost(at), False
    for _ in range(_STEPS):
        slopes = _slopes(*parts(at), factor_of, pairs)
        left = weights * (rho - _implied(*parts(at), factor_of, pairs))
        down = slopes.T @ left
        free = ~((np.abs(at) >= bound) & (down * at >= 0))
        curve = (slopes.T * weights) @ slopes
        own = damping * np.maximum(np.diagonal(curve), 1e-8)
        curve += np.diag(own) - _bent(*parts(at), factor_of, pairs, left)
        there = at.copy()
        there[free] += _downhill(curve[np.ix_(free, free)], down[free])
        there = np.clip(there, -bound, bound)
        settled = bool(np.abs(there - at).max() < 1e-10)
        if (new := lost(there)) <= value:
            at, value, damping = there, new, max(damping / 10, _LEAST_DAMPING)
        elif not settled:
            damping *= 10
        if settled or damping > 1e12:
            break
    loadings, between = parts(at)
    signs = facing_up(loadings, factor_of)
    return loadings * signs[factor_of], between * np.outer(signs, signs), settled


def _downhill(curve: Floats, down: Floats) -> Floats:
    """Return the step that solves the curve, with the size of its eigenvalues where below 0."""
    values, vectors = np.linalg.eigh(curve)
    least = max(1e-12 * float(np.abs(values).max()), 1e-300)
    return np.asarray(vectors @ ((vectors.T @ down) / np.maximum(np.abs(values), least)))


def fit_ordinal_structure(
    data: Contingency, factor_of: Codes, correction: float = 0.5
) -> OrdinalStructure | str:
    """Return the fitted model, or the reason why there is none.

    Parameters
    ----------
    data : Contingency
    factor_of : array of int, shape (k,)
    correction : float
        As in `polychoric.polychoric`.

    Notes
    -----
    As `ordinal_model.latent_of`; ``not-identified`` (a factor with too few items that load);
    ``no-convergence``.
    """
    found = latent_of(data, correction)
    return found if isinstance(found, str) else fitted_structure(found, factor_of)


def fitted_structure(found: Latent | OrdinalModel, factor_of: Codes) -> OrdinalStructure | str:
    """Return the model fitted to correlations that are known, or why there is none."""
    loadings, between, settled = weighted_structure(
        found.rho, found.weights, found.pairs, factor_of
    )
    if not settled:
        return "no-convergence"
    if undetermined(loadings, between, factor_of, _UNIDENTIFIED):
        return "not-identified"
    model = OrdinalStructure(
        data=found.data,
        thresholds=found.thresholds,
        pairs=found.pairs,
        rho=found.rho,
        weights=found.weights,
        loadings=loadings,
        converged=True,
        factor_of=factor_of,
        between=between,
    )
    curve = (model.slopes.T * model.weights) @ model.slopes
    return "not-identified" if inverse_of(curve) is None else model


def described_ordinal_structure(
    model: OrdinalStructure,
    cluster: Grouping | None,
    stated: StatedFactors,
    name: str,
    confidence: float,
) -> StructureFit:
    """Return a fit of stated factors with everything that follows from it.

    Parameters
    ----------
    model : OrdinalStructure
    cluster : Grouping, optional
    stated : StatedFactors
    name : str
        Told with every measure.
    confidence : float
        Of the intervals of RMSEA.
    """
    sampling = model.sampling(cluster)
    count = int(np.isfinite(model.thresholds).sum())
    of_rho = sampling[count:, count:]
    base = described_ordinal(model, sampling, name, confidence)
    k, m = len(model.loadings), len(model.between)
    from_rho = model.from_rho[k:]
    variance = np.einsum("ij,jk,ik->i", from_rho, of_rho, from_rho) / (model.data.rows - 1)
    rows, columns = (place[model.inside] for place in np.tril_indices(m, -1))
    errors = np.full((m, m), np.nan)
    errors[rows, columns] = errors[columns, rows] = np.sqrt(np.maximum(variance, 0.0))
    basis = OrdinalBasis(model, of_rho)
    return structure_fit(base, stated, model.between, errors, basis, base.loadings_error.copy())
