"""Measures of fit that follow from a chi-square and the chi-square of the baseline model.

Forks
-----
baseline, baseline_df : float, int
    Of the model without relations, already divided by its own scaling factor.
n : int
    People.
scaling : float
    Told as it is.
confidence : float
    Of the interval of RMSEA.

Notes
-----
Formula: CFI = 1 - max(X - df, 0) / max(X - df, Xb - dfb, 0); TLI = (Xb/dfb - X/df) /
(Xb/dfb - 1); RMSEA = sqrt(max(X - df, 0) groups / (n df)); its limits are those of the
noncentrality of X; a scaled version takes them from the plain X around scaling x df.

Agrees with lavaan 0.6-14 (fitMeasures).

References
----------
Bentler (1990), Psychological Bulletin 107; Browne & Cudeck (1992), Sociological Methods &
Research 21; Steiger (1998), Structural Equation Modeling 5.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.factor_fit import FitMeasures

_CLOSE = 0.05


def fit_measures(
    chi_square: float,
    df: int,
    baseline: float,
    baseline_df: int,
    n: int,
    *,
    groups: int = 1,
    scaling: float = 1.0,
    method: str = "",
    confidence: float = 0.90,
) -> FitMeasures:
    """Return CFI, TLI, NFI, RNI, RMSEA and the tests of a chi-square.

    Parameters
    ----------
    chi_square, df : float, int
        Of the model, already divided by `scaling`.
    baseline, baseline_df, n, scaling, confidence
        See the forks and notes of this module.
    groups : int
        RMSEA is multiplied by the square root of the number of groups (Steiger 1998).

    Returns
    -------
    FitMeasures

    Notes
    -----
    Absent when: ``no-degrees-of-freedom`` (the model fits any data); ``no-baseline`` (the
    baseline fits as well as can be, so that nothing can be compared).
    """
    from scipy.special import chdtrc

    def known(value: float) -> Estimate:
        return Estimate(value=float(value), n=n, method=method)

    tested = df > 0
    none = Estimate.missing("no-degrees-of-freedom", n=n, method=method)
    bare = Estimate.missing("no-baseline", n=n, method=method)
    indices = comparative(chi_square, df, baseline, baseline_df)
    found = {name: bare if np.isnan(value) else known(value) for name, value in indices.items()}
    if not tested:
        found["tli"] = none
    rmsea = close = none
    if tested:
        plain = chi_square * scaling
        rmsea, close = rmsea_of(plain, df * scaling, n, groups, confidence, method)
    return FitMeasures(
        chi_square=known(chi_square),
        df=known(df),
        p_value=known(float(chdtrc(df, max(chi_square, 0.0)))) if tested else none,
        scaling=known(scaling),
        baseline_chi_square=known(baseline),
        baseline_df=known(baseline_df),
        rmsea=rmsea,
        rmsea_close=close,
        **found,
    )


def comparative(chi_square: float, df: int, baseline: float, baseline_df: int) -> dict[str, float]:
    """Return CFI, TLI, NFI and RNI of a chi-square beside its baseline, NaN where undefined."""
    over, baseline_over = chi_square - df, baseline - baseline_df
    top, below = max(over, 0.0), max(over, baseline_over, 0.0)
    # where neither model is worse than chance allows, the model loses nothing
    cfi = 1 - top / below if below > 0 else 1.0
    tli = rni = nfi = np.nan
    if df > 0 and baseline_df > 0 and baseline != baseline_df:
        ratio = baseline / baseline_df
        tli = (ratio - chi_square / df) / (ratio - 1)
    if baseline_over != 0:
        rni = 1 - over / baseline_over
    if baseline > 0:
        nfi = (baseline - chi_square) / baseline
    return {"cfi": cfi, "tli": tli, "nfi": nfi, "rni": rni}


def rmsea_of(
    chi_square: float,
    df: float,
    n: float,
    groups: int = 1,
    confidence: float = 0.90,
    method: str = "",
    scaling: float = 1.0,
) -> tuple[Estimate, Estimate]:
    """Return the RMSEA with its interval, and the probability of close fit.

    Parameters
    ----------
    chi_square : float
        Whose noncentral distribution gives the limits.
    df, n, groups, confidence, method
        As in `fit_measures`; n is the multiplier of the discrepancy.
    scaling : float
        The expected chi-square under the model is scaling x df where the robust RMSEA is asked
        for: RMSEA^2 = scaling (X - df) / (n df).
    """
    from scipy.special import chndtr

    unit = scaling * groups / (n * df)
    value = float(np.sqrt(max(chi_square - df, 0.0) * unit))
    tail = (1 - confidence) / 2
    low = _noncentrality(chi_square, df, 1 - tail)
    high = _noncentrality(chi_square, df, tail)
    close = 1 - float(chndtr(max(chi_square, 0.0), df, _CLOSE**2 / unit))
    people = int(n)
    return (
        Estimate(
            value=value,
            low=float(np.sqrt(low * unit)),
            high=float(np.sqrt(high * unit)),
            confidence=confidence,
            n=people,
            method=method,
        ),
        Estimate(value=min(max(close, 0.0), 1.0), n=people, method=method),
    )


def _noncentrality(chi_square: float, df: float, share: float) -> float:
    """Return the noncentrality for which this share of chi-squares lies below, or 0."""
    from scipy.optimize import brentq
    from scipy.special import chndtr

    def gap(noncentrality: float) -> float:
        return float(chndtr(chi_square, df, noncentrality)) - share

    if chi_square <= 0 or gap(0.0) <= 0:
        return 0.0
    top = max(chi_square, 1.0)
    while gap(top) > 0:
        top *= 2
    return float(brentq(gap, 0.0, top, xtol=1e-12, rtol=1e-12))


def robust_measures(
    scaled: FitMeasures,
    chi_square: float,
    factor: float,
    baseline: float,
    baseline_factor: float,
    n: int,
    groups: int,
    method: str,
    confidence: float = 0.90,
) -> FitMeasures:
    """Return CFI, TLI, RNI and RMSEA that estimate their normal-theory population values.

    Formula: as the plain ones, with the plain chi-squares, and `factor` x df in the place of df
    (what the plain chi-square is expected to be). The tests stay those of `scaled`.

    Parameters
    ----------
    scaled : FitMeasures
        The scaled version: its tests, degrees of freedom and limits.
    chi_square, baseline : float
        Plain ones.
    factor, baseline_factor : float
        Their scaling factors.
    n, groups, method, confidence
        As in `fit_measures`.

    References
    ----------
    Brosseau-Liard & Savalei (2014), Multivariate Behavioral Research 49.
    """
    df, baseline_df = int(scaled.df.value or 0), int(scaled.baseline_df.value or 0)
    over = chi_square - factor * df
    baseline_over = baseline - baseline_factor * baseline_df
    indices = comparative(over, 0, baseline_over, 0)
    indices["nfi"] = np.nan
    if baseline_over != 0:
        indices["tli"] = 1 - over * baseline_df / (baseline_over * df)
    measures = {
        name: Estimate.missing(
            "not-defined" if name == "nfi" else "no-baseline", n=n, method=method
        )
        if np.isnan(value)
        else Estimate(value=float(value), n=n, method=method)
        for name, value in indices.items()
    }
    rmsea, close = rmsea_of(chi_square / factor, df, n, groups, confidence, method, scaling=factor)
    return replace(scaled, rmsea=rmsea, rmsea_close=close, **measures)
