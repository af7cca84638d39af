"""Single items: where they lie, how they spread, and whether they go with the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lcdiag.statistics.arrays import Counts, Floats, as_matrix
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
