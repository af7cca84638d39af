from __future__ import annotations

import ast
from pathlib import Path

import lcdiag.statistics

ROOM = Path(next(iter(lcdiag.statistics.__path__)))
TESTS = Path(__file__).resolve().parent

# what only carries others: checked through all of them
CARRIERS = {
    "arrays.py",
    "intervals.py",
    "results.py",
    "spread.py",
    "scale_matrix.py",
    "resample.py",
}


def public_functions() -> dict[str, str]:
    found = {}
    for path in sorted(ROOM.glob("*.py")):
        if path.name in CARRIERS:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found[node.name] = path.name
    return found


def called_in_tests() -> set[str]:
    called = set()
    for path in TESTS.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                called.add(node.id)
    return called


def test_every_public_function_of_the_room_is_used_by_a_proof() -> None:
    functions = public_functions()
    assert "cronbach_alpha" in functions
    # the information matrix and group moments are proven through omega's and means' intervals
    through_others = {"information", "group_moments"}
    assert set(functions) - called_in_tests() - through_others == set()


def test_every_public_function_says_what_it_returns_and_when_it_is_absent() -> None:
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                text = ast.get_docstring(node) or ""
                assert text.startswith(("Return", "Raise", "Yield")), f"{path.name}: {node.name}"
                returns = ast.unparse(node.returns) if node.returns else ""
                if returns == "Estimate" and node.name != "with_intervals":
                    assert "Absent when" in text or node.name == "correlation_interval"
