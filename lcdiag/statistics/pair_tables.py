"""Tables of two items made ready: thresholds, empty cells, and why a pair says nothing."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.contingency import Codes, Contingency

Corrected = Literal["2x2", "all"]


def thresholds_of(data: Contingency) -> Floats:
    """Return each item's thresholds, (k, c - 1); infinite beyond its own options."""
    return thresholds_from(data.margins.astype(np.float64))


def chosen_first(margins: Floats) -> Codes:
    """Return the order of the options of each pair with those at the end that nobody chose.

    An option that no row of a pair has leaves its threshold without information.
    """
    return np.argsort(margins == 0, axis=1, kind="stable")


def thresholds_from(margins: Floats) -> Floats:
    """Return the thresholds of margins, (m, c - 1)."""
    from scipy.special import ndtri

    share = np.cumsum(margins, axis=1)[:, :-1] / margins.sum(axis=1, keepdims=True)
    return np.asarray(ndtri(np.where(share > 1 - 1e-12, 1.0, share)))


def filled(
    tables: Floats, data: Contingency, pairs: Codes, correction: float, corrected: Corrected
) -> Floats:
    """Return tables whose empty cells received the correction, (m, c, c)."""
    options = np.array([len(own) for own in data.levels])
    first, second = options[pairs[0]], options[pairs[1]]
    place = np.arange(tables.shape[1])
    inside = (place[:, None] < first[:, None, None]) & (place < second[:, None, None])
    empty = (tables == 0) & inside
    small = (first == 2) & (second == 2)
    chosen = small if corrected == "2x2" else np.ones(len(small), dtype=bool)
    out = tables + correction * (empty & chosen[:, None, None])
    # in a table of two by two what one cell gains the cells beside it lose
    gain = correction * (empty & small[:, None, None])[:, :2, :2]
    net = gain - gain[:, ::-1, :] - gain[:, :, ::-1] + gain[:, ::-1, ::-1]
    kept = tables[:, :2, :2] + net
    usable = small & (kept > 0).all(axis=(1, 2))
    out[usable, :2, :2] = kept[usable]
    return np.asarray(out)


def pair_reasons(data: Contingency, pairs: Codes) -> npt.NDArray[Any]:
    """Return, per pair, why it has no correlation, or ""."""
    tables = data.tables[pairs[0], pairs[1]]
    constant = np.array([len(own) < 2 for own in data.levels])
    one_row = (tables.sum(axis=2) > 0).sum(axis=1) < 2
    one_column = (tables.sum(axis=1) > 0).sum(axis=1) < 2
    out = np.full(pairs.shape[1], "", dtype=object)
    out[one_row | one_column] = "constant-pair"
    out[tables.sum(axis=(1, 2)) < 2] = "no-overlap"
    out[constant[pairs[0]] | constant[pairs[1]]] = "constant-item"
    return out
