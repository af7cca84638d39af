"""What a scale would be without each of its items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.scale_matrix import Correlation, scale_matrix, why_no_reliability

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame


@dataclass(frozen=True, eq=False)
class AlphaIfDropped:
    """Alpha of the scale without each item, in the order of the columns.

    Attributes
    ----------
    values : array, shape (k,)
        NaN where absent.
    mean_correlation, median_correlation, correlation_variance : array, shape (k,)
        Of the correlations among the items that stay.
    lambda_6 : array, shape (k,)
        Guttman's lambda 6 of their correlations; NaN where the matrix has no inverse.
    n : int
        As in `cronbach_alpha`.
    absent : str
        Why there are no values, or "".
    method : str
        As in `cronbach_alpha`.
    """

    values: Floats
    mean_correlation: Floats
    median_correlation: Floats
    correlation_variance: Floats
    lambda_6: Floats
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
                "median_correlation": self.median_correlation,
                "correlation_variance": self.correlation_variance,
                "lambda_6": self.lambda_6,
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
    Formula: alpha of the covariances (or correlations) without the row and column of the item.

    Default: raw and pairwise, as `cronbach_alpha`.

    Absent when: as `cronbach_alpha`, and ``fewer-than-3-items``.

    Agrees with psych 2.5.3 (``alpha``, table alpha.drop).
    """
    moments = centred_moments(items)
    k = moments.items
    matrix = scale_matrix(moments, missing, standardized, correlation)
    metric = "correlation" if standardized else "covariance"
    name = f"alpha, {metric}, {missing}, observed variance, without the item"
    n = int(moments.complete if missing == "listwise" else moments.answered)
    reason = "fewer-than-3-items" if k < 3 else why_no_reliability(moments, matrix, missing)
    nothing = np.full(k, np.nan)
    if reason:
        return AlphaIfDropped(nothing, nothing, nothing, nothing, nothing, n, reason, name)
    row, own = matrix.sum(axis=1), np.diagonal(matrix)
    total = row.sum() - 2 * row + own
    trace = own.sum() - own
    values = np.full(k, np.nan)
    np.divide(trace, total, out=values, where=total > 0)
    r = scale_matrix(moments, missing, True, correlation)
    beside = np.array([_beside(r, item) for item in range(k)])
    alphas = (k - 1) / (k - 2) * (1 - values)
    mean, median, variance, lambda_6 = beside.T
    return AlphaIfDropped(alphas, mean, median, variance, lambda_6, n, "", name)


def _beside(r: Floats, item: int) -> tuple[float, float, float, float]:
    """Return mean, median and variance of the correlations of the other items, and lambda 6."""
    rest = np.delete(np.delete(r, item, 0), item, 1)
    pairs = rest[np.tril_indices(len(rest), -1)]
    lambda_6 = np.nan
    if np.isfinite(rest).all() and np.linalg.eigvalsh(rest)[0] > 1e-10:
        lambda_6 = 1 - float((1 / np.diagonal(np.linalg.inv(rest))).sum()) / float(rest.sum())
    variance = float(pairs.var(ddof=1)) if len(pairs) > 1 else np.nan
    return float(pairs.mean()), float(np.median(pairs)), variance, lambda_6
