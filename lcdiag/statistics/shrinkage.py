"""Means of groups that lean on all groups: empirical Bayes.

Forks
-----
method : {"reml", "ml"}
    How the variances between and within groups are estimated.
uncertainty : {"mean-and-components", "mean", "conditional"}
    What the standard errors allow for besides the few answers of the group: that the mean of
    all and the variances are estimated too, only the mean, or neither (lme4's conditional
    variances).
confidence, bands : float, sequence of float
    As in `means.mean_interval`.

Notes
-----
Formula: mean of all + lambda (mean of the group - mean of all), lambda = tau^2 / (tau^2 +
sigma^2 / n). Conditional variance: tau^2 (1 - lambda). For the mean: + (1 - lambda)^2 x the
squared error of the mean of all. For the components: + twice (sigma^2 / n)^2 / (tau^2 +
sigma^2 / n)^3 x the error variance of the components, by the delta method (Prasad and Rao).

Default: the widest one. The interval is for the mean of this group, given that groups are
normal around the mean of all; it is too narrow for a group that is unlike all others.

Agrees with lme4 1.1-31 (``ranef``).

References
----------
Morris (1983), Journal of the American Statistical Association 78; Prasad & Rao (1990), Journal
of the American Statistical Association 85.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Counts, Floats, Labels, as_column, as_grouping
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.mixed_fit import Method, deviance
from lcdiag.statistics.variance import variance_shares
from lcdiag.statistics.variance_result import VarianceShares

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame

Uncertainty = Literal["mean-and-components", "mean", "conditional"]

__all__ = ["ShrunkenMeans", "empirical_bayes_from_summaries", "empirical_bayes_means"]


@dataclass(frozen=True, eq=False)
class ShrunkenMeans:
    """Means of groups, raw and drawn towards the mean of all.

    Attributes
    ----------
    groups : array, shape (g,)
        Labels, sorted.
    values : array, shape (g,)
        Empirical Bayes means; NaN where absent.
    raw : array, shape (g,)
        Means of the answers; NaN for groups without an answer.
    reliability : array, shape (g,)
        How much of the raw mean is kept, between 0 and 1 (lambda).
    errors : array, shape (g,)
        Standard errors, by the fork asked for.
    n : array of int, shape (g,)
        Answers a group.
    confidence, bands
        As in `means.mean_interval`.
    method : str
        Components, and what the errors allow for.
    absent : str
        Why there are no shrunken means, or "".
    """

    groups: Labels
    values: Floats
    raw: Floats
    reliability: Floats
    errors: Floats
    n: Counts
    confidence: float
    bands: tuple[float, ...]
    method: str
    absent: str

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return np.array(self.values, dtype=dtype)

    def __len__(self) -> int:
        return len(self.groups)

    def estimate(self, group: Any) -> Estimate:
        """Return the shrunken mean of one group with its interval.

        Raises
        ------
        KeyError
            If the group does not occur.
        """
        from scipy.special import ndtri

        found = np.flatnonzero(self.groups == group)
        if not len(found):
            raise KeyError(f"there is no group {group!r}")
        at = int(found[0])
        n, value, error = int(self.n[at]), float(self.values[at]), float(self.errors[at])
        if self.absent or value != value:
            return Estimate.missing(self.absent or "no-answers", n=n, method=self.method)

        def limits(level: float) -> tuple[float, float]:
            half = float(ndtri(0.5 + level / 2)) * error
            return value - half, value + half

        known: Limits | None = limits if error > 0 else None
        return with_intervals(
            value, known, None, self.confidence, self.bands, n=n, method=self.method
        )

    def to_frame(self) -> Frame:
        """Return one row a group."""
        from lcdiag.statistics.results import frame

        return frame(
            {
                "group": self.groups,
                "n": self.n,
                "value": self.values,
                "raw": self.raw,
                "reliability": self.reliability,
                "error": self.errors,
            }
        )


def empirical_bayes_means(
    values: Any,
    groups: Any,
    *,
    method: Method = "reml",
    uncertainty: Uncertainty = "mean-and-components",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
) -> ShrunkenMeans:
    """Return each group's mean, drawn towards the mean of all groups as far as it is unsure.

    Parameters
    ----------
    values : array_like, shape (n,)
        NaN = missing.
    groups : array_like, shape (n,)
        Labels.
    method, uncertainty, confidence, bands
        See the forks and notes of this module.

    Returns
    -------
    ShrunkenMeans
        In points of the scale.

    Raises
    ------
    ValueError
        For text, infinite values, labels that are missing, an unknown fork.

    Notes
    -----
    Absent when: as `variance.variance_shares`; ``no-answers`` for a group without any. Where groups
    do not differ (variance 0) every group gets the mean of all, and `method` ends in
    ``", at-boundary"``.
    """
    options = ("mean-and-components", "mean", "conditional")
    if uncertainty not in options:
        raise ValueError(f"uncertainty is one of {', '.join(options)}; received {uncertainty!r}")
    levels = check_levels(confidence, bands)
    column = as_column(values)
    grouping = as_grouping(groups, len(column))
    held = ~np.isnan(column)
    codes, width = grouping.codes[held], len(grouping)
    n = np.bincount(codes, minlength=width).astype(np.int64)
    raw = np.full(width, np.nan)
    np.divide(np.bincount(codes, column[held], width), n, out=raw, where=n > 0)
    found = variance_shares(column, {"group": grouping}, method=method, intervals="none")
    tau = found.component("group")
    name = f"empirical Bayes, {method}, {uncertainty}"
    if tau.value is None:
        none, why = np.full(width, np.nan), tau.absent or ""
        return ShrunkenMeans(
            grouping.labels, none, raw, none, none, n, confidence, levels, name, why
        )
    shrunken, keep, errors = _shrunken(found, raw, n, uncertainty)
    name += ", at-boundary" if tau.value == 0 else ""
    return ShrunkenMeans(
        grouping.labels, shrunken, raw, keep, errors, n, confidence, levels, name, ""
    )


def empirical_bayes_from_summaries(
    means: Any,
    errors: Any,
    n: Any,
    *,
    method: Method = "reml",
    uncertainty: Uncertainty = "mean-and-components",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
) -> ShrunkenMeans:
    """Return the same from published figures: each group's mean, standard error and n.

    Parameters
    ----------
    means, errors : array_like, shape (g,)
        Mean of each group and its standard error, s / sqrt(n) with n - 1 in s; NaN = unknown. A
        group of one has no error.
    n : array_like, shape (g,)
        Answers a group, whole numbers.
    method, uncertainty, confidence, bands
        See the forks and notes of this module.

    Returns
    -------
    ShrunkenMeans
        Groups are numbered from 0.

    Raises
    ------
    ValueError
        For text, infinite or negative numbers, arrays of different lengths, n that is no whole
        number, an unknown fork.

    Notes
    -----
    Formula: as `empirical_bayes_means`, which asks of the answers only what is given here: the
    means, and the squares within groups together, sum n (n - 1) error^2.

    Absent when: as `empirical_bayes_means`. A group without a mean, or of several answers without
    an error, counts as one without answers.
    """
    middle, spread, people = (as_column(one) for one in (means, errors, n))
    if not len(middle) == len(spread) == len(people):
        raise ValueError("means, errors and n are arrays of one length")
    if (spread < 0).any() or (people < 0).any() or (people != np.rint(people)).any():
        raise ValueError("errors are 0 or more, and n are whole numbers, 0 or more")
    answers, groups = _answers_like(middle, spread, people)
    return empirical_bayes_means(
        answers,
        groups,
        method=method,
        uncertainty=uncertainty,
        confidence=confidence,
        bands=bands,
    )


def _answers_like(means: Floats, errors: Floats, n: Floats) -> tuple[Floats, Counts]:
    """Return answers in equal steps around each mean, with this spread, and their groups.

    Any other answers with these means and spreads give the same.
    """
    usable = ~np.isnan(means) & ((n == 1) | ~np.isnan(errors))
    size = np.where(usable, n, 0).astype(np.int64)
    groups = np.arange(len(size)).repeat(size)
    step = np.arange(len(groups)) - (np.cumsum(size) - size)[groups] - (size[groups] - 1) / 2
    squares = np.bincount(groups, step**2, len(size))
    wanted = np.where(size > 1, size * (size - 1) * np.nan_to_num(errors) ** 2, 0.0)
    scale = np.sqrt(wanted / np.where(squares > 0, squares, 1.0))
    answers = means[groups] + scale[groups] * step
    # a group without answers keeps its place
    empty = np.flatnonzero(size == 0)
    none = np.full(len(empty), np.nan)
    return np.concatenate([answers, none]), np.concatenate([groups, empty])


def _shrunken(
    found: VarianceShares, raw: Floats, n: Counts, uncertainty: Uncertainty
) -> tuple[Floats, Floats, Floats]:
    """Return means drawn inwards, how much of each is kept, and errors; NaN without answers."""
    between = found.component("group").value or 0.0
    within = found.component("residual").value or 0.0
    mean, mean_error = found.mean.value or 0.0, found.mean_error.value or 0.0
    keep = np.full(len(n), np.nan)
    np.divide(between, between + within / np.maximum(n, 1), out=keep, where=n > 0)
    variance = between * (1 - keep)
    if uncertainty != "conditional":
        variance = variance + (1 - keep) ** 2 * mean_error**2
    if uncertainty == "mean-and-components":
        variance = variance + _for_components(found, between, within, n)
    return mean + keep * (raw - mean), keep, np.sqrt(variance)


def _for_components(found: VarianceShares, between: float, within: float, n: Counts) -> Floats:
    """Return what the errors of both variances add to the squared error of each group."""
    if between <= 0:
        return np.zeros(len(n))
    spread = _component_spread(found, between, within)
    noise = np.maximum(n, 1)
    # how the weight 1 - lambda moves with both variances, times the variance of a raw mean
    total = between + within / noise
    slopes = np.array([-(within / noise) / total**2, (between / noise) / total**2])
    moved = np.einsum("ig,ij,jg->g", slopes, spread, slopes)
    return np.asarray(2 * moved * total)


def _component_spread(found: VarianceShares, between: float, within: float) -> Floats:
    """Return the error covariance of (tau^2, sigma^2), from the deviance's second derivatives."""
    fit = found.fit
    assert fit is not None
    scale = found.scale**2
    free = fit.sums.n - (1 if fit.method == "reml" else 0)
    square, rest = fit.theta[0] ** 2, fit.residual
    step = 1e-4 * max(float(square), 1e-3)
    ends = [
        deviance(fit.sums, np.sqrt(np.array([at])), fit.method)[1][0]
        for at in (square + step, max(square - step, 0.0))
    ]
    curve = (ends[0] - ends[1]) / (step + min(step, float(square)))
    variance_square = 2 / max(float(curve), 1e-12)
    # sigma^2 is at its best for each theta^2: its slope, and its own error
    values = []
    for at in (square + step, max(square - step, 0.0)):
        solved = deviance(fit.sums, np.sqrt(np.array([at])), fit.method)[2]
        values.append((solved.own - solved.cross**2 / solved.ones) / free)
    slope = (values[0] - values[1]) / (step + min(step, float(square)))
    jacobian = np.array([[rest + square * slope, square], [slope, 1.0]])
    own = np.diag([variance_square, 2 * rest**2 / free])
    return np.asarray(jacobian @ own @ jacobian.T) * scale**2
