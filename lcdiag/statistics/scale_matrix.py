"""The covariance matrix of a scale, its alpha, or the reason why it has no reliability."""

from __future__ import annotations

from typing import Literal

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.moments import Missing, Moments

Correlation = Literal["pairwise", "from-covariance"]


def alpha_of(matrix: Floats) -> float:
    """Return alpha of a covariance (or correlation) matrix, (k, k)."""
    k = len(matrix)
    return float(k / (k - 1) * (1 - np.trace(matrix) / matrix.sum()))


def why_no_reliability(moments: Moments, matrix: Floats, missing: Missing) -> str:
    """Return the reason why a scale has no reliability here, or "".

    Notes
    -----
    ``fewer-than-2-items``; ``fewer-than-2-respondents`` with an answer (listwise: with all);
    ``empty-item``; ``no-overlap`` (two items without two rows in common); ``constant-item``;
    ``constant-pair`` (correlations only: no spread among the rows two items share);
    ``no-total-variance``.
    """
    if moments.items < 2:
        return "fewer-than-2-items"
    if int(moments.answered) < 2:
        return "fewer-than-2-respondents"
    if (np.diagonal(moments.counts) == 0).any():
        return "empty-item"
    if missing == "listwise" and int(moments.complete) < 2:
        return "fewer-than-2-respondents"
    if missing == "pairwise" and (moments.counts < 2).any():
        return "no-overlap"
    covariance = moments.covariance(missing)
    if (np.diagonal(covariance) <= 0).any():
        return "constant-item"
    if np.isnan(matrix).any():  # an item does not vary among the rows it shares with another
        return "constant-pair"
    if not matrix.sum() > 1e-12 * np.abs(matrix).sum():
        return "no-total-variance"
    return ""


def scale_matrix(
    moments: Moments, missing: Missing, standardized: bool, correlation: Correlation
) -> Floats:
    """Return the covariance or correlation matrix that the forks ask for."""
    if not standardized:
        return moments.covariance(missing)
    if correlation == "pairwise" or missing == "listwise":
        return moments.correlation(missing)
    covariance = moments.covariance(missing)
    own = np.diagonal(covariance)
    root = np.sqrt(np.where(own > 0, own, np.nan))
    return covariance / root[:, None] / root[None, :]


def reversed_looking(matrix: Floats) -> tuple[int, ...]:
    """Return which items of a covariance matrix go against the larger part, from 0."""
    root = np.sqrt(np.diagonal(matrix))
    axis = np.linalg.eigh(matrix / root[:, None] / root[None, :])[1][:, -1]
    axis = np.where(np.abs(axis) > 1e-10, axis, 0.0)
    up, down = float(axis[axis > 0].sum()), float(-axis[axis < 0].sum())
    smaller = axis < 0 if down <= up else axis > 0
    if abs(up - down) <= 1e-6 * (up + down):  # as much either way: those against the first item
        first = axis[np.flatnonzero(axis)[0]] if axis.any() else 1.0
        smaller = axis * first < 0
    return tuple(np.flatnonzero(smaller).tolist())
