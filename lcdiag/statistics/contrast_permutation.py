"""p-values of contrasts by shuffled labels."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.permutation import permutation_test

Codes = npt.NDArray[np.intp]


def permuted(
    y: Floats,
    codes: Codes,
    clusters: Codes | None,
    k: int,
    sides: tuple[Codes, Codes],
    reasons: tuple[str, ...],
    rng: np.random.Generator,
    permutations: int,
) -> Floats:
    """Return a two-sided p for each contrast, NaN where there is a reason for none.

    Without clusters Welch's t is what is far out or not, so that units may differ in spread; with
    clusters it is the difference: labels are shuffled within clusters that hold both sides, or
    belong to whole clusters where none does.

    Parameters
    ----------
    y, codes, clusters : array, shape (n,)
        One value a person, their unit (below k) and community.
    k : int
        Units; side k + i is everybody who is not in unit i.
    sides : pair of array of int, shape (m,)
        The two sides of each contrast.
    reasons : tuple of str
        Why a contrast has no test, "" where it has one.
    rng, permutations
        As in `resample.permutation_test`.
    """
    found = np.full(len(reasons), np.nan)
    for row, (one, other) in enumerate(zip(*sides, strict=True)):
        if reasons[row]:
            continue
        first = codes == one
        second = codes == other if other < k else ~first
        mine = first | second
        label = first[mine].astype(np.intp)
        forks: dict[str, Any] = {}
        if clusters is not None:
            within = clusters[mine]
            both = np.intersect1d(within[label == 1], within[label == 0])
            forks = {"strata": within} if len(both) else {"cluster": within}
        statistic = _welch if clusters is None else _difference
        centred = y[mine] - y[mine].mean()
        p = permutation_test(
            statistic, centred, label, rng=rng, permutations=permutations, vectorized=True, **forks
        )
        found[row] = np.nan if p.value is None else p.value
    return found


def _difference(y: Floats, labels: Codes) -> Floats:
    """Return the sum of one side: of values around their mean, the difference times a constant."""
    return np.asarray(labels @ y)


def _welch(y: Floats, labels: Codes) -> Floats:
    """Return the same over the error of Welch's t."""
    n, squares = labels.sum(axis=1), y**2
    total, around = labels @ y, labels @ squares
    error = np.zeros(len(labels))
    for count, raw in ((n, around), (len(y) - n, squares.sum() - around)):
        error += np.maximum(raw - total**2 / count, 0) / (count - 1) / count
    # labels that part the values without spread on either side are as far out as can be
    tiny = 1e-24 * float(squares.sum())
    return np.asarray(total / np.sqrt(np.maximum(error, tiny)))
