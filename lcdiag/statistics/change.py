"""What changed between two waves: for one person, for a group, and because others answered.

Reliable change of one person is (second score - expected second score) / standard error. With means
M1, M2, standard deviations s1, s2 and correlation r of the people with both scores, or of a group
to compare with, x the first score and R the reliability, the six methods are: ``jacobson-truax``
expects x, error s1 sqrt(2 (1 - R)); ``iverson`` expects x, error sqrt((s1^2 + s2^2) (1 - R)), or
with an R for each wave; ``chelune`` expects x + M2 - M1, what practice brings, with the error of
``jacobson-truax``; ``regression`` expects M2 + r s2 / s1 (x - M1), error s2 sqrt(1 - r^2);
``gulliksen-lord-novick`` expects M1 + R (x - M1), the true score, error s1 sqrt(1 - R^2);
``edwards-nunnally`` expects the same, error s1 sqrt(1 - R).

Difference of two waves: both means are of everybody who answered in that wave. People who were
there twice make the difference surer, by their covariance: with n12 people in both waves and r
their correlation, the variance is s1^2 / n1 + s2^2 / n2 - 2 r s1 s2 n12 / (n1 n2). With everybody
in both waves this is the paired t interval, with nobody Welch's; the degrees of freedom lie between
the two (statistic Tnew2 of the reference). With fewer than two linked people, or no spread among
them, r counts as 0.

References
----------
Derrick, Toher & White (2017), The Quantitative Methods for Psychology 13(2), 120-126.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.composition import CompositionChange, composition_change
from lcdiag.statistics.intervals import (
    BANDS,
    check_bounds,
    check_levels,
    t_quantile,
    with_intervals,
)
from lcdiag.statistics.linked_waves import answers_with_ids, linked_rows
from lcdiag.statistics.reliable_change import (
    ReliableChange,
    reliable_change,
    smallest_detectable_change,
)

__all__ = [
    "CompositionChange",
    "ReliableChange",
    "composition_change",
    "reliable_change",
    "smallest_detectable_change",
    "wave_difference",
]

_NOISE = 1e-12  # below this share of the mean, a standard deviation is rounding noise


def wave_difference(
    first: Any,
    second: Any,
    *,
    first_ids: Any,
    second_ids: Any,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
    bounds: tuple[float, float] | None = None,
) -> Estimate:
    """Return the mean of the second wave minus the mean of the first, over everybody.

    Waves of the same people are never treated as two independent groups; see the module.

    Parameters
    ----------
    first, second : array_like, shape (n1,), (n2,)
        One value a person; NaN = missing.
    first_ids, second_ids : array_like, shape (n1,), (n2,)
        Who it was; None, NaN and "" are people who cannot be linked.
    confidence, bands : float, sequence of float
        As in `means.mean_interval`.
    bounds : tuple of float, optional
        Bounds of the values; limits stay within -/+ (high - low).

    Returns
    -------
    Estimate
        Positive = higher in the second wave. n = different people; `method` tells how many were
        linked. One answer in a wave, or no spread in either: a value without an interval.

    Raises
    ------
    ValueError
        If an id occurs twice in one wave, or ids and values differ in length.

    Notes
    -----
    Absent when: ``no-answers-in-first``, ``no-answers-in-second``.
    """
    levels = check_levels(confidence, bands)
    limits = check_bounds(bounds)
    x, x_ids = answers_with_ids(first, first_ids, "first")
    y, y_ids = answers_with_ids(second, second_ids, "second")
    if not len(x) or not len(y):
        side = "first" if not len(x) else "second"
        return Estimate.missing(f"no-answers-in-{side}", n=max(len(x), len(y)))
    pairs_x, pairs_y = linked_rows(x_ids, y_ids)
    linked = len(pairs_x)
    difference = float(y.mean() - x.mean())
    error, freedom = _error(x, y, x[pairs_x], y[pairs_y])

    def interval(level: float) -> tuple[float, float]:
        half = float(t_quantile(freedom, level)) * error
        return difference - half, difference + half

    known = interval if error > 0 else None
    reach = None if limits is None else (limits[0] - limits[1], limits[1] - limits[0])
    n, name = len(x) + len(y) - linked, f"partly overlapping t, {linked} in both"
    return with_intervals(difference, known, reach, confidence, levels, n=n, method=name)


def _error(x: Floats, y: Floats, paired_x: Floats, paired_y: Floats) -> tuple[float, float]:
    """Return standard error and degrees of freedom; an error of 0 means: none can be told."""
    n1, n2, linked = len(x), len(y), len(paired_x)
    if min(n1, n2) < 2:
        return 0.0, 0.0
    s1, s2 = _deviation(x), _deviation(y)
    r = 0.0
    if linked > 1 and _deviation(paired_x) > 0 and _deviation(paired_y) > 0:
        r = float(np.clip(np.corrcoef(paired_x, paired_y)[0, 1], -1.0, 1.0))
    a, b = s1**2 / n1, s2**2 / n2
    if a + b == 0:
        return 0.0, 0.0
    variance = a + b - 2 * r * s1 * s2 * linked / (n1 * n2)
    welch = (a + b) ** 2 / (a**2 / (n1 - 1) + b**2 / (n2 - 1))
    alone = n1 + n2 - 2 * linked
    freedom = (linked - 1) + (welch - linked + 1) / (n1 + n2) * alone
    # everybody moved by the same amount: no spread of change is left to go by
    if variance <= 1e-12 * (a + b):
        return 0.0, 0.0
    return float(np.sqrt(variance)), float(freedom)


def _deviation(values: Floats) -> float:
    """Return the standard deviation, exactly 0 where only rounding noise is left."""
    found = float(values.std(ddof=1))
    return found if found > _NOISE * max(1.0, abs(float(values.mean()))) else 0.0
