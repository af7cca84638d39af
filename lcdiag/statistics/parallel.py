"""Parallel analysis: how many axes of the items are wider than chance makes them.

Forks
-----
rng : numpy.random.Generator
    The source of chance.
quantile : float
    Of chance, which an eigenvalue must pass.
resamples : int
    How many drawn data sets.
chance : {"permuted", "normal"}
    Every item's answers in another order, which keeps how they are distributed; or normal
    numbers.
missing : {"pairwise", "listwise"}
    As in `exploratory.exploratory_factors`; listwise draws from complete rows.

Notes
-----
Formula: components are the eigenvalues of R, factors those of R - u with u the own variances
of one factor (least squares); each against the same rank in drawn data.

Default: permuted, because answers on a few options are not normal.

Agrees with psych 2.5.3 (fa.parallel) in the eigenvalues of the items; the draws are others.

References
----------
Horn (1965), Psychometrika 30(2); Buja & Eyuboglu (1992), Multivariate Behavioral Research
27(4); Glorfeld (1995), Educational and Psychological Measurement 55(3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.exploratory import fit_factors
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.scale_matrix import why_no_reliability

Chance = Literal["permuted", "normal"]


@dataclass(frozen=True, eq=False)
class ParallelAnalysis:
    """Eigenvalues of the items beside those of chance.

    Attributes
    ----------
    components : array, shape (k,)
        Of the correlations, largest first.
    factors : array, shape (k,)
        Of the correlations with the communalities of one factor on the diagonal.
    components_by_chance, factors_by_chance : array, shape (resamples, k)
        The same of drawn data.
    n_components, n_factors : Estimate
        How many lie above the quantile of chance, counted up to the first that does not.
    quantile : float
    """

    components: Floats
    factors: Floats
    components_by_chance: Floats
    factors_by_chance: Floats
    n_components: Estimate
    n_factors: Estimate
    quantile: float


def parallel_analysis(
    items: Any,
    rng: np.random.Generator,
    *,
    quantile: float = 0.95,
    resamples: int = 100,
    chance: Chance = "permuted",
    missing: Missing = "pairwise",
) -> ParallelAnalysis:
    """Return how many components and factors are wider than in data without any relation.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        NaN = missing; drawn data lack the same number of answers an item.
    rng, quantile, resamples, chance, missing
        See the forks and notes of this module.

    Returns
    -------
    ParallelAnalysis

    Raises
    ------
    ValueError
        For text, infinite values, no generator, a quantile outside 0 to 1, fewer than 2
        resamples or a fork that is not offered.

    Notes
    -----
    Absent when: as `reliability.cronbach_alpha` with correlations; ``fewer-than-3-items``;
    ``no-chance-values`` (less than half of the draws had correlations).
    """
    _check(rng, quantile, resamples, chance)
    rows = as_matrix(items)
    moments = centred_moments(rows)
    r = moments.correlation(missing)
    name = f"parallel, {chance}, {missing}, quantile {quantile:g} of {resamples} draws"
    n = int(moments.complete if missing == "listwise" else moments.answered)
    k = moments.items
    reason = why_no_reliability(moments, r, missing)
    if reason in ("", "no-total-variance"):
        reason = "fewer-than-3-items" if k < 3 else ""
    drawn = np.full((resamples, 2, k), np.nan)
    own = np.full((2, k), np.nan)
    if not reason:
        own = _widths(r)
        if missing == "listwise":
            rows = rows[~np.isnan(rows).any(axis=1)]
        for draw in range(resamples):
            drawn[draw] = _by_chance(rows, rng, chance)
        if np.isnan(drawn[:, 0, 0]).mean() > 0.5:
            reason = "no-chance-values"
    components = factors = Estimate.missing(reason or "no-chance-values", n=n, method=name)
    if not reason:
        limit = np.nanquantile(drawn, quantile, axis=0)
        leading = np.cumprod(own > limit, axis=1).sum(axis=1)
        components, factors = (Estimate(value=float(count), n=n, method=name) for count in leading)
    return ParallelAnalysis(own[0], own[1], drawn[:, 0], drawn[:, 1], components, factors, quantile)


def _check(rng: Any, quantile: float, resamples: int, chance: str) -> None:
    if not isinstance(rng, np.random.Generator):
        raise ValueError("parallel analysis needs rng, a numpy.random.Generator")
    if not 0 < quantile < 1:
        raise ValueError(f"a quantile lies between 0 and 1; received {quantile!r}")
    if resamples < 2:
        raise ValueError(f"parallel analysis needs 2 draws or more; received {resamples!r}")
    if chance not in ("permuted", "normal"):
        raise ValueError(f"chance is 'permuted' or 'normal'; received {chance!r}")


def _widths(r: Floats) -> Floats:
    """Return eigenvalues of correlations, and of what one factor leaves common: (2, k)."""
    fit = fit_factors(r, 1, "uls")
    common = np.linalg.eigvalsh(r - np.diag(fit.own))
    return np.stack([np.linalg.eigvalsh(r)[::-1], common[::-1]])


def _by_chance(rows: Floats, rng: np.random.Generator, chance: Chance) -> Floats:
    """Return the eigenvalues of one drawn data set, NaN where it has no correlations."""
    if chance == "permuted":
        drawn = rng.permuted(rows, axis=0)
    else:
        drawn = np.where(np.isnan(rows), np.nan, rng.standard_normal(rows.shape))
    moments = centred_moments(drawn)
    r = moments.correlation("pairwise")
    if why_no_reliability(moments, r, "pairwise") not in ("", "no-total-variance"):
        return np.full((2, rows.shape[1]), np.nan)
    return _widths(r)
