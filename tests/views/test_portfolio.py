"""Communities side by side: only where agreed, in a fixed order, true to the cells."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest
from test_pages import parts

from lcdiag import diagnose, open_study
from lcdiag.base.estimate import Band, Estimate, Hidden
from lcdiag.base.text import resolve
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.planning.simulate import simulate_responses
from lcdiag.planning.stated import Meeting, Seat, Truth
from lcdiag.views.blocks import Figure
from lcdiag.views.charts import contrasts, responses, strips
from lcdiag.views.drawing import HIDDEN
from lcdiag.views.figures import Contrasts, Responses, Strips
from lcdiag.views.portfolio_file import portfolio_pages, render_portfolio
from lcdiag.views.reading import shown

NAMES = ("Zuid", "Noord", "Midden", "West", "Oost", "Klein")
SETTINGS = """title = "Proef"
portfolio_agreed = true
instruments = ["lc-safety", "lc-collusion:topics"]
waves = [{ number = 1 }, { number = 2 }]
parties = [{ name = "School", sector = "onderwijs" }, { name = "Gemeente", sector = "overheid" }]
"""


@pytest.fixture(scope="module")
def diagnosis(tmp_path_factory: pytest.TempPathFactory) -> Diagnosis:
    """Six communities, the last of them too small to be shown."""
    folder = tmp_path_factory.mktemp("portfolio")
    named = ", ".join(f'{{ name = "{name}" }}' for name in NAMES)
    text = f"{SETTINGS}communities = [{named}]\n"
    (folder / "study.toml").write_text(text, encoding="utf-8")
    study = open_study(folder)
    meetings = [
        Meeting(
            name,
            wave,
            tuple(
                Seat(f"{name}{at}", ("School", "Gemeente")[at % 2], "")
                for at in range(3 if name == "Klein" else 14)
            ),
            Truth(),
        )
        for wave in (1, 2)
        for name in NAMES
    ]
    answers = simulate_responses(study.questionnaire, meetings, rng=np.random.default_rng(1))
    return diagnose(study, answers)


def test_without_an_agreement_there_is_none(diagnosis: Diagnosis) -> None:
    alone = diagnosis.model_copy(update={"portfolio_agreed": False})
    with pytest.raises(ValueError, match="agreed"):
        render_portfolio(alone)


def test_communities_stand_in_the_order_of_the_study_in_every_figure(diagnosis: Diagnosis) -> None:
    seen = 0
    for page in portfolio_pages(diagnosis):
        for figure in parts(page, Figure):
            labels = [resolve(row.label, "nl") for row in getattr(figure.chart, "rows", ())]
            names = [name for label in labels for name in NAMES if label.split(" (")[0] == name]
            assert names == [name for name in NAMES if name in names]
            seen += len(names) > 2
    assert seen > 5


def test_every_number_is_a_released_cell_and_hidden_ones_stay_hidden(diagnosis: Diagnosis) -> None:
    cells = [m.cell for m in diagnosis.measures if isinstance(m.cell, Estimate)]
    released = {cell.value for cell in cells}
    for page in portfolio_pages(diagnosis):
        for chart in parts(page, Strips):
            for row in chart.rows:
                if isinstance(row.cell, Estimate) and row.cell.value is not None:
                    assert row.cell in cells
                    assert row.cell.value in released
                if row.unit == "Klein":
                    assert isinstance(row.cell, Hidden)
        for chart in parts(page, Contrasts):
            assert isinstance(chart.rows[-1].own, Hidden)
        for chart in parts(page, Responses):
            assert chart.rows[-1].answered is None


def test_every_figure_asks_and_every_page_is_whole(diagnosis: Diagnosis) -> None:
    pages = portfolio_pages(diagnosis)
    assert [page.id for page in pages] == [
        *("who", "themes", "nearer", "topics", "differ", "change", "signals", "words")
    ]
    for figure in parts(pages, Figure):
        assert figure.question is not None


def charts(diagnosis: Diagnosis, page_id: str) -> list[Strips]:
    """Return the strips of one page."""
    pages = portfolio_pages(diagnosis)
    return parts(next(page for page in pages if page.id == page_id), Strips)


def column(chart: Strips, last: int) -> list[str]:
    """Return one column of the table under a figure, as it is read."""
    return [resolve(row[last], "nl") for row in strips.table(chart).rows]


def test_shares_do_not_tell_how_many_answered_where_that_is_hidden(diagnosis: Diagnosis) -> None:
    everybody = sum(one.answered or 3 for one in diagnosis.sample)
    told = [one.model_copy(update={"answered": one.answered or 3}) for one in diagnosis.sample]
    open_ = diagnosis.model_copy(update={"sample": tuple(told)})
    hidden = resolve(HIDDEN, "nl")
    for chart, counted in zip(charts(diagnosis, "differ"), charts(open_, "differ"), strict=True):
        assert set(column(chart, -1)) == {hidden}
        assert str(everybody) in column(counted, -1)


def test_strips_of_change_stay_inside_their_axis(diagnosis: Diagnosis) -> None:
    wide = Estimate(2.0, -1.0, 5.0, 0.95, (Band(0.95, -1.0, 5.0),), n=14, method="t, from wave 1")
    at = next(m for m in diagnosis.measures if m.at.statistic == "change" and shown(m.cell))
    measures = [m.model_copy(update={"cell": wide}) if m is at else m for m in diagnosis.measures]
    found = charts(diagnosis.model_copy(update={"measures": tuple(measures)}), "change")
    reach = [(c.axis.low, c.axis.high) for c in found if any(row.cell == wide for row in c.rows)]
    assert reach == [(-5.0, 5.0)]


def test_rows_can_be_followed_and_tables_say_what_they_are(diagnosis: Diagnosis) -> None:
    for page in portfolio_pages(diagnosis):
        for figure in parts(page, Figure):
            if page.id == "differ":
                continue
            units = [row.unit for row in getattr(figure.chart, "rows", ()) if row.unit]
            assert units == list(NAMES)
    html = html_of(diagnosis.to_json(), "nl")
    assert html.count('data-u="Klein"') == html.count('data-u="Zuid"') > 5
    for kind in (strips, responses, contrasts):
        some = parts(portfolio_pages(diagnosis), kind.CHART.figure)
        heads = {resolve(kind.table(chart).head[0], "nl") for chart in some}
        assert heads <= {"Gemeenschap", "Waar het verschil zit"}


def test_small_groups_nearer_to_the_whole_are_an_estimate_of_their_own(
    diagnosis: Diagnosis,
) -> None:
    page = next(page for page in portfolio_pages(diagnosis) if page.id == "nearer")
    drawn = 0
    for figure in parts(page, Figure):
        wave = int(figure.id[-1])
        for row in figure.chart.rows:
            own = diagnosis.cell(
                "mean", row.theme, Unit(kind="community", community=row.unit), wave
            )
            expected = diagnosis.cell(
                "mean_shrunken", row.theme, Unit(kind="community", community=row.unit), wave
            )
            assert row.cell == expected
            assert row.previous is None
            drawn += row.cell != own and isinstance(row.cell, Estimate)
    assert drawn > 5


def test_an_internal_file_does_not_say_that_parties_agreed(diagnosis: Diagnosis) -> None:
    found = diagnosis.provenance.model_copy(update={"internal": True})
    alone = diagnosis.model_copy(update={"portfolio_agreed": False, "provenance": found})
    html = render_portfolio(alone, explore=False)
    assert "INTERN" in html
    assert "samen afspraken" not in html


@cache
def html_of(diagnosis_json: str, language: str) -> str:
    found = Diagnosis.from_json(diagnosis_json)
    return render_portfolio(found, language=language, explore=False)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_same_input_gives_the_same_text_in_both_languages(
    diagnosis: Diagnosis, language: str
) -> None:
    html = html_of(diagnosis.to_json(), language)
    assert html == render_portfolio(diagnosis, language=language, explore=False)
    body = re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>")[0])
    assert "collusi" not in body.lower()
    assert "{" not in body
    fixed = {
        "nl": "Wat iedereen deelt, ook invloed van buiten, ziet u hier niet.",
        "en": "What everybody shares, also influence from outside, you do not see here.",
    }
    assert fixed[language] in body
