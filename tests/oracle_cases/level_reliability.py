"""Coefficients within and between groups beside lavaan's two-level models."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches
from scipy.special import ndtri

from lcdiag.statistics.arrays import as_grouping
from lcdiag.statistics.reliability import alpha_by_level, omega_by_level
from lcdiag.statistics.two_level import LevelFit, factor_fit, level_sums, saturated_fit
from oracle_cases.case import Case


def noise(place: Any) -> Any:
    """Numbers that look normal and are the same in every program."""
    return ndtri(np.clip((np.sin(place * 12.9898) * 43758.5453) % 1, 1e-9, 1 - 1e-9))


def formula_data() -> tuple[Any, Any]:
    """60 groups of 3 to 8 people, 5 items, as the R script makes them."""
    groups = np.repeat(np.arange(1, 61), [3 + group % 6 for group in range(1, 61)])
    person, item = np.arange(1, len(groups) + 1)[:, None], np.arange(1, 6)[None, :]
    rows = (
        3
        + (0.5 + 0.1 * item) * noise(groups[:, None])
        + 0.4 * noise(1000 + 5 * groups[:, None] + item)
        + (0.9 - 0.1 * item) * noise(5000 + person)
        + 0.7 * noise(9000 + 5 * person + item)
    )
    return rows, groups


def fitted() -> tuple[LevelFit, LevelFit]:
    rows, groups = formula_data()
    sums = level_sums(rows, as_grouping(groups, len(rows)))
    return saturated_fit(sums), factor_fit(sums)


def first_row(name: str, value: Any, tol: float) -> None:
    assert_matches(formula_data()[0][0], value, tol)


def within(name: str, value: Any, tol: float) -> None:
    assert_matches(fitted()[0].within, value["values"], tol)


def between(name: str, value: Any, tol: float) -> None:
    assert_matches(fitted()[0].between, value["values"], tol)


def alpha(name: str, value: Any, tol: float) -> None:
    found = alpha_by_level(*formula_data())
    got = [found.within.value, found.between.value]
    assert_matches(got, [value["within"], value["between"]], tol)


def omega(name: str, value: Any, tol: float) -> None:
    found = omega_by_level(*formula_data())
    got = [found.within.value, found.between.value]
    assert_matches(got, [value["within"], value["between"]], tol)


def loglik(name: str, value: Any, tol: float) -> None:
    saturated, factor = fitted()
    assert_matches([saturated.loglik, factor.loglik], [value["saturated"], value["factor"]], tol)
    # no lower than where the other program stopped
    assert saturated.loglik > value["saturated"] - 1e-6
    assert factor.loglik > value["factor"] - 1e-6


CASES = {
    "two-level/formula/first_row": Case("reliability.alpha_by_level", first_row, part="the data"),
    "two-level/formula/within": Case("reliability.alpha_by_level", within),
    "two-level/formula/between": Case("reliability.alpha_by_level", between),
    "two-level/formula/alpha": Case("reliability.alpha_by_level", alpha),
    "two-level/formula/omega": Case("reliability.omega_by_level", omega),
    "two-level/formula/loglik": Case("reliability.omega_by_level", loglik),
}
