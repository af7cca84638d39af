"""Whether a mean moved because people changed, or because other people answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.intervals import BANDS, check_levels, t_quantile, with_intervals
from lcdiag.statistics.linked_waves import answers_with_ids, linked_rows
from lcdiag.statistics.means import mean_interval


@dataclass(frozen=True, slots=True)
class CompositionChange:
    """A difference of two waves in three parts: total = within + came + left, exactly.

    Attributes
    ----------
    total : Estimate
        Mean of the second wave minus mean of the first, over the people who have an id.
    within : Estimate
        How much those who stayed changed.
    came : Estimate
        What newcomers add: their share of the second wave times how far they lie from those who
        stayed.
    left : Estimate
        What leavers took along: minus their share of the first wave times how far they lay from
        those who stayed.
    stayed_first, stayed_second, leavers, newcomers : Estimate
        Means of these people.
    unlinked : int
        Answers without an id, of both waves: nobody knows who they are, so they are left out.
    """

    total: Estimate
    within: Estimate
    came: Estimate
    left: Estimate
    stayed_first: Estimate
    stayed_second: Estimate
    leavers: Estimate
    newcomers: Estimate
    unlinked: int

    @property
    def composition(self) -> Estimate:
        """Return came + left: what moved because other people answered, without an interval."""
        if self.came.value is None or self.left.value is None:
            return self.left if self.came.value is not None else self.came
        n = self.came.n + self.left.n
        return Estimate(value=self.came.value + self.left.value, n=n, method="came + left")


def composition_change(
    first: Any,
    second: Any,
    *,
    first_ids: Any,
    second_ids: Any,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
) -> CompositionChange:
    """Return how much of a difference of two waves lies within people and how much in who answered.

    Parameters
    ----------
    first, second : array_like, shape (n1,), (n2,)
        One value a person; NaN = missing, and such a person is not in that wave.
    first_ids, second_ids : array_like, shape (n1,), (n2,)
        Who it was; None, NaN and "" are people who cannot be linked.
    confidence, bands : float, sequence of float
        As in `means.mean_interval`.

    Raises
    ------
    ValueError
        If an id occurs twice in one wave, or ids and values differ in length.

    Notes
    -----
    Formula: M2 - M1 = (S2 - S1) + c (C - S2) - l (L - S1), with S1 and S2 the means of those who
    stayed, C of newcomers and L of leavers, c and l their shares. Paired t, then Welch.

    Absent when: ``nobody-stayed`` (total and parts; the means of the others remain);
    ``no-answers`` (a mean of nobody). With nobody who came, or left, that part is 0.

    References
    ----------
    Kitagawa (1955), Journal of the American Statistical Association 50, parts of a difference.
    """
    levels = check_levels(confidence, bands)
    x, x_ids = answers_with_ids(first, first_ids, "first")
    y, y_ids = answers_with_ids(second, second_ids, "second")
    known_x, known_y = x_ids != "", y_ids != ""
    unlinked = int((~known_x).sum() + (~known_y).sum())
    x, y = x[known_x], y[known_y]
    at_x, at_y = linked_rows(x_ids[known_x], y_ids[known_y])
    s1, s2 = x[at_x], y[at_y]
    leavers, newcomers = np.delete(x, at_x), np.delete(y, at_y)

    def mean(values: Floats) -> Estimate:
        return mean_interval(values, confidence=confidence, bands=bands)

    means = mean(s1), mean(s2), mean(leavers), mean(newcomers)
    if not len(s1):
        none = Estimate.missing("nobody-stayed", n=len(x) + len(y))
        return CompositionChange(none, none, none, none, *means, unlinked)
    came = _part(newcomers, s2, len(newcomers) / len(y), "came", confidence, levels)
    left = _part(leavers, s1, -len(leavers) / len(x), "left", confidence, levels)
    people = len(x) + len(y) - len(s1)
    name = f"second - first, {len(s1)} stayed, {len(leavers)} left, {len(newcomers)} came"
    total = Estimate(value=float(y.mean() - x.mean()), n=people, method=name)
    return CompositionChange(total, mean(s2 - s1), came, left, *means, unlinked)


def _part(
    others: Floats,
    stayed: Floats,
    share: float,
    name: str,
    confidence: float,
    bands: Sequence[float],
) -> Estimate:
    """Return share times (mean of the others - mean of those who stayed), with Welch's interval."""
    n, words = len(others), f"{name}, Welch"
    if not n:
        return Estimate(value=0.0, n=0, method=f"{name}, nobody")
    value = share * float(others.mean() - stayed.mean())
    if min(n, len(stayed)) < 2:
        return Estimate(value=value, n=n, method=words)
    a, b = float(others.var(ddof=1)) / n, float(stayed.var(ddof=1)) / len(stayed)
    if a + b <= 1e-24:
        return Estimate(value=value, n=n, method=words)
    freedom = (a + b) ** 2 / (a**2 / (n - 1) + b**2 / (len(stayed) - 1))
    error = abs(share) * float(np.sqrt(a + b))

    def limits(level: float) -> tuple[float, float]:
        half = float(t_quantile(freedom, level)) * error
        return value - half, value + half

    return with_intervals(value, limits, None, confidence, bands, n=n, method=words)
