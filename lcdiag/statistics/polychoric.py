"""Correlations of the normal responses that lie behind ordinal answers.

Forks
-----
correction : float
    Added to every empty cell of a table, in people; 0 for none.
corrected : {"2x2", "all"}
    Which tables: those of two options by two, where the other cells give what the empty one
    receives, so that the margins stay; or larger ones too, whose margins then grow.
method : {"two-step", "ml"}
    Thresholds from each item alone, then the correlation; or all of a pair's together.
missing : {"listwise", "pairwise"}
    Complete rows; or for each pair the rows that have both, with thresholds from all answers
    of an item.

Notes
-----
Formula: the rho that maximises sum n_ab log P_ab(rho), with P_ab the probability of the
rectangle between thresholds a - 1, a and b - 1, b of a bivariate normal distribution.

Default: two-step and correction in tables of two by two only, as lavaan; there an empty cell
alone would make the correlation 1.

Agrees with lavaan 0.6-14 (lavCor), polycor 0.8-1 (polychor, ML too) and psych 2.5.3
(polychoric) within the precision of their searches.

Differs from psych: its correction does nothing where all items have equally many options.

References
----------
Olsson (1979), Psychometrika 44; Muthen (1984), Psychometrika 49.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Counts, Floats
from lcdiag.statistics.contingency import Codes, Contingency, contingency
from lcdiag.statistics.latent_correlation import joint, two_step
from lcdiag.statistics.latent_sampling import correlation_errors, influence
from lcdiag.statistics.moments import Missing
from lcdiag.statistics.pair_tables import (
    Corrected,
    chosen_first,
    filled,
    pair_reasons,
    thresholds_from,
    thresholds_of,
)
from lcdiag.statistics.scale_matrix import alpha_of

Method = Literal["two-step", "ml"]

_CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Polychoric:
    """Polychoric correlations of k items.

    Attributes
    ----------
    matrix : array, shape (k, k)
        1 on the diagonal; NaN where absent.
    errors : array, shape (k, k)
        Standard errors, people independent; 0 on the diagonal, NaN where there is none.
    thresholds : tuple of array
        For each item the points of the normal response between its options, from all its
        answers; empty where one option was chosen.
    levels : tuple of array
        For each item the options that somebody chose.
    n : array of int, shape (k, k)
        Rows that each correlation rests on.
    reasons : array of str, shape (k, k)
        Why a correlation is absent, or "".
    at_bound : array of bool, shape (k, k)
        Correlations of -1 or 1: the likelihood rises to the bound.
    corrected : array of bool, shape (k, k)
        Correlations from a table whose empty cells received the correction: it decides them where
        options are rare.
    method : str
        Estimator, missing rule, empty-cell rule.
    absent : str or None
        Why there is nothing at all.
    """

    matrix: Floats
    errors: Floats
    thresholds: tuple[Floats, ...]
    levels: tuple[Floats, ...]
    n: Counts
    reasons: npt.NDArray[np.str_]
    at_bound: npt.NDArray[np.bool_]
    corrected: npt.NDArray[np.bool_]
    method: str
    absent: str | None = None

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.matrix, dtype=dtype)

    def estimate(self, first: int, second: int) -> Estimate:
        """Return the correlation of two items by their positions, without an interval.

        Notes
        -----
        Absent when: as `polychoric`.
        """
        n = int(self.n[first, second])
        reason = self.absent or str(self.reasons[first, second])
        if reason:
            return Estimate.missing(reason, n=n, method=self.method)
        bound = ", at the bound" if self.at_bound[first, second] else ""
        return Estimate(value=float(self.matrix[first, second]), n=n, method=self.method + bound)


def polychoric(
    items: Any,
    *,
    correction: float = 0.5,
    corrected: Corrected = "2x2",
    method: Method = "two-step",
    missing: Missing = "listwise",
) -> Polychoric:
    """Return the polychoric correlations of ordinal items, with thresholds and standard errors.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        Answers, in any numbers whose order counts; NaN = missing.
    correction, corrected, method, missing
        See the forks and notes of this module.

    Returns
    -------
    Polychoric
        In each pair: the correlation, its standard error, n, or the reason why it is absent.

    Raises
    ------
    ValueError
        For text, infinite values, Moments, a negative correction, an unknown fork.

    Notes
    -----
    Absent when (all): ``fewer-than-2-items``; ``fewer-than-2-respondents``; ``empty-item``;
    ``too-many-options`` (over 50). Absent when (a pair): ``constant-item``; ``no-overlap`` (fewer
    than 2 rows in common); ``constant-pair`` (no spread among these rows); ``no-convergence``
    (ml). A correlation of -1 or 1 is told in ``at_bound`` and has no standard error.
    """
    _check(correction, corrected, method)
    name = f"{method}, {missing}, correction {correction:g} ({corrected})"
    data = contingency(items, missing)
    if isinstance(data, str):
        return _nothing(items, data, name)
    k = len(data.levels)
    pairs = np.asarray(np.triu_indices(k, 1))
    thresholds = thresholds_of(data)
    reasons = pair_reasons(data, pairs)
    good = reasons == ""
    counts = data.tables[pairs[0], pairs[1]].astype(np.float64)
    changed = (filled(counts, data, pairs, correction, corrected) != counts).any(axis=(1, 2))
    forks = (correction, corrected, method)
    rho, errors, bound = _by_pair(data, thresholds, pairs, reasons, forks)
    return Polychoric(
        _square(rho, k, 1.0),
        _square(errors, k, 0.0),
        tuple(row[: len(own) - 1] for row, own in zip(thresholds, data.levels, strict=True)),
        data.levels,
        data.tables.sum(axis=(2, 3)),
        _square(reasons, k, ""),
        _square(bound, k, False),
        _square(changed & good, k, False),
        name,
    )


def _by_pair(
    data: Contingency,
    thresholds: Floats,
    pairs: Codes,
    reasons: npt.NDArray[np.str_],
    forks: tuple[float, Corrected, Method],
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return correlations, errors and which lie at a bound; `reasons` gets those not settled."""
    correction, corrected, method = forks
    good = reasons == ""
    rho = np.full(len(reasons), np.nan)
    errors, bound = rho.copy(), np.zeros(len(rho), dtype=bool)
    if good.any():
        found = estimated(data, thresholds, pairs[:, good], correction, corrected)
        rho[good], errors[good], bound[good] = found
    inner = np.flatnonzero(good & ~bound)
    if method == "ml" and len(inner):
        together = _together(data, pairs[:, inner], rho[inner], correction, corrected)
        rho[inner], errors[inner], settled = together
        reasons[inner[~settled]] = "no-convergence"
        rho[inner[~settled]] = errors[inner[~settled]] = np.nan
    return rho, errors, bound


def ordinal_alpha(
    items: Any,
    *,
    correction: float = 0.5,
    corrected: Corrected = "2x2",
    method: Method = "two-step",
    missing: Missing = "listwise",
) -> Estimate:
    """Return ordinal alpha: k / (k - 1) (1 - k / sum R), with R the polychoric correlations.

    Parameters
    ----------
    items, correction, corrected, method, missing
        As in `polychoric`.

    Returns
    -------
    Estimate
        It describes the responses behind the answers, not the score in use. n = rows that count.
        A negative value is kept; `method` then ends in ``", negative"``; it says so where a
        correlation is at its bound.

    Raises
    ------
    ValueError
        As in `polychoric`.

    Notes
    -----
    Formula: alpha of standardised items, with polychoric correlations.

    Absent when: as `polychoric`, and where one correlation is absent (its reason);
    ``no-total-variance``.

    Agrees with lavaan 0.6-14 (lavCor), semTools 0.5-6 (compRelSEM, tau.eq, ord.scale = FALSE) and
    psych 2.5.3 (polychoric, then alpha).

    References
    ----------
    Zumbo, Gadermann & Zeisser (2007), Journal of Modern Applied Statistical Methods 6.
    """
    found = polychoric(
        items, correction=correction, corrected=corrected, method=method, missing=missing
    )
    name = f"ordinal alpha, polychoric, {found.method}"
    n = int(found.n.max(initial=0))
    reason = found.absent or next((str(r) for r in found.reasons.ravel() if r), "")
    if not reason and not found.matrix.sum() > 1e-12 * np.abs(found.matrix).sum():
        reason = "no-total-variance"
    if reason:
        return Estimate.missing(reason, n=n, method=name)
    value = alpha_of(found.matrix)
    name += ", a correlation at its bound" if found.at_bound.any() else ""
    return Estimate(value=value, n=n, method=name + (", negative" if value < 0 else ""))


def estimated(
    data: Contingency,
    thresholds: Floats,
    pairs: Codes,
    correction: float,
    corrected: Corrected,
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return two-step correlations of pairs, their standard errors, and what lies at a bound."""
    counts = data.tables[pairs[0], pairs[1]].astype(np.float64)
    tables = filled(counts, data, pairs, correction, corrected)
    rho, bound = two_step(tables, thresholds[pairs[0]], thresholds[pairs[1]])
    errors = np.full(len(rho), np.nan)
    if not bound.all():
        inner, margins = pairs[:, ~bound], data.margins.astype(np.float64)
        found = influence(counts[~bound], margins, thresholds, inner, rho[~bound])
        errors[~bound] = correlation_errors(found, counts[~bound], margins, inner)
    return rho, errors, bound


def _check(correction: float, corrected: str, method: str) -> None:
    if not 0 <= correction < np.inf:
        raise ValueError(f"correction is a count of 0 or more; received {correction!r}")
    for value, options, name in (
        (corrected, ("2x2", "all"), "corrected"),
        (method, ("two-step", "ml"), "method"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {options}; received {value!r}")


def _together(
    data: Contingency,
    pairs: Codes,
    rho: Floats,
    correction: float,
    corrected: Corrected,
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return maximum likelihood correlations, standard errors, and what settled."""
    tables = filled(
        data.tables[pairs[0], pairs[1]].astype(np.float64), data, pairs, correction, corrected
    )
    rows, columns = chosen_first(tables.sum(axis=2)), chosen_first(tables.sum(axis=1))
    tables = np.take_along_axis(tables, rows[:, :, None], axis=1)
    tables = np.take_along_axis(tables, columns[:, None, :], axis=2)
    c = tables.shape[1]
    portion = max(1, _CELLS_AT_ONCE // (2 * c**3))
    parts = []
    for at in range(0, len(rho), portion):
        some = tables[at : at + portion]
        own, other = thresholds_from(some.sum(axis=2)), thresholds_from(some.sum(axis=1))
        parts.append(joint(some, own, other, rho[at : at + portion]))
    first, second, third = (np.concatenate(part) for part in zip(*parts, strict=True))
    return first, second, third


def _square(values: npt.NDArray[Any], k: int, own: Any) -> npt.NDArray[Any]:
    """Return a symmetric matrix of the values of pairs, with `own` on the diagonal."""
    kind = np.str_ if isinstance(own, str) else values.dtype
    flat = values.astype(kind)
    out = np.full((k, k), own, dtype=flat.dtype)
    upper = np.triu_indices(k, 1)
    out[upper] = flat
    out.T[upper] = flat
    return out


def _nothing(items: Any, reason: str, name: str) -> Polychoric:
    """Return a result without correlations."""
    shape = np.shape(items)
    k = shape[1] if len(shape) == 2 else 1
    none = np.full((k, k), np.nan)
    return Polychoric(
        none,
        none.copy(),
        tuple(np.empty(0) for _ in range(k)),
        tuple(np.empty(0) for _ in range(k)),
        np.zeros((k, k), dtype=np.int64),
        np.full((k, k), reason),
        np.zeros((k, k), dtype=bool),
        np.zeros((k, k), dtype=bool),
        name,
        reason,
    )
