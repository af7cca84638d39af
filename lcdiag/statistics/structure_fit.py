"""What a fit of stated factors gives: loadings, relations of the factors, measures of fit."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.factor_fit import FactorFit, absent_fit
from lcdiag.statistics.intervals import BANDS, with_intervals
from lcdiag.statistics.model_fit import ModelFit, Saturated
from lcdiag.statistics.ordinal_model import OrdinalModel
from lcdiag.statistics.results import frame
from lcdiag.statistics.stated_factors import StatedFactors
from lcdiag.statistics.structure import Index

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame


@dataclass(frozen=True, eq=False)
class LikelihoodBasis:
    """The fitted model of a likelihood, and what it was compared with."""

    model: ModelFit
    against: Saturated


@dataclass(frozen=True, eq=False)
class OrdinalBasis:
    """The fitted model of ordinal answers, and n times the covariance of their correlations."""

    model: OrdinalModel
    of_rho: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class StructureFit(FactorFit):
    """Stated factors, one behind each of k items, that may be related.

    Items stand factor by factor, in the order in which they were stated.

    Attributes
    ----------
    factors : tuple of str, (m,)
        Names of the factors.
    items : tuple, (k,)
        Places or names of the items, as stated.
    factor_of : array of int, shape (k,)
        The place of the factor of each item.
    loadings_std_error : array, shape (k,)
        Standard errors of the standardised loadings, by the delta method.
    correlations, correlations_error : array, shape (m, m)
        Of the factors; the errors are NaN on the diagonal and where there are none.
    between : dict of (str, str) to Estimate
        The correlation of each pair of factors, the first stated first, with limits by its
        standard error, cut at -1 and 1: a limit of 1 says that the two may be one.
        Absent: ``perfect-correlation`` (at -1 or 1, where the fit was held).
    definite : bool
        Whether the correlations are those of any factors: their matrix has no eigenvalue below 0.
    heywood : bool
        Whether an own variance lies at its floor (wlsmv: at 0 or below), or a correlation of
        factors at -1 or 1.
    """

    factors: tuple[str, ...]
    items: tuple[Hashable, ...]
    factor_of: Index
    loadings_std_error: Floats
    correlations: Floats
    correlations_error: Floats
    between: Mapping[tuple[str, str], Estimate]
    definite: bool
    fit: LikelihoodBasis | OrdinalBasis | None = field(default=None, repr=False)

    def correlation(self, one: str, other: str) -> Estimate:
        """Return the correlation of two factors by their names, in any order.

        Raises
        ------
        KeyError
            Where these are not two of the factors.

        Notes
        -----
        Absent when: ``perfect-correlation``, or the whole fit is absent.
        """
        found = self.between.get((one, other)) or self.between.get((other, one))
        if found is None:
            raise KeyError(f"there is no pair of factors {one!r} and {other!r}")
        return found

    def extracted_by(self, factor: str) -> Estimate:
        """Return the average variance extracted of a factor: mean of its l_std^2 over its items.

        Raises
        ------
        KeyError
            Where it is not one of the factors.

        Notes
        -----
        Absent when: the whole fit is absent.
        """
        if factor not in self.factors:
            raise KeyError(f"there is no factor {factor!r}")
        if self.absent is not None:
            return Estimate.missing(self.absent, n=self.n, method=self.method)
        mine = self.factor_of == self.factors.index(factor)
        value = float((self.loadings_std[mine] ** 2).mean())
        return Estimate(value=value, n=self.n, method=self.method)

    def to_frame(self) -> Frame:
        """Return one row an item: factor, loading, own variance, intercept, with their errors."""
        names = np.array(self.factors, dtype=object)
        return frame(
            {
                "factor": names[self.factor_of],
                "item": list(self.items),
                "loading": self.loadings,
                "loading_error": self.loadings_error,
                "loading_std": self.loadings_std,
                "loading_std_error": self.loadings_std_error,
                "own": self.own,
                "own_error": self.own_error,
                "own_std": self.own_std,
                "intercept": self.intercepts,
                "intercept_error": self.intercepts_error,
            }
        )


def structure_fit(
    base: FactorFit,
    stated: StatedFactors,
    correlations: Floats,
    correlations_error: Floats,
    fit: LikelihoodBasis | OrdinalBasis,
    loadings_std_error: Floats,
) -> StructureFit:
    """Return a fit of stated factors from what it shares with that of one factor.

    Parameters
    ----------
    base : FactorFit
        Loadings, own variances, intercepts and measures, items as in `stated`.
    stated : StatedFactors
    correlations, correlations_error : array, shape (m, m)
    fit : LikelihoodBasis or OrdinalBasis
    loadings_std_error : array, shape (k,)
    """
    definite = bool(np.linalg.eigvalsh(correlations)[0] > -1e-8)
    m = len(stated.names)
    touching = bool((np.abs(correlations[np.triu_indices(m, 1)]) >= 1).any())
    method = base.method
    if touching:
        method += ", factors at a correlation of 1"
    elif not definite:
        method += ", factors not positive definite"
    between = {}
    for one, other in combinations(range(m), 2):
        between[stated.names[one], stated.names[other]] = _relation(
            float(correlations[one, other]), float(correlations_error[one, other]), base.n, method
        )
    given: dict[str, Any] = {one.name: getattr(base, one.name) for one in fields(FactorFit)}
    given |= {"method": method, "heywood": base.heywood or touching}
    return StructureFit(
        **given,
        factors=stated.names,
        items=stated.items,
        factor_of=stated.factor_of,
        loadings_std_error=loadings_std_error,
        correlations=correlations,
        correlations_error=correlations_error,
        between=between,
        definite=definite,
        fit=fit,
    )


def _relation(r: float, error: float, n: int, method: str) -> Estimate:
    """Return the correlation of two factors with limits of the delta method, cut at -1 and 1."""
    from scipy.special import ndtri

    if abs(r) >= 1:
        return Estimate.missing("perfect-correlation", n=n, method=method)

    def limits(level: float) -> tuple[float, float]:
        half = float(ndtri(0.5 + level / 2)) * error
        return r - half, r + half

    known = limits if error > 0 else None
    name = f"{method}, delta"
    return with_intervals(r, known, (-1.0, 1.0), 0.95, BANDS, n=n, method=name)


def absent_structure(reason: str, stated: StatedFactors, n: int, method: str) -> StructureFit:
    """Return a fit of stated factors that is absent for one reason."""
    k, m = len(stated.items), len(stated.names)
    base = absent_fit(reason, k, n, method)
    missing = Estimate.missing(reason, n=n, method=method)
    given: dict[str, Any] = {one.name: getattr(base, one.name) for one in fields(FactorFit)}
    return StructureFit(
        **given,
        factors=stated.names,
        items=stated.items,
        factor_of=stated.factor_of,
        loadings_std_error=np.full(k, np.nan),
        correlations=np.full((m, m), np.nan),
        correlations_error=np.full((m, m), np.nan),
        between=dict.fromkeys(combinations(stated.names, 2), missing),
        definite=False,
    )
