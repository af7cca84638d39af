"""Ordinal items beside lavaan, semTools, psych and polycor."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, items

from lcdiag.statistics.factor import one_factor
from lcdiag.statistics.polychoric import polychoric
from lcdiag.statistics.reliability import mcdonald_omega, ordinal_alpha
from oracle_cases.case import Case, close

MODELLED = ("bfi_agree_listwise", "synth_team")


def psych_matrix(name: str, value: Any, tol: float) -> None:
    for forks in ({"correction": 0}, {"correction": 0.5}):
        found = polychoric(items(name), **forks)
        assert_matches(found.matrix, value["rho"]["values"], tol)
        if "tau" in value:
            assert_matches(np.array(found.thresholds), value["tau"]["values"], tol)


def lavaan_matrix(name: str, value: Any, tol: float) -> None:
    assert_matches(polychoric(items(name)).matrix, value["values"], tol)


def polycor_pair(name: str, value: Any, tol: float) -> None:
    data = items(name).dropna().iloc[:, :2]
    assert_matches(polychoric(data).matrix[0, 1], value["two_step"], tol)


def alpha(name: str, value: Any, tol: float) -> None:
    close(ordinal_alpha(items(name)), value, tol)


def wlsmv_fit(name: str, value: Any, tol: float) -> None:
    fit = one_factor(items(name), method="wlsmv")
    found = fit.measures()
    assert_matches(fit.parameters, value["npar"], tol)
    chi_square = found["chi_square"].value
    assert chi_square is not None
    assert_matches(chi_square / (2 * fit.n), value["fmin"], tol)
    low, high = found["rmsea_scaled"].low, found["rmsea_scaled"].high
    assert_matches(low, value["rmsea.ci.lower.scaled"], tol)
    assert_matches(high, value["rmsea.ci.upper.scaled"], tol)
    names = {"chisq": "chi_square", "pvalue": "p_value", "baseline.chisq": "baseline_chi_square"}
    done = {"npar", "fmin", "rmsea.ci.lower.scaled", "rmsea.ci.upper.scaled"}
    for key in sorted(set(value) - done):
        base, suffix = key, ""
        for ending in ("scaled", "robust"):
            if key.endswith("." + ending):
                base, suffix = key.removesuffix("." + ending), "_" + ending
        if key == "chisq.scaling.factor":
            base, suffix = "scaling", "_scaled"
        close(found[names.get(base, base) + suffix], value[key], tol)


def wlsmv_parameters(name: str, value: Any, tol: float) -> None:
    fit = one_factor(items(name), method="wlsmv")
    operators = np.array(value["op"])
    k = len(fit.loadings)
    own = (operators == "~~") & (np.array(value["lhs"]) != "f")
    means = (operators == "~1") & (np.array(value["lhs"]) != "f")
    for column in ("est", "std.all"):
        wanted = np.array(value[column])
        assert_matches(fit.loadings, wanted[operators == "=~"], tol)
        assert_matches(np.concatenate(fit.thresholds), wanted[operators == "|"], tol)
        assert_matches(fit.own, wanted[own], tol)
        assert_matches(fit.intercepts, wanted[means], tol)
    assert_matches(fit.loadings_std, fit.loadings, 0.0)
    errors = np.array(value["se"])
    assert_matches(fit.loadings_error, errors[operators == "=~"], tol)
    assert_matches(np.concatenate(fit.thresholds_error), errors[operators == "|"], tol)
    assert_matches(np.sqrt(np.diagonal(fit.covariance)), errors[:k], tol)


def ordinal_omega(name: str, value: Any, tol: float) -> None:
    data = items(name)
    for scale, key in (("sum", "omega_cat_green_yang"), ("latent", "omega_latent_response")):
        found = mcdonald_omega(data, kind="categorical", scale=scale, variance="observed")
        close(found, value[key], tol)
    close(ordinal_alpha(data), value["alpha_latent"], tol)


FIXED = "est and std.all; se of what is estimated (fixed parameters have se 0 there, none here)"

CASES = {
    "poly/synth_team/psych_correct0": Case(
        "polychoric.polychoric", psych_matrix, "synth_team", "correction=0"
    ),
    "poly/synth_team/psych_default": Case(
        "polychoric.polychoric", psych_matrix, "synth_team", "correction=0.5, corrected='2x2'"
    ),
    "poly/synth_team/lavaan": Case("polychoric.polychoric", lavaan_matrix, "synth_team"),
    "poly/synth_team/polycor_first_pair": Case(
        "polychoric.polychoric",
        polycor_pair,
        "synth_team",
        "method='two-step'",
        part="two_step; ml there stops at a lower likelihood than ours reaches (test_polychoric)",
    ),
    **{
        f"poly/synth_team/ordinal_alpha_{program}": Case(
            "reliability.ordinal_alpha", alpha, "synth_team"
        )
        for program in ("lavaan", "psych")
    },
    **{
        f"cfa/{data}/{last}": Case(function, check, data, forks, part)
        for data in MODELLED
        for last, function, check, forks, part in (
            ("wlsmv_fit", "factor.one_factor", wlsmv_fit, "method='wlsmv'", ""),
            ("wlsmv_par", "factor.one_factor", wlsmv_parameters, "method='wlsmv'", FIXED),
            (
                "ordinal_omega",
                "reliability.mcdonald_omega",
                ordinal_omega,
                "kind='categorical', variance='observed', scale='sum' / 'latent'",
                "",
            ),
        )
    },
}
