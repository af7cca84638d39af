"""Rows gathered by which items they hold: all that a normal likelihood needs from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Counts, Floats


@dataclass(frozen=True, eq=False)
class Patterns:
    """Means and spreads per pattern of missing answers.

    Attributes
    ----------
    n : array of int, shape (r,)
        Rows with this pattern.
    held : array of bool, shape (r, p)
        Which items they have.
    means : array, shape (r, p)
        0 where missing.
    spreads : array, shape (r, p, p)
        Covariances around these means (divisor n), 0 where missing.
    rows : array, shape (n, p), or None
        The answers, NaN for missing, where people are needed one by one.
    codes : array of int, shape (n,)
        The pattern of each row.
    """

    n: Counts
    held: npt.NDArray[np.bool_]
    means: Floats
    spreads: Floats
    rows: Floats | None
    codes: npt.NDArray[np.intp]

    @property
    def people(self) -> int:
        """Return how many rows there are."""
        return int(self.n.sum())

    @property
    def items(self) -> int:
        """Return how many items there are."""
        return int(self.held.shape[1])


def patterns_of(rows: Floats) -> Patterns:
    """Return the patterns of rows that have at least one answer each; (n, p), NaN = missing."""
    held = ~np.isnan(rows)
    packed = np.packbits(held, axis=1)
    _, first, codes = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    codes = codes.reshape(-1).astype(np.intp)
    r, p = len(first), rows.shape[1]
    count = np.bincount(codes, minlength=r)
    order = np.argsort(codes, kind="stable")
    filled = np.where(held, rows, 0.0)[order]
    edges = np.concatenate([[0], np.cumsum(count)])
    means = np.add.reduceat(filled, edges[:-1], axis=0) / count[:, None]
    spreads = np.zeros((r, p, p))
    for number in np.flatnonzero(count > 1):
        away = filled[edges[number] : edges[number + 1]] - means[number]
        spreads[number] = away.T @ away / count[number]
    return Patterns(count.astype(np.int64), held[first], means, spreads, rows, codes)


def complete_pattern(n: int, means: Floats, spread: Floats) -> Patterns:
    """Return the one pattern of n complete rows, from their means and covariances (divisor n)."""
    held = np.ones((1, len(means)), dtype=bool)
    nobody = np.empty(0, dtype=np.intp)
    return Patterns(np.array([n]), held, means[None], spread[None], None, nobody)
