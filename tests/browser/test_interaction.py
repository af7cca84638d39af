"""What readers do with a dashboard: keep figures, search, compare, light a theme, share a view."""

from __future__ import annotations

import csv
import io
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "views"))

import engine_sample
from sample import COMMUNITY, Builder, small

from lcdiag.base.estimate import Hidden
from lcdiag.views.blocks import Page
from lcdiag.views.figures import StripRow, Strips
from lcdiag.views.render import render_dashboard, render_pages

pytestmark = pytest.mark.browser

HIDDEN = "niet getoond, om mensen te beschermen"
SUBJECT = "lc-collusion:collaboration"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(
  v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))"""
TABLE = """id => [...document.querySelectorAll('#' + id + ' tr')].map(
  row => [...row.cells].filter(c => !c.hidden).map(c => c.textContent))"""
RINGS = "id => [...document.querySelectorAll('#'+id+' .gr .o')].map(o => o.getAttribute('cx'))"


def waves() -> Any:
    """Three waves of one scale: 3, 4 and 5; the second wave of another is hidden."""
    means = {(SUBJECT, wave): wave + 2.0 for wave in (1, 2, 3)}
    built = Builder(waves=(1, 2, 3), answered=12, means=means).build()
    return built.model_copy(
        update={
            "measures": tuple(
                one.model_copy(update={"cell": Hidden()})
                if (one.at.statistic, one.at.subject, one.at.wave) == ("mean", "lc-trust:within", 2)
                else one
                for one in built.measures
            )
        }
    )


def risky() -> Page:
    """A figure with words that a spreadsheet would calculate or cut."""
    cell = engine_sample.cell(4.5)
    rows = tuple(StripRow(label, cell) for label in ('=1+1; "x"', "+31 6", "a\u00a0<b> & c"))
    chart = Strips(rows=rows, axis=engine_sample.AXIS)
    return Page("risky", "Risky", "", (engine_sample.figure("words", "Words", chart),))


def every_kind() -> Page:
    shown = [
        engine_sample.figure(f"k-{name}", f"Kind {name}", chart)
        for name, chart in engine_sample.charts().items()
    ]
    return Page("every", "Every kind", "", tuple(shown))


KINDS = [(f"k-{name}", 1280) for name in engine_sample.charts()]
KINDS += [("brief-strips", 390), ("items-3", 390), ("topics", 390)]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("kept")
    one = small()
    internal = one.model_copy(
        update={"provenance": one.provenance.model_copy(update={"internal": True})}
    )
    pages = (*engine_sample.pages(), risky(), every_kind())
    made = {
        "kinds": render_pages(one, COMMUNITY, pages),
        "plain": render_pages(one, COMMUNITY, pages, explore=False),
        "INTERN-kinds": render_pages(internal, COMMUNITY, pages, explore=False),
        "waves": render_dashboard(waves(), COMMUNITY, explore=False),
    }
    for name, html in made.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="module")
def browser(chromium_program: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Any]:
    """Yield what opens a file; at the end nothing may have complained or been asked for."""
    trouble: list[str] = []
    contexts = []

    def open_page(name: str, width: int = 1280, after: str = "") -> Any:
        contexts.append(
            browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        )
        contexts[-1].set_default_timeout(8000)
        page = contexts[-1].new_page()
        page.on("console", lambda said: trouble.append(said.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(files[name].as_uri() + after)
        page.wait_for_selector("html.laid", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def keep(page: Any, figure: str, kind: str) -> tuple[str, bytes]:
    page.click(f"#{figure}-s")
    with page.expect_download() as waiting:
        page.click(f".menu [data-kind={kind}]")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def numbers(rows: list[list[str]], point: str = ",") -> list[list[str | float]]:
    """Return a table as it should come out: limits apart, numbers as numbers."""
    middle = " tot " if point == "," else " to "
    limits = re.compile(rf"[-+\u2212]?[\d{point}]+{middle}[-+\u2212]?[\d{point}]+")
    wide = [any(limits.fullmatch(row[c]) for row in rows[1:]) for c in range(len(rows[0]))]

    def value(text: str) -> str | float:
        plain = text.replace("\u2212", "-").replace(point, ".")
        return float(plain) if re.fullmatch(r"[-+]?\d+(\.\d+)?", plain) else text

    names = ("van", "tot") if point == "," else ("from", "to")
    head = [
        part
        for text, two in zip(rows[0], wide, strict=True)
        for part in ([f"{text}: {name}" for name in names] if two else [text])
    ]
    found: list[list[str | float]] = [list(head)]
    for row in rows[1:]:
        cells: list[str | float] = [row[0]]
        for text, two in zip(row[1:], wide[1:], strict=True):
            parts = text.split(middle) if limits.fullmatch(text) else [text]
            cells += [value(parts[0]), value(parts[-1])] if two else [value(text)]
        found.append(cells)
    return found


@pytest.mark.parametrize(("figure", "width"), KINDS)
def test_a_drawing_stands_alone_and_holds_every_word(opened: Any, figure: str, width: int) -> None:
    page = opened("plain", width)
    name, raw = keep(page, figure, "svg")
    assert name == f"plain-{figure}.svg"
    text = raw.decode("utf-8")
    root = ElementTree.fromstring(text)
    plain = "{http://www.w3.org/2000/svg}"
    words = list(root.iter(f"{plain}text"))
    said = " ".join(e.text or "" for e in words)
    title = page.locator(f"#{figure}-t").inner_text()
    assert root.findtext(f"{plain}title") == title
    assert root.findtext(f"{plain}desc") == page.locator(f"#{figure}-d").text_content()
    shown = [title, page.locator(f"#{figure} figcaption").inner_text()]
    shown += page.locator(f"#{figure} [role=img]").inner_text().split("\n")
    shown += page.locator(f"#{figure} [role=img] text").all_text_contents()
    for part in shown:
        assert set(part.split()) <= set(said.split()), part
    assert f"Bron: {COMMUNITY}" in said
    if page.locator(f"#{figure} [role=img] .h").count():
        assert set(HIDDEN.split()[:2]) <= set(said.split()), "hidden looks hidden and says so"
    assert not re.search(r'class=|[^-]style=|var\(|%"|href=|undefined|NaN|<script', text)
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    assert wide == 832, "a drawing is as wide on a phone as on a desk"
    own = root.findall(f"{plain}text")
    assert all(0 <= float(e.attrib["x"]) <= wide for e in own)
    assert all(0 <= float(e.attrib["y"]) <= high for e in own)
    used = set(re.findall(r"url\(#(\w+)\)", text))
    assert used <= {e.attrib["id"] for e in root.iter(f"{plain}pattern")}
    assert page.locator(".fig.sheet").count() == 0


def test_marks_of_a_drawing_stand_where_the_page_shows_them(opened: Any) -> None:
    page = opened("plain")
    root = ElementTree.fromstring(keep(page, "brief-strips", "svg")[1])
    plain = "{http://www.w3.org/2000/svg}"
    groups = [g for g in root.iter(f"{plain}g") if g.find(f"{plain}circle") is not None]
    row = groups[0]
    dots = sorted(float(c.attrib["cx"]) for c in row.iter(f"{plain}circle"))
    lines = sorted(float(one.attrib["x1"]) for one in row.iter(f"{plain}line"))
    step = (lines[-1] - lines[0]) / 6
    assert dots == pytest.approx([lines[0] + 4 * step, lines[0] + 4.5 * step], abs=0.5)
    fills = {c.attrib["fill"] for c in row.iter(f"{plain}circle")}
    assert fills == {"rgb(11, 98, 89)", "rgb(255, 255, 255)"}


def test_a_drawing_is_light_and_marks_the_middle_of_no_number_with_its_halo(
    browser: Any, files: dict[str, Path]
) -> None:
    context = browser.new_context(color_scheme="dark", forced_colors="active")
    page = context.new_page()
    page.goto(files["plain"].as_uri())
    page.wait_for_selector("html.laid", state="attached")
    root = ElementTree.fromstring(keep(page, "items-3", "svg")[1])
    context.close()
    plain = "{http://www.w3.org/2000/svg}"
    paper = root.find(f"{plain}rect")
    assert paper is not None
    assert paper.attrib["fill"] == "rgb(255, 255, 255)"
    lines = {e.attrib["stroke"] for e in root.iter(f"{plain}line")}
    assert lines <= {"rgb(230, 234, 235)", "rgb(119, 134, 140)", "rgb(43, 26, 4)"}, "as on paper"
    numbers = [e for e in root.iter(f"{plain}text") if e.text == "2" and "stroke" in e.attrib]
    assert numbers
    assert numbers[-1].attrib["stroke"] == "none", "the number is drawn over its halo"


def test_a_picture_is_the_drawing_twice_as_large(opened: Any) -> None:
    page = opened("kinds")
    root = ElementTree.fromstring(keep(page, "topics", "svg")[1])
    name, raw = keep(page, "topics", "png")
    assert name == "kinds-topics.png"
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    size = [int.from_bytes(raw[at : at + 4], "big") for at in (16, 20)]
    assert size == [2 * int(root.attrib[side]) for side in ("width", "height")]
    assert len(raw) > 20_000, "it is not empty paper"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("figure", [f"k-{name}" for name in engine_sample.charts()])
def test_tables_come_out_as_they_stand(opened: Any, figure: str, language: str) -> None:
    page = opened("plain")
    if language == "en":
        page.click('[data-lang="en"]')
        page.wait_for_selector("html.laid[lang=en]", state="attached")
    point, mark = (",", ";") if language == "nl" else (".", ",")
    wanted = numbers(page.evaluate(TABLE, figure), point)
    raw = keep(page, figure, "csv")[1]
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=mark))
    written = [
        [str(cell) if isinstance(cell, str) else f"{cell:g}".replace(".", point) for cell in row]
        for row in wanted
    ]
    assert rows == written
    book = openpyxl.load_workbook(io.BytesIO(keep(page, figure, "xlsx")[1]))
    assert book.sheetnames == ["Tabel" if language == "nl" else "Table"]
    assert [list(row) for row in book.worksheets[0].values] == wanted
    assert any(isinstance(cell, float) for row in wanted for cell in row)
    if figure == "k-contrasts" and language == "nl":
        assert HIDDEN in rows[-1], "hidden cells stay words"


def test_no_word_becomes_a_formula(opened: Any) -> None:
    page = opened("plain")
    text = keep(page, "words", "csv")[1].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ['\'=1+1; "x"', "'+31 6", "a\u00a0<b> & c"]
    book = openpyxl.load_workbook(io.BytesIO(keep(page, "words", "xlsx")[1]))
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [c.value for c in cells] == ['=1+1; "x"', "+31 6", "a\u00a0<b> & c"]
    assert all(c.data_type in {"s", "inlineStr"} for c in cells)


def test_what_is_for_the_analyst_only_says_so_wherever_it_goes(opened: Any) -> None:
    page = opened("INTERN-kinds")
    name, raw = keep(page, "who", "csv")
    assert name == "INTERN-kinds-who.csv"
    lines = raw.decode("utf-8-sig").splitlines()
    assert all(line.startswith('"INTERN – NIET DELEN";') for line in lines)
    root = ElementTree.fromstring(keep(page, "who", "svg")[1])
    assert "INTERN – NIET DELEN" in {e.text for e in root.iter()}


@pytest.mark.parametrize("width", [1280, 320])
def test_the_menu_works_by_keyboard_and_has_nothing_to_remark_on(opened: Any, width: int) -> None:
    import axe_playwright_python as axe

    page = opened("kinds", width)
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text("utf-8"))
    active = "document.activeElement.dataset.kind || document.activeElement.id"
    page.locator("#brief-strips-x").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(active) == "brief-strips-s"
    page.keyboard.press("Enter")
    assert page.evaluate(active) == "svg"
    assert page.evaluate(AXE, RULES) == []
    box = page.locator(".menu").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = []
    for key in ("ArrowUp", "ArrowDown", "ArrowDown", "End", "Home"):
        page.keyboard.press(key)
        found.append(page.evaluate(active))
    assert found == ["xlsx", "svg", "png", "xlsx", "svg"]
    page.keyboard.press("Escape")
    assert page.evaluate(active) == "brief-strips-s"
    assert page.locator(".menu").count() == 0
    assert page.get_attribute("#brief-strips-s", "aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "kinds-brief-strips.csv"
    assert page.evaluate(active) == "brief-strips-s"
    page.keyboard.press("Enter")
    page.mouse.click(5, 5)
    assert page.locator(".menu").count() == 0


def test_statements_are_found_by_words_in_any_order(opened: Any) -> None:
    page = opened("plain")
    assert page.get_by_label("Zoek in de stellingen").get_attribute("id") == "find"
    field = page.locator("#find")
    shown = page.locator("#items-3 .l:visible")
    assert shown.count() == 6
    field.fill("HIER  onderwérp")
    assert shown.all_inner_texts() == ["Ik kan hier een lastig onderwerp op tafel leggen."]
    told = page.locator(".find [role=status]")
    assert told.inner_text() == "1 van 6 stellingen"
    page.locator("#items-3 summary").click()
    assert page.locator("#items-3 tbody tr:visible").count() == 1
    page.select_option("#choose-wave", "1")
    assert page.locator("#items-1 .l:visible").count() == 1
    page.click('[data-lang="en"]')
    page.wait_for_selector("html.laid[lang=en]", state="attached")
    assert told.inner_text() == "0 of 6 statements", "the words are those of the language"
    assert page.locator("#items-1").is_hidden()
    page.emulate_media(media="print")
    assert page.locator("#items-1 .l:visible").count() == 6, "paper holds them all"
    page.emulate_media(media="screen")
    field.focus()
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    assert told.inner_text() == ""
    assert page.locator("#items-1 .l:visible").count() == 6


def test_sentences_without_a_figure_are_found_too(opened: Any) -> None:
    page = opened("waves")
    every = page.locator("#items :is(.l, li):visible").count()
    page.fill("#find", "zzz")
    assert page.locator(".find [role=status]").inner_text() == f"0 van {every} stellingen"
    assert page.locator("#items :is(.fig, h4, li):visible").count() == 0


def figure_of(page: Any, wave: int) -> tuple[str, int]:
    """Return the figure on the first page of strips with the scale, and its row."""
    at: list[Any] = page.evaluate(
        """([subject, wave]) => { const l = document.querySelector(
        `#brief .wave[data-w="${wave}"] .l[data-th="${subject}"]`), f = l.closest('.fig');
        return [f.id, [...f.querySelectorAll('.gr>.l')].indexOf(l)]; }""",
        [SUBJECT, wave],
    )
    return at[0], at[1]


def test_the_hollow_dot_shows_the_wave_that_is_chosen(opened: Any) -> None:
    page = opened("waves")
    figure, row = figure_of(page, 3)
    versus = page.get_by_label("Vergelijk met")
    assert versus.locator("option").all_inner_texts() == ["niets", "Meetmoment 1", "Meetmoment 2"]
    assert versus.input_value() == "2"
    before = page.evaluate(TABLE, figure)
    assert before[0][-1] == "Vorig meetmoment"
    assert before[row + 1][-1] == "4,0"
    assert page.evaluate(RINGS, figure)[row] == "50%"
    trust = next(r for r in before if r[0] == "Vertrouwen in de groep")
    assert trust[-1] == HIDDEN
    rings = len(page.evaluate(RINGS, figure))
    versus.select_option("1")
    after = page.evaluate(TABLE, figure)
    assert after[0][-1] == "Meetmoment 1"
    assert after[row + 1][-1] == "3,0"
    assert [r[:-1] for r in after] == [r[:-1] for r in before]
    assert "33.33%" in page.evaluate(RINGS, figure)
    assert len(page.evaluate(RINGS, figure)) == rings + 1, "what was hidden then is shown now"
    assert "Meetmoment 1" in page.locator(f"#{figure} .key").inner_text()
    text = keep(page, figure, "csv")[1].decode("utf-8-sig")
    assert "Meetmoment 1" in text.splitlines()[0]
    page.click('[data-lang="en"]')
    page.wait_for_selector("html.laid[lang=en]", state="attached")
    assert page.evaluate(TABLE, figure)[0][-1] == "Wave 1"
    assert page.evaluate(TABLE, figure)[row + 1][-1] == "3.0"
    page.get_by_label("Compare with").select_option("0")
    assert page.evaluate(RINGS, figure) == []
    assert len(page.evaluate(TABLE, figure)[0]) == len(before[0]) - 1
    page.select_option("#choose-wave", "1")
    assert page.locator("#choose-versus").is_hidden(), "there is nothing before the first wave"


def test_a_theme_is_lit_on_every_page_and_a_button_ends_it(opened: Any) -> None:
    import axe_playwright_python as axe

    page = opened("waves")
    every = page.locator("figure.fig:visible").count()
    page.get_by_label("Thema").select_option(SUBJECT)
    assert page.locator("figure.fig:visible").count() == every
    lit = page.locator("figure.fig.lit:visible").count()
    assert 1 < lit < every
    assert page.locator("figure.fig.dim:visible").count() == every - lit
    words = page.locator(".lamp [role=status]").inner_text()
    assert words == f"Uitgelicht: Ervaren samenwerking. Aantal figuren hierover: {lit}."
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text("utf-8"))
    assert page.evaluate(AXE, RULES) == []
    page.locator("nav a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Alles tonen"
    page.click('[data-lang="en"]')
    page.wait_for_selector("html.laid[lang=en]", state="attached")
    assert "Highlighted: Perceived collaboration." in page.locator(".lamp").inner_text()
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".lit, .dim").count() == 0
    assert page.locator(".lamp").is_hidden()
    assert page.evaluate("document.activeElement.id") == "choose-theme"


def until(page: Any, view: str) -> bool:
    """Wait at most two seconds until the address holds this view."""
    for _ in range(40):
        if page.evaluate("location.hash") == view:
            return True
        page.wait_for_timeout(50)
    return False


def test_a_view_can_be_linked_and_left_again(opened: Any) -> None:
    page = opened("waves")
    page.select_option("#choose-wave", "2")
    page.select_option("#choose-versus", "0")
    page.click('nav a[href="#items"]')
    assert until(page, "#items?wave=2&vs=0")
    assert page.evaluate("document.activeElement.id") == "items-h"
    page.click('[data-lang="en"]')
    assert until(page, "#?lang=en&wave=2&vs=0"), "the button stands on the first page"
    other = opened("waves", after="#items?lang=en&wave=2&vs=0")
    assert other.evaluate("document.documentElement.lang") == "en"
    assert other.input_value("#choose-wave") == "2"
    assert other.input_value("#choose-versus") == "0"
    assert 0 <= other.locator("#items").bounding_box()["y"] < 300
    page.go_back()
    page.wait_for_selector("html.laid[lang=nl]", state="attached")
    assert page.input_value("#choose-versus") == "0"
    page.go_back()
    assert page.input_value("#choose-versus") == "1"
    assert page.input_value("#choose-wave") == "2"
    page.go_back()
    assert page.input_value("#choose-wave") == "3"
    page.go_forward()
    assert page.input_value("#choose-wave") == "2"
    odd = opened("waves", after="#nowhere?wave=9&vs=7&theme=none&lang=xx")
    assert odd.input_value("#choose-wave") == "3"
    assert odd.input_value("#choose-versus") == "2"
    assert odd.locator(".lamp").is_hidden()


def test_without_figures_or_in_one_language_the_script_still_runs(
    browser: Any, tmp_path: Path
) -> None:
    one = replace_languages(small())
    (tmp_path / "one.html").write_text(
        render_pages(one, COMMUNITY, engine_sample.pages(), explore=False), encoding="utf-8"
    )
    page = browser.new_page(accept_downloads=True)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto((tmp_path / "one.html").as_uri())
    page.fill("#find", "hier")
    assert "stellingen" in page.locator(".find [role=status]").inner_text()
    assert keep(page, "who", "csv")[0] == "one-who.csv"
    page.close()
    assert trouble == []


def replace_languages(diagnosis: Any) -> Any:
    return diagnosis.model_copy(update={"languages": ("nl",)})
