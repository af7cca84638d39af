"""The documents on simulating and planning name everything that can be stated."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel

from lcdiag.planning import truth_file
from lcdiag.planning.plan_model import Plan
from lcdiag.planning.truth_file import StatedWorld

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_key_of_a_truth_file_is_explained() -> None:
    text = (DOCS / "simulation.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", text))))
    models = [
        one
        for one in vars(truth_file).values()
        if isinstance(one, type)
        and issubclass(one, BaseModel)
        and one.__module__ == truth_file.__name__
    ]
    assert StatedWorld in models
    assert len(models) >= 6
    keys = {name for one in models for name in one.model_fields} - {"schema_"}
    assert keys <= words, f"docs/simulation.md explains no {sorted(keys - words)}"


def test_the_defaults_that_the_document_names_are_those_of_the_code() -> None:
    text = (DOCS / "simulation.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| `spread.general`"))
    cells = row.split("|")
    named = [one.strip("`. ").removeprefix("spread.") for one in cells[1].split(",")]
    values = [float(one) for one in cells[3].split(",")]
    spread = StatedWorld().spread
    assert [getattr(spread, name) for name in named] == values
    assert f"| {StatedWorld().everywhere.elsewhere} |" in text


def test_plans_are_described_with_what_they_rest_on() -> None:
    text = (DOCS / "planning.md").read_text(encoding="utf-8")
    for name in ("simulation.md", "calibration.md", "benchmarks/plan.py", "lcdiag plan"):
        assert name in text
    assert Plan.model_fields["schema_"].default == "lcdiag/plan/1"
