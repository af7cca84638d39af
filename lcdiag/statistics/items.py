"""Single items: where they lie, how they spread, and whether they go with the rest.

Forks
-----
kind : {"available", "standardized", "corrected"}
    With the mean of the items that a person answered; with the sum of standardised items; or
    the same with what each item does not share with the others taken out of the overlap.
missing : {"pairwise", "listwise"}
    As in `reliability.cronbach_alpha`, for the two last kinds.

Notes
-----
Formula: standardized: row sums of R over the root of its sum; corrected: the same with each
item's squared multiple correlation on the diagonal.

Default: available. Because an item correlates with itself these are too high for short scales;
`item_rest` is the better number.

Agrees with psych 2.5.3 (``alpha``, ``item.stats``: raw.r, std.r, r.cor).

References
----------
Cureton (1966), Psychometrika 31(1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Counts, Floats, as_matrix, person_means
from lcdiag.statistics.moments import Missing, Moments, centred_moments
from lcdiag.statistics.results import ItemValues, reasons_for

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame


def item_rest(items: Any, *, missing: Missing = "pairwise") -> ItemValues:
    """Return the correlation of each item with the sum of the other items.

    r = (c_i - C_ii) / sqrt(C_ii (V - 2 c_i + C_ii)), with C the covariance matrix, c_i its row
    sum and V its total.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    missing : {"pairwise", "listwise"}
        Where C comes from: each pair over the rows that have both, or complete rows only (then
        r is the correlation with the rest score itself).

    Returns
    -------
    ItemValues
        (k,), between -1 and 1; pairwise matrices that contradict themselves can pass these
        bounds, and such a value is absent.

    Notes
    -----
    Formula: (row sum of C - c) / sqrt(c (sum C - 2 row sum + c)), with C the covariances of
    the scale and c the item's variance.

    Default: pairwise, so that nobody is left out; listwise equals the correlation with the sum
    of the others.

    Absent when: ``fewer-than-2-items``, ``empty-item``, ``fewer-than-2-respondents``,
    ``no-overlap`` (a pair of items without two rows that have both), ``constant-item``,
    ``constant-rest``, ``contradictory-pairs``.

    Agrees with psych 2.5.3 (``alpha``, column r.drop) for ``pairwise``, and with multilevel 2.8
    (``item.total``) for ``listwise``.
    """
    moments = centred_moments(items)
    covariance = moments.covariance(missing)
    k = moments.items
    own = np.diagonal(covariance)
    row = covariance.sum(axis=1)
    rest = covariance.sum() - 2 * row + own
    scale = np.where((own > 0) & (rest > 0), own * rest, np.nan)
    values = (row - own) / np.sqrt(scale)
    n = _answers(moments, missing)
    tiny = 1e-12 * np.maximum(np.nansum(np.abs(covariance)), 1e-300)
    reasons = reasons_for(
        (k,),
        [
            ("fewer-than-2-items", np.array(k < 2)),
            ("empty-item", np.diagonal(moments.counts) == 0),
            ("fewer-than-2-respondents", n < 2),
            ("no-overlap", np.isnan(row) | np.isnan(rest)),
            ("constant-item", own <= 0),
            ("constant-rest", rest <= tiny),
            ("contradictory-pairs", np.abs(np.nan_to_num(values)) > 1 + 1e-9),
        ],
    )
    values = np.where(reasons == "", np.clip(values, -1.0, 1.0), np.nan)
    return ItemValues(np.arange(len(values)), values, n, reasons, f"item-rest, {missing}")


_PAIRWISE: Missing = "pairwise"


def item_total(
    items: Any,
    *,
    kind: Literal["available", "standardized", "corrected"] = "available",
    missing: Missing = "pairwise",
) -> ItemValues:
    """Return the correlation of each item with the whole scale, the item itself included.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        Reversed items turned beforehand; NaN = missing. Moments too, but for ``available``.
    kind, missing
        See the forks and notes of this module.

    Returns
    -------
    ItemValues
        n = answers to the item, or complete rows.

    Raises
    ------
    ValueError
        For text, infinite values or an unknown fork.

    Notes
    -----
    Absent when: as `item_rest`; corrected: ``not-positive-definite``.
    """
    if kind not in ("available", "standardized", "corrected"):
        raise ValueError(f"kind is 'available', 'standardized' or 'corrected'; received {kind!r}")
    if kind == "available":
        matrix = as_matrix(items)
        moments = centred_moments(np.column_stack([matrix, person_means(matrix)]))
        k, rule = matrix.shape[1], _PAIRWISE
        values = moments.correlation(rule)[:k, k] if k else np.empty(0)
    else:
        moments = centred_moments(items)
        k, rule = moments.items, missing
        values = _with_sum(moments.correlation(missing), kind == "corrected")
    n = _answers(moments, rule)[:k]
    own = np.diagonal(moments.covariance(rule))[:k]
    reasons = reasons_for(
        (k,),
        [
            ("fewer-than-2-items", np.array(k < 2)),
            ("empty-item", n == 0),
            ("fewer-than-2-respondents", n < 2),
            ("constant-item", own <= 0),
            ("no-overlap", np.isnan(values) & np.array(kind == "available")),
            ("not-positive-definite", np.isnan(values) & np.array(kind == "corrected")),
            ("no-total-variance", np.isnan(values)),
        ],
    )
    values = np.where(reasons == "", values, np.nan)
    return ItemValues(np.arange(k), values, n, reasons, f"item-total, {kind}, {rule}")


def _with_sum(r: Floats, corrected: bool) -> Floats:
    """Return correlations with the sum of standardised items; NaN where there are none."""
    nothing = np.full(len(r), np.nan)
    if not len(r) or np.isnan(r).any():
        return nothing
    if corrected:
        if np.linalg.eigvalsh(r)[0] < 1e-10:
            return nothing
        r = r - np.diag(1 / np.diagonal(np.linalg.inv(r)))
    return r.sum(axis=1) / np.sqrt(r.sum()) if r.sum() > 1e-12 else nothing


@dataclass(frozen=True, eq=False)
class ItemSummary:
    """Where items lie and how they spread; arrays of shape (k,), NaN where there is none.

    Attributes
    ----------
    n : array of int
        Answers.
    missing : array
        Share of rows without an answer.
    mean, sd : array
        Of the answers; sd with n - 1.
    floor, ceiling : array
        Share of answers at the lowest and at the highest option.
    """

    n: Counts
    missing: Floats
    mean: Floats
    sd: Floats
    floor: Floats
    ceiling: Floats

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return np.array(self.mean, dtype=dtype)

    def to_frame(self) -> Frame:
        """Return one row an item."""
        from lcdiag.statistics.results import frame

        names = ("n", "missing", "mean", "sd", "floor", "ceiling")
        columns: dict[str, Any] = {"item": np.arange(len(self.n))}
        return frame(columns | {name: getattr(self, name) for name in names})


def item_summary(items: Any, *, bounds: tuple[float, float]) -> ItemSummary:
    """Return means, spread, and shares at the ends of the scale.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing.
    bounds : tuple of float
        Lowest and highest option.

    Raises
    ------
    ValueError
        For text, infinite values, or a value outside the bounds.

    Notes
    -----
    Formula: sd with n - 1; floor and ceiling = answers at the lowest and the highest option /
    answers.
    """
    matrix = as_matrix(items)
    low, high = bounds
    if ((matrix < low) | (matrix > high)).any():
        raise ValueError(f"items must lie within the bounds {bounds}")
    rows, k = matrix.shape
    held = ~np.isnan(matrix)
    n = held.sum(axis=0)
    mean = _share(np.where(held, matrix, 0.0).sum(axis=0), n)
    deviation = np.where(held, matrix - mean, 0.0)
    spread = np.full(k, np.nan)
    np.divide((deviation**2).sum(axis=0), n - 1, out=spread, where=n > 1)
    return ItemSummary(
        n,
        1 - n / rows if rows else np.ones(k),
        mean,
        np.sqrt(spread),
        _share((matrix == low).sum(axis=0), n),
        _share((matrix == high).sum(axis=0), n),
    )


def inter_item_correlations(items: Any, *, missing: Missing = "pairwise") -> Floats:
    """Return the (k, k) correlation matrix; NaN where a pair has no two rows or no spread.

    With ``pairwise`` the standard deviations are those of the rows that have both items, as in
    R's ``cor(use = "pairwise")``.
    """
    return centred_moments(items).correlation(missing)


def _answers(moments: Moments, missing: Missing) -> Counts:
    counts = np.diagonal(moments.counts)
    if missing == "listwise":
        return np.full(len(counts), moments.complete, dtype=np.int64)
    return counts.astype(np.int64)


def _share(part: Any, n: Counts) -> Floats:
    out = np.full(n.shape, np.nan)
    np.divide(part, n, out=out, where=n > 0)
    return out
