"""What simulation says of an indicator: power for a given n, and signals expected by chance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conditions_study import BLOCKS, HERE, cell, diagnosis, own, shipped
from scipy import stats

from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.base.levels import Level
from lcdiag.diagnosis import calibrated
from lcdiag.diagnosis.calibrated import (
    exact_interval,
    expected_by_chance,
    expected_cell,
    power_cell,
    simulated,
)
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.diagnosis.power import read_table
from lcdiag.diagnosis.rules import RuleSettings, read_indicators, rule_settings
from lcdiag.instrument.catalogue import open_instrument, own_ids
from lcdiag.instrument.compose import compose

SIX = ("A", "B", "C", "D", "E", "F")
CONSTRUCTIVE = {
    "lc-climate:interdependence": cell(4.4),
    "lc-climate:differences": cell(4.4),
    "lc-climate:common-goal": cell(4.4),
}


def table(folder: Path, settings: RuleSettings) -> Path:
    path = folder / "power.json"
    entry = {
        "indicator": settings.indicator,
        "rule": settings.digest,
        "hits": [{"n": 8, "fired": 60, "runs": 200}, {"n": 12, "fired": 150, "runs": 200}],
        "alarms": [{"n": 8, "fired": 0, "runs": 200}, {"n": 12, "fired": 4, "runs": 200}],
    }
    whole = {
        "schema": "lcdiag/power/1",
        "rule": "abilene-signature",
        "planted": 1.5,
        "made_with": "0",
        "entries": [],
        "indicators": [entry],
    }
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def everywhere(cells: Mapping[str, Cell], communities: tuple[str, ...] = SIX) -> Diagnosis:
    found = diagnosis(cells, communities=communities)
    return read_indicators(found, compose([list(BLOCKS)], ("nl", "en")))


def expected(found: Diagnosis, name: str) -> list[Measure]:
    return [
        one for one in found if (one.at.statistic, one.at.subject) == ("expected_by_chance", name)
    ]


def test_the_exact_interval_is_that_of_clopper_and_pearson() -> None:
    for fired, runs in ((0, 200), (7, 200), (200, 200)):
        other = stats.binomtest(fired, runs).proportion_ci(0.95, method="exact")
        assert exact_interval(fired, runs) == pytest.approx((other.low, other.high))


def test_power_is_that_of_the_nearest_size(tmp_path: Path) -> None:
    settings = shipped("lc-collusion:harmony")
    path = table(tmp_path, settings)
    for n, value in ((6, 0.3), (10, 0.3), (11, 0.75), (40, 0.75)):
        (found,) = power_cell(settings, Level.GROUP, HERE, 1, n, path)
        assert isinstance(found.cell, Estimate)
        assert (found.cell.value, found.cell.n) == (value, n)
        assert (found.at.statistic, found.at.subject) == ("power", "lc-collusion:harmony")


def test_what_was_simulated_holds_for_exactly_that_rule(tmp_path: Path) -> None:
    first = own([("common-goal", "below", 4.0)])
    path = table(tmp_path, first)
    assert simulated(first, path) is not None
    for other in (
        own([("common-goal", "below", 3.9)]),
        own([("common-goal", "above", 4.0)]),
        own([("ground-rules", "below", 4.0)]),
        own([("common-goal", "below", 4.0)], probability=0.99),
        own([("common-goal", "below", 4.0)], 1),
    ):
        assert simulated(other, path) is None
        assert power_cell(other, Level.GROUP, HERE, 1, 8, path) == []


def test_expected_by_chance_is_communities_times_the_worst_upper_limit(tmp_path: Path) -> None:
    settings = shipped("lc-climate:constructive")
    path = table(tmp_path, settings)
    found = diagnosis(CONSTRUCTIVE, communities=SIX)
    (one,) = expected_cell(found, settings, Level.GROUP, 1, 6, path)
    four = stats.binomtest(4, 200).proportion_ci(0.95, method="exact").high
    assert isinstance(one.cell, Estimate)
    assert one.cell.value == pytest.approx(6 * four)
    assert one.cell.n == 6
    assert one.at.unit.kind == "study"


def test_fewer_than_five_communities_have_no_such_number(tmp_path: Path) -> None:
    settings = shipped("lc-climate:constructive")
    path = table(tmp_path, settings)
    few = diagnosis(CONSTRUCTIVE, communities=SIX[:4])
    assert expected_cell(few, settings, Level.GROUP, 1, 4, path) == []
    many = diagnosis(CONSTRUCTIVE, communities=SIX)
    (one,) = expected_cell(many, settings, Level.GROUP, 1, 4, path)
    assert isinstance(one.cell, Estimate)
    assert one.cell.absent == "fewer-than-5-communities"


def test_a_portfolio_carries_it_and_the_sum() -> None:
    found = everywhere(CONSTRUCTIVE)
    (one,) = expected(found, "lc-climate:constructive")
    assert isinstance(one.cell, Estimate)
    assert one.cell.n == 6
    total = expected_by_chance(found, 1)
    values = [
        m.cell.value
        for m in found
        if m.at.statistic == "expected_by_chance" and isinstance(m.cell, Estimate)
    ]
    assert total.value == pytest.approx(sum(v for v in values if v is not None))
    assert expected_by_chance(found, 2).absent == "not-simulated"


def test_communities_whose_cells_are_hidden_do_not_count() -> None:
    found = everywhere(CONSTRUCTIVE | {"lc-climate:differences": Hidden()})
    (one,) = expected(found, "lc-climate:constructive")
    assert isinstance(one.cell, Estimate)
    assert one.cell.absent == "fewer-than-5-communities"
    assert expected_by_chance(found, 1).absent == "fewer-than-5-communities"


def test_a_community_s_own_file_holds_its_own_power_only() -> None:
    part = everywhere(CONSTRUCTIVE).only("B")
    power = [m for m in part if m.at.statistic == "power"]
    assert {m.at.unit.community for m in power} == {"B"}
    assert "lc-climate:constructive" in {m.at.subject for m in power}


@pytest.mark.parametrize("home", own_ids())
def test_every_indicator_of_the_library_was_simulated_as_it_is(home: str) -> None:
    """Whoever changes a limit must run ``benchmarks/calibration_indicators.py --write`` again."""
    for indicator in open_instrument(home).indicators:
        known = simulated(rule_settings(home, indicator))
        assert known is not None, indicator.id
        assert {one.n for one in known.alarms} >= {6, 8, 10, 15, 20}
        assert all(one.runs >= 200 for one in (*known.alarms, *known.hits))
        # the budget: at most one community in twenty in every world that was tried
        assert all(one.fired / one.runs <= 0.05 for one in known.alarms)
        # more people find more, chance aside
        assert known.hits[-1].fired / known.hits[-1].runs > known.hits[0].fired / known.hits[0].runs


def test_the_table_of_pages_is_whole() -> None:
    found = read_table()
    assert found is not None
    assert found.rule == "abilene-signature"
    assert len(found.indicators) == 9
    assert calibrated.FEWEST_COMMUNITIES == 5
