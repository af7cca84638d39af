"""How much of the variance of a scale's sum comes from one common factor: omega total.

Forks. ``method``: ``cfa`` fits one factor by maximum likelihood, ``efa`` by minimum residuals.
``variance``: divide by what the model implies, (sum l)^2 + sum of own variances, or by the
``observed`` variance of the sum (what semTools does by default). ``metric``: the sum of the items
as they are (``covariance``), or of standardised items (``correlation``, psych). ``missing``:
complete rows, or pairwise covariances. ``interval``: ``delta`` from the expected information,
``logit`` the same on the logit of omega (both for cfa, implied, covariance, listwise);
``bootstrap``, percentiles over people drawn again with `rng`, a new fit each; ``none``. The floor
of an own variance is 0.005 of an item's variance.

Agrees with lavaan 0.6-14 and semTools 0.5-6 (``compRelSEM``) for ``cfa``, and with psych 2.5.3
(``fa``, minres) for ``efa`` with ``correlation``.

References
----------
McDonald (1999), Test Theory; Raykov (2002), Multivariate Behavioral Research 37(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.moments import Missing, Moments, centred_moments, moments_of
from lcdiag.statistics.one_factor import OneFactor, fit_one_factor, information
from lcdiag.statistics.resample import draws, percentiles, rows_for
from lcdiag.statistics.scale_matrix import why_no_reliability

Method = Literal["cfa", "efa"]
Variance = Literal["implied", "observed"]
Metric = Literal["covariance", "correlation"]
Interval = Literal["delta", "logit", "bootstrap", "none"]


def mcdonald_omega(
    items: Any,
    *,
    kind: Literal["total"] = "total",
    method: Method = "cfa",
    variance: Variance = "implied",
    n_factors: int = 1,
    metric: Metric = "covariance",
    missing: Missing = "listwise",
    interval: Interval | None = None,
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 500,
) -> Estimate:
    """Return McDonald's omega total of one factor: (sum l)^2 / variance of the sum.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    kind, n_factors : {"total"}, {1}
        No other omega is offered.
    method, variance, metric, missing, interval, rng, resamples
        The forks, see the module; without `interval`, delta where it exists, else none.
    confidence, bands : float, sequence of float
        As in `means.mean_interval`.

    Returns
    -------
    Estimate
        n = complete rows, or rows with an answer. Where an item has (almost) no variance of its
        own there is no delta interval, and `method` ends in ``", heywood"``.

    Raises
    ------
    ValueError
        For text, infinite values, an omega or an interval that is not offered.

    Notes
    -----
    Absent when: as `reliability.cronbach_alpha`; ``fewer-than-3-items``, ``no-convergence``,
    ``not-positive-definite`` (more items than people), ``not-identified`` (fewer than 3 load),
    ``above-1`` (observed variance only: the model does not hold).
    """
    levels = check_levels(confidence, bands)
    chosen = _chosen(kind, method, variance, n_factors, metric, missing, interval)
    moments = centred_moments(items)
    name = f"{method}, {variance} variance, {metric}, {missing}, {chosen}".removesuffix(", none")
    n = int(moments.complete if missing == "listwise" else moments.answered)
    found = _omega(moments, method, variance, metric, missing)
    if isinstance(found, str):
        return Estimate.missing(found, n=n, method=name)
    limits: Limits | None = None
    if chosen == "bootstrap":
        limits = _bootstrap(items, rng, resamples, method, variance, metric, missing)
    elif chosen != "none" and not found.fit.heywood:
        limits = _delta(found, n, chosen == "logit")
    name += ", heywood" if found.fit.heywood else ""
    return with_intervals(found.omega, limits, (0.0, 1.0), confidence, levels, n=n, method=name)


@dataclass(frozen=True, eq=False)
class _Fitted:
    """A fit of standardised items, their standard deviations, and omega."""

    fit: OneFactor
    deviations: Floats
    omega: float


def _chosen(
    kind: str,
    method: str,
    variance: str,
    n_factors: int,
    metric: str,
    missing: str,
    interval: Interval | None,
) -> str:
    """Return the interval to compute, after checking every fork."""
    if kind != "total":
        raise ValueError(f"kind is 'total', the only omega offered here; received {kind!r}")
    if n_factors != 1:
        raise ValueError(f"omega total is offered for one factor; received {n_factors!r}")
    for value, options, name in (
        (method, ("cfa", "efa"), "method"),
        (variance, ("implied", "observed"), "variance"),
        (metric, ("covariance", "correlation"), "metric"),
        (missing, ("listwise", "pairwise"), "missing"),
        (interval, ("delta", "logit", "bootstrap", "none", None), "interval"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {options}; received {value!r}")
    exists = (method, variance, metric, missing) == ("cfa", "implied", "covariance", "listwise")
    if interval in ("delta", "logit") and not exists:
        raise ValueError(
            f"a {interval} interval exists for method='cfa', variance='implied', "
            "metric='covariance', missing='listwise'; use interval='bootstrap'"
        )
    return interval or ("delta" if exists else "none")


def _omega(
    moments: Moments, method: Method, variance: Variance, metric: Metric, missing: Missing
) -> _Fitted | str:
    """Return the fit and its omega, or the reason why there is none."""
    covariance = moments.covariance(missing)
    r = moments.correlation(missing)
    reason = why_no_reliability(moments, r if method == "efa" else covariance, missing)
    if reason and reason != "no-total-variance":
        return reason
    if moments.items < 3:
        return "fewer-than-3-items"
    deviations = np.sqrt(np.diagonal(covariance))
    if method == "cfa":
        r = covariance / deviations[:, None] / deviations[None, :]
        if np.linalg.eigvalsh(r)[0] < 1e-10:
            return "not-positive-definite"
    fit = fit_one_factor(r, "ml" if method == "cfa" else "minres")
    if not fit.converged:
        return "no-convergence"
    # two items alone fix the product of their loadings, never the loadings
    if (np.abs(fit.loadings) > 1e-6).sum() < 3:
        return "not-identified"
    weights = deviations if metric == "covariance" else np.ones_like(deviations)
    common, total = float(fit.loadings @ weights) ** 2, float(weights @ r @ weights)
    if variance == "implied":
        total = common + float(fit.own @ weights**2)
    elif total <= 1e-12 * float(weights @ weights):
        return "no-total-variance"
    return _Fitted(fit, deviations, common / total) if common <= total else "above-1"


def _delta(found: _Fitted, n: int, logit: bool) -> Limits | None:
    """Return limits from the expected information of n people."""
    from scipy.special import ndtri

    value = found.omega
    loadings = found.fit.loadings * found.deviations
    own = found.fit.own * found.deviations**2
    total = float(loadings.sum())
    below = total**2 + float(own.sum())
    slope = np.concatenate(
        [
            np.full(len(own), 2 * total * float(own.sum()) / below**2),
            np.full(len(own), -(total**2) / below**2),
        ]
    )
    known = information(loadings, own)
    if np.linalg.cond(known) > 1e12:
        return None  # loadings that the data hardly determine
    spread = np.linalg.solve(known, slope)
    if slope @ spread < 0 or (logit and not 0 < value < 1):
        return None
    error = float(np.sqrt(slope @ spread / n))

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * error
        if not logit:
            return value - half, value + half
        centre, half = float(np.log(value / (1 - value))), half / (value * (1 - value))
        return 1 / (1 + float(np.exp(half - centre))), 1 / (1 + float(np.exp(-half - centre)))

    return limits


def _bootstrap(
    items: Any,
    rng: np.random.Generator | None,
    resamples: int,
    method: Method,
    variance: Variance,
    metric: Metric,
    missing: Missing,
) -> Limits | None:
    """Return percentile limits over resampled people."""
    rows = rows_for(items, rng)
    if missing == "listwise":
        rows = rows[~np.any(np.isnan(rows), axis=1)]
    found = np.full(resamples, np.nan)
    position = 0
    for portion in draws(len(rows), rng, resamples):
        for weights in portion:
            drawn = np.repeat(rows, weights.astype(np.intp), axis=0)
            again = _omega(moments_of(drawn), method, variance, metric, missing)
            if not isinstance(again, str):
                found[position] = again.omega
            position += 1
    return percentiles(found)
