"""Rounding of released cells: the value to the grid, strips outward, one rule for both."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Band, Estimate

Floats = npt.NDArray[np.float64]

EXACT = 0.1
"""Grid of means from the exact threshold on: one decimal."""
SHARE = 0.01
"""Grid of coefficients without a response scale: alpha, ICC, rwg."""
COUNT = 1.0
"""Grid of counts."""
_STEPS = (0.1, 0.5, 1.0)
_NUDGE = 1e-7


def coarser(grid: float) -> float | None:
    """Return the next coarser grid, or None where there is none and the cell is hidden."""
    for step in _STEPS:
        if step > grid + _NUDGE:
            return step
    return None


def to_grid(values: Floats, grid: float) -> npt.NDArray[np.int64]:
    """Return values rounded to the nearest multiple of the grid, half up, as whole steps.

    The tiny nudge makes equal exact values fall on the same side whatever way they were
    computed, so that the enumeration of the audit rounds as the release does.
    """
    return np.floor(values / grid + 0.5 + _NUDGE).astype(np.int64)


def ends_reached(values: Floats, grid: float, low: float, high: float) -> npt.NDArray[np.bool_]:
    """Return which rounded means lie within half a point of an end of the scale."""
    rounded = to_grid(values, grid) * grid
    reached: npt.NDArray[np.bool_] = (rounded <= low + 0.5 + _NUDGE) | (
        rounded >= high - 0.5 - _NUDGE
    )
    return reached


def cell_keys(values: Floats, limits: Floats, grid: float) -> npt.NDArray[np.int64]:
    """Return one number a cell, equal where value and all limits are released alike.

    Parameters
    ----------
    values : (m,) array of float
        Exact values.
    limits : (m, 2 b) array of float
        Exact limits, low and high in turn; NaN where there is none.
    grid : float
        Width of one step.
    """
    lows = np.floor(limits[:, 0::2] / grid + _NUDGE)
    highs = np.ceil(limits[:, 1::2] / grid - _NUDGE)
    table = np.column_stack([to_grid(values, grid), lows, highs])
    table = np.where(np.isnan(table), 1e6, table).astype(np.int64)
    key = np.zeros(len(table), dtype=np.int64)
    for column in table.T:
        span = int(column.max(initial=0)) - int(column.min(initial=0)) + 1
        _, key = np.unique(key * span + column - column.min(initial=0), return_inverse=True)
        key = key.reshape(-1).astype(np.int64)
    return key


def round_cell(cell: Estimate, grid: float) -> Estimate:
    """Return the cell as it is released: value to the grid, every strip outward to it.

    Parameters
    ----------
    cell : Estimate
        Full precision; an absent one stays as it is.
    grid : float
        Width of one step, in the unit of the value.

    Returns
    -------
    Estimate
        Confidence and n are kept; the method is named without what it says of the answers.
    """
    if cell.value is None:
        return cell
    bands = tuple([Band(b.confidence, _down(b.low, grid), _up(b.high, grid)) for b in cell.bands])
    return Estimate(
        _tidy(math.floor(cell.value / grid + 0.5 + _NUDGE), grid),
        None if cell.low is None else _down(cell.low, grid),
        None if cell.high is None else _up(cell.high, grid),
        cell.confidence,
        bands,
        cell.n,
        plain_method(cell.method),
    )


def _down(value: float, grid: float) -> float:
    return _tidy(math.floor(value / grid + _NUDGE), grid)


def _up(value: float, grid: float) -> float:
    return _tidy(math.ceil(value / grid - _NUDGE), grid)


def plain_method(method: str) -> str:
    """Return the name of a method without what it says of the answers themselves.

    "score because all answers are equal" would say what rounding hides.
    """
    if "," not in method:
        return method
    return method.split(", score because")[0].split(", no spread")[0]


def _tidy(steps: int, grid: float) -> float:
    """Return steps times the grid as the nearest short decimal, never minus zero."""
    return round(steps * grid, 4) + 0.0
