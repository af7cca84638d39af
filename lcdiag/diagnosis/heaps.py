"""Whether answers lie in one heap or in two: the smaller heap against the dip that parts them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LIMIT = 1.75
"""Beyond it answers count as two heaps. Of answers that are spread evenly over all options, the
least favourable of what is not two heaps, at most one in twenty lies beyond it."""
DIP = (2, 7)
"""So large a share of the options at least, rounded up, lies between two heaps (2 of 5 or 7, 4 of
11): fewer may be empty by chance."""


def two_heaps(counts: npt.ArrayLike) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return how clearly answers lie in two heaps, and how many people the smaller one holds.

    For every pair of places at which the options can be cut in three, with at least two in seven
    of the options in the middle: z = (h - m) / sqrt(h + m + 1), with m the answers in the middle
    and h those on the side that has fewer; 0 where m is more than half of h. The largest z counts.

    Parameters
    ----------
    counts : array_like, shape (cells, options)
        Answers in each option, in the order of the scale.

    Returns
    -------
    z : (cells,) array of float
        0 where no cut leaves twice as many people on either side as in the middle, or there are
        fewer than 4 options.
    smaller : (cells,) array of int
        People on the side that has fewer, at the cut with the largest z; 0 where z is 0.

    Examples
    --------
    >>> z, smaller = two_heaps([[1, 3, 1, 0, 0, 3, 2], [0, 0, 2, 5, 2, 1, 0]])
    >>> z.round(2).tolist(), smaller.tolist()
    ([2.04, 0.0], [5, 0])
    """
    table = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    cells, options = table.shape
    below = np.column_stack([np.zeros(cells), table.cumsum(axis=1)])
    best, smaller = np.zeros(cells), np.zeros(cells)
    width = max(2, -(-options * DIP[0] // DIP[1]))
    for first in range(1, options - width):
        for last in range(first + width, options):
            heap = np.minimum(below[:, first], below[:, -1] - below[:, last])
            middle = below[:, last] - below[:, first]
            z = (heap - middle) / np.sqrt(heap + middle + 1)
            better = (z > best) & (2 * middle <= heap)
            best, smaller = np.where(better, z, best), np.where(better, heap, smaller)
    return best, smaller.astype(np.int64)
