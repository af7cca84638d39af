"""What a one-factor fit gives: parameters, standard errors, and measures of fit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.results import frame

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame


@dataclass(frozen=True, eq=False)
class FitMeasures:
    """A chi-square test of a model and the measures that follow from it, in one version.

    Every field is an Estimate, absent with a reason where it is not defined.

    Attributes
    ----------
    chi_square, df, p_value : Estimate
        The test of the model against the saturated one.
    scaling : Estimate
        What the plain chi-square was divided by; 1 for the plain version.
    baseline_chi_square, baseline_df : Estimate
        The model in which no items are related.
    cfi, tli, nfi, rni : Estimate
        Comparative fit, Tucker-Lewis, normed fit and relative noncentrality index.
    rmsea : Estimate
        Root mean square error of approximation with its interval (90 % as a rule).
    rmsea_close : Estimate
        Probability of a chi-square this large where the true RMSEA is 0.05.
    """

    chi_square: Estimate
    df: Estimate
    p_value: Estimate
    scaling: Estimate
    baseline_chi_square: Estimate
    baseline_df: Estimate
    cfi: Estimate
    tli: Estimate
    nfi: Estimate
    rni: Estimate
    rmsea: Estimate
    rmsea_close: Estimate

    def named(self) -> dict[str, Estimate]:
        """Return the measures by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, eq=False)
class FactorFit:
    """One common factor behind k items.

    Attributes
    ----------
    loadings, own, intercepts : array, shape (k,)
        Unstandardised: loadings for a factor of variance 1, own (error) variances, intercepts;
        NaN where absent. In units of the items (correlation metric: of their deviations;
        ordinal: of the latent responses, whose intercepts are 0).
    loadings_error, own_error, intercepts_error : array, shape (k,)
        Standard errors, NaN where there are none.
    loadings_std, own_std : array, shape (k,)
        The same for items of (model-implied) variance 1.
    covariance : array, shape (2k, 2k) or (k, k)
        Sampling covariance of (loadings, own), or of the loadings alone where own variances are
        no parameters; NaN where there is none.
    plain : FitMeasures
        From the chi-square as it is.
    scaled, robust : FitMeasures or None
        From the chi-square corrected for distributions that are not normal, for clusters or for
        ordinal answers; and the population versions of CFI, TLI and RMSEA estimated by it. None
        where the method has none.
    srmr, rmr, gfi : Estimate
        Standardised and raw root mean square residual, goodness of fit index.
    log_likelihood, aic, bic : Estimate
        Absent where the method is no likelihood.
    parameters : int
        How many were estimated.
    n : int
        People the fit rests on.
    method : str
        Estimator, metric, missing rule, standard errors; what went wrong.
    heywood : bool
        Whether an own variance lies at its floor.
    converged : bool
        Whether the fit settled.
    absent : str or None
        Why there is no fit; all arrays are then NaN and all Estimates absent for this reason.
    thresholds, thresholds_error : tuple of array
        Ordinal items only: one array an item.
    tau_test : ModelDifference or None
        Equal loadings only: the test of (essential) tau-equivalence against free loadings.
    """

    loadings: Floats
    own: Floats
    intercepts: Floats
    loadings_error: Floats
    own_error: Floats
    intercepts_error: Floats
    loadings_std: Floats
    own_std: Floats
    covariance: Floats
    plain: FitMeasures
    scaled: FitMeasures | None
    robust: FitMeasures | None
    srmr: Estimate
    rmr: Estimate
    gfi: Estimate
    log_likelihood: Estimate
    aic: Estimate
    bic: Estimate
    parameters: int
    n: int
    method: str
    heywood: bool = False
    converged: bool = True
    absent: str | None = None
    thresholds: tuple[Floats, ...] = ()
    thresholds_error: tuple[Floats, ...] = ()
    tau_test: ModelDifference | None = None

    @property
    def extracted(self) -> Estimate:
        """Return the average variance extracted: the sum of l^2 over that of l^2 + own."""
        if self.absent is not None:
            return Estimate.missing(self.absent, n=self.n, method=self.method)
        common = float((self.loadings**2).sum())
        value = common / (common + float(self.own.sum()))
        return Estimate(value=value, n=self.n, method=self.method)

    def measures(self) -> dict[str, Estimate]:
        """Return every measure of fit by name: ``cfi``, ``cfi_scaled``, ``cfi_robust`` ..."""
        found = self.plain.named()
        for suffix, version in (("_scaled", self.scaled), ("_robust", self.robust)):
            if version is not None:
                found.update({name + suffix: value for name, value in version.named().items()})
        for name in ("srmr", "rmr", "gfi", "log_likelihood", "aic", "bic"):
            found[name] = getattr(self, name)
        return found

    def to_frame(self) -> Frame:
        """Return one row an item: loading, own variance, intercept, each with its error."""
        return frame(
            {
                "item": range(len(self.loadings)),
                "loading": self.loadings,
                "loading_error": self.loadings_error,
                "loading_std": self.loadings_std,
                "own": self.own,
                "own_error": self.own_error,
                "own_std": self.own_std,
                "intercept": self.intercepts,
                "intercept_error": self.intercepts_error,
            }
        )


@dataclass(frozen=True, eq=False)
class ModelDifference:
    """A model against a looser one that it is part of, such as equal against free loadings.

    Attributes
    ----------
    chi_square, df, p_value : Estimate
        The difference of the two plain chi-squares.
    scaled_chi_square, scaled_p_value : Estimate
        The same from the scaled chi-squares; absent where there are none.
    delta_cfi, delta_rmsea : Estimate
        Tight minus loose.
    """

    chi_square: Estimate
    df: Estimate
    p_value: Estimate
    scaled_chi_square: Estimate
    scaled_p_value: Estimate
    delta_cfi: Estimate
    delta_rmsea: Estimate


def no_measures(reason: str, n: int, method: str) -> FitMeasures:
    """Return measures that are all absent for one reason."""
    nothing = Estimate.missing(reason, n=n, method=method)
    return FitMeasures(**{field.name: nothing for field in fields(FitMeasures)})


def absent_fit(reason: str, k: int, n: int, method: str) -> FactorFit:
    """Return a fit of k items that is absent for one reason."""
    nothing = np.full(k, np.nan)
    missing = Estimate.missing(reason, n=n, method=method)
    measures = no_measures(reason, n, method)
    return FactorFit(
        loadings=nothing,
        own=nothing,
        intercepts=nothing,
        loadings_error=nothing,
        own_error=nothing,
        intercepts_error=nothing,
        loadings_std=nothing,
        own_std=nothing,
        covariance=np.full((2 * k, 2 * k), np.nan),
        plain=measures,
        scaled=None,
        robust=None,
        srmr=missing,
        rmr=missing,
        gfi=missing,
        log_likelihood=missing,
        aic=missing,
        bic=missing,
        parameters=0,
        n=n,
        method=method,
        converged=False,
        absent=reason,
    )
