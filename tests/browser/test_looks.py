"""Dark and forced colours, paper that stays light, and the sheet for those who took part."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sample import COMMUNITY, SAMPLES, large, small
from visits import AXE, RULES, Visit

from lcdiag.views.one_pager import render_one_pager
from lcdiag.views.render import render_dashboard

pytestmark = pytest.mark.browser

TOKEN = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
MARKS = """() => {
  const paper = getComputedStyle(document.querySelector('.fig')).backgroundColor;
  const found = [];
  for (const m of document.querySelectorAll('.fig .m, .fig .pd, .fig .s, .fig .b9')) {
    if (!m.checkVisibility()) continue;
    const look = getComputedStyle(m);
    if (look.fill === paper && look.stroke === paper) found.push(m.outerHTML);
  }
  return found; }"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("looks")
    made = {
        "small": render_dashboard(small(), COMMUNITY, explore=False),
        "large": render_dashboard(large(), COMMUNITY, explore=False),
        **{f"sheet-{name}": render_one_pager(make(), COMMUNITY) for name, make in SAMPLES.items()},
    }
    for name, html in made.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("name", ["large", "sheet-small"])
def test_a_dark_page_has_nothing_to_remark_on(
    browser: Any, files: dict[str, Path], axe: str, name: str
) -> None:
    with Visit(browser, files[name], color_scheme="dark") as visit:
        page = visit.page
        assert page.evaluate(TOKEN, "--paper") == "#13181b"
        page.evaluate(axe)
        visit.open_tables()
        assert page.evaluate(AXE, RULES) == []
        assert visit.trouble == []


def test_paper_is_light_also_for_who_reads_in_the_dark(
    browser: Any, files: dict[str, Path]
) -> None:
    with Visit(browser, files["small"], color_scheme="dark") as visit:
        visit.page.emulate_media(media="print", color_scheme="dark")
        assert visit.page.evaluate(TOKEN, "--ink") == "#1b252b"
        assert visit.page.evaluate(TOKEN, "--card") == "#fff"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mark_is_seen_in_colours_of_the_reader(
    browser: Any, files: dict[str, Path], scheme: str
) -> None:
    with Visit(browser, files["large"], forced_colors="active", color_scheme=scheme) as visit:
        assert visit.page.evaluate(MARKS) == []
        assert visit.page.evaluate("document.querySelectorAll('.fig .m').length") > 5


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["sheet-signal", "sheet-nothing-shown"])
def test_the_sheet_has_nothing_to_remark_on(
    browser: Any, files: dict[str, Path], axe: str, name: str, language: str, width: int
) -> None:
    with Visit(browser, files[name], width) as visit:
        visit.speak(language)
        visit.page.evaluate(axe)
        visit.open_tables()
        assert visit.page.evaluate(AXE, RULES) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.trouble == []


@pytest.mark.parametrize("name", [f"sheet-{name}" for name in SAMPLES])
def test_the_sheet_is_one_sheet(
    browser: Any, files: dict[str, Path], tmp_path: Path, name: str
) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("no pdfinfo on this machine: install poppler-utils")
    with Visit(browser, files[name]) as visit:
        for language in ("nl", "en"):
            visit.speak(language)
            visit.page.pdf(path=str(tmp_path / "sheet.pdf"), prefer_css_page_size=True)
            told = subprocess.run(
                ["pdfinfo", str(tmp_path / "sheet.pdf")], capture_output=True, check=True
            ).stdout.decode()
            assert "Pages:           1\n" in told
            assert "A4" in told
