"""Omega total of one factor, by likelihood or from correlations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.model_fit import ModelFit, Saturated
from lcdiag.statistics.moments import Moments, centred_moments
from lcdiag.statistics.omega_interval import error_of, omega_percentiles, symmetric_limits
from lcdiag.statistics.one_factor import fit_one_factor
from lcdiag.statistics.one_factor_data import read
from lcdiag.statistics.one_factor_results import fit_free, parameter_covariance
from lcdiag.statistics.scale_matrix import why_no_reliability

Method = Literal["cfa", "efa"]
Variance = Literal["implied", "observed"]
Metric = Literal["covariance", "correlation"]
Missing = Literal["listwise", "pairwise", "fiml"]
Interval = Literal["delta", "logit", "robust", "robust-logit", "bootstrap", "none"]

_FROM_MODEL = ("delta", "logit", "robust", "robust-logit")


@dataclass(frozen=True)
class Forks:
    """What the fit depends on."""

    method: Method
    variance: Variance
    metric: Metric
    missing: Missing

    @property
    def modelled(self) -> bool:
        """Return whether the sampling covariance of the parameters gives that of omega."""
        return (
            self.method == "cfa"
            and self.variance == "implied"
            and self.metric == "covariance"
            and self.missing != "pairwise"
        )


def total_omega(
    items: Any,
    forks: Forks,
    *,
    interval: Interval | None,
    cluster: Any,
    confidence: float,
    bands: Sequence[float],
    rng: np.random.Generator | None,
    resamples: int,
) -> Estimate:
    """Return omega total of one factor; all as in `omega.mcdonald_omega`.

    Notes
    -----
    Absent when: as `omega.mcdonald_omega`.
    """
    levels = check_levels(confidence, bands)
    chosen = _chosen(forks, interval, items, cluster)

    def limits_of(found: _Fitted) -> Limits | None:
        if chosen == "bootstrap":
            again = _again(forks)
            return omega_percentiles(items, rng, resamples, cluster, again, forks.missing)
        return None if chosen == "none" or found.heywood else _from_model(found, chosen)

    name = ", ".join(
        ("total", forks.method, f"{forks.variance} variance", forks.metric, forks.missing)
    )
    name += "" if chosen == "none" else f", {chosen}"
    name += " by cluster" if cluster is not None and chosen != "none" else ""
    n, found = _fitted(items, forks, cluster)
    if isinstance(found, str):
        return Estimate.missing(found, n=n, method=name)
    name += ", heywood" if found.heywood else ""
    limits = limits_of(found)
    return with_intervals(found.omega, limits, (0.0, 1.0), confidence, levels, n=n, method=name)


@dataclass(frozen=True, eq=False)
class _Fitted:
    """Loadings, own variances and omega; the model where it has a likelihood."""

    loadings: Floats
    own: Floats
    omega: float
    heywood: bool
    model: tuple[ModelFit, Saturated] | None = None


def _chosen(forks: Forks, interval: Interval | None, items: Any, cluster: Any) -> str:
    """Return the interval to compute, after checking every fork."""
    for value, options, name in (
        (forks.method, ("cfa", "efa"), "method"),
        (forks.variance, ("implied", "observed"), "variance"),
        (forks.metric, ("covariance", "correlation"), "metric"),
        (forks.missing, ("listwise", "pairwise", "fiml"), "missing"),
        (interval, (*_FROM_MODEL, "bootstrap", "none", None), "interval"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {options}; received {value!r}")
    if forks.missing == "fiml" and forks.method != "cfa":
        raise ValueError("missing='fiml' goes with method='cfa'")
    if interval in _FROM_MODEL and not forks.modelled:
        raise ValueError(
            f"a {interval} interval exists for method='cfa', variance='implied', "
            "metric='covariance', missing='listwise' or 'fiml'; use interval='bootstrap'"
        )
    if cluster is not None and interval in ("delta", "logit"):
        raise ValueError(
            f"a {interval} interval takes people as independent; use interval='robust-logit'"
        )
    known = not isinstance(items, Moments)
    if not known and (interval in ("robust", "robust-logit") or cluster is not None):
        raise ValueError("a robust interval needs the items, not their moments")
    if interval is None and forks.modelled:
        return "robust-logit" if known else "logit"
    return interval or "none"


def _fitted(items: Any, forks: Forks, cluster: Any) -> tuple[int, _Fitted | str]:
    """Return how many people count, and the fit or the reason why there is none."""
    moments = centred_moments(items)
    n = int(moments.complete if forks.missing == "listwise" else moments.answered)
    if forks.method == "cfa" and forks.missing != "pairwise":
        return n, _by_likelihood(items, forks, cluster)
    return n, _by_correlations(moments, forks)


def _by_likelihood(items: Any, forks: Forks, cluster: Any) -> _Fitted | str:
    """Return the fit over complete rows, or by full information."""
    against = read(items, forks.missing, cluster, robust=False)
    if isinstance(against, str):
        return against
    found = fit_free(against, "")
    if isinstance(found, str):
        return found
    covariance = against.moments[0][1]
    k = len(covariance)
    loadings, own = found.maximum.parameters[:k], found.maximum.parameters[k : 2 * k]
    weights = np.ones(k)
    if forks.metric == "correlation":
        spread = loadings**2 + own if forks.variance == "implied" else np.diagonal(covariance)
        weights = 1 / np.sqrt(spread)
    share = _share(loadings * weights, own * weights**2, covariance, weights, forks)
    if isinstance(share, str):
        return share
    heywood = bool(found.maximum.at_bound[k : 2 * k].any())
    return _Fitted(loadings, own, share, heywood, (found, against))


def _by_correlations(moments: Moments, forks: Forks) -> _Fitted | str:
    """Return the fit of correlations, over complete rows or over the rows of each pair."""
    missing: Literal["listwise", "pairwise"] = (
        "listwise" if forks.missing == "listwise" else "pairwise"
    )
    covariance, r = moments.covariance(missing), moments.correlation(missing)
    reason = why_no_reliability(moments, r if forks.method == "efa" else covariance, missing)
    if reason and reason != "no-total-variance":
        return reason
    if moments.items < 3:
        return "fewer-than-3-items"
    deviations = np.sqrt(np.diagonal(covariance))
    if forks.method == "cfa":
        r = covariance / deviations[:, None] / deviations[None, :]
        if np.linalg.eigvalsh(r)[0] < 1e-10:
            return "not-positive-definite"
    fit = fit_one_factor(r, "ml" if forks.method == "cfa" else "minres")
    if not fit.converged:
        return "no-convergence"
    # two items alone fix the product of their loadings, never the loadings
    if (np.abs(fit.loadings) > 1e-6).sum() < 3:
        return "not-identified"
    weights = deviations if forks.metric == "covariance" else np.ones_like(deviations)
    share = _share(fit.loadings * weights, fit.own * weights**2, r, weights, forks)
    if isinstance(share, str):
        return share
    return _Fitted(fit.loadings * deviations, fit.own * deviations**2, share, fit.heywood)


def _share(
    loadings: Floats, own: Floats, matrix: Floats, weights: Floats, forks: Forks
) -> float | str:
    """Return omega of weighted loadings and own variances, or why there is none."""
    common, total = float(loadings.sum()) ** 2, float(weights @ matrix @ weights)
    if forks.variance == "implied":
        total = common + float(own.sum())
    elif total <= 1e-12 * float(weights**2 @ np.diagonal(matrix)):
        return "no-total-variance"
    return common / total if common <= total else "above-1"


def _again(forks: Forks) -> Callable[[Floats], float]:
    """Return omega of other rows, NaN where they have none."""

    def omega(rows: Floats) -> float:
        found = _fitted(rows, forks, None)[1]
        return np.nan if isinstance(found, str) else found.omega

    return omega


def _from_model(found: _Fitted, interval: str) -> Limits | None:
    """Return limits from the sampling covariance of loadings and own variances."""
    assert found.model is not None
    fit, against = found.model
    errors: Literal["model", "robust"] = "robust" if "robust" in interval else "model"
    spread = parameter_covariance(fit, against, errors)
    k = len(found.own)
    error = error_of(found.loadings, found.own, spread[: 2 * k, : 2 * k])
    return symmetric_limits(found.omega, error, logit=interval.endswith("logit"))
