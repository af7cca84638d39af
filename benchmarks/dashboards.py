"""How fast a dashboard is made and shown: python benchmarks/dashboards.py [--write]; medians of 5."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "views"))

import engine_sample
from sample import COMMUNITY, small

from lcdiag.base.text import Text, resolve
from lcdiag.views import blocks as b
from lcdiag.views.frame import kind_of
from lcdiag.views.paint import figures
from lcdiag.views.render import render_dashboard, render_pages

RUNS = 5
TOLD: list[tuple[str, str, str, str]] = []
DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "dashboards.md"
HEAD = """# Dashboards: budgets and what was measured

Medians of five runs of `python benchmarks/dashboards.py --write` on two cores, in Debian's Chromium. The pages are made by hand and
hold every kind of figure. The page of plotly beside it is the usual one: the same figures by `plotly.io.to_html`, with its script in
the file. Counts, sizes, contrast, keyboard, print and text are held by tests in `tests/browser` and `tests/views`.

| what | measured | budget | |
|---|---|---|---|"""
NAIVE, PLAIN = 0, -1
"""In place of a number of figures: the usual page of plotly, and ours without the explore layer."""
FIRST = """() => new Promise(done => { const look = () => {
  const f = document.querySelector('figure.fig');
  if (f && f.getBoundingClientRect().top < innerHeight)
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  else requestAnimationFrame(look); }; look(); })"""
OPEN = """() => new Promise(done => { const from = performance.now();
  const q = s => document.querySelector(s);
  const wait = () => q('#xp-w').hidden && q('#xp-p .main-svg')
    ? requestAnimationFrame(() => done(performance.now() - from)) : requestAnimationFrame(wait);
  document.querySelector('.xp').click(); wait(); })"""
SWITCH = """() => { const from = performance.now();
  document.querySelector('[data-lang]:not([hidden])').click();
  document.body.getBoundingClientRect(); return performance.now() - from; }"""
FIRST_NAIVE = """() => new Promise(done => { const look = () => {
  const f = document.querySelector('.js-plotly-plot .main-svg');
  if (f && f.getBoundingClientRect().height)
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  else requestAnimationFrame(look); }; look(); })"""
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


def pages(count: int) -> tuple[b.Page, ...]:
    kinds = list(engine_sample.charts().values())
    shown = [
        engine_sample.figure(
            f"f{place}",
            engine_sample.w(f"Figuur {place}", f"Figure {place}"),
            kinds[place % len(kinds)],
        )
        for place in range(count)
    ]
    return tuple(
        b.Page(f"p{place}", engine_sample.w("Blad", "Sheet"), "", tuple(shown[place : place + 6]))
        for place in range(0, count, 6)
    )


def naive(count: int) -> str:
    """Return the usual page of the same figures: plotly's own HTML, one part a figure."""
    from plotly.io import to_html

    def say(text: Text) -> str:
        return resolve(text, "nl")

    parts = []
    for place, one in enumerate(figure for page in pages(count) for figure in figures(page.blocks)):
        made = kind_of(one.chart).explore(one.chart, say)
        part = to_html(made, full_html=False, include_plotlyjs=place == 0, validate=False)
        parts.append(f"<h3>{say(one.title)}</h3>{part}")
    return f"<!doctype html><html><body>{''.join(parts)}</body></html>"


def median(measure: Callable[[], float]) -> float:
    return middle(measure() for _ in range(RUNS))


def middle(values: Iterable[float]) -> float:
    return sorted(values)[RUNS // 2]


def row(what: str, value: float, budget: float, unit: str) -> None:
    verdict = "within" if value <= budget else "OVER"
    print(f"{what:<46}{value:>10.2f} {unit:<3} budget {budget:>8.2f}  {verdict}")
    TOLD.append((what, f"{value:.2f} {unit}", f"at most {budget:g} {unit}", verdict))


def times_row(what: str, ours: float, usual: float, least: float, unit: str) -> None:
    verdict = "within" if usual >= least * ours else "UNDER"
    told = f"{ours:.2f} against {usual:.2f} {unit}"
    print(f"{what:<46}{usual / ours:>10.2f} x   at least{least:>8.2f}  {verdict}  ({told})")
    TOLD.append((what, f"{usual / ours:.1f} times ({told})", f"at least {least:g} times", verdict))


def document() -> str:
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in TOLD)
    return f"{HEAD}\n{lines}\n"


def build() -> None:
    diagnosis = small()

    def made() -> float:
        start = time.process_time()
        render_pages(diagnosis, COMMUNITY, pages(60), explore=False)
        return time.process_time() - start

    row("build in Python, 60 figures", median(made), 1.0, "s")
    for explore, budget in ((False, 0.2), (True, 2.3)):
        html = render_pages(diagnosis, COMMUNITY, pages(25), explore=explore)
        name = "with" if explore else "without"
        row(f"file, 25 figures, {name} explore", len(html.encode()) / 1e6, budget, "MB")


def show(browser: Any, folder: Path) -> None:
    diagnosis = small()
    paths = {}
    for count in (25, 60, 300):
        paths[count] = folder / f"{count}.html"
        html = render_pages(diagnosis, COMMUNITY, pages(count))
        paths[count].write_text(html, encoding="utf-8")

    paths[NAIVE] = folder / "naive.html"
    paths[NAIVE].write_text(naive(60), encoding="utf-8")
    plain = render_pages(diagnosis, COMMUNITY, pages(60), explore=False)
    paths[PLAIN] = folder / "plain.html"
    paths[PLAIN].write_text(plain, encoding="utf-8")

    def visit(count: int, steps: list[str], *, phone: bool = False) -> list[float]:
        size = {"width": 390, "height": 800} if phone else {"width": 1280, "height": 900}
        context = browser.new_context(viewport=size)
        page = context.new_page()
        if phone:
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(paths[count].as_uri(), wait_until="commit")
        found = [page.evaluate(step) for step in steps[:1]]
        page.wait_for_load_state("load")
        for step in steps[1:]:
            found.append(page.evaluate(step))
            page.keyboard.press("Escape")
        context.close()
        return found

    for phone, budget in ((False, 300), (True, 800)):
        where = "phone, CPU 4x slower" if phone else "desktop"
        value = median(lambda phone=phone: visit(60, [FIRST], phone=phone)[0])
        row(f"first figure visible, {where}", value, budget, "ms")
        usual = median(lambda phone=phone: visit(NAIVE, [FIRST_NAIVE], phone=phone)[0])
        times_row(f"sooner than a page of plotly, {where}", value, usual, 5, "ms")
    sizes = [paths[name].stat().st_size / 1e6 for name in (PLAIN, NAIVE)]
    times_row("smaller than a page of plotly, 60 figures", *sizes, 10, "MB")
    for count, budget in ((60, 400), (300, 800)):
        value = median(lambda count=count: visit(count, [FIRST, LOADED])[1])
        row(f"load finished, {count} figures", value, budget, "ms")
    opened = [visit(25, [FIRST, OPEN, OPEN]) for _ in range(RUNS)]
    row("explore, first click", middle(o[1] for o in opened), 2500, "ms")
    row("explore, later click", middle(o[2] for o in opened), 100, "ms")
    row("language switch, 60 figures", median(lambda: visit(60, [FIRST, SWITCH])[1]), 50, "ms")


def paper(browser: Any, folder: Path) -> None:
    path = folder / "small.html"
    path.write_text(render_dashboard(small(), COMMUNITY, explore=False), encoding="utf-8")

    def printed() -> float:
        page = browser.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("html.laid", state="attached")
        start = time.perf_counter()
        page.pdf(path=str(folder / "small.pdf"), prefer_css_page_size=True)
        page.close()
        return time.perf_counter() - start

    row("A4 print of a small community", median(printed), 3, "s")
    row("A4 print of a small community", (folder / "small.pdf").stat().st_size / 1e6, 1, "MB")


def main() -> None:
    build()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("no Chromium: set CHROMIUM to measure pages")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium)
        show(browser, Path(folder))
        paper(browser, Path(folder))
        browser.close()
    if "--write" in sys.argv:
        DOCUMENT.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
