"""How many items a person must have answered before a scale gets a score."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def needed(min_answered: float, items: int) -> int:
    """Return the smallest number of answered items: the share, rounded up, and at least one.

    The half rule (0.5) asks two of three items, two of four, four of seven.

    Raises
    ------
    ValueError
        If the share is not in (0, 1] or there is no item.
    """
    if not 0 < min_answered <= 1:
        raise ValueError(f"min_answered must be in (0, 1]; received {min_answered!r}")
    if items < 1:
        raise ValueError(f"a scale needs at least one item; received {items!r}")
    # 0.6 of 5 items is 3, although the product of the floats may lie a hair above.
    return max(1, math.ceil(min_answered * items - 1e-9))


def available_mean(values: Floats, least: int) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return each person's mean over the items they answered, and how many those are.

    Parameters
    ----------
    values : (n, k) array of float
        Keyed ratings, NaN where there is none.
    least : int
        Fewer answered items than this give no mean.

    Returns
    -------
    mean : (n,) array of float
        NaN where there are too few answers. Nothing is imputed.
    answered : (n,) array of int
        Number of ratings.
    """
    rated = ~np.isnan(values)
    answered = rated.sum(axis=1, dtype=np.int64)
    total = np.where(rated, values, 0.0).sum(axis=1)
    enough = answered >= max(1, least)
    mean = np.full(len(values), np.nan)
    np.divide(total, answered, out=mean, where=enough)
    return mean, answered
