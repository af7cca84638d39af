"""The reliability of the sum of ordinal items, from one factor behind the answers.

Forks
-----
scale : {"sum", "latent"}
    Of the sum of the answers as they are scored; or of the normal responses behind them,
    which nobody observes.
variance : {"implied", "observed"}
    Of the sum: from the correlations that the factor implies, or from the polychoric ones.
correction : float
    As in `ordinal_factor.wlsmv`.
interval : {"delta", "logit", "bootstrap", "none"}
    From the sampling covariance of thresholds and correlations; the same on the logit of
    omega; percentiles over people drawn again with `rng`, a new fit each; none.
confidence, bands : float, sequence of float
    As in `means.mean_interval`.
rng, resamples : numpy.random.Generator, int
    Of the bootstrap.
cluster : array_like, shape (n,), optional
    Communities: the intervals count these, or draw them whole.

Notes
-----
Formula: sum d d' (Phi2(t, t', l l') - Phi(t) Phi(t')) over all pairs of thresholds, over the
same with the correlations of the items (of an item with itself: 1); t thresholds, d the
distance of the two options beside one, l the loadings of `wlsmv`. Latent: (sum l)^2 / sum R.

Default: the sum, because a scale is scored by it; the implied variance, as omega total;
logit, which stays below 1. Of 400 samples of 5 items with 6 options (starts 1 to 400) the 95 %
logit interval held the true value in 90 % for 60 people, in 93 % for 200.

Agrees with semTools 0.5-6 (compRelSEM, ord.scale = TRUE and FALSE): its default is the
observed variance.

Differs from it where an option in the middle was never chosen: here the distance of its
neighbours is what their scores say.

References
----------
Green & Yang (2009), Psychometrika 74; Yang & Green (2015), Methodology 11.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.bivariate_normal import (
    bivariate_cdf,
    bivariate_density,
    normal_density,
    slope_along_limit,
)
from lcdiag.statistics.contingency import contingency
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.moments import Moments
from lcdiag.statistics.ordinal_factor import clusters_of
from lcdiag.statistics.ordinal_model import OrdinalModel, fit_ordinal
from lcdiag.statistics.resample import draws, percentiles, rows_for

Scale = Literal["sum", "latent"]
Variance = Literal["implied", "observed"]
Interval = Literal["delta", "logit", "bootstrap", "none"]


def categorical_omega(
    items: Any,
    *,
    scale: Scale = "sum",
    variance: Variance = "implied",
    correction: float = 0.5,
    interval: Interval = "logit",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 500,
    cluster: Any = None,
) -> Estimate:
    """Return categorical omega: the share that the factor behind ordinal answers has in their sum.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        Reversed items turned beforehand; NaN = missing; complete rows count.
    scale, variance, correction, interval, confidence, bands, rng, resamples, cluster
        See the forks and notes of this module.

    Returns
    -------
    Estimate
        n = complete rows.

    Raises
    ------
    ValueError
        For text, infinite values, Moments, an unknown fork, a bootstrap without generator.

    Notes
    -----
    Absent when: as `ordinal_factor.wlsmv`; ``heywood`` (a loading of 1 or more); ``above-1``
    (observed variance only: the model does not hold); ``no-total-variance``.
    """
    levels = check_levels(confidence, bands)
    _check(scale, variance, interval, items)
    matrix = as_matrix(items) if interval != "bootstrap" else rows_for(items, rng)
    complete = ~np.isnan(matrix).any(axis=1)
    grouping = clusters_of(cluster, complete)
    rows = matrix[complete]
    name = f"categorical, wlsmv, {scale} score, {variance} variance, listwise"
    name += _interval_name(interval, cluster)
    found = _fitted(rows, scale, variance, correction)
    if not isinstance(found, str) and grouping is not None and len(grouping) < 2:
        found = "fewer-than-2-clusters"
    if isinstance(found, str):
        return Estimate.missing(found, n=len(rows), method=name)
    model, value, slope = found
    limits: Limits | None = None
    if interval == "bootstrap":
        codes = np.arange(len(rows)) if grouping is None else grouping.codes
        limits = _percentiles(rows, codes, (scale, variance, correction), rng, resamples)
    elif interval != "none":
        spread = float(slope @ model.sampling(grouping) @ slope) / (len(rows) - 1)
        limits = _normal(value, float(np.sqrt(max(spread, 0.0))), interval == "logit")
    return with_intervals(value, limits, (0.0, 1.0), confidence, levels, n=len(rows), method=name)


def _percentiles(
    rows: Floats,
    codes: Any,
    forks: tuple[Scale, Variance, float],
    rng: np.random.Generator | None,
    resamples: int,
) -> Limits | None:
    """Return percentile limits over units drawn again, a new fit each; codes (n,) are the units."""
    drawn = []
    for portion in draws(int(codes.max()) + 1, rng, resamples):
        for times in portion:
            again = _fitted(np.repeat(rows, times[codes].astype(np.intp), axis=0), *forks)
            drawn.append(np.nan if isinstance(again, str) else again[1])
    return percentiles(np.array(drawn))


def _interval_name(interval: Interval, cluster: Any) -> str:
    if interval == "none":
        return ""
    return f", {interval}" + (" by cluster" if cluster is not None else "")


def _check(scale: str, variance: str, interval: str, items: Any) -> None:
    if isinstance(items, Moments):
        raise ValueError("ordinal statistics need the answers, not their moments")
    for value, options, name in (
        (scale, ("sum", "latent"), "scale"),
        (variance, ("observed", "implied"), "variance"),
        (interval, ("delta", "logit", "bootstrap", "none"), "interval"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {options}; received {value!r}")


def omega_of(model: OrdinalModel, scale: Scale, variance: Variance) -> tuple[float, Floats] | str:
    """Return omega of a fitted model and its slope along (thresholds, correlations), or why not.

    Parameters
    ----------
    model : OrdinalModel
    scale, variance
        As in `categorical_omega`.

    Notes
    -----
    Along the correlations of items omega moves with the loadings, which follow them by one step of
    least squares, and with the observed variance.
    """
    if (np.abs(model.loadings) >= 1).any():
        return "heywood"
    parts = _of_latent(model, variance) if scale == "latent" else _of_sum(model, variance)
    if not parts.total > 1e-12:
        return "no-total-variance"
    value = parts.common / parts.total
    if value > 1:
        return "above-1"
    by_threshold = parts.common_by_threshold - value * parts.total_by_threshold
    by_loading = parts.common_by_loading - value * parts.total_by_loading
    by_rho = by_loading @ model.from_rho - value * parts.total_by_rho
    return value, np.concatenate([by_threshold, by_rho]) / parts.total


def _fitted(
    rows: Floats, scale: Scale, variance: Variance, correction: float
) -> tuple[OrdinalModel, float, Floats] | str:
    """Return the model of complete rows, omega and its slope, or the reason why there is none."""
    data = contingency(rows)
    model = data if isinstance(data, str) else fit_ordinal(data, correction)
    if isinstance(model, str):
        return model
    found = omega_of(model, scale, variance)
    return found if isinstance(found, str) else (model, *found)


@dataclass(frozen=True, eq=False)
class _Parts:
    """Common and total variance of a sum, with their slopes."""

    common: float
    total: float
    common_by_threshold: Floats
    total_by_threshold: Floats
    common_by_loading: Floats
    total_by_loading: Floats
    total_by_rho: Floats


def _of_latent(model: OrdinalModel, variance: Variance) -> _Parts:
    """Return the variances of the sum of latent responses."""
    loadings, m = model.loadings, len(model.rho)
    none = np.zeros(int(np.isfinite(model.thresholds).sum()))
    sum_ = float(loadings.sum())
    by_loading = np.full(len(loadings), 2 * sum_)
    if variance == "observed":
        total = float(model.matrix(model.rho).sum())
        nothing = np.zeros(len(loadings))
        return _Parts(sum_**2, total, none, none, by_loading, nothing, np.full(m, 2.0))
    total = sum_**2 + float((1 - loadings**2).sum())
    return _Parts(sum_**2, total, none, none, by_loading, by_loading - 2 * loadings, np.zeros(m))


def _of_sum(model: OrdinalModel, variance: Variance) -> _Parts:
    """Return the variances of the sum of the answers."""
    from scipy.special import ndtr

    used = np.isfinite(model.thresholds)
    item = np.nonzero(used)[0]
    t, d = model.thresholds[used], _distances(model.data.levels)
    loadings, k = model.loadings, len(model.loadings)
    member = (item[:, None] == np.arange(k)).astype(np.float64) * d[:, None]
    same = item[:, None] == item[None, :]
    below, density = ndtr(t), normal_density(t)
    alone = density[:, None] * below[None, :]

    def moments(matrix: Floats) -> tuple[Floats, Floats, Floats]:
        """Covariances of answers; slopes along thresholds (row's) and along correlations."""
        rho = matrix[np.ix_(item, item)]
        first, second = t[:, None], t[None, :]
        joint = bivariate_cdf(first, second, rho) - below[:, None] * below[None, :]
        along = slope_along_limit(first, second, rho) - alone
        curve = bivariate_density(first, second, rho)
        return d[:, None] * d * joint, 2 * d[:, None] * d * along, member.T @ curve @ member

    common, along, curve = moments(np.outer(loadings, loadings))
    by_loading = 2 * curve @ loadings
    itself = np.minimum(below[:, None], below) - below[:, None] * below
    later = same & (t[:, None] < t[None, :])
    itself_along = density[:, None] * (later + np.eye(len(t)) / 2) - alone
    of_self = float((d[:, None] * d * itself)[same].sum())
    self_along = (2 * d[:, None] * d * np.where(same, itself_along, 0.0)).sum(axis=1)
    if variance == "observed":
        between, between_along, between_curve = moments(model.matrix(model.rho) * (1 - 1e-9))
        loading_part = np.zeros(k)
        rho_part = 2 * between_curve[model.pairs[0], model.pairs[1]]
    else:
        between, between_along = common, along
        loading_part = by_loading - 2 * np.diagonal(curve) * loadings
        rho_part = np.zeros(len(model.rho))
    return _Parts(
        float(common.sum()),
        float(between[~same].sum()) + of_self,
        along.sum(axis=1),
        np.where(same, 0.0, between_along).sum(axis=1) + self_along,
        by_loading,
        loading_part,
        rho_part,
    )


def _distances(levels: tuple[Floats, ...]) -> Floats:
    """Return the distances of neighbouring options, item by item, the largest value being 1."""
    largest = max(float(np.abs(own).max()) for own in levels)
    return np.concatenate([np.diff(own / largest) for own in levels])


def _normal(value: float, error: float, logit: bool) -> Limits | None:
    """Return limits of a normal distribution around the value, or around its logit."""
    from scipy.special import expit, ndtri
    from scipy.special import logit as logit_of

    if logit and not 0 < value < 1:
        return None

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * error
        if not logit:
            return value - half, value + half
        centre, half = float(logit_of(value)), half / (value * (1 - value))
        return float(expit(centre - half)), float(expit(centre + half))

    return limits
