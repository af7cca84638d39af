"""Stated factors behind items, each item with one factor: confirmatory factor analysis.

Forks
-----
method : {"ml", "wlsmv"}
    Maximum likelihood; ordinal answers by polychoric correlations and diagonally weighted least
    squares.
missing : {"listwise", "fiml"}
    Complete rows; every answer by full information (ml).
errors : {"model", "robust"}, optional
    Standard errors from the information, or from the sandwich (MLR); robust with clusters, and
    with wlsmv.
cluster : array_like, shape (n,), optional
    Communities: robust errors and scaled tests then count communities, not people.
confidence : float
    Of the intervals of RMSEA; correlations of factors have 95 %, and bands.

Notes
-----
Formula: Sigma = L P L' + diag(own), each row of L with one loading, P the correlations of the
factors (variances 1). Likelihood, tests and errors as `one_factor`; ordinal: least weighted
squares of rho - l_i l_j P_fg over all pairs of items. Interval of a correlation r of factors:
r -/+ z error, with the error of the chosen kind, cut at -1 and 1. Own variances stay at 0.005 of
the item's variance or above (ml), correlations of factors at -1 to 1. Each factor is turned so
that its loadings sum to 0 or more.

Default: ml and listwise, as `one_factor`. No Fisher z for correlations of factors: their errors
do not shrink towards 1 as those of scores do, so its limits would be too wide below and could
never reach 1, which is what a reader looks for.

Agrees with lavaan 0.6-14 (cfa with std.lv, estimators ML, MLR and WLSMV, missing = "fiml",
cluster; standardizedSolution).

Differs from lavaan in Heywood cases, where its own variances go below 0 and its correlations of
factors beyond 1.

References
----------
Joreskog (1969), Psychometrika 34; Yuan & Bentler (2000), Sociological Methodology 30; Muthen
(1984), Psychometrika 49; Anderson & Gerbing (1988), Psychological Bulletin 103; Fornell & Larcker
(1981), Journal of Marketing Research 18.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.contingency import contingency
from lcdiag.statistics.intervals import check_levels
from lcdiag.statistics.one_factor_data import read
from lcdiag.statistics.one_factor_results import Errors
from lcdiag.statistics.ordinal_factor import clusters_of
from lcdiag.statistics.ordinal_structure import described_ordinal_structure, fit_ordinal_structure
from lcdiag.statistics.stated_factors import StatedFactors, stated_factors
from lcdiag.statistics.structure_fit import StructureFit, absent_structure
from lcdiag.statistics.structure_likelihood import described_stated, fit_stated


def stated_structure(
    items: Any,
    factors: Mapping[str, Any],
    *,
    method: Literal["ml", "wlsmv"] = "ml",
    missing: Literal["listwise", "fiml"] = "listwise",
    errors: Errors | None = None,
    cluster: Any = None,
    confidence: float = 0.90,
) -> StructureFit:
    """Return the fit of stated factors: item = intercept + loading x its factor + own part.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, columns)
        Reversed items turned beforehand; NaN = missing. Columns of no factor do not count.
    factors : mapping of str to list
        The items of each factor: places of columns, or names of those of a DataFrame.
    method, missing, errors, cluster, confidence
        See the forks and notes of this module.

    Returns
    -------
    StructureFit
        In units of the items; wlsmv in those of standardised latent responses. Correlations of
        factors are in `between`, each with its interval.

    Raises
    ------
    ValueError
        For an item that is not there or has two factors, text, infinite values, Moments, or
        forks that do not go together.

    Notes
    -----
    Absent when: ``fewer-than-2-items`` (a factor has); ``fewer-than-3-items`` (one factor);
    ``empty-item``; ``fewer-than-2-respondents``; ``constant-item``; ``not-positive-definite``
    (not more people than items); ``fewer-than-2-clusters``; ``no-convergence``;
    ``not-identified`` (fewer than 3 items of a factor load, or 2 where it is related to
    another); wlsmv: as `one_factor` too. A correlation of two factors: ``perfect-correlation``
    (at -1 or 1). Standard errors are NaN for a parameter at its bound.
    """
    _check(method, missing, errors, cluster)
    check_levels(confidence, ())
    rows, stated = stated_factors(items, factors)
    chosen = errors or ("robust" if cluster is not None or method == "wlsmv" else "model")
    kind = "ml, covariance" if method == "ml" else "wlsmv, polychoric"
    name = f"{kind}, {missing}, {len(stated.names)} factors, {chosen} errors"
    name += " by cluster" if cluster is not None else ""
    if stated.smallest < 2:
        return absent_structure("fewer-than-2-items", stated, _people(rows, missing), name)
    if method == "wlsmv":
        return _ordinal(rows, stated, cluster, name, confidence)
    found = read(rows, missing, cluster)
    if isinstance(found, str):
        return absent_structure(found, stated, _people(rows, missing), name)
    fitted = fit_stated(found, stated.factor_of, name, confidence)
    if isinstance(fitted, str):
        return absent_structure(fitted, stated, found.people, name)
    return described_stated(fitted, found, stated, name, chosen)


def _ordinal(
    rows: Floats, stated: StatedFactors, cluster: Any, name: str, confidence: float
) -> StructureFit:
    """Return the fit to ordinal answers."""
    complete = ~np.isnan(rows).any(axis=1)
    grouping = clusters_of(cluster, complete)
    data = contingency(rows)
    found = data if isinstance(data, str) else fit_ordinal_structure(data, stated.factor_of)
    if not isinstance(found, str) and grouping is not None and len(grouping) < 2:
        found = "fewer-than-2-clusters"
    if isinstance(found, str):
        return absent_structure(found, stated, int(complete.sum()), name)
    return described_ordinal_structure(found, grouping, stated, name, confidence)


def _people(rows: Floats, missing: str) -> int:
    """Return how many people count by a rule on missing answers."""
    held = ~np.isnan(rows)
    return int((held.all(axis=1) if missing == "listwise" else held.any(axis=1)).sum())


def _check(method: str, missing: str, errors: str | None, cluster: Any) -> None:
    """Raise ValueError where a fork does not exist or does not go with another."""
    for value, options, name in (
        (method, ("ml", "wlsmv"), "method"),
        (missing, ("listwise", "fiml"), "missing"),
        (errors, ("model", "robust", None), "errors"),
    ):
        if value not in options:
            raise ValueError(f"{name} is one of {options}; received {value!r}")
    if method == "wlsmv" and (missing != "listwise" or errors == "model"):
        raise ValueError("method='wlsmv' has complete rows and robust errors only")
    if errors == "model" and cluster is not None:
        raise ValueError("errors='model' takes people as independent; leave out cluster")
