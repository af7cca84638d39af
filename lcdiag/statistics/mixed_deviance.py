"""The deviance of a model with random intercepts, and its slope, from sums over cells.

The model is y = mean + sum of effects + rest, one effect per level of each factor. With theta the
standard deviations of the factors over that of the rest, V = I + sum theta^2 Z Z' is never made:
everything follows from the counts Z'Z. The factor with the most levels has a diagonal block and is
taken out first; what remains is dense when it is small and sparse when it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Floats, Grouping

DENSE_LEVELS = 5000
"""Levels of all factors but the largest, up to which the remaining system is dense."""

_KEPT_NUMBERS = 60_000_000  # how much may be kept to avoid a sparse product at every step


@dataclass(frozen=True, eq=False)
class Solved:
    """One evaluation at given theta.

    Attributes
    ----------
    logdet : float
        log |V|.
    ones, cross, own : float
        1'V^-1 1, 1'V^-1 y, y'V^-1 y.
    effects_one, effects_y : tuple of array
        theta Z'V^-1 1 and theta Z'V^-1 y, one array a factor.
    traces : array, shape (f,)
        Trace of each factor's block of M^-1, M = I + Lambda Z'Z Lambda; NaN in the sparse case.
    """

    logdet: float
    ones: float
    cross: float
    own: float
    effects_one: tuple[Floats, ...]
    effects_y: tuple[Floats, ...]
    traces: Floats


@dataclass(eq=False)
class CellSums:
    """Counts and sums of y over the levels of each factor, the largest factor first.

    Attributes
    ----------
    names : tuple of str
        The factors, most levels first.
    levels : tuple of int
        Levels a factor.
    n, total, squares : float
        Rows; sum and sum of squares of y (around its mean).
    middle : float
        The mean that y was taken around.
    """

    names: tuple[str, ...]
    levels: tuple[int, ...]
    n: int
    total: float
    squares: float
    middle: float
    counts: tuple[Floats, ...]
    sums: tuple[Floats, ...]
    across: Any
    rest: Any
    kept: dict[int, Any] = field(default_factory=dict)
    group_of: Any = None

    @property
    def dense(self) -> bool:
        """Return whether what remains after the largest factor is solved as a dense system."""
        return sum(self.levels[1:]) <= DENSE_LEVELS


def cell_sums(values: Floats, factors: Mapping[str, Grouping]) -> CellSums:
    """Return the sums that the deviance needs; values (n,) without NaN."""
    from scipy import sparse

    names = tuple(sorted(factors, key=lambda name: (-len(factors[name]), name)))
    n = len(values)
    middle = float(values.mean())
    around = values - middle
    codes = [factors[name].codes for name in names]
    levels = tuple(len(factors[name]) for name in names)
    counts = tuple(
        np.bincount(c, minlength=q).astype(np.float64) for c, q in zip(codes, levels, strict=True)
    )
    sums = tuple(
        np.bincount(c, weights=around, minlength=q).astype(np.float64)
        for c, q in zip(codes, levels, strict=True)
    )
    across = rest = None
    if len(names) > 1:
        starts = np.concatenate([[0], np.cumsum(levels[1:])[:-1]])
        columns = np.concatenate([c + s for c, s in zip(codes[1:], starts, strict=True)])
        rows = np.tile(np.arange(n), len(codes) - 1)
        width = int(sum(levels[1:]))
        ones = np.ones(len(columns))
        design = sparse.csr_matrix((ones, (rows, columns)), shape=(n, width))
        first = sparse.csr_matrix((np.ones(n), (codes[0], np.arange(n))), shape=(levels[0], n))
        across, rest = (first @ design).tocsr(), (design.T @ design).tocsr()
    found = CellSums(
        names,
        levels,
        n,
        float(around.sum()),
        float(around @ around),
        middle,
        counts,
        sums,
        across,
        rest,
    )
    if rest is not None and found.dense:
        _keep(found)
    return found


def _keep(found: CellSums) -> None:
    """Keep the products of rows whose largest factor has the same count: weights act on them."""
    values, places = np.unique(found.counts[0], return_inverse=True)
    width = found.across.shape[1]
    if len(values) * width**2 > _KEPT_NUMBERS:
        return
    found.group_of = values
    for number in range(len(values)):
        rows = found.across[places == number]
        found.kept[number] = (rows.T @ rows).toarray()


def weighted_products(sums: CellSums, weight_of_count: Any) -> Any:
    """Return C' W C, W a function of the count of each level of the largest factor."""
    from scipy import sparse

    if sums.kept:
        weights = weight_of_count(sums.group_of)
        total = np.zeros_like(sums.kept[0])
        for number, weight in enumerate(weights):
            total += weight * sums.kept[number]
        return total
    scaled = sparse.diags(weight_of_count(sums.counts[0])) @ sums.across
    product = sums.across.T @ scaled
    return product.toarray() if sums.dense else product


def solve(sums: CellSums, theta: Floats, *, want_traces: bool = True) -> Solved:
    """Return the evaluation at theta, in the order of `sums.names`."""
    first = 1 + theta[0] ** 2 * sums.counts[0]
    inverse = 1 / first
    logdet = float(np.log(first).sum())
    right = np.column_stack([theta[0] * sums.counts[0], theta[0] * sums.sums[0]])
    if len(sums.names) == 1:
        found = right * inverse[:, None]
        return _gathered(sums, theta, [found], logdet, np.array([inverse.sum()]))
    scale = np.repeat(theta[1:], sums.levels[1:])
    other = scale[:, None] * np.column_stack(
        [np.concatenate(sums.counts[1:]), np.concatenate(sums.sums[1:])]
    )
    pulled = theta[0] * scale[:, None] * (sums.across.T @ (inverse[:, None] * right))
    log_rest, lower, remaining = _remaining(sums, theta, scale, other - pulled)
    logdet += log_rest
    upper = inverse[:, None] * (right - theta[0] * (sums.across @ (scale[:, None] * lower)))
    traces = np.full(len(theta), np.nan)
    if want_traces and remaining is not None:
        traces = _traces(sums, theta, scale, remaining, inverse)
    return _gathered(sums, theta, [upper, *_split(sums, lower)], logdet, traces)


def _remaining(
    sums: CellSums, theta: Floats, scale: Floats, right: Floats
) -> tuple[float, Floats, Floats | None]:
    """Return log-determinant and solution of the system without the largest factor.

    The inverse comes along where the system is dense.
    """
    square = theta[0] ** 2
    taken = weighted_products(sums, lambda count: square / (1 + square * count))
    if sums.dense:
        from scipy.linalg import lapack

        matrix = (sums.rest.toarray() - taken) * scale[:, None] * scale[None, :]
        matrix[np.diag_indices_from(matrix)] += 1.0
        factor, info = lapack.dpotrf(matrix, lower=1, clean=1)
        assert info == 0  # I + a positive semi-definite matrix
        inverse, info = lapack.dpotri(factor, lower=1)
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
        logdet = 2 * float(np.log(np.diagonal(factor)).sum())
        return logdet, np.asarray(lapack.dpotrs(factor, right, lower=1)[0]), inverse
    from scipy import sparse
    from scipy.sparse.linalg import splu

    diagonal = sparse.diags(scale)
    matrix = sparse.identity(len(scale)) + diagonal @ (sums.rest - taken) @ diagonal
    options = {"SymmetricMode": True}
    factor = splu(matrix.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0, options=options)
    logdet = float(np.log(np.abs(factor.U.diagonal())).sum())
    return logdet, np.asarray(factor.solve(right)), None


def _traces(
    sums: CellSums, theta: Floats, scale: Floats, remaining: Floats, inverse: Floats
) -> Floats:
    """Return the trace of each factor's block of M^-1."""
    square = theta[0] ** 2
    weights = weighted_products(sums, lambda count: square / (1 + square * count) ** 2)
    pulled = weights * scale[:, None] * scale[None, :]
    first = float(inverse.sum()) + float((remaining * pulled).sum())
    ends = np.cumsum(sums.levels[1:])
    starts = np.concatenate([[0], ends[:-1]])
    own = np.diagonal(remaining)
    others = [float(own[a:b].sum()) for a, b in zip(starts, ends, strict=True)]
    return np.array([first, *others])


def _split(sums: CellSums, lower: Floats) -> list[Floats]:
    return np.split(lower, np.cumsum(sums.levels[1:])[:-1])


def _gathered(
    sums: CellSums, theta: Floats, solution: list[Floats], logdet: float, traces: Floats
) -> Solved:
    """Return quadratic forms in V^-1 from the solution of the penalised system."""
    forms = np.array([[sums.n, sums.total], [sums.total, sums.squares]])
    for scale, count, total, found in zip(theta, sums.counts, sums.sums, solution, strict=True):
        forms -= scale * (np.column_stack([count, total]).T @ found)
    return Solved(
        logdet,
        float(forms[0, 0]),
        float((forms[0, 1] + forms[1, 0]) / 2),
        float(forms[1, 1]),
        tuple(found[:, 0] for found in solution),
        tuple(found[:, 1] for found in solution),
        traces,
    )


def inverse_diagonals(sums: CellSums, theta: Floats) -> tuple[Floats, ...] | None:
    """Return the diagonal of each factor's block of M^-1; None where the system is sparse."""
    first = 1 / (1 + theta[0] ** 2 * sums.counts[0])
    if len(sums.names) == 1:
        return (first,)
    if not sums.dense:
        return None
    scale = np.repeat(theta[1:], sums.levels[1:])
    nothing = np.zeros((len(scale), 1))
    _, _, remaining = _remaining(sums, theta, scale, nothing)
    assert remaining is not None
    scaled = remaining * scale[:, None] * scale[None, :]
    # c_i' S^-1 c_i of each level of the largest factor, over its few cells only
    pulled = np.zeros(len(first))
    step = max(1, 20_000_000 // max(1, scaled.shape[0]))
    for start in range(0, len(first), step):
        part = sums.across[start : start + step]
        pulled[start : start + step] = np.asarray(part.multiply(part @ scaled).sum(axis=1)).ravel()
    own = first + theta[0] ** 2 * first**2 * pulled
    return (own, *np.split(np.diagonal(remaining), np.cumsum(sums.levels[1:])[:-1]))
