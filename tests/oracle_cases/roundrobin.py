"""The Social Relations Model beside TripleR."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, table

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.roundrobin import (
    SocialRelations,
    bivariate_relations,
    social_relations,
)
from oracle_cases.case import Case

KEPT = [0, 1, 2, 4, 5]
"""What the program calls the error variance of one rating is never there."""


def columns(group: int | None = None) -> list[Any]:
    data = table("synth_roundrobin.csv")
    if group is not None:
        data = data[data["group"] == group]
    return [data[name] for name in ("y1", "y2", "perceiver", "target", "group")]


def number(estimate: Estimate) -> float:
    return np.nan if estimate.value is None else estimate.value


def components(
    found: SocialRelations, value: Any, tol: float, errors: str, *, sides: list[int]
) -> None:
    """The program tests some components on one side, others on two."""
    rows = KEPT if len(value["type"]) == 6 and "error variance" in value["type"] else range(6)
    wanted = {key: [value[key][row] for row in rows] for key in value if key != "type"}
    assert_matches([number(one) for one in found.components], wanted["estimate"], tol)
    assert_matches([number(one) for one in found.shares], wanted["standardized"], tol)
    standard = np.array([number(test.standard_error) for test in found.tests])
    assert_matches(standard, wanted["se"], tol)
    assert_matches(standard**2, wanted[errors], tol)
    assert_matches([number(test.t) for test in found.tests], wanted["t.value"], tol)
    beyond = [
        number(test.two_sided if two == 2 else test.one_sided)
        for test, two in zip(found.tests, sides, strict=True)
    ]
    assert_matches(beyond, wanted["p.value"], tol)


def one_group(name: str, value: Any, tol: float) -> None:
    y, _, rater, target, _ = columns(5)
    components(social_relations(y, rater, target), value, tol, "SEVAR", sides=[1, 1, 1, 2, 1])


def effects(name: str, value: Any, tol: float) -> None:
    y, _, rater, target, _ = columns(5)
    found = social_relations(y, rater, target).effects
    assert found.members.tolist() == [int(one) for one in value["id"]]
    assert_matches(found.actor, value["y1.a"], tol)
    assert_matches(found.partner, value["y1.p"], tol)


def all_groups(name: str, value: Any, tol: float) -> None:
    y, _, rater, target, group = columns()
    found = social_relations(y, rater, target, group)
    components(found, value, tol, "SEVAR", sides=[1, 1, 1, 2, 2])


def by_group(name: str, value: Any, tol: float) -> None:
    y, _, rater, target, group = columns()
    found = social_relations(y, rater, target, group).by_group

    def wanted(key: str) -> Any:
        return np.array(value[key], dtype=float).reshape(6, 6)[:, KEPT]

    assert_matches(found.values, wanted("estimate"), tol)
    assert_matches(found.errors, wanted("SEVAR"), tol)
    assert_matches(found.shares, wanted("standardized"), tol)
    assert_matches(found.n, wanted("group.size")[:, 0], tol)
    assert_matches(found.groups, wanted("group.id")[:, 0], tol)
    # where a variance is negative the program shows no error, t and p of it and its covariance
    shown = ~np.isnan(wanted("se"))
    error = np.sqrt(found.errors)
    assert_matches(error[shown], wanted("se")[shown], tol)
    assert_matches((found.values / error)[shown], wanted("t.value")[shown], tol)
    for row, label in enumerate(found.groups):
        mine = group == label
        alone = social_relations(y[mine], rater[mine], target[mine])
        sides = [1, 1, 1, 2, 1]
        beyond = [
            number(test.two_sided if two == 2 else test.one_sided)
            for test, two in zip(alone.tests, sides, strict=True)
        ]
        there = shown[row]
        assert_matches(np.array(beyond)[there], wanted("p.value")[row][there], tol)


def bivariate(name: str, value: Any, tol: float) -> None:
    found = bivariate_relations(*columns())
    components(found.pair, value["bivariate"], tol, "biSEVAR", sides=[1] * 6)
    components(found.first, value["y1"], tol, "SEVAR", sides=[1, 1, 1, 2, 2])
    components(found.second, value["y2"], tol, "SEVAR", sides=[1, 1, 1, 2, 2])


def least_squares(name: str, value: Any, tol: float) -> None:
    y, _, rater, target, _ = columns(5)
    found = social_relations(y, rater, target).effects
    assert_matches(found.actor, value["actor"], tol)
    assert_matches(found.partner, value["partner"], tol)


CASES = {
    "people_and_change/synth_roundrobin_5/effects": Case(
        "roundrobin.social_relations", least_squares
    ),
    "srm/synth_group5/univariate": Case("roundrobin.social_relations", one_group),
    "srm/synth_group5/effects": Case("roundrobin.social_relations", effects),
    "srm/synth_all/univariate": Case("roundrobin.social_relations", all_groups),
    "srm/synth_all/univariate_groups": Case("roundrobin.social_relations", by_group),
    "srm/synth_all/bivariate": Case("roundrobin.bivariate_relations", bivariate),
}
