"""How far an observed score lies from the true one: standard errors of measurement.

Forks
-----
reliability : float
    Of the score, between 0 and 1.
confidence, bands : float, sequence of float
    As in `means.mean_interval`.

Notes
-----
Formula: sd sqrt(1 - r); sd sqrt(r (1 - r)); sd sqrt(1 - r^2); true score = mean + r (observed
- mean).

Agrees with psychometric 2.3 (``SE.Meas``, ``SE.Est``, ``SE.Pred``, ``CI.obs``, ``CI.tscore``).

References
----------
Dudek (1979), Psychological Bulletin 86(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.lower_bounds import matrix_of
from lcdiag.statistics.moments import Missing
from lcdiag.statistics.scale_matrix import alpha_of

__all__ = ["ScoreErrors", "score_errors", "standard_error_of_measurement"]


def standard_error_of_measurement(
    items: Any, *, missing: Missing = "listwise", score: str = "sum"
) -> Estimate:
    """Return the standard error of measurement of a scale's sum or mean, by alpha.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    missing : {"listwise", "pairwise"}
        As in `cronbach_alpha`.
    score : {"sum", "mean"}
        In points of the sum, or of the mean, which is k times smaller.

    Returns
    -------
    Estimate
        Without an interval; n = complete rows, or rows with an answer.

    Raises
    ------
    ValueError
        For text, infinite values or an unknown fork.

    Notes
    -----
    Formula: sd of the score x sqrt(1 - alpha).

    Default: complete rows, whose sums are all there.

    Absent when: as `cronbach_alpha`.

    Agrees with R's ``sd(rowSums(x)) * sqrt(1 - alpha)`` and psychometric 2.3 (``SE.Meas``).

    References
    ----------
    Lord & Novick (1968), Statistical Theories of Mental Test Scores.
    """
    if score not in ("sum", "mean"):
        raise ValueError(f"score is 'sum' or 'mean'; received {score!r}")
    found = matrix_of(items, "cov", missing)
    name = f"error of the {score}, alpha"
    if found.absent:
        return found.estimate(name, 0.0)
    total, k = float(found.values.sum()), len(found.values)
    error = float(np.sqrt(total * (1 - alpha_of(found.values))))
    return found.estimate(name, error / (k if score == "mean" else 1))


@dataclass(frozen=True, slots=True)
class ScoreErrors:
    """What one observed score tells about a person.

    Attributes
    ----------
    measurement, estimation, prediction : float
        Standard errors of the observed score around the true one, of the true score given the
        observed one, and of a second observed score given the first.
    observed : Estimate
        The observed score with limits by the error of measurement.
    true : Estimate
        The true score that is to be expected, drawn towards the mean, by the error of estimation.
    """

    measurement: float
    estimation: float
    prediction: float
    observed: Estimate
    true: Estimate


def score_errors(
    observed: float,
    *,
    sd: float,
    reliability: float,
    mean: float,
    confidence: float = 0.95,
    bands: tuple[float, ...] = (),
) -> ScoreErrors:
    """Return the three standard errors of a score, and the intervals they give.

    Parameters
    ----------
    observed, mean, sd : float
        The score, and mean and standard deviation of scores in its population, in points.
    reliability, confidence, bands
        See the forks and notes of this module.

    Returns
    -------
    ScoreErrors
        In points of the score.

    Raises
    ------
    ValueError
        For a reliability outside 0 to 1, an sd that is not positive, numbers that are not finite.
    """
    levels = check_levels(confidence, bands)
    if not np.isfinite([observed, sd, reliability, mean]).all():
        raise ValueError("observed, sd, reliability and mean are finite numbers")
    if not (0 <= reliability <= 1 and sd > 0):
        raise ValueError(
            f"reliability lies between 0 and 1 and sd above 0; received {reliability!r}, {sd!r}"
        )
    r = float(reliability)
    measurement, estimation = sd * np.sqrt(1 - r), sd * np.sqrt(r * (1 - r))
    true = mean + r * (observed - mean)
    cells = [
        with_intervals(
            value,
            _around(value, error),
            None,
            confidence,
            levels,
            n=1,
            method=name,
        )
        for value, error, name in (
            (observed, measurement, "observed score, error of measurement"),
            (true, estimation, "true score, error of estimation"),
        )
    ]
    prediction = float(sd * np.sqrt(1 - r**2))
    return ScoreErrors(float(measurement), float(estimation), prediction, *cells)


def _around(value: float, error: float) -> Limits | None:
    """Return normal limits; None without any error."""
    from scipy.special import ndtri

    if error == 0:
        return None

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * float(error)
        return value - half, value + half

    return limits
