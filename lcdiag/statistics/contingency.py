"""How often each pair of options came together: all that ordinal data say about two items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Counts, Floats, as_matrix
from lcdiag.statistics.moments import Missing, Moments

MOST = 50
"""More options than this are no ordinal item."""

_ROWS_AT_ONCE = 8192  # single precision counts this many exactly

Codes = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Contingency:
    """Answers as positions of options, and the table of every pair of items.

    Attributes
    ----------
    codes : array of int, shape (n, k)
        Position of each answer among the options of its item; -1 where it is missing.
    levels : tuple of array
        The options of each item that somebody chose, in ascending order.
    margins : array of int, shape (k, c)
        How often each option was chosen, 0 beyond an item's options; c is the most options.
    tables : array of int, shape (k, k, c, c)
        How often option a of item i came with option b of item j.
    """

    codes: Codes
    levels: tuple[Floats, ...]
    margins: Counts
    tables: Counts

    @property
    def rows(self) -> int:
        """Return how many rows count."""
        return len(self.codes)


def contingency(items: Any, missing: Missing = "listwise") -> Contingency | str:
    """Return the tables of all pairs of items, or the reason why there are none.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        Answers in any numbers; NaN = missing.
    missing : {"listwise", "pairwise"}
        Complete rows, or the rows that each pair has.

    Raises
    ------
    ValueError
        For text, infinite values, Moments (which have no options), an unknown rule.

    Notes
    -----
    ``fewer-than-2-items``; ``fewer-than-2-respondents``; ``empty-item``; ``too-many-options``
    (more than 50, so not an ordinal item).
    """
    if isinstance(items, Moments):
        raise ValueError("ordinal statistics need the answers, not their moments")
    if missing not in ("listwise", "pairwise"):
        raise ValueError(f"missing is 'listwise' or 'pairwise'; received {missing!r}")
    matrix = as_matrix(items)
    held = ~np.isnan(matrix)
    kept = held.all(axis=1) if missing == "listwise" else held.any(axis=1)
    matrix, held = matrix[kept], held[kept]
    if matrix.shape[1] < 2:
        return "fewer-than-2-items"
    if len(matrix) < 2:
        return "fewer-than-2-respondents"
    if not held.any(axis=0).all():
        return "empty-item"
    codes = np.full(matrix.shape, -1, dtype=np.intp)
    levels = []
    for item in range(matrix.shape[1]):
        options, places = _options(matrix[held[:, item], item])
        if len(options) > MOST:
            return "too-many-options"
        codes[held[:, item], item] = places
        levels.append(options)
    return tabulated(codes, tuple(levels))


def _options(values: Floats) -> tuple[Floats, Codes]:
    """Return the distinct values in ascending order and the place of each value among them."""
    low, high = float(values.min()), float(values.max())
    if high - low < 1000 and bool((values == np.rint(values)).all()):
        shifted = (values - low).astype(np.intp)
        seen = np.bincount(shifted) > 0
        return np.asarray(np.flatnonzero(seen) + low, dtype=np.float64), (np.cumsum(seen) - 1)[
            shifted
        ]
    options, places = np.unique(values, return_inverse=True)
    return options, places.astype(np.intp, copy=False)


def tabulated(codes: Codes, levels: tuple[Floats, ...]) -> Contingency:
    """Return the tables of answers that are positions of options already.

    Parameters
    ----------
    codes : array of int, shape (n, k)
        -1 where missing.
    levels : tuple of array
        The options of each item.
    """
    k, most = codes.shape[1], max(len(options) for options in levels)
    total = np.zeros((k * most, k * most))
    places = np.arange(k) * most
    for first in range(0, len(codes), _ROWS_AT_ONCE):
        block = codes[first : first + _ROWS_AT_ONCE]
        chosen = np.zeros((len(block), k * most), dtype=np.float32)
        row, item = np.nonzero(block >= 0)
        chosen[row, places[item] + block[row, item]] = 1.0
        total += chosen.T @ chosen
    tables = np.rint(total).astype(np.int64).reshape(k, most, k, most).transpose(0, 2, 1, 3)
    every = np.arange(k)
    margins = np.diagonal(tables[every, every], axis1=1, axis2=2)
    return Contingency(codes, levels, margins, tables)
