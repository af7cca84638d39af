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
        assert "Gemeenschap" in page.locator("label:has(#choose-unit)").inner_text()
        back = "[data-u]:not(.aside)"
        kept = set(page.eval_on_selector_all(back, "found => found.map(e => e.dataset.u)"))
        assert kept == {"Netcongestie Noord"}
        for place in ("#who", "#themes", "#nearer", "#topics", "#change"):
            assert page.locator(f"{place} .aside[data-u]").count() > 0, place
        page.reload()
        visit.rest()
        assert page.locator("#choose-unit").input_value() == "Netcongestie Noord"
        page.select_option("#choose-unit", "")
        assert page.locator(".aside").count() == 0


def test_words_stay_whole_on_a_phone(
    browser: Any, tmp_path: Path, sample_diagnosis: Diagnosis
) -> None:
    some = tuple(one.model_copy(update={"invited": None}) for one in sample_diagnosis.sample)
    changed = sample_diagnosis.model_copy(update={"portfolio_agreed": True, "sample": some})
    file = tmp_path / "unknown.html"
    file.write_text(render_portfolio(changed, language="en", explore=False), encoding="utf-8")
    with Visit(browser, file, 320) as visit:
        names = "#who .rr .l:visible"
        lines = "found => found.map(e => e.getBoundingClientRect().width)"
        assert min(visit.page.eval_on_selector_all(names, lines)) >= 100
        broken = """found => found.filter(cell => {
            const word = document.createElement('span');
            word.style.cssText = 'position:absolute;visibility:hidden;white-space:nowrap';
            const long = cell.textContent.split(/\\s+/).sort((a, b) => b.length - a.length)[0];
            word.textContent = long;
            cell.append(word);
            const wide = word.getBoundingClientRect().width;
            word.remove();
            const style = getComputedStyle(cell);
            const room = cell.clientWidth - parseFloat(style.paddingLeft);
            return wide > room - parseFloat(style.paddingRight) + 1;
        }).map(cell => cell.textContent)"""
        cells = "#signals .facts :is(th, td):visible"
        assert visit.page.eval_on_selector_all(cells, broken) == []
