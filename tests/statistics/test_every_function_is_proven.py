from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path

from oracle_cases.case import PUBLIC

import lcdiag.statistics

ROOM = Path(next(iter(lcdiag.statistics.__path__)))
TESTS = Path(__file__).resolve().parent


def public_functions() -> dict[str, str]:
    found = {}
    for name in PUBLIC:
        module = import_module(f"lcdiag.statistics.{name}")
        for word in getattr(module, "__all__", None) or vars(module):
            value = getattr(module, word)
            own = hasattr(module, "__all__") or getattr(value, "__module__", "") == module.__name__
            if inspect.isfunction(value) and own and not word.startswith("_"):
                found[word] = name
    return found


def called_in_tests() -> set[str]:
    called = set()
    for path in (*TESTS.glob("test_*.py"), *(TESTS.parent / "oracle_cases").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                called.add(node.id)
    return called


def test_every_public_function_of_the_room_is_used_by_a_proof() -> None:
    functions = public_functions()
    assert "cronbach_alpha" in functions
    # group moments are proven through the intervals of means
    assert set(functions) - called_in_tests() - {"group_moments"} == set()


def test_every_public_function_says_what_it_returns_and_when_it_is_absent() -> None:
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                text = ast.get_docstring(node) or ""
                assert text.startswith(("Return", "Raise", "Yield")), f"{path.name}: {node.name}"
                returns = ast.unparse(node.returns) if node.returns else ""
                if returns == "Estimate" and node.name != "with_intervals":
                    assert "Absent when" in text or node.name == "correlation_interval"
