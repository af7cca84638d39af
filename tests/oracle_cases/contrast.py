"""Differences of units beside R: Welch's t, corrections, effect sizes, clusters."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from reference_cases import assert_matches, table

from lcdiag.statistics.contrast import contrasts
from lcdiag.statistics.means import mean_difference, mean_interval
from oracle_cases.case import Case, Check

PAIRS = tuple(combinations(range(4), 2))


def answers() -> tuple[Any, Any, Any]:
    """The second question, in four units by number of the person, and the teams they sit in."""
    data = table("synth_team.csv")
    return data["q2"], data["person"] % 4, data["team"]


def tests(**forks: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        y, unit, _ = answers()
        found = contrasts(y, unit, correction="none", **forks)
        _, low, high = found.difference.limits[0]
        assert_matches(found.difference, value["difference"], tol)
        assert_matches([low, high], [value["low"], value["high"]], tol)
        for part in ("t", "freedom", "p"):
            assert_matches(getattr(found, part), value[part], tol)
        assert_matches(found.adjusted, value["p"], tol)

    return check


def corrected(correction: str) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        y, unit, _ = answers()
        assert_matches(contrasts(y, unit, correction=correction).adjusted, value, tol)

    return check


def effects(name: str, value: Any, tol: float) -> None:
    y, unit, _ = answers()
    found, plain = contrasts(y, unit), contrasts(y, unit, effect="cohen")
    for measure, names in (
        (found.standardised, ("g", "g_low", "g_high")),
        (found.common_language, ("chance", "chance_low", "chance_high")),
    ):
        _, low, high = measure.limits[0]
        for part, own in zip(names, (measure.values, low, high), strict=True):
            assert_matches(own[:3], value[part], tol)
    assert_matches(plain.standardised.values[:3], value["d"], tol)


def pairs_in_clusters(name: str, value: Any, tol: float) -> None:
    y, unit, team = answers()
    found = contrasts(y, unit, cluster=team)
    assert_matches(found.difference, value["value"], tol)
    assert_matches(found.freedom, value["freedom"], tol)
    assert_matches(found.difference.values / found.t, value["error"], tol)


def difference_in_clusters(name: str, value: Any, tol: float) -> None:
    from scipy.special import stdtrit

    y, unit, team = answers()
    for row, (one, other) in enumerate(PAIRS):
        one_pair = mean_difference(y, unit, one, other, cluster=team)
        half = stdtrit(value["freedom"][row], 0.975) * value["error"][row]
        wanted = [value["value"][row] + sign * half for sign in (0, -1, 1)]
        assert_matches([one_pair.value, one_pair.low, one_pair.high], wanted, tol)


def pairs_in_both(name: str, value: Any, tol: float) -> None:
    pairs_in_clusters(name, value, tol)
    difference_in_clusters(name, value, tol)


def mean_in_clusters(name: str, value: Any, tol: float) -> None:
    from scipy.special import stdtrit

    y, _, team = answers()
    found = mean_interval(y, cluster=team)
    half = stdtrit(value["freedom"], 0.975) * value["error"]
    wanted = [value["value"] + sign * half for sign in (0, -1, 1)]
    assert_matches([found.value, found.low, found.high], wanted, tol)


CASES = {
    "contrast/synth_team/pairs": Case("contrast.contrasts", tests(), "synth_team"),
    "contrast/synth_team/rest": Case(
        "contrast.contrasts", tests(against="rest"), "synth_team", "against='rest'"
    ),
    "contrast/synth_team/pairs_fdr": Case(
        "contrast.contrasts", corrected("fdr"), "synth_team", "correction='fdr'"
    ),
    "contrast/synth_team/pairs_holm": Case(
        "contrast.contrasts", corrected("holm"), "synth_team", "correction='holm'"
    ),
    "contrast/synth_team/effects": Case(
        "contrast.contrasts", effects, "synth_team", "effect='hedges' / 'cohen'"
    ),
    "contrast/synth_team/pairs_cluster": Case(
        "contrast.contrasts", pairs_in_both, "synth_team", "cluster=team"
    ),
    "contrast/synth_team/mean_cluster": Case(
        "means.mean_interval", mean_in_clusters, "synth_team", "cluster=team"
    ),
}
