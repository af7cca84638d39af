"""One common factor beside lavaan, semTools and psych."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, items

from lcdiag.statistics.items import inter_item_correlations
from lcdiag.statistics.one_factor import fit_one_factor
from lcdiag.statistics.reliability import cronbach_alpha, mcdonald_omega
from oracle_cases.case import Case, close

SCALES = ("bfi_agree", "bfi_agree_listwise", "attitude", "synth_team")
MODELLED = ("bfi_agree_listwise", "synth_team")


def minres(name: str, value: Any, tol: float) -> None:
    data = items(name)
    fit = fit_one_factor(inter_item_correlations(data), "minres")
    assert_matches(fit.loadings, value["loadings"], tol)
    assert_matches(fit.own, value["u2"], tol)
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


def ml_parameters(name: str, value: Any, tol: float) -> None:
    r = inter_item_correlations(items(name), missing="listwise")
    fit = fit_one_factor(r, "ml")
    wanted = value["std.all"][: 2 * len(r)]
    assert_matches(np.concatenate([fit.loadings, fit.own]), wanted, tol)


def ml_interval(name: str, value: Any, tol: float) -> None:
    data = items(name)
    delta, logit = mcdonald_omega(data), mcdonald_omega(data, interval="logit")
    keys = ("est", "lower", "upper", "logit_lower", "logit_upper")
    got = [delta.value, delta.low, delta.high, logit.low, logit.high]
    assert_matches(got, [value[key] for key in keys], tol)


CASES = {
    **{
        f"rel/{data}/fa1_minres": Case("factor.one_factor", minres, data, "method='minres'")
        for data in SCALES
    },
    **{
        f"cfa/{data}/ml_omega": Case("reliability.mcdonald_omega", ml_omega, data, "variance=")
        for data in MODELLED
    },
    **{
        f"cfa/{data}/ml_par": Case("factor.one_factor", ml_parameters, data, "method='ml'")
        for data in MODELLED
    },
    "cfa/bfi_agree_listwise/omega_ci_ML": Case(
        "reliability.mcdonald_omega",
        ml_interval,
        "bfi_agree_listwise",
        "interval='delta' / 'logit'",
    ),
}
