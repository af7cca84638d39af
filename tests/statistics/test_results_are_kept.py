"""Results cannot be changed afterwards, and results of arrays are never compared as one."""

from __future__ import annotations

import ast
import dataclasses
from importlib import import_module
from pathlib import Path

import pytest

import lcdiag.statistics

ROOM = Path(next(iter(lcdiag.statistics.__path__)))
SCRATCH = {"CellSums"}
"""Fits keep what they have worked out in these; no caller sees them."""

ARRAYS = ("Floats", "Counts", "Labels", "NDArray", "Places", "Bools", "PersonValues")


def results() -> list[tuple[str, str]]:
    return [
        (path.stem, node.name)
        for path in sorted(ROOM.glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.decorator_list
    ]


@pytest.mark.parametrize(("module", "name"), results())
def test_a_result_is_frozen_and_its_arrays_are_not_compared(module: str, name: str) -> None:
    found = getattr(import_module(f"lcdiag.statistics.{module}"), name)
    assert found.__dataclass_params__.frozen or name in SCRATCH
    types = " ".join(str(field.type) for field in dataclasses.fields(found))
    if any(array in types for array in ARRAYS):
        assert not found.__dataclass_params__.eq, "the truth of an array is no yes or no"
