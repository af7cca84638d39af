"""Each reference value of other programs, within its own tolerance; none is forgotten."""

from __future__ import annotations

from importlib import import_module

import pytest
from oracle_cases.case import all_cases
from reference_cases import entries, entry

CASES = all_cases()

EXCEPTIONS = {
    "omega_nf1_minres": "psych prints a hierarchical omega above the total one for one factor",
    "glb_fa": "not the greatest lower bound, in spite of its name",
    "unidim": "indices of one program, without a published definition to compute from",
}
"""Entries that no function computes, by the last part of their id, with the reason."""

CHANCE_CORRECTED = "an agreement coefficient that is not offered here"


def excepted(name: str) -> str:
    """Return why an entry needs no case, or ""."""
    last = name.rsplit("/", 1)[1]
    if last.startswith("irrCAC_") and last != "irrCAC_krippen.alpha.raw":
        return CHANCE_CORRECTED
    return EXCEPTIONS.get(last, "")


@pytest.mark.parametrize("name", sorted(CASES))
def test_matches_the_reference_program(name: str) -> None:
    wanted = entry(name)
    case = CASES[name]
    case.check(case.dataset, wanted["value"], wanted["tol"])


def test_every_entry_has_a_case_or_a_reason_why_not() -> None:
    forgotten = [name for name in entries() if name not in CASES and not excepted(name)]
    assert forgotten == []


def test_no_entry_has_both() -> None:
    assert [name for name in CASES if excepted(name)] == []


def test_every_case_names_a_public_function() -> None:
    for name, case in CASES.items():
        module, function = case.function.split(".")
        found = getattr(import_module(f"lcdiag.statistics.{module}"), function, None)
        assert callable(found), f"{name}: {case.function}"
