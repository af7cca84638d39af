"""Omega of several factors: total, of the general factor, and its limit.

Forks
-----
kind : {"hierarchical", "total", "limit"}
    General variance over all; all common variance over all; general over common variance
    (what hierarchical comes to in an endless scale of such items).
n_factors, fm, rotation, two_factors
    As `schmid_leiman` (fm is its method).
variance : {"implied", "observed"}
    The variance of the sum that the loadings say, or the one it has.
common : {"loadings", "own"}
    Common variance of the sum as its loadings say, or as its variance minus all own
    variances; the two differ only with ``observed``.
metric : {"covariance", "correlation"}
    The sum of the items as they are, or of standardised items.
missing : {"listwise", "pairwise"}
    Complete rows, or the rows each pair shares.
interval : {"none", "bootstrap"}
    None; percentiles over people drawn again (communities with `cluster`).
cluster, confidence, bands, rng, resamples
    As in `omega.mcdonald_omega`.

Notes
-----
Formula: with w the item deviations (or 1) and s = +-1, hierarchical = (sum s w g)^2 / V;
total = sum over all factors of (sum s w l)^2 / V, or 1 - sum w^2 u / V; V implied = that
common variance + sum w^2 u.

Default: the implied variance, under which hierarchical never passes total.

Agrees with psych 2.5.3 (omega) for ``metric="correlation", variance="observed",
common="own", missing="pairwise"``.

Differs from psych for one factor, where it prints a hierarchical omega above the total:
here they are the same share, or absent.

References
----------
McDonald (1999), Test Theory; Zinbarg, Revelle, Yovel & Li (2005), Psychometrika 70(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.exploratory import Fit
from lcdiag.statistics.hierarchical import Layers, TwoFactors, check_forks, layers
from lcdiag.statistics.intervals import check_levels, with_intervals
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.omega_interval import omega_percentiles
from lcdiag.statistics.scale_matrix import why_no_reliability

Kind = Literal["total", "hierarchical", "limit"]
Variance = Literal["implied", "observed"]
Common = Literal["loadings", "own"]
Metric = Literal["covariance", "correlation"]


def omega_of_factors(
    items: Any,
    *,
    kind: Kind = "hierarchical",
    n_factors: int = 3,
    fm: Fit = "uls",
    rotation: Literal["oblimin"] = "oblimin",
    two_factors: TwoFactors = "equal",
    variance: Variance = "implied",
    common: Common = "loadings",
    metric: Metric = "covariance",
    missing: Missing = "listwise",
    interval: Literal["bootstrap", "none"] = "none",
    cluster: Any = None,
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 500,
) -> Estimate:
    """Return the share of the variance of the sum that is general, or that is common.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        NaN = missing. Items with a negative general loading count reversed.
    all others
        See the forks and notes of this module.

    Returns
    -------
    Estimate
        `method` names kind, fit and every fork; see `SchmidLeiman` for its warnings.

    Raises
    ------
    ValueError
        For text, infinite values, a fork that is not offered, or a bootstrap without `rng`.

    Notes
    -----
    Absent when: as `schmid_leiman`; ``negative-own-variance`` (an ultra-Heywood item); with the
    observed variance, where the model does not hold: ``no-total-variance``,
    ``no-common-variance`` (own variances are more than all), ``above-1`` (common variance is),
    ``above-total`` (hierarchical, or limit, would pass total).
    """
    levels = check_levels(confidence, bands)
    settings = _Settings(kind, n_factors, fm, two_factors, variance, common, metric, missing)
    settings.check(rotation, interval)
    name = settings.said(rotation)
    n, found = _omega(items, settings)
    if isinstance(found, str):
        return Estimate.missing(found, n=n, method=name)
    value, faults = found
    limits = None
    if interval == "bootstrap":
        name += ", bootstrap" + (" by cluster" if cluster is not None else "")
        limits = omega_percentiles(
            items, rng, resamples, cluster, partial(_again, settings=settings), missing
        )
    return with_intervals(value, limits, (0.0, 1.0), confidence, levels, n=n, method=name + faults)


@dataclass(frozen=True)
class _Settings:
    """What an omega depends on."""

    kind: Kind
    n_factors: int
    fm: Fit
    two_factors: TwoFactors
    variance: Variance
    common: Common
    metric: Metric
    missing: Missing

    def check(self, rotation: str, interval: str) -> None:
        """Raise ValueError for a fork that does not exist."""
        names = ("kind", "two_factors", "variance", "common", "metric", "missing")
        forks = {name: getattr(self, name) for name in names} | {"interval": interval}
        check_forks(self.n_factors, self.fm, rotation, forks)

    def said(self, rotation: str) -> str:
        """Return kind, fit and every fork in words."""
        name = f"{self.kind}, efa, {self.n_factors} factors, {self.fm}, {rotation}"
        name += f", {self.two_factors}" if self.n_factors == 2 else ""
        name += f", {self.variance} variance, common from {self.common}"
        return f"{name}, {self.metric}, {self.missing}"


def _again(rows: Floats, settings: _Settings) -> float:
    """Return the omega of drawn people, NaN where there is none."""
    found = _omega(rows, settings)[1]
    return np.nan if isinstance(found, str) else found[0]


def _omega(items: Any, settings: _Settings) -> tuple[int, tuple[float, str] | str]:
    """Return how many people count, and omega with its warnings or why there is none."""
    moments = centred_moments(items)
    n = int(moments.complete if settings.missing == "listwise" else moments.answered)
    r = moments.correlation(settings.missing)
    reason = why_no_reliability(moments, r, settings.missing)
    if reason and reason != "no-total-variance":
        return n, reason
    found = layers(r, settings.n_factors, settings.fm, settings.two_factors)
    if isinstance(found, str):
        return n, found
    if (found.own < 0).any():
        return n, "negative-own-variance"
    weights = np.where(found.general < 0, -1.0, 1.0)
    if settings.metric == "covariance":
        weights *= np.sqrt(np.diagonal(moments.covariance(settings.missing)))
    share = _share(r, found, weights, settings)
    return n, share if isinstance(share, str) else (share, found.faults)


def _share(r: Floats, found: Layers, weights: Floats, settings: _Settings) -> float | str:
    """Return omega of a weighted sum of standardised items, or why there is none."""
    own = float(weights**2 @ found.own)
    general = float(weights @ found.general) ** 2
    loaded = weights @ found.pattern
    common = float(loaded @ found.correlations @ loaded)
    total = common + own
    if settings.variance == "observed":
        total = float(weights @ r @ weights)
        if total <= 1e-12 * float(weights @ weights):
            return "no-total-variance"
        if settings.common == "own":
            common = total - own
    # one factor: rounding may not put the general part above the common one it is
    if settings.kind != "total" and general > common * (1 + 1e-9):
        return "above-total"
    if common > total or common <= 0:
        return "above-1" if common > 0 else "no-common-variance"
    if settings.kind == "total":
        return common / total
    return min(general, common) / (total if settings.kind == "hierarchical" else common)
