"""Indices of careless answering beside careless and plain R."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, table

from lcdiag.statistics.careless import (
    even_odd,
    intra_individual_variability,
    longstring,
    mahalanobis,
    mahalanobis_tail,
    person_total,
    psychometric_synonyms,
    synonym_pairs,
    variability_by_part,
)
from oracle_cases.case import Case


def answers() -> Any:
    return table("synth_careless.csv")[[f"v{i:02d}" for i in range(1, 41)]]


def runs(name: str, value: Any, tol: float) -> None:
    assert_matches(longstring(answers()), value["longstr"], tol)
    assert_matches(longstring(answers(), run="average"), value["avgstr"], tol)


def spread(name: str, value: Any, tol: float) -> None:
    assert_matches(intra_individual_variability(answers()), value, tol)


def spread_in_parts(name: str, value: Any, tol: float) -> None:
    assert_matches(intra_individual_variability(answers()), value["irvTotal"], tol)
    parts = variability_by_part(answers(), 4)
    for number, part in enumerate(parts, start=1):
        assert_matches(part, value[f"irv{number}"], tol)


def distance(name: str, value: Any, tol: float) -> None:
    assert_matches(mahalanobis(answers()), value["d2"], tol)
    assert_matches(np.asarray(mahalanobis_tail(answers())) < 0.01, value["flag"], tol)
    assert_matches(mahalanobis(answers(), squared=False), np.sqrt(value["d2"]), tol)


def halves(name: str, value: Any, tol: float) -> None:
    assert_matches(even_odd(answers(), [5] * 8), value, tol)


def synonyms(name: str, value: Any, tol: float) -> None:
    found = psychometric_synonyms(answers(), 0.5)
    assert_matches(found, value["cor"], tol)
    assert_matches(found.n, value["numPairs"], tol)


def pairs(name: str, value: Any, tol: float) -> None:
    found = synonym_pairs(answers(), 0.5) + 1
    assert_matches(found[:, 0], value["row"], tol)
    assert_matches(found[:, 1], value["col"], tol)


def beside_the_others(name: str, value: Any, tol: float) -> None:
    assert_matches(person_total(answers()), value["others"], tol)
    assert_matches(person_total(answers(), total="all"), value["all"], tol)


def whole_answers(name: str, value: Any, tol: float) -> None:
    whole = answers().dropna()
    assert_matches(mahalanobis(whole), value["d2"], tol)
    assert_matches(mahalanobis(whole, missing="own"), value["d2"], tol)
    assert_matches(mahalanobis_tail(whole), value["tail"], tol)


def runs_over_gaps(name: str, value: Any, tol: float) -> None:
    assert_matches(longstring(answers(), na="skipped"), value, tol)


def plain_halves(name: str, value: Any, tol: float) -> None:
    found = even_odd(answers(), [5] * 8, higher="consistent", corrected=False)
    assert_matches(found, value, tol)


CASES = {
    "people_and_change/synth_careless_complete/mahalanobis": Case(
        "careless.mahalanobis_tail", whole_answers
    ),
    "people_and_change/synth_careless/longest_run_skipped": Case(
        "careless.longstring", runs_over_gaps, "", "na='skipped'"
    ),
    "people_and_change/synth_careless/even_odd_uncorrected": Case(
        "careless.even_odd", plain_halves, "", "higher='consistent', corrected=False"
    ),
    "careless/synth/longstring": Case("careless.longstring", runs, "", "na='breaks'"),
    "careless/synth/irv": Case("careless.intra_individual_variability", spread),
    "careless/synth/irv_split4": Case(
        "careless.variability_by_part", spread_in_parts, "", "split=4"
    ),
    "careless/synth/mahad": Case("careless.mahalanobis", distance, "", "missing='centre'"),
    "careless/synth/evenodd": Case("careless.even_odd", halves, "", "higher='careless'"),
    "careless/synth/psychsyn_50": Case(
        "careless.psychometric_synonyms", synonyms, "", "critical=0.5, orientation='one'"
    ),
    "careless/synth/psychsyn_pairs_50": Case("careless.synonym_pairs", pairs, "", "critical=0.5"),
    "careless/synth/person_total": Case(
        "careless.person_total", beside_the_others, "", "total='others' / 'all'"
    ),
}
