"""Whether labels matter, told by shuffling them, with a generator passed in.

Forks
-----
rng : numpy.random.Generator
    The source of chance.
strata : array_like, shape (n,), optional
    Labels are shuffled within these only (people of one community, say).
cluster : array_like, shape (n,), optional
    Labels belong to these (communities) as a whole, and move with them.
alternative : {"two-sided", "greater", "less"}
    Far out is: far from 0, high, or low.
permutations : int
    How many are drawn.
vectorized : bool
    The codes are then (m, n), one permutation a row, and the statistic gives (m,) numbers.

Notes
-----
Formula: p = (b + 1) / (m + 1), with b of m permutations at least as far out; never 0, and a
valid test for any m. Permutations without a value count as far out.

References
----------
Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9(1);
Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Grouping, as_column, as_grouping

Alternative = Literal["two-sided", "greater", "less"]
Codes = npt.NDArray[np.intp]

_NUMBERS_AT_ONCE = 2_000_000
_SAME = 1e-10  # statistics that differ by a smaller share count as equal: sums in another order


def permutation_test(
    statistic: Callable[[Any, Any], Any],
    values: Any,
    labels: Any,
    *,
    rng: np.random.Generator,
    strata: Any = None,
    cluster: Any = None,
    alternative: Alternative = "two-sided",
    permutations: int = 9999,
    vectorized: bool = False,
) -> Estimate:
    """Return how often shuffled labels give a statistic as far out as the labels that are there.

    Parameters
    ----------
    statistic : callable
        Called with values (n,) and label codes (n,), 0 for the first label in order; gives one
        number, 0 where labels do not matter if `alternative` is two-sided.
    values : array_like, shape (n,)
        NaN = missing; left out with their labels.
    labels : array_like, shape (n,)
        What is shuffled.
    rng, strata, cluster, alternative, permutations, vectorized
        See the forks and notes of this module.

    Returns
    -------
    Estimate
        The p-value, without an interval.

    Raises
    ------
    ValueError
        For no generator, no permutation, an unknown fork, a cluster with two labels or in two
        strata, text and infinite values.

    Notes
    -----
    Absent when: ``no-answers``; ``one-label`` (nothing to shuffle); ``no-value`` (the statistic
    has none here).
    """
    _check(rng, permutations, alternative)
    column = as_column(values)
    held = ~np.isnan(column)
    y, codes = column[held], _codes(labels, held)
    name = _name(permutations, alternative, strata, cluster)
    if not codes.any():
        return Estimate.missing("one-label" if len(y) else "no-answers", n=len(y), method=name)
    within = np.zeros(len(y), dtype=np.intp) if strata is None else _codes(strata, held)
    units = np.arange(len(y)) if cluster is None else _codes(cluster, held)
    here = float(np.ravel(statistic(y, codes[None, :] if vectorized else codes))[0])
    if not np.isfinite(here):
        return Estimate.missing("no-value", n=len(y), method=name)
    far = 0
    for drawn in _shuffled(codes, within, units, rng, permutations):
        found = statistic(y, drawn) if vectorized else [statistic(y, one) for one in drawn]
        far += _far_out(np.asarray(found, dtype=np.float64), here, alternative)
    return Estimate(value=(far + 1) / (permutations + 1), n=len(y), method=name)


def _name(permutations: int, alternative: str, strata: Any, cluster: Any) -> str:
    name = f"permutation, {permutations} draws, {alternative}"
    name += "" if strata is None else ", within strata"
    return name + ("" if cluster is None else ", whole clusters")


def _check(rng: Any, permutations: int, alternative: str) -> None:
    if not isinstance(rng, np.random.Generator):
        raise ValueError("a permutation test needs rng, a numpy.random.Generator")
    if permutations < 1:
        raise ValueError(f"a permutation test needs 1 permutation or more; got {permutations!r}")
    if alternative not in ("two-sided", "greater", "less"):
        raise ValueError(
            f"alternative is 'two-sided', 'greater' or 'less'; received {alternative!r}"
        )


def _codes(labels: Any, held: npt.NDArray[np.bool_]) -> Codes:
    """Return the positions of the labels of the rows that are held, 0 for the first that occurs."""
    grouping: Grouping = as_grouping(labels, len(held))
    _, codes = np.unique(grouping.codes[held], return_inverse=True)
    return codes.astype(np.intp, copy=False)


def _far_out(found: npt.NDArray[np.float64], here: float, alternative: Alternative) -> int:
    room = _SAME * abs(here)
    if alternative == "greater":
        nearer = found < here - room
    elif alternative == "less":
        nearer = found > here + room
    else:
        nearer = np.abs(found) < abs(here) - room
    return len(found) - int(nearer.sum())


def _shuffled(
    codes: Codes, strata: Codes, units: Codes, rng: np.random.Generator, permutations: int
) -> Iterator[Codes]:
    """Yield labels shuffled among the units of a stratum: portions of (draws, n)."""
    first = np.unique(units, return_index=True)[1]
    label, stratum = codes[first], strata[first]
    if (label[units] != codes).any():
        raise ValueError("a cluster that moves as a whole has one label; give it as strata instead")
    if (stratum[units] != strata).any():
        raise ValueError("a cluster that moves as a whole lies in one stratum")
    place = np.argsort(stratum, kind="stable")
    left, portion = permutations, max(1, _NUMBERS_AT_ONCE // len(codes))
    while left:
        draws = min(left, portion)
        # a random number below 1 added to the stratum: sorted, each stratum is in random order
        order = np.argsort(stratum + rng.random((draws, len(label))), axis=1)
        moved = np.empty_like(order)
        moved[:, place] = label[order]
        yield moved[:, units]
        left -= draws
