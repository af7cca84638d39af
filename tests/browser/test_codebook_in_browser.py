"""The codebook in a real Chromium: offline, accessible, fitting, and whole on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lcdiag.base.shelf import shelf
from lcdiag.workflow.library import codebook_file

pytestmark = pytest.mark.browser

NAMES = ("lc-collusion", "edmondson-1999-safety", "short", "lc-link", "study")


@pytest.fixture(scope="module")
def chromium(chromium_program: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("codebooks")
    study = str(shelf("sample_data") / "energietransitie")
    for name in NAMES:
        for language in ("nl", "en"):
            content = codebook_file(study if name == "study" else name, language, "html")
            (folder / f"{name}-{language}.html").write_bytes(content)
    return folder


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", NAMES)
def test_a_codebook_is_quiet_accessible_and_fits(
    name: str, width: int, language: str, chromium: Any, pages: Path
) -> None:
    import axe_playwright_python as axe

    remarks: list[str] = []
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: remarks.append(message.text))
    page.on("request", lambda request: remarks.append(request.url))
    address = (pages / f"{name}-{language}.html").as_uri()
    page.goto(address)
    assert remarks == [address]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    page.close()
    assert violations == []


def test_a_link_of_the_contents_leads_to_its_scale_without_a_script(
    chromium: Any, pages: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((pages / "lc-collusion-nl.html").as_uri())
    page.get_by_role("link", name="Ervaren samenwerking").click()
    assert page.url.endswith("#s-lc-collusion-collaboration")
    box = page.locator("#s-lc-collusion-collaboration").bounding_box()
    context.close()
    assert box is not None
    assert -5 <= box["y"] < 900


def test_on_paper_no_item_is_cut_and_a_page_is_a4(chromium: Any, pages: Path) -> None:
    page = chromium.new_page()
    page.goto((pages / "short-nl.html").as_uri())
    page.emulate_media(media="print")
    rows = page.evaluate(
        "[...document.querySelectorAll('.row')].map(r => getComputedStyle(r).breakInside)"
    )
    contents = page.evaluate("getComputedStyle(document.querySelector('.contents')).display")
    raw = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    assert set(rows) == {"avoid"}
    assert contents == "none"
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", raw)
