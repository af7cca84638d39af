"""Fits of stated factors to the same answers, one with fewer factors than the other.

Forks
-----
tight : StructureFit, optional
    A fit whose factors are those of `loose`, some of them taken together; one factor behind all
    items where it is left out.

Notes
-----
Formula: the difference of the chi-squares, X0 - X1 with 0 the tight model. Scaled: the tight
model comes from the loose one by d constraints, C its directions of the loose parameters that no
change of the tight ones takes. M = (C'V C)^-1 C'W C, with V the covariance of the loose
parameters from their information and W that from the sandwich (people, or communities). ml:
(X0 - X1) d / tr(M). wlsmv: scaled and shifted to the mean and variance of d degrees of freedom,
a (X0 - X1) + d - a tr(M), a = sqrt(d / tr(M M)). CFI and RMSEA are those of the plain chi-squares.

Default: everything that scales is taken from the loose model. The difference of two scaling
factors (Satorra & Bentler 2001) also rests on the tight one, which as a rule fits badly here:
it comes out far too small, or below 0.

Factors taken together correlate 1, the end of what a correlation can be: p-values are then too
large rather than too small.

Agrees with lavaan 0.6-14 (lavTestLRT, method = "satorra.2000"; scaled.shifted = FALSE for ML).

References
----------
Satorra (2000), in Innovations in Multivariate Statistical Analysis; Satorra & Bentler (2001),
Psychometrika 66; Stoel, Garre, Dolan & van den Wittenboer (2006), Psychological Methods 11.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.factor_fit import ModelDifference
from lcdiag.statistics.likelihood import observed_information
from lcdiag.statistics.model_difference import difference, no_difference
from lcdiag.statistics.model_fit import ModelFit
from lcdiag.statistics.ordinal_measures import ordinal_tests, shifted
from lcdiag.statistics.ordinal_structure import OrdinalStructure, fitted_structure
from lcdiag.statistics.robust_fit import inverse_of, sandwich
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
    versions: ``no-scaling-factor`` (also where a parameter of the loose model is at its bound).
    """
    order = np.arange(len(loose.items)) if tight is None else _nested(loose, tight)
    name = f"{loose.method}, against {1 if tight is None else len(tight.factors)} factors"
    for fit in (loose, loose if tight is None else tight):
        if fit.absent is not None:
            return no_difference(fit.absent, loose.n, name)
    if len(loose.factors) == (1 if tight is None else len(tight.factors)):
        return no_difference("no-degrees-of-freedom", loose.n, name)
    basis, other = loose.fit, None if tight is None else tight.fit
    factor_of = np.zeros_like(order) if tight is None else tight.factor_of[order]
    if isinstance(basis, LikelihoodBasis):
        below = other.model if isinstance(other, LikelihoodBasis) and not _moved(order) else None
        found = below or fit_stated(basis.against, factor_of, name)
        if isinstance(found, str):
            return no_difference(found, loose.n, name)
        return _of_likelihoods(found, basis, loose.n, name)
    assert isinstance(basis, OrdinalBasis)
    assert isinstance(basis.model, OrdinalStructure)
    model = fitted_structure(basis.model, factor_of)
    if isinstance(model, str):
        return no_difference(model, loose.n, name)
    return _of_correlations(model, basis.model, basis.of_rho, name)


def _nested(loose: StructureFit, tight: StructureFit) -> Index:
    """Return where the items of the loose fit stand in the tight one."""
    kinds = [fit.method.split(", heywood")[0].split(",") for fit in (loose, tight)]
    kinds = [[word for word in kind if "factor" not in word] for kind in kinds]
    same = set(loose.items) == set(tight.items) and loose.n == tight.n and kinds[0] == kinds[1]
    first, second = (fit.plain.baseline_chi_square.value for fit in (loose, tight))
    if first is not None and second is not None:  # other answers have another baseline
        same = same and bool(np.isclose(first, second, rtol=1e-6, atol=1e-6))
    if not same:
        raise ValueError(
            "fits to compare have the same items, people and method; received "
            f"{tight.method!r} of {tight.items!r} beside {loose.method!r} of {loose.items!r}"
        )
    order = np.array([tight.items.index(item) for item in loose.items], dtype=np.intp)
    joined = set(zip(loose.factor_of.tolist(), tight.factor_of[order].tolist(), strict=True))
    if len(joined) != len(loose.factors):
        raise ValueError(
            "the factors of the tight fit are those of the loose one, some of them together; "
            f"received {tight.factors!r} beside {loose.factors!r}"
        )
    return order


def _moved(order: Index) -> bool:
    """Return whether items stand in another order."""
    return bool((order != np.arange(len(order))).any())


def _of_likelihoods(tight: ModelFit, loose: LikelihoodBasis, n: int, name: str) -> ModelDifference:
    """Return the test of maximum likelihood, scaled by the loose model."""
    from scipy.special import chdtrc

    found = difference(tight, loose.model, n, name)
    nothing = Estimate.missing("no-scaling-factor", n=n, method=name)
    found = replace(found, scaled_chi_square=nothing, scaled_p_value=nothing)
    model, against = loose.model, loose.against
    at, free, df = model.maximum.parameters, model.free, tight.df - model.df
    if any(part.rows is None for part in against.data):
        return found
    known = inverse_of(observed_information(model.groups, at)[np.ix_(free, free)])
    robust = sandwich(model.groups, at, free, against.clusters)
    closed = _closed(_slopes(model)[:, free], _slopes(tight)[:, tight.free])
    if known is None or robust is None or closed.shape[1] != df:
        return found
    inner = np.linalg.pinv(closed.T @ known @ closed, hermitian=True)
    factor = float(np.trace(inner @ closed.T @ robust[np.ix_(free, free)] @ closed)) / df
    change = found.chi_square.value
    if change is None or not factor > 1e-8:
        return found
    return replace(
        found,
        scaled_chi_square=replace(nothing, absent=None, value=change / factor),
        scaled_p_value=replace(nothing, absent=None, value=float(chdtrc(df, change / factor))),
    )


def _slopes(model: ModelFit) -> Floats:
    """Return the slopes of means and covariances by the parameters, (moments, q)."""
    by_mean, by_covariance = model.groups[0][0].slopes(model.maximum.parameters)
    rows, columns = np.tril_indices(by_mean.shape[1])
    return np.hstack([by_mean, by_covariance[:, rows, columns]]).T


def _closed(loose: Floats, tight: Floats) -> Floats:
    """Return the directions of the loose parameters that no change of the tight ones takes.

    Parameters
    ----------
    loose, tight : array, shape (moments, q)
        Slopes of the same moments by the parameters of each model.
    """
    reached = np.linalg.lstsq(loose, tight, rcond=None)[0]
    return np.asarray(np.linalg.svd(reached)[0][:, reached.shape[1] :])


def _of_correlations(
    tight: OrdinalStructure, loose: OrdinalStructure, of_rho: Floats, name: str
) -> ModelDifference:
    """Return the test of ordinal factors, scaled and shifted by the loose model."""
    from scipy.special import chdtrc

    n, df = tight.data.rows, loose.parameters - tight.parameters
    (below, _), (above, _) = (ordinal_tests(one, of_rho, name, 0.90) for one in (tight, loose))

    def known(value: float, said: str = name) -> Estimate:
        return Estimate(value=float(value), n=n, method=said)

    def less(measure: str) -> Estimate:
        first, second = getattr(below, measure), getattr(above, measure)
        if first.value is None or second.value is None:
            return Estimate.missing(str(first.absent or second.absent), n=n, method=name)
        return known(first.value - second.value)

    change = max((below.chi_square.value or 0.0) - (above.chi_square.value or 0.0), 0.0)
    scaled = scaled_p = Estimate.missing("no-scaling-factor", n=n, method=name)
    closed = _closed(loose.slopes, tight.slopes)
    from_rho = closed.T @ loose.from_rho
    inner = closed.T @ np.linalg.inv((loose.slopes.T * loose.weights) @ loose.slopes) @ closed
    product = np.linalg.pinv(inner, hermitian=True) @ (from_rho @ of_rho @ from_rho.T)
    if closed.shape[1] == df and (product * product.T).sum() > 0:
        value, _ = shifted(change, df, product)
        said = f"{name}, scaled and shifted"
        scaled, scaled_p = known(value, said), known(chdtrc(df, max(value, 0.0)), said)
    return ModelDifference(
        chi_square=known(change),
        df=known(df),
        p_value=known(float(chdtrc(df, change))),
        scaled_chi_square=scaled,
        scaled_p_value=scaled_p,
        delta_cfi=less("cfi"),
        delta_rmsea=less("rmsea"),
    )
