"""How much of the variance of a scale's sum comes from its common factor: McDonald's omega.

One door for every kind: of one factor (here), of a general factor beside group factors, and of
the sum of ordinal answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.categorical_omega import Interval as OrdinalInterval
from lcdiag.statistics.categorical_omega import Scale, categorical_omega
from lcdiag.statistics.exploratory import Fit
from lcdiag.statistics.hierarchical import Common, TwoFactors, omega_of_factors
from lcdiag.statistics.hierarchical import Kind as FactorKind
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


def mcdonald_omega(
    items: Any,
    *,
    kind: Literal["total", "hierarchical", "limit", "categorical"] = "total",
    method: Method | None = None,
    variance: Variance = "implied",
    n_factors: int | None = None,
    fm: Fit = "uls",
    two_factors: TwoFactors = "equal",
    common: Common = "loadings",
    metric: Metric = "covariance",
    missing: Missing = "listwise",
    interval: Interval | None = None,
    cluster: Any = None,
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 500,
    scale: Scale = "sum",
) -> Estimate:
    """Return McDonald's omega: the share of the variance of the sum that is common.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    kind : {"total", "hierarchical", "limit", "categorical"}
        Of one factor, or of `n_factors`; of a general factor beside group factors, over all
        variance or over what is common, see `hierarchical.omega_of_factors`; of one factor behind
        ordinal answers, see `categorical_omega.categorical_omega` (cfa, covariance, listwise).
    method : {"cfa", "efa"}, optional
        One factor by maximum likelihood, or by minimum residuals of the correlations. Without it:
        cfa for one factor, efa (the only one) for several.
    variance : {"implied", "observed"}
        The denominator: what the model says of the variance of the sum, or that variance itself.
    n_factors : int, optional
        Without it 1, or 3 group factors behind hierarchical and limit.
    fm, two_factors, common
        Forks of several factors, as in `hierarchical.omega_of_factors`.
    metric : {"covariance", "correlation"}
        The sum of the items as they are, or of standardised items.
    missing : {"listwise", "pairwise", "fiml"}
        Complete rows; pairwise covariances; every answer by full information (cfa).
    interval : {"delta", "logit", "robust", "robust-logit", "bootstrap", "none"}, optional
        From the information of the model; the same on the logit of omega; both from the sandwich
        (answers need not be normal); percentiles over people drawn again, a new fit each; none.
        Without it: robust-logit where people are known and the model gives one (cfa, implied,
        covariance, listwise or fiml), logit from Moments, else none.
    cluster : array_like, shape (n,), optional
        Communities: the sandwich sums over them, the bootstrap draws them whole.
    confidence, bands : float, sequence of float
        As in `means.mean_interval`.
    rng, resamples
        For the bootstrap.
    scale : {"sum", "latent"}
        Categorical only: of the sum of the answers, or of the responses behind them.

    Returns
    -------
    Estimate
        n = complete rows, or rows with an answer. `method` names kind, fit, denominator, metric,
        missing rule and interval. Where an item has (almost) no variance of its own there is no
        interval from the model, and `method` ends in ``", heywood"``.

    Raises
    ------
    ValueError
        For text, infinite values, an omega or an interval that is not offered.

    Notes
    -----
    Formula: (sum l)^2 / ((sum l)^2 + sum of own variances), or over the variance of the sum.

    Default: the denominator that the model implies, as omega is defined; observed ones can pass
    1. Robust-logit, because the plain delta interval of answers 1-7 that are skewed covers less
    than it says, and passes 1 for few people.

    Absent when: as `reliability.cronbach_alpha`; ``fewer-than-3-items``, ``no-convergence``,
    ``not-positive-definite`` (more items than people), ``not-identified`` (fewer than 3 load),
    ``above-1`` (observed variance only: the model does not hold); ``fewer-than-2-clusters``.

    Agrees with lavaan 0.6-14 (omega as a defined parameter: ML, MLR, FIML, cluster), semTools
    0.5-6 (``compRelSEM``) for ``cfa``, and psych 2.5.3 (``fa``, minres) for ``efa`` with
    ``correlation``.

    Differs from semTools, whose default divides by the observed variance.

    References
    ----------
    McDonald (1999), Test Theory; Raykov (2002), Multivariate Behavioral Research 37(1); Maydeu-
    Olivares, Coffman & Hartmann (2007), Psychological Methods 12.
    """
    levels = check_levels(confidence, bands)
    layered = kind in ("hierarchical", "limit")
    method = method or ("efa" if layered or n_factors not in (None, 1) else "cfa")
    if n_factors is None:
        n_factors = 3 if layered else 1
    forks = _Forks(method, variance, metric, missing)
    if layered or (kind == "total" and n_factors != 1):
        return omega_of_factors(
            items,
            kind=cast("FactorKind", kind),
            n_factors=n_factors,
            fm=fm,
            two_factors=two_factors,
            variance=variance,
            common=common,
            metric=metric,
            missing=_of_correlations(forks),
            interval=_of_factors(interval),
            cluster=cluster,
            confidence=confidence,
            bands=bands,
            rng=rng,
            resamples=resamples,
        )
    if kind == "categorical":
        return categorical_omega(
            items,
            scale=scale,
            variance=variance,
            interval=_of_categorical(forks, n_factors, interval),
            confidence=confidence,
            bands=bands,
            rng=rng,
            resamples=resamples,
            cluster=cluster,
        )
    if scale != "sum":
        raise ValueError("scale='latent' goes with kind='categorical'")
    chosen = _chosen(kind, forks, interval, items, cluster)

    def limits_of(found: _Fitted) -> Limits | None:
        if chosen == "bootstrap":
            again = _again(forks)
            return omega_percentiles(items, rng, resamples, cluster, again, missing)
        return None if chosen == "none" or found.heywood else _from_model(found, chosen)

    name = ", ".join(("total", method, f"{variance} variance", metric, missing))
    name += "" if chosen == "none" else f", {chosen}"
    name += " by cluster" if cluster is not None and chosen != "none" else ""
    n, found = _fitted(items, forks, cluster)
    if isinstance(found, str):
        return Estimate.missing(found, n=n, method=name)
    name += ", heywood" if found.heywood else ""
    limits = limits_of(found)
    return with_intervals(found.omega, limits, (0.0, 1.0), confidence, levels, n=n, method=name)


@dataclass(frozen=True)
class _Forks:
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


@dataclass(frozen=True, eq=False)
class _Fitted:
    """Loadings, own variances and omega; the model where it has a likelihood."""

    loadings: Floats
    own: Floats
    omega: float
    heywood: bool
    model: tuple[ModelFit, Saturated] | None = None


def _of_correlations(forks: _Forks) -> Literal["listwise", "pairwise"]:
    """Return the missing rule of several factors, after checking that they are explored."""
    if forks.method != "efa":
        raise ValueError("several factors, or a general one behind them, go with method='efa'")
    if forks.missing == "fiml":
        raise ValueError("missing='fiml' goes with method='cfa'")
    return forks.missing


def _of_factors(interval: Interval | None) -> Literal["bootstrap", "none"]:
    """Return the interval of an omega of several factors."""
    if interval not in (None, "bootstrap", "none"):
        raise ValueError(f"several factors have no interval {interval!r}: bootstrap is")
    return "bootstrap" if interval == "bootstrap" else "none"


def _of_categorical(forks: _Forks, n_factors: int, interval: Interval | None) -> OrdinalInterval:
    """Return the interval of an omega of ordinal answers, after checking every fork."""
    if n_factors != 1 or forks != _Forks("cfa", forks.variance, "covariance", "listwise"):
        raise ValueError(
            "kind='categorical' goes with method='cfa', metric='covariance', missing='listwise' "
            "and one factor"
        )
    if interval is None:
        return "logit"
    if interval == "robust" or interval == "robust-logit":
        raise ValueError(f"kind='categorical' has no interval {interval!r}: delta and logit are")
    return interval


def _chosen(kind: str, forks: _Forks, interval: Interval | None, items: Any, cluster: Any) -> str:
    """Return the interval to compute, after checking every fork."""
    if kind != "total":
        raise ValueError(
            f"kind is 'total', 'hierarchical', 'limit' or 'categorical'; received {kind!r}"
        )
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


def _fitted(items: Any, forks: _Forks, cluster: Any) -> tuple[int, _Fitted | str]:
    """Return how many people count, and the fit or the reason why there is none."""
    moments = centred_moments(items)
    n = int(moments.complete if forks.missing == "listwise" else moments.answered)
    if forks.method == "cfa" and forks.missing != "pairwise":
        return n, _by_likelihood(items, forks, cluster)
    return n, _by_correlations(moments, forks)


def _by_likelihood(items: Any, forks: _Forks, cluster: Any) -> _Fitted | str:
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


def _by_correlations(moments: Moments, forks: _Forks) -> _Fitted | str:
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
    loadings: Floats, own: Floats, matrix: Floats, weights: Floats, forks: _Forks
) -> float | str:
    """Return omega of weighted loadings and own variances, or why there is none."""
    common, total = float(loadings.sum()) ** 2, float(weights @ matrix @ weights)
    if forks.variance == "implied":
        total = common + float(own.sum())
    elif total <= 1e-12 * float(weights**2 @ np.diagonal(matrix)):
        return "no-total-variance"
    return common / total if common <= total else "above-1"


def _again(forks: _Forks) -> Callable[[Floats], float]:
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
