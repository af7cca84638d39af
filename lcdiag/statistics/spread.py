"""How far answers lie from the middle of their own group, for all groups at once."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Counts, Floats, Grouping

Around = Literal["mean", "median"]

_CELLS_AT_ONCE = 400_000  # groups are handled in portions that stay in the processor's cache


def deviations(
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
    """Return `deviations` for rows already brought together, `sizes` rows a group."""
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
