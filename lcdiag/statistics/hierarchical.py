"""A general factor beside group factors: Schmid-Leiman loadings and the omegas they give.

Notes
-----
Formula: with pattern L and factor correlations F = c c' + d on one factor, general = L c and
group = L sqrt(1 - c^2) (0 where c passes 1).

Default: three factors, the fewest whose general factor is identified.

Agrees with psych 2.5.3 (schmid, and the table of omega).

References
----------
Schmid & Leiman (1957), Psychometrika 22(1); Hofmann (1978), Psychological Reports 43.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.exploratory import (
    Factors,
    Fit,
    check_factors,
    factors_or_reason,
    fit_factors,
)
from lcdiag.statistics.moments import Missing, centred_moments
from lcdiag.statistics.rotation import rotated
from lcdiag.statistics.scale_matrix import why_no_reliability

TwoFactors = Literal["equal", "first", "second"]

OFFERED: dict[str, tuple[str, ...]] = {
    "kind": ("total", "hierarchical", "limit"),
    "two_factors": ("equal", "first", "second"),
    "variance": ("implied", "observed"),
    "common": ("loadings", "own"),
    "metric": ("covariance", "correlation"),
    "missing": ("listwise", "pairwise"),
    "interval": ("bootstrap", "none"),
}


@dataclass(frozen=True, eq=False)
class SchmidLeiman:
    """Loadings of standardised items on a general factor and on what group factors add to it.

    Attributes
    ----------
    general : array, shape (k,)
        Sum 0 or more; NaN where absent.
    group : array, shape (k, m)
        Uncorrelated with the general factor and with each other.
    communality, own : array, shape (k,)
        Of the factors before the transformation, which it keeps, save in an ultra-Heywood case.
    general_share : array, shape (k,)
        general^2 / communality.
    complexity : array, shape (k,)
        (sum of squares)^2 / sum of fourth powers of an item's loadings: on how many factors it
        lies.
    pattern, correlations : array, shape (k, m), (m, m)
        Of the correlated factors.
    on_general : array, shape (m,)
        Loadings of the correlated factors on the general one.
    explained : Estimate
        Share of the common variance (sum of squared loadings) that is general; its `absent` is
        that of all.
    n : int
    method : str
        Fit, rotation, metric, missing rule, rule for two factors; ``heywood``,
        ``ultra-heywood`` (a factor lies beyond the general one) and ``not unique`` where so.
    """

    general: Floats
    group: Floats
    communality: Floats
    own: Floats
    general_share: Floats
    complexity: Floats
    pattern: Floats
    correlations: Floats
    on_general: Floats
    explained: Estimate
    n: int
    method: str

    @property
    def absent(self) -> str | None:
        """Return why there are no loadings, or None."""
        return self.explained.absent


def schmid_leiman(
    items: Any,
    n_factors: int = 3,
    *,
    method: Fit = "uls",
    rotation: Literal["oblimin"] = "oblimin",
    two_factors: TwoFactors = "equal",
    missing: Missing = "pairwise",
) -> SchmidLeiman:
    """Return loadings on a general factor, and on group factors freed of it.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or Moments
        NaN = missing.
    n_factors : int
        Group factors (m); with 1 it is the general factor itself.
    method : {"uls", "minres", "ml"}
        Fit of the group factors and of the general one behind them.
    rotation : {"oblimin"}
        Of the group factors, which must correlate.
    two_factors : {"equal", "first", "second"}
        Two correlate in one number p, which does not tell two loadings: both sqrt(p), or 1 for
        the one named and p for the other.
    missing : {"pairwise", "listwise"}
        Correlations over the rows each pair shares, or over complete rows.

    Returns
    -------
    SchmidLeiman

    Raises
    ------
    ValueError
        For text, infinite values or a fork that is not offered.

    Notes
    -----
    Absent when: as `exploratory.exploratory_factors`; ``no-general-factor`` (factors that do not
    correlate, or two that do negatively).

    More in the notes of this module.
    """
    check_forks(n_factors, method, rotation, {"two_factors": two_factors, "missing": missing})
    moments = centred_moments(items)
    n = int(moments.complete if missing == "listwise" else moments.answered)
    name = f"{method}, {rotation}, correlation, {missing}"
    name += f", {two_factors}" if n_factors == 2 else ""
    r = moments.correlation(missing)
    reason = why_no_reliability(moments, r, missing)
    found: Layers | str = reason
    if reason in ("", "no-total-variance"):
        found = layers(r, n_factors, method, two_factors)
    if isinstance(found, str):
        return _nothing(found, moments.items, n_factors, n, name)
    return _described(found, n, name)


def _described(found: Layers, n: int, name: str) -> SchmidLeiman:
    """Return the layers with what is made of them."""
    k = len(found.own)
    all_loadings = np.column_stack([found.general, found.group]) ** 2
    squares, fourths = all_loadings.sum(axis=1), (all_loadings**2).sum(axis=1)
    share, complexity = np.full(k, np.nan), np.full(k, np.nan)
    np.divide(found.general**2, 1 - found.own, out=share, where=found.own < 1)
    np.divide(squares**2, fourths, out=complexity, where=fourths > 0)
    name += found.faults
    explained = float((found.general**2).sum() / squares.sum())
    return SchmidLeiman(
        found.general,
        found.group,
        1 - found.own,
        found.own,
        share,
        complexity,
        found.pattern,
        found.correlations,
        found.on_general,
        Estimate(value=explained, n=n, method=name),
        n,
        name,
    )


@dataclass(frozen=True, eq=False)
class Layers:
    """Both layers of factors."""

    general: Floats
    group: Floats
    own: Floats
    pattern: Floats
    correlations: Floats
    on_general: Floats
    faults: str


def layers(r: Floats, m: int, method: Fit, two_factors: TwoFactors) -> Layers | str:
    """Return both layers of factors of a correlation matrix, or why there are none."""
    found = factors_or_reason(r, m, method)
    if isinstance(found, str):
        return found
    pattern, correlations = rotated(found.loadings, "oblimin")
    c = _on_general(correlations, method, two_factors)
    if isinstance(c, str):
        return c
    general = pattern @ c
    if general.sum() < 0:
        general, c = -general, -c
    group = pattern * np.sqrt(np.maximum(1 - c**2, 0.0))
    return Layers(general, group, found.own, pattern, correlations, c, _faults(found, c, len(r), m))


def _on_general(correlations: Floats, method: Fit, two_factors: TwoFactors) -> Floats | str:
    """Return the loadings of the factors on one factor behind them."""
    m = len(correlations)
    if m == 1:
        return np.ones(1)
    if m > 2:
        if method == "ml" and np.linalg.eigvalsh(correlations)[0] < 1e-10:
            return "not-positive-definite"
        # exact where it fits at all, so nothing is to be gained from an early end
        found = fit_factors(correlations, 1, "ml" if method == "ml" else "uls")
        if not found.converged:
            return "no-convergence"
        c = found.loadings[:, 0]
        return c if np.abs(c).max() > 1e-6 else "no-general-factor"
    p = float(correlations[0, 1])
    if p <= 0:
        return "no-general-factor"
    if two_factors == "equal":
        return np.full(2, np.sqrt(p))
    return np.array([1.0, p] if two_factors == "first" else [p, 1.0])


def _faults(found: Factors, c: Floats, k: int, m: int) -> str:
    """Return what a reader must know about a fit, as words for `method`."""
    ultra = (m > 2 and bool((c**2 > 1).any())) or bool((found.own < 0).any())
    bound = found.heywood or (m > 2 and bool((c**2 >= 0.995 - 1e-9).any()))
    words = ", ultra-heywood" if ultra else ", heywood" if bound else ""
    return words + (", not unique" if (k - m) ** 2 < k + m else "")


def _nothing(reason: str, k: int, m: int, n: int, name: str) -> SchmidLeiman:
    """Return loadings that are absent."""
    items, table = np.full(k, np.nan), np.full((k, m), np.nan)
    return SchmidLeiman(
        items,
        table,
        items,
        items,
        items,
        items,
        table,
        np.full((m, m), np.nan),
        np.full(m, np.nan),
        Estimate.missing(reason, n=n, method=name),
        n,
        name,
    )


def check_forks(n_factors: int, method: str, rotation: str, forks: dict[str, Any]) -> None:
    """Raise ValueError for any fork that is not offered."""
    check_factors(n_factors, method, rotation)
    if rotation != "oblimin":
        raise ValueError(
            "group factors behind a general one must correlate, so rotation is 'oblimin'; "
            f"received {rotation!r}"
        )
    for name, value in forks.items():
        if value not in OFFERED[name]:
            raise ValueError(f"{name} is one of {OFFERED[name]}; received {value!r}")
