"""How thresholds and polychoric correlations vary from sample to sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats, Grouping
from lcdiag.statistics.bivariate_normal import normal_density
from lcdiag.statistics.contingency import Codes, Contingency
from lcdiag.statistics.latent_correlation import by_row_threshold, cells_of

_ROWS_AT_ONCE = 4096
_TINY = 1e-15  # probabilities are differences, known to this precision


@dataclass(frozen=True, eq=False)
class Influence:
    """What one answer does to a threshold, and one pair of answers to a correlation.

    Attributes
    ----------
    on_threshold : array, shape (k, c, c - 1)
        Of an answer with option a of item i, on each threshold of item i.
    on_rho : array, shape (m, c, c)
        Of a cell, on the correlation of the pair at known thresholds.
    through_rows, through_columns : array, shape (m, c)
        Of an answer to the first (second) item, on the correlation through its thresholds.
    """

    on_threshold: Floats
    on_rho: Floats
    through_rows: Floats
    through_columns: Floats


def influence(
    tables: Floats, margins: Floats, thresholds: Floats, pairs: Codes, rho: Floats
) -> Influence:
    """Return the influence of answers on two-step estimates.

    Parameters
    ----------
    tables : array, shape (m, c, c)
        Counts of the pairs.
    margins : array, shape (k, c)
        Counts of the options of each item.
    thresholds : array, shape (k, c - 1)
        Infinite where an item has fewer options.
    pairs : array of int, shape (2, m)
    rho : array, shape (m,)
        Strictly between -1 and 1.

    Notes
    -----
    Formula: on rho, (s - a21 d_tau) / a22 with s the slope of a cell's log probability along rho,
    a22 the mean of s^2, a21 the mean of s times the slope along the thresholds, and d_tau =
    (1(answer <= option) - share) / phi(tau).

    References
    ----------
    Muthen (1984), Psychometrika 49; Olsson (1979), Psychometrika 44.
    """
    people = margins.sum(axis=1)
    share = np.cumsum(margins, axis=1)[:, :-1] / people[:, None]
    density = normal_density(thresholds)
    c = margins.shape[1]
    reached = np.arange(c)[:, None] <= np.arange(c - 1)[None, :]
    away = reached[None, :, :] - share[:, None, :]
    known = density[:, None, :] > 0
    on_threshold = np.where(known, away, 0.0) / np.where(known, density[:, None, :], 1.0)
    first, second = pairs
    rows, columns = thresholds[first], thresholds[second]
    cells = cells_of(rows, columns, rho)
    seen = tables / tables.sum(axis=(1, 2), keepdims=True)
    possible = seen > 0
    probability = np.where(possible, np.maximum(cells.share, _TINY), 1.0)
    slope = np.where(possible, cells.by_rho / probability, 0.0)
    bread = (seen * slope**2).sum(axis=(1, 2))
    bread = np.where(bread > 0, bread, np.nan)  # cells that say nothing of the correlation
    weight = seen * slope / probability
    by_row = (np.diff(-weight, axis=1) * by_row_threshold(rows, columns, rho)).sum(axis=2)
    turned = np.diff(-weight.transpose(0, 2, 1), axis=1)
    by_column = (turned * by_row_threshold(columns, rows, rho)).sum(axis=2)
    return Influence(
        on_threshold,
        slope / bread[:, None, None],
        -np.einsum("mt,mat->ma", by_row, on_threshold[first]) / bread[:, None],
        -np.einsum("mt,mat->ma", by_column, on_threshold[second]) / bread[:, None],
    )


def correlation_errors(found: Influence, tables: Floats, margins: Floats, pairs: Codes) -> Floats:
    """Return the standard error of each correlation, (m,); people are independent.

    Notes
    -----
    Where pairs have their own rows, thresholds come from all answers of an item: people with one
    of the two answers count too.
    """
    first, second = pairs
    both = tables.sum(axis=(1, 2))
    all_first, all_second = margins[first].sum(axis=1), margins[second].sum(axis=1)
    of_row = found.through_rows / all_first[:, None]
    of_column = found.through_columns / all_second[:, None]
    whole = found.on_rho / both[:, None, None] + of_row[:, :, None] + of_column[:, None, :]
    variance = (tables * whole**2).sum(axis=(1, 2))
    variance += ((margins[first] - tables.sum(axis=2)) * of_row**2).sum(axis=1)
    variance += ((margins[second] - tables.sum(axis=1)) * of_column**2).sum(axis=1)
    return np.asarray(np.sqrt(variance))


def sampling_covariance(
    found: Influence,
    data: Contingency,
    used: npt.NDArray[np.bool_],
    pairs: Codes,
    cluster: Grouping | None = None,
) -> Floats:
    """Return n times the sampling covariance of (thresholds, correlations), complete rows.

    Parameters
    ----------
    found : Influence
    data : Contingency
        Of complete rows.
    used : array of bool, shape (k, c - 1)
        The thresholds that exist, item by item.
    pairs : array of int, shape (2, m)
    cluster : Grouping, optional
        Communities, one a row: what people of one community do is added up before squaring,
        and the whole is multiplied by g / (g - 1).
    """
    item, place = np.nonzero(used)
    size = len(item) + pairs.shape[1]
    total = np.zeros((size, size))
    sums = None if cluster is None else np.zeros((len(cluster), size))
    for start in range(0, data.rows, _ROWS_AT_ONCE):
        codes = data.codes[start : start + _ROWS_AT_ONCE]
        first, second = codes[:, pairs[0]], codes[:, pairs[1]]
        m = np.arange(pairs.shape[1])
        on_rho = found.on_rho[m, first, second]
        on_rho = on_rho + found.through_rows[m, first] + found.through_columns[m, second]
        rows = np.concatenate([found.on_threshold[item, codes[:, item], place], on_rho], axis=1)
        if sums is None or cluster is None:
            total += rows.T @ rows
        else:
            np.add.at(sums, cluster.codes[start : start + _ROWS_AT_ONCE], rows)
    if sums is not None:
        groups = len(sums)
        total = sums.T @ sums * (groups / (groups - 1))
    return total / data.rows
