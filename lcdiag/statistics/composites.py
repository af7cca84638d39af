"""Scales that are sums of items: how they hang together, worked out from the items' covariances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.scale_matrix import why_no_reliability

__all__ = ["attenuation_corrected", "composite_correlations", "lambda_6_in_set"]


def composite_correlations(
    items: Any, scales: Sequence[Sequence[int]], *, missing: Missing = "pairwise"
) -> Floats:
    """Return the correlations of sums of items, worked out from the items' covariances.

    With nothing missing they are the plain correlations of the sums; with missing answers every
    pair of items counts over the rows that have both.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    scales : sequence of sequences of int
        Positions of the items of each scale; one position alone is an item by itself.
    missing : {"pairwise", "listwise"}
        As in `reliability.cronbach_alpha`.

    Returns
    -------
    array, shape (s, s)
        NaN where a sum has no variance or a covariance is not known.

    Raises
    ------
    ValueError
        For text, infinite values, or positions that do not exist.

    Notes
    -----
    Default: pairwise, so that a missing answer costs the pairs it is in and no more.

    Formula: K'CK with C the item covariances and K ones where an item belongs to a scale, then
    divided by the roots of its diagonal.

    Agrees with psych 2.5.3 (``scoreItems``, tables ``cor`` and ``item.cor`` with missing answers).
    """
    moments = centred_moments(items)
    key = np.zeros((moments.items, len(scales)))
    for number, positions in enumerate(scales):
        key[_positions(positions, moments.items, 1), number] = 1.0
    covariance = moments.covariance(missing)
    known = np.where(np.isnan(covariance), 0.0, covariance)
    between = key.T @ known @ key
    unknown = key.T @ np.isnan(covariance) @ key > 0
    own = np.diagonal(between)
    root = np.sqrt(np.where(own > 0, own, np.nan))
    return np.asarray(np.where(unknown, np.nan, between / root[:, None] / root[None, :]))


def attenuation_corrected(correlations: Any, reliabilities: Any) -> Floats:
    """Return scale correlations with those above the diagonal corrected for unreliability.

    Parameters
    ----------
    correlations : array_like, shape (s, s)
        Correlations of scale scores.
    reliabilities : array_like, shape (s,)
        A reliability of each scale, above 0.

    Returns
    -------
    array, shape (s, s)
        Below the diagonal the correlations, on it the reliabilities, above it the corrected
        correlations; NaN where a reliability is not above 0. Corrected ones can pass 1.

    Raises
    ------
    ValueError
        For text, infinite values, or shapes that do not fit.

    Notes
    -----
    Formula: r / sqrt(reliability of one x reliability of the other).

    Agrees with psych 2.5.3 (``scoreItems``, table ``corrected``).

    References
    ----------
    Spearman (1904), American Journal of Psychology 15(1).
    """
    r = as_matrix(correlations, "correlations")
    own = as_matrix(reliabilities, "reliabilities")[:, 0]
    if r.shape != (len(own), len(own)):
        raise ValueError(f"{len(own)} reliabilities need as many rows and columns: {r.shape}")
    root = np.sqrt(np.where(own > 0, own, np.nan))
    upper = np.triu(r / root[:, None] / root[None, :], 1)
    return np.asarray(np.tril(r, -1) + upper + np.diag(own))


def lambda_6_in_set(items: Any, scale: Sequence[int], *, missing: Missing = "pairwise") -> Estimate:
    """Return Guttman's lambda 6 of a scale whose items are predicted from a whole set of items.

    What an item does not share with any other item of the set counts as error; items of other
    scales too may explain it, so the value is at least that of the scale by itself.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        The whole set, reversed items turned beforehand; NaN = missing.
    scale : sequence of int
        Positions of the items of the scale, two or more.
    missing : {"pairwise", "listwise"}
        As in `reliability.cronbach_alpha`.

    Returns
    -------
    Estimate
        Without an interval; n = rows with an answer, or complete rows.

    Raises
    ------
    ValueError
        For text, infinite values, or positions that do not exist.

    Notes
    -----
    Default: pairwise, as `composite_correlations`.

    Formula: 1 - sum of the scale's item variances times (1 - R^2) / variance of the scale's sum,
    with R^2 of each item on all others of the set.

    Absent when: as `reliability.cronbach_alpha` for the whole set; ``not-positive-definite``.

    Agrees with psych 2.5.3 (``scoreItems``, ``G6``).

    References
    ----------
    Guttman (1945), Psychometrika 10(4).
    """
    moments = centred_moments(items)
    positions = _positions(scale, moments.items, 2)
    name = f"lambda 6, covariance, {missing}, error from the whole set"
    n = int(moments.complete if missing == "listwise" else moments.answered)
    covariance = moments.covariance(missing)
    if reason := why_no_reliability(moments, covariance, missing):
        return Estimate.missing(reason, n=n, method=name)
    root = np.sqrt(np.diagonal(covariance))
    r = covariance / root[:, None] / root[None, :]
    if np.linalg.eigvalsh(r)[0] < 1e-10:
        return Estimate.missing("not-positive-definite", n=n, method=name)
    alone = 1 / np.diagonal(np.linalg.inv(r))
    own = float((alone * root**2)[positions].sum())
    total = float(covariance[np.ix_(positions, positions)].sum())
    return Estimate(value=1 - own / total, n=n, method=name)


def _positions(scale: Sequence[int], items: int, least: int) -> Any:
    """Return positions of items, after checking that they exist."""
    positions = np.asarray(list(scale), dtype=np.intp)
    if len(positions) < least or positions.min() < 0 or positions.max() >= items:
        raise ValueError(f"a scale holds {least} positions or more from 0 to {items - 1}")
    return positions
