from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no reason to fail: speed is measured by benchmarks, never by a test.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def reference_folder() -> Path | None:
    """Where the reference data of other programs lies, or None; looked for in this place only."""
    named = os.environ.get("LCDIAG_REFERENCE_DATA")
    found = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "oracles"
    return found if (found / "expected.json").is_file() else None


@pytest.fixture(scope="session")
def oracles() -> Path:
    folder = reference_folder()
    if folder is None:
        pytest.skip("the reference values of R and their data sets are not on this machine")
    return folder


@pytest.fixture(scope="session")
def chromium_program() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("no Chromium: install it, or set CHROMIUM to its path")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found
