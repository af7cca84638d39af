"""Measures of fit of factors behind ordinal items: scaled and shifted, and robust.

The formulas are told in `ordinal_factor`.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.factor_fit import FitMeasures, no_measures
from lcdiag.statistics.fit_measures import fit_measures, rmsea_of
from lcdiag.statistics.ordinal_model import OrdinalModel

_SINGULAR = 1e-10


def ordinal_tests(
    model: OrdinalModel, of_rho: Floats, name: str, confidence: float
) -> tuple[FitMeasures, FitMeasures]:
    """Return the measures of the chi-square as it is, and scaled and shifted.

    Parameters
    ----------
    model : OrdinalModel
    of_rho : array, shape (m, m)
        n times the sampling covariance of the correlations.
    name : str
        Told with every measure.
    confidence : float
        Of the interval of RMSEA.
    """
    n, m = model.data.rows, len(model.rho)
    df, w = m - model.parameters, model.weights
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
    scaled, scaling = shifted(chi_square, df, product)
    below, _ = shifted(baseline, m, w[:, None] * of_rho)
    found = fit_measures(scaled, df, below, m, n - 1, method=name, confidence=confidence)
    found = replace(found, scaling=replace(found.scaling, value=scaling))
    return _resting_on(plain, n), _resting_on(found, n)


def shifted(chi_square: float, df: int, product: Floats) -> tuple[float, float]:
    """Return the chi-square with the mean and variance of df, and what it was divided by."""
    factor = float(np.sqrt(df / (product * product.T).sum()))
    return factor * chi_square + df - factor * float(np.trace(product)), 1 / factor


def ordinal_robust(
    model: OrdinalModel, of_rho: Floats, scaled: FitMeasures, name: str, confidence: float
) -> FitMeasures:
    """Return CFI, TLI, RNI and RMSEA that estimate what maximum likelihood means by them.

    Parameters
    ----------
    model, of_rho, name, confidence
        As in `ordinal_tests`.
    scaled : FitMeasures
        The scaled version.
    """
    n, m, k = model.data.rows, len(model.rho), len(model.loadings)
    df = m - model.parameters
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
