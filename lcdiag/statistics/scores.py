"""Scores of a scale from raw item columns: reversal, missing answers, mean, sum or percentage.

For arrays that no instrument file describes; what an instrument file describes is scored by its
own rules.

Forks
-----
reversed_items, bounds
    As in `reverse_items`; bounds are needed where an item is reversed, and for ``percent``.
impute : {"none", "mean", "median"}
    As in `impute_items`, after reversal.
how : {"mean", "sum", "percent"}
    Mean of the answered items; that mean times k, so that a skipped item does not count as 0;
    or the mean as a percentage of the way from the lower to the upper bound (POMP).
minimum : int
    How many items a person must have answered (before imputation).

Notes
-----
Default: nothing is imputed and one answer is enough; a stated minimum is better.

Agrees with psych 2.5.3 (``scoreItems``); R's ``rowMeans``.

References
----------
Cohen, Cohen, Aiken & West (1999), Multivariate Behavioral Research 34(3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.intervals import check_bounds
from lcdiag.statistics.person_labels import person_labels
from lcdiag.statistics.results import PersonValues, reasons_for

Impute = Literal["none", "mean", "median"]
How = Literal["mean", "sum", "percent"]
Bounds = tuple[float, float] | Literal["observed"]

__all__ = [
    "impute_items",
    "reverse_items",
    "scale_scores",
]


def reverse_items(items: Any, reversed_items: Sequence[int], *, bounds: Bounds) -> Floats:
    """Return the items with some of them turned round: low + high - answer.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing.
    reversed_items : sequence of int
        Positions of the items to turn, from 0.
    bounds : tuple of float, or "observed"
        Lowest and highest option as the form had them; or the lowest and highest answer among all
        the items given.

    Returns
    -------
    array, shape (n, k)
        A copy.

    Raises
    ------
    ValueError
        For text, infinite values, a position that does not exist, or an answer outside the bounds.

    Notes
    -----
    Default: there is none. Observed bounds turn items wrongly wherever nobody chose the end of the
    scale, so they must be asked for by name.

    Agrees with psych 2.5.3 (``scoreItems``, with and without ``min`` and ``max``).
    """
    matrix = as_matrix(items).copy()
    positions = np.asarray(list(reversed_items), dtype=np.intp)
    if len(positions) and (positions.min() < 0 or positions.max() >= matrix.shape[1]):
        raise ValueError(f"reversed_items are positions from 0 to {matrix.shape[1] - 1}")
    limits = _limits(matrix, bounds)
    if limits is not None and len(positions):
        matrix[:, positions] = limits[0] + limits[1] - matrix[:, positions]
    return matrix


def impute_items(items: Any, rule: Impute) -> Floats:
    """Return the items with each missing answer replaced by the item's own mean or median.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing.
    rule : {"none", "mean", "median"}
        Nothing is replaced; or by the mean, or the median, of the answers to that item.

    Returns
    -------
    array, shape (n, k)
        A copy; an item that nobody answered stays missing.

    Raises
    ------
    ValueError
        For text, infinite values, or an unknown rule.

    Notes
    -----
    Default: there is none. Imputed answers make a scale look surer than it is: spread shrinks, and
    n counts answers that nobody gave.

    Agrees with psych 2.5.3 (``scoreItems``, where the median is the default).
    """
    if rule not in ("none", "mean", "median"):
        raise ValueError(f"rule is 'none', 'mean' or 'median'; received {rule!r}")
    matrix = as_matrix(items).copy()
    answered = (~np.isnan(matrix)).any(axis=0)
    if rule == "none" or not answered.any():
        return matrix
    middle = np.full(matrix.shape[1], np.nan)
    centre = np.nanmean if rule == "mean" else np.nanmedian
    middle[answered] = centre(matrix[:, answered], axis=0)
    return np.where(np.isnan(matrix), middle, matrix)


def scale_scores(
    items: Any,
    *,
    reversed_items: Sequence[int] = (),
    bounds: Bounds | None = None,
    impute: Impute = "none",
    how: How = "mean",
    minimum: int = 1,
) -> PersonValues:
    """Return one score a person over the items that the person answered.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing.
    reversed_items, bounds, impute, how, minimum
        See the forks and notes of this module.

    Returns
    -------
    PersonValues
        (n,), in points of the scale, or 0 to 100; n = answered items.

    Raises
    ------
    ValueError
        As in `reverse_items` and `impute_items`; for bounds that are needed and not given, a
        minimum below 1 or above k.

    Notes
    -----
    Absent when: ``no-answers``; ``fewer-than-the-minimum``.
    """
    matrix = as_matrix(items)
    k = matrix.shape[1]
    _check(how, minimum, k, bounds is None and (bool(len(reversed_items)) or how == "percent"))
    limits = None if bounds is None else _limits(matrix, bounds)
    answered = (~np.isnan(matrix)).sum(axis=1)
    turned = matrix if bounds is None else reverse_items(matrix, reversed_items, bounds=bounds)
    full = impute_items(turned, impute)
    held = ~np.isnan(full)
    count = held.sum(axis=1)
    good = (answered >= minimum) & (count > 0)
    values = np.full(len(full), np.nan)
    np.divide(np.where(held, full, 0.0).sum(axis=1), count, out=values, where=good)
    if how == "sum":
        values = values * k
    elif how == "percent" and limits is not None:
        values = (values - limits[0]) / (limits[1] - limits[0]) * 100
    reasons = reasons_for(
        values.shape, [("no-answers", count == 0), ("fewer-than-the-minimum", ~good)]
    )
    name = f"{how}, {f'{impute} imputed' if impute != 'none' else 'answered items'}"
    people = person_labels(items, len(values))
    return PersonValues(people, values, answered.astype(np.int64), reasons, name)


def _check(how: str, minimum: int, k: int, unbounded: bool) -> None:
    if how not in ("mean", "sum", "percent"):
        raise ValueError(f"how is 'mean', 'sum' or 'percent'; received {how!r}")
    if not 1 <= minimum <= max(k, 1):
        raise ValueError(f"minimum is between 1 and {k} items; received {minimum!r}")
    if unbounded:
        raise ValueError("bounds are needed to reverse items and for percentages")


def _limits(matrix: Floats, bounds: Bounds) -> tuple[float, float] | None:
    """Return lowest and highest option; None where they are observed and nobody answered."""
    if isinstance(bounds, str):
        if bounds != "observed":
            raise ValueError(f"bounds are two numbers or 'observed'; received {bounds!r}")
        if np.isnan(matrix).all():
            return None
        low, high = float(np.nanmin(matrix)), float(np.nanmax(matrix))
        return (low, high) if low < high else None
    limits = check_bounds(bounds)
    assert limits is not None
    if ((matrix < limits[0]) | (matrix > limits[1])).any():
        raise ValueError(f"items must lie within the bounds {limits}")
    return limits
