"""Measurement invariance over groups and over waves of the same people, beside lavaan."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, items, table

from lcdiag.statistics.factor import measurement_invariance
from lcdiag.statistics.invariance_steps import Invariance, InvarianceStep
from oracle_cases.case import Case, Check, close
from oracle_cases.one_factor import LIMITS, NAMES


def steps_match(found: Invariance, value: dict[str, Any], tol: float) -> None:
    assert found.absent is None
    for step in found.steps():
        step_matches(step, value[step.level], tol)
    assert found.configural.against_last is None
    scaled = "chisq.scaled" in value["configural"]
    for step in found.steps()[1:]:
        test, wanted = step.against_last, value["difference"][step.level]
        assert test is not None
        close(test.df, wanted["df"], tol)
        close(test.scaled_chi_square if scaled else test.chi_square, wanted["chisq"], tol)
        close(test.scaled_p_value if scaled else test.p_value, wanted["p"], tol)
    if not scaled:
        metric = found.metric.against_last
        assert metric is not None
        for change, name in ((metric.delta_cfi, "cfi"), (metric.delta_rmsea, "rmsea")):
            close(change, value["metric"][name] - value["configural"][name], tol)


def step_matches(step: InvarianceStep, value: dict[str, Any], tol: float) -> None:
    measures = step.plain.named()
    if step.scaled is not None:
        measures |= {f"{name}_scaled": one for name, one in step.scaled.named().items()}
    measures |= {"srmr": step.srmr, "log_likelihood": step.log_likelihood}
    for key, wanted in value.items():
        if key == "npar":
            assert step.parameters == wanted
        elif key in LIMITS:
            name, limit = LIMITS[key]
            assert_matches(getattr(measures[name], limit), wanted, tol)
        else:
            close(measures[NAMES[key]], wanted, tol)


def team() -> Any:
    return table("synth_team.csv")["team"]


def over_groups(missing: str, clustered: bool = False) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        half = np.where(team() % 2 == 1, "odd", "even")
        cluster = team() if clustered else None
        data = items("synth_team")
        found = measurement_invariance(data, half, missing=missing, cluster=cluster)
        assert found.groups.tolist() == ["even", "odd"]
        steps_match(found, value, tol)

    return check


def over_waves(missing: str, clustered: bool = False) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data = items("synth_team").to_numpy(dtype=float)
        cluster = team() if clustered else None
        waves = [data[:, :3], data[:, 3:]]
        found = measurement_invariance(waves, missing=missing, cluster=cluster)
        steps_match(found, value, tol)
        people = np.arange(len(data))
        long = measurement_invariance(
            np.concatenate(waves),
            np.repeat([1, 2], len(data)),
            persons=np.concatenate([people, people]),
            cluster=None if cluster is None else np.concatenate([cluster, cluster]),
            missing=missing,
        )
        steps_match(long, value, tol)

    return check


def case(check: Check, forks: str) -> Case:
    return Case("factor.measurement_invariance", check, "synth_team", forks)


CASES = {
    "factor_models/synth_team/invariance_groups": case(over_groups("listwise"), "groups"),
    "factor_models/synth_team/invariance_groups_fiml": case(
        over_groups("fiml"), "groups, missing='fiml'"
    ),
    "factor_models/synth_team/invariance_groups_cluster": case(
        over_groups("listwise", clustered=True), "groups, cluster="
    ),
    "factor_models/synth_team/invariance_waves": case(over_waves("listwise"), "waves"),
    "factor_models/synth_team/invariance_waves_fiml": case(
        over_waves("fiml"), "waves, missing='fiml'"
    ),
    "factor_models/synth_team/invariance_waves_cluster": case(
        over_waves("listwise", clustered=True), "waves, cluster="
    ),
}
