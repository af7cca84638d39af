"""Several common factors behind a correlation matrix: minimum residuals and maximum likelihood.

Notes
-----
Formula: R = L F L' + U with factor correlations F and own variances U of 0.005 to 1.

Default: uls, which needs no positive definite correlations and no normal answers, and ends at
the optimum. Without Heywood cases minres has the same one, but may end some 1e-4 before it;
with one, where minres ends depends on its start.

Agrees with psych 2.2.9 and 2.5.3 (fa; minres, uls and ml).

References
----------
Harman & Jones (1966), Psychometrika 31(3); Joreskog (1967), Psychometrika 32(4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.one_factor import FLOOR
from lcdiag.statistics.rotation import ROTATIONS, Rotation, rotated
from lcdiag.statistics.scale_matrix import why_no_reliability

Fit = Literal["uls", "minres", "ml"]
FITS = ("uls", "minres", "ml")

_UNIT = 0.01  # own variances are counted in hundredths, so that a first step is a small one
_EARLY = 1e7 * float(np.finfo(np.float64).eps)
_STEPS = {"maxcor": 5, "maxiter": 1000, "maxfun": 5000, "ftol": 1e-15, "gtol": 1e-12}


@dataclass(frozen=True, eq=False)
class Factors:
    """Loadings of standardised items on uncorrelated factors, and their own variances.

    Attributes
    ----------
    loadings : array, shape (k, m)
        Each column sums to 0 or more, the widest factor first.
    own : array, shape (k,)
        1 minus the sum of squared loadings; below 0 in an ultra-Heywood case.
    heywood : bool
        Whether an own variance lies at its floor or below.
    converged : bool
        Whether the fit settled.
    """

    loadings: Floats
    own: Floats
    heywood: bool
    converged: bool


@dataclass(frozen=True, eq=False)
class ExploratoryFit:
    """Rotated factors of standardised items.

    Attributes
    ----------
    loadings : array, shape (k, m)
        Pattern; empty where absent.
    correlations : array, shape (m, m)
        Of the factors.
    communality, own : array, shape (k,)
        Shares of each item's variance: common and its own.
    rms : Estimate
        Root mean square of the correlations left off the diagonal; its `absent` is that of all.
    df : int
        Pairs of items minus free loadings; below 0 the loadings are not unique.
    n : int
    method : str
        Fit, rotation, missing rule; ``heywood``, ``not unique`` where so.
    """

    loadings: Floats
    correlations: Floats
    communality: Floats
    own: Floats
    rms: Estimate
    df: int
    n: int
    method: str

    @property
    def absent(self) -> str | None:
        """Return why there are no factors, or None."""
        return self.rms.absent


def exploratory_factors(
    items: Any,
    n_factors: int,
    *,
    method: Fit = "uls",
    rotation: Rotation = "oblimin",
    missing: Missing = "pairwise",
) -> ExploratoryFit:
    """Return common factors of the items' correlations, rotated to simple structure.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        NaN = missing.
    n_factors : int
        At least 1; fewer than items.
    method : {"uls", "minres", "ml"}
        Least squares of the correlations; the same off the diagonal and ended where a step gains
        less than 2.2e-9, as it is often computed; maximum likelihood.
    rotation : {"oblimin", "varimax", "none"}
        Correlated factors (direct quartimin), uncorrelated ones, or the axes of the fit.
    missing : {"pairwise", "listwise"}
        Correlations over the rows each pair shares, or over complete rows.

    Returns
    -------
    ExploratoryFit

    Raises
    ------
    ValueError
        For text, infinite values, fewer than 1 factor or a fork that is not offered.

    Notes
    -----
    Absent when: as `reliability.cronbach_alpha` with correlations; ``fewer-than-3-items``;
    ``too-many-factors`` (not fewer than items); ``not-positive-definite`` (ml);
    ``no-convergence``; ``not-identified`` (correlations carry fewer factors).

    More in the notes of this module.
    """
    moments = centred_moments(items)
    check_factors(n_factors, method, rotation)
    n = int(moments.complete if missing == "listwise" else moments.answered)
    name = f"{method}, {rotation}, correlation, {missing}"
    r = moments.correlation(missing)
    reason = why_no_reliability(moments, r, missing)
    found: Factors | str = reason
    if reason in ("", "no-total-variance"):
        found = factors_or_reason(r, n_factors, method)
    k = moments.items
    df = ((k - n_factors) ** 2 - k - n_factors) // 2
    if isinstance(found, str):
        return _no_fit(found, k, n_factors, df, n, name)
    name += ", heywood" if found.heywood else ""
    name += ", not unique" if df < 0 else ""
    loadings, correlations = rotated(found.loadings, rotation)
    left = (r - found.loadings @ found.loadings.T)[np.tril_indices(k, -1)]
    rms = Estimate(value=float(np.sqrt((left**2).mean())), n=n, method=name)
    return ExploratoryFit(loadings, correlations, 1 - found.own, found.own, rms, df, n, name)


def _no_fit(reason: str, k: int, n_factors: int, df: int, n: int, name: str) -> ExploratoryFit:
    none, between = np.full((k, n_factors), np.nan), np.full((n_factors, n_factors), np.nan)
    rms = Estimate.missing(reason, n=n, method=name)
    return ExploratoryFit(none, between, none[:, 0], none[:, 0], rms, df, n, name)


def check_factors(n_factors: int, method: str, rotation: str) -> None:
    """Raise ValueError for a number of factors, a fit or a rotation that is not offered."""
    if isinstance(n_factors, bool) or not isinstance(n_factors, (int, np.integer)) or n_factors < 1:
        raise ValueError(f"n_factors is a whole number of 1 or more; received {n_factors!r}")
    if method not in FITS:
        raise ValueError(f"factors are fitted by one of {FITS}; received {method!r}")
    if rotation not in ROTATIONS:
        raise ValueError(f"rotation is one of {ROTATIONS}; received {rotation!r}")


def factors_or_reason(r: Floats, n_factors: int, method: Fit) -> Factors | str:
    """Return the factors of a correlation matrix, or why there are none."""
    k = len(r)
    if k < 3:
        return "fewer-than-3-items"
    if n_factors >= k:
        return "too-many-factors"
    if method == "ml" and np.linalg.eigvalsh(r)[0] < 1e-10:
        return "not-positive-definite"
    found = fit_factors(r, n_factors, method)
    if not found.converged:
        return "no-convergence"
    if (np.abs(found.loadings) < 1e-6).all(axis=0).any():
        return "not-identified"
    return found


def fit_factors(r: Floats, n_factors: int, method: Fit) -> Factors:
    """Return the factors of a correlation matrix without rotation.

    Parameters
    ----------
    r : array, shape (k, k)
        Correlations; positive definite for ``ml``.
    n_factors : int
        1 to k - 1.
    method : {"uls", "minres", "ml"}
        As in `exploratory_factors`.

    Notes
    -----
    Formula: for given own variances u the loadings follow from principal axes, of R - u (uls,
    minres) or of u^-1/2 R u^-1/2 - 1 (ml); u itself by quasi-Newton steps between 0.005 and 1 from
    1 - squared multiple correlations. Where the model is not identified (more loadings than
    correlations) the solution is the first one these steps meet.

    References
    ----------
    Harman & Jones (1966), Psychometrika 31(3); Joreskog (1967), Psychometrika 32(4); Byrd, Lu,
    Nocedal & Zhu (1995), SIAM Journal on Scientific Computing 16(5).
    """
    from scipy.optimize import minimize

    def worth(scaled: Floats) -> tuple[float, Floats]:
        own = scaled * _UNIT
        if method == "ml":
            value, slope = _likelihood(r, own, n_factors)
        else:
            value, slope = _residuals(r, own, n_factors, diagonal=method == "uls")
        return value, slope * _UNIT

    early = method == "minres"
    start = np.clip(_not_shared(r), FLOOR, 1.0)
    found = minimize(
        worth,
        start / _UNIT,
        jac=True,
        method="L-BFGS-B",
        bounds=[(FLOOR / _UNIT, 1 / _UNIT)] * len(r),
        options=_STEPS | ({"ftol": _EARLY, "gtol": 0.0} if early else {}),
    )
    own = found.x * _UNIT
    loadings = (_scaled_axes if method == "ml" else _axes)(r, own, n_factors)
    loadings = loadings[:, np.argsort(-(loadings**2).sum(axis=0), kind="stable")]
    loadings = loadings * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
    _, slope = worth(found.x)
    inside = (own > FLOOR * 1.000001) | (slope < 0)
    inside &= (own < 1 - 1e-9) | (slope > 0)
    settled = bool(np.abs(slope[inside]).max(initial=0.0) < (1e-3 if early else 1e-6))
    left = 1 - (loadings**2).sum(axis=1)
    heywood = bool((np.minimum(own, left) <= FLOOR * 1.000001).any())
    return Factors(loadings, left, heywood, settled)


def _not_shared(r: Floats) -> Floats:
    """Return 1 minus squared multiple correlations: what no other item tells."""
    inverse = np.linalg.pinv(r, hermitian=True)
    return np.asarray(1 / np.maximum(np.diagonal(inverse), 1.0))


def _axes(r: Floats, own: Floats, m: int) -> Floats:
    """Return loadings on the m widest axes of the correlations without own variances."""
    values, vectors = np.linalg.eigh(r - np.diag(own))
    widest = np.maximum(values[: -m - 1 : -1], 0.0)
    return np.asarray(vectors[:, : -m - 1 : -1] * np.sqrt(widest))


def _scaled_axes(r: Floats, own: Floats, m: int) -> Floats:
    """Return loadings on the m widest axes after dividing by own deviations."""
    root = np.sqrt(own)
    values, vectors = np.linalg.eigh(r / root[:, None] / root[None, :])
    widest = np.maximum(values[: -m - 1 : -1] - 1, 0.0)
    return np.asarray(root[:, None] * vectors[:, : -m - 1 : -1] * np.sqrt(widest))


def _residuals(r: Floats, own: Floats, m: int, *, diagonal: bool) -> tuple[float, Floats]:
    """Return half the sum of squared residuals, and its slopes by own variances.

    The slopes are those with the diagonal in the sum; at an optimum without a Heywood case the
    diagonal is 0, so it is the optimum without the diagonal too.
    """
    loadings = _axes(r, own, m)
    left = r - loadings @ loadings.T - np.diag(own)
    slope = -np.diagonal(left).copy()
    if not diagonal:
        np.fill_diagonal(left, 0.0)
    return float((left**2).sum()) / 2, slope


def _likelihood(r: Floats, own: Floats, m: int) -> tuple[float, Floats]:
    """Return the discrepancy of maximum likelihood, and its slopes by own variances."""
    root = np.sqrt(own)
    values = np.linalg.eigvalsh(r / root[:, None] / root[None, :])
    rest = np.maximum(values[:-m], 1e-300)
    loadings = _scaled_axes(r, own, m)
    gap = (loadings**2).sum(axis=1) + own - np.diagonal(r)
    # axes below 1 are not kept, so they count with the rest
    below = np.minimum(values[-m:], 1.0)
    value = float((rest - np.log(rest) - 1).sum() + (below - np.log(below) - 1).sum())
    return value, gap / own**2
