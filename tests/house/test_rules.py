"""The rules the house keeps by itself: sizes, names, captions, doors."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "lcdiag").rglob("*.py"))
TRACKED = [
    path
    for pattern in ("*.py", "*.md", "*.toml", "*.po", "*.j2", "*.css", "*.js", "*.cff")
    for path in sorted(ROOT.rglob(pattern))
    if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_small_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    caption = (ast.get_docstring(tree) or "").splitlines()
    assert caption, "the first line of a module is its caption"
    assert caption[0].strip(), "the first line of a module is its caption"
    assert len(text.splitlines()) <= 350, "a module has at most 350 lines"
    assert path.stem not in {"utils", "helpers", "common", "misc", "util"}
    long = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno + 1 > 60
    ]
    assert not long, "a function has at most 60 lines"


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name)
def test_a_room_holds_only_its_caption(path: Path) -> None:
    if path.parent == ROOT / "lcdiag":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert len(tree.body) == 1, "the door of a room carries its caption and nothing else"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_open_states_its_encoding(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    careless = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        keywords = {keyword.arg for keyword in node.keywords}
        if called in {"read_text", "write_text"} and "encoding" not in keywords and not node.args:
            careless.append(node.lineno)
        if called == "open" and "encoding" not in keywords:
            literals = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if any(isinstance(x, str) and re.fullmatch(r"[rwax]t?\+?", x) for x in literals):
                careless.append(node.lineno)
    assert not careless, f"lines {careless} open text without an encoding"


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError")
    found = [
        f"{name(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert not found


def test_the_project_speaks_of_itself_alone() -> None:
    away = re.compile(r"/work/|/root/|/home/\w|pypi\.|registry\.npm|\bissue #?\d+", re.IGNORECASE)
    found = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in TRACKED
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if away.search(line)
    ]
    assert not found


def test_no_two_test_files_have_one_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names)), "pytest tells test files apart by their name"
