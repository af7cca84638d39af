from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sample import HERE, STUDY, Builder, estimate

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.levels import Level
from lcdiag.base.text import catalog, resolve
from lcdiag.diagnosis.model import Address, Diagnosis, Measure, Unit
from lcdiag.views import blocks as b
from lcdiag.views.appendix import hidden, response
from lcdiag.views.appendix_file import appendix_pages, render_appendix
from lcdiag.views.appendix_page import cells, side_by_side
from lcdiag.views.blocks import Page
from lcdiag.views.figures import Strips
from lcdiag.views.paint import figures
from lcdiag.views.plain import plain_text

SECOND, THIRD = "Zon op <daken>", "Aan het water"
SAFETY, POOL = "lc-safety:safety", "lc-collusion:critical"
HIDDEN = "not shown, to protect people"
SHARES = ("person", "party", "community", "rest")


def measure(
    statistic: str, subject: str, cell: Estimate | Hidden, wave: int, unit: Unit
) -> Measure:
    at = Address(statistic=statistic, subject=subject, level=Level.GROUP, unit=unit, wave=wave)
    return Measure(at=at, cell=cell)


def study_wide() -> Iterator[Measure]:
    def cell(value: float, method: str, *, sure: bool = True) -> Estimate:
        limits = (round(value - 0.05, 2), round(value + 0.04, 2), 0.95) if sure else (None,) * 3
        return Estimate(value, *limits, n=238, method=method)

    for wave in (1, 2):
        yield measure("mean_over_study", SAFETY, estimate(4.7, 0.2, 238), wave, STUDY)
        yield measure("cronbach_alpha", SAFETY, cell(0.83, "alpha, pairwise"), wave, STUDY)
        yield measure("mcdonald_omega", SAFETY, cell(0.87, "total, cfa"), wave, STUDY)
        yield measure("icc_1", SAFETY, cell(0.26, "icc(1), scaled F"), wave, STUDY)
        for item in ("ve1", "ve2"):
            yield measure("item_rest", item, cell(0.61, "item-rest", sure=False), wave, STUDY)
        indicator = "lc-collusion:harmony"
        chance = cell(0.6, "simulated-upper-limit", sure=False)
        yield measure("expected_by_chance", indicator, chance, wave, STUDY)
        yield measure("projection", POOL, cell(0.33, "fisher"), wave, STUDY)
    for place, name in enumerate(SHARES):
        found = cell(0.1 + 0.2 * place, "reml, approximate")
        yield measure(f"variance_share.{name}", SAFETY, found, 0, STUDY)
    missing = Estimate.missing("fewer-than-5-levels", n=3)
    yield measure("variance_share.wave", SAFETY, missing, 0, STUDY)
    yield measure("smallest_change", SAFETY, cell(0.5, "half a deviation", sure=False), 0, STUDY)


def whole(*, agreed: bool = False, internal: bool = False) -> Diagnosis:
    """Three communities whose means fall against the order of the study."""
    first = Builder(answered=24, invited=27).build()
    names = (HERE.community, SECOND, THIRD)
    measures = [one for one in first.measures if one.at.unit.kind != "study"]
    measures += study_wide()
    for community, value in ((SECOND, 6.1), (THIRD, 2.2)):
        unit = Unit(kind="community", community=community)
        measures.append(measure("mean", SAFETY, estimate(value, 0.4, 12), 2, unit))
    for community, cell in (
        (HERE.community, Estimate(0.91, n=24, method="rwg(j)")),
        (SECOND, Hidden()),
        (THIRD, Estimate(0.42, n=12, method="rwg(j)")),
    ):
        measures.append(
            measure("rwg_j", SAFETY, cell, 2, Unit(kind="community", community=community))
        )
    sample = tuple(
        one.model_copy(update={"community": name}) for name in names for one in first.sample
    )
    return first.model_copy(
        update={
            "communities": names,
            "sample": sample,
            "measures": tuple(measures),
            "portfolio_agreed": agreed,
            "provenance": first.provenance.model_copy(
                update={"internal": internal, "start": 20261110, "command": "lcdiag report"}
            ),
        }
    )


APART, BESIDE = whole(), whole(agreed=True)


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {page.id.removeprefix("appendix-"): page for page in appendix_pages(APART)}


@pytest.fixture(scope="module")
def beside() -> dict[str, Page]:
    return {page.id.removeprefix("appendix-"): page for page in appendix_pages(BESIDE)}


def told(page: Page, language: str = "en") -> str:
    return re.sub(r"\s+", " ", plain_text([page], language))


def tables(content: tuple[b.Block, ...]) -> Iterator[list[list[str]]]:
    for block in content:
        if isinstance(block, b.Facts):
            yield [[resolve(text, "en") for text in row] for row in block.rows]
        elif isinstance(block, b.PerWave):
            for _, _, part in block.parts:
                yield from tables(part)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentences_of_the_appendix_are_short(language: str) -> None:
    for name, said in catalog(language, "appendix").sentences.items():
        for form in (said,) if isinstance(said, str) else said:
            for sentence in re.split(r"[.?!:](?:\s|$)", form):
                assert len(sentence.split()) <= 20, (name, sentence)
            assert not re.search(r"collusi|bewezen|significan|validated|gevalideerd", form, re.I)


def test_without_agreement_no_community_is_named_in_the_file() -> None:
    assert not side_by_side(APART)
    text = render_appendix(APART, explore=False)
    for name in (HERE.community, "Zon op", THIRD, "Gemeente Oost"):
        assert name not in text
    assert "data-open" not in text.split("<head>")[0], "there is no layer to open"
    assert text == render_appendix(APART, explore=False)


@pytest.mark.parametrize("update", [{"agreed": True}, {"internal": True}])
def test_with_agreement_or_internally_communities_stand_in_the_order_of_the_study(
    update: dict[str, bool],
) -> None:
    found = {page.id: page for page in appendix_pages(whole(**update))}
    charts = {one.id: one.chart for one in figures(found["appendix-means"].blocks)}
    chart = charts["appendix-mean-lc-safety-safety-w2"]
    assert isinstance(chart, Strips)
    assert [row.label for row in chart.rows] == [HERE.community, SECOND, THIRD]
    values = [row.cell.value for row in chart.rows if isinstance(row.cell, Estimate)]
    assert values[1:] == [6.1, 2.2]
    assert values[0] < 6.1, "neither rising nor falling"


def test_every_number_of_the_study_stands_there_with_interval_and_n(
    pages: dict[str, Page],
) -> None:
    drawn = {
        (row.cell.value, row.cell.low, row.cell.high, row.cell.n)
        for page in pages.values()
        for one in figures(page.blocks)
        if isinstance(one.chart, Strips)
        for row in one.chart.rows
        if isinstance(row.cell, Estimate)
    }
    statistics = ["mean_over_study", "cronbach_alpha", "mcdonald_omega", "icc_1", "projection"]
    for statistic in (*statistics, *(f"variance_share.{one}" for one in SHARES)):
        for one in cells(APART, statistic):
            assert isinstance(one.cell, Estimate)
            assert (one.cell.value, one.cell.low, one.cell.high, one.cell.n) in drawn, statistic
    assert "0.61; n = 238" in told(pages["items"])
    assert "0.60; n = 238" in told(pages["multiplicity"])
    assert "0.83 (0.78 to 0.87); n = 238" in told(pages["sensitivity"])
    assert "0.50; n = 238" in told(pages["change"])


def test_each_section_names_the_method_of_its_cells(pages: dict[str, Page]) -> None:
    assert "alpha, pairwise" in told(pages["reliability"])
    assert "item-rest" in told(pages["items"])
    assert "reml, approximate" in told(pages["variance"])
    assert "no number (fewer-than-5-levels)" in told(pages["variance"])
    fixed = "Wat iedereen deelt, ook invloed van buiten, ziet u hier niet."
    assert fixed in told(pages["variance"], "nl")
    assert "no factor analysis" in told(pages["structure"])


def test_a_hidden_cell_says_so_and_shows_nothing(beside: dict[str, Page]) -> None:
    rows = [row for table in tables(beside["agreement"].blocks) for row in table]
    assert next(row for row in rows if row[0] == SECOND)[:2] == [SECOND, HIDDEN]
    assert next(row for row in rows if row[0] == THIRD)[1] == "0.42; n = 12"
    counted = hidden.tally(BESIDE)
    assert counted["rwg_j", "community"] == (2, 0, 1)
    assert sum(many[2] for many in counted.values()) == sum(
        isinstance(one.cell, Hidden) for one in BESIDE.measures
    )
    assert HERE.community not in told(beside["hidden"])


def test_a_total_stands_there_only_where_it_points_at_nobody(
    pages: dict[str, Page], beside: dict[str, Page]
) -> None:
    assert response.total([4, 5, 6, 7, 8], alone=False) == 30
    assert response.total([4, 5, 6, 7], alone=False) is None
    assert response.total([4, 5, None, 7, 8], alone=True) is None
    assert "not shown" in told(pages["response"])
    assert "72" in told(beside["response"])


def test_what_made_the_numbers_and_how_to_get_them(pages: dict[str, Page]) -> None:
    made = told(pages["provenance"])
    for fact in ("0123456789abcdef", "fedcba98", "20261110", "lcdiag report"):
        assert fact in made
    for command in ("csv", "xlsx", "json", "parquet", "sav"):
        assert f"lcdiag report --format {command}" in told(pages["data"])
    assert "lcdiag export --to r" in told(pages["data"])


def test_an_internal_appendix_is_stamped_and_an_empty_diagnosis_has_pages() -> None:
    text = render_appendix(whole(internal=True), explore=False)
    assert text.count("INTERN – NIET DELEN") > 2
    bare = APART.model_copy(update={"measures": (), "sample": ()})
    names = [page.id.removeprefix("appendix-") for page in appendix_pages(bare)]
    assert names == ["about", "structure", "provenance", "data"]


def test_where_a_count_is_hidden_no_community_stands_beside_the_whole() -> None:
    one = BESIDE.sample[-1].model_copy(update={"answered": None})
    hidden = BESIDE.model_copy(update={"sample": (*BESIDE.sample[:-1], one)})
    assert side_by_side(BESIDE)
    assert not side_by_side(hidden)
    text = render_appendix(hidden, explore=False)
    assert THIRD not in text
    assert "hoeveel mensen antwoordden" in text
