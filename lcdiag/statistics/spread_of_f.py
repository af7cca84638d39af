"""How much the F of groups varies in these answers, beside normal ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from lcdiag.statistics.arrays import as_column, as_grouping

_LEAST_GROUPS = 4


def spread_of_f(values: Any, groups: Any) -> float:
    """Return the variance of log F over its variance for normal answers, at least 1.

    The variance is the jackknife over groups: leave each out in turn. With fewer than four groups,
    or where leaving one out leaves no F, nothing can be said and it is 1.

    Parameters
    ----------
    values : array_like, shape (n,)
        One value a person; NaN = missing.
    groups : array_like, shape (n,)
        Labels.

    Notes
    -----
    Formula: (g - 1) / g sum (log F without the group - their mean)^2, over 2 / (g - 1) + 2 /
    (n - g).

    References
    ----------
    Arvesen & Schmitz (1970), Biometrics 26(4).
    """
    column = as_column(values)
    grouping = as_grouping(groups, len(column))
    held = ~np.isnan(column)
    y = column[held] - (column[held].mean() if held.any() else 0.0)
    codes = grouping.codes[held]
    size = np.bincount(codes, minlength=len(grouping)).astype(np.float64)
    total = np.bincount(codes, weights=y, minlength=len(grouping))
    squares = np.bincount(codes, weights=y * y, minlength=len(grouping))
    there = size > 0
    size, total, squares = size[there], total[there], squares[there]
    g, n = len(size), float(size.sum())
    if g < _LEAST_GROUPS or n - g < 1:
        return 1.0
    own = total**2 / size
    rows, sums = n - size, total.sum() - total
    between = own.sum() - own - sums**2 / rows
    within = (squares.sum() - own.sum()) - (squares - own)
    free = rows - (g - 1)
    tiny = 1e-12 * float(squares.sum())
    if (free < 1).any() or (between <= tiny).any() or (within <= tiny).any():
        return 1.0
    logs = np.log(between / (g - 2)) - np.log(within / free)
    here = (g - 1) / g * float(((logs - logs.mean()) ** 2).sum())
    return max(1.0, here / (2 / (g - 1) + 2 / (n - g)))
