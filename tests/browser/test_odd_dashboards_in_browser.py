"""Odd dashboards in a real Chromium: hostile names, next to nothing to show, a third language."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import probes_of_pages as probes
import pytest
from degenerate import DEGENERATE
from end_to_end.hostile_study import COMMUNITIES, NAMES, write
from sample import COMMUNITY, large
from third_language import CODE, spoken, wide, write_catalogs
from visits import AXE, RULES, Visit

import lcdiag.base.text as base_text
from lcdiag import diagnose
from lcdiag.base.text import catalog
from lcdiag.views.render import render_dashboard

pytestmark = pytest.mark.browser

STUCK = ("all-hidden", "from-0-to-10")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("odd")
    hostile = diagnose(write(place / "study"), made="2026-11-10")
    made = {f"hostile-{at}": render_dashboard(hostile, name) for at, name in enumerate(COMMUNITIES)}
    for name in STUCK:
        made[name] = render_dashboard(DEGENERATE[name](), COMMUNITY, explore=False)
    locale = write_catalogs(place / "locale")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base_text, "locale_folder", lambda: locale)
        catalog.cache_clear()
        made["third"] = render_dashboard(spoken(large(), ("nl", "en", CODE)), COMMUNITY)
    catalog.cache_clear()
    for name, html in made.items():
        (place / f"{name}.html").write_text(html, encoding="utf-8")
    return place


@pytest.mark.parametrize("place", range(len(COMMUNITIES)))
def test_hostile_names_are_shown_and_do_nothing(browser: Any, folder: Path, place: int) -> None:
    with Visit(browser, folder / f"hostile-{place}.html") as visit:
        page = visit.page
        page.on("dialog", lambda box: (visit.trouble.append(box.message), box.dismiss()))
        for language in ("nl", "en"):
            visit.speak(language)
            said = re.sub(r"\s+", " ", page.locator("body").inner_text())
            assert re.sub(r"\s+", " ", COMMUNITIES[place]) in said
            for name in NAMES.values():
                assert re.sub(r"\s+", " ", f"{name} ({language})") in said
            visit.explore(0)
            assert page.locator("#xp-p .main-svg text").count() > 0
            page.keyboard.press("Escape")
        assert page.locator("img:not(.main-svg *), iframe, object, form").count() == 0
        said = "[...document.scripts].filter(one => /^\\s*alert/.test(one.textContent)).length"
        assert page.evaluate(said) == 0
        for island in ("texts", "figures"):
            assert json.loads(page.locator(f"#{island}").inner_text())
        visit.speak("nl")
        visit.resize(320)
        assert page.evaluate(probes.SIDEWAYS) == []
        assert page.evaluate(probes.CUT) == []
        assert visit.trouble == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", STUCK)
def test_pages_with_little_to_show_have_nothing_to_remark_on(
    browser: Any, folder: Path, axe: str, name: str, language: str
) -> None:
    with Visit(browser, folder / f"{name}.html", 1280 if language == "nl" else 320) as visit:
        visit.speak(language)
        visit.page.evaluate(axe)
        assert visit.page.evaluate(AXE, RULES) == []
        for probe in (probes.SIDEWAYS, probes.CUT, probes.ORDER, probes.UNNAMED):
            assert visit.page.evaluate(probe) == []
        assert visit.trouble == []


def test_a_third_language_can_be_chosen_and_explored(browser: Any, folder: Path) -> None:
    with Visit(browser, folder / "third.html") as visit:
        page = visit.page
        assert page.locator("[data-lang]").count() == 3
        visit.speak(CODE)
        assert page.locator("h1").inner_text() == wide("How do we work together?")
        assert page.locator("[data-lang]:visible").count() == 2
        visit.explore(1)
        assert page.evaluate("document.getElementById('xp-p').layout.separators") == ",."
        page.keyboard.press("Escape")
        visit.speak("en")
        visit.explore(1)
        assert page.evaluate("document.getElementById('xp-p').layout.separators") == ".,"
        assert visit.trouble == []
