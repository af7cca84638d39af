"""A model of means and covariances fitted by maximum likelihood, with all its tests.

Notes
-----
``no-convergence``: the likelihood did not settle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, Grouping
from lcdiag.statistics.factor_fit import FitMeasures, no_measures
from lcdiag.statistics.fit_measures import fit_measures, robust_measures
from lcdiag.statistics.full_information import saturated_moments
from lcdiag.statistics.likelihood import (
    Groups,
    expected_information,
    log_likelihood,
)
from lcdiag.statistics.patterns import Patterns
from lcdiag.statistics.residual_measures import residual_measures
from lcdiag.statistics.robust_fit import WIDEST, inverse_of, saturated_trace, trace_of
from lcdiag.statistics.scoring_steps import Maximum, maximise
from lcdiag.statistics.structure import Structure, unrelated

FLOOR = 0.005
"""Smallest own variance, as a share of the item's variance; an item at it is a Heywood case."""


@dataclass(frozen=True, eq=False)
class Saturated:
    """What the data say without any model: the comparison of every model.

    Attributes
    ----------
    data : tuple of Patterns, one a group
    moments : list of (means, covariances), one a group
    value : float
        Log-likelihood of these moments.
    baseline_value : float
        Log-likelihood where no items are related.
    complete : bool
        Whether no answer is missing.
    clusters : list of Grouping, or None
        The communities of the rows of each group.
    trace, baseline_trace : float or None
        tr(A^-1 B) of the saturated and of the baseline model; None where people (communities)
        are not known one by one, or it cannot be computed.
    """

    data: tuple[Patterns, ...]
    moments: list[tuple[Floats, Floats]]
    value: float
    baseline_value: float
    complete: bool
    clusters: list[Grouping] | None
    trace: float | None
    baseline_trace: float | None

    @property
    def people(self) -> int:
        """Return how many people there are in all groups."""
        return sum(part.people for part in self.data)

    @property
    def counted(self) -> int:
        """Return how many means, variances and covariances there are."""
        p = self.data[0].items
        return len(self.data) * p * (p + 3) // 2


def saturate(
    data: Sequence[Patterns], clusters: list[Grouping] | None, *, robust: bool = True
) -> Saturated | str:
    """Return the saturated and baseline models of every group, or the reason why they fail.

    Notes
    -----
    ``not-positive-definite``: more items than people, or items that determine each other.
    ``no-convergence``: full information did not settle.
    """
    moments, value, baseline = [], 0.0, 0.0
    complete = all(part.held.all() for part in data)
    for part in data:
        found = saturated_moments(part)
        if isinstance(found, str):
            return found
        means, covariance, mine = found
        deviations = np.sqrt(np.diagonal(covariance))
        r = covariance / deviations[:, None] / deviations[None, :]
        if np.linalg.eigvalsh(r)[0] < 1e-10:
            return "not-positive-definite"
        moments.append((means, covariance))
        value += mine
        baseline += log_likelihood([(unrelated(part.items), part)], _alone(part))
    traces: tuple[float | None, float | None] = (None, None)
    known = robust and all(part.rows is not None for part in data)
    if known and data[0].items <= WIDEST:
        models = [(unrelated(part.items), part) for part in data]
        below: float | None = 0.0
        for number, model in enumerate(models):
            at, mine_ = _alone(model[1]), None if clusters is None else [clusters[number]]
            one = trace_of([model], at, np.ones(len(at), bool), mine_)
            below = None if one is None or below is None else below + one
        traces = (saturated_trace(models, moments, clusters), below)
    return Saturated(tuple(data), moments, value, baseline, complete, clusters, *traces)


def _alone(data: Patterns) -> Floats:
    """Return the variances and means of the answers there are, item by item."""
    count = data.n @ data.held
    means = (data.n[:, None] * data.means).sum(axis=0) / count
    away = np.where(data.held, data.means - means, 0.0) ** 2
    inside = np.diagonal(data.spreads, axis1=1, axis2=2)
    return np.concatenate([(data.n[:, None] * (away + inside)).sum(axis=0) / count, means])


@dataclass(frozen=True, eq=False)
class ModelFit:
    """A fitted model.

    Attributes
    ----------
    groups : list of (Structure, Patterns)
    maximum : Maximum
    chi_square : float
    df : int
    plain, scaled, robust
        As in `factor_fit.FactorFit`.
    scaling : float or None
        The expected plain chi-square over its degrees of freedom.
    srmr, rmr, gfi : Estimate
    """

    groups: Groups
    maximum: Maximum
    chi_square: float
    df: int
    plain: FitMeasures
    scaled: FitMeasures | None
    robust: FitMeasures | None
    scaling: float | None
    srmr: Estimate
    rmr: Estimate
    gfi: Estimate

    @property
    def free(self) -> npt.NDArray[np.bool_]:
        """Return which parameters are not at a bound."""
        return ~self.maximum.at_bound

    def expected_covariance(self, observed: Floats | None = None) -> Floats | None:
        """Return the sampling covariance of the parameters from the information, (q, q)."""
        known = observed
        if known is None:
            known = expected_information(self.groups, self.maximum.parameters)
        inverse = inverse_of(known[np.ix_(self.free, self.free)])
        if inverse is None:
            return None
        out = np.zeros(known.shape)
        out[np.ix_(self.free, self.free)] = inverse
        return out


def fit_model(
    structures: Sequence[Structure],
    against: Saturated,
    start: Floats,
    lower: Floats,
    *,
    method: str,
    upper: Floats | float = np.inf,
    means: bool = True,
    confidence: float = 0.90,
) -> ModelFit | str:
    """Return a model fitted to every group, or the reason why it could not be.

    Parameters
    ----------
    structures : sequence of Structure
        One a group, over one vector of parameters.
    against : Saturated
    start, lower, upper : array, shape (q,)
        Where to begin, and bounds.
    method : str
        Told with every measure.
    means : bool
        Whether residuals of means count in SRMR, RMR and GFI.
    confidence : float
        Of the interval of RMSEA.

    Notes
    -----
    More in the notes of this module.
    """
    groups = list(zip(structures, against.data, strict=True))
    maximum = maximise(groups, start, lower, upper)
    if not maximum.converged:
        return "no-convergence"
    df = against.counted - len(start)
    n, many = against.people, len(groups)
    chi_square = max(2 * (against.value - maximum.value), 0.0)
    p = against.data[0].items
    baseline = max(2 * (against.value - against.baseline_value), 0.0)
    baseline_df = many * p * (p - 1) // 2
    test = partial(fit_measures, groups=many, method=method, confidence=confidence)
    plain = test(chi_square, df, baseline, baseline_df, n)
    found = ModelFit(
        groups,
        maximum,
        chi_square,
        df,
        plain,
        None,
        None,
        None,
        *residual_measures(groups, maximum.parameters, against.moments, means, method),
    )
    if against.trace is None or against.baseline_trace is None:
        return found
    return _with_scaled(found, against, baseline, baseline_df, method, confidence)


def _with_scaled(
    found: ModelFit,
    against: Saturated,
    baseline: float,
    baseline_df: int,
    method: str,
    confidence: float,
) -> ModelFit:
    """Return the fit with its scaled (Yuan-Bentler) and robust versions."""
    n, many, df = against.people, len(found.groups), found.df
    name = f"{method}, scaled by Yuan-Bentler"
    if against.clusters is not None:
        name += f" over {len(against.clusters[0])} clusters"
    own = trace_of(found.groups, found.maximum.parameters, found.free, against.clusters)
    trace, below = against.trace, against.baseline_trace
    assert trace is not None
    assert below is not None
    if df == 0:
        nothing = no_measures("no-degrees-of-freedom", n, name)
        return replace(found, scaled=nothing, robust=nothing)
    factor = np.nan if own is None else (trace - own) / df
    baseline_factor = (trace - below) / baseline_df
    if not (factor > 1e-8 and baseline_factor > 1e-8):
        nothing = no_measures("no-scaling-factor", n, name)
        return replace(found, scaled=nothing, robust=nothing)
    scaled = fit_measures(
        found.chi_square / factor,
        df,
        baseline / baseline_factor,
        baseline_df,
        n,
        groups=many,
        scaling=factor,
        method=name,
        confidence=confidence,
    )
    if not against.complete:
        robust = no_measures("not-defined-with-missing", n, name)
        return replace(found, scaled=scaled, robust=robust, scaling=factor)
    robust = robust_measures(
        scaled, found.chi_square, factor, baseline, baseline_factor, n, many, name, confidence
    )
    return replace(found, scaled=scaled, robust=robust, scaling=factor)
