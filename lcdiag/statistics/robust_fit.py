"""Tests and standard errors that do not lean on normal answers or on independent people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats, Grouping
from lcdiag.statistics.likelihood import Groups, observed_information, score_blocks
from lcdiag.statistics.structure import saturated

Mask = npt.NDArray[np.bool_]

WIDEST = 60
"""Items, beyond which the scores of the saturated model ask too much memory."""


def sandwich(
    groups: Groups, parameters: Floats, free: Mask, clusters: list[Grouping] | None
) -> Floats | None:
    """Return the robust sampling covariance of the parameters, (q, q).

    Parameters
    ----------
    groups : sequence of (Structure, Patterns)
        With rows.
    parameters : array, shape (q,)
    free : array of bool, shape (q,)
        False for a parameter at its bound, which is taken as fixed: its entries are 0.
    clusters : list of Grouping, optional
        The communities of the rows, one grouping a group, over the same labels.

    Notes
    -----
    Formula: A^-1 B A^-1, A the observed information and B the sum of squared slopes of people,
    or of communities. None where A cannot be inverted.

    References
    ----------
    Huber (1967), Proceedings of the Fifth Berkeley Symposium 1; White (1982), Econometrica 50.
    """
    inner = squared_scores(groups, parameters, clusters)[np.ix_(free, free)]
    known = inverse_of(observed_information(groups, parameters)[np.ix_(free, free)])
    if known is None:
        return None
    out = np.zeros((len(parameters), len(parameters)))
    out[np.ix_(free, free)] = known @ inner @ known
    return out


def inverse_of(matrix: Floats) -> Floats | None:
    """Return the inverse of a positive definite matrix, or None where it is not."""
    diagonal = np.diagonal(matrix)
    if not np.isfinite(matrix).all() or (diagonal <= 0).any():
        return None
    scale = np.sqrt(diagonal)
    scaled = matrix / scale[:, None] / scale[None, :]
    values, vectors = np.linalg.eigh((scaled + scaled.T) / 2)
    if values[0] < 1e-12 * values[-1]:
        return None
    found = (vectors / values) @ vectors.T
    return np.asarray(found / scale[:, None] / scale[None, :])


def squared_scores(groups: Groups, parameters: Floats, clusters: list[Grouping] | None) -> Floats:
    """Return the sum over people, or communities, of squared slopes of the likelihood, (q, q).

    With c communities the sum is multiplied by c / (c - 1): group by group where every community
    lies in one group, else over all groups together.
    """
    q = len(parameters)
    if clusters is None:
        total = np.zeros((q, q))
        for structure, data in groups:
            for _, scores in score_blocks(structure, data, parameters):
                total += scores.T @ scores
        return total
    labels = len(clusters[0])
    sums = np.zeros((len(groups), labels, q))
    for number, ((structure, data), grouping) in enumerate(zip(groups, clusters, strict=True)):
        for rows, scores in score_blocks(structure, data, parameters):
            np.add.at(sums[number], grouping.codes[rows], scores)
    present = np.array([np.bincount(one.codes, minlength=labels) > 0 for one in clusters])
    if (present.sum(axis=0) > 1).any():  # communities across groups: their slopes belong together
        present, sums = np.array([present.any(axis=0)]), sums.sum(axis=0, keepdims=True)
    many = present.sum(axis=1)
    factors = many / np.maximum(many - 1, 1)
    return np.asarray(np.einsum("s,scq,scr->qr", factors, sums, sums, optimize=True))


def trace_of(
    groups: Groups, parameters: Floats, free: Mask, clusters: list[Grouping] | None
) -> float | None:
    """Return tr(A^-1 B), the expected size of twice the gain by estimating the parameters."""
    known = inverse_of(observed_information(groups, parameters)[np.ix_(free, free)])
    if known is None:
        return None
    inner = squared_scores(groups, parameters, clusters)[np.ix_(free, free)]
    return float((known * inner).sum())


def saturated_trace(
    groups: Groups, moments: list[tuple[Floats, Floats]], clusters: list[Grouping] | None
) -> float | None:
    """Return tr(A^-1 B) of the saturated model at its means and covariances, over all groups."""
    total = 0.0
    for number, ((_, data), (means, covariance)) in enumerate(zip(groups, moments, strict=True)):
        lower = covariance[np.tril_indices(len(means))]
        at = np.concatenate([lower, means])
        mine = None if clusters is None else [clusters[number]]
        found = trace_of([(saturated(len(means)), data)], at, np.ones(len(at), bool), mine)
        if found is None:
            return None
        total += found
    return total
