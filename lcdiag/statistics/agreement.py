"""Whether the people of a group say the same: rwg, r*wg and average deviation."""

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

OutOfRange = Literal["zero", "raw", "absent"]
Missing = Literal["available", "listwise"]
Around = Literal["mean", "median"]

_CELLS_AT_ONCE = 400_000  # groups are handled in portions that stay in the processor's cache


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
    missing : {"available", "listwise"}
        Each item over the answers it has, items with fewer than two answers left out of the
        mean (J stays the number of items); or only people who answered everything.

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
    Absent when: ``no-answers``, ``fewer-than-2-answers``, ``out-of-range``, ``undefined`` (raw,
    where the denominator is 0).

    Agrees with multilevel 2.8 (``rwg.j``, ``listwise=TRUE``) and 2.7 for ``listwise``; 2.8 stops
    on groups with fewer than two answers on an item, which are handled here.

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology 69(1).
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
    Absent when: ``no-answers``, ``fewer-than-2-answers``.

    Agrees with multilevel 2.8 (``rwg.j.lindell``) for ``available``.

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
    count, _, distance = _deviations(matrix, grouping, around)
    usable = count > 1
    items_used = usable.sum(axis=1)
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
    count, _, squares = _deviations(matrix, grouping, None)
    usable = count > 1
    items_used = usable.sum(axis=1)
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


def _few(people: Counts, items_used: Any) -> npt.NDArray[np.str_]:
    rules = [("no-answers", people == 0), ("fewer-than-2-answers", items_used == 0)]
    return reasons_for(people.shape, rules)


def _admitted(items: Floats, groups: Any, missing: Missing) -> tuple[Floats, Grouping]:
    """Return the ratings with incomplete people blanked where the fork asks for it."""
    if missing not in ("available", "listwise"):
        raise ValueError(f"missing is 'available' or 'listwise'; received {missing!r}")
    grouping = as_grouping(groups, len(items))
    if missing == "listwise":
        holes = np.isnan(items).any(axis=1)
        if holes.any():
            items = np.where(holes[:, None], np.nan, items)
    return items, grouping


def _people(items: Floats, grouping: Grouping) -> Counts:
    """Return how many people of each group have an answer."""
    answered = ~np.asarray(np.isnan(items).all(axis=1))
    return np.bincount(grouping.codes[answered], minlength=len(grouping)).astype(np.int64)


def _deviations(
    items: Floats, grouping: Grouping, around: Around | None
) -> tuple[Counts, Floats, Floats]:
    """Return count, middle, and sum of squared (or absolute) deviations, groups by items.

    Rows are brought together by group, then handled in portions of whole groups.

    Parameters
    ----------
    around : {"mean", "median"} or None
        Absolute deviations around it; None: squared deviations around the mean.
    """
    g, k = len(grouping), items.shape[1]
    order = np.argsort(grouping.codes, kind="stable")
    sizes = np.bincount(grouping.codes, minlength=g)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    count = np.zeros((g, k), dtype=np.int64)
    middle, deviation = np.full((g, k), np.nan), np.zeros((g, k))
    groups_at_once = max(1, int(_CELLS_AT_ONCE / max(1, k * max(1, len(items) / max(1, g)))))
    for first in range(0, g, groups_at_once):
        last = min(first + groups_at_once, g)
        rows = items[order[starts[first] : starts[last]]]
        part = _portion(rows, sizes[first:last], around)
        count[first:last], middle[first:last], deviation[first:last] = part
    return count, middle, deviation


def _portion(
    rows: Floats, sizes: npt.NDArray[np.intp], around: Around | None
) -> tuple[Counts, Floats, Floats]:
    """Return `_deviations` for rows already brought together, `sizes` rows a group."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    hollow = np.isnan(rows)
    held = ~hollow
    if hollow.any():
        count = np.add.reduceat(held, starts, axis=0, dtype=np.int64)
        filled = np.where(held, rows, 0.0)
    else:
        count = np.broadcast_to(sizes[:, None], (len(sizes), rows.shape[1])).astype(np.int64)
        filled = rows
    if around == "median":
        middle = _medians(rows, sizes, starts, count)
    else:
        middle = np.full(count.shape, np.nan)
        np.divide(np.add.reduceat(filled, starts, axis=0), count, out=middle, where=count > 0)
    distance = filled - np.repeat(middle, sizes, axis=0)
    distance = distance * distance if around is None else np.abs(distance)
    if hollow.any():
        distance = np.where(held, distance, 0.0)
    return count, middle, np.add.reduceat(distance, starts, axis=0)


def _medians(
    rows: Floats, sizes: npt.NDArray[np.intp], starts: npt.NDArray[np.intp], count: Counts
) -> Floats:
    """Return the median of each group on each item; NaN sorts last, so it is never counted."""
    codes = np.repeat(np.arange(len(sizes)), sizes)
    middle = np.full(count.shape, np.nan)
    for item in range(rows.shape[1]):
        ordered = rows[np.lexsort((rows[:, item], codes)), item]
        n = count[:, item]
        low = ordered[starts + np.maximum(n - 1, 0) // 2]
        high = ordered[starts + np.maximum(n, 1) // 2]
        middle[:, item] = np.where(n > 0, (low + high) / 2, np.nan)
    return middle
