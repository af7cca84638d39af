"""Reliable change beside its closed forms in R."""

from __future__ import annotations

from typing import Any

from reference_cases import assert_matches, table

from lcdiag.statistics.change import ReliableChange, reliable_change, smallest_detectable_change
from oracle_cases.case import Case, close

R = 0.85


def change(**forks: Any) -> ReliableChange:
    data = table("synth_prepost.csv")
    return reliable_change(data["pre"], data["post"], **forks)


def jacobson_truax(name: str, value: Any, tol: float) -> None:
    found = change(reliability=R, z=1.96)
    close(found.standard_error, value["s_diff"], tol)
    close(found.critical, value["crit"], tol)
    counts = [value["decreased"], value["increased"], value["none"]]
    assert_matches([found.lower, found.higher, found.unchanged], counts, tol)
    assert_matches(found.index.values[:8], value["first8"], tol)
    # the standard error of a single score is that of a difference over the root of 2
    smallest = smallest_detectable_change(table("synth_prepost.csv")["pre"], R, z=1.96)
    close(smallest, value["crit"], tol)
    assert smallest.value is not None
    sem = smallest.value / 1.96 / 2**0.5
    assert_matches([sem, sem / (1 - R) ** 0.5], [value["sem"], value["sd_pre"]], tol)


def variants(name: str, value: Any, tol: float) -> None:
    for key, method in (
        ("iverson", "iverson"),
        ("chelune", "chelune"),
        ("gln", "gulliksen-lord-novick"),
        ("edwards_nunnally", "edwards-nunnally"),
    ):
        found = change(method=method, reliability=R)
        assert_matches(found.index.values[:8], value[key], tol)
    close(change(method="iverson", reliability=R).standard_error, value["iverson_sdiff"], tol)
    srb = change(method="regression")
    close(srb.correlation, value["r12"], tol)
    close(srb.slope, value["srb_slope"], tol)
    close(srb.standard_error, value["srb_see"], tol)
    assert_matches(srb.index.values[:8], value["srb"], tol)


CASES = {
    "rci/jacobson_truax": Case(
        "change.reliable_change", jacobson_truax, "", "method='jacobson-truax', z=1.96"
    ),
    "rci/variants": Case(
        "change.reliable_change",
        variants,
        "",
        "method='iverson' / 'chelune' / 'regression' / 'gulliksen-lord-novick' / "
        "'edwards-nunnally'",
    ),
}
