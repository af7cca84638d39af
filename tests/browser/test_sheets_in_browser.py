"""Plan and dossier in a real Chromium: offline, accessible, fitting, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lcdiag
from lcdiag.base.shelf import shelf
from lcdiag.views.dossier_pages import render_dossier
from lcdiag.views.plan_pages import render_plan
from lcdiag.workflow.simulated import study_from

pytestmark = pytest.mark.browser

NAMES = ("plan-sample", "plan-pulse", "dossier-sample", "dossier-faulty")


@pytest.fixture(scope="module")
def chromium(chromium_program: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write each page in each language: full ones, a modest one, one with faults called out."""
    folder = tmp_path_factory.mktemp("sheets")
    sample = shelf("sample_data") / "energietransitie"
    faulty = folder / "truth.toml"
    faulty.write_text("[items.ve4]\nloading = 0.0\n", encoding="utf-8")
    simulated = lcdiag.simulate(sample, people=600, truth=faulty)
    with study_from("pulse", "nl") as pulse:
        plans = {"plan-sample": lcdiag.plan(sample), "plan-pulse": lcdiag.plan(pulse)}
    dossiers = {
        "dossier-sample": lcdiag.validate(sample, made="2026-11-23"),
        "dossier-faulty": lcdiag.validate(simulated.study, simulated.responses),
    }
    for language in ("nl", "en"):
        for name, plan in plans.items():
            text = render_plan(plan, language)
            (folder / f"{name}-{language}.html").write_text(text, encoding="utf-8")
        for name, dossier in dossiers.items():
            text = render_dossier(dossier, language)
            (folder / f"{name}-{language}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_quiet_accessible_and_fits(
    name: str, width: int, language: str, chromium: Any, pages: Path
) -> None:
    import axe_playwright_python as axe

    remarks: list[str] = []
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: remarks.append(message.text))
    page.on("request", lambda request: remarks.append(request.url))
    page.on("pageerror", lambda error: remarks.append(str(error)))
    address = (pages / f"{name}-{language}.html").as_uri()
    page.goto(address)
    assert remarks == [address]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    page.close()
    assert violations == []


@pytest.mark.parametrize("name", NAMES)
def test_the_language_can_be_switched_in_the_page(name: str, chromium: Any, pages: Path) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto((pages / f"{name}-nl.html").as_uri())
    dutch = page.locator("h1").inner_text()
    page.get_by_role("button", name="English").click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    english = page.locator("h1").inner_text()
    other = chromium.new_page()
    other.goto((pages / f"{name}-en.html").as_uri())
    assert english == other.locator("h1").inner_text() != dutch
    page.close()
    other.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_name_a_caption_and_a_table(
    name: str, chromium: Any, pages: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((pages / f"{name}-nl.html").as_uri())
    for figure in page.locator("figure").all():
        assert figure.locator("h3").inner_text().strip()
        assert figure.locator("figcaption").inner_text().strip()
        assert figure.locator("[role=img]").get_attribute("aria-labelledby")
        assert figure.locator("table tbody tr").count() >= 1
    context.close()


def test_faults_are_told_in_whole_sentences_with_a_question(chromium: Any, pages: Path) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto((pages / "dossier-faulty-en.html").as_uri())
    told = page.locator(".callout.talk").all_inner_texts()
    page.close()
    assert any("Room to try" in one and one.count("?") >= 1 for one in told)
