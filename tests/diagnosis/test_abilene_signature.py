from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_study import CONTROL, CRITICAL, make_responses, make_study

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.indicators import abilene_signature
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.diagnosis.power import power_of
from lcdiag.diagnosis.rules import read_indicators

POOL = "toy:critical"
STUDY = Unit(kind="study")
PLACES = ("North", "South", "East", "West")

# who differs how much from the group's view, so that there is spread; sums to nothing
WOBBLE = (-1, 0, 1, 0, 0, 1, -1, 0, 0, 0)


def people(
    community: str,
    critical: tuple[int, int, int],
    control: tuple[int, int, int] = (5, 5, 5),
    n: int = 10,
) -> list[dict[str, object]]:
    """Return n rows whose own / others / practice lie around the given three."""
    rows: list[dict[str, object]] = []
    for i in range(n):
        row: dict[str, object] = {
            "person": f"{community}-{i}",
            "community": community,
            "all": 4 + WOBBLE[i],
        }
        for number in range(1, len(CRITICAL + CONTROL) + 1):
            centre = critical if number <= len(CRITICAL) else control
            for shift, (letter, middle) in enumerate(zip("zop", centre, strict=True)):
                wobble = WOBBLE[(i * 3 + number + 4 * shift) % 10]
                row[f"{letter}{number}"] = min(7, max(1, middle + wobble))
        rows.append(row)
    return rows


def read(*groups: list[dict[str, object]], internal: bool = False) -> Diagnosis:
    rows = [row for group in groups for row in group]
    study = make_study(communities=PLACES, waves=(1,))
    return diagnose(study, make_responses(rows), made="2026-11-14", internal=internal)


def ordinary() -> list[list[dict[str, object]]]:
    return [people(place, (5, 5, 5)) for place in PLACES[1:]]


def test_it_is_met_where_people_want_more_than_they_think_others_want_and_than_is_done():
    found = read(people("North", (6, 4, 3)), *ordinary())
    (signal,) = found.signals
    assert signal.indicator == "toy:abilene"
    assert signal.unit == Unit(kind="community", community="North")
    assert signal.wave == 1
    assert signal.status == "experimental"
    assert 0 < signal.strength < 1


def test_every_reason_is_a_released_cell():
    found = read(people("North", (6, 4, 3)), *ordinary())
    (signal,) = found.signals
    assert {at.statistic for at in signal.because} == {
        "own",
        "perception_gap",
        "abilene_gap",
        "margin.perception",
        "margin.abilene",
    }
    for at in signal.because:
        cell = found.cell(at.statistic, at.subject, at.unit, at.wave)
        assert isinstance(cell, Estimate)
        assert cell.value is not None


@pytest.mark.parametrize(
    ("own", "others", "practice"),
    [
        pytest.param(6, 6, 3, id="practice lags wishes that all know"),
        pytest.param(6, 4, 6, id="others are underrated, but it is done"),
        pytest.param(4, 2, 2, id="no shared wish"),
        pytest.param(5, 5, 5, id="nothing"),
        pytest.param(2, 4, 5, id="people want less than they think others want"),
        pytest.param(7, 7, 7, id="everybody at the end of the scale"),
    ],
)
def test_it_is_not_met_where_one_of_the_conditions_fails(own: int, others: int, practice: int):
    assert read(people("North", (own, others, practice)), *ordinary()).signals == ()


def test_an_everyday_gap_on_control_topics_raises_the_margin():
    """The same answers, once beside communities that see themselves as better on anything."""
    target = people("North", (6, 5, 4))
    plain = read(target, *ordinary())
    assert [signal.unit.community for signal in plain.signals] == ["North"]
    proud = [people(place, (5, 5, 5), control=(6, 4, 4)) for place in PLACES[1:]]
    raised = read(target, *proud)
    assert raised.signals == ()
    margin = raised.cell("margin.perception", POOL, STUDY, 1)
    assert isinstance(margin, Estimate)
    assert margin.method == "control-topics"
    assert margin.value is not None
    assert margin.value > 1


def test_one_community_is_never_judged_by_its_own_control_topics():
    found = read(people("North", (6, 4, 3), control=(7, 2, 2)))
    assert [signal.unit.community for signal in found.signals] == ["North"]
    control = found.cell("control_margin.perception", "toy:control", STUDY, 1)
    assert isinstance(control, Estimate)
    assert (control.value, control.method) == (0.5, "stated")
    margin = found.cell("margin.perception", POOL, STUDY, 1)
    assert isinstance(margin, Estimate)
    assert margin.value == abilene_signature.MARGIN_ALONE


def test_hidden_cells_give_no_signal():
    few = people("North", (6, 4, 3), n=5)
    assert read(few, *ordinary()).signals == ()
    found = read(people("North", (6, 4, 3)), *ordinary())
    blind = found.model_copy(
        update={
            "signals": (),
            "measures": tuple(
                m.model_copy(update={"cell": Hidden()}) if m.at.statistic == "own" else m
                for m in found.measures
            ),
        }
    )
    assert read_indicators(blind, make_study().questionnaire).signals == ()


def test_it_reads_the_rounded_limits_not_the_exact_ones():
    """A signal needs the released lower bound, which small cells have rounded outward."""
    rows = people("North", (6, 4, 3), n=7)
    found = read(rows, *ordinary())
    exact = read(rows, *ordinary(), internal=True)
    (shown,), (inside,) = found.signals, exact.signals
    assert shown.strength < inside.strength


def power_file(folder: Path) -> Path:
    path = folder / "power.json"
    entries = [
        {"n": 8, "topics": 3, "fired": 150, "runs": 200},
        {"n": 12, "topics": 3, "fired": 190, "runs": 200},
        {"n": 12, "topics": 6, "fired": 200, "runs": 200},
    ]
    table = {
        "schema": "lcdiag/power/1",
        "rule": "abilene-signature",
        "planted": 1.5,
        "made_with": "0.1.0",
        "entries": entries,
    }
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


def test_power_comes_from_the_nearest_simulated_size(tmp_path: Path):
    path = power_file(tmp_path)
    for n, value in ((6, 0.75), (9, 0.75), (10, 0.75), (11, 0.95), (40, 0.95)):
        estimate, entry = power_of("abilene-signature", n, 3, path)
        assert estimate.value == value
        assert estimate.n == n
        assert entry is not None
        assert estimate.method == f"simulated-n{entry.n}-topics3"


def test_its_interval_is_wilsons(tmp_path: Path):
    # Wilson's limits of 150 in 200 by the formula of Newcombe (1998), method 3
    estimate, _ = power_of("abilene-signature", 8, 3, power_file(tmp_path))
    z2 = 1.959963984540054**2
    root = (z2 + 4 * 150 * 0.25) ** 0.5 * z2**0.5
    assert estimate.low == pytest.approx((2 * 150 + z2 - root) / (2 * (200 + z2)))
    assert estimate.high == pytest.approx((2 * 150 + z2 + root) / (2 * (200 + z2)))
    certain, _ = power_of("abilene-signature", 12, 6, power_file(tmp_path))
    assert certain.high == 1.0


def test_without_a_simulation_there_is_no_power(tmp_path: Path):
    missing, _ = power_of("abilene-signature", 8, 3, tmp_path / "none.json")
    assert missing.absent == "not-simulated"
    other, _ = power_of("abilene-signature", 8, 4, power_file(tmp_path))
    assert other.absent == "not-simulated"
    unknown, _ = power_of("another-rule", 8, 3, power_file(tmp_path))
    assert unknown.absent == "not-simulated"


def test_power_stands_beside_released_gaps_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = power_file(tmp_path)
    monkeypatch.setattr(
        abilene_signature, "power_of", lambda rule, n, topics: power_of(rule, n, topics, path)
    )
    found = read(people("North", (5, 5, 5), n=9), people("South", (5, 5, 5), n=5), *ordinary()[1:])
    power = {m.at.unit.community: m.cell for m in found if m.at.statistic == "power"}
    assert set(power) == {"North", "East", "West"}
    assert isinstance(power["North"], Estimate)
    assert power["North"].value == 0.75
    assert power["North"].n == 9
