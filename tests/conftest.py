from __future__ import annotations

import os
import shutil
from pathlib import Path

# Before numpy is loaded: workers whose small products each take all cores wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings
from reference_place import reference_folder

# A slow machine is no reason to fail: speed is measured by benchmarks, never by a test.
# The gate tries every property on at least 200 examples; at the desk a quarter of that will do.
thorough = os.environ.get("CI") == "true"
settings.register_profile("patient", deadline=None, max_examples=200 if thorough else 50)
settings.load_profile("patient")


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
