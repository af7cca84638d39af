"""The coordinator's page in a real Chromium: offline, accessible, fitting, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coordination_sample import diagnosis, quality

import lcdiag
from lcdiag.base.shelf import shelf
from lcdiag.views.coordination_file import render_coordination
from lcdiag.workflow.coordination import make_quality

pytestmark = pytest.mark.browser

NAMES = ("sample", "troubled", "internal")


@pytest.fixture(scope="module")
def chromium(chromium_program: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the sample study, of one with every trouble, and an internal one."""
    folder = tmp_path_factory.mktemp("coordination")
    study = lcdiag.open_study(shelf("sample_data") / "energietransitie")
    responses = lcdiag.read_responses(study)
    sample = lcdiag.diagnose(study, responses, made="2026-11-10")
    stamped = diagnosis().provenance.model_copy(update={"internal": True})
    internal = diagnosis().model_copy(update={"provenance": stamped})
    for language in ("nl", "en"):
        made = {
            "sample": (sample, make_quality(study, responses, sample)),
            "troubled": (diagnosis(), quality()),
            "internal": (internal, quality(internal=True, step=1)),
        }
        for name, (one, counts) in made.items():
            text = render_coordination(one, counts, language=language)
            (folder / f"{name}-{language}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_quiet_accessible_and_fits(
    name: str, width: int, language: str, chromium: Any, files: Path
) -> None:
    import axe_playwright_python as axe

    remarks: list[str] = []
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: remarks.append(message.text))
    page.on("request", lambda request: remarks.append(request.url))
    page.on("pageerror", lambda error: remarks.append(str(error)))
    address = (files / f"{name}-{language}.html").as_uri()
    page.goto(address)
    assert remarks == [address]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    closed = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    opened = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    page.close()
    assert (closed, opened) == ([], [])


def test_a_wave_can_be_chosen_and_every_table_follows(chromium: Any, files: Path) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto((files / "sample-en.html").as_uri())
    page.wait_for_selector("html.laid", state="attached")
    table = page.locator("#coordination-visible table:visible")
    assert "later" not in table.inner_text()
    page.get_by_label("Wave").select_option("1")
    assert "later" in page.locator("#coordination-visible table:visible").inner_text()
    assert "238" in page.locator("#coordination-response figure:visible h3").inner_text()
    page.close()


def test_squares_are_as_many_as_people_and_a_hidden_row_says_so(chromium: Any, files: Path) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto((files / "troubled-nl.html").as_uri())
    rows = page.locator("figure:visible .rr")
    assert rows.nth(0).locator(".squares .f").count() == 9
    assert rows.nth(0).locator(".squares i").count() == 11
    assert rows.nth(1).locator(".squares").count() == 0
    hidden = rows.nth(1).locator(".h")
    assert "niet getoond" in hidden.inner_text()
    assert "repeating-linear-gradient" in hidden.evaluate("e => getComputedStyle(e).background")
    boxes = [rows.nth(0).locator(part).bounding_box() for part in (".l", ".squares", ".rn")]
    assert all(box["width"] > 20 for box in boxes)
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1, "squares below the name"
    page.close()


def test_without_the_script_nothing_is_lost(chromium: Any, files: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((files / "sample-nl.html").as_uri())
    assert page.locator("section.page h2").count() == 9
    for figure in page.locator("figure").all():
        assert figure.locator("table tbody tr").count() == 12
    assert page.locator("#coordination-visible details.wave[open]").count() == 1
    assert page.locator("button:visible").count() == 0
    context.close()


def test_on_paper_every_sheet_is_a4_and_an_internal_page_is_stamped(
    chromium: Any, files: Path
) -> None:
    page = chromium.new_page()
    page.goto((files / "sample-nl.html").as_uri())
    raw = page.pdf(prefer_css_page_size=True, print_background=True)
    sheets = re.findall(rb"/MediaBox\s*\[([\d. ]+)\]", raw)
    assert 9 <= len(sheets) <= 14
    assert all(re.match(rb"0 0 59[45][.\d]* 84[12]", one) for one in sheets)
    page.goto((files / "internal-nl.html").as_uri())
    stamps = page.locator("section.page .stamp").all_inner_texts()
    assert len(stamps) == page.locator("section.page").count()
    assert all("INTERN" in one for one in stamps)
    page.close()
