"""The test of a model against a looser one that it is part of."""

from __future__ import annotations

from dataclasses import fields

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.factor_fit import ModelDifference
from lcdiag.statistics.model_fit import ModelFit


def difference(tight: ModelFit, loose: ModelFit, n: int, method: str) -> ModelDifference:
    """Return the test of a model against one that it is part of.

    Returns
    -------
    ModelDifference

    Notes
    -----
    Formula: scaled difference = (X0 - X1) / c, c = (df0 c0 - df1 c1) / (df0 - df1), with 0 the
    tight model.

    Absent when: ``no-degrees-of-freedom``; scaled: ``no-scaling-factor`` (also where c is not
    above 0).

    References
    ----------
    Satorra & Bentler (2001), Psychometrika 66.
    """
    from scipy.special import chdtrc

    df = tight.df - loose.df
    change = max(tight.chi_square - loose.chi_square, 0.0)

    def known(value: float) -> Estimate:
        return Estimate(value=float(value), n=n, method=method)

    def less(name: str) -> Estimate:
        first, second = getattr(tight.plain, name), getattr(loose.plain, name)
        if first.value is None or second.value is None:
            return Estimate.missing(str(first.absent or second.absent), n=n, method=method)
        return known(first.value - second.value)

    scaled = scaled_p = Estimate.missing("no-scaling-factor", n=n, method=method)
    one = tight.scaling
    other = 0.0 if loose.df == 0 else loose.scaling
    if one is not None and other is not None:
        factor = (tight.df * one - loose.df * other) / df
        if factor > 1e-8:
            scaled, scaled_p = known(change / factor), known(chdtrc(df, change / factor))
    return ModelDifference(
        chi_square=known(change),
        df=known(df),
        p_value=known(float(chdtrc(df, change))),
        scaled_chi_square=scaled,
        scaled_p_value=scaled_p,
        delta_cfi=less("cfi"),
        delta_rmsea=less("rmsea"),
    )


def no_difference(reason: str, n: int, method: str) -> ModelDifference:
    """Return a difference that is absent for one reason."""
    nothing = Estimate.missing(reason, n=n, method=method)
    return ModelDifference(**{field.name: nothing for field in fields(ModelDifference)})
