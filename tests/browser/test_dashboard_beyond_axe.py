"""What axe cannot see: whether drawings are true to their tables, and can be read by everyone.

The pages are those that `gather_pages` yields: a new page or kind of figure is taken in by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import charts_by_hand
import marks_of_charts as marks
import probes_of_pages as probes
import pytest
from sample import COMMUNITY, small
from visits import Visit

from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.frame import kinds
from lcdiag.views.paint import figures
from lcdiag.views.render import gather_pages, render_pages

pytestmark = pytest.mark.browser

NAMES = ("sample", "large", "small", "kinds")
LANGUAGES = ("nl", "en")


class Shown(Visit):
    """A dashboard in one language that stays open between tests, with the cells of its figures."""

    language: str
    charts: dict[str, Any]
    pages: list[str]
    names: list[str]

    def ready(self, width: int = 1280, rules: str = "", *, waves: bool = False) -> Any:
        """Return the page as a reader would have it; `waves` shows all that is closed as well."""
        self.dress(rules)
        self.resize(width)
        self.show_waves(waves)
        opened = "document.querySelectorAll('details.rv').forEach(d => d.open = {})"
        self.page.evaluate(opened.format(str(waves).lower()))
        return self.page


def names_in(diagnosis: Diagnosis) -> list[str]:
    """Names stay as they are in every language: of works, of people, of places."""
    works = [work for one in diagnosis.words.instruments for work in one.modelled_on]
    sources = [one.source for one in diagnosis.words.indicators]
    parties = [p.party for one in diagnosis.sample for p in one.parties]
    return [*works, *sources, *parties, *diagnosis.communities, diagnosis.title]


@pytest.fixture(scope="module")
def shown(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, sample_diagnosis: Diagnosis
) -> Iterator[dict[tuple[str, str], Shown]]:
    folder = tmp_path_factory.mktemp("beyond")
    sources = {
        "sample": (sample_diagnosis, sample_diagnosis.communities[0]),
        "large": (sample_diagnosis, "Netcongestie Noord"),
        "small": (small(), COMMUNITY),
        "kinds": (small(), COMMUNITY),
    }
    opened = {}
    for name, (diagnosis, community) in sources.items():
        own = diagnosis.only(community)
        pages = (charts_by_hand.page(),) if name == "kinds" else gather_pages(own, community)
        path: Path = folder / f"{name}.html"
        html = render_pages(own, community, pages, explore=name == "kinds")
        path.write_text(html, encoding="utf-8")
        for language in LANGUAGES:
            one = Shown(browser, path)
            one.language = language
            one.charts = {f.id: f.chart for page in pages for f in figures(page.blocks)}
            one.pages = [page.id for page in pages]
            one.names = sorted(filter(None, names_in(own)), key=len, reverse=True)
            one.speak(language)
            opened[name, language] = one
    yield opened
    for one in opened.values():
        assert one.trouble == []
        one.context.close()


@pytest.fixture(params=[(name, language) for name in NAMES for language in LANGUAGES], ids="-".join)
def one(request: pytest.FixtureRequest, shown: dict[tuple[str, str], Shown]) -> Shown:
    return shown[request.param]


def ask(page: Any, *questions: str) -> list[str]:
    return [remark for question in questions for remark in page.evaluate(question)]


def test_every_figure_has_a_name_a_caption_and_a_table(one: Shown) -> None:
    page = one.ready()
    assert page.locator("figure.fig").count() == len(one.charts)
    assert ask(page, probes.UNNAMED) == []


def test_every_kind_of_figure_can_be_read_back(shown: dict[tuple[str, str], Shown]) -> None:
    drawn = {type(chart) for one in shown.values() for chart in one.charts.values()}
    for kind in kinds():
        assert kind.__name__ in marks.READERS, "a kind of figure needs a reader of its marks"
        assert kind in drawn, f"no page here shows {kind.__name__}: add one to charts_by_hand"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_table_can_be_rebuilt_from_the_marks(one: Shown, width: int) -> None:
    found = marks.drawings(one.ready(width, waves=True).evaluate(marks.DUMP))
    assert {drawing.id for drawing in found} == set(one.charts)
    wrong = [
        remark
        for drawing in found
        for remark in marks.differences(drawing, one.charts[drawing.id], one.language)
    ]
    assert wrong == []


def test_texts_and_marks_stand_out_from_what_is_under_them(one: Shown) -> None:
    page = one.ready()
    assert ask(page, probes.TEXT_CONTRAST, probes.MARK_CONTRAST) == []


def test_tab_stops_are_few_and_every_page_has_a_link(one: Shown) -> None:
    page = one.ready()
    stops = page.evaluate(probes.STOPS)
    inside = [stop for stop in stops if stop]
    assert stops.index(inside[0]) <= 12
    assert max(inside.count(figure) for figure in inside) <= 2
    links = page.eval_on_selector_all("nav a", "all => all.map(a => a.getAttribute('href'))")
    if len(one.pages) == 1:  # nothing to choose from
        assert links == []
        return
    assert links == [f"#{page_id}" for page_id in one.pages]
    page.locator(".skip").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('nav') !== null"):
            break
    for _ in links[1:]:
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") == links[-1]


def test_everything_fits_a_narrow_window(one: Shown) -> None:
    page = one.ready(320)
    assert ask(page, probes.SIDEWAYS, probes.CUT) == []
    one.open_tables()
    wide = ask(page, probes.SIDEWAYS)
    page.evaluate("document.querySelectorAll('.foot details').forEach(d => d.open = false)")
    assert wide == []


def test_large_letters_are_not_cut(one: Shown) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('figcaption')).fontSize)"
    page = one.ready()
    usual = page.evaluate(size)
    for width in (1280, 640):
        one.ready(width, probes.LARGE_TEXT)
        assert page.evaluate(size) == pytest.approx(2 * usual)
        assert ask(page, probes.SIDEWAYS, probes.CUT) == [], width
    one.ready(640)
    session = one.context.new_cdp_session(page)
    zoom = {"width": 640, "height": 450, "deviceScaleFactor": 2, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", zoom)
    zoomed = page.evaluate("devicePixelRatio"), ask(page, probes.SIDEWAYS, probes.CUT)
    session.send("Emulation.clearDeviceMetricsOverride")
    session.detach()
    assert zoomed == (2, [])


def test_wide_letters_and_lines_are_not_cut(one: Shown) -> None:
    for width in (1280, 320):
        page = one.ready(width, probes.TEXT_SPACING)
        assert page.evaluate("getComputedStyle(document.querySelector('h2')).letterSpacing") != "0"
        assert ask(page, probes.SIDEWAYS, probes.CUT) == [], width


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_read_first_stands_first(one: Shown, width: int) -> None:
    assert ask(one.ready(width=width), probes.ORDER) == []


def test_texts_are_marked_with_their_language(one: Shown) -> None:
    page = one.ready()
    assert page.evaluate("document.documentElement.lang") == one.language
    assert page.evaluate(probes.SPOKEN, one.names) == []
    buttons = page.eval_on_selector_all(
        "[data-lang]", "all => all.map(b => [b.lang, b.dataset.lang])"
    )
    assert buttons
    assert all(lang == own for lang, own in buttons)


def test_nothing_shows_only_under_a_pointer(one: Shown) -> None:
    assert ask(one.ready(), probes.HOVER) == []


SPOILED = {
    "UNNAMED": "q('figcaption').textContent = ''",
    "TEXT_CONTRAST": "q('figcaption').style.color = '#999'",
    "MARK_CONTRAST": "q('[role=img] .b9').style.cssText = 'stroke:none'",
    "SIDEWAYS": "q('figcaption').style.marginLeft = '300px'",
    "CUT": "q('figcaption').style.cssText = 'height: 8px; overflow: hidden'",
    "ORDER": "q('.fig + .fig').style.marginTop = '-900px'",
    "HOVER": "q('.fig').title = 'more'",
    "SPOKEN": "q('figcaption').textContent = 'The dot is the mean of the answers.'",
}


@pytest.mark.parametrize("probe", SPOILED)
def test_each_probe_remarks_on_what_is_wrong(browser: Any, tmp_path: Path, probe: str) -> None:
    path = tmp_path / "page.html"
    html = render_pages(small(), COMMUNITY, (charts_by_hand.page(),), explore=False)
    path.write_text(html, encoding="utf-8")
    with Visit(browser, path, 320, bypass_csp=True) as visit:
        question = getattr(probes, probe)
        arguments = [[]] if probe == "SPOKEN" else []
        assert visit.page.evaluate(question, *arguments) == []
        visit.page.evaluate(
            f"() => {{ const q = s => document.querySelector(s); {SPOILED[probe]} }}"
        )
        assert visit.page.evaluate(question, *arguments) != []


MOVED = {
    "f-strips": ".m",
    "f-counts": ".s",
    "f-contrasts": ".p2 .i",
    "f-waves": ".mv",
    "f-directed": ".b9",
    "f-pairs": ".gr:not(.hr) .o",
    "f-piles": "use[href='#tr']",
    "f-plane": ".b.u",
}


def test_each_reader_sees_a_mark_that_moved(
    browser: Any, shown: dict[tuple[str, str], Shown]
) -> None:
    page = shown["kinds", "nl"].ready()
    move = """([id, css, by]) => { const e = document.querySelector(`#${id} ${css}`);
      e.style.translate = by; if (e.matches('.s')) e.style.width = by ? '31%' : ''; }"""
    for figure, css in MOVED.items():
        page.evaluate(move, [figure, css, "9px 9px"])
        (drawing,) = [d for d in marks.drawings(page.evaluate(marks.DUMP)) if d.id == figure]
        page.evaluate(move, [figure, css, ""])
        chart = shown["kinds", "nl"].charts[figure]
        try:
            wrong = marks.differences(drawing, chart, "nl")
        except AssertionError:
            continue
        assert wrong, figure
