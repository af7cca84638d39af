"""One reference value: the function that computes it, and how they are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from reference_cases import assert_matches

from lcdiag.base.estimate import Estimate

Check = Callable[[str, Any, float], None]
"""Called with the data set, the reference value and its tolerance; fails where they differ."""


PUBLIC = (
    "moments",
    "scores",
    "composites",
    "reliability",
    "items",
    "association",
    "factor",
    "polychoric",
    "nulls",
    "agreement",
    "intraclass",
    "variance",
    "roundrobin",
    "discrepancy",
    "polarisation",
    "shrinkage",
    "means",
    "change",
    "careless",
    "contrast",
    "resample",
)
"""The modules that people import, in the order of the document; their neighbours serve them."""


@dataclass(frozen=True)
class Case:
    """How an entry of the reference values is proven.

    function : module and public name under lcdiag.statistics, as in "reliability.cronbach_alpha".
    check : compares.
    dataset : passed on to the check; "" where it needs none.
    forks : the arguments that lead to this program's value, as they are typed.
    part : which part of the entry is compared, where it is not the whole; with the reason.
    """

    function: str
    check: Check
    dataset: str = ""
    forks: str = ""
    part: str = ""


def close(estimate: Estimate, wanted: float, tol: float) -> None:
    assert_matches(estimate.value, wanted, tol)


def all_cases() -> dict[str, Case]:
    """Every case of every module in this folder, by the id of its entry."""
    found: dict[str, Case] = {}
    for path in sorted(Path(__file__).resolve().parent.glob("*.py")):
        if path.stem in ("__init__", "case"):
            continue
        module = import_module(f"oracle_cases.{path.stem}")
        twice = set(found) & set(module.CASES)
        assert not twice, f"{path.name} repeats {sorted(twice)}"
        found.update(module.CASES)
    return found
