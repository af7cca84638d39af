"""Variance components and empirical Bayes means beside lme4."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from reference_cases import assert_matches, grouped_scores, table

from lcdiag.statistics.intraclass import one_way
from lcdiag.statistics.shrinkage import empirical_bayes_means
from lcdiag.statistics.variance import VarianceShares, combined, variance_shares
from oracle_cases.case import Case, Check

CRITERIA = {"crit", "loglik", "reml_criterion"}
TWICE = (("reml", "reml"), ("reml_tight", "reml"), ("ml", "ml"), ("ml_tight", "ml"))


@cache
def partition(name: str, **forks: Any) -> VarianceShares:
    """The partition of a data set, "data" or "data:model"."""
    if name == "penicillin":
        data = table("penicillin.csv")
        return variance_shares(data["diameter"], {f: data[f] for f in ("plate", "sample")}, **forks)
    if name in ("lq_LEAD", "synth_team_mean"):
        scores, groups = grouped_scores(name)
        return variance_shares(scores, {"group": groups}, **forks)
    data = table("synth_crossed.csv")
    factors = {"person": data["person"], "rater": data["rater"]}
    if name.endswith("pr"):
        pairs = combined(data["person"], data["rater"])
        factors |= {"occasion": data["occasion"], "person:rater": pairs}
    return variance_shares(data["y"], factors, **forks)


def parts(name: str) -> dict[str, str]:
    """The name of each part in the reference program, and ours."""
    group = {"lq_LEAD": "COMPID", "synth_team_mean": "team"}.get(name)
    if group:
        return {group: "group", "Residual": "residual"}
    names = {"penicillin": ("plate", "sample"), "synth_crossed:2": ("person", "rater")}
    every = names.get(name, ("person:rater", "person", "rater", "occasion"))
    return {part: part for part in every} | {"Residual": "residual"}


def components(method: str) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        found = partition(name, method=method, intervals="none")
        for theirs, ours in parts(name).items():
            assert_matches(found.component(ours).value, value[theirs], tol)
            if f"share_{theirs}" in value:
                assert_matches(found.share(ours).value, value[f"share_{theirs}"], tol)
        criterion = found.criterion.value
        assert criterion is not None
        # under "crit" stands the deviance of REML, and the log-likelihood itself of ML
        if "crit" in value:
            wanted = value["crit"] if method == "reml" else -2 * value["crit"]
            assert_matches(criterion, wanted, tol)
        if "loglik" in value:
            assert_matches(criterion, -2 * value["loglik"], tol)
        if "reml_criterion" in value:
            assert_matches(criterion, value["reml_criterion"], tol)
        if "total" in value:
            every = [found.component(ours).value or 0.0 for ours in parts(name).values()]
            assert_matches(sum(every), value["total"], tol)
        if "mu" in value:
            assert_matches(found.mean.value, value["mu"], tol)
            assert_matches(found.mean_error.value, value["mu_se"], tol)
        known = {f"share_{part}" for part in parts(name)} | set(parts(name))
        assert set(value) <= known | CRITERIA | {"total", "mu", "mu_se"}

    return check


def closed(name: str, value: Any, tol: float) -> None:
    found = partition(name, intervals="none")
    for theirs, ours in parts(name).items():
        assert_matches(found.component(ours).value, value[theirs], tol)


def profiles(name: str, value: Any, tol: float) -> None:
    found = partition(name, profile_of="ml")
    ours = parts(name)
    for row, (low, high) in zip(value["rows"], value["values"], strict=True):
        if row == "(Intercept)":
            cell, root = found.mean, False
        else:
            part = "residual" if row == "sigma" else ours.get(row.split("|")[1], "group")
            cell, root = found.component(part), True
        assert cell.low is not None
        assert cell.high is not None
        got = np.sqrt([cell.low, cell.high]) if root else [cell.low, cell.high]
        assert_matches(got, [low, high], tol)


def simulated(name: str, value: Any, tol: float) -> None:
    rng = np.random.default_rng(1)
    found = partition(name, intervals="bootstrap", rng=rng, resamples=500)
    shares = [found.share(part) for part in ("person", "rater", "residual")]
    assert_matches([share.low for share in shares], value["lo"], tol)
    assert_matches([share.high for share in shares], value["hi"], tol)


def one_factor_components(name: str, value: Any, tol: float) -> None:
    scores, groups = grouped_scores(name)
    table_ = one_way(scores, groups)
    assert not isinstance(table_, str)
    seen: set[str] = set()
    for method in ("reml", "ml"):
        found = partition(name, method=method, intervals="none")
        tau, sigma = found.component("group").value, found.component("residual").value
        assert tau is not None
        assert sigma is not None
        got = {f"tau00_{method}": tau, f"sigma2_{method}": sigma}
        got[f"icc1_{method}"] = found.share("group").value or 0.0
        if method == "reml":
            m = table_.mean_size
            got["icc2_reml_meann"] = m * tau / (m * tau + sigma)
            got["mu_reml"] = found.mean.value or 0.0
            got["mu_se_reml"] = found.mean_error.value or 0.0
            got["reml_criterion"] = found.criterion.value or 0.0
        else:
            got["loglik_ml"] = -(found.criterion.value or 0.0) / 2
        seen |= set(got)
        for key, number in got.items():
            if key in value:
                assert_matches(number, value[key], tol)
    assert set(value) <= seen


def effects(name: str, value: Any, tol: float) -> None:
    scores, groups = grouped_scores(name)
    found = empirical_bayes_means(scores, groups)
    blups = partition(name, intervals="none").blups("group")
    places = [found.groups.astype(str).tolist().index(group) for group in value["group"]]
    mean = partition(name, intervals="none").mean.value
    assert_matches(np.asarray(found)[places] - mean, value["u"], tol)
    assert_matches(np.asarray(blups)[places], value["u"], tol)
    assert_matches(found.reliability[places], value["lambda"], tol)


CASES = {
    **{
        f"crossed/penicillin/{last}": Case(
            "variance.variance_shares", components(method), "penicillin", f"method='{method}'"
        )
        for last, method in (
            ("reml", "reml"),
            ("reml_tight", "reml"),
            ("ml", "ml"),
            ("ml_tight", "ml"),
        )
    },
    "crossed/penicillin/anova_closed": Case("variance.variance_shares", closed, "penicillin"),
    "crossed/penicillin/profile_ci": Case(
        "variance.variance_shares", profiles, "penicillin", "profile_of='ml'"
    ),
    **{
        f"crossed/synth_crossed/{last}": Case(
            "variance.variance_shares",
            components(method),
            f"synth_crossed:{model}",
            f"method='{method}'",
        )
        for last, model, method in (
            ("reml_pr", "pr", "reml"),
            ("reml_pr_tight", "pr", "reml"),
            ("reml_2", "2", "reml"),
            ("reml_2_tight", "2", "reml"),
            ("ml_2_tight", "2", "ml"),
        )
    },
    "crossed/synth_crossed/profile_ci": Case(
        "variance.variance_shares", profiles, "synth_crossed:pr", "profile_of='ml'"
    ),
    "crossed/synth_crossed/boot_share_2": Case(
        "variance.variance_shares",
        simulated,
        "synth_crossed:2",
        "intervals='bootstrap'",
        "limits by simulation, another generator",
    ),
    **{
        f"icc1way/{data}/mixed": Case(
            "variance.variance_shares", one_factor_components, data, "method='reml' / 'ml'"
        )
        for data in ("lq_LEAD", "synth_team_mean")
    },
    "icc1way/lq_LEAD/mixed_tight": Case("variance.variance_shares", components("reml"), "lq_LEAD"),
    **{
        f"icc1way/{data}/mixed_profile_ci": Case(
            "variance.variance_shares", profiles, data, "profile_of='ml'"
        )
        for data in ("lq_LEAD", "synth_team_mean")
    },
    **{
        f"icc1way/{data}/eb_means": Case("shrinkage.empirical_bayes_means", effects, data)
        for data in ("lq_LEAD", "synth_team_mean")
    },
}
