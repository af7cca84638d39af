"""Agreement that takes account of where the group's mean lies: a_wg.

Forks
-----
bounds : tuple of float
    Lowest and highest option.
outside : {"absent", "raw"}
    With n people a mean nearer to a bound than (highest - lowest) / n leaves too few ways of
    answering for the value to mean much. Such items are left out of the average, or kept.
    Where all chose the bound itself the item counts as full agreement.
missing : {"available", "listwise"}
    Each item over the answers it has; or only people who answered everything.

Notes
-----
Formula: per item 1 - 2 s^2 / ([(H + L) M - M^2 - H L] n / (n - 1)), with H and L the bounds, M
the mean and s^2 the variance (n - 1) of the n answers in the group.

Default: items outside the range of means that can be interpreted are left out, as the authors
advise.

Agrees with multilevel 2.8 (``awg``) for ``listwise``.

References
----------
Brown & Hauenstein (2005), Organizational Research Methods 8(2).
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Counts, Floats, as_grouping, as_matrix
from lcdiag.statistics.intervals import check_bounds
from lcdiag.statistics.results import GroupValues, reasons_for
from lcdiag.statistics.spread import deviations

OutsideRange = Literal["absent", "raw"]


def a_wg(
    items: Any,
    groups: Any,
    *,
    bounds: tuple[float, float],
    outside: OutsideRange = "absent",
    missing: Literal["available", "listwise"] = "available",
) -> GroupValues:
    """Return how much of the disagreement that a group's mean leaves room for is not there.

    1 = everybody says the same, 0 = half of the most variance that is possible at this mean, -1 =
    the most. Items are averaged. Unlike rwg it needs no null distribution.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, J) or (n,)
        Reversed items turned beforehand; NaN = missing.
    groups : array_like, shape (n,)
        Labels.
    bounds, outside, missing
        See the forks and notes of this module.

    Returns
    -------
    GroupValues
        (g,), from -1 to 1 (a little less than -1 in small groups with ``raw``); n = people with an
        answer, or with all.

    Raises
    ------
    ValueError
        For text, infinite values, an answer outside the bounds, or an unknown fork.

    Notes
    -----
    Absent when: ``no-answers``; ``fewer-than-2-answers`` on every item; ``out-of-range`` (no item
    has a mean that can be interpreted).
    """
    matrix, limits = _admitted(items, bounds, outside, missing)
    grouping = as_grouping(groups, len(matrix))
    if missing == "listwise":
        matrix = np.where(np.any(np.isnan(matrix), axis=1)[:, None], np.nan, matrix)
    people = np.bincount(
        grouping.codes[~np.all(np.isnan(matrix), axis=1)], minlength=len(grouping)
    ).astype(np.int64)
    count, mean, squares = deviations(matrix, grouping, None)
    usable = count > 1
    each, kept = _each_item(count, mean, squares, limits, outside)
    used = kept.sum(axis=1)
    values = np.full(len(grouping), np.nan)
    np.divide(np.where(kept, each, 0.0).sum(axis=1), used, out=values, where=used > 0)
    reasons = reasons_for(
        people.shape,
        [
            ("no-answers", people == 0),
            ("fewer-than-2-answers", ~np.any(usable, axis=1)),
            ("out-of-range", used == 0),
        ],
    )
    return GroupValues(grouping.labels, values, people, reasons, f"a_wg, {missing}")


def _admitted(
    items: Any, bounds: tuple[float, float], outside: str, missing: str
) -> tuple[Floats, tuple[float, float]]:
    """Return the answers and their bounds, after checking them and the forks."""
    for value, options, name in (
        (outside, ("absent", "raw"), "outside"),
        (missing, ("available", "listwise"), "missing"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {', '.join(options)}; received {value!r}")
    limits = check_bounds(bounds)
    assert limits is not None
    matrix = as_matrix(items)
    if ((matrix < limits[0]) | (matrix > limits[1])).any():
        raise ValueError(f"items must lie within the bounds {limits}")
    return matrix, limits


def _each_item(
    count: Counts,
    mean: Floats,
    squares: Floats,
    limits: tuple[float, float],
    outside: OutsideRange,
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return a_wg of each group and item, and which of them count, (g, J)."""
    low, high = limits
    mean = np.where(count > 0, mean, low)
    usable = count > 1
    # (H - M)(M - L) is the variance of n answers at the bounds with this mean
    room = (high - mean) * (mean - low)
    at_bound = usable & (room <= 1e-12 * (high - low) ** 2)
    each = np.ones(count.shape)
    np.divide(2 * squares, count * room, out=each, where=usable & ~at_bound)
    each = np.where(at_bound, 1.0, 1 - each)
    kept = usable
    if outside == "absent":
        edge = (high - low) / np.maximum(count, 1) - 1e-9 * (high - low)
        kept = usable & (at_bound | ((mean - low >= edge) & (high - mean >= edge)))
    return each, kept
