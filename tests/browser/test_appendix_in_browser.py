"""The researcher's appendix in a real Chromium: plotly opens in place; nothing depends on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_file import render_appendix

pytestmark = pytest.mark.browser

FIRST = "#appendix-reliability .fig:visible"


@pytest.fixture(scope="module")
def files(sample_diagnosis: Diagnosis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the appendix of the sample study, as it is and with communities side by side."""
    folder = tmp_path_factory.mktemp("appendix")
    agreed = sample_diagnosis.model_copy(update={"portfolio_agreed": True})
    for language in ("nl", "en"):
        for name, one in (("apart", sample_diagnosis), ("beside", agreed)):
            text = render_appendix(one, language=language)
            (folder / f"{name}-{language}.html").write_text(text, encoding="utf-8")
    return folder


def opened(page: Any, css: str = FIRST) -> Any:
    """Scroll to a figure and wait until plotly stands in it."""
    figure = page.locator(css).first
    figure.scroll_into_view_if_needed()
    name = figure.get_attribute("id")
    page.wait_for_selector(f"#{name}.live .xi svg.main-svg", timeout=30_000)
    return page.locator(f"#{name}")


@pytest.mark.parametrize(
    ("name", "width", "language"),
    [
        *(("apart", width, language) for width in (1280, 320) for language in ("nl", "en")),
        ("beside", 320, "nl"),
    ],
)
def test_it_is_quiet_accessible_and_fits_with_plotly_open(
    name: str, width: int, language: str, browser: Any, files: Path, axe: str
) -> None:
    remarks: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: remarks.append(message.text))
    page.on("pageerror", lambda error: remarks.append(str(error)))
    page.on("request", lambda request: remarks.append(request.url.split("/")[0]))
    page.goto((files / f"{name}-{language}.html").as_uri())
    opened(page)
    page.evaluate(axe)
    closed = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    assert closed == []
    if name == "apart":  # the other file has more of the same tables
        page.evaluate("document.querySelectorAll('.fig details').forEach(d => d.open = true)")
        assert page.evaluate("axe.run().then(r => r.violations.map(v => v.id))") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [one for one in remarks if one not in ("file:", "blob:", "data:")] == []
    page.close()


def test_the_drawing_lies_one_button_away_and_the_language_follows(
    browser: Any, files: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((files / "apart-nl.html").as_uri())
    figure = opened(page)
    still = figure.locator("[role=img]:not(.xi)")
    assert not still.is_visible()
    assert "Veiligheid" in figure.locator(".xi").inner_text()
    button = figure.get_by_role("button", name="Vaste tekening")
    button.click()
    assert still.is_visible()
    assert button.get_attribute("aria-pressed") == "true"
    assert figure.locator(".xi").bounding_box()["height"] == 0
    button.click()
    assert not still.is_visible()
    page.locator("[data-lang=en]").click()
    figure = opened(page)
    assert "Safety" in figure.locator(".xi").inner_text()
    page.emulate_media(media="print")
    assert figure.locator("[role=img]:not(.xi)").is_visible()
    assert not figure.locator(".xi").is_visible()
    page.close()


def test_a_figure_far_away_waits(browser: Any, files: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto((files / "beside-en.html").as_uri())
    opened(page, "#appendix-means .fig:visible")
    assert 0 < page.locator(".xi").count() < page.locator(".fig").count() / 2
    page.close()


def test_without_the_script_every_drawing_and_table_is_there(browser: Any, files: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((files / "apart-nl.html").as_uri())
    figure = page.locator(FIRST).first
    assert figure.locator("[role=img] svg").first.is_visible()
    assert page.locator(".xi").count() == 0
    for one in page.locator("figure").all():
        assert one.locator("table tbody tr").count() > 0
    assert page.locator("button:visible").count() == 0
    context.close()
