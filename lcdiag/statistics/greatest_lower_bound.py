"""The greatest lower bound: the least reliability that fits the covariances of the items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.lower_bounds import Matrix, Metric, matrix_of
from lcdiag.statistics.moments import Missing

__all__ = ["GreatestLowerBound", "greatest_lower_bound"]


@dataclass(frozen=True, eq=False)
class GreatestLowerBound:
    """The bound, and how it divides each item.

    Attributes
    ----------
    bound : Estimate
        The greatest lower bound.
    common : array, shape (k,)
        The part of each item's variance that is not error at the bound; empty where absent.
    """

    bound: Estimate
    common: Floats


def greatest_lower_bound(
    items: Any, *, metric: Metric = "cov", missing: Missing = "pairwise"
) -> GreatestLowerBound:
    """Return the greatest lower bound of the reliability of a sum.

    As much error variance as possible is taken from the diagonal of the covariance matrix, such
    that no sum of items gets a negative variance. In small samples it is too high.

    Parameters
    ----------
    items, metric, missing
        As in `guttman_lambdas`.

    Returns
    -------
    GreatestLowerBound
        Without an interval. It needs the package clarabel (``pip install lcdiag[bound]``).

    Raises
    ------
    ValueError
        As in `guttman_lambdas`.

    Notes
    -----
    Default: covariances, as `guttman_lambdas`.

    Formula: 1 - max sum(e) / V over e >= 0 with C - diag(e) positive semi-definite; by
    semidefinite programming.

    Absent when: as `cronbach_alpha`; ``not-positive-definite`` (pairwise matrices can be);
    ``needs-clarabel``; ``no-convergence``.

    Agrees with psych 2.5.3 (``glb.algebraic``).

    Differs from psych's ``glb.fa``, which is a factor-analytic value and no bound.

    References
    ----------
    Woodhouse & Jackson (1977), Psychometrika 42(4); ten Berge & Socan (2004), Psychometrika 69(4).
    """
    found = matrix_of(items, metric, missing)
    if not found.absent:
        root = np.sqrt(np.diagonal(found.values))
        r = found.values / root[:, None] / root[None, :]
        if np.linalg.eigvalsh(r)[0] < -1e-10:
            found = Matrix(found.values, found.n, found.said, "not-positive-definite")
    errors: Floats | None = None
    if not found.absent:
        errors = _most_error(r, root**2)
        if errors is None:
            found = Matrix(found.values, found.n, found.said, "no-convergence")
        elif not len(errors):
            found = Matrix(found.values, found.n, found.said, "needs-clarabel")
    if found.absent or errors is None:
        return GreatestLowerBound(found.estimate("glb", 0.0), np.empty(0))
    total = float(found.values.sum())
    bound = found.estimate("glb", 1 - float(errors.sum()) / total)
    return GreatestLowerBound(bound, np.diagonal(found.values) - errors)


def _most_error(r: Floats, variances: Floats) -> Floats | None:
    """Return the largest error variances; empty without clarabel, None without a solution."""
    try:
        import clarabel
    except ImportError:
        return np.empty(0)
    from scipy import sparse

    k = len(r)
    # unknown: the share of error e of each standardised item; its weight is the item's variance
    upper = [(i, j) for j in range(k) for i in range(j + 1)]
    scale = np.array([1.0 if i == j else np.sqrt(2.0) for i, j in upper])
    target = scale * np.array([r[i, j] for i, j in upper])
    places = [at for at, (i, j) in enumerate(upper) if i == j]
    inside = sparse.csc_matrix((np.ones(k), (places, np.arange(k))), shape=(len(upper), k))
    A = sparse.vstack([-sparse.identity(k), inside]).tocsc()
    b = np.concatenate([np.zeros(k), target])
    cones = [clarabel.NonnegativeConeT(k), clarabel.PSDTriangleConeT(k)]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-13
    weights = variances / variances.mean()
    nothing = sparse.csc_matrix((k, k))
    solver = clarabel.DefaultSolver(nothing, -weights, A, b, cones, settings)
    solution = solver.solve()
    if str(solution.status) not in ("Solved", "AlmostSolved"):
        return None
    return np.asarray(np.clip(np.array(solution.x), 0.0, 1.0) * variances)
