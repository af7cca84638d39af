"""Counts, sums and cross-products of items: all that many statistics need, and mergeable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import (
    Counts,
    Floats,
    Grouping,
    Labels,
    as_grouping,
    as_matrix,
    refuse_infinite,
)

Missing = Literal["pairwise", "listwise"]

_ROWS_AT_ONCE = 512  # keeps the rows at work, and their working copies, in the cache


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over respondents; adding two gives the moments of both together.

    For integer codes all sums are exact, so merging gives the same bits in any order (up to
    2^53). With groups every array has a leading axis of g groups.

    Attributes
    ----------
    rows, answered, complete : array of int, shape () or (g,)
        All rows; rows with at least one answer; rows with all answers.
    counts : array of int, shape (k, k)
        Rows with both items.
    sums, squares, products : array, shape (k, k)
        Over the rows with both items: of item i, of its square, of the product i j; all of
        values minus `origin`.
    complete_sums, complete_products : array, shape (k,), (k, k)
        The same over complete rows only.
    origin : array, shape (k,)
        What was subtracted from each item.
    groups : array, shape (g,), or None
        Labels, sorted.
    """

    rows: Counts
    answered: Counts
    complete: Counts
    counts: Counts
    sums: Floats
    squares: Floats
    products: Floats
    complete_sums: Floats
    complete_products: Floats
    origin: Floats
    groups: Labels | None = None

    @property
    def items(self) -> int:
        """Return how many items there are."""
        return len(self.origin)

    def __add__(self, other: Moments) -> Moments:
        """Return the moments of both sets of rows.

        Raises
        ------
        ValueError
            If items or origins differ, or only one of them has groups.
        """
        if not np.array_equal(self.origin, other.origin):
            raise ValueError("moments can be added when items and origins are the same")
        if (self.groups is None) != (other.groups is None):
            raise ValueError("moments with groups cannot be added to moments without")
        if self.groups is None or other.groups is None:
            added = [a + b for a, b in zip(_sums(self), _sums(other), strict=True)]
            return _moments(added, self.origin)
        both = as_grouping(
            np.concatenate([self.groups, other.groups]), len(self.groups) + len(other.groups)
        )
        mine, theirs = both.codes[: len(self.groups)], both.codes[len(self.groups) :]
        merged = []
        for a, b in zip(_sums(self), _sums(other), strict=True):
            out = np.zeros((len(both), *a.shape[1:]), dtype=a.dtype)
            out[mine] += a
            out[theirs] += b
            merged.append(out)
        return _moments(merged, self.origin, both.labels)

    def group(self, label: Any) -> Moments:
        """Return the moments of one group.

        Raises
        ------
        KeyError
            If there is no such group.
        """
        if self.groups is None:
            raise KeyError(f"there are no groups, so no {label!r}")
        row = Grouping(self.groups, np.empty(0, dtype=np.intp)).position(label)
        return _moments([part[row] for part in _sums(self)], self.origin)

    def total(self) -> Moments:
        """Return the moments of all groups together."""
        if self.groups is None:
            return self
        return _moments([part.sum(axis=0) for part in _sums(self)], self.origin)

    def means(self) -> Floats:
        """Return the mean of each item over its answers, (k,); NaN where it has none."""
        count = np.diagonal(self.counts, axis1=-2, axis2=-1)
        total = np.diagonal(self.sums, axis1=-2, axis2=-1)
        out = np.full(count.shape, np.nan)
        np.divide(total, count, out=out, where=count > 0)
        return out + self.origin

    def covariance(self, missing: Missing = "pairwise") -> Floats:
        """Return the covariance matrix (n - 1), NaN for pairs with fewer than 2 rows.

        Parameters
        ----------
        missing : {"pairwise", "listwise"}
            Each pair over the rows that have both, with the means of these rows; or all pairs
            over complete rows.
        """
        if missing == "listwise":
            n = np.broadcast_to(self.complete[..., None, None], self.complete_products.shape)
            crossed = self.complete_sums[..., :, None] * self.complete_sums[..., None, :]
            return _divided(self.complete_products, crossed, n)
        if missing != "pairwise":
            raise ValueError(f"missing is 'pairwise' or 'listwise'; received {missing!r}")
        crossed = self.sums * np.swapaxes(self.sums, -1, -2)
        return _divided(self.products, crossed, self.counts)

    def correlation(self, missing: Missing = "pairwise") -> Floats:
        """Return the correlation matrix; NaN where an item has no spread.

        With ``pairwise`` the standard deviations too are those of the rows with both items.
        """
        covariance = self.covariance(missing)
        if missing == "listwise":
            variance = np.diagonal(covariance, axis1=-2, axis2=-1)
            scale = variance[..., :, None] * variance[..., None, :]
        else:
            own = _divided(self.squares, self.sums**2, self.counts)
            scale = own * np.swapaxes(own, -1, -2)
        out = np.full(covariance.shape, np.nan)
        root = np.sqrt(np.where(scale > 0, scale, 1.0))
        np.divide(covariance, root, out=out, where=scale > 0)
        return out


def moments_of(items: Any, groups: Any = None, *, origin: Any = None) -> Moments:
    """Return the moments of items, over all rows or per group.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing.
    groups : array_like, shape (n,), optional
        Labels; the moments then hold one layer a group.
    origin : array_like, shape (k,), optional
        Subtracted before squaring; 0 where it is not given. Values far from 0 lose precision
        without it; moments can only be added when it is the same.

    Raises
    ------
    ValueError
        For text, infinite values, or values too large to square.
    """
    matrix = as_matrix(items, finite=False)
    k = matrix.shape[1]
    start = np.zeros(k) if origin is None else np.asarray(origin, dtype=np.float64)
    if start.shape != (k,):
        raise ValueError(f"origin must have one number an item, {k} in all")
    if groups is not None:
        return _per_group(matrix, as_grouping(groups, len(matrix)), start)
    total = [np.zeros((k, k)) for _ in range(4)] + [np.zeros(k), np.zeros((k, k))]
    answered = complete = 0
    with np.errstate(over="ignore", invalid="ignore"):
        for first in range(0, len(matrix), _ROWS_AT_ONCE):
            rows = matrix[first : first + _ROWS_AT_ONCE] - start
            some, whole, parts = _of_rows(rows)
            answered, complete = answered + some, complete + whole
            for sum_, part in zip(total, parts, strict=True):
                sum_ += part
    if not all(np.isfinite(part).all() for part in total):
        raise ValueError("items hold values too large to square")
    seen = [np.int64(count) for count in (len(matrix), answered, complete)]
    return _moments([*seen, total[0].astype(np.int64), *total[1:]], start)


def centred_moments(items: Any) -> Moments:
    """Return moments around whole numbers near the items' middle; Moments pass through.

    Whole numbers keep the sums of codes exact; nearness keeps precision for any other values.
    """
    if isinstance(items, Moments):
        return items
    matrix = as_matrix(items, finite=False)
    refuse_infinite(matrix[:1000], "items")
    head = matrix[:1000]
    held = ~np.isnan(head)
    total, count = np.where(held, head, 0.0).sum(axis=0), held.sum(axis=0)
    return moments_of(matrix, origin=np.rint(total / np.maximum(count, 1)))


def _of_rows(rows: Floats) -> tuple[int, int, list[Any]]:
    """Return answered rows, complete rows, and the sums of some rows."""
    n, k = rows.shape
    held = ~np.isnan(rows)
    if held.all():
        products = rows.T @ rows
        sums, squares = np.ones(n) @ rows, np.diagonal(products)
        if not np.isfinite(squares).all():
            refuse_infinite(rows, "items")
        wide = (np.repeat(sums[:, None], k, axis=1), np.repeat(squares[:, None], k, axis=1))
        return n if k else 0, n, [np.full((k, k), float(n)), *wide, products, sums, products]
    both = _beside_mask(rows, held)
    values, mask = both[:, :k], both[:, k:]
    crossed = both.T @ both
    answers = held.sum(axis=1)
    whole = answers == k
    kept = values[whole]
    return (
        int((answers > 0).sum()),
        int(whole.sum()),
        [
            crossed[k:, k:],
            crossed[:k, k:],
            (values * values).T @ mask,
            crossed[:k, :k],
            kept.sum(axis=0),
            kept.T @ kept,
        ],
    )


def _beside_mask(rows: Floats, held: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return the values (0 where missing) beside 1 where they are held, (n, 2k).

    Small whole numbers come in single precision, which sums them exactly and twice as fast.
    """
    n, k = rows.shape
    filled = np.where(held, rows, 0.0)
    largest = float(max(filled.max(initial=0.0), -filled.min(initial=0.0)))
    if not np.isfinite(largest):
        refuse_infinite(filled, "items")
    exact = largest**2 * n < 2**24 and bool((np.rint(filled) == filled).all())
    both = np.empty((n, 2 * k), dtype=np.float32 if exact else np.float64)
    both[:, :k] = filled
    both[:, k:] = held
    return both


def _per_group(matrix: Floats, grouping: Grouping, origin: Floats) -> Moments:
    """Return moments per group: a loop over pairs of items, never over groups."""
    refuse_infinite(matrix, "items")
    g, k = len(grouping), matrix.shape[1]
    held = ~np.isnan(matrix)
    values = np.where(held, matrix - origin, 0.0)
    whole = held.all(axis=1)

    def add(weights: Any) -> Floats:
        return np.bincount(grouping.codes, weights=weights, minlength=g).astype(np.float64)

    counts = np.zeros((g, k, k), dtype=np.int64)
    sums, squares, products, complete = (np.zeros((g, k, k)) for _ in range(4))
    complete_sums = np.zeros((g, k))
    for i in range(k):
        complete_sums[:, i] = add(values[:, i] * whole)
        for j in range(k):
            sums[:, i, j] = add(values[:, i] * held[:, j])
            squares[:, i, j] = add(values[:, i] ** 2 * held[:, j])
            if j >= i:
                product = values[:, i] * values[:, j]
                products[:, i, j] = products[:, j, i] = add(product)
                complete[:, i, j] = complete[:, j, i] = add(product * whole)
                counts[:, i, j] = counts[:, j, i] = add(held[:, i] & held[:, j])
    return Moments(
        np.bincount(grouping.codes, minlength=g),
        add(held.any(axis=1)).astype(np.int64),
        add(whole).astype(np.int64),
        counts,
        sums,
        squares,
        products,
        complete_sums,
        complete,
        origin,
        grouping.labels,
    )


_PARTS = (
    "rows",
    "answered",
    "complete",
    "counts",
    "sums",
    "squares",
    "products",
    "complete_sums",
    "complete_products",
)


def _sums(moments: Moments) -> list[Any]:
    """Return all that adds up, in the order of the fields."""
    return [getattr(moments, name) for name in _PARTS]


def _moments(parts: Sequence[Any], origin: Floats, groups: Labels | None = None) -> Moments:
    """Return moments from what adds up."""
    return Moments(**dict(zip(_PARTS, parts, strict=True)), origin=origin, groups=groups)


def _divided(products: Floats, crossed: Floats, n: Counts) -> Floats:
    """Return (products - crossed / n) / (n - 1), NaN where n < 2."""
    out = np.full(products.shape, np.nan)
    safe = np.maximum(n, 1)
    np.divide(products - crossed / safe, n - 1, out=out, where=n > 1)
    return out
