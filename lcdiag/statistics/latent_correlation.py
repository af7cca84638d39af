"""The correlation behind a table of two ordinal items, for many tables at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.bivariate_normal import (
    FAR,
    bivariate_cdf,
    bivariate_density,
    slope_along_limit,
)

_NEAREST = 1 - 1e-9  # the search stops here
_BOUNDARY = 1 - 1e-4  # beyond it the table says "perfectly related"
_NOTHING = 1e-12  # information per person where the likelihood is flat up to its bound
_STEPS = 100
_JOINT_STEPS = 50
_HALVINGS = 12
_TINY = 1e-15  # probabilities are differences, known to this precision


@dataclass(frozen=True, eq=False)
class Cells:
    """Probabilities of the cells of m tables with c options, and their slopes.

    Attributes
    ----------
    share : array, shape (m, c, c)
        Probability of each cell.
    by_rho : array, shape (m, c, c)
        Its slope along the correlation.
    """

    share: Floats
    by_rho: Floats


def cells_of(rows: Floats, columns: Floats, rho: Floats) -> Cells:
    """Return the probabilities of all cells and their slopes along rho.

    Parameters
    ----------
    rows, columns : array, shape (m, c - 1)
        Thresholds of the two items of each table; infinite where an item has fewer options.
    rho : array, shape (m,)
    """
    m, c = len(rows), rows.shape[1] + 1
    below, density = np.zeros((m, c + 1, c + 1)), np.zeros((m, c + 1, c + 1))
    a, b = _with_ends(rows)[:, 1:, None], _with_ends(columns)[:, None, 1:]
    below[:, 1:, 1:] = bivariate_cdf(a, b, rho[:, None, None])
    density[:, 1:, 1:] = bivariate_density(a, b, rho[:, None, None])
    density[:, -1, :] = density[:, :, -1] = 0.0
    return Cells(_inside(below), _inside(density))


def by_row_threshold(rows: Floats, columns: Floats, rho: Floats) -> Floats:
    """Return the slope of the cells above each row threshold along it, (m, c - 1, c).

    A threshold that rises takes from the row after it what it gives to the row before it.
    """
    b = _with_ends(columns)[:, None, :]
    return np.diff(slope_along_limit(rows[:, :, None], b, rho[:, None, None]), axis=2)


def two_step(tables: Floats, rows: Floats, columns: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the correlation of largest likelihood at known thresholds, and what lies at a bound.

    Parameters
    ----------
    tables : array, shape (m, c, c)
        Counts.
    rows, columns : array, shape (m, c - 1)
        As in `cells_of`.

    Returns
    -------
    array, shape (m,)
        -1 or 1 where the likelihood rises to the bound.
    array of bool, shape (m,)
        Whether it does.

    Notes
    -----
    Formula: the root of sum n_ij / P_ij dP_ij / d rho, by Fisher's scoring inside a bracket.
    """
    m = len(tables)
    low, high = np.full(m, -_NEAREST), np.full(m, _NEAREST)
    rho = np.clip(_of_positions(tables), -0.9, 0.9)
    people = tables.sum(axis=(1, 2))
    busy = np.arange(m)
    for _ in range(_STEPS):
        at = rho[busy]
        cells = cells_of(rows[busy], columns[busy], at)
        relative = cells.by_rho / np.maximum(cells.share, _TINY)
        slope = (tables[busy] * relative).sum(axis=(1, 2))
        known = people[busy] * (cells.by_rho * relative).sum(axis=(1, 2))
        low[busy] = np.where(slope > 0, at, low[busy])
        high[busy] = np.where(slope > 0, high[busy], at)
        step = np.full(len(busy), np.nan)
        np.divide(slope, known, out=step, where=known > _NOTHING)
        proposed = at + step
        inside = (proposed > low[busy]) & (proposed < high[busy])
        rho[busy] = np.where(inside, proposed, (low[busy] + high[busy]) / 2)
        moved = np.abs(rho[busy] - at)
        busy = busy[(moved > 1e-10) & (high[busy] - low[busy] > 1e-11)]
        if not len(busy):
            break
    cells = cells_of(rows, columns, rho)
    flat = (cells.by_rho**2 / np.maximum(cells.share, _TINY)).sum(axis=(1, 2)) < _NOTHING
    bound = flat | (np.abs(rho) > _BOUNDARY)
    return np.where(bound, np.sign(rho), rho), bound


def joint(
    tables: Floats, rows: Floats, columns: Floats, rho: Floats
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return the correlation of largest likelihood together with thresholds of its own table.

    Parameters
    ----------
    tables, rows, columns, rho
        As in `two_step`, whose correlation is the start.

    Returns
    -------
    array, shape (m,)
        Correlations.
    array, shape (m,)
        Standard errors from the expected information.
    array of bool, shape (m,)
        Whether it settled.
    """
    at = np.concatenate([rho[:, None], rows, columns], axis=1)
    people = tables.sum(axis=(1, 2))
    size = rows.shape[1]
    value = _log_likelihood(tables, at, size)
    gain, climbing = np.full(len(tables), np.inf), np.ones(len(tables), dtype=bool)
    for _ in range(_JOINT_STEPS):
        slope, known = _score_and_information(tables, at, size)
        step = np.linalg.solve(known, slope[:, :, None])[:, :, 0]
        gain = np.einsum("mq,mq->m", slope, step) / people
        climbing &= gain > 1e-17
        length = np.where(climbing, 1.0, 0.0)
        for _ in range(_HALVINGS):
            tried = at + length[:, None] * step
            valid = _ordered(tried, size)
            there = np.full(len(at), -np.inf)
            there[valid] = _log_likelihood(tables[valid], tried[valid], size)
            worse = (there < value) & (length > 0)
            if not worse.any():
                break
            length = np.where(worse, length / 2, length)
        climbing &= there >= value
        at = np.where(climbing[:, None], tried, at)
        value = np.where(climbing, there, value)
        if not climbing.any():
            break
    # rounding may stop the climb a little earlier than the last steps would
    settled = gain < 1e-10
    known = _score_and_information(tables, at, size)[1]
    variance = np.linalg.inv(known)[:, 0, 0]
    return at[:, 0], np.sqrt(variance), settled


def _ordered(at: Floats, size: int) -> npt.NDArray[np.bool_]:
    """Return which parameters are possible: |rho| < 1 and rising thresholds."""
    good = np.abs(at[:, 0]) < _NEAREST
    for part in (at[:, 1 : 1 + size], at[:, 1 + size :]):
        later, earlier = part[:, 1:], part[:, :-1]
        good &= ((later > earlier) | np.isinf(later)).all(axis=1)
    return good


def _log_likelihood(tables: Floats, at: Floats, size: int) -> Floats:
    """Return the log-likelihood of each table."""
    share = cells_of(at[:, 1 : 1 + size], at[:, 1 + size :], at[:, 0]).share
    logs = np.log(np.maximum(share, _TINY))
    return np.asarray(np.where(tables > 0, tables * logs, 0.0).sum(axis=(1, 2)))


def _score_and_information(tables: Floats, at: Floats, size: int) -> tuple[Floats, Floats]:
    """Return the slopes (m, q) and the expected information (m, q, q) of (rho, thresholds)."""
    rho, rows, columns = at[:, 0], at[:, 1 : 1 + size], at[:, 1 + size :]
    cells = cells_of(rows, columns, rho)
    m, c = len(at), size + 1
    slopes = np.zeros((m, 1 + 2 * size, c, c))
    slopes[:, 0] = cells.by_rho
    own, other = by_row_threshold(rows, columns, rho), by_row_threshold(columns, rows, rho)
    place = np.arange(size)
    slopes[:, 1 + place, place, :] = own
    slopes[:, 1 + place, place + 1, :] = -own
    slopes[:, 1 + size + place, :, place] = other.transpose(1, 0, 2)
    slopes[:, 1 + size + place, :, place + 1] = -other.transpose(1, 0, 2)
    flat = slopes.reshape(m, 1 + 2 * size, c * c)
    share = cells.share.reshape(m, 1, c * c)
    relative = flat / np.maximum(share, _TINY)
    score = np.einsum("mqs,ms->mq", relative, tables.reshape(m, c * c))
    known = tables.sum(axis=(1, 2))[:, None, None] * np.einsum("mqs,mrs->mqr", relative, flat)
    # thresholds that an item does not have stay where they are; the rest keeps an inverse
    unused = np.concatenate([np.zeros((m, 1), dtype=bool), np.isinf(at[:, 1:])], axis=1)
    largest = np.diagonal(known, axis1=1, axis2=2).max(axis=1)
    ridge = 1e-10 * np.maximum(largest, 1e-3)[:, None]
    known[:, np.arange(1 + 2 * size), np.arange(1 + 2 * size)] += unused + ridge
    return np.where(unused, 0.0, score), known


def _of_positions(tables: Floats) -> Floats:
    """Return Pearson's correlation of the positions of options: a start."""
    place = np.arange(tables.shape[1], dtype=np.float64)
    n = np.maximum(tables.sum(axis=(1, 2)), 1)
    rows, columns = tables.sum(axis=2), tables.sum(axis=1)
    x, y = rows @ place / n, columns @ place / n
    xy = place @ tables @ place / n - x * y
    spread = (rows @ place**2 / n - x**2) * (columns @ place**2 / n - y**2)
    return np.asarray(xy / np.sqrt(np.where(spread > 0, spread, 1.0)))


def _with_ends(thresholds: Floats) -> Floats:
    """Return thresholds between -infinity and infinity (as far as double precision goes)."""
    m = len(thresholds)
    ends = np.full((m, 1), FAR)
    return np.concatenate([-ends, np.clip(thresholds, -FAR, FAR), ends], axis=1)


def _inside(corners: Floats) -> Floats:
    """Return what lies in each cell, from a function of its upper corner."""
    return np.diff(np.diff(corners, axis=1), axis=2)
