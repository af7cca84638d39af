"""Where the reference values and their data sets are, and how closely a value must match."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from reference_place import reference_folder

OWN = Path(__file__).resolve().parent / "reference"
"""The CC0 sets, in every checkout."""


@cache
def entries() -> dict[str, dict[str, Any]]:
    """All entries this machine has: the full set where it lies, else the CC0 part; and `r/`."""
    folder = reference_folder() or OWN
    found = {}
    for path in (folder / "expected.json", *sorted((OWN / "r").glob("*.json"))):
        content = json.loads(path.read_text(encoding="utf-8"))
        found.update({entry["id"]: entry for entry in content["entries"]})
    return found


def entry(name: str) -> dict[str, Any]:
    if name not in entries():
        pytest.skip("this reference set is under the GPL and is not on this machine")
    return entries()[name]


@cache
def table(file: str) -> pd.DataFrame:
    folder = OWN if file.startswith("synth_") else reference_folder()
    if folder is None:
        pytest.skip(f"{file} is under the GPL and is not on this machine")
    data = folder / file if (folder / file).is_file() else folder / "data" / file
    return pd.read_csv(data, encoding="utf-8")


def items(name: str) -> pd.DataFrame:
    """The items of a data set, reversed as its entries say."""
    if name == "synth_team":
        found = table("synth_team.csv")[[f"q{i}" for i in range(1, 7)]].copy()
        found["q4"] = 6 - found["q4"]
        return found
    if name == "attitude":
        return table("attitude.csv")
    found = table("bfi.csv")[[f"A{i}" for i in range(1, 6)]].copy()
    found["A1"] = 7 - found["A1"]
    return found.dropna() if name == "bfi_agree_listwise" else found


def grouped_scores(name: str) -> tuple[pd.Series, pd.Series]:
    """The scores and groups of a one-way data set."""
    if name == "lq_LEAD":
        data = table("lq2002.csv")
        return data["LEAD"], data["COMPID"]
    return items("synth_team").mean(axis=1), table("synth_team.csv")["team"]


def assert_matches(got: Any, wanted: Any, tol: float) -> None:
    """Every number within tol * max(1, |value|); null matches NaN and None only."""
    have = np.atleast_1d(np.array(got, dtype=float))
    want = np.atleast_1d(np.array(wanted, dtype=float))
    assert have.shape == want.shape
    assert np.array_equal(np.isnan(have), np.isnan(want))
    gap = np.abs(have - want) / np.maximum(1, np.abs(want))
    assert np.nanmax(gap, initial=0.0) <= tol
