"""Agreement within groups beside multilevel."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, items, table

from lcdiag.statistics.agreement import (
    a_wg,
    ad_m_j,
    critical_agreement,
    rstar_wg_j,
    rwg,
    rwg_j,
)
from lcdiag.statistics.nulls import NAMES, null_variance
from oracle_cases.case import Case, Check

NULLS = NAMES[:5]


def by_group(result: Any, value: dict[str, Any], key: str, tol: float) -> None:
    """R leaves out groups that lost everybody; ours keeps them, absent."""
    wanted = dict(zip(value["grpid"], value[key], strict=True))
    got = dict(zip(result.groups.astype(str), np.asarray(result), strict=True))
    assert_matches([got[group] for group in wanted], list(wanted.values()), tol)
    assert all(np.isnan(got[group]) for group in got if group not in wanted)
    if "gsize" in value:
        n = dict(zip(result.groups.astype(str), result.n, strict=True))
        assert [n[group] for group in wanted] == value["gsize"]


def team() -> tuple[Any, Any]:
    return items("synth_team"), table("synth_team.csv")["team"]


def listwise_rwg_j(null: str) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data, groups = team()
        found = rwg_j(data, groups, null=null, options=5, missing="listwise")
        by_group(found, value, "rwg.j", tol)

    return check


def rstar(null: str) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data, groups = team()
        found = rstar_wg_j(data, groups, null=null, options=5, missing="every-item")
        by_group(found, value, "rwg.lindell", tol)

    return check


def available_rwg_j(name: str, value: Any, tol: float) -> None:
    by_group(rwg_j(*team(), options=5), value, "rwg.j", tol)


def deviation(around: str) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        by_group(ad_m_j(*team(), around=around, missing="listwise"), value, "AD.M", tol)

    return check


def first_item_rwg(name: str, value: Any, tol: float) -> None:
    data, groups = team()
    by_group(rwg(data["q1"], groups, options=5), value, "rwg", tol)


def first_item_deviation(name: str, value: Any, tol: float) -> None:
    data, groups = team()
    by_group(ad_m_j(data["q1"], groups), value, "AD.M", tol)


def rwg_j_summary(name: str, value: Any, tol: float) -> None:
    data, groups = team()
    found = np.asarray(rwg_j(data, groups, options=5, missing="listwise"))
    known = found[~np.isnan(found)]
    got = [known.mean(), np.median(known), known.std(ddof=1), (known >= 0.7).mean()]
    assert_matches(got, [value[key] for key in ("mean", "median", "sd", "share70")], tol)


def null_table(name: str, value: Any, tol: float) -> None:
    for null in NAMES[:6]:
        assert_matches(null_variance(null, 5), value[null], tol)
    assert_matches(null_variance("uniform", 7), value["uniform_exact_7"], tol)
    assert_matches(null_variance("max_dissensus", 5), value["max_dissensus_1_5"], tol)


def by_hand(name: str, value: Any, tol: float) -> None:
    data = np.array([[4, 4, 3], [4, 5, 4], [5, 5, 4], [4, 4, 4], [3, 4, 4]])
    groups = ["a"] * 5
    one = [float(np.asarray(rwg(data[:, j], groups, options=5))[0]) for j in range(3)]
    assert_matches(one, value["rwg"], tol)
    assert_matches([2 * (1 - r) for r in one], value["item_var"], tol)
    assert_matches(rwg_j(data, groups, options=5), value["rwg_j"], tol)
    assert_matches(a_wg(data, groups, bounds=(1, 5)), value["awg"], tol)
    assert_matches(rstar_wg_j(data, groups, options=5), value["rstar"], tol)
    assert_matches(ad_m_j(data, groups), value["ad_m"], tol)
    assert_matches(ad_m_j(data, groups, around="median"), value["ad_md"], tol)


def out_of_range(name: str, value: Any, tol: float) -> None:
    data, groups = np.array([[1, 1], [5, 5], [1, 5], [5, 1], [1, 5]]), ["a"] * 5
    zero, raw = (rwg_j(data, groups, options=5, out_of_range=rule) for rule in ("zero", "raw"))
    assert_matches(zero, value["rwg_j_multilevel"], tol)
    assert_matches(raw, value["rwg_j_untruncated"], tol)
    assert_matches(rstar_wg_j(data, groups, options=5), value["rstar"], tol)
    extreme = rstar_wg_j(data, groups, null="max_dissensus", options=5)
    assert_matches(extreme, value["rstar_maxdis"], tol)
    absent = rwg_j(data, groups, options=5, out_of_range="absent")
    assert absent.estimate("a").absent == "out-of-range"


def mean_adjusted(name: str, value: Any, tol: float) -> None:
    data, groups = team()
    found = a_wg(data, groups, bounds=(1, 5), missing="listwise")
    by_group(found, value, "a.wg", tol)
    n = dict(zip(found.groups.astype(str), found.n, strict=True))
    assert [n[group] for group in value["grpid"]] == value["nraters"]
    assert set(value["nitems"]) == {data.shape[1]}
    # what stands beside it there: the variance of the people's own means
    spread = data.dropna().mean(axis=1).groupby(groups).var()
    assert_matches([spread[int(group)] for group in value["grpid"]], value["avg.grp.var"], tol)


def by_chance(name: str, value: Any, tol: float) -> None:
    rng = np.random.default_rng(1)
    found = critical_agreement("rwg_j", people=10, items=5, options=5, rng=rng, replicates=20_000)
    assert_matches([found.critical(0.95), found.mean], [value["q95"], value["mean"]], tol)


AGREEMENT: dict[str, tuple[str, str, Check]] = {
    **{
        f"rwg_j_listwise_{null}": (
            "agreement.rwg_j",
            f"null='{null}', missing='listwise'",
            listwise_rwg_j(null),
        )
        for null in NULLS
    },
    **{
        f"rstar_wg_j_{null}": ("agreement.rstar_wg_j", f"null='{null}'", rstar(null))
        for null in NULLS
    },
    "rstar_wg_j_maxdissensus": (
        "agreement.rstar_wg_j",
        "null='max_dissensus'",
        rstar("max_dissensus"),
    ),
    "rwg_j_uniform_v27": ("agreement.rwg_j", "missing='listwise'", listwise_rwg_j("uniform")),
    "rwg_j_uniform_avail": ("agreement.rwg_j", "missing='available'", available_rwg_j),
    "rwg_j_uniform_summary": ("agreement.rwg_j", "missing='listwise'", rwg_j_summary),
    "awg": ("agreement.a_wg", "missing='listwise'", mean_adjusted),
    "ad_m_j": ("agreement.ad_m_j", "around='mean'", deviation("mean")),
    "ad_md_j": ("agreement.ad_m_j", "around='median'", deviation("median")),
    "rwg_item1_uniform": ("agreement.rwg", "", first_item_rwg),
    "ad_m_item1": ("agreement.ad_m_j", "one item", first_item_deviation),
}

CASES = {
    **{
        f"agree/synth_team/{last}": Case(function, check, "synth_team", forks)
        for last, (function, forks, check) in AGREEMENT.items()
    },
    "agree/sim/rwg_j_95": Case(
        "agreement.critical_agreement", by_chance, part="by simulation, another generator"
    ),
    "agree/null_variances": Case("nulls.null_variance", null_table),
    "agree/hand/tiny": Case("agreement.rwg_j", by_hand),
    "agree/hand/out_of_range": Case("agreement.rwg_j", out_of_range, forks="out_of_range="),
}
