"""The dashboard in a real Chromium: offline, accessible, whole without the script, quick to use."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import engine_sample
import pytest
from sample import COMMUNITY, small
from visits import AXE, RULES, Visit

from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.index import render_index
from lcdiag.views.render import render_dashboard, render_pages

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, sample_diagnosis: Diagnosis) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    diagnosis, sample = small(), sample_diagnosis
    made = {
        "sample": render_dashboard(sample, sample.communities[0]),
        "sample-large": render_dashboard(sample, "Netcongestie Noord"),
        "engine": render_pages(diagnosis, COMMUNITY, engine_sample.pages()),
        "whole": render_dashboard(diagnosis, COMMUNITY),
        "english": render_dashboard(diagnosis, COMMUNITY, language="en", explore=False),
        "index": render_index(diagnosis, [(COMMUNITY, "whole.html")]),
    }
    for name, html in made.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["engine", "whole", "sample", "sample-large"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_to_remark_on(
    browser: Any, files: dict[str, Path], axe: str, name: str, width: int, language: str
) -> None:
    with Visit(browser, files[name], width) as visit:
        page = visit.page
        page.evaluate(axe)
        if language == "en":
            page.click('[data-lang="en"]')
            visit.rest()
        assert page.evaluate(AXE, RULES) == []
        visit.open_tables()
        assert page.evaluate(AXE, RULES) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        places = range(page.locator(".xp:visible").count()) if name == "engine" else range(1)
        for place in places:
            visit.explore(place)
            assert page.evaluate(AXE, RULES) == []
            page.keyboard.press("Escape")
        assert visit.trouble == []


@pytest.mark.parametrize("name", ["index", "english"])
def test_files_without_explore_have_nothing_to_remark_on(
    browser: Any, files: dict[str, Path], axe: str, name: str
) -> None:
    for width in (1280, 320):
        with Visit(browser, files[name], width) as visit:
            visit.page.evaluate(axe)
            assert visit.page.evaluate(AXE, RULES) == []
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
            assert visit.trouble == []


def test_without_the_script_every_figure_and_table_is_there(
    browser: Any, files: dict[str, Path]
) -> None:
    with Visit(browser, files["whole"], java_script_enabled=False) as visit:
        page = visit.page
        figures = page.locator("figure.fig")
        assert figures.count() >= 8
        assert page.locator("figure.fig table").count() == figures.count()
        earlier = page.locator("details:is(.wave, .rv):not([open]) > summary")
        for _ in range(earlier.count()):
            earlier.nth(0).click()
        for place in range(figures.count()):
            assert figures.nth(place).is_visible()
        assert page.locator("button:visible").count() == 0


def test_the_language_switch_changes_every_text_and_back(
    browser: Any, files: dict[str, Path]
) -> None:
    with Visit(browser, files["engine"]) as visit:
        page = visit.page
        before = page.locator("main").inner_text()
        page.click('[data-lang="en"]')
        page.wait_for_function("document.documentElement.lang === 'en'", timeout=5000)
        assert page.title().endswith("How do we work together?")
        assert "Trust between parties" in page.locator("#brief-strips").inner_text()
        assert "5.5" in page.locator("#brief-strips").inner_text()
        assert page.locator("nav").get_attribute("aria-label") == "Sections"
        assert "niet getoond" not in page.locator("body").inner_text()
        assert page.evaluate("document.activeElement.dataset.lang") == "nl"
        page.keyboard.press("Enter")
        visit.rest()
        assert page.locator("main").inner_text() == before


def test_the_chosen_wave_and_theme_stay_in_the_address(
    browser: Any, files: dict[str, Path]
) -> None:
    with Visit(browser, files["engine"]) as visit:
        page = visit.page
        assert page.locator("#items-3").is_visible()
        assert page.locator("#items-1").is_hidden()
        page.select_option("#choose-wave", "1")
        assert page.locator("#items-1").is_visible()
        assert page.locator("#items-3").is_hidden()
        assert "wave=1" in page.url
        assert page.locator("[data-when]:visible").get_attribute("data-when") == "1"
        page.reload()
        assert page.locator("[data-when]:visible").get_attribute("data-when") == "1"
        assert page.locator("#items-1").is_visible()
    with Visit(browser, files["whole"]) as visit:
        page = visit.page
        shown = page.locator("figure.fig:visible").count()
        page.select_option("#choose-theme", index=1)
        assert 0 < page.locator("figure.fig.lit:visible").count() < shown
        assert page.locator("figure.fig:visible").count() == shown
        page.select_option("#choose-theme", index=0)
        assert page.locator("figure.fig.lit").count() == 0


STOP = """() => { const e = document.activeElement, f = e.closest('figure.fig');
  return [f ? f.id : '', e.tagName, e.textContent.slice(0, 30)]; }"""


def test_tab_stops_are_few(browser: Any, files: dict[str, Path]) -> None:
    with Visit(browser, files["whole"]) as visit:
        stops: list[list[str]] = []
        for _ in range(400):
            visit.page.keyboard.press("Tab")
            stop = visit.page.evaluate(STOP)
            if stop[1] == "BODY":
                break
            stops.append(stop)
        inside = [stop[0] for stop in stops]
        first = next(place for place, name in enumerate(inside) if name)
        assert first <= 12
        counted = {name: inside.count(name) for name in set(inside) if name}
        assert len(counted) == visit.page.locator("figure.fig:visible").count()
        assert max(counted.values()) <= 2


def test_everything_works_by_keyboard(browser: Any, files: dict[str, Path]) -> None:
    with Visit(browser, files["engine"]) as visit:
        page = visit.page
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        assert page.evaluate("document.activeElement.id") == "before-h"
        page.locator('.ctl [data-lang="en"]').focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == "print"
        page.locator('nav a[href="#say"]').focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        assert page.evaluate("document.activeElement.id") == "say-h"
        opener = page.locator("#topics-x")
        opener.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#xp-w", state="hidden", timeout=30_000)
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        before = page.evaluate("document.getElementById('xp-p')._fullLayout.xaxis.range.slice()")
        page.locator('[data-do="zoom-in"]').focus()
        page.keyboard.press("Enter")
        after = page.evaluate("document.getElementById('xp-p')._fullLayout.xaxis.range.slice()")
        assert after[1] - after[0] < before[1] - before[0]
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        again = page.evaluate("document.getElementById('xp-p')._fullLayout.xaxis.range.slice()")
        assert again == pytest.approx(before)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "topics-x"
        assert visit.trouble == []


def test_layers_can_be_switched_off(browser: Any, files: dict[str, Path]) -> None:
    with Visit(browser, files["engine"]) as visit:
        visit.explore(1)
        boxes = visit.page.locator("dialog input[type=checkbox]")
        assert boxes.count() >= 3
        boxes.nth(0).uncheck()
        assert visit.page.evaluate("document.getElementById('xp-p').data[0].visible") is False
        assert visit.trouble == []


def test_nothing_moves_while_loading(browser: Any, files: dict[str, Path]) -> None:
    with Visit(browser, files["whole"]) as visit:
        shift = visit.page.evaluate(
            """() => new Promise(done => { let sum = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
              .observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 200); })"""
        )
        assert shift <= 0.01


def test_print_keeps_every_label(browser: Any, files: dict[str, Path], tmp_path: Path) -> None:
    with Visit(browser, files["whole"]) as visit:
        page = visit.page
        labels = page.evaluate(
            "[...document.querySelectorAll('figure.fig')].filter(f => f.offsetParent)"
            ".flatMap(f => [...f.querySelectorAll('.l')].map(l => l.firstChild.textContent))"
        )
        paper = tmp_path / "paper.pdf"
        page.pdf(path=str(paper), prefer_css_page_size=True)
    assert paper.stat().st_size <= 1_000_000
    assert len(labels) > 20
    if shutil.which("pdftotext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no pdftotext: install poppler-utils")
        pytest.skip("no pdftotext on this machine")
    text = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"], capture_output=True, check=True
    ).stdout.decode("utf-8")
    sheets = text.count("\f")
    assert sheets <= 16
    words = set(text.split())
    for label in labels:
        assert set(label.split()) <= words
