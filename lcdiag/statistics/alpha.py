"""Cronbach's alpha, its interval, and alpha without each item.

Intervals: ``scaled``, Feldt's F with its (n - 1) and (n - 1)(k - 1) degrees of freedom divided by
how much more alpha varies in these answers than in normal ones (never less); ``feldt``, without
that; ``duhachek``, from the standard error of Duhachek and Iacobucci, with the exact normal
quantile where psych takes 1.96; ``bootstrap``, percentiles over people drawn again with `rng`, or
over whole clusters. With pairwise covariances no single n is right: `interval_rows="complete"`
never overstates how sure we are, ``"all"`` is what psych prints.

Forks
-----
missing : {"pairwise", "listwise"}
    C from the rows each pair has (psych, pingouin), or from complete rows (multilevel).
standardized : bool
    From correlations: of the sum of standardised items.
correlation : {"pairwise", "from-covariance"}
    For ``standardized``: of the rows each pair has (psych 2.5), or C rescaled (psych 2.2).
interval : {None, "scaled", "feldt", "duhachek", "bootstrap"}
    See above. None: scaled where the answers are there, feldt for Moments and standardized.
interval_rows : {"complete", "all"}
    Which rows count for feldt and duhachek.
confidence, bands : float, sequence of float
    As in `means.mean_interval`.
rng, resamples : numpy.random.Generator, int
    For ``bootstrap``.
cluster : array_like, shape (n,), optional
    A label a row: people of one cluster are no independent witnesses. With ``scaled`` and
    ``bootstrap``.

Notes
-----
Formula: k / (k - 1) (1 - tr C / sum C), with C the covariance matrix of k items. With items of
0 and 1 it is KR-20; see `kr_20` for its other form.

Default: scaled. Feldt's interval holds for normal answers; with very skewed ones (of 7 options,
65 % at the highest) it contained alpha in 83 % of 4,000 samples of 150 people instead of 95 %,
the scaled one in 91 %; docs/coverage.md has more.

Agrees with psych 2.5.3 and 2.2.9 (``alpha``, ``alpha.ci``) and multilevel 2.8 (``cronbach``).

Differs from pingouin, whose listwise interval counts rows from before deletion.

References
----------
Cronbach (1951), Psychometrika 16; Feldt, Woodruff & Salih (1987), Applied Psychological
Measurement 11(1); Duhachek & Iacobucci (2004), Journal of Applied Psychology 89(5); Maydeu-
Olivares, Coffman & Hartmann (2007), Psychological Methods 12(2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.alpha_spread import feldt_limits, scaled_limits
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.moments import Missing, Moments, centred_moments
from lcdiag.statistics.scale_matrix import (
    Correlation,
    alpha_of,
    reversed_looking,
    scale_matrix,
    why_no_reliability,
)

__all__ = ["cronbach_alpha", "looks_reversed"]

Interval = Literal["scaled", "feldt", "duhachek", "bootstrap"]
Rows = Literal["complete", "all"]


def cronbach_alpha(
    items: Any,
    *,
    missing: Missing = "pairwise",
    standardized: bool = False,
    correlation: Correlation = "pairwise",
    interval: Interval | None = None,
    interval_rows: Rows = "complete",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 2000,
    cluster: Any = None,
) -> Estimate:
    """Return Cronbach's alpha: how much of the variance of a sum its items have in common.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    all others
        See the forks and notes of this module.

    Returns
    -------
    Estimate
        `method` says metric, missing rule, denominator and interval. A negative value is kept;
        `method` then ends in ``", negative"`` and the items that look reversed. n = rows that
        count.

    Raises
    ------
    ValueError
        For text, infinite values, an unknown fork, a bootstrap without generator or items, clusters
        with another interval.

    Notes
    -----
    Absent when: ``fewer-than-2-items``; ``fewer-than-2-respondents``; ``empty-item``;
    ``no-overlap``; ``constant-item``; ``constant-pair``; ``no-total-variance``.
    """
    levels = check_levels(confidence, bands)
    _check_forks(interval, interval_rows, correlation)
    moments = centred_moments(items)
    matrix = scale_matrix(moments, missing, standardized, correlation)
    bare = standardized or isinstance(items, Moments)
    chosen: Interval = interval or ("feldt" if bare and cluster is None else "scaled")
    name = _name(missing, standardized, chosen, cluster)
    n = int(moments.complete if missing == "listwise" else moments.answered)
    if reason := why_no_reliability(moments, matrix, missing):
        return Estimate.missing(reason, n=n, method=name)
    counted = _counted(moments, missing, interval_rows)
    if chosen == "bootstrap":
        limits = _percentiles(items, missing, standardized, rng, resamples, cluster)
    else:
        limits = _limits(items, matrix, missing, chosen, counted, bare, cluster)
    value, name = alpha_of(matrix), name + _against(matrix)
    return with_intervals(value, limits, (-np.inf, 1.0), confidence, levels, n=n, method=name)


def _counted(moments: Moments, missing: Missing, rows: Rows) -> int:
    """Return how many rows count for an interval by degrees of freedom."""
    everybody = (missing, rows) == ("pairwise", "all")
    return int(moments.rows if everybody else moments.complete)


def _name(missing: Missing, standardized: bool, interval: Interval, cluster: Any) -> str:
    """Return kind, metric, missing rule, denominator and interval in words."""
    metric = "correlation" if standardized else "covariance"
    clustered = ", clustered" if cluster is not None else ""
    return f"alpha, {metric}, {missing}, observed variance, {interval}{clustered}"


def _against(matrix: Floats) -> str:
    """Return what to say of a negative alpha: the items that look reversed."""
    if alpha_of(matrix) >= -1e-12:  # below 0 by rounding alone
        return ""
    turned = ", ".join(str(at + 1) for at in reversed_looking(matrix))
    return f", negative: items {turned} look reversed" if turned else ", negative"


def _limits(
    items: Any,
    matrix: Floats,
    missing: Missing,
    interval: Interval,
    counted: int,
    bare: bool,
    cluster: Any,
) -> Limits | None:
    """Return the limits that need no draws; `bare` where there are no answers, or no raw alpha."""
    if interval != "scaled":
        return _closed_form(alpha_of(matrix), matrix, counted, interval, cluster)
    if bare:
        raise ValueError("a scaled interval needs the answers, and goes with raw alpha")
    return scaled_limits(items, matrix, missing, counted, cluster)


def looks_reversed(items: Any, *, missing: Missing = "pairwise") -> tuple[int, ...]:
    """Return the positions of the items that go against the others, from 0.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        NaN = missing.
    missing : {"pairwise", "listwise"}
        As in `cronbach_alpha`.

    Returns
    -------
    tuple of int
        Items whose sign on the first principal axis of the correlations is that of the smaller
        part; empty where all point one way, or where there is no alpha. An indication: look at the
        wording before an item is turned.

    Raises
    ------
    ValueError
        For text, infinite values or an unknown fork.

    Notes
    -----
    Formula: with v the eigenvector of the largest eigenvalue, the items whose v has the sign with
    the smaller sum of |v|.

    References
    ----------
    Jolliffe (2002), Principal Component Analysis, 2nd edition.
    """
    moments = centred_moments(items)
    covariance = moments.covariance(missing)
    reason = why_no_reliability(moments, covariance, missing)
    if reason and reason != "no-total-variance":
        return ()
    return reversed_looking(covariance)


def _check_forks(interval: str | None, rows: str, correlation: str) -> None:
    intervals = (None, "scaled", "feldt", "duhachek", "bootstrap")
    for value, options, name in (
        (interval, intervals, "interval"),
        (rows, ("complete", "all"), "interval_rows"),
        (correlation, ("pairwise", "from-covariance"), "correlation"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {options}; received {value!r}")


def _percentiles(
    items: Any,
    missing: Missing,
    standardized: bool,
    rng: np.random.Generator | None,
    resamples: int,
    cluster: Any,
) -> Limits | None:
    from lcdiag.statistics.resample import alpha_percentiles

    if standardized:
        raise ValueError("the bootstrap resamples raw alpha; standardized is not offered")
    return alpha_percentiles(items, missing, rng, resamples, cluster)


def _closed_form(
    value: float, matrix: Floats, counted: int, interval: Interval, cluster: Any
) -> Limits | None:
    if cluster is not None:
        raise ValueError("clusters go with interval='scaled' or 'bootstrap'")
    if counted < 2:
        return None
    if interval == "feldt":
        return feldt_limits(value, float(counted - 1), len(matrix))
    return _duhachek(value, matrix, counted)


def _duhachek(value: float, matrix: Floats, n: int) -> Limits:
    from scipy.special import ndtri

    k, total, trace = len(matrix), float(matrix.sum()), float(np.trace(matrix))
    row = matrix.sum(axis=1)
    squared = float((matrix**2).sum())
    spread = total * (squared + trace**2) - 2 * trace * float(row @ row)
    error = float(np.sqrt(max(2 * k**2 / ((k - 1) ** 2 * total**3) * spread, 0.0) / n))

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * error
        return value - half, value + half

    return limits
