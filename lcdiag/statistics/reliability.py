"""How consistently the items of a scale measure: Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.omega import mcdonald_omega
from lcdiag.statistics.scale_matrix import (
    Correlation,
    alpha_of,
    scale_matrix,
    why_no_reliability,
)

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame

__all__ = ["AlphaIfDropped", "alpha_if_dropped", "cronbach_alpha", "mcdonald_omega"]

Interval = Literal["feldt", "duhachek", "bootstrap"]
Rows = Literal["complete", "all"]


def cronbach_alpha(
    items: Any,
    *,
    missing: Missing = "pairwise",
    standardized: bool = False,
    correlation: Correlation = "pairwise",
    interval: Interval = "feldt",
    interval_rows: Rows = "complete",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    resamples: int = 2000,
    cluster: Any = None,
) -> Estimate:
    """Return Cronbach's alpha: k / (k - 1) (1 - tr C / sum C), with C the covariance matrix.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    missing : {"pairwise", "listwise"}
        Where C comes from: each pair over the rows that have both (psych, pingouin), or complete
        rows only (multilevel).
    standardized : bool
        From the correlation matrix instead of C.
    correlation : {"pairwise", "from-covariance"}
        With missing answers and `standardized`: pairwise r with the deviations of the same rows
        (psych 2.5), or the pairwise covariance matrix brought to unit variances (psych 2.2).
    interval : {"feldt", "duhachek", "bootstrap"}
        Feldt's F; Duhachek and Iacobucci's standard error; percentiles over resampled people
        (needs `rng` and the items themselves).
    interval_rows : {"complete", "all"}
        With ``pairwise``, how many people feldt and duhachek count: those who answered
        everything (never overstates), or all rows (what psych prints). With ``listwise`` always
        complete rows.
    confidence, bands
        As in `means.mean_interval`.
    rng : numpy.random.Generator, optional
        For the bootstrap.
    resamples : int
        For the bootstrap.
    cluster : array_like, shape (n,), optional
        For the bootstrap: resample these communities instead of people.

    Returns
    -------
    Estimate
        At most 1. A negative value (items that do not go together, or one not turned) is kept
        and `method` ends in ``", negative"``. n = complete rows, or rows with an answer.

    Raises
    ------
    ValueError
        For text, infinite values, an unknown fork, a bootstrap without generator or items.

    Notes
    -----
    Absent when: ``fewer-than-2-items``, ``fewer-than-2-respondents``, ``empty-item``,
    ``no-overlap`` (two items without two rows in common), ``constant-item``,
    ``no-total-variance``.

    Agrees with psych 2.5.3 and 2.2.9 (``alpha``, ``alpha.ci``) and multilevel 2.8
    (``cronbach``). pingouin counts rows from before deletion in its listwise interval.

    References
    ----------
    Cronbach (1951), Psychometrika 16; Feldt, Woodruff & Salih (1987), Applied Psychological
    Measurement 11(1); Duhachek & Iacobucci (2004), Journal of Applied Psychology 89(5).
    """
    levels = check_levels(confidence, bands)
    _check_forks(interval, interval_rows, correlation)
    moments = centred_moments(items)
    kind = "standardized, " if standardized else ""
    name = f"{kind}{missing}, {interval}"
    matrix = scale_matrix(moments, missing, standardized, correlation)
    n = int(moments.complete if missing == "listwise" else moments.answered)
    reason = why_no_reliability(moments, matrix, missing)
    if reason:
        return Estimate.missing(reason, n=n, method=name)
    value = alpha_of(matrix)
    counted = int(moments.rows if interval_rows == "all" else moments.complete)
    if missing == "listwise":
        counted = int(moments.complete)
    limits: Limits | None
    if interval == "bootstrap":
        from lcdiag.statistics.resample import alpha_percentiles

        if standardized:
            raise ValueError("the bootstrap resamples raw alpha; standardized is not offered")
        limits = alpha_percentiles(items, missing, rng, resamples, cluster)
    elif cluster is not None:
        raise ValueError("clusters go with interval='bootstrap'")
    elif counted < 2:
        limits = None
    elif interval == "feldt":
        limits = _feldt(value, counted, moments.items)
    else:
        limits = _duhachek(value, matrix, counted)
    if value < 0:
        name += ", negative"
    return with_intervals(
        value, limits, confidence=confidence, bands=levels, n=n, method=name, bounds=(-np.inf, 1.0)
    )


@dataclass(frozen=True, eq=False)
class AlphaIfDropped:
    """Alpha of the scale without each item, in the order of the columns.

    Attributes
    ----------
    values : array, shape (k,)
        NaN where absent.
    mean_correlation : array, shape (k,)
        Mean correlation among the items that stay.
    n : int
        As in `cronbach_alpha`.
    absent : str
        Why there are no values, or "".
    method : str
        As in `cronbach_alpha`.
    """

    values: Floats
    mean_correlation: Floats
    n: int
    absent: str
    method: str

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return np.array(self.values, dtype=dtype)

    def estimate(self, item: int) -> Estimate:
        """Return the value of one item by its position, without an interval."""
        value = float(self.values[item])
        if value != value:
            reason = self.absent or "no-total-variance"
            return Estimate.missing(reason, n=self.n, method=self.method)
        return Estimate(value=value, n=self.n, method=self.method)

    def to_frame(self) -> Frame:
        """Return one row an item."""
        from lcdiag.statistics.results import frame

        return frame(
            {
                "item": np.arange(len(self.values)),
                "alpha_if_dropped": self.values,
                "mean_correlation": self.mean_correlation,
            }
        )


def alpha_if_dropped(
    items: Any,
    *,
    missing: Missing = "pairwise",
    standardized: bool = False,
    correlation: Correlation = "pairwise",
) -> AlphaIfDropped:
    """Return alpha without each item in turn; three items or more.

    Parameters
    ----------
    items, missing, standardized, correlation
        As in `cronbach_alpha`.

    Notes
    -----
    Absent when: as `cronbach_alpha`, and ``fewer-than-3-items``.

    Agrees with psych 2.5.3 (``alpha``, table alpha.drop).
    """
    moments = centred_moments(items)
    k = moments.items
    matrix = scale_matrix(moments, missing, standardized, correlation)
    name = f"{'standardized, ' if standardized else ''}{missing}, without the item"
    n = int(moments.complete if missing == "listwise" else moments.answered)
    reason = "fewer-than-3-items" if k < 3 else why_no_reliability(moments, matrix, missing)
    nothing = np.full(k, np.nan)
    if reason:
        return AlphaIfDropped(nothing, nothing, n, reason, name)
    row, own = matrix.sum(axis=1), np.diagonal(matrix)
    total = row.sum() - 2 * row + own
    trace = own.sum() - own
    values = np.full(k, np.nan)
    np.divide(trace, total, out=values, where=total > 0)
    r = scale_matrix(moments, missing, True, correlation)
    r_row = r.sum(axis=1)
    mean_r = (r_row.sum() - 2 * r_row + 1 - (k - 1)) / ((k - 1) * (k - 2))
    return AlphaIfDropped((k - 1) / (k - 2) * (1 - values), mean_r, n, "", name)


def _check_forks(interval: str, rows: str, correlation: str) -> None:
    for value, options, name in (
        (interval, ("feldt", "duhachek", "bootstrap"), "interval"),
        (rows, ("complete", "all"), "interval_rows"),
        (correlation, ("pairwise", "from-covariance"), "correlation"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {', '.join(options)}; received {value!r}")


def _feldt(value: float, n: int, k: int) -> Limits:
    from scipy.special import fdtri

    def limits(level: float) -> tuple[float, float]:
        upper, lower = 0.5 + level / 2, 0.5 - level / 2
        down, across = n - 1, (n - 1) * (k - 1)
        low = 1 - (1 - value) * float(fdtri(down, across, upper))
        return low, 1 - (1 - value) * float(fdtri(down, across, lower))

    return limits


def _duhachek(value: float, matrix: Floats, n: int) -> Limits:
    from scipy.special import ndtri

    k, total, trace = len(matrix), float(matrix.sum()), float(np.trace(matrix))
    row = matrix.sum(axis=1)
    squared = float((matrix**2).sum())
    spread = total * (squared + trace**2) - 2 * trace * float(row @ row)
    error = float(np.sqrt(max(2 * k**2 / ((k - 1) ** 2 * total**3) * spread, 0.0) / n))

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * error
        return value - half, value + half

    return limits
