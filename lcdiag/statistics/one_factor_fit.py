"""One common factor behind items, with standard errors and tests of fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_grouping, as_matrix
from lcdiag.statistics.factor_fit import FactorFit, ModelDifference, absent_fit
from lcdiag.statistics.likelihood import observed_information
from lcdiag.statistics.minimum_residuals import minres_fit
from lcdiag.statistics.model_fit import FLOOR, ModelFit, Saturated, fit_model, saturate
from lcdiag.statistics.moments import Moments, centred_moments
from lcdiag.statistics.one_factor import fit_one_factor
from lcdiag.statistics.patterns import Patterns, complete_pattern, patterns_of
from lcdiag.statistics.robust_fit import sandwich
from lcdiag.statistics.scale_matrix import why_no_reliability
from lcdiag.statistics.structure import single_factor

Errors = Literal["model", "robust"]


def one_factor(
    items: Any,
    *,
    method: Literal["ml", "minres", "wlsmv"] = "ml",
    missing: Literal["listwise", "fiml", "pairwise"] = "listwise",
    loadings: Literal["free", "equal"] = "free",
    errors: Errors | None = None,
    cluster: Any = None,
    confidence: float = 0.90,
) -> FactorFit:
    """Return the fit of one common factor: item = intercept + loading x factor + own part.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing. Moments give no robust versions.
    method : {"ml", "minres", "wlsmv"}
        Maximum likelihood; least squares of correlations; ordinal answers by polychoric
        correlations and diagonally weighted least squares.
    missing : {"listwise", "fiml", "pairwise"}
        Complete rows; every answer by full information (ml); pairwise correlations (minres).
    loadings : {"free", "equal"}
        Equal (ml): essential tau-equivalence, with its test in ``tau_test``.
    errors : {"model", "robust"}, optional
        Standard errors from the information, or from the sandwich (MLR); robust with clusters.
    cluster : array_like, shape (n,), optional
        Communities: robust errors and scaled tests then count communities, not people.
    confidence : float
        Of the intervals of RMSEA.

    Returns
    -------
    FactorFit
        In units of the items; minres and wlsmv in those of standardised (latent) items.

    Raises
    ------
    ValueError
        For text, infinite values, or forks that do not go together.

    Notes
    -----
    Formula: Sigma = l l' + diag(own); chi-square = 2 (saturated - model log-likelihood), with
    covariances of divisor n. Scaled: divided by (tr(A1^-1 B1) - tr(A0^-1 B0)) / df, A the
    observed information and B the squared slopes of people (communities) in the saturated (1)
    and the fitted (0) model. Own variances stay at 0.005 of the item's variance or above.

    Default: ml and listwise, the commonest; standard errors from the expected information for
    complete rows, from the observed information for full information.

    Absent when: ``fewer-than-3-items`` (2 with equal loadings); ``empty-item``;
    ``fewer-than-2-respondents``; ``constant-item``; ``not-positive-definite`` (not more people
    than items); ``no-convergence``; ``not-identified`` (fewer than 3 items load). Standard errors
    are NaN for a parameter at its bound. Scaled versions: ``no-scaling-factor``; robust ones with
    missing answers: ``not-defined-with-missing``.

    Agrees with lavaan 0.6-14 (cfa with std.lv, estimators ML and MLR, missing = "fiml", cluster)
    and psych 2.5.3 (fa, fm = "minres").

    Differs from lavaan in Heywood cases, where its own variances go below 0.

    References
    ----------
    Lawley & Maxwell (1971), Factor Analysis as a Statistical Method; Yuan & Bentler (2000),
    Sociological Methodology 30; Arbuckle (1996), in Advanced Structural Equation Modeling.
    """
    _check(method, missing, loadings, errors, cluster)
    if method == "minres":
        return minres_fit(items, "pairwise" if missing == "pairwise" else "listwise", confidence)
    if method == "wlsmv":
        from lcdiag.statistics.ordinal_factor import wlsmv

        return wlsmv(items, cluster=cluster)
    name = f"ml, covariance, {missing}, {loadings} loadings"
    chosen = errors or ("robust" if cluster is not None else "model")
    name += f", {chosen} errors" + (" by cluster" if cluster is not None else "")
    found = read(items, missing, cluster, equal=loadings == "equal")
    if isinstance(found, str):
        return absent_fit(found, *_size(items), name)
    free = (
        fit_free(found, name, confidence)
        if loadings == "free"
        else fit_equal(found, name, confidence)
    )
    if isinstance(free, str):
        return absent_fit(free, found.data[0].items, found.people, name)
    fit = described(free, found, name, chosen, equal=loadings == "equal")
    if loadings == "equal":
        other = fit_free(found, name, confidence) if found.data[0].items > 2 else "not-identified"
        fit = replace(fit, tau_test=_tau_test(free, other, found.people, name))
    return fit


def _check(method: str, missing: str, loadings: str, errors: str | None, cluster: Any) -> None:
    """Raise ValueError where a fork does not exist or does not go with another."""
    for value, options, name in (
        (method, ("ml", "minres", "wlsmv"), "method"),
        (missing, ("listwise", "fiml", "pairwise"), "missing"),
        (loadings, ("free", "equal"), "loadings"),
        (errors, ("model", "robust", None), "errors"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {options}; received {value!r}")
    if missing == "fiml" and method != "ml":
        raise ValueError("missing='fiml' goes with method='ml'")
    if missing == "pairwise" and method == "ml":
        raise ValueError("missing='pairwise' goes with method='minres'; ml has 'fiml'")
    if loadings == "equal" and method != "ml":
        raise ValueError("loadings='equal' goes with method='ml'")
    if errors == "model" and cluster is not None:
        raise ValueError("errors='model' takes people as independent; leave out cluster")
    if method == "minres" and (errors is not None or cluster is not None):
        raise ValueError("method='minres' has no standard errors; leave out errors and cluster")


def read(
    items: Any, missing: str, cluster: Any, *, equal: bool = False, robust: bool = True
) -> Saturated | str:
    """Return the saturated model of items, or the reason why there is none."""
    if isinstance(items, Moments):
        if missing == "fiml" or cluster is not None:
            raise ValueError("full information and clusters need the items, not their moments")
        reason = why_no_model(items, equal=equal)
        return reason or saturate([_of_moments(items)], None)
    rows = as_matrix(items)
    grouping = None if cluster is None else as_grouping(cluster, len(rows))
    held = ~np.isnan(rows)
    kept = held.all(axis=1) if missing == "listwise" else held.any(axis=1)
    reason = why_no_model(centred_moments(rows[kept]), missing, equal=equal)
    if reason:
        return reason
    rows = rows[kept]
    data = patterns_of(rows)
    if grouping is None:
        return saturate([data], None, robust=robust)
    some = as_grouping(grouping.codes[kept], len(rows))
    if len(some) < 2:
        return "fewer-than-2-clusters"
    return saturate([data], [some], robust=robust)


def why_no_model(moments: Moments, missing: str = "listwise", *, equal: bool = False) -> str:
    """Return why these items have no one-factor model, or ""."""
    rule: Literal["listwise", "pairwise"] = "listwise" if missing == "listwise" else "pairwise"
    reason = why_no_reliability(moments, moments.covariance(rule), rule)
    if reason == "no-total-variance":  # a sum that cancels out can still have one factor
        reason = ""
    if not reason and moments.items < 3 - equal:
        return "fewer-than-2-items" if equal else "fewer-than-3-items"
    return reason


def _of_moments(moments: Moments) -> Patterns:
    """Return the pattern of complete rows."""
    n = int(moments.complete)
    spread = moments.covariance("listwise") * (n - 1) / n
    return complete_pattern(n, moments.complete_sums / n + moments.origin, spread)


def _size(items: Any) -> tuple[int, int]:
    """Return how many items there are, and people with an answer."""
    moments = centred_moments(items)
    return moments.items, int(moments.answered)


def fit_free(against: Saturated, name: str, confidence: float = 0.90) -> ModelFit | str:
    """Return the fit with free loadings to one group, or the reason why there is none."""
    means, covariance = against.moments[0]
    k = len(means)
    start, lower = started(means, covariance)
    found = fit_model(
        [single_factor(k)],
        against,
        start,
        lower,
        method=name,
        means=not against.complete,
        confidence=confidence,
    )
    if isinstance(found, str):
        return found
    deviations = np.sqrt(np.diagonal(covariance))
    # two items alone fix the product of their loadings, never the loadings
    if (np.abs(found.maximum.parameters[:k] / deviations) > 1e-6).sum() < 3:
        return "not-identified"
    return found


def fit_equal(against: Saturated, name: str, confidence: float = 0.90) -> ModelFit | str:
    """Return the fit with one loading for all items to one group, or the reason why not."""
    means, covariance = against.moments[0]
    own = np.diagonal(covariance)
    k = len(own)
    common = max((covariance.sum() - own.sum()) / (k * (k - 1)), 0.05 * float(own.min()))
    start = np.concatenate([[np.sqrt(common)], np.maximum(own - common, 0.1 * own), means])
    lower = np.concatenate([[0.0], FLOOR * own, np.full(k, -np.inf)])
    return fit_model(
        [single_factor(k, equal=True)],
        against,
        start,
        lower,
        method=name,
        means=not against.complete,
        confidence=confidence,
    )


def started(means: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """Return where to begin with one factor, and the bounds: loadings, own, intercepts."""
    own = np.diagonal(covariance)
    deviations = np.sqrt(own)
    r = covariance / deviations[:, None] / deviations[None, :]
    first = fit_one_factor(r, "ml")
    start = np.concatenate([first.loadings * deviations, first.own * own, means])
    free = np.full(len(own), -np.inf)
    return start, np.concatenate([free, FLOOR * own, free])


def described(
    found: ModelFit, against: Saturated, name: str, errors: Errors, *, equal: bool
) -> FactorFit:
    """Return a fit of one group in the words of FactorFit."""
    k, n = against.data[0].items, against.people
    values = found.maximum.parameters
    spread = parameter_covariance(found, against, errors)
    # the loading that all items share stands k times
    place = np.concatenate([np.zeros(k, np.intp), np.arange(1, 2 * k + 1)]) if equal else None
    if place is not None:
        values, spread = values[place], spread[np.ix_(place, place)]
    bound = found.maximum.at_bound if place is None else found.maximum.at_bound[place]
    sign = -1.0 if values[:k].sum() < 0 else 1.0
    turn = np.concatenate([np.full(k, sign), np.ones(2 * k)])
    spread = spread * turn[:, None] * turn[None, :]
    errors_of = np.sqrt(np.where(bound, np.nan, np.diagonal(spread)))
    loadings, own, intercepts = sign * values[:k], values[k : 2 * k], values[2 * k :]
    implied = loadings**2 + own
    heywood = bool(bound[k : 2 * k].any())
    method = name + (", heywood" if heywood else "")
    q = len(found.maximum.parameters) - (k if against.complete else 0)
    value = found.maximum.value

    def known(number: float) -> Estimate:
        return Estimate(value=float(number), n=n, method=method)

    return FactorFit(
        loadings=loadings,
        own=own,
        intercepts=intercepts,
        loadings_error=errors_of[:k],
        own_error=errors_of[k : 2 * k],
        intercepts_error=errors_of[2 * k :],
        loadings_std=loadings / np.sqrt(implied),
        own_std=own / implied,
        covariance=spread[: 2 * k, : 2 * k],
        plain=found.plain,
        scaled=found.scaled,
        robust=found.robust,
        srmr=found.srmr,
        rmr=found.rmr,
        gfi=found.gfi,
        log_likelihood=known(value),
        aic=known(2 * q - 2 * value),
        bic=known(q * np.log(n) - 2 * value),
        parameters=q,
        n=n,
        method=method,
        heywood=heywood,
    )


def parameter_covariance(found: ModelFit, against: Saturated, errors: Errors) -> Floats:
    """Return the sampling covariance of the parameters, NaN where it cannot be computed."""
    spread: Floats | None
    if errors == "model":
        observed = None
        if not against.complete:
            observed = observed_information(found.groups, found.maximum.parameters)
        spread = found.expected_covariance(observed)
    elif any(part.rows is None for part in against.data):
        spread = None
    else:
        spread = sandwich(found.groups, found.maximum.parameters, found.free, against.clusters)
    q = len(found.maximum.parameters)
    return np.full((q, q), np.nan) if spread is None else spread


def _tau_test(equal: ModelFit, free: ModelFit | str, n: int, name: str) -> ModelDifference:
    """Return the difference of equal from free loadings."""
    if isinstance(free, str):
        nothing = Estimate.missing(free, n=n, method=name)
        return ModelDifference(*[nothing] * 7)
    return ModelDifference(*difference(equal, free, n, name))


def difference(
    tight: ModelFit, loose: ModelFit, n: int, method: str
) -> tuple[Estimate, Estimate, Estimate, Estimate, Estimate, Estimate, Estimate]:
    """Return the test of a model against one that it is part of.

    Returns
    -------
    tuple of Estimate
        Chi-square difference, its degrees of freedom and probability; the scaled difference and
        its probability; the changes of CFI and RMSEA (tight minus loose).

    Notes
    -----
    Formula: scaled difference = (X0 - X1) / c, c = (df0 c0 - df1 c1) / (df0 - df1), with 0 the
    tight model.

    Absent when: ``no-degrees-of-freedom``; scaled: ``no-scaling-factor`` (also where c is not
    above 0).

    References
    ----------
    Satorra & Bentler (2001), Psychometrika 66.
    """
    from scipy.special import chdtrc

    df = tight.df - loose.df
    change = max(tight.chi_square - loose.chi_square, 0.0)

    def known(value: float) -> Estimate:
        return Estimate(value=float(value), n=n, method=method)

    def less(name: str) -> Estimate:
        first, second = getattr(tight.plain, name), getattr(loose.plain, name)
        if first.value is None or second.value is None:
            return Estimate.missing(str(first.absent or second.absent), n=n, method=method)
        return known(first.value - second.value)

    scaled = scaled_p = Estimate.missing("no-scaling-factor", n=n, method=method)
    one = tight.scaling
    other = 0.0 if loose.df == 0 else loose.scaling
    if one is not None and other is not None:
        factor = (tight.df * one - loose.df * other) / df
        if factor > 1e-8:
            scaled, scaled_p = known(change / factor), known(chdtrc(df, change / factor))
    return (
        known(change),
        known(df),
        known(float(chdtrc(df, change))),
        scaled,
        scaled_p,
        less("cfi"),
        less("rmsea"),
    )
