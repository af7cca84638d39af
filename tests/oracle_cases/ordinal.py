"""Ordinal items beside lavaan, semTools, psych and polycor."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, items, table

from lcdiag.statistics.factor import one_factor
from lcdiag.statistics.polychoric import polychoric
from lcdiag.statistics.reliability import mcdonald_omega, ordinal_alpha
from oracle_cases.case import Case, close

MODELLED = ("bfi_agree_listwise", "synth_team")
RESCORED = ("synth_team_mixed", "synth_team_two", "synth_careless_six")


def rescored(name: str) -> Any:
    """The sets of the script ordinal.R."""
    if name == "synth_careless_six":
        return table("synth_careless.csv")[[f"v0{i}" for i in range(1, 7)]]
    data = items("synth_team").astype(float)
    missing = data.isna()
    if name == "synth_team_two":
        return (data >= 3).astype(float).mask(missing)
    data["q1"] = (data["q1"] >= 3) * 1.0
    data["q2"] = (data["q2"] >= 4) * 1.0
    data["q3"] = 1.0 + (data["q3"] >= 3) + (data["q3"] >= 4)
    return data.mask(missing)


def people_of(counts: Any) -> Any:
    """One row a person, from a table of counts."""
    rows, columns = np.indices(np.shape(counts))
    return np.repeat(np.c_[rows.ravel(), columns.ravel()], np.ravel(counts), axis=0)


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


def wlsmv_rescored(name: str, value: Any, tol: float) -> None:
    fit = one_factor(rescored(name), method="wlsmv")
    found = fit.measures()
    assert_matches(fit.loadings, value["loadings"], tol)
    assert_matches(fit.loadings_error, value["loadings_error"], tol)
    assert_matches(np.concatenate(fit.thresholds), value["thresholds"], tol)
    assert_matches(np.concatenate(fit.thresholds_error), value["thresholds_error"], tol)
    close(found["srmr"], value["srmr"], tol)
    for version, suffix in (("", ""), (".scaled", "_scaled"), (".robust", "_robust")):
        for theirs, ours in (
            ("chisq", "chi_square"),
            ("df", "df"),
            ("pvalue", "p_value"),
            ("baseline.chisq", "baseline_chi_square"),
            ("baseline.df", "baseline_df"),
            ("cfi", "cfi"),
            ("tli", "tli"),
            ("nfi", "nfi"),
            ("rni", "rni"),
            ("rmsea", "rmsea"),
            ("rmsea.pvalue", "rmsea_close"),
        ):
            if theirs + version in value:
                close(found[ours + suffix], value[theirs + version], tol)
        rmsea = found["rmsea" + suffix]
        assert_matches(rmsea.low, value["rmsea.ci.lower" + version], tol)
        assert_matches(rmsea.high, value["rmsea.ci.upper" + version], tol)
    close(found["scaling_scaled"], value["chisq.scaling.factor"], tol)


def omega_rescored(name: str, value: Any, tol: float) -> None:
    for scale in ("sum", "latent"):
        for variance in ("observed", "implied"):
            found = mcdonald_omega(
                rescored(name), kind="categorical", scale=scale, variance=variance
            )
            close(found, value[f"{scale}_{variance}"], tol)


def pairwise(name: str, value: Any, tol: float) -> None:
    assert_matches(polychoric(items(name), missing="pairwise").matrix, value, tol)


def errors(name: str, value: Any, tol: float) -> None:
    found = polychoric(items(name))
    pairs = np.triu_indices(len(found.matrix), 1)
    n = found.n[0, 1]
    assert_matches(found.matrix[pairs], value["est"], tol)
    # lavaan divides by n - 1
    assert_matches(found.errors[pairs] * np.sqrt(n / (n - 1)), value["se"], tol)


def corrections(_: str, value: Any, tol: float) -> None:
    data = people_of(value["counts"])
    default, every = polychoric(data), polychoric(data, corrected="all")
    if value["default"] == 0.999:  # where lavaan stops on the way to 1
        assert default.at_bound[0, 1]
        assert default.matrix[0, 1] == 1
    else:
        assert_matches(default.matrix[0, 1], value["default"], tol)
    assert_matches(every.matrix[0, 1], value["all"], tol)


def together(_: str, value: Any, tol: float) -> None:
    data = people_of(value["counts"])
    found = polychoric(data, method="ml")
    assert_matches(found.matrix[0, 1], value["rho"], tol)
    assert_matches(polychoric(data).matrix[0, 1], value["two_step"], tol)


def together_error(_: str, value: Any, tol: float) -> None:
    found = polychoric(people_of(value["counts"]), method="ml")
    assert_matches(found.errors[0, 1], value["se"], tol)


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
    **{
        f"ordinal/{data}/wlsmv": Case("factor.one_factor", wlsmv_rescored, data, "method='wlsmv'")
        for data in RESCORED
    },
    **{
        f"ordinal/{data}/omega": Case(
            "reliability.mcdonald_omega", omega_rescored, data, "kind='categorical'"
        )
        for data in RESCORED
    },
    "ordinal/synth_team/pairwise": Case(
        "polychoric.polychoric", pairwise, "synth_team", "missing='pairwise'"
    ),
    "ordinal/synth_team/errors": Case("polychoric.polychoric", errors, "synth_team"),
    **{
        f"ordinal/table_{name}/corrections": Case(
            "polychoric.polychoric", corrections, "", "correction=0.5, corrected='2x2' / 'all'"
        )
        for name in ("two", "two_by_three", "three")
    },
    "ordinal/table_full/ml": Case("polychoric.polychoric", together, "", "method='ml'"),
    "ordinal/table_full/ml_error": Case("polychoric.polychoric", together_error, "", "method='ml'"),
}
