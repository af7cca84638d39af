"""One factor behind ordinal items, with standard errors and tests of fit.

Notes
-----
Formula: loadings minimise sum w (rho - l_i l_j)^2 with w = 1 / (n var rho); chi-square = (n -
1) times it. Scaled: a X + df - a tr(U G), a = sqrt(df / tr(U G U G)), with U the residual
weights and G n times the sampling covariance of the correlations. Robust: from the maximum
likelihood discrepancy F of the polychoric matrix at these loadings, of which n F - c is the
noncentrality and c its expectation from G. SRMR counts the diagonal.

Default: complete rows, as lavaan; pairwise polychorics have no joint covariance here.

Agrees with lavaan 0.6-14 (cfa with ordered items, estimator WLSMV, std.lv).

References
----------
Muthen (1984), Psychometrika 49; Asparouhov & Muthen (2010), Simple second order chi-square
correction, Mplus technical appendix; Savalei (2021), Multivariate Behavioral Research 56.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, Grouping, as_grouping, as_matrix
from lcdiag.statistics.contingency import contingency
from lcdiag.statistics.factor_fit import FactorFit, FitMeasures, absent_fit, no_measures
from lcdiag.statistics.fit_measures import fit_measures, rmsea_of
from lcdiag.statistics.moments import Moments
from lcdiag.statistics.ordinal_model import OrdinalModel, fit_ordinal

_SINGULAR = 1e-10


def wlsmv(
    items: Any, *, correction: float = 0.5, cluster: Any = None, confidence: float = 0.90
) -> FactorFit:
    """Return one common factor behind ordinal items: latent response = loading x factor + own.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        Answers, in any numbers whose order counts; NaN = missing; complete rows count.
    correction : float
        As in `polychoric.polychoric`, for tables of two options by two.
    cluster : array_like, shape (n,), optional
        Communities: errors and scaled tests count these, not people; the loadings stay.
    confidence : float
        Of the intervals of RMSEA.

    Returns
    -------
    FactorFit
        Latent responses have variance 1 (delta parameterisation), so own variances follow from
        the loadings and have no standard errors. `covariance` is that of the loadings, (k, k).

    Raises
    ------
    ValueError
        For text, infinite values, Moments, a negative correction.

    Notes
    -----
    Absent when: as `polychoric.polychoric`; ``fewer-than-3-items``; ``perfect-correlation``
    (a correlation of -1 or 1); ``not-identified`` (fewer than 3 items load);
    ``fewer-than-2-clusters``; ``no-convergence``. Robust measures alone:
    ``not-positive-definite`` (polychorics or Heywood). Likelihood, AIC, BIC, GFI:
    ``no-likelihood``.

    More in the notes of this module.
    """
    name = "wlsmv, polychoric, listwise, delta"
    name += ", robust errors" + (" by cluster" if cluster is not None else "")
    if isinstance(items, Moments):
        raise ValueError("ordinal statistics need the answers, not their moments")
    matrix = as_matrix(items)
    complete = ~np.isnan(matrix).any(axis=1)
    n, k = int(complete.sum()), matrix.shape[1]
    grouping = clusters_of(cluster, complete)
    data = contingency(matrix)
    found = data if isinstance(data, str) else fit_ordinal(data, correction)
    if not isinstance(found, str) and grouping is not None and len(grouping) < 2:
        found = "fewer-than-2-clusters"
    if isinstance(found, str):
        return absent_fit(found, k, n, name)
    return _described(found, grouping, name, confidence)


def clusters_of(cluster: Any, complete: Any) -> Grouping | None:
    """Return the communities of complete rows, or None where there are none.

    Parameters
    ----------
    cluster : array_like, shape (n,), or None
    complete : array of bool, shape (n,)
    """
    if cluster is None:
        return None
    whole = as_grouping(cluster, len(complete))
    present, codes = np.unique(whole.codes[complete], return_inverse=True)
    return Grouping(whole.labels[present], codes.astype(np.intp, copy=False))


def _described(
    model: OrdinalModel, cluster: Grouping | None, name: str, confidence: float
) -> FactorFit:
    """Return the fit with everything that follows from it."""
    n, k = model.data.rows, len(model.loadings)
    sampling = model.sampling(cluster)
    used = np.isfinite(model.thresholds)
    count = int(used.sum())
    of_rho = sampling[count:, count:]
    covariance = model.from_rho @ of_rho @ model.from_rho.T / (n - 1)
    of_thresholds = np.zeros(used.shape)
    of_thresholds[used] = np.sqrt(np.diagonal(sampling)[:count] / (n - 1))
    own = 1 - model.loadings**2
    heywood = bool((own <= 0).any())
    name += ", heywood" if heywood else ""
    left = model.rho - model.fitted
    srmr = Estimate(value=float(np.sqrt((left**2).sum() / (k * (k + 1) / 2))), n=n, method=name)
    none = Estimate.missing("no-likelihood", n=n, method=name)
    plain, scaled = _tests(model, of_rho, name, confidence)
    errors, unknown = np.sqrt(np.diagonal(covariance)), np.full(k, np.nan)
    options = used.sum(axis=1)
    return FactorFit(
        loadings=model.loadings,
        own=own,
        intercepts=np.zeros(k),
        loadings_error=errors,
        own_error=unknown,
        intercepts_error=unknown.copy(),
        loadings_std=model.loadings.copy(),
        own_std=own.copy(),
        covariance=covariance,
        plain=plain,
        scaled=scaled,
        robust=_robust(model, of_rho, scaled, name, confidence),
        srmr=srmr,
        rmr=srmr,
        gfi=none,
        log_likelihood=none,
        aic=none,
        bic=none,
        parameters=count + k,
        n=n,
        method=name,
        heywood=heywood,
        thresholds=tuple(row[:c] for row, c in zip(model.thresholds, options, strict=True)),
        thresholds_error=tuple(row[:c] for row, c in zip(of_thresholds, options, strict=True)),
    )


def _tests(
    model: OrdinalModel, of_rho: Floats, name: str, confidence: float
) -> tuple[FitMeasures, FitMeasures]:
    """Return the measures of the chi-square as it is, and scaled and shifted."""
    n, m, k = model.data.rows, len(model.rho), len(model.loadings)
    df, w = m - k, model.weights
    chi_square = (n - 1) * float(w @ (model.rho - model.fitted) ** 2)
    baseline = (n - 1) * float(w @ model.rho**2)
    plain = fit_measures(chi_square, df, baseline, m, n - 1, method=name, confidence=confidence)
    name += ", scaled and shifted"
    if df == 0:
        return _resting_on(plain, n), no_measures("no-degrees-of-freedom", n, name)
    weighted = model.slopes.T * w
    rest = np.diag(w) - weighted.T @ np.linalg.solve(weighted @ model.slopes, weighted)
    product = rest @ of_rho
    # with about as few people as degrees of freedom these errors leave no variance to scale by
    if (product * product.T).sum() <= _SINGULAR * float(w @ np.diagonal(of_rho)) ** 2:
        return _resting_on(plain, n), no_measures("not-positive-definite", n, name)
    scaled, scaling = _shifted(chi_square, df, product)
    below, _ = _shifted(baseline, m, w[:, None] * of_rho)
    found = fit_measures(scaled, df, below, m, n - 1, method=name, confidence=confidence)
    found = replace(found, scaling=replace(found.scaling, value=scaling))
    return _resting_on(plain, n), _resting_on(found, n)


def _shifted(chi_square: float, df: int, product: Floats) -> tuple[float, float]:
    """Return the chi-square with the mean and variance of df, and what it was divided by."""
    factor = float(np.sqrt(df / (product * product.T).sum()))
    return factor * chi_square + df - factor * float(np.trace(product)), 1 / factor


def _robust(
    model: OrdinalModel, of_rho: Floats, scaled: FitMeasures, name: str, confidence: float
) -> FitMeasures:
    """Return CFI, TLI, RNI and RMSEA that estimate what maximum likelihood means by them."""
    n, m, k = model.data.rows, len(model.rho), len(model.loadings)
    df = m - k
    name += ", robust"
    if reason := scaled.chi_square.absent:  # it rests on the same errors
        return no_measures(reason, n, name)
    seen, fitted = model.matrix(model.rho), model.matrix(model.fitted)
    if min(np.linalg.eigvalsh(seen)[0], np.linalg.eigvalsh(fitted)[0]) < _SINGULAR:
        return no_measures("not-positive-definite", n, name)
    inverse = np.linalg.inv(fitted)
    size = float(np.linalg.slogdet(seen)[1])
    lost = float(np.linalg.slogdet(fitted)[1]) - size + float((seen * inverse).sum()) - k
    i, j = model.pairs
    curve = inverse[np.ix_(i, i)] * inverse[np.ix_(j, j)]
    curve = curve + inverse[np.ix_(i, j)] * inverse[np.ix_(j, i)]
    kept = np.eye(m) - model.slopes @ model.from_rho
    expected = float(((kept.T @ curve @ kept) * of_rho).sum())
    # a unit matrix has the curve 1: the baseline expects the sum of the variances
    over, below = n * lost - expected, -n * size - float(np.trace(of_rho))

    def known(value: float) -> Estimate:
        return Estimate(value=float(value), n=n, method=name)

    nothing = Estimate.missing("no-baseline", n=n, method=name)
    top, most = max(over, 0.0), max(over, below, 0.0)
    rmsea, close = rmsea_of(
        (n * lost) * df / expected, df, n - 1, 1, confidence, name, scaling=expected / df
    )
    found = replace(
        scaled,
        cfi=known(1 - top / most if most > 0 else 1.0),
        tli=known(1 - over * m / (below * df)) if below > 0 else nothing,
        rni=known(1 - over / below) if below > 0 else nothing,
        nfi=Estimate.missing("not-defined", n=n, method=name),
        rmsea=rmsea,
        rmsea_close=close,
    )
    return _resting_on(found, n)


def _resting_on(measures: FitMeasures, n: int) -> FitMeasures:
    """Return measures that say how many people there are: RMSEA was computed with n - 1."""
    return FitMeasures(
        **{field.name: replace(getattr(measures, field.name), n=n) for field in fields(measures)}
    )
