"""Agreement, between parties, patterns and conditions: what they show, and when they do not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from sample import COMMUNITY, STUDY, Builder, large, nothing_shown, small
from test_pages import pages, parts, texts

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.text import resolve
from lcdiag.diagnosis.model import Diagnosis, Measure, PairWords, Unit
from lcdiag.views.blocks import Blank, Callout, Figure, Page
from lcdiag.views.charts.plane import BADGE, WIDTH, apart
from lcdiag.views.figures import Directed, Pairs, Piles, Plane, Strips
from lcdiag.views.spread import apart as far_apart
from lcdiag.views.spread import at_random

KEEPS = "lc-party-grid:keeps"
NAMES = ("Gemeente Oost", "Hogeschool Noord", "Installatie BV")


@cache
def spread() -> Diagnosis:
    """24 answers; two statements in two heaps; how far the answers to each theme lie apart."""
    made = Builder(answered=24, invited=27)
    plain = made.build()
    for wave in made.waves:
        for place, scale in enumerate(plain.words.scales):
            if not scale.per_item:
                cell = Estimate(value=0.4 + place / 10, n=24, method="ad")
                made.put("ad_m_j", scale.id, cell, wave)
        for code, count in enumerate((9, 2, 0, 0, 0, 3, 10), start=1):
            made.measures = [
                m for m in made.measures
                if (m.at.statistic, m.at.subject, m.at.wave) != (f"count.{code}", "ve3", wave)
            ]  # fmt: skip
            made.put(f"count.{code}", "ve3", Estimate(value=count, n=24, method="count"), wave)
        made.put("two_stories", "ve3", Estimate(value=11, n=24, method="heaps"), wave)
    return plain.model_copy(update={"measures": tuple(made.measures)})


def grid(shown: tuple[tuple[str, str], ...], *, spread_known: bool = False) -> Diagnosis:
    """Three parties that rated each other; some directions are shown."""
    made = Builder(waves=(1,))
    plain = made.build()
    scale = next(s for s in plain.words.scales if s.id == "lc-trust:between")
    asked = scale.model_copy(update={"id": KEEPS, "items": (), "referent": "other-party"})
    pairs = tuple(
        PairWords(id=f"pg{at}", scale=KEEPS, party=name, label={"nl": name, "en": name})
        for at, name in enumerate(NAMES)
    )
    for giver in NAMES:
        for pair in pairs:
            if giver == pair.party:
                continue
            unit = Unit(kind="party", community=COMMUNITY, name=giver)
            value = 3.0 + NAMES.index(giver) + NAMES.index(pair.party) / 10
            cell = Estimate(value=value, low=value - 1, high=value + 1, confidence=0.9, n=6)
            kept = cell if (giver, pair.party) in shown else Hidden()
            made.put("directed", pair.id, kept, 1, unit)
    if spread_known:
        made.put("directed_spread", KEEPS, Estimate(value=0.4, n=20, method="sd"), 1, STUDY)
    words = plain.words.model_copy(update={"scales": (*plain.words.scales, asked), "pairs": pairs})
    return plain.model_copy(update={"measures": tuple(made.measures), "words": words})


def last_charts(page: Page, kind: type) -> list:
    return list(parts(page, kind))


def test_dots_are_the_released_counts_and_two_heaps_are_told() -> None:
    page = pages(spread())["same"]
    figures = [one for one in parts(page, Figure) if isinstance(one.chart, Piles)]
    rows = [row for one in figures for row in one.chart.rows]
    known = {resolve(row.label, "nl"): row.counts for row in rows}
    assert (9, 2, 0, 0, 0, 3, 10) in known.values()
    for one in figures:
        assert len({row.theme for row in one.chart.rows}) == len(one.chart.rows)
    titles = [resolve(one.title, "nl") for one in figures]
    assert any("bij 1 stelling twee hopen" in title for title in titles)
    assert "Twee hopen stippen? Dan leven er twee verhalen. Welke zijn dat?" in texts(page, "nl")


def test_the_map_has_a_point_a_theme_and_only_themes_of_one_axis() -> None:
    diagnosis = spread()
    scales = {scale.id: scale for scale in diagnosis.words.scales}
    maps = last_charts(pages(diagnosis)["same"], Plane)
    assert maps
    for chart in maps:
        formats = {(scales[p.theme].referent, str(scales[p.theme].points)) for p in chart.points}
        assert len(formats) == 1
        assert chart.up.low > chart.up.high == 0


def test_below_ten_answers_the_group_gets_a_sheet_and_no_spread() -> None:
    page = pages(small())["same"]
    assert not last_charts(page, Piles)
    assert not last_charts(page, Plane)
    blank = next(parts(page, Blank))
    assert [resolve(one, "nl") for one in blank.head][1:] == list("1234567")
    assert 1 <= len(blank.rows) <= 4
    assert not any("spanning" in resolve(row, "nl").lower() for row in blank.rows)


@pytest.mark.parametrize(("counts", "far"), [((0, 3, 0), 0), ((2, 0, 2), 1), ((1, 1, 1), 2 / 3)])
def test_how_far_apart_is_the_mean_distance_from_the_mean(counts, far) -> None:
    assert far_apart(counts) == pytest.approx(far)


def test_answers_at_random_on_seven_points_lie_twelve_sevenths_apart() -> None:
    assert at_random(7) == pytest.approx(
        12 / 7
    )  # (A * A - 1) / (4 * A) for an odd number of points


def test_numbers_in_a_plane_never_lie_on_each_other() -> None:
    places = [(0.5, 40.0), (0.51, 41.0), (0.5, 40.0), (0.9, 40.0), (0.52, 10.0), (0.52, 11.0)]
    heights = apart(places)
    for at, (x, _) in enumerate(places):
        for other in range(at):
            near = abs(x - places[other][0]) * WIDTH < BADGE
            assert not near or abs(heights[at] - heights[other]) >= BADGE


def test_a_matrix_stands_in_the_order_of_the_study_and_hides_what_is_hidden() -> None:
    shown = ((NAMES[0], NAMES[1]), (NAMES[1], NAMES[0]), (NAMES[2], NAMES[0]), (NAMES[0], NAMES[2]))
    page = pages(grid(shown))["between"]
    (chart,) = last_charts(page, Directed)
    assert chart.names == NAMES
    assert [chart.cells[at][at] for at in range(3)] == [None] * 3
    assert isinstance(chart.cells[1][2], Hidden)
    first = chart.cells[0][1]
    assert isinstance(first, Estimate)
    assert first.value == pytest.approx(3.1)
    (dumbbells,) = last_charts(page, Pairs)
    assert [(row.first, row.second) for row in dumbbells.rows] == [
        (NAMES[0], NAMES[1]),
        (NAMES[0], NAMES[2]),
        (NAMES[1], NAMES[2]),
    ][: len(dumbbells.rows)]


def test_where_most_is_hidden_the_spread_of_all_is_told() -> None:
    few = ((NAMES[0], NAMES[1]),)
    said = " ".join(texts(pages(grid(few, spread_known=True))["between"], "nl"))
    assert "De meeste vakken zijn niet getoond" in said
    assert "0,4 punt" in said
    without = " ".join(texts(pages(grid(few))["between"], "nl"))
    assert "De meeste vakken" not in without


def test_where_all_is_hidden_there_is_a_sheet_with_the_invited_parties() -> None:
    page = pages(grid(()))["between"]
    assert not last_charts(page, Directed)
    blank = next(parts(page, Blank))
    assert blank.rows[: len(NAMES)] == NAMES
    assert "tonen we hier niet, om mensen te beschermen" in " ".join(texts(page, "nl"))


def test_patterns_and_climate_stand_apart_and_conditions_on_their_own_page() -> None:
    made = pages(large())
    scales = {scale.id: scale for scale in large().words.scales}
    for figure in parts(made["patterns"], Figure):
        if isinstance(figure.chart, Strips):
            directions = {scales[row.theme].direction for row in figure.chart.rows}
            assert directions in ({"higher-worse"}, {"higher-better"})
    shown = {row.theme for chart in parts(made["patterns"], Strips) for row in chart.rows}
    own = {row.theme for chart in parts(made["conditions"], Strips) for row in chart.rows}
    assert "lc-safety:safety" in own
    assert "lc-representative:role" in own
    assert not shown & own


def test_the_conflict_map_follows_the_waves_and_says_no_more_than_its_strips() -> None:
    def title(task: float, tension: float) -> str:
        means = {("lc-conflict:task", 2): task, ("lc-conflict:relationship", 2): tension}
        page = pages(Builder(means=means).build())["patterns"]
        figures = [one for one in parts(page, Figure) if isinstance(one.chart, Plane)]
        assert [len(one.chart.points) for one in figures] == [1, 2]
        return resolve(figures[-1].title, "nl")

    assert title(6.0, 1.8) == "Veel verschil over de inhoud, weinig spanning tussen mensen"
    assert title(2.0, 6.1) == "Weinig verschil over de inhoud, wel spanning tussen mensen"
    assert title(4.2, 1.8) == "Verschil over de inhoud en spanning tussen mensen"


@pytest.mark.parametrize("name", ["same", "between", "patterns", "conditions"])
def test_a_page_without_cells_is_whole_and_has_a_question(name: str) -> None:
    page = pages(nothing_shown())[name]
    assert any(one.question is not None for one in parts(page, Callout))
    assert not list(parts(page, Figure))


def test_no_page_compares_parties_by_value() -> None:
    shown = tuple((a, b) for a in NAMES for b in NAMES if a != b)
    diagnosis = grid(shown)
    turned = tuple(
        Measure(at=m.at, cell=replace(m.cell, value=8 - m.cell.value, low=None, high=None))
        if m.at.statistic == "directed" and isinstance(m.cell, Estimate)
        else m
        for m in diagnosis.measures
    )
    other = diagnosis.model_copy(update={"measures": turned})
    orders = [
        [chart.names for chart in last_charts(pages(one)["between"], Directed)]
        for one in (diagnosis, other)
    ]
    assert orders[0] == orders[1] == [NAMES]
