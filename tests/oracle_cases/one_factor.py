"""One common factor beside lavaan, semTools and psych."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, items, table

from lcdiag.statistics.factor import FactorFit, one_factor
from lcdiag.statistics.reliability import cronbach_alpha, mcdonald_omega
from oracle_cases.case import Case, Check, close

SCALES = ("bfi_agree", "bfi_agree_listwise", "attitude", "synth_team")
MODELLED = ("bfi_agree_listwise", "synth_team")

# lavaan's names of measures, and ours
NAMES = {
    "chisq": "chi_square",
    "df": "df",
    "pvalue": "p_value",
    "baseline.chisq": "baseline_chi_square",
    "baseline.df": "baseline_df",
    "cfi": "cfi",
    "tli": "tli",
    "nfi": "nfi",
    "rni": "rni",
    "logl": "log_likelihood",
    "aic": "aic",
    "bic": "bic",
    "rmsea": "rmsea",
    "rmsea.pvalue": "rmsea_close",
    "rmr": "rmr",
    "srmr": "srmr",
    "gfi": "gfi",
    "chisq.scaled": "chi_square_scaled",
    "pvalue.scaled": "p_value_scaled",
    "chisq.scaling.factor": "scaling_scaled",
    "baseline.chisq.scaled": "baseline_chi_square_scaled",
    "cfi.scaled": "cfi_scaled",
    "tli.scaled": "tli_scaled",
    "rmsea.scaled": "rmsea_scaled",
    "cfi.robust": "cfi_robust",
    "tli.robust": "tli_robust",
    "rmsea.robust": "rmsea_robust",
}
LIMITS = {
    "rmsea.ci.lower": ("rmsea", "low"),
    "rmsea.ci.upper": ("rmsea", "high"),
    "rmsea.ci.lower.scaled": ("rmsea_scaled", "low"),
    "rmsea.ci.upper.scaled": ("rmsea_scaled", "high"),
    "rmsea.ci.lower.robust": ("rmsea_robust", "low"),
    "rmsea.ci.upper.robust": ("rmsea_robust", "high"),
}
PARAMETERS = ("lhs", "op", "rhs", "est", "se", "std.all")


def fit_matches(fit: FactorFit, value: dict[str, Any], tol: float) -> None:
    """Every measure that the entry has, none left out."""
    measures = fit.measures()
    for key, wanted in value.items():
        if key in PARAMETERS:
            continue
        if key == "npar":
            assert fit.parameters == wanted
        elif key == "fmin":  # half the chi-square a person
            close(fit.plain.chi_square, 2 * fit.n * wanted, tol)
        elif key in LIMITS:
            name, limit = LIMITS[key]
            assert measures[name].confidence == 0.90
            assert_matches(getattr(measures[name], limit), wanted, tol)
        else:
            close(measures[NAMES[key]], wanted, tol)


def parameters_match(fit: FactorFit, value: dict[str, Any], tol: float) -> None:
    """Loadings, own variances and (where the entry has them) intercepts: all of each row."""
    operators = np.array(value["op"])
    ours = {
        "=~": (fit.loadings, fit.loadings_error, fit.loadings_std),
        "~~": (fit.own, fit.own_error, fit.own_std),
        "~1": (fit.intercepts, fit.intercepts_error, None),
    }
    for operator, (estimates, errors, standardised) in ours.items():
        # the factor's own variance and mean, fixed, stand last of their kind
        rows = np.flatnonzero(operators == operator)[: len(estimates)]
        if not len(rows):
            continue
        assert_matches(estimates, np.array(value["est"])[rows], tol)
        assert_matches(errors, np.array(value["se"])[rows], tol)
        if "std.all" in value:
            if standardised is None:
                standardised = estimates / np.sqrt(fit.loadings**2 + fit.own)
            assert_matches(standardised, np.array(value["std.all"])[rows], tol)


def fitted(**forks: Any) -> Check:
    """Compare measures of fit and parameters with all that the entry has of them."""

    def check(name: str, value: Any, tol: float) -> None:
        chosen = dict(forks)
        if "cluster" in chosen:
            chosen["cluster"] = table("synth_team.csv")["team"]
        fit = one_factor(items(name), **chosen)
        fit_matches(fit, value, tol)
        if "op" in value:
            parameters_match(fit, value, tol)

    return check


def minres(name: str, value: Any, tol: float) -> None:
    data = items(name)
    fit = one_factor(data, method="minres", missing="pairwise")
    assert_matches(fit.loadings, value["loadings"], tol)
    assert_matches(fit.own, value["u2"], tol)
    close(fit.rmr, value["rms"], tol)
    close(fit.plain.chi_square, value["chi"], tol)
    close(fit.plain.df, value["dof"], tol)
    close(fit.plain.tli, value["TLI"], tol)
    rmsea = fit.plain.rmsea
    got = [rmsea.value, rmsea.low, rmsea.high, rmsea.confidence]
    assert_matches(got, value["RMSEA"], tol)
    for variance, key in (("implied", "omega_model"), ("observed", "omega_obs")):
        found = mcdonald_omega(
            data, method="efa", metric="correlation", missing="pairwise", variance=variance
        )
        close(found, value[key], tol)


def ml_omega(name: str, value: Any, tol: float) -> None:
    data = items(name)
    close(mcdonald_omega(data), value["omega_model"], tol)
    close(mcdonald_omega(data, variance="observed"), value["omega_obs"], tol)
    close(cronbach_alpha(data, missing="listwise"), value["alpha"], tol)
    close(one_factor(data).extracted, value["ave"], tol)


def omega_interval(*names: str) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data = items(name)
        plain, logit = (mcdonald_omega(data, interval=interval) for interval in names)
        keys = ("est", "lower", "upper", "logit_lower", "logit_upper")
        got = [plain.value, plain.low, plain.high, logit.low, logit.high]
        assert_matches(got, [value[key] for key in keys], tol)
        half = 1.959963984540054 * value["se"]
        assert_matches([plain.low, plain.high], [value["est"] - half, value["est"] + half], tol)

    return check


def tau_equivalence(name: str, value: Any, tol: float) -> None:
    fit = one_factor(items(name), loadings="equal")
    test = fit.tau_test
    assert test is not None
    close(test.chi_square, value["dchisq"], tol)
    close(test.df, value["ddf"], tol)
    close(test.p_value, value["p"], tol)
    close(fit.plain.chi_square, value["chisq_tau"], tol)
    close(fit.plain.cfi, value["cfi_tau"], tol)
    close(fit.plain.rmsea, value["rmsea_tau"], tol)


def scaled_tau_equivalence(name: str, value: Any, tol: float) -> None:
    fit = one_factor(items(name), loadings="equal", errors="robust")
    test = fit.tau_test
    assert test is not None
    close(test.chi_square, value["chisq"], tol)
    close(test.df, value["df"], tol)
    close(test.p_value, value["p"], tol)
    close(test.scaled_chi_square, value["scaled"], tol)
    close(test.scaled_p_value, value["scaled_p"], tol)
    close(fit.plain.cfi, value["cfi"], tol)
    close(fit.plain.rmsea, value["rmsea"], tol)
    free = one_factor(items(name), errors="robust").plain
    for change, measure in ((test.delta_cfi, "cfi"), (test.delta_rmsea, "rmsea")):
        close(change, value[measure] - getattr(free, measure).value, 1e-5)


def omegas(missing: str) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data = items(name)
        team = table("synth_team.csv")["team"]
        for key, interval, cluster in (
            ("ml", "delta", None),
            ("mlr", "robust", None),
            ("cluster", "robust", team),
        ):
            found = mcdonald_omega(data, missing=missing, interval=interval, cluster=cluster)
            wanted = value[key]
            got = [found.value, found.low, found.high]
            assert_matches(got, [wanted[name] for name in ("est", "lower", "upper")], tol)

    return check


def case(check: Check, dataset: str, forks: str = "", function: str = "factor.one_factor") -> Case:
    return Case(function, check, dataset, forks)


OMEGA = "reliability.mcdonald_omega"
FIML = "missing='fiml'"

CASES = {
    **{
        f"rel/{data}/fa1_minres": case(minres, data, "method='minres', missing='pairwise'")
        for data in SCALES
    },
    **{f"cfa/{data}/ml_omega": case(ml_omega, data, "variance=", OMEGA) for data in MODELLED},
    **{f"cfa/{data}/ml_par": case(fitted(), data, "method='ml'") for data in MODELLED},
    **{f"cfa/{data}/ml_fit": case(fitted(), data, "method='ml'") for data in MODELLED},
    **{
        f"cfa/{data}/mlr_fit": case(fitted(errors="robust"), data, "errors='robust'")
        for data in MODELLED
    },
    "cfa/synth_team/fiml_fit": case(fitted(missing="fiml"), "synth_team", FIML),
    "cfa/synth_team/fiml_par": case(fitted(missing="fiml"), "synth_team", FIML),
    "cfa/bfi_agree_listwise/tau_equivalence": case(
        tau_equivalence, "bfi_agree_listwise", "loadings='equal'"
    ),
    "cfa/bfi_agree_listwise/omega_ci_ML": case(
        omega_interval("delta", "logit"), "bfi_agree_listwise", "interval='delta' / 'logit'", OMEGA
    ),
    "cfa/bfi_agree_listwise/omega_ci_MLR": case(
        omega_interval("robust", "robust-logit"),
        "bfi_agree_listwise",
        "interval='robust' / 'robust-logit'",
        OMEGA,
    ),
    "factor_models/synth_team/mlr_listwise": case(
        fitted(errors="robust"), "synth_team", "errors='robust'"
    ),
    "factor_models/synth_team/mlr_fiml": case(
        fitted(errors="robust", missing="fiml"), "synth_team", f"errors='robust', {FIML}"
    ),
    "factor_models/synth_team/mlr_cluster": case(fitted(cluster="team"), "synth_team", "cluster="),
    "factor_models/synth_team/mlr_cluster_fiml": case(
        fitted(cluster="team", missing="fiml"), "synth_team", f"cluster=, {FIML}"
    ),
    "factor_models/synth_team/tau_equivalence": case(
        scaled_tau_equivalence, "synth_team", "loadings='equal', errors='robust'"
    ),
    "factor_models/synth_team/omega_listwise": case(
        omegas("listwise"), "synth_team", "interval='delta' / 'robust', cluster=", OMEGA
    ),
    "factor_models/synth_team/omega_fiml": case(
        omegas("fiml"), "synth_team", f"{FIML}, interval='delta' / 'robust', cluster=", OMEGA
    ),
}
