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

from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, Grouping, as_grouping, as_matrix
from lcdiag.statistics.contingency import contingency
from lcdiag.statistics.factor_fit import FactorFit, absent_fit
from lcdiag.statistics.moments import Moments
from lcdiag.statistics.ordinal_measures import ordinal_robust, ordinal_tests
from lcdiag.statistics.ordinal_model import OrdinalModel, fit_ordinal


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
    return described_ordinal(found, found.sampling(grouping), name, confidence)


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


def described_ordinal(
    model: OrdinalModel, sampling: Floats, name: str, confidence: float
) -> FactorFit:
    """Return the fit with everything that follows from it.

    Parameters
    ----------
    model : OrdinalModel
    sampling : array
        n times the sampling covariance of (thresholds, correlations).
    name : str
        Told with every measure.
    confidence : float
        Of the intervals of RMSEA.
    """
    n, k = model.data.rows, len(model.loadings)
    used = np.isfinite(model.thresholds)
    count = int(used.sum())
    of_rho = sampling[count:, count:]
    from_rho = model.from_rho[:k]
    covariance = from_rho @ of_rho @ from_rho.T / (n - 1)
    of_thresholds = np.zeros(used.shape)
    of_thresholds[used] = np.sqrt(np.diagonal(sampling)[:count] / (n - 1))
    own = 1 - model.loadings**2
    heywood = bool((own <= 0).any())
    name += ", heywood" if heywood else ""
    left = model.rho - model.fitted
    srmr = Estimate(value=float(np.sqrt((left**2).sum() / (k * (k + 1) / 2))), n=n, method=name)
    none = Estimate.missing("no-likelihood", n=n, method=name)
    plain, scaled = ordinal_tests(model, of_rho, name, confidence)
    errors, unknown = np.sqrt(np.maximum(np.diagonal(covariance), 0.0)), np.full(k, np.nan)
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
        robust=ordinal_robust(model, of_rho, scaled, name, confidence),
        srmr=srmr,
        rmr=srmr,
        gfi=none,
        log_likelihood=none,
        aic=none,
        bic=none,
        parameters=count + model.parameters,
        n=n,
        method=name,
        heywood=heywood,
        thresholds=tuple(row[:c] for row, c in zip(model.thresholds, options, strict=True)),
        thresholds_error=tuple(row[:c] for row, c in zip(of_thresholds, options, strict=True)),
    )
