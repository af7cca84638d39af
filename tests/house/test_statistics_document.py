"""The document on statistics is what the code says of itself now."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = ROOT / "docs" / "make_statistics.py"
    spec = importlib.util.spec_from_file_location("make_statistics", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = before
    return module


def test_the_document_is_up_to_date(maker: ModuleType) -> None:
    written = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    assert written == maker.document(), "run: python docs/make_statistics.py"


def test_every_public_function_has_its_part(maker: ModuleType) -> None:
    from oracle_cases.case import PUBLIC

    text = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^### \w+\.(\w+)$", text, re.M))
    for module in PUBLIC:
        assert f"\n## {module}\n" in text
        assert set(maker.public_functions(module)) <= told


def test_no_reference_is_left_without_words(maker: ModuleType) -> None:
    assert maker.parts("One.\n\nNotes\n-----\nAbsent when: x.")["Notes"] == "Absent when: x."
    assert maker.numbers({"a": [1, None, "b"], "c": {"d": 2.5}}) == [1.0, 2.5]
    assert maker.shown([1, 2, 3, 4]) == "1, 2, 3 ... (4 numbers)"
    assert maker.sentence("Return the mean.") == "The mean."
