"""Lower bounds of reliability that need no model: Guttman's lambdas and ten Berge's mu.

Notes
-----
Formula: with V the sum of all entries of the matrix, T its trace and c the entries beside the
diagonal: lambda 1 = 1 - T / V; lambda 2 = lambda 1 + sqrt(k / (k - 1) sum c^2) / V; lambda 3 =
k / (k - 1) lambda 1; lambda 5 = lambda 1 + 2 sqrt(largest row sum of c^2) / V, lambda 5+ with
k / (k - 1) before the root; lambda 6 = 1 - sum of what an item does not share with all others
/ V.

Default: covariance, which describes the score that is used; psych's ``guttman`` works on
correlations.

Agrees with psych 2.5.3 (``guttman``, ``alpha``, ``splitHalf``).

References
----------
Guttman (1945), Psychometrika 10(4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.scale_matrix import Correlation, scale_matrix, why_no_reliability

Metric = Literal["cov", "cor"]


@dataclass(frozen=True, eq=False)
class Matrix:
    """A scale's covariance or correlation matrix with what it rests on, or why there is none.

    Attributes
    ----------
    values : array, shape (k, k)
        The matrix.
    n : int
        Rows with an answer, or complete rows.
    said : str
        Metric and missing rule, for the method of an Estimate.
    absent : str
        The reason, or "".
    """

    values: Floats
    n: int
    said: str
    absent: str

    def estimate(self, name: str, value: float, denominator: str = "observed variance") -> Estimate:
        """Return an Estimate of a number that was worked out from this matrix."""
        method = f"{name}, {self.said}, {denominator}"
        if self.absent:
            return Estimate.missing(self.absent, n=self.n, method=method)
        return Estimate(value=float(value), n=self.n, method=method)


def matrix_of(
    items: Any, metric: Metric, missing: Missing, correlation: Correlation = "pairwise"
) -> Matrix:
    """Return the matrix that the forks ask for."""
    if metric not in ("cov", "cor"):
        raise ValueError(f"metric is 'cov' or 'cor'; received {metric!r}")
    if correlation not in ("pairwise", "from-covariance"):
        raise ValueError(
            f"correlation is 'pairwise' or 'from-covariance'; received {correlation!r}"
        )
    moments = centred_moments(items)
    values = scale_matrix(moments, missing, metric == "cor", correlation)
    n = int(moments.complete if missing == "listwise" else moments.answered)
    word = "covariance" if metric == "cov" else "correlation"
    reason = why_no_reliability(moments, values, missing)
    return Matrix(values, n, f"{word}, {missing}", reason)


@dataclass(frozen=True, slots=True)
class GuttmanLambdas:
    """Six lower bounds; each an Estimate without an interval.

    Attributes
    ----------
    lambda_1, lambda_2, lambda_3, lambda_5, lambda_5_plus, lambda_6 : Estimate
        Guttman's numbers; lambda 3 is alpha, lambda 4 the best of `split_halves`.
    """

    lambda_1: Estimate
    lambda_2: Estimate
    lambda_3: Estimate
    lambda_5: Estimate
    lambda_5_plus: Estimate
    lambda_6: Estimate


def guttman_lambdas(
    items: Any,
    *,
    metric: Metric = "cov",
    missing: Missing = "pairwise",
    correlation: Correlation = "pairwise",
) -> GuttmanLambdas:
    """Return Guttman's lower bounds 1, 2, 3, 5 and 6 of the reliability of a sum.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        Reversed items turned beforehand; NaN = missing.
    metric : {"cov", "cor"}
        Of the sum of the items as they are, or of standardised items.
    missing : {"pairwise", "listwise"}
        As in `cronbach_alpha`.
    correlation : {"pairwise", "from-covariance"}
        As in `cronbach_alpha`.

    Returns
    -------
    GuttmanLambdas
        Without intervals. n = rows with an answer, or complete rows.

    Raises
    ------
    ValueError
        For text, infinite values or an unknown fork.

    Notes
    -----
    Absent when: as `cronbach_alpha`; lambda 6: ``not-positive-definite``.

    More in the notes of this module.
    """
    found = matrix_of(items, metric, missing, correlation)
    if found.absent:
        return GuttmanLambdas(
            *(found.estimate(f"lambda {name}", 0.0) for name in ("1", "2", "3", "5", "5+", "6"))
        )
    c = found.values
    k, total = len(c), float(c.sum())
    first = 1 - float(np.trace(c)) / total
    squares = (c - np.diag(np.diagonal(c))) ** 2
    step, widest = k / (k - 1), 2 * float(np.sqrt(squares.sum(axis=1).max())) / total
    return GuttmanLambdas(
        found.estimate("lambda 1", first),
        found.estimate("lambda 2", first + float(np.sqrt(step * squares.sum())) / total),
        found.estimate("lambda 3", step * first),
        found.estimate("lambda 5", first + widest),
        found.estimate("lambda 5+", first + step * widest),
        _lambda_6(found, total),
    )


def _lambda_6(found: Matrix, total: float) -> Estimate:
    root = np.sqrt(np.diagonal(found.values))
    r = found.values / root[:, None] / root[None, :]
    if np.linalg.eigvalsh(r)[0] < 1e-10:
        return Matrix(found.values, found.n, found.said, "not-positive-definite").estimate(
            "lambda 6", 0.0
        )
    alone = root**2 / np.diagonal(np.linalg.inv(r))
    return found.estimate("lambda 6", 1 - float(alone.sum()) / total)


def ten_berge_mu(
    items: Any,
    *,
    metric: Metric = "cov",
    missing: Missing = "pairwise",
    correlation: Correlation = "pairwise",
    steps: int = 3,
) -> tuple[Estimate, ...]:
    """Return ten Berge and Zegers' series of lower bounds mu 0, mu 1, ... mu `steps`.

    Parameters
    ----------
    items, metric, missing, correlation
        As in `guttman_lambdas`.
    steps : int
        The last of the series, 0 to 10.

    Returns
    -------
    tuple of Estimate
        `steps` + 1 bounds, none lower than the one before; mu 0 is alpha, mu 1 is lambda 2.

    Raises
    ------
    ValueError
        As in `guttman_lambdas`; for `steps` below 0 or above 10.

    Notes
    -----
    Default: covariances, as `guttman_lambdas`; beyond mu 3 little is gained.

    Formula: mu r = (p0 + sqrt(p1 + sqrt(p2 + ... sqrt(k / (k - 1) pr)))) / V, with ph the sum of
    the entries beside the diagonal to the power 2^h.

    Absent when: as `cronbach_alpha`.

    Agrees with psych 2.5.3 (``tenberge``) for correlations.

    References
    ----------
    ten Berge & Zegers (1978), Psychometrika 43(4).
    """
    if not 0 <= steps <= 10:
        raise ValueError(f"steps are 0 to 10; received {steps!r}")
    found = matrix_of(items, metric, missing, correlation)
    names = [f"mu {step}" for step in range(steps + 1)]
    if found.absent:
        return tuple(found.estimate(name, 0.0) for name in names)
    k, total = len(found.values), float(found.values.sum())
    beside = found.values[~np.eye(k, dtype=bool)]
    # on a scale where powers of 2^10 neither overflow nor vanish for the largest entry
    largest = float(np.abs(beside).max()) or 1.0
    powers = [float(((beside / largest) ** 2**h).sum()) for h in range(steps + 1)]
    mus = []
    for last in range(steps + 1):
        inner = k / (k - 1) * powers[last]
        for power in reversed(powers[:last]):
            inner = power + np.sqrt(inner)
        mus.append(found.estimate(names[last], inner * largest / total))
    return tuple(mus)


def principal_alpha(items: Any, *, missing: Missing = "pairwise") -> Estimate:
    """Return the alpha of the best weighted sum of standardised items.

    Parameters
    ----------
    items, missing
        As in `guttman_lambdas`.

    Returns
    -------
    Estimate
        Of the first principal component of the correlations; no lower bound for the plain sum.

    Raises
    ------
    ValueError
        As in `guttman_lambdas`.

    Notes
    -----
    Formula: k / (k - 1) (1 - 1 / largest eigenvalue).

    Absent when: as `cronbach_alpha`.

    Agrees with psych 2.5.3 (``guttman``, ``alpha.pc``).

    References
    ----------
    Lord (1958), Psychometrika 23(4).
    """
    found = matrix_of(items, "cor", missing)
    if found.absent:
        return found.estimate("principal component", 0.0, "variance of the component")
    k = len(found.values)
    largest = float(np.linalg.eigvalsh(found.values)[-1])
    value = k / (k - 1) * (1 - 1 / largest)
    return found.estimate("principal component", value, "variance of the component")


def kr_20(items: Any, *, divisor: Literal["n-1", "n"] = "n-1") -> Estimate:
    """Return Kuder and Richardson's formula 20: alpha of items that are right (1) or wrong (0).

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k)
        Zeros and ones; NaN = missing; only complete rows count.
    divisor : {"n-1", "n"}
        Of the item variances p (1 - p): n - 1 as in the variance of the sum, which gives alpha; or
        n beside a variance of the sum with n - 1, as some programs have it.

    Returns
    -------
    Estimate
        Without an interval; n = complete rows.

    Raises
    ------
    ValueError
        For text, values other than 0 and 1, or an unknown fork.

    Notes
    -----
    Formula: k / (k - 1) (1 - sum p (1 - p) / V), with p (1 - p) times n / (n - 1) for ``n-1``.

    Default: the one that equals alpha.

    Absent when: as `cronbach_alpha`.

    Agrees with `cronbach_alpha` for ``n-1``.

    References
    ----------
    Kuder & Richardson (1937), Psychometrika 2(3).
    """
    if divisor not in ("n-1", "n"):
        raise ValueError(f"divisor is 'n-1' or 'n'; received {divisor!r}")
    matrix = as_matrix(items)
    if not (np.isnan(matrix) | (matrix == 0) | (matrix == 1)).all():
        raise ValueError("items are 0 and 1, with NaN for missing")
    found = matrix_of(matrix, "cov", "listwise")
    name = f"kr-20, divisor {divisor}"
    if found.absent:
        return found.estimate(name, 0.0)
    k, share = len(found.values), (found.n - 1) / found.n if divisor == "n" else 1.0
    trace = float(np.trace(found.values)) * share
    return found.estimate(name, k / (k - 1) * (1 - trace / float(found.values.sum())))
