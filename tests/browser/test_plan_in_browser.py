"""A plan in a real Chromium: on a phone, wave by wave, without the script, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lcdiag
from lcdiag.base.shelf import shelf
from lcdiag.planning.truth_file import StatedWorld
from lcdiag.views.plan_pages import render_plan

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium(chromium_program: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a plan of the sample study with few answers, first in each language."""
    folder = tmp_path_factory.mktemp("plan")
    sample = shelf("sample_data") / "energietransitie"
    plan = lcdiag.plan(sample, people=120, truth=StatedWorld(response=0.7))
    for language in ("nl", "en"):
        (folder / f"{language}.html").write_text(render_plan(plan, language), encoding="utf-8")
    return {language: folder / f"{language}.html" for language in ("nl", "en")}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_plan_fits_a_phone_with_everything_open(
    language: str, chromium: Any, files: dict[str, Path]
) -> None:
    import axe_playwright_python as axe

    remarks: list[str] = []
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.on("console", lambda message: remarks.append(message.text))
    page.on("pageerror", lambda error: remarks.append(str(error)))
    page.goto(files[language].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    broken = page.evaluate(
        """[...document.querySelectorAll('dd, dt')].filter(e => e.scrollWidth > e.clientWidth + 1)
        .map(e => e.textContent)"""
    )
    assert broken == []
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    page.close()
    assert violations == []
    assert remarks == []


def test_a_wave_can_be_chosen(chromium: Any, files: dict[str, Path]) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(files["en"].as_uri())
    page.wait_for_selector("html.laid", state="attached")
    table = page.locator("#plan-shown table:visible")
    assert "later" not in table.inner_text()
    page.get_by_label("Wave").select_option("1")
    assert "later" in page.locator("#plan-shown table:visible").inner_text()
    page.close()


def test_without_the_script_nothing_is_lost(chromium: Any, files: dict[str, Path]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["nl"].as_uri())
    shown = page.locator("section.page h2").all_inner_texts()
    assert len(shown) == 6
    assert page.locator("#plan-shown details.wave").count() >= 2
    assert page.locator("#plan-shown details.wave[open]").count() == 1
    assert page.locator("button:visible").count() == 0
    context.close()


def test_on_paper_every_page_is_a4_and_says_how_it_was_made(
    chromium: Any, files: dict[str, Path]
) -> None:
    page = chromium.new_page()
    page.goto(files["nl"].as_uri())
    raw = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    sheets = re.findall(rb"/MediaBox\s*\[([\d. ]+)\]", raw)
    assert 4 <= len(sheets) <= 12
    assert all(re.match(rb"0 0 59[45][.\d]* 84[12]", one) for one in sheets)
