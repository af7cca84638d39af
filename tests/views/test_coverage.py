"""What the report says beforehand that it will show, held against what it then shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lcdiag.api import diagnose
from lcdiag.base.levels import Level
from lcdiag.base.text import Message, languages, resolve
from lcdiag.diagnosis.model import Diagnosis, Words
from lcdiag.instrument.catalogue import set_ids
from lcdiag.planning.simulate import Meeting, Seat, Truth, simulate_responses
from lcdiag.survey.open import open_study
from lcdiag.views.blocks import Asked, Facts, Figure, Heading, Page
from lcdiag.views.coverage import what_is_covered
from lcdiag.views.page import Extent
from lcdiag.views.paint import figures
from lcdiag.views.render import gather_pages

DOCS = Path(__file__).resolve().parents[2] / "docs" / "instruments.md"
PARTIES = ("Gemeente", "School", "Bedrijf")
SETTINGS = """title = "Proef"
set = "{name}"
communities = [{{ name = "Noord" }}, {{ name = "Zuid" }}]
parties = [
  {{ name = "Gemeente", sector = "overheid" }},
  {{ name = "School", sector = "onderwijs" }},
  {{ name = "Bedrijf", sector = "bedrijf" }},
]
waves = [{{ number = 1 }}, {{ number = 2 }}]
"""


@dataclass(frozen=True)
class Made:
    words: Words
    diagnosis: Diagnosis
    pages: dict[str, Page]
    extents: dict[str, Extent]


@pytest.fixture(scope="module")
def make(tmp_path_factory):
    """Return what a set's report really shows when thirty people a community answer twice."""

    @cache
    def made(name: str) -> Made:
        folder = tmp_path_factory.mktemp(name)
        (folder / "study.toml").write_text(SETTINGS.format(name=name), encoding="utf-8")
        study = open_study(folder)
        meetings = [
            Meeting(
                place,
                wave,
                tuple(Seat(f"{place}{i}", PARTIES[i % 3], "") for i in range(30)),
                Truth(),
            )
            for wave in (1, 2)
            for place in ("Noord", "Zuid")
        ]
        answers = simulate_responses(study.questionnaire, meetings, rng=np.random.default_rng(1))
        diagnosis = diagnose(study, answers).only("Noord")
        pages = {page.id: page for page in gather_pages(diagnosis, "Noord")}
        extents = {one.page: one.coverage.extent for one in what_is_covered(diagnosis.words)}
        return Made(diagnosis.words, diagnosis, pages, extents)

    return made


def blocks_of(page: Page | None) -> list[object]:
    """Return all blocks of a page, however deep they stand."""
    found: list[object] = []

    def walk(part: object) -> None:
        if isinstance(part, (tuple, list)):
            for one in part:
                walk(one)
        elif hasattr(part, "__dataclass_fields__"):
            found.append(part)
            if not isinstance(part, Figure):
                for name in part.__dataclass_fields__:
                    walk(getattr(part, name))

    walk(page.blocks if page is not None else ())
    return found


def figures_of(page: Page | None) -> list[Figure]:
    return list(figures(page.blocks)) if page is not None else []


def themes_of(page: Page | None) -> set[str]:
    return {theme for figure in figures_of(page) for theme in figure.themes}


def scored(made: Made) -> set[str]:
    return {scale.id for scale in made.words.scales if not scale.per_item}


def test_every_page_is_covered_in_the_order_of_the_report(make):
    made = make("standard")
    order = [one.page for one in what_is_covered(made.words)]
    assert order == list(made.pages)


@pytest.mark.parametrize("name", set_ids())
def test_the_brief_shows_the_themes_it_promises(make, name):
    made = make(name)
    page, extent = made.pages.get("brief"), made.extents["brief"]
    if extent is Extent.SHOWN:
        assert scored(made)
        assert themes_of(page) >= scored(made)
    else:
        assert not scored(made)
        assert bool(figures_of(page)) == (extent is Extent.PARTLY)


@pytest.mark.parametrize("name", set_ids())
def test_the_levels_that_are_promised_have_figures(make, name):
    made = make(name)
    page = made.pages["levels"]
    with_figures = {
        level
        for level in Level
        if any(
            figure.id.startswith(f"levels-{level}-") and figure.id.endswith("-w2")
            for figure in figures_of(page)
        )
    }
    expected = {Extent.SHOWN: 4, Extent.NOT: 0}.get(made.extents["levels"], len(with_figures))
    assert len(with_figures) == expected
    if made.extents["levels"] is Extent.PARTLY:
        assert 0 < len(with_figures) < 4
    (why,) = [o.coverage.why for o in what_is_covered(made.words) if o.page == "levels"]
    named = resolve(why, "en")
    for level in Level:
        word = resolve(Message(f"coverage.level-{level}"), "en")
        assert (word in named) == (level not in with_figures)


@pytest.mark.parametrize("name", set_ids())
def test_every_statement_is_shown_unless_it_is_said_that_some_are_not(make, name):
    made = make(name)
    labels = {
        row.label.words["nl"]
        for figure in figures_of(made.pages.get("items"))
        for row in figure.chart.rows
    }
    asked = {item.text["nl"]: item.referent for item in made.words.items}
    missing = set(asked) - labels
    assert {asked[text] for text in missing} <= {"other-party"}
    promised = {True: Extent.PARTLY, False: Extent.SHOWN}[bool(missing)]
    assert made.extents["items"] is (promised if labels else Extent.NOT)


@pytest.mark.parametrize("name", set_ids())
def test_topics_are_shown_where_they_are_promised(make, name):
    made = make(name)
    names = {figure.id for figure in figures_of(made.pages.get("say"))}
    extent = made.extents["say"]
    if extent is Extent.NOT:
        assert "say" not in made.pages
    if extent is Extent.SHOWN:
        assert {"say-critical-w2", "say-control-w2"} <= names
    assert extent is not Extent.PARTLY, "no ready-made set has topics of one kind only"


@pytest.mark.parametrize("name", set_ids())
def test_themes_are_followed_over_time_where_that_is_promised(make, name):
    made = make(name)
    page = made.pages["development"]
    if made.extents["development"] is Extent.SHOWN:
        assert themes_of(page) >= scored(made)
    else:
        assert not figures_of(page)
        assert any(isinstance(block, Facts) for block in blocks_of(page))


@pytest.mark.parametrize("name", set_ids())
def test_the_conversation_starts_from_a_figure_where_that_is_promised(make, name):
    made = make(name)
    links = [b.link for b in blocks_of(made.pages["guide"]) if isinstance(b, Asked) and b.link]
    assert bool(links) == (made.extents["guide"] is Extent.SHOWN)


@pytest.mark.parametrize("name", set_ids())
def test_reliability_is_told_where_that_is_promised(make, name):
    made = make(name)
    told = Message("views.reliability")
    headings = [b.text for b in blocks_of(made.pages["words"]) if isinstance(b, Heading)]
    assert (told in headings) == (made.extents["words"] is Extent.SHOWN)


@pytest.mark.parametrize(
    ("kinds", "extent"),
    [
        ((), Extent.NOT),
        (("critical",), Extent.PARTLY),
        (("control",), Extent.PARTLY),
        (("critical", "control"), Extent.SHOWN),
    ],
)
def test_topics_of_one_kind_are_a_part(make, kinds, extent):
    words = make("standard").words
    words = words.model_copy(
        update={"topics": tuple(topic for topic in words.topics if topic.kind in kinds)}
    )
    (say,) = [one.coverage for one in what_is_covered(words) if one.page == "say"]
    assert say.extent is extent


def test_a_questionnaire_of_topics_alone_has_no_themes_and_no_levels(make):
    words = make("standard").words
    codes = {code for t in words.topics for code in (t.own, t.others, t.practice)}
    words = words.model_copy(
        update={"scales": (), "items": tuple(item for item in words.items if item.id in codes)}
    )
    found = {one.page: one.coverage.extent for one in what_is_covered(words)}
    assert found["brief"] is Extent.NOT
    assert found["levels"] is Extent.NOT
    assert found["items"] is Extent.SHOWN
    assert found["guide"] is Extent.SHOWN


def test_questions_about_each_party_alone_give_no_statements(make):
    words = make("short").words
    grid = tuple(item for item in words.items if item.referent == "other-party")
    found = what_is_covered(Words(items=grid))
    assert {one.page: one.coverage.extent for one in found}["items"] is Extent.NOT


@pytest.mark.parametrize("name", set_ids())
def test_what_is_missing_is_said_in_every_language(make, name):
    for one in what_is_covered(make(name).words):
        for language in languages():
            said = resolve(one.coverage.why, language)
            assert bool(said) or one.coverage.extent is Extent.SHOWN
            assert resolve(one.title, language)


def docs_table() -> dict[str, dict[str, str]]:
    """Return set and page title to the word in the table of the documentation."""
    if not DOCS.is_file():
        pytest.skip("the documentation is not beside the tests")
    text = DOCS.read_text(encoding="utf-8")
    part = text.split("## What the report shows, by set", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head, rows = cells[0][1:], cells[2:]
    names = [re.sub(r"`", "", name) for name in head]
    return {name: {row[0]: row[place] for row in rows} for place, name in enumerate(names, start=1)}


def test_the_documentation_has_the_table_of_sets_and_pages(make):
    expected = {
        name: {
            resolve(one.title, "en"): str(one.coverage.extent)
            for one in what_is_covered(make(name).words)
        }
        for name in set_ids()
    }
    assert docs_table() == expected
