"""Between-group differences beside multilevel and aov."""

from __future__ import annotations

from typing import Any

from reference_cases import assert_matches, grouped_scores

from lcdiag.statistics.intraclass import OneWay, icc_1, icc_k, one_way
from oracle_cases.case import Case, Check, close

ONE_WAYS = ("lq_LEAD", "synth_team_mean")


def anova(name: str, value: Any, tol: float) -> None:
    found = one_way(*grouped_scores(name))
    assert isinstance(found, OneWay)
    names = {
        "SSB": found.ss_between,
        "SSW": found.ss_within,
        "dfB": found.df_between,
        "dfW": found.df_within,
        "MSB": found.ms_between,
        "MSW": found.ms_within,
        "F": found.f,
        "p": found.p,
        "N": found.n,
        "K": found.groups,
        "mean_n": found.mean_size,
        "k0": found.k0,
        "harmonic_n": found.harmonic_size,
        "eta2": found.eta2,
        "omega2": found.omega2,
        "epsilon2": found.epsilon2,
    }
    assert_matches(list(names.values()), [value[key] for key in names], tol)


def icc_one(name: str, value: Any, tol: float) -> None:
    sizes = {"mean": "icc1_bliese", "k0": "icc1_k0", "harmonic": "icc1_harmonic"}
    for size, key in sizes.items():
        close(icc_1(*grouped_scores(name), size=size), value[key], tol)


def icc_mean(name: str, value: Any, tol: float) -> None:
    scores, groups = grouped_scores(name)
    close(icc_k(scores, groups), value["icc2_bliese"], tol)
    found = one_way(scores, groups)
    assert isinstance(found, OneWay)
    for size, key in (("mean", "icc2_sb_meann"), ("k0", "icc2_sb_k0")):
        one, m = icc_1(scores, groups, size=size).value, found.size(size)
        assert one is not None
        assert_matches(m * one / (1 + (m - 1) * one), value[key], tol)


def icc_intervals(name: str, value: Any, tol: float) -> None:
    scores, groups = grouped_scores(name)
    one = icc_1(scores, groups, size="k0", interval="F")
    mean = icc_k(scores, groups, interval="F")
    keys = ("icc1_lo", "icc1_hi", "icc2_lo", "icc2_hi")
    assert_matches([one.low, one.high, mean.low, mean.high], [value[k] for k in keys], tol)


ONE_WAY: dict[str, tuple[str, str, Check]] = {
    "anova": ("intraclass.one_way", "", anova),
    "icc1": ("intraclass.icc_1", "size='mean' / 'k0' / 'harmonic'", icc_one),
    "icc2": ("intraclass.icc_k", "", icc_mean),
    "icc_ci_F": ("intraclass.icc_1", "size='k0', interval='F'", icc_intervals),
}

CASES = {
    f"icc1way/{data}/{last}": Case(function, check, data, forks)
    for data in ONE_WAYS
    for last, (function, forks, check) in ONE_WAY.items()
}
