"""The steps of measurement invariance: fitted, tested against each other, and described."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Counts, Floats, Labels
from lcdiag.statistics.factor_fit import FitMeasures, ModelDifference, no_measures
from lcdiag.statistics.invariance_models import LEVELS, Proposal
from lcdiag.statistics.model_difference import difference, no_difference
from lcdiag.statistics.model_fit import ModelFit, Saturated, fit_model
from lcdiag.statistics.one_factor_results import parameter_covariance
from lcdiag.statistics.results import GroupValues


@dataclass(frozen=True, eq=False)
class InvarianceStep:
    """One level of equality.

    Attributes
    ----------
    level : str
        ``configural`` (one factor everywhere), ``metric`` (equal loadings too) or ``scalar``
        (equal intercepts too).
    plain, scaled, robust
        As in `factor.FactorFit`.
    srmr, log_likelihood, aic, bic : Estimate
    parameters : int
    against_last : ModelDifference or None
        The test against the level before; None at the first.
    method : str
    absent : str or None
        Why there is no such step.
    """

    level: str
    plain: FitMeasures
    scaled: FitMeasures | None
    robust: FitMeasures | None
    srmr: Estimate
    log_likelihood: Estimate
    aic: Estimate
    bic: Estimate
    parameters: int
    against_last: ModelDifference | None
    method: str
    absent: str | None = None


@dataclass(frozen=True, eq=False)
class Invariance:
    """The three steps, and what follows for the factor where they hold.

    Attributes
    ----------
    configural, metric, scalar : InvarianceStep
    groups : array, shape (g,)
        Groups or waves, sorted (waves given as a list: 0, 1, 2 ...).
    n : array of int, shape (g,)
        People in each.
    factor_means, factor_variances : GroupValues
        Under the scalar model, in units of the first group's factor (mean 0, variance 1).
    factor_means_error : array, shape (g,)
        Standard errors; NaN for the first.
    method : str
    absent : str or None
        Why nothing can be judged.
    """

    configural: InvarianceStep
    metric: InvarianceStep
    scalar: InvarianceStep
    groups: Labels
    n: Counts
    factor_means: GroupValues
    factor_variances: GroupValues
    factor_means_error: Floats
    method: str
    absent: str | None = None

    def steps(self) -> tuple[InvarianceStep, InvarianceStep, InvarianceStep]:
        """Return the steps, loosest first."""
        return self.configural, self.metric, self.scalar


def judged(
    against: Saturated,
    proposals: Sequence[Proposal],
    labels: Labels,
    n: Counts,
    name: str,
    confidence: float,
) -> Invariance:
    """Return the fitted steps and the factor of the scalar one."""
    steps: list[InvarianceStep] = []
    last: ModelFit | str = ""
    for level, proposal in zip(LEVELS, proposals, strict=True):
        method = f"{level}, {name}"
        found = fit_model(
            proposal.structures,
            against,
            proposal.start,
            proposal.lower,
            method=method,
            confidence=confidence,
        )
        steps.append(_step(level, found, last, against.people, method))
        last = found
    means, variances, errors = _factors(last, against, proposals[-1], labels, n, name)
    return Invariance(steps[0], steps[1], steps[2], labels, n, means, variances, errors, name)


def _step(
    level: str, found: ModelFit | str, last: ModelFit | str, n: int, method: str
) -> InvarianceStep:
    """Return one step; `last` is "" at the first."""
    if isinstance(found, str):
        nothing = Estimate.missing(found, n=n, method=method)
        measures = no_measures(found, n, method)
        return InvarianceStep(
            level=level,
            plain=measures,
            scaled=None,
            robust=None,
            srmr=nothing,
            log_likelihood=nothing,
            aic=nothing,
            bic=nothing,
            parameters=0,
            against_last=None,
            method=method,
            absent=found,
        )
    q, value = len(found.maximum.parameters), found.maximum.value
    method += ", heywood" if found.maximum.at_bound.any() else ""
    test = None
    if isinstance(last, ModelFit):
        test = difference(found, last, n, method)
    elif last:
        test = no_difference(last, n, method)
    worth = (value, 2 * q - 2 * value, q * float(np.log(n)) - 2 * value)
    first, second, third = (Estimate(value=number, n=n, method=method) for number in worth)
    return InvarianceStep(
        level,
        found.plain,
        found.scaled,
        found.robust,
        found.srmr,
        first,
        second,
        third,
        q,
        test,
        method,
    )


def _factors(
    found: ModelFit | str,
    against: Saturated,
    proposal: Proposal,
    labels: Labels,
    n: Counts,
    name: str,
) -> tuple[GroupValues, GroupValues, Floats]:
    """Return factor means and variances under the scalar model, and the errors of the means."""
    reason = found if isinstance(found, str) else ""
    reasons = np.full(len(labels), reason)
    means, variances = np.full((2, len(labels)), np.nan)
    errors = np.full(len(labels), np.nan)
    if isinstance(found, ModelFit):
        values = found.maximum.parameters
        means = np.where(proposal.factor_means < 0, 0.0, values[proposal.factor_means])
        variances = np.where(proposal.factor_variances < 0, 1.0, values[proposal.factor_variances])
        spread = parameter_covariance(
            found, against, "model" if against.clusters is None else "robust"
        )
        square = np.diagonal(spread)[proposal.factor_means]
        errors = np.sqrt(np.where(proposal.factor_means < 0, np.nan, square))
    method = f"scalar, {name}"
    return (
        GroupValues(labels, means, n, reasons, f"factor mean, {method}"),
        GroupValues(labels, variances, n, reasons, f"factor variance, {method}"),
        errors,
    )


def cannot_be_judged(reason: str, labels: Labels, n: Any, method: str) -> Invariance:
    """Return an invariance that cannot be judged, for one reason."""
    counts = np.asarray(n, dtype=np.int64)
    total = int(counts.sum())
    steps = [_step(level, reason, "", total, f"{level}, {method}") for level in LEVELS]
    values = GroupValues(
        labels, np.full(len(labels), np.nan), counts, np.full(len(labels), reason), method
    )
    errors = np.full(len(labels), np.nan)
    first, second, third = steps
    return Invariance(first, second, third, labels, counts, values, values, errors, method, reason)
