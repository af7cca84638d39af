"""Turning reversed items round, by the bounds that their format declares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def keyed(
    values: Floats,
    reversed_items: npt.NDArray[np.bool_],
    low: Floats,
    high: Floats,
) -> Floats:
    """Return the ratings with reversed items turned round: ``low + high - x``.

    The bounds are those of the response format, never the smallest and largest answer that
    happens to be there, so a score does not depend on who else answered.

    Parameters
    ----------
    values : (n, k) array of float
        Ratings as asked, NaN where there is none.
    reversed_items : (k,) array of bool
        Which items are reversed.
    low, high : (k,) arrays of float
        Declared bounds of each item.

    Returns
    -------
    (n, k) array of float
        A new array.
    """
    return np.where(reversed_items, low + high - values, values)
