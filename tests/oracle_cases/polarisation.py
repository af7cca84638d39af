"""The shape of a distribution beside psych."""

from __future__ import annotations

from typing import Any

from reference_cases import table

from lcdiag.statistics.discrepancy import polarisation
from oracle_cases.case import Case, close


def sarle(name: str, value: Any, tol: float) -> None:
    scores = table("synth_prepost.csv")["pre"]
    close(polarisation(scores, (0, 100), measure="sarle"), value, tol)


CASES = {
    "people_and_change/synth_prepost/sarle": Case(
        "discrepancy.polarisation", sarle, "", "measure='sarle'"
    ),
}
