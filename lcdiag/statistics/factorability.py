"""Whether items share enough for factors: sampling adequacy, sphericity, eigenvalues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.moments import Missing, Moments, centred_moments
from lcdiag.statistics.results import ItemValues
from lcdiag.statistics.scale_matrix import why_no_reliability


@dataclass(frozen=True, eq=False)
class Adequacy:
    """Kaiser-Meyer-Olkin measure of sampling adequacy, of all items and of each.

    Attributes
    ----------
    overall : Estimate
    items : ItemValues
    """

    overall: Estimate
    items: ItemValues


@dataclass(frozen=True, eq=False)
class Sphericity:
    """Bartlett's test that no two items correlate.

    Attributes
    ----------
    chi_square, p : Estimate
    df : int
        Pairs of items.
    """

    chi_square: Estimate
    p: Estimate
    df: int


def kmo(items: Any, *, missing: Missing = "pairwise") -> Adequacy:
    """Return how much of what items share is not only between two: 0 to 1.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        NaN = missing.
    missing : {"pairwise", "listwise"}
        Correlations over the rows each pair shares, or over complete rows.

    Returns
    -------
    Adequacy

    Raises
    ------
    ValueError
        For text, infinite values, or another rule.

    Notes
    -----
    Formula: sum r^2 / (sum r^2 + sum q^2) over pairs, q the partial correlations given all other
    items; of one item over its own pairs.

    Absent when: as `reliability.cronbach_alpha` with correlations; ``not-positive-definite``;
    ``no-correlation`` (an item, or all, with none at all).

    Agrees with psych 2.5.3 (KMO).

    References
    ----------
    Kaiser & Rice (1974), Educational and Psychological Measurement 34(1).
    """
    moments, r, reason, n = _read(items, missing)
    k, name = moments.items, f"kmo, correlation, {missing}"
    each, reasons = np.full(k, np.nan), np.full(k, reason, dtype="<U32")
    overall = Estimate.missing(reason or "no-correlation", n=n, method=name)
    if not reason:
        inverse = np.linalg.inv(r)
        root = np.sqrt(np.diagonal(inverse))
        off = ~np.eye(k, dtype=bool)
        shared = np.where(off, r**2, 0.0)
        partial = np.where(off, (inverse / root[:, None] / root[None, :]) ** 2, 0.0)
        above, below = shared.sum(axis=1), (shared + partial).sum(axis=1)
        np.divide(above, below, out=each, where=below > 0)
        reasons[below <= 0] = "no-correlation"
        if below.sum() > 0:
            overall = Estimate(value=float(above.sum() / below.sum()), n=n, method=name)
    counts = np.diagonal(moments.counts).copy()
    if missing == "listwise":
        counts = np.full(k, n)
    return Adequacy(overall, ItemValues(np.arange(k), each, counts, reasons, name))


def bartlett_sphericity(
    items: Any, *, n: Literal["complete", "rows"] = "complete", missing: Missing = "pairwise"
) -> Sphericity:
    """Return a test of the hypothesis that no two items correlate.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        NaN = missing.
    n : {"complete", "rows"}
        How many people the test counts: complete rows, or all rows (also empty ones).
    missing : {"pairwise", "listwise"}
        As in `kmo`.

    Returns
    -------
    Sphericity

    Raises
    ------
    ValueError
        For text, infinite values or another rule.

    Notes
    -----
    Formula: chi-square = -(n - 1 - (2k + 5) / 6) log|R| with k (k - 1) / 2 degrees of freedom.

    Default: complete rows; counting rows that lack answers makes the test surer than it is.

    Absent when: as `kmo`, save ``no-correlation``; ``fewer-than-k-respondents`` (the factor of
    the formula is not positive).

    Agrees with psych 2.5.3 (cortest.bartlett) with n = "rows".

    References
    ----------
    Bartlett (1951), Biometrika 38(3/4).
    """
    if n not in ("complete", "rows"):
        raise ValueError(f"n is 'complete' or 'rows'; received {n!r}")
    moments, r, reason, _ = _read(items, missing)
    people = int(moments.complete if n == "complete" else moments.rows)
    k, name = moments.items, f"bartlett, correlation, {missing}, n of "
    name += "complete rows" if n == "complete" else "all rows"
    worth = people - 1 - (2 * k + 5) / 6
    if not reason and worth <= 0:
        reason = "fewer-than-k-respondents"
    df = k * (k - 1) // 2
    if reason:
        none = Estimate.missing(reason, n=people, method=name)
        return Sphericity(none, none, df)
    from scipy.special import chdtrc

    chi_square = max(-worth * float(np.linalg.slogdet(r)[1]), 0.0)
    return Sphericity(
        Estimate(value=chi_square, n=people, method=name),
        Estimate(value=float(chdtrc(df, chi_square)), n=people, method=name),
        df,
    )


def eigenvalues(items: Any, *, missing: Missing = "pairwise") -> Floats:
    """Return the eigenvalues of the correlations, largest first, (k,); NaN where there are none.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        NaN = missing.
    missing : {"pairwise", "listwise"}
        As in `kmo`.

    Notes
    -----
    Absent when: as `kmo`, save ``no-correlation`` and ``not-positive-definite``. Pairwise
    correlations can have eigenvalues below 0.
    """
    moments, r, reason, _ = _read(items, missing)
    if reason not in ("", "not-positive-definite"):
        return np.full(moments.items, np.nan)
    return np.asarray(np.linalg.eigvalsh(r)[::-1].copy())


def _read(items: Any, missing: Missing) -> tuple[Moments, Floats, str, int]:
    """Return moments, correlations, why these do not serve, and how many people they rest on."""
    moments = centred_moments(items)
    r = moments.correlation(missing)
    n = int(moments.complete if missing == "listwise" else moments.answered)
    reason = why_no_reliability(moments, r, missing)
    if reason in ("", "no-total-variance"):
        reason = "" if np.linalg.eigvalsh(r)[0] >= 1e-10 else "not-positive-definite"
    return moments, r, reason, n
