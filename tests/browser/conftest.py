"""What tests in the browser share: one Chromium a file, and the diagnosis of the sample study."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "views"))

from lcdiag import diagnose
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.workflow.study import sample_study


@pytest.fixture(scope="module")
def browser(chromium_program: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sample_diagnosis() -> Diagnosis:
    return diagnose(sample_study(), made="2026-11-10")


@pytest.fixture(scope="session")
def axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
