"""One common factor behind items, with standard errors and tests of fit.

Forks
-----
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

Notes
-----
Formula: Sigma = l l' + diag(own); chi-square = 2 (saturated - model log-likelihood), with
covariances of divisor n. Scaled: divided by (tr(A1^-1 B1) - tr(A0^-1 B0)) / df, A the
observed information and B the squared slopes of people (communities) in the saturated (1)
and the fitted (0) model. Own variances stay at 0.005 of the item's variance or above.

Default: ml and listwise, the commonest; standard errors from the expected information for
complete rows, from the observed information for full information.

Agrees with lavaan 0.6-14 (cfa with std.lv, estimators ML and MLR, missing = "fiml", cluster)
and psych 2.5.3 (fa, fm = "minres").

Differs from lavaan in Heywood cases, where its own variances go below 0.

References
----------
Lawley & Maxwell (1971), Factor Analysis as a Statistical Method; Yuan & Bentler (2000),
Sociological Methodology 30; Arbuckle (1996), in Advanced Structural Equation Modeling.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from lcdiag.statistics.factor_fit import FactorFit, ModelDifference, absent_fit
from lcdiag.statistics.intervals import check_levels
from lcdiag.statistics.minimum_residuals import minres_fit
from lcdiag.statistics.model_difference import difference, no_difference
from lcdiag.statistics.model_fit import ModelFit
from lcdiag.statistics.moments import centred_moments
from lcdiag.statistics.one_factor_data import read
from lcdiag.statistics.one_factor_results import Errors, described, fit_equal, fit_free


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
    method, missing, loadings, errors, cluster, confidence
        See the forks and notes of this module.

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
    Absent when: ``fewer-than-3-items`` (2 with equal loadings); ``empty-item``;
    ``fewer-than-2-respondents``; ``constant-item``; ``not-positive-definite`` (not more people
    than items); ``no-convergence``; ``not-identified`` (fewer than 3 items load). Standard errors
    are NaN for a parameter at its bound. Scaled versions: ``no-scaling-factor``; robust ones with
    missing answers: ``not-defined-with-missing``.
    """
    _check(method, missing, loadings, errors, cluster)
    check_levels(confidence, ())
    if method == "minres":
        return minres_fit(items, "pairwise" if missing == "pairwise" else "listwise", confidence)
    if method == "wlsmv":
        from lcdiag.statistics.ordinal_factor import wlsmv

        return wlsmv(items, cluster=cluster, confidence=confidence)
    chosen = errors or ("robust" if cluster is not None else "model")
    name = f"ml, covariance, {missing}, {loadings} loadings, {chosen} errors"
    name += " by cluster" if cluster is not None else ""
    found = read(items, missing, cluster, equal=loadings == "equal")
    if isinstance(found, str):
        return absent_fit(found, *_size(items), name)
    fitter = fit_free if loadings == "free" else fit_equal
    fitted = fitter(found, name, confidence)
    if isinstance(fitted, str):
        return absent_fit(fitted, found.data[0].items, found.people, name)
    fit = described(fitted, found, name, chosen, equal=loadings == "equal")
    if loadings == "free":
        return fit
    free = fit_free(found, name, confidence) if found.data[0].items > 2 else "not-identified"
    return replace(fit, tau_test=_tau_test(fitted, free, found.people, name))


def _tau_test(equal: ModelFit, free: ModelFit | str, n: int, name: str) -> ModelDifference:
    """Return the test of equal loadings, or why there is none."""
    return (
        no_difference(free, n, name) if isinstance(free, str) else difference(equal, free, n, name)
    )


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
    if method == "wlsmv" and (missing != "listwise" or errors == "model"):
        raise ValueError("method='wlsmv' has complete rows and robust errors only")
    if missing == "pairwise" and method == "ml":
        raise ValueError("missing='pairwise' goes with method='minres'; ml has 'fiml'")
    if loadings == "equal" and method != "ml":
        raise ValueError("loadings='equal' goes with method='ml'")
    if errors == "model" and cluster is not None:
        raise ValueError("errors='model' takes people as independent; leave out cluster")
    if method == "minres" and (errors is not None or cluster is not None):
        raise ValueError("method='minres' has no standard errors; leave out errors and cluster")


def _size(items: Any) -> tuple[int, int]:
    """Return how many items there are, and people with an answer."""
    moments = centred_moments(items)
    return moments.items, int(moments.answered)
