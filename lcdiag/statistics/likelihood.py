"""The normal likelihood of a model of means and covariances: value, slopes, information.

Groups may miss answers: a group comes as its patterns of answers, and a pattern's likelihood is
that of the items it holds. Nothing here runs over people one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.patterns import Patterns
from lcdiag.statistics.structure import Structure

_NUMBERS_AT_ONCE = 4_000_000
_WIDEST_SHARED = 40  # items, beyond which products of inverses ask too much memory

Groups = Sequence[tuple[Structure, Patterns]]


def padded_inverses(data: Patterns, covariance: Floats) -> tuple[Floats, Floats] | None:
    """Return per pattern the inverse over its items, 0 elsewhere, and the log determinant.

    None where a covariance matrix is not positive definite.
    """
    held = data.held
    both = held[:, :, None] & held[:, None, :]
    padded = np.where(both, covariance, 0.0)
    p = data.items
    padded[:, np.arange(p), np.arange(p)] += ~held
    try:
        factor = np.linalg.cholesky(padded)
        inverse = np.linalg.inv(padded)
    except np.linalg.LinAlgError:
        return None
    logs = 2 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    return np.where(both, inverse, 0.0), logs


def log_likelihood(groups: Groups, parameters: Floats) -> float:
    """Return the log-likelihood, minus infinity where covariances are not positive definite."""
    total = 0.0
    for structure, data in groups:
        value, _, _ = value_and_slopes(data, *structure.implied(parameters))
        total += value
    return total


def value_and_slopes(
    data: Patterns, means: Floats, covariance: Floats
) -> tuple[float, Floats, Floats]:
    """Return the log-likelihood and its slopes by means (p,) and covariances (p, p).

    The slope by covariances, g, means: the change is the sum of g * dSigma / 2.
    """
    found = padded_inverses(data, covariance)
    p = data.items
    if found is None:
        return -np.inf, np.zeros(p), np.zeros((p, p))
    inverse, logs = found
    away = np.where(data.held, data.means - means, 0.0)
    weighted = np.einsum("rij,rj->ri", inverse, away)
    inner = inverse @ data.spreads @ inverse
    traces = np.einsum("rij,rji->r", inverse, data.spreads)
    n = data.n.astype(np.float64)
    constant = data.held.sum(axis=1) * np.log(2 * np.pi)
    value = -0.5 * float(n @ (constant + logs + traces + (away * weighted).sum(axis=1)))
    by_covariance = (
        np.einsum("r,rij->ij", n, inner - inverse) + (weighted * n[:, None]).T @ weighted
    )
    return value, n @ weighted, by_covariance


def slopes(groups: Groups, parameters: Floats) -> tuple[float, Floats]:
    """Return the log-likelihood and its slopes by the parameters, (q,)."""
    total, slope = 0.0, np.zeros(len(parameters))
    for structure, data in groups:
        value, by_mean, by_covariance = value_and_slopes(data, *structure.implied(parameters))
        total += value
        slope += structure.chained(parameters, by_mean, by_covariance)
    return total, slope


def expected_information(groups: Groups, parameters: Floats) -> Floats:
    """Return the expected information of all people on the parameters, (q, q)."""
    total = np.zeros((len(parameters), len(parameters)))
    for structure, data in groups:
        found = padded_inverses(data, structure.implied(parameters)[1])
        if found is None:
            return np.full(total.shape, np.nan)
        by_mean, by_covariance = structure.slopes(parameters)
        known, n = found[0], data.n.astype(np.float64)
        mine = by_mean @ np.einsum("r,rij->ij", n, known) @ by_mean.T
        mine += _paired(n, known, known, by_covariance) / 2
        total[np.ix_(structure.active, structure.active)] += mine
    return total


def observed_information(groups: Groups, parameters: Floats) -> Floats:
    """Return minus the second derivatives of the log-likelihood by the parameters, (q, q).

    Formula: over patterns with n people, inverse P, spread and squared distance M, Q = P M P,
    w = P (mean - model): n [tr(P A Q B) + tr(Q A P B) - tr(P A P B)] / 2 for slopes A and B of
    the covariances, n a'P b for those of the means and n a'P B w across, less the slopes of the
    likelihood times the second derivatives of means and covariances.
    """
    total = np.zeros((len(parameters), len(parameters)))
    for structure, data in groups:
        means, covariance = structure.implied(parameters)
        found = padded_inverses(data, covariance)
        if found is None:
            return np.full(total.shape, np.nan)
        known, n = found[0], data.n.astype(np.float64)
        away = np.where(data.held, data.means - means, 0.0)
        spread = data.spreads + away[:, :, None] * away[:, None, :]
        seen = known @ spread @ known
        weighted = np.einsum("rij,rj->ri", known, away)
        by_mean, by_covariance = structure.slopes(parameters)
        mixed = _paired(n, known, seen, by_covariance)
        mine = (mixed + mixed.T - _paired(n, known, known, by_covariance)) / 2
        mine += by_mean @ np.einsum("r,rij->ij", n, known) @ by_mean.T
        joint = np.einsum("rij,rk->ijk", known * n[:, None, None], weighted, optimize=True)
        across = by_mean @ np.einsum("ijk,qjk->iq", joint, by_covariance, optimize=True)
        mine += across + across.T
        mine -= _curvature(structure, parameters, n @ weighted, _slope(n, known, seen))
        total[np.ix_(structure.active, structure.active)] += mine
    return total


def _slope(n: Floats, known: Floats, seen: Floats) -> Floats:
    """Return the slope of the likelihood by covariances, as in `value_and_slopes`."""
    return np.asarray(np.einsum("r,rij->ij", n, seen - known))


def _curvature(
    structure: Structure, parameters: Floats, by_mean: Floats, by_covariance: Floats
) -> Floats:
    """Return slopes times second derivatives of the structure.

    They are quadratic in the parameters at most, for which central differences are exact.
    """
    active = structure.active
    out = np.empty((len(active), len(active)))
    for place, number in enumerate(active):
        step = np.zeros(len(parameters))
        step[number] = max(abs(float(parameters[number])), 1.0)
        up = structure.chained(parameters + step, by_mean, by_covariance)
        down = structure.chained(parameters - step, by_mean, by_covariance)
        out[place] = (up - down)[active] / (2 * step[number])
    return (out + out.T) / 2


def _paired(n: Floats, left: Floats, right: Floats, slopes_: Floats) -> Floats:
    """Return the sum over patterns of n tr(L A R B) for all slopes A and B, (q, q)."""
    q, p = slopes_.shape[:2]
    if len(n) == 1 or p > _WIDEST_SHARED:
        total = np.zeros((q, q))
        for count, one, other in zip(n, left, right, strict=True):
            total += count * _crossed(one @ slopes_, np.swapaxes(other @ slopes_, 1, 2))
        return total
    # sum over patterns of n L_ij R_kl first, then L_ij A_jk R_kl B_li
    shared = (left.reshape(len(n), p * p) * n[:, None]).T @ right.reshape(len(n), p * p)
    turned = shared.reshape(p, p, p, p).transpose(1, 2, 3, 0).reshape(p * p, p * p)
    flat = slopes_.reshape(q, p * p)
    return np.asarray(flat @ turned @ flat.T)


def score_blocks(
    structure: Structure, data: Patterns, parameters: Floats
) -> Iterator[tuple[Any, Floats]]:
    """Yield (positions of rows, their slopes (rows, q)), portion by portion.

    Raises
    ------
    ValueError
        If the patterns came without their rows.
    """
    if data.rows is None:
        raise ValueError("scores need the answers of people, not only their moments")
    means, covariance = structure.implied(parameters)
    found = padded_inverses(data, covariance)
    assert found is not None
    inverse, _ = found
    by_mean, by_covariance = structure.slopes(parameters)
    q, p = by_mean.shape
    flat = by_covariance.reshape(q, p * p)
    level = inverse.reshape(len(inverse), p * p) @ flat.T / 2
    order = np.argsort(data.codes, kind="stable")
    edges = np.concatenate([[0], np.cumsum(data.n)])
    away = np.where(np.isnan(data.rows), 0.0, data.rows - means)[order]
    weighted = np.empty_like(away)
    for number, known in enumerate(inverse):
        inside = slice(edges[number], edges[number + 1])
        weighted[inside] = away[inside] @ known
    step = max(1, _NUMBERS_AT_ONCE // (p * p + len(parameters)))
    for first in range(0, len(order), step):
        rows = order[first : first + step]
        some = weighted[first : first + step]
        products = (some[:, :, None] * some[:, None, :]).reshape(len(some), p * p)
        scores = np.zeros((len(rows), len(parameters)))
        scores[:, structure.active] = (
            products @ flat.T / 2 - level[data.codes[rows]] + some @ by_mean.T
        )
        yield rows, scores


def _crossed(left: Floats, right: Floats) -> Floats:
    q = len(left)
    return left.reshape(q, -1) @ right.reshape(q, -1).T
