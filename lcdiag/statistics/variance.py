"""Where answers differ: the variance divided over crossed and nested groups.

y = mean + sum of the effects of each factor + rest, every effect normal with a variance of its own.
Nested groups (a meeting group in a community) and crossed ones (parties over communities) go
together; an interaction is a factor of its own with combined labels, see `combined`. Shares
describe differences, not causes; the rest includes measurement error; what everybody shares has no
variance and so no share.

Forks
-----
method : {"reml", "ml"}
    Restricted or full maximum likelihood; variances are never negative.
intervals : {None, "profile", "approximate", "bootstrap", "none"}
    Where the deviance rises by the quantile of chi-square; by second derivatives, on the logit
    of a share and the log of a variance; percentiles of answers simulated from the fitted model
    with `rng`; or none. None: profile, and approximate for large tables (over 200,000 rows, or
    over 400 levels beside the largest factor). They are worked out when they are asked for.
profile_of : {"same", "ml"}
    Profiles of the deviance of `method`, or always of ML (lme4's ``confint``).
of : {"total", "factors"}
    Shares of all variance, or of what lies between groups, without the rest.
confidence, bands : float, sequence of float
    As in `means.mean_interval`.
rng, resamples : numpy.random.Generator, int
    For ``bootstrap``.

Notes
-----
Formula: deviance = log |V| + log |1'V^-1 1| + (n - 1) log(y'Py) with V = I + sum theta^2 ZZ',
theta^2 the variance of a factor over that of the rest; without the middle term and with n for
ML.

Default: REML, which does not take the mean for known; profile limits, which need not be
symmetric and stay within their bounds.

Agrees with lme4 1.1-31 (``lmer``, ``ranef``, ``confint`` of profiles, ``bootMer``), with its
optimiser tightened.

Differs from statsmodels, which holds crossed effects as a dense matrix.

References
----------
Patterson & Thompson (1971), Biometrika 58(3); Bates, Maechler, Bolker & Walker (2015), Journal
of Statistical Software 67(1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Floats, Grouping, as_column, as_grouping, as_labels
from lcdiag.statistics.intervals import check_levels
from lcdiag.statistics.mixed_deviance import cell_sums
from lcdiag.statistics.mixed_fit import Method, fit_components
from lcdiag.statistics.variance_result import Blups, VarianceShares
from lcdiag.statistics.variance_settings import Intervals, NotSeparable, ProfileOf, Settings

__all__ = ["Blups", "VarianceShares", "combined", "variance_shares"]


def variance_shares(
    values: Any,
    factors: Mapping[str, Any],
    *,
    method: Method = "reml",
    intervals: Intervals | None = None,
    profile_of: ProfileOf = "same",
    of: Literal["total", "factors"] = "total",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 500,
) -> VarianceShares:
    """Return the variance components of nested and crossed factors, their shares and effects.

    Parameters
    ----------
    values : array_like, shape (n,)
        NaN = missing; such rows do not count.
    factors : mapping of str to array_like, shape (n,)
        One array of labels a factor: ``{"person": ..., "party": ..., "community": ...}``.
    method, intervals, profile_of, of, confidence, bands, rng, resamples
        See the forks and notes of this module.

    Returns
    -------
    VarianceShares
        ``.component(name)``, ``.share(name)`` (Estimates; "residual" included), ``.blups(name)``,
        ``.mean``, ``.criterion``. `n` of an Estimate = levels of the factor, or rows for the rest.
        `method` ends in ``", at-boundary"`` where a variance is 0, and in ``", few-levels"`` below
        five levels.

    Raises
    ------
    ValueError
        For text or infinite values, labels that are missing or of another length, no factor, a
        factor called residual, an unknown fork, a bootstrap without generator.

    Notes
    -----
    Absent when, for everything: ``no-answers``; ``fewer-than-3-answers``; ``no-variation``;
    ``no-variation-within`` (every answer follows from its groups); ``no-convergence``. For one
    factor: ``one-level``; ``one-answer-a-level`` (it cannot be told from the rest);
    ``same-levels-as-...`` (two factors with the same groups; their variance together is the
    component ``"first+second"``).
    """
    levels = check_levels(confidence, bands)
    settings = Settings(method, intervals, profile_of, of, confidence, levels, rng, resamples)
    settings.check()
    return _partition(as_column(values), factors, settings)


def _partition(column: Floats, factors: Mapping[str, Any], settings: Settings) -> VarianceShares:
    """Return the partition of values (n,), NaN = missing."""
    if not factors or "residual" in factors:
        raise ValueError("factors are one or more; none of them may be called residual")
    groupings = {name: as_grouping(labels, len(column)) for name, labels in factors.items()}
    held = ~np.isnan(column)
    kept = {name: _kept(grouping, held) for name, grouping in groupings.items()}
    y = column[held]
    names = tuple(factors)
    usable, problems = _separable(kept, len(y))
    reason = _why_nothing(y)
    if not reason and not usable:
        reason = "no-factor-to-separate"
    if not reason and _explained(y, usable):
        reason = "no-variation-within"
    if reason:
        return VarianceShares(names, {}, usable, None, settings, len(y), reason)
    # on a scale of its own, so that steps and tolerances mean the same for all answers
    spread = float(y.std())
    fit = fit_components(cell_sums(y / spread, usable), settings.method)
    absent = "" if fit.converged else "no-convergence"
    return VarianceShares(names, problems, usable, fit, settings, len(y), absent, spread)


def combined(*labels: Any) -> Any:
    """Return one label a row for each combination of labels: the interaction of factors.

    Parameters
    ----------
    *labels : array_like, shape (n,)
        Two arrays of labels or more.

    Returns
    -------
    array of str, shape (n,)
        The labels with colons between them.

    Raises
    ------
    ValueError
        For arrays of different lengths, or missing labels.
    """
    columns = [as_labels(one) for one in labels]
    if not columns or len({len(one) for one in columns}) != 1:
        raise ValueError("labels are arrays of one length")
    parts = []
    for column in columns:
        grouping = as_grouping(column, len(column))
        parts.append(np.asarray(grouping.labels).astype(str)[grouping.codes])
    whole = parts[0]
    for part in parts[1:]:
        whole = np.char.add(np.char.add(whole, ":"), part)
    return whole


def _kept(grouping: Grouping, held: np.typing.NDArray[np.bool_]) -> Grouping:
    """Return the grouping of the rows that are held, without levels that lost all of theirs."""
    codes = grouping.codes[held]
    present = np.bincount(codes, minlength=len(grouping)) > 0
    place = np.cumsum(present) - 1
    return Grouping(grouping.labels[present], place[codes].astype(np.intp))


def _why_nothing(y: Floats) -> str:
    if len(y) < 3:
        return "fewer-than-3-answers" if len(y) else "no-answers"
    largest = float(np.abs(y).max())
    return "no-variation" if float(np.ptp(y)) <= 1e-12 * largest else ""


def _separable(
    kept: Mapping[str, Grouping], n: int
) -> tuple[dict[str, Grouping], dict[str, NotSeparable]]:
    """Return the factors that can be estimated, and why the others cannot."""
    usable: dict[str, Grouping] = {}
    problems: dict[str, NotSeparable] = {}
    for name, grouping in kept.items():
        if len(grouping) < 2:
            problems[name] = NotSeparable("one-level", len(grouping))
        elif len(grouping) == n:
            problems[name] = NotSeparable("one-answer-a-level", n)
        else:
            usable[name] = grouping
    twins: dict[str, list[str]] = {}
    for name, grouping in usable.items():
        first = next((other for other in twins if _same(usable[other], grouping)), name)
        twins.setdefault(first, []).append(name)
    found: dict[str, Grouping] = {}
    for first, names in twins.items():
        found["+".join(names)] = usable[first]
        if len(names) > 1:
            for name in names:
                others = "-".join(other for other in names if other != name)
                problems[name] = NotSeparable(f"same-levels-as-{others}", len(usable[first]))
    return found, problems


def _same(one: Grouping, other: Grouping) -> bool:
    """Return whether two groupings put the same rows together."""
    if len(one) != len(other):
        return False
    pairs = one.codes.astype(np.int64) * len(other) + other.codes
    return len(np.unique(pairs)) == len(one)


def _explained(y: Floats, usable: Mapping[str, Grouping]) -> bool:
    """Return whether the answers of each level of some factor are all the same."""
    scale = float(np.ptp(y))
    for grouping in usable.values():
        count = np.bincount(grouping.codes)
        mean = np.bincount(grouping.codes, weights=y) / count
        if float(np.abs(y - mean[grouping.codes]).max()) <= 1e-10 * scale:
            return True
    return False
