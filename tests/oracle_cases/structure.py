"""Stated factors, one behind each item, beside lavaan."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from reference_cases import assert_matches, items, table

from lcdiag.statistics.factor import StructureFit, stated_structure, structure_difference
from oracle_cases.case import Case, Check, close
from oracle_cases.one_factor import LIMITS, NAMES

THREE = {"a": ["x1", "x2", "x3", "x4"], "b": ["x5", "x6", "x7"], "c": ["x8", "x9"]}
TWO = {"ab": [*THREE["a"], *THREE["b"]], "c": THREE["c"]}
ONE = {"g": [*TWO["ab"], *TWO["c"]]}
HALVES = {"a": ["q1", "q3", "q5"], "b": ["q2", "q4", "q6"]}
PARAMETERS = (
    "loadings", "loadings_error", "loadings_std", "loadings_std_error", "own", "own_error",
)  # fmt: skip
MORE_NAMES = {"rmsea.pvalue.scaled": "rmsea_close_scaled"}


def whole() -> Any:
    return table("synth_structure.csv")


def structure_matches(fit: StructureFit, value: dict[str, Any], tol: float) -> None:
    """Every measure and parameter that the entry has, none left out."""
    measures = fit.measures()
    pairs = tuple(np.triu_indices(len(fit.factors), 1))
    for key, wanted in value.items():
        if key in PARAMETERS:
            assert_matches(getattr(fit, key), wanted, tol)
        elif key == "correlations":
            assert list(fit.between) == list(combinations(fit.factors, 2))
            assert_matches([one.value for one in fit.between.values()], wanted, tol)
            assert_matches(fit.correlations[pairs], wanted, tol)
        elif key == "correlations_error":
            assert_matches(fit.correlations_error[pairs], wanted, tol)
        elif key == "npar":
            assert fit.parameters == wanted
        elif key in LIMITS:
            name, limit = LIMITS[key]
            assert_matches(getattr(measures[name], limit), wanted, tol)
        else:
            close(measures[{**NAMES, **MORE_NAMES}[key]], wanted, tol)


def fitted(clustered: bool = False, **forks: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data, stated = (whole(), THREE) if name == "synth_structure" else (items(name), HALVES)
        cluster = whole()["team"] if clustered else None
        structure_matches(stated_structure(data, stated, cluster=cluster, **forks), value, tol)

    return check


def compared(clustered: bool = False, **forks: Any) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        cluster = whole()["team"] if clustered else None
        loose, two, one = (
            stated_structure(whole(), stated, cluster=cluster, **forks)
            for stated in (THREE, TWO, ONE)
        )
        for wanted, tests in (
            (value["two"], [structure_difference(loose, two)]),
            (value["one"], [structure_difference(loose, one), structure_difference(loose)]),
        ):
            for test in tests:
                close(test.df, wanted["df"], tol)
                close(test.chi_square, wanted["chisq"], tol)
                close(test.scaled_chi_square, wanted["scaled"], tol)
                close(test.scaled_p_value, wanted["scaled_p"], tol)
                close(test.delta_cfi, wanted["cfi"], tol)
                close(test.delta_rmsea, wanted["rmsea"], tol)

    return check


def case(check: Check, forks: str, dataset: str = "synth_structure") -> Case:
    return Case("factor.stated_structure", check, dataset, forks)


def test_of(check: Check, forks: str) -> Case:
    return Case("factor.structure_difference", check, "synth_structure", forks)


CASES = {
    "structure/synth_structure/ml": case(fitted(), "method='ml'"),
    "structure/synth_team/ml_halves": case(fitted(), "method='ml'", "synth_team"),
    "structure/synth_structure/mlr": case(fitted(errors="robust"), "errors='robust'"),
    "structure/synth_structure/mlr_cluster": case(fitted(clustered=True), "cluster="),
    "structure/synth_structure/fiml": case(fitted(missing="fiml"), "missing='fiml'"),
    "structure/synth_structure/mlr_cluster_fiml": case(
        fitted(clustered=True, missing="fiml"), "cluster=, missing='fiml'"
    ),
    "structure/synth_structure/wlsmv": case(fitted(method="wlsmv"), "method='wlsmv'"),
    "structure/synth_structure/difference_mlr": test_of(
        compared(errors="robust"), "errors='robust'"
    ),
    "structure/synth_structure/difference_cluster": test_of(compared(clustered=True), "cluster="),
    "structure/synth_structure/difference_wlsmv": test_of(
        compared(method="wlsmv"), "method='wlsmv'"
    ),
}
