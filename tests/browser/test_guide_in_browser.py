"""The conversation guide in a real Chromium: guesses, notes, agreements as a file, large print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample import COMMUNITY, small

from lcdiag.instrument.study import Community, StudySettings, Wave
from lcdiag.survey.action_points import read_action_points
from lcdiag.views.render import render_dashboard

pytestmark = pytest.mark.browser

HARD = 'Vaker een "rondje" doen \\ met [haken] = en # meer'


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guide") / "guide.html"
    path.write_text(render_dashboard(small(), COMMUNITY, explore=False), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Any, file: Path) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("console", lambda said: trouble.append(said.text))
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.goto(file.as_uri())
    opened.wait_for_selector("html.laid", state="attached")
    yield opened
    assert trouble == []
    context.close()


def test_guesses_stand_in_the_closed_figure_where_they_were_set(page: Any) -> None:
    asked = page.locator(".asked:has(.gs)").first
    assert asked.locator("details.rv").get_attribute("open") is None
    for guess in ("2.5", "6"):
        asked.locator("input[type=range]").fill(guess)
        assert asked.locator("output").inner_text() == guess.replace(".", ",")
        asked.locator("[data-talk=guess]").click()
    marks = asked.locator('use[href="#gu"]')
    places = [float(marks.nth(at).get_attribute("x").rstrip("%")) for at in range(2)]
    assert places == pytest.approx([100 * 1.5 / 6, 100 * 5 / 6])
    assert asked.locator("figure").is_visible()


def test_notes_stay_until_they_are_wiped_or_a_month_is_over(page: Any) -> None:
    def reload() -> None:
        page.reload()
        page.wait_for_selector("html.laid", state="attached")

    area = page.locator(".asked textarea").first
    area.fill(HARD)
    reload()
    assert area.input_value() == HARD
    page.evaluate(
        """() => { for (const key of Object.keys(localStorage)) {
          const kept = JSON.parse(localStorage.getItem(key));
          kept.when -= 31 * 864e5; localStorage.setItem(key, JSON.stringify(kept)); } }"""
    )
    reload()
    assert area.input_value() == ""
    area.fill("nog eens")
    page.locator("[data-talk=wipe]").click()
    assert page.locator("[data-talk=said]").inner_text() == "De notities zijn gewist."
    reload()
    assert area.input_value() == ""
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_agreements_come_back_through_the_file(page: Any, tmp_path: Path) -> None:
    page.locator("#agree-1-0-text").fill(HARD)
    page.locator("#agree-1-0-who").fill("Gemeente Oost")
    page.locator("#agree-1-0-by").fill("2027-01-31")
    page.locator("#agree-2-1-text").fill("Vertellen wat we leerden")
    with page.expect_download() as download:
        page.locator("[data-talk=save]").click()
    name = download.value.suggested_filename
    assert name == "afspraken.toml"
    download.value.save_as(tmp_path / name)
    settings = StudySettings(
        title="x",
        communities=(Community(name=COMMUNITY),),
        waves=tuple(Wave(number=number) for number in (1, 2)),
    )
    points, findings = read_action_points(tmp_path, settings)
    assert findings == ()
    first, second = points
    assert (first.community, first.wave, first.text) == (COMMUNITY, 2, HARD)
    assert (first.who, first.by) == ("Gemeente Oost", "2027-01-31")
    assert second.text == "Dit nemen we mee naar de achterban: Vertellen wat we leerden"


def test_chosen_figures_are_printed_large_and_else_those_of_the_questions(
    page: Any, tmp_path: Path
) -> None:
    page.evaluate("window.print = () => { window.seen = [...document.querySelectorAll("
                  "'#large h3')].map(h => h.firstChild.textContent); }")  # fmt: skip
    page.locator("[data-talk=large]").click()
    asked = page.evaluate("seen")
    assert asked
    after = "dispatchEvent(new Event('afterprint'))"
    page.evaluate(after)
    take = page.locator("#levels .tk:visible").first
    take.click()
    assert take.get_attribute("aria-pressed") == "true"
    page.locator("[data-talk=large]").click()
    chosen = take.evaluate("b => b.closest('.fig').querySelector('h3').firstChild.textContent")
    assert page.evaluate("seen") == [chosen] != asked
    page.pdf(path=str(tmp_path / "large.pdf"), prefer_css_page_size=True)
    assert (tmp_path / "large.pdf").read_bytes().count(b"/Type /Page\n") == 1
    page.evaluate(after)
    assert page.locator("#large").count() == 0
    assert page.locator("#before").is_visible()


def test_one_plan_is_open_and_opening_another_closes_it(page: Any) -> None:
    plans = page.locator("details.variant")
    assert [plans.nth(at).get_attribute("open") is not None for at in range(3)] == [
        False,
        True,
        False,
    ]
    plans.nth(2).locator("summary").click()
    page.wait_for_timeout(50)
    assert [plans.nth(at).get_attribute("open") is not None for at in range(3)] == [
        False,
        False,
        True,
    ]
