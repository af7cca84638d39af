"""How far the people of a group say the same: rwg, rwg(j), r*wg(j) and average deviation.

Notes
-----
Formula: J (1 - m) / (J (1 - m) + m), with m the mean item variance over that of the null.

Default: every answer counts (available), the uniform null, and 0 outside the range, where
the formula itself can exceed 1.

Agrees with multilevel 2.8 (``rwg.j``, ``listwise=TRUE``) and 2.7 for ``listwise``; 2.8 stops
on groups with fewer than two answers on an item, which are handled here.

References
----------
James, Demaree & Wolf (1984), Journal of Applied Psychology 69(1).
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import (
    Counts,
    Floats,
    Grouping,
    as_column,
    as_grouping,
    as_matrix,
)
from lcdiag.statistics.nulls import Null, null_variance
from lcdiag.statistics.results import GroupValues, reasons_for
from lcdiag.statistics.spread import Around, deviations

OutOfRange = Literal["zero", "raw", "absent"]
Missing = Literal["available", "every-item", "listwise"]


def rwg(
    values: Any,
    groups: Any,
    *,
    null: Null = "uniform",
    options: int | None = None,
    out_of_range: OutOfRange = "zero",
) -> GroupValues:
    """Return the agreement on one item per group: 1 - variance / null variance.

    Parameters
    ----------
    values : array_like, shape (n,)
        Ratings of one item; NaN = missing.
    groups : array_like, shape (n,)
        Labels.
    null, options
        As in `nulls.null_variance`.
    out_of_range : {"zero", "raw", "absent"}
        What to do with more spread than the null: 0 (multilevel, James et al.), the negative
        value as computed, or no value.

    Returns
    -------
    GroupValues
        (g,), at most 1. Variances have n - 1.

    Raises
    ------
    ValueError
        For text, infinite values, an unknown null or fork.

    Notes
    -----
    Formula: 1 - s^2 / variance of the null, s^2 with n - 1.

    Default: the uniform null and 0 for more spread than it, as in most programs; a skewed null
    is the harder test, and one alone decides nothing.

    Absent when: ``no-answers``, ``fewer-than-2-answers``, ``out-of-range``.

    Agrees with multilevel 2.8 (``rwg``).

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology 69(1).
    """
    ratio, n, reasons, labels = _variance_ratio(
        as_column(values)[:, None], groups, null, options, "available"
    )
    result, reasons = _in_range(1 - ratio, ratio, reasons, out_of_range)
    return GroupValues(labels, result, n, reasons, "rwg")


def rwg_j(
    items: Any,
    groups: Any,
    *,
    null: Null = "uniform",
    options: int | None = None,
    out_of_range: OutOfRange = "zero",
    missing: Missing = "available",
) -> GroupValues:
    """Return the agreement on a scale of J items per group.

    rwg(J) = J (1 - m) / (J (1 - m) + m), with m the mean item variance over the null variance.
    It grows with J: two scales of different length cannot be compared on it.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, J)
        Reversed items turned beforehand; NaN = missing.
    groups : array_like, shape (n,)
        Labels.
    null, options
        As in `nulls.null_variance`.
    out_of_range : {"zero", "raw", "absent"}
        Where m > 1. As computed it is no agreement at all and can exceed 1 (7.0 for m = 2.4 and
        two items).
    missing : {"available", "every-item", "listwise"}
        Each item over the answers it has, items with fewer than two answers left out of the
        mean (J stays the number of items); the same, but no value where an item has fewer than
        two answers; or only people who answered everything.

    Returns
    -------
    GroupValues
        (g,); n = people with an answer, or with all answers.

    Raises
    ------
    ValueError
        As in `rwg`.

    Notes
    -----
    Absent when: ``no-answers``, ``fewer-than-2-answers`` (on every item; with ``every-item`` on
    any), ``out-of-range``, ``undefined`` (raw, where the denominator is 0).

    More in the notes of this module.
    """
    matrix = as_matrix(items)
    ratio, n, reasons, labels = _variance_ratio(matrix, groups, null, options, missing)
    spread = matrix.shape[1] * (1 - ratio)
    values = np.full(ratio.shape, np.nan)
    np.divide(spread, spread + ratio, out=values, where=np.abs(spread + ratio) > 1e-12)
    values, reasons = _in_range(values, ratio, reasons, out_of_range)
    return GroupValues(labels, values, n, reasons, f"rwg(j), {missing}")


def rstar_wg_j(
    items: Any,
    groups: Any,
    *,
    null: Null = "uniform",
    options: int | None = None,
    missing: Missing = "available",
) -> GroupValues:
    """Return r*wg(J) per group: 1 - mean item variance / null variance.

    It does not grow with the number of items. Negative values are kept: more spread than the
    null.

    Parameters
    ----------
    items, groups, null, options, missing
        As in `rwg_j`.

    Notes
    -----
    Formula: 1 - mean item variance / variance of the null.

    Default: as `rwg_j`; negative values are kept, because they are readable.

    Absent when: ``no-answers``, ``fewer-than-2-answers``.

    Agrees with multilevel 2.8 (``rwg.j.lindell``) for ``every-item``.

    References
    ----------
    Lindell, Brandt & Whitney (1999), Applied Psychological Measurement 23(2).
    """
    ratio, n, reasons, labels = _variance_ratio(as_matrix(items), groups, null, options, missing)
    return GroupValues(labels, 1 - ratio, n, reasons, f"r*wg(j), {missing}")


def ad_m_j(
    items: Any,
    groups: Any,
    *,
    around: Around = "mean",
    missing: Missing = "available",
) -> GroupValues:
    """Return the average deviation on a scale per group, in points of the scale.

    Per item the mean absolute distance to the group's mean (or median), then the mean over
    items; 0 = everybody says the same.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, J) or (n,)
        Reversed items turned beforehand; NaN = missing.
    groups : array_like, shape (n,)
        Labels.
    around : {"mean", "median"}
        AD_M or AD_Md.
    missing : {"available", "listwise"}
        As in `rwg_j`.

    Returns
    -------
    GroupValues
        (g,); divides by n, not n - 1.

    Raises
    ------
    ValueError
        For text, infinite values, or an unknown fork.

    Notes
    -----
    Formula: mean over items of sum |answer - middle of the group| / n.

    Default: around the mean; every answer counts.

    Absent when: ``no-answers``, ``fewer-than-2-answers``.

    Agrees with multilevel 2.8 (``ad.m``) for ``listwise``.

    References
    ----------
    Burke, Finkelstein & Dusig (1999), Organizational Research Methods 2(1).
    """
    if around not in ("mean", "median"):
        raise ValueError(f"around is 'mean' or 'median'; received {around!r}")
    matrix, grouping = _admitted(as_matrix(items), groups, missing)
    people = _people(matrix, grouping)
    count, _, distance = deviations(matrix, grouping, around)
    usable = count > 1
    items_used = _items_used(usable, missing)
    total = np.where(usable, distance / np.maximum(count, 1), 0.0).sum(axis=1)
    values = np.full(len(grouping), np.nan)
    np.divide(total, items_used, out=values, where=items_used > 0)
    reasons = _few(people, items_used)
    return GroupValues(grouping.labels, values, people, reasons, f"ad around {around}, {missing}")


def _variance_ratio(
    items: Floats, groups: Any, null: Null, options: int | None, missing: Missing
) -> tuple[Floats, Counts, npt.NDArray[np.str_], Any]:
    """Return mean item variance over the null variance, n, reasons and labels, per group."""
    expected = null_variance(null, options)
    matrix, grouping = _admitted(items, groups, missing)
    people = _people(matrix, grouping)
    count, _, squares = deviations(matrix, grouping, None)
    usable = count > 1
    items_used = _items_used(usable, missing)
    total = np.where(usable, squares / np.maximum(count - 1, 1), 0.0).sum(axis=1)
    ratio = np.full(len(grouping), np.nan)
    np.divide(total, items_used * expected, out=ratio, where=items_used > 0)
    return ratio, people, _few(people, items_used), grouping.labels


def _in_range(
    values: Floats, ratio: Floats, reasons: npt.NDArray[np.str_], rule: OutOfRange
) -> tuple[Floats, npt.NDArray[np.str_]]:
    """Apply the fork for groups with more spread than the null."""
    if rule not in ("zero", "raw", "absent"):
        raise ValueError(f"out_of_range is 'zero', 'raw' or 'absent'; received {rule!r}")
    beyond = ratio > 1
    if rule == "zero":
        return np.where(beyond, 0.0, values), reasons
    if rule == "absent":
        values = np.where(beyond, np.nan, values)
        return values, np.where(beyond, "out-of-range", reasons)
    return values, np.where((reasons == "") & np.isnan(values), "undefined", reasons)


def _items_used(usable: npt.NDArray[np.bool_], missing: Missing) -> Counts:
    """Return over how many items a group's mean goes; 0 where it has none."""
    used = usable.sum(axis=1)
    return np.where(usable.all(axis=1), used, 0) if missing == "every-item" else used


def _few(people: Counts, items_used: Any) -> npt.NDArray[np.str_]:
    rules = [("no-answers", people == 0), ("fewer-than-2-answers", items_used == 0)]
    return reasons_for(people.shape, rules)


def _admitted(items: Floats, groups: Any, missing: Missing) -> tuple[Floats, Grouping]:
    """Return the ratings with incomplete people blanked where the fork asks for it."""
    if missing not in ("available", "every-item", "listwise"):
        raise ValueError(
            f"missing is 'available', 'every-item' or 'listwise'; received {missing!r}"
        )
    grouping = as_grouping(groups, len(items))
    if missing == "listwise":
        holes = np.any(np.isnan(items), axis=1)
        if holes.any():
            items = np.where(holes[:, None], np.nan, items)
    return items, grouping


def _people(items: Floats, grouping: Grouping) -> Counts:
    """Return how many people of each group have an answer."""
    answered = np.any(~np.isnan(items), axis=1)
    return np.bincount(grouping.codes[answered], minlength=len(grouping)).astype(np.int64)
