"""The contracts name what they mean to name, also when a room gets a new module."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_views_may_import_no_module_of_planning_but_the_plan_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"]: one for one in project["tool"]["importlinter"]["contracts"]}
    forbidden = contracts["Views see only released models"]["forbidden_modules"]
    modules = {
        f"lcdiag.planning.{path.stem}"
        for path in (ROOT / "lcdiag" / "planning").glob("*.py")
        if path.stem not in ("__init__", "plan_model")
    }
    assert modules == {name for name in forbidden if name.startswith("lcdiag.planning")}
