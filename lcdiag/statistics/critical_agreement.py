"""What agreement chance alone brings about: critical values by simulation.

Notes
-----
Default: uniform and independent answers. Real items correlate, so that the critical values are
then too low; give `correlations` where they are known.

Agrees with multilevel 2.8 (``rwg.j.sim``), within what chance allows.

References
----------
Dunlap, Burke & Smith-Crowe (2003), Journal of Applied Psychology 88(2); Cohen, Doveh & Nahum-
Shani (2009), Organizational Research Methods 12(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.mean_adjusted_agreement import a_wg
from lcdiag.statistics.results import GroupValues
from lcdiag.statistics.within_group import ad_m_j, rstar_wg_j, rwg_j

Index = Literal["rwg_j", "rstar_wg_j", "ad_m_j", "a_wg"]

_ANSWERS_AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class ChanceAgreement:
    """Values of an index in groups that answer by chance.

    Attributes
    ----------
    index : str
        Which index.
    people, items, options : int
        Size of each simulated group, number of items, number of options.
    draws : array, shape (replicates,)
        Sorted values; groups without a value (all outside the range) are left out.
    replicates : int
        How many groups were simulated.
    """

    index: str
    people: int
    items: int
    options: int
    draws: Floats
    replicates: int

    @property
    def mean(self) -> float:
        """Return the mean over the groups that have a value."""
        return float(self.draws.mean())

    def critical(self, level: float = 0.95) -> float:
        """Return the value that chance passes in a share 1 - level of groups.

        For AD, where less is more agreement, the value below which chance comes in that share.
        """
        if not 0 < level < 1:
            raise ValueError(f"a level lies between 0 and 1; received {level!r}")
        return float(np.quantile(self.draws, 1 - level if self.index == "ad_m_j" else level))

    def chance(self, value: float) -> float:
        """Return the share of chance groups that agree at least as much, (b + 1) / (m + 1)."""
        if self.index == "ad_m_j":
            as_much = int((self.draws <= value + 1e-12).sum())
        else:
            as_much = int((self.draws >= value - 1e-12).sum())
        return (as_much + 1) / (len(self.draws) + 1)


def critical_agreement(
    index: Index,
    *,
    people: int,
    items: int,
    options: int,
    rng: np.random.Generator,
    answers: Sequence[float] | None = None,
    correlations: Any = None,
    replicates: int = 10_000,
) -> ChanceAgreement:
    """Return the values an index of agreement takes when people answer by chance.

    Parameters
    ----------
    index : {"rwg_j", "rstar_wg_j", "ad_m_j", "a_wg"}
        Each with its own defaults; rwg(j) and r*wg(j) against the uniform null.
    people, items, options : int
        Size of the group, number of items, number of options (1, 2, ...).
    rng : numpy.random.Generator
        The source of chance.
    answers : sequence of float, optional
        Proportion of each option in the answers by chance, lowest first; all alike without it.
    correlations : array_like, shape (items, items), optional
        Correlations of the items of one person, before answers are cut into options; independent
        without it.
    replicates : int
        How many groups.

    Returns
    -------
    ChanceAgreement
        With `critical` and `chance`.

    Raises
    ------
    ValueError
        For an unknown index, sizes below 2 people, 1 item or 2 options, proportions that do not
        fit, correlations that are no correlation matrix, or no generator.

    Notes
    -----
    More in the notes of this module.
    """
    _check(index, people, items, options, rng, replicates)
    cuts = _cuts(answers, options)
    root = _root(correlations, items)
    found = []
    left = replicates
    while left:
        portion = min(left, max(1, _ANSWERS_AT_ONCE // (people * items)))
        codes = _by_chance(portion * people, items, cuts, root, rng)
        groups = np.repeat(np.arange(portion), people)
        values = np.asarray(_index(index, codes, groups, options))
        found.append(values[~np.isnan(values)])
        left -= portion
    draws = np.sort(np.concatenate(found))
    return ChanceAgreement(index, people, items, options, draws, replicates)


def _check(index: str, people: int, items: int, options: int, rng: Any, replicates: int) -> None:
    if index not in ("rwg_j", "rstar_wg_j", "ad_m_j", "a_wg"):
        raise ValueError(f"index is rwg_j, rstar_wg_j, ad_m_j or a_wg; received {index!r}")
    if people < 2 or items < 1 or options < 2 or replicates < 1:
        raise ValueError("a simulation needs 2 people, 1 item, 2 options and 1 replicate or more")
    if not isinstance(rng, np.random.Generator):
        raise ValueError("a simulation needs rng, a numpy.random.Generator")


def _cuts(answers: Sequence[float] | None, options: int) -> Floats:
    """Return the upper ends of all options but the last on the scale from 0 to 1."""
    if answers is None:
        return np.arange(1, options) / options
    shares = np.asarray(answers, dtype=np.float64)
    if shares.shape != (options,) or not np.isfinite(shares).all() or (shares < 0).any():
        raise ValueError(f"answers are {options} proportions from 0 to 1, lowest option first")
    if abs(float(shares.sum()) - 1) > 0.02:
        raise ValueError(f"proportions must sum to 1; received a sum of {float(shares.sum())!r}")
    return np.asarray(np.cumsum(shares / shares.sum())[:-1])


def _root(correlations: Any, items: int) -> Floats | None:
    """Return a factor of the correlation matrix, or None where items are independent."""
    if correlations is None:
        return None
    r = np.asarray(correlations, dtype=np.float64)
    good = r.shape == (items, items) and np.isfinite(r).all() and np.allclose(r, r.T)
    if not good or not np.allclose(np.diagonal(r), 1) or np.linalg.eigvalsh(r)[0] < -1e-8:
        raise ValueError(f"correlations are a correlation matrix of {items} items")
    values, vectors = np.linalg.eigh(r)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def _by_chance(
    rows: int, items: int, cuts: Floats, root: Floats | None, rng: np.random.Generator
) -> Floats:
    """Return answers 1, 2, ... of people who answer by chance, (rows, items)."""
    from scipy.special import ndtr

    if root is None:
        place = rng.random((rows, items))
    else:
        place = ndtr(rng.standard_normal((rows, len(root))) @ root.T)
    return np.asarray(np.searchsorted(cuts, place, side="right") + 1.0)


def _index(index: Index, codes: Floats, groups: Any, options: int) -> GroupValues:
    if index == "rwg_j":
        return rwg_j(codes, groups, options=options)
    if index == "rstar_wg_j":
        return rstar_wg_j(codes, groups, options=options)
    if index == "ad_m_j":
        return ad_m_j(codes, groups)
    return a_wg(codes, groups, bounds=(1, options))
