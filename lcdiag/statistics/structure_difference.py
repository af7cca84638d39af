"""Fits of stated factors to the same answers, one with fewer factors than the other.

Forks
-----
tight : StructureFit, optional
    A fit whose factors are those of `loose`, some of them taken together; one factor behind all
    items where it is left out.

Notes
-----
Formula: ml: the difference of the chi-squares; scaled: over c = (df0 c0 - df1 c1) / (df0 - df1),
with 0 the tight model. wlsmv: the difference X0 - X1 is scaled and shifted to the mean and the
variance of the degrees of freedom d: a (X0 - X1) + d - a tr(M), a = sqrt(d / tr(M M)), M the
residual weights of the constraints that make the tight model from the loose one, times n the
sampling covariance of the correlations, at the parameters of the loose model. CFI and RMSEA are
those of the plain chi-squares.

Factors taken together correlate 1, the end of what a correlation can be: p-values are then too
large rather than too small.

Agrees with lavaan 0.6-14 (lavTestLRT, method = "satorra.bentler.2001" for MLR and "satorra.2000"
with scaled.shifted for WLSMV).

References
----------
Satorra & Bentler (2001), Psychometrika 66; Satorra (2000), in Innovations in Multivariate
Statistical Analysis; Stoel, Garre, Dolan & van den Wittenboer (2006), Psychological Methods 11.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.factor_fit import FitMeasures, ModelDifference
from lcdiag.statistics.model_difference import difference, no_difference
from lcdiag.statistics.model_fit import ModelFit
from lcdiag.statistics.ordinal_measures import ordinal_tests, shifted
from lcdiag.statistics.ordinal_structure import OrdinalStructure, fitted_structure
from lcdiag.statistics.structure import Index
from lcdiag.statistics.structure_fit import LikelihoodBasis, OrdinalBasis, StructureFit
from lcdiag.statistics.structure_likelihood import fit_stated


def structure_difference(loose: StructureFit, tight: StructureFit | None = None) -> ModelDifference:
    """Return the test of fewer factors against the stated ones, behind the same items.

    Parameters
    ----------
    loose : StructureFit
        Of `stated_structure`.
    tight
        See the forks and notes of this module.

    Returns
    -------
    ModelDifference

    Raises
    ------
    ValueError
        For fits of other items, people or methods, or factors that do not come from taking some
        of those of `loose` together.

    Notes
    -----
    Absent when: ``no-degrees-of-freedom`` (as many factors); one of the fits is absent. Scaled
    versions: ``no-scaling-factor`` (also where a correlation of the loose factors is at 1).
    """
    order = np.arange(len(loose.items)) if tight is None else _nested(loose, tight)
    name = f"{loose.method}, against {1 if tight is None else len(tight.factors)} factors"
    for fit in (loose, loose if tight is None else tight):
        if fit.absent is not None:
            return no_difference(fit.absent, loose.n, name)
    if len(loose.factors) == (1 if tight is None else len(tight.factors)):
        return no_difference("no-degrees-of-freedom", loose.n, name)
    basis, other = loose.fit, None if tight is None else tight.fit
    if isinstance(basis, LikelihoodBasis):
        model = other.model if isinstance(other, LikelihoodBasis) else _one_factor(basis, loose)
        if isinstance(model, str):
            return no_difference(model, loose.n, name)
        return difference(model, basis.model, loose.n, name)
    assert isinstance(basis, OrdinalBasis)
    assert isinstance(basis.model, OrdinalStructure)
    one = np.zeros(len(order), dtype=np.intp)
    found = fitted_structure(basis.model, one if tight is None else tight.factor_of[order])
    if isinstance(found, str):
        return no_difference(found, loose.n, name)
    below, _ = ordinal_tests(found, basis.of_rho, name, 0.90)
    return _ordinal_difference(found, basis.model, below, loose.plain, basis.of_rho, name)


def _nested(loose: StructureFit, tight: StructureFit) -> Index:
    """Return where the items of the loose fit stand in the tight one."""
    kinds = [fit.method.split(", heywood")[0].split(",") for fit in (loose, tight)]
    kinds = [[word for word in kind if "factor" not in word] for kind in kinds]
    if set(loose.items) != set(tight.items) or loose.n != tight.n or kinds[0] != kinds[1]:
        raise ValueError("fits to compare have the same items, people and method")
    order = np.array([tight.items.index(item) for item in loose.items], dtype=np.intp)
    joined = set(zip(loose.factor_of.tolist(), tight.factor_of[order].tolist(), strict=True))
    if len(joined) != len(loose.factors):
        raise ValueError("the factors of the tight fit are those of the loose one, some together")
    return order


def _one_factor(basis: LikelihoodBasis, loose: StructureFit) -> ModelFit | str:
    """Return the fit of one factor behind all items of a fit."""
    return fit_stated(basis.against, np.zeros_like(loose.factor_of), "one factor")


def _ordinal_difference(
    tight: OrdinalStructure,
    loose: OrdinalStructure,
    below: FitMeasures,
    above: FitMeasures,
    of_rho: Floats,
    name: str,
) -> ModelDifference:
    """Return the test of ordinal factors, scaled and shifted."""
    from scipy.special import chdtrc

    n, df = tight.data.rows, loose.parameters - tight.parameters

    def known(value: float) -> Estimate:
        return Estimate(value=float(value), n=n, method=name)

    def less(measure: str) -> Estimate:
        first, second = getattr(below, measure), getattr(above, measure)
        if first.value is None or second.value is None:
            return Estimate.missing(str(first.absent or second.absent), n=n, method=name)
        return known(first.value - second.value)

    change = max((below.chi_square.value or 0.0) - (above.chi_square.value or 0.0), 0.0)
    scaled = scaled_p = Estimate.missing("no-scaling-factor", n=n, method=name)
    product = _lost_by_constraints(tight, loose) @ of_rho
    if loose.inside.all() and tight.inside.all() and (product * product.T).sum() > 0:
        value, _ = shifted(change, df, product)
        scaled, scaled_p = known(value), known(chdtrc(df, max(value, 0.0)))
        scaled = replace(scaled, method=f"{name}, scaled and shifted")
    return ModelDifference(
        chi_square=known(change),
        df=known(df),
        p_value=known(float(chdtrc(df, change))),
        scaled_chi_square=scaled,
        scaled_p_value=scaled_p,
        delta_cfi=less("cfi"),
        delta_rmsea=less("rmsea"),
    )


def _lost_by_constraints(tight: OrdinalStructure, loose: OrdinalStructure) -> Floats:
    """Return the weights of the correlations in what the constraints of the tight model cost.

    The constraints are the directions of the loose parameters that no change of the tight ones
    takes; (m, m).
    """
    slopes, w = loose.slopes, loose.weights
    reached = np.linalg.lstsq(slopes, tight.slopes, rcond=None)[0]
    closed = np.linalg.svd(reached)[0][:, reached.shape[1] :]
    inverse = np.linalg.inv((slopes.T * w) @ slopes)
    moved = inverse @ closed
    inner = np.linalg.pinv(closed.T @ moved)
    weighted = (slopes.T * w).T @ moved
    return np.asarray(weighted @ inner @ weighted.T)
