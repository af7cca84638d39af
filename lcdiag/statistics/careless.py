"""Indices of careless answering: one number a person and index, never a verdict.

Each index has honest explanations too: equal answers in a row on a scale of one mind, a rare but
true pattern of answers, a fast reader. What to do with an index is for people to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.careless_consistency import (
    even_odd,
    person_total,
    psychometric_synonyms,
    synonym_pairs,
)
from lcdiag.statistics.careless_distance import mahalanobis, mahalanobis_tail
from lcdiag.statistics.person_labels import person_labels
from lcdiag.statistics.results import PersonValues, reasons_for

__all__ = [
    "even_odd",
    "intra_individual_variability",
    "longstring",
    "mahalanobis",
    "mahalanobis_tail",
    "person_total",
    "psychometric_synonyms",
    "response_speed",
    "synonym_pairs",
    "variability_by_part",
]

Part = Literal["longest", "average"]


def longstring(
    items: Any,
    *,
    na: Literal["breaks", "skipped"] = "breaks",
    run: Part = "longest",
) -> PersonValues:
    """Return the length of the longest run of equal answers in the order of the items.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        Columns in the order in which they were asked; NaN = missing.
    na : {"breaks", "skipped"}
        A missing answer ends the run and is a run of one of its own; or it is passed over, so that
        the answers before and after it can belong to one run.
    run : {"longest", "average"}
        The longest run; or the mean length of all runs.

    Returns
    -------
    PersonValues
        (n,), in items: 1 (no two neighbours equal) to k. n = answered items.

    Raises
    ------
    ValueError
        For text, infinite values, or a fork that is not offered.

    Notes
    -----
    Formula: the length of the longest run of equal answers next to each other; the mean length
    beside it.

    Default: a missing answer breaks the run, as in the program below.

    Absent when: ``no-answers``.

    Agrees with careless 1.2.2 (``longstring``, with ``avg``).

    References
    ----------
    Johnson (2005), Journal of Research in Personality 39; Meade & Craig (2012), Psychological
    Methods 17(3).
    """
    if na not in ("breaks", "skipped"):
        raise ValueError(f"na is 'breaks' or 'skipped'; received {na!r}")
    if run not in ("longest", "average"):
        raise ValueError(f"run is 'longest' or 'average'; received {run!r}")
    matrix = as_matrix(items)
    answered = (~np.isnan(matrix)).sum(axis=1)
    longest, runs = _runs(np.ascontiguousarray(matrix.T), na == "skipped")
    length = answered if na == "skipped" else np.full(len(matrix), matrix.shape[1])
    values = np.full(len(matrix), np.nan)
    np.divide(length, runs, out=values, where=answered > 0)
    if run == "longest":
        values = np.where(answered > 0, longest, np.nan)
    reasons = reasons_for(values.shape, [("no-answers", answered == 0)])
    name = f"{run} run of equal answers, a missing answer {'is skipped' if na == 'skipped' else na}"
    return PersonValues(person_labels(items, len(matrix)), values, answered, reasons, name)


def _runs(columns: Floats, skip: bool) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the longest run and the number of runs of each person; columns are (k, n)."""
    n = columns.shape[1]
    current, longest, runs = (np.zeros(n, dtype=np.int64) for _ in range(3))
    last = np.full(n, np.nan)
    for answers in columns:
        seen = ~np.isnan(answers)
        same = answers == last
        counted = seen if skip else np.ones(n, dtype=bool)
        current = np.where(counted, np.where(same, current + 1, 1), current)
        runs += counted & ~same
        np.maximum(longest, current, out=longest)
        last = np.where(seen, answers, last) if skip else answers
    return longest, runs


def intra_individual_variability(items: Any, *, ddof: int = 1) -> PersonValues:
    """Return the standard deviation of each person's own answers over the items.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        As they were asked, not reversed; NaN = missing.
    ddof : int
        1: the sum of squares over n - 1; 0: over n.

    Returns
    -------
    PersonValues
        (n,), in points of the answer scale; n = answered items.

    Raises
    ------
    ValueError
        For text, infinite values, or a `ddof` other than 0 and 1.

    Notes
    -----
    Formula: sqrt(sum (x - mean)^2 / (n - ddof)) over the items that the person answered.

    Default: n - 1, as in the program below. Very low and very high values both deserve a look.

    Absent when: ``no-answers``; ``fewer-than-2-answers`` (with n - 1).

    Agrees with careless 1.2.2 (``irv``).

    References
    ----------
    Dunn, Heggestad, Shanock & Theilgard (2018), Journal of Business and Psychology 33.
    """
    matrix = as_matrix(items)
    return _variability(matrix, person_labels(items, len(matrix)), ddof, "")


def variability_by_part(items: Any, split: int, *, ddof: int = 1) -> tuple[PersonValues, ...]:
    """Return the standard deviation of each person's answers in consecutive parts of the form.

    Parameters
    ----------
    items, ddof
        As in `intra_individual_variability`.
    split : int
        How many parts; where k does not divide, the first ones are one item longer.

    Returns
    -------
    tuple of PersonValues
        One a part.

    Raises
    ------
    ValueError
        As in `intra_individual_variability`; for a `split` below 1 or above k.

    Notes
    -----
    Absent when: as in `intra_individual_variability`, for each part by itself.

    Agrees with careless 1.2.2 (``irv``, ``split=TRUE``) where the parts are equal.

    References
    ----------
    As in `intra_individual_variability`.
    """
    matrix = as_matrix(items)
    if not 1 <= split <= matrix.shape[1]:
        raise ValueError(f"split is between 1 and {matrix.shape[1]} parts; received {split!r}")
    people = person_labels(items, len(matrix))
    parts = np.array_split(np.arange(matrix.shape[1]), split)
    return tuple(
        _variability(matrix[:, part], people, ddof, f", part {number} of {split}")
        for number, part in enumerate(parts, start=1)
    )


def _variability(matrix: Floats, people: npt.NDArray[Any], ddof: int, part: str) -> PersonValues:
    if ddof not in (0, 1):
        raise ValueError(f"ddof is 0 or 1; received {ddof!r}")
    held = ~np.isnan(matrix)
    count = held.sum(axis=1)
    filled = np.where(held, matrix, 0.0)
    mean = filled.sum(axis=1) / np.maximum(count, 1)
    squares = (np.where(held, matrix - mean[:, None], 0.0) ** 2).sum(axis=1)
    values = np.full(len(matrix), np.nan)
    np.divide(squares, count - ddof, out=values, where=count > ddof)
    # equal answers have no spread, whatever the rounding of their mean leaves
    low = np.where(held, matrix, np.inf).min(axis=1, initial=np.inf)
    high = np.where(held, matrix, -np.inf).max(axis=1, initial=-np.inf)
    values = np.where((count > ddof) & (low == high), 0.0, np.sqrt(values))
    reasons = reasons_for(
        values.shape, [("no-answers", count == 0), ("fewer-than-2-answers", count <= ddof)]
    )
    divisor = "n - 1" if ddof else "n"
    return PersonValues(people, values, count, reasons, f"sd over items, {divisor}{part}")


def response_speed(
    seconds: Any, items: int | Sequence[int], *, pages: Literal["total", "fastest"] = "total"
) -> PersonValues:
    """Return the seconds a person took for an item, on average or on the fastest page.

    Parameters
    ----------
    seconds : array_like or DataFrame, shape (n,) or (n, p)
        The time of the whole form, or of each of p pages; NaN = not recorded.
    items : int or sequence of int
        How many items the form has, or each page.
    pages : {"total", "fastest"}
        All seconds by all items of the pages with a time; or the page with the fewest seconds an
        item, which a pause elsewhere cannot hide.

    Returns
    -------
    PersonValues
        (n,), in seconds an item; n = items on the pages it rests on.

    Raises
    ------
    ValueError
        For text, infinite values, a number of items below 1, or numbers that do not fit the pages.

    Notes
    -----
    Formula: seconds / items.

    Default: the total. No limit is set here: Huang and colleagues held 2 seconds an item for the
    least that reading takes, which depends on the length of the items.

    Absent when: ``no-times``; ``negative-time`` (a clock that was set back, on any page).

    References
    ----------
    Huang, Curran, Keeney, Poposki & DeShon (2012), Journal of Business and Psychology 27.
    """
    if pages not in ("total", "fastest"):
        raise ValueError(f"pages is 'total' or 'fastest'; received {pages!r}")
    matrix = as_matrix(seconds, "seconds")
    numbers = np.atleast_1d(np.asarray(items))
    if numbers.dtype.kind not in "iu" or numbers.ndim != 1 or (numbers < 1).any():
        raise ValueError(f"items are whole numbers, 1 or more; received {items!r}")
    if len(numbers) != matrix.shape[1]:
        raise ValueError(f"items must have one number a page, {matrix.shape[1]} in all")
    held = ~np.isnan(matrix)
    count = (held * numbers).sum(axis=1)
    back = np.asarray((matrix < 0).any(axis=1))
    values = np.full(len(matrix), np.nan)
    known = (count > 0) & ~back
    np.divide(np.where(held, matrix, 0.0).sum(axis=1), count, out=values, where=known)
    reasons = reasons_for(values.shape, [("negative-time", back), ("no-times", count == 0)])
    if pages == "fastest":
        each = np.where(held, matrix, np.inf) / numbers
        at = each.argmin(axis=1) if matrix.shape[1] else np.zeros(len(matrix), dtype=np.intp)
        values = np.where(known, each.min(axis=1, initial=np.inf), np.nan)
        count = np.where(known, numbers[at], 0)
    name = f"seconds an item, {'all pages' if pages == 'total' else 'fastest page'}"
    return PersonValues(person_labels(seconds, len(matrix)), values, count, reasons, name)
