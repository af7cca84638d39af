"""Reliable change beside its closed forms in R."""

from __future__ import annotations

from typing import Any

from reference_cases import assert_matches, table

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.change import (
    ReliableChange,
    composition_change,
    reliable_change,
    smallest_detectable_change,
    wave_difference,
)
from oracle_cases.case import Case, Check, close

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


def difference(linked: bool) -> Estimate:
    data = table("synth_prepost.csv")
    ids = data["id"]
    later = ids if linked else -ids
    return wave_difference(
        data["pre"], data["post"], first_ids=ids, second_ids=later, confidence=0.9
    )


def interval(linked: bool) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        found = difference(linked)
        wanted = [value["value"], value["low"], value["high"]]
        assert_matches([found.value, found.low, found.high], wanted, tol)

    return check


def parts(name: str, value: Any, tol: float) -> None:
    data = table("synth_prepost.csv")
    first, second = data[:70], data[30:]
    found = composition_change(
        first["pre"], second["post"], first_ids=first["id"], second_ids=second["id"]
    )
    for part in ("total", "within", "came", "left"):
        close(getattr(found, part), value[part], tol)
    assert_matches([found.came.low, found.left.low], [value["came_low"], value["left_low"]], tol)


CASES = {
    "people_and_change/synth_prepost/paired_t": Case("change.wave_difference", interval(True)),
    "people_and_change/synth_prepost/welch_t": Case("change.wave_difference", interval(False)),
    "people_and_change/synth_prepost/composition": Case("change.composition_change", parts),
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
