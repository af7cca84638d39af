"""How far each person's answers lie from the middle of all answers (Mahalanobis)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Counts, Floats, as_matrix
from lcdiag.statistics.moments import Moments, centred_moments
from lcdiag.statistics.person_labels import person_labels
from lcdiag.statistics.results import PersonValues, reasons_for

MissingAnswers = Literal["centre", "own"]

_NUMBERS_AT_ONCE = 2_000_000


def mahalanobis(
    items: Any, *, squared: bool = True, missing: MissingAnswers = "centre"
) -> PersonValues:
    """Return each person's Mahalanobis distance from the mean of all answers.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing.
    squared : bool
        D squared, which chi-square describes; or D.
    missing : {"centre", "own"}
        A missing answer counts as the item's mean, so it adds nothing; or the distance is taken
        over the items that the person answered, with their own part of the covariance.

    Returns
    -------
    PersonValues
        (n,), no unit; n = answered items.

    Raises
    ------
    ValueError
        For text, infinite values, or a rule that is not offered.

    Notes
    -----
    Formula: (x - m)' S^-1 (x - m), m of each item over its answers, S (n - 1) of each pair over the
    people who answered both.

    Default: D squared and ``centre``, as in the program below. ``centre`` makes people with missing
    answers look nearer than they are; ``own`` does not.

    Absent when: ``no-answers``; for everybody: ``fewer-than-2-respondents``, ``empty-item``,
    ``no-overlap``, ``constant-item``, ``not-positive-definite`` (e.g. more items than people).

    Agrees with careless 1.2.2 (``mahad``).

    References
    ----------
    Mahalanobis (1936), Proceedings of the National Institute of Sciences of India 2; Meade & Craig
    (2012), Psychological Methods 17(3).
    """
    if missing not in ("centre", "own"):
        raise ValueError(f"missing is 'centre' or 'own'; received {missing!r}")
    matrix = as_matrix(items)
    answered = (~np.isnan(matrix)).sum(axis=1)
    moments = centred_moments(matrix)
    covariance = moments.covariance()
    why = _why_no_distance(moments, covariance)
    values = np.full(len(matrix), np.nan)
    if not why:
        moved = np.where(np.isnan(matrix), 0.0, matrix - moments.means())
        found = (_from_centre if missing == "centre" else _on_own_items)(moved, matrix, covariance)
        values = np.where(answered > 0, found, np.nan)
    rules = [("no-answers", answered == 0), (why, np.full(len(matrix), bool(why)))]
    reasons = reasons_for(values.shape, rules)
    name = f"Mahalanobis D{' squared' if squared else ''}, missing answers: {missing}"
    values = values if squared else np.sqrt(values)
    return PersonValues(person_labels(items, len(matrix)), values, answered, reasons, name)


def mahalanobis_tail(items: Any, *, missing: MissingAnswers = "centre") -> PersonValues:
    """Return how rare each person's distance is: the share of chi-square beyond D squared.

    Parameters
    ----------
    items, missing
        As in `mahalanobis`.

    Returns
    -------
    PersonValues
        (n,), 0 to 1: a value below .01 is what other programs flag at 99 %. n = degrees of
        freedom: all k items with ``centre``, the answered ones with ``own``.

    Notes
    -----
    Formula: P(chi-square(df) > D squared). Answers on a scale of a few options are not normal, so
    this is a measure of rareness and no test.

    Absent when: as `mahalanobis`.

    Agrees with careless 1.2.2 (``mahad``, ``flag``).

    References
    ----------
    As `mahalanobis`.
    """
    from scipy.special import chdtrc

    distance = mahalanobis(items, missing=missing)
    answered: Counts = distance.n
    freedom = answered if missing == "own" else np.full_like(answered, as_matrix(items).shape[1])
    known = distance.reasons == ""
    values = np.full(len(distance), np.nan)
    values[known] = chdtrc(freedom[known], distance.values[known])
    name = f"chi-square tail of D squared, missing answers: {missing}"
    return PersonValues(
        distance.groups, values, np.where(known, freedom, 0), distance.reasons, name
    )


def _why_no_distance(moments: Moments, covariance: Floats) -> str:
    """Return the reason why nobody has a distance, or ""."""
    own = np.diagonal(moments.counts)
    if int(moments.answered) < 2 or not moments.items:
        return "fewer-than-2-respondents"
    if (own == 0).any():
        return "empty-item"
    if (moments.counts < 2).any():
        return "no-overlap"
    variance = np.diagonal(covariance)
    if not (variance > 0).all():
        return "constant-item"
    root = np.sqrt(variance)
    if np.linalg.eigvalsh(covariance / np.outer(root, root))[0] < 1e-10:
        return "not-positive-definite"
    return ""


def _from_centre(moved: Floats, matrix: Floats, covariance: Floats) -> Floats:
    """Return D squared with missing deviations 0."""
    factor = np.linalg.cholesky(covariance)
    return np.asarray((np.linalg.solve(factor, moved.T) ** 2).sum(axis=0))


def _on_own_items(moved: Floats, matrix: Floats, covariance: Floats) -> Floats:
    """Return D squared over each person's own items, one solution a pattern of missing answers.

    A missing item becomes one of variance 1 that goes with no other, and adds nothing.
    """
    held, k = ~np.isnan(matrix), matrix.shape[1]
    values = _from_centre(moved, matrix, covariance)
    rows = np.flatnonzero(~held.all(axis=1))
    portion = max(1, _NUMBERS_AT_ONCE // (k * k))
    for first in range(0, len(rows), portion):
        some = rows[first : first + portion]
        mine = held[some]
        own = np.where(mine[:, :, None] & mine[:, None, :], covariance, np.eye(k))
        solved = np.linalg.solve(own, moved[some][:, :, None])[:, :, 0]
        values[some] = (moved[some] * solved).sum(axis=1)
    return values
