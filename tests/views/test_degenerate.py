"""Whatever was asked and however little may be shown: whole pages, and modest ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from degenerate import DEGENERATE
from sample import COMMUNITY

from lcdiag.base.text import Text, resolve
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views import blocks as b
from lcdiag.views.blocks import Page
from lcdiag.views.figures import Squares
from lcdiag.views.frame import kind_of
from lcdiag.views.paint import figures
from lcdiag.views.render import gather_pages, render_pages

ABSURD = re.compile(
    r"\b(NaN|nan|None|inf)\b|\{\w*\}|\b(views|charts|pages|diagnosis|levels)\.[a-z]+-"
    r"|(?<![\d,.])0 (van de|of the) 0\b|\b1 (mensen|people|thema’s|themes|punten|points)\b"
)


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[Diagnosis, tuple[Page, ...]]]:
    found = {}
    for name, make in DEGENERATE.items():
        diagnosis = make()
        found[name] = (diagnosis, gather_pages(diagnosis, COMMUNITY))
    return found


def empty_parts(blocks: tuple[b.Block, ...], where: str) -> Iterator[str]:
    """Yield what would be an empty box, list or section."""
    if not blocks:
        yield f"{where}: nothing"
    for place, block in enumerate(blocks):
        here = f"{where}/{place} {type(block).__name__}"
        if isinstance(block, b.Heading):
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            if after is None or (isinstance(after, b.Heading) and after.level <= block.level):
                yield f"{here}: nothing under {resolve(block.text, 'nl')!r}"
        elif isinstance(block, b.Beside):
            yield from empty_parts(block.main, f"{here} main")
            yield from empty_parts(block.aside, f"{here} aside")
        elif isinstance(block, b.Panels):
            for panel in block.panels or ((),):
                yield from empty_parts(panel, here)
        elif isinstance(block, b.PerWave):
            for number, _, part in block.parts:
                yield from empty_parts(part, f"{here} {number}")
        else:
            for name in ("items", "pairs", "rows"):
                if getattr(block, name, None) == ():
                    yield f"{here}: no {name}"


@pytest.mark.parametrize("name", DEGENERATE)
def test_every_page_has_content_and_no_empty_box(
    made: dict[str, tuple[Diagnosis, tuple[Page, ...]]], name: str
) -> None:
    _, pages = made[name]
    assert {"before", "guide", "words"} <= {page.id for page in pages}
    for page in pages:
        assert resolve(page.title, "nl").strip()
        assert list(empty_parts(page.blocks, page.id)) == []


@pytest.mark.parametrize("name", DEGENERATE)
def test_every_figure_shows_at_least_one_number(
    made: dict[str, tuple[Diagnosis, tuple[Page, ...]]], name: str
) -> None:
    for page in made[name][1]:
        for figure in figures(page.blocks):
            table = kind_of(figure.chart).table(figure.chart)
            cells: list[Text] = [cell for row in table.rows for cell in row[1:]]
            said = [resolve(cell, "nl") for cell in cells]
            assert any(re.match(r"[+−]?\d", one) for one in said), figure.id


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", DEGENERATE)
def test_the_file_says_nothing_absurd(
    made: dict[str, tuple[Diagnosis, tuple[Page, ...]]], name: str, language: str
) -> None:
    diagnosis, pages = made[name]
    html = render_pages(diagnosis, COMMUNITY, pages, language, explore=False)
    body = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", html)
    assert not re.search(r"<(h[1-6]|p|li|summary|figcaption|caption)\b[^>]*>\s*</\1>", body)
    assert not re.search(r'="[^"]*\bNaN\b', body)
    texts = [unescape(part).strip() for part in re.split(r"<[^>]+>", body)]
    assert [text for text in texts if ABSURD.search(text)] == []
    for page in pages:
        start = body.index(f'<section id="{page.id}"')
        said = re.sub(r"<[^>]+>", " ", body[start : body.index("</section>", start)])
        assert len(said.split()) > 25, page.id


def test_what_is_hidden_leaves_no_figure_but_that_of_who_was_invited(
    made: dict[str, tuple[Diagnosis, tuple[Page, ...]]],
) -> None:
    for name in ("all-hidden", "all-hidden-one-wave", "nobody"):
        left = [f for page in made[name][1] for f in figures(page.blocks)]
        assert [f.id for f in left if not isinstance(f.chart, Squares)] == []


def test_other_scales_reach_the_axes(
    made: dict[str, tuple[Diagnosis, tuple[Page, ...]]],
) -> None:
    for name, ends in (("from-0-to-10", (0, 10)), ("from-1-to-5", (1, 5))):
        axes = [
            (chart.axis.low, chart.axis.high)
            for page in made[name][1]
            for figure in figures(page.blocks)
            if (chart := figure.chart) and hasattr(chart, "axis")
        ]
        assert axes.count(ends) > 5
        assert (1, 7) not in axes


def test_many_items_are_all_there(
    made: dict[str, tuple[Diagnosis, tuple[Page, ...]]],
) -> None:
    diagnosis, pages = made["many-items"]
    assert len(diagnosis.words.items) >= 60
    html = render_pages(diagnosis, COMMUNITY, pages, explore=False)
    body = unescape(html[: html.index('id="texts"')])
    assert not [item.id for item in diagnosis.words.items if item.text["nl"] not in body]
