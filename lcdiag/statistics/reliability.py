"""How consistently the items of a scale measure: Cronbach's alpha and McDonald's omega.

Intervals of alpha: ``feldt``, from F with (n - 1) and (n - 1)(k - 1) degrees of freedom;
``duhachek``, from the standard error of Duhachek and Iacobucci, with the exact normal quantile
where psych takes 1.96; ``bootstrap``, percentiles over people drawn again with `rng`, or over whole
communities where `cluster` gives a label a row. With pairwise covariances no single n is right:
`interval_rows="complete"` never overstates how sure we are, ``"all"`` is what psych prints.

Alpha agrees with psych 2.5.3 and 2.2.9 (``alpha``, ``alpha.ci``) and multilevel 2.8 (``cronbach``).
pingouin counts rows from before deletion in its listwise interval; here complete rows count.

References
----------
Cronbach (1951), Psychometrika 16; Feldt, Woodruff & Salih (1987), Applied Psychological
Measurement 11(1); Duhachek & Iacobucci (2004), Journal of Applied Psychology 89(5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.level_reliability import alpha_by_level, omega_by_level
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.omega import mcdonald_omega
from lcdiag.statistics.polychoric import ordinal_alpha
from lcdiag.statistics.scale_matrix import (
    Correlation,
    alpha_of,
    scale_matrix,
    why_no_reliability,
)

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame

__all__ = [
    "AlphaIfDropped",
    "alpha_by_level",
    "alpha_if_dropped",
    "cronbach_alpha",
    "mcdonald_omega",
    "omega_by_level",
    "ordinal_alpha",
]

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
        C from the rows each pair has (psych, pingouin), or from complete rows (multilevel).
    standardized, correlation : bool, {"pairwise", "from-covariance"}
        From correlations: of the rows each pair has (psych 2.5), or C rescaled (psych 2.2).
    interval, interval_rows, rng, resamples, cluster
        See the module.
    confidence, bands : float, sequence of float
        As in `means.mean_interval`.

    Returns
    -------
    Estimate
        A negative value is kept; `method` then ends in ``", negative"``. n = rows that count.

    Raises
    ------
    ValueError
        For text, infinite values, an unknown fork, a bootstrap without generator or items.

    Notes
    -----
    Absent when: see `scale_matrix.why_no_reliability`. Agrees with: see the module.
    """
    levels = check_levels(confidence, bands)
    _check_forks(interval, interval_rows, correlation)
    moments = centred_moments(items)
    matrix = scale_matrix(moments, missing, standardized, correlation)
    name = f"{'standardized, ' if standardized else ''}{missing}, {interval}"
    n = int(moments.complete if missing == "listwise" else moments.answered)
    if reason := why_no_reliability(moments, matrix, missing):
        return Estimate.missing(reason, n=n, method=name)
    value = alpha_of(matrix)
    if interval == "bootstrap":
        limits = _percentiles(items, missing, standardized, rng, resamples, cluster)
    else:
        everybody = (missing, interval_rows) == ("pairwise", "all")
        counted = int(moments.rows if everybody else moments.complete)
        limits = _closed_form(value, matrix, counted, interval, cluster)
    name += ", negative" if value < 0 else ""
    return with_intervals(value, limits, (-np.inf, 1.0), confidence, levels, n=n, method=name)


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


def _percentiles(
    items: Any,
    missing: Missing,
    standardized: bool,
    rng: np.random.Generator | None,
    resamples: int,
    cluster: Any,
) -> Limits | None:
    from lcdiag.statistics.resample import alpha_percentiles

    if standardized:
        raise ValueError("the bootstrap resamples raw alpha; standardized is not offered")
    return alpha_percentiles(items, missing, rng, resamples, cluster)


def _closed_form(
    value: float, matrix: Floats, counted: int, interval: Interval, cluster: Any
) -> Limits | None:
    if cluster is not None:
        raise ValueError("clusters go with interval='bootstrap'")
    if counted < 2:
        return None
    if interval == "feldt":
        return _feldt(value, counted, len(matrix))
    return _duhachek(value, matrix, counted)


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
