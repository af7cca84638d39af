"""One factor by least squares of correlations, with the measures of fit that go with it.

Notes
-----
Formula: chi-square = (n - 1 - (2k + 5) / 6 - 2 / 3) (log|S| - log|R| + tr(R / S) - k); the
baseline the same with S = 1; RMSEA^2 = X / (n df) - 1 / (n - 1), its limits over n - 1. ``rmr``
is the root mean square of the residuals off the diagonal, each weighted by the rows it rests
on over the harmonic mean of these; n counts all rows with an answer (pairwise).

Agrees with psych 2.5.3 (fa, fm = "minres").

References
----------
Harman & Jones (1966), Psychometrika 31(3); Lawley & Maxwell (1971).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.factor_fit import FactorFit, FitMeasures, absent_fit
from lcdiag.statistics.fit_measures import fit_measures, rmsea_of
from lcdiag.statistics.moments import Missing, Moments, centred_moments
from lcdiag.statistics.one_factor import fit_one_factor
from lcdiag.statistics.scale_matrix import why_no_reliability


def minres_fit(items: Any, missing: Missing, confidence: float = 0.90) -> FactorFit:
    """Return one factor that leaves the least squares of correlations off the diagonal.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
    missing : {"listwise", "pairwise"}
        Correlations over complete rows, or over the rows that each pair shares.
    confidence : float
        Of the interval of RMSEA.

    Notes
    -----
    Absent when: as `factor.one_factor`; the measures of fit: ``not-positive-definite`` where the
    correlations, or those of the model, are not; likelihood, AIC, BIC and GFI: ``no-likelihood``.

    More in the notes of this module.
    """
    moments = centred_moments(items)
    name = f"minres, correlation, {missing}"
    n = int(moments.complete if missing == "listwise" else moments.answered)
    r = moments.correlation(missing)
    reason = why_no_reliability(moments, r, missing)
    if reason in ("", "no-total-variance"):
        reason = "" if moments.items > 2 else "fewer-than-3-items"
    if reason:
        return absent_fit(reason, moments.items, n, name)
    fit = fit_one_factor(r, "minres")
    if not fit.converged:
        return absent_fit("no-convergence", len(r), n, name)
    if (np.abs(fit.loadings) > 1e-6).sum() < 3:
        return absent_fit("not-identified", len(r), n, name)
    name += ", heywood" if fit.heywood else ""
    model = np.outer(fit.loadings, fit.loadings) + np.diag(fit.own)
    nothing = np.full(len(r), np.nan)
    none = Estimate.missing("no-likelihood", n=n, method=name)
    return FactorFit(
        loadings=fit.loadings,
        own=fit.own,
        intercepts=nothing,
        loadings_error=nothing,
        own_error=nothing,
        intercepts_error=nothing,
        loadings_std=fit.loadings,
        own_std=fit.own,
        covariance=np.full((len(r), len(r)), np.nan),
        plain=_measures(r, model, n, name, confidence),
        scaled=None,
        robust=None,
        srmr=Estimate(value=_over(np.tril_indices(len(r)), r - model), n=n, method=name),
        rmr=Estimate(value=_weighted(r - model, moments, missing), n=n, method=name),
        gfi=none,
        log_likelihood=none,
        aic=none,
        bic=none,
        parameters=2 * len(r),
        n=n,
        method=name,
        heywood=fit.heywood,
    )


def _over(cells: tuple[Any, ...], residuals: Floats) -> float:
    """Return the root mean square of some residuals."""
    return float(np.sqrt((residuals[cells] ** 2).mean()))


def _weighted(residuals: Floats, moments: Moments, missing: Missing) -> float:
    """Return the root mean square off the diagonal, weighted by the rows of each pair."""
    off = ~np.eye(len(residuals), dtype=bool)
    if missing == "listwise":
        return _over((off,), residuals)
    typical = 1 / (1 / moments.counts).mean()
    return float(np.sqrt((residuals[off] ** 2 * moments.counts[off]).mean() / typical))


def _measures(r: Floats, model: Floats, n: int, method: str, confidence: float) -> FitMeasures:
    """Return chi-square, CFI, TLI and RMSEA of a model of correlations."""
    k = len(r)
    df, pairs = k * (k - 3) // 2, k * (k - 1) // 2
    worth = n - 1 - (2 * k + 5) / 6 - 2 / 3
    reason = "fewer-than-k-respondents" if worth <= 0 else ""
    if np.linalg.eigvalsh(r)[0] < 1e-10 or np.linalg.eigvalsh(model)[0] < 1e-10:
        reason = "not-positive-definite"
    if reason:
        return absent_fit(reason, k, n, method).plain
    log_r, log_model = (float(np.linalg.slogdet(matrix)[1]) for matrix in (r, model))
    gap = log_model - log_r + float(np.trace(np.linalg.solve(model, r))) - k
    chi_square = worth * max(gap, 0.0)
    found = fit_measures(
        chi_square, df, -worth * log_r, pairs, n, method=method, confidence=confidence
    )
    if df == 0:
        return found
    limits, _ = rmsea_of(chi_square, df, n - 1, 1, confidence, method)
    value = float(np.sqrt(max(chi_square / (n * df) - 1 / (n - 1), 0.0)))
    return replace(found, rmsea=replace(limits, value=value, n=n))
