"""Marks and labels stand where they stood: golden boxes of a small fixed diagnosis."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geometry
import pytest
from visits import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visit(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    path: Path = tmp_path_factory.mktemp("geometry") / "page.html"
    path.write_text(geometry.page_text(), encoding="utf-8")
    with Visit(browser, path) as opened:
        if not opened.page.evaluate(geometry.FONT):
            if os.environ.get("CI") == "true":
                pytest.fail("pages are not set in DejaVu Sans: install fonts-dejavu-core")
            pytest.skip("the golden boxes are of DejaVu Sans")
        yield opened


@pytest.mark.parametrize("width", geometry.WIDTHS)
@pytest.mark.parametrize("language", geometry.LANGUAGES)
def test_everything_stands_where_it_stood(visit: Visit, language: str, width: int) -> None:
    kept = json.loads(geometry.path_of(language, width).read_text(encoding="utf-8"))
    assert len(kept) >= 10
    wrong = geometry.moved(geometry.look(visit, language, width), kept)
    assert wrong == [], "if this is as wanted: python tests/browser/make_geometry.py"


def test_a_mark_that_moved_is_seen(visit: Visit) -> None:
    before = geometry.look(visit, "nl", 1280)
    push = "document.querySelector('#f-strips .m').style.translate = '{}'"
    visit.page.evaluate(push.format("12px"))
    after = geometry.look(visit, "nl", 1280)
    visit.page.evaluate(push.format(""))
    (wrong,) = geometry.moved(after, before)
    assert wrong.startswith("f-strips: ['circle.m'")


def test_the_golden_boxes_stay_small() -> None:
    assert sum(path.stat().st_size for path in geometry.FOLDER.glob("*.json")) <= 150_000
