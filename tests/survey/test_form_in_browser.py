from __future__ import annotations

import re
from pathlib import Path

import pytest
from written_studies import small_study

from lcdiag.survey.form import form_html

pytestmark = pytest.mark.browser

LONG = {
    "full": 'set = "full"\ninstruments = ["lc-link"]',
    "grid": 'instruments = ["lc-party-grid"]',
}
EVERY = ("nl", "en", "grid-nl", "grid-en", "full-nl")


@pytest.fixture(scope="module")
def chromium(chromium_program):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    rows = [("<script>alert(1)</script>", "Gemeente", "overheid", 6), ("Water", "Net", "=1+1", 3)]
    study = small_study(folder, 'instruments = ["lc-link"]', rows)
    for language in ("nl", "en"):
        text = form_html(study, language)
        (folder / f"{language}.html").write_text(text, encoding="utf-8")
    rows = [("Water", f"Partij <b>{number}</b> {{party}}", "overheid", 6) for number in range(4)]
    for name, extra in LONG.items():
        study = small_study(folder / name, f'title = "Proef"\n{extra}', rows)
        for language in ("nl", "en"):
            text = form_html(study, language)
            (folder / f"{name}-{language}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_form_is_quiet_accessible_and_fits(chromium, forms, name, width):
    import axe_playwright_python as axe

    remarks: list[str] = []
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: remarks.append(message.text))
    page.on("dialog", lambda dialog: remarks.append(dialog.message))
    page.on("request", lambda request: remarks.append(request.url))
    address = (forms / f"{name}.html").as_uri()
    page.goto(address)
    assert remarks == [address]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    page.close()
    assert violations == []


def test_on_paper_page_one_stands_alone_and_nothing_is_cut(chromium, forms):
    page = chromium.new_page()
    page.goto((forms / "nl.html").as_uri())
    page.emulate_media(media="print")
    raw = page.pdf(prefer_css_page_size=True, print_background=True)
    width = page.evaluate("document.documentElement.scrollWidth")
    breaks = page.evaluate("getComputedStyle(document.querySelector('.page.first')).breakBefore")
    rows = page.evaluate(
        "[...document.querySelectorAll('tbody tr')].map(r => getComputedStyle(r).breakInside)"
    )
    page.close()
    assert width <= 1280
    assert breaks == "page"
    assert set(rows) == {"avoid"}
    assert 4 <= len(re.findall(rb"/Type\s*/Page\b", raw)) <= 7
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", raw)


def sheets(page) -> int:
    raw = page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b", raw))


@pytest.mark.parametrize("name", EVERY)
def test_a_thank_you_never_has_a_sheet_of_its_own(chromium, forms, name):
    page = chromium.new_page()
    page.goto((forms / f"{name}.html").as_uri())
    page.emulate_media(media="print")
    whole = sheets(page)
    page.evaluate("document.querySelector('footer').style.breakBefore = 'page'")
    assert sheets(page) == whole + 1, "on a sheet of its own it would be one more"
    page.close()


@pytest.mark.parametrize(("name", "most"), [("nl", 6), ("grid-nl", 3), ("full-nl", 15)])
def test_a_form_takes_few_sheets(chromium, forms, name, most):
    page = chromium.new_page()
    page.goto((forms / f"{name}.html").as_uri())
    assert sheets(page) <= most
    page.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_second_sitting_begins_on_a_new_sheet(chromium, forms, language):
    page = chromium.new_page()
    page.goto((forms / f"full-{language}.html").as_uri())
    page.emulate_media(media="print")
    later = page.locator(".page.later")
    assert later.count() == 1
    assert later.evaluate("node => getComputedStyle(node).breakBefore") == "page"
    assert later.locator("h2").first.is_visible()
    page.close()
