"""Communities side by side in a real Chromium: offline, accessible, fitting; one community lit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from visits import AXE, RULES, Visit

from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.portfolio_file import render_portfolio

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, sample_diagnosis: Diagnosis) -> Path:
    agreed = sample_diagnosis.model_copy(update={"portfolio_agreed": True})
    path = tmp_path_factory.mktemp("portfolio") / "portfolio.html"
    path.write_text(render_portfolio(agreed), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_to_remark_on(
    browser: Any, file: Path, axe: str, language: str, width: int
) -> None:
    with Visit(browser, file, width) as visit:
        visit.speak(language)
        visit.page.evaluate(axe)
        visit.open_tables()
        assert visit.page.evaluate(AXE, RULES) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        visit.explore(1)
        assert visit.trouble == []


def test_one_community_is_followed_through_all_pages(browser: Any, file: Path) -> None:
    with Visit(browser, file) as visit:
        page = visit.page
        page.select_option("#choose-unit", "Netcongestie Noord")
        assert "unit=Netcongestie" in page.url
        back = "[data-u]:not(.aside)"
        kept = set(page.eval_on_selector_all(back, "found => found.map(e => e.dataset.u)"))
        assert kept == {"Netcongestie Noord"}
        page.reload()
        visit.rest()
        assert page.locator("#choose-unit").input_value() == "Netcongestie Noord"
        page.select_option("#choose-unit", "")
        assert page.locator(".aside").count() == 0
