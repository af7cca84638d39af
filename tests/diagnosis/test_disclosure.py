"""From how many people each cell is shown, how it is rounded, and what hides beside it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_study import CODES, make_evidence, make_responses, make_study

from lcdiag.base.estimate import Band, Estimate, Hidden
from lcdiag.base.levels import Level
from lcdiag.diagnosis import disclosure
from lcdiag.diagnosis.audit_states import Levels, set_counts, states_of
from lcdiag.diagnosis.complementary import Row, Table
from lcdiag.diagnosis.diagnose import measure_all
from lcdiag.diagnosis.evidence import Evidence, RawMeasure
from lcdiag.diagnosis.model import Address, Measure, Unit
from lcdiag.diagnosis.rounding import round_cell
from lcdiag.instrument.study import RosterRow

NORTH = Unit(kind="community", community="North")
LEVELS = Levels(0.95, (0.5, 0.9, 0.95))


def people(n: int, *, party: str = "Alder", sector: str = "Public", start: int = 0, **more) -> list:
    rng = np.random.default_rng(100 + start)
    rows = []
    for number in range(n):
        row = {"person": f"{party}-{start + number}", "party": party, "sector": sector}
        row |= dict(zip(CODES, rng.integers(2, 7, len(CODES)).tolist(), strict=True))
        rows.append(row | more)
    return rows


def evidence(rows: list, waves: tuple[int, ...] = (1,), roster: tuple = ()) -> Evidence:
    communities = tuple(dict.fromkeys(row.get("community", "North") for row in rows))
    return make_evidence(make_study(communities, waves, roster=roster), make_responses(rows))


def released(made: Evidence) -> dict:
    measures = disclosure.release(made, measure_all(made))
    return {(m.at.statistic, m.at.subject, m.at.unit, m.at.wave): m.cell for m in measures}


def cell(found: dict, statistic: str, subject: str, unit: Unit = NORTH, wave: int = 1):
    return found[statistic, subject, unit, wave]


def on_grid(one: Estimate, grid: float) -> bool:
    numbers = [one.value, one.low, one.high]
    numbers += [end for band in one.bands for end in (band.low, band.high)]
    return all(abs(x / grid - round(x / grid)) < 1e-6 for x in numbers if x is not None)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_below_five_answers_nothing_is_shown(n: int) -> None:
    assert {type(one) for one in released(evidence(people(n))).values()} <= {Hidden, Estimate}
    assert not [
        key
        for key, one in released(evidence(people(n))).items()
        if isinstance(one, Estimate) and one.method != "stated"
    ]


def test_small_items_are_rounded_to_half_points_and_carry_no_counts() -> None:
    found = released(evidence(people(9)))
    one = cell(found, "mean", "s1")
    assert isinstance(one, Estimate)
    assert on_grid(one, 0.5)
    assert one.n == 9
    assert isinstance(cell(found, "count.4", "s1"), Hidden)
    assert isinstance(cell(found, "rwg_j", "toy:ease"), Hidden)


def test_small_scores_of_three_items_are_rounded_to_a_tenth() -> None:
    one = cell(released(evidence(people(9))), "mean", "toy:ease")
    assert isinstance(one, Estimate)
    assert on_grid(one, 0.1)


def test_own_and_others_need_six_answers_under_every_name() -> None:
    found = released(evidence(people(5)))
    for key in (("own", "toy:topic.one"), ("perception_gap", "toy:topic.one"), ("mean", "z1")):
        assert isinstance(cell(found, *key), Hidden)
    assert isinstance(cell(released(evidence(people(9))), "own", "toy:critical"), Estimate)


def test_from_ten_answers_counts_are_shown_with_one_decimal() -> None:
    found = released(evidence(people(10)))
    assert on_grid(cell(found, "mean", "s1"), 0.1)
    counts = [cell(found, f"count.{code}", "s1").value for code in range(1, 8)]
    assert sum(counts) == 10


@pytest.mark.parametrize("differ", [0, 1])
def test_counts_in_which_all_or_all_but_one_agree_are_hidden(differ: int) -> None:
    rows = people(12)
    for place, row in enumerate(rows):
        row["s1"] = 3 if place < differ else 5
    found = released(evidence(rows))
    assert isinstance(cell(found, "count.5", "s1"), Hidden)
    assert isinstance(cell(found, "count.dk", "s1"), Hidden)


def test_nothing_is_shown_near_the_end_of_the_scale() -> None:
    rows = people(9)
    for place, row in enumerate(rows):
        row["s1"] = 7 if place < 7 else 6
    assert isinstance(cell(released(evidence(rows)), "mean", "s1"), Hidden)


def test_a_released_cell_never_says_that_all_answers_are_equal() -> None:
    found = released(evidence(people(12, s1=4, s2=4)))
    shown = [one for one in found.values() if isinstance(one, Estimate)]
    assert not [one.method for one in shown if "equal" in one.method or "spread" in one.method]


def test_hidden_cells_are_all_alike() -> None:
    hidden = {one for one in released(evidence(people(7))).values() if isinstance(one, Hidden)}
    assert hidden == {Hidden()}


def test_the_order_of_measures_is_kept_and_input_is_not_changed() -> None:
    made = evidence(people(9))
    raw = measure_all(made)
    before = list(raw)
    measures = disclosure.release(made, raw)
    assert [m.at for m in measures] == [one.at for one in raw]
    assert raw == before
    assert disclosure.release(made, raw) == measures
    assert all(isinstance(m, Measure) for m in measures)


def test_values_that_cannot_be_found_again_are_not_shown() -> None:
    made = evidence(people(9))
    at = Address(statistic="mean", subject="unknown", level=Level.GROUP, unit=NORTH, wave=1)
    raw = RawMeasure(at, Estimate(value=4.0, low=3.0, high=5.0, confidence=0.95, n=9), "item", 9, 9)
    assert disclosure.release(made, [raw])[0].cell == Hidden()


def test_a_party_of_five_hides_when_the_rest_is_too_small() -> None:
    rows = people(9) + people(3, party="Birch", start=20)
    found = released(evidence(rows))
    party = Unit(kind="party", community="North", name="Alder")
    assert isinstance(cell(found, "mean", "toy:ease", party), Hidden)


def test_parties_show_when_two_rows_with_enough_people_stay_hidden() -> None:
    rows = people(12) + people(4, party="Birch", start=20)
    rows += people(4, party="Cedar", sector="Private", start=40)
    found = released(evidence(rows))
    party = Unit(kind="party", community="North", name="Alder")
    one = cell(found, "mean", "toy:ease", party)
    assert isinstance(one, Estimate)
    small = Unit(kind="party", community="North", name="Birch")
    assert isinstance(cell(found, "mean", "toy:ease", small), Hidden)


def test_change_is_the_difference_of_what_is_shown() -> None:
    rows = people(9, wave=1) + people(9, wave=2, start=50)
    found = released(evidence(rows, (1, 2)))
    first, second = (cell(found, "mean", "toy:ease", NORTH, wave) for wave in (1, 2))
    change = cell(found, "change", "toy:ease", NORTH, 2)
    assert change.value == pytest.approx(second.value - first.value)
    assert change.low < change.value < change.high


def test_a_change_does_not_tell_how_many_came_and_went() -> None:
    # Twelve people in each wave, eleven of them the same: one came, one went.
    rows = people(12, wave=1) + people(12, wave=2, start=1)
    found = released(evidence(rows, (1, 2)))
    change = cell(found, "change", "toy:ease", NORTH, 2)
    assert isinstance(change, Estimate)
    assert change.n == 12, "thirteen people in all would tell that eleven answered twice"
    assert change.method == "t, from wave 1", "which waves, and not how many are in both"


def test_change_hides_with_either_level() -> None:
    rows = people(4, wave=1) + people(9, wave=2, start=50)
    found = released(evidence(rows, (1, 2)))
    assert isinstance(cell(found, "change", "toy:ease", NORTH, 2), Hidden)


def test_two_communities_never_share_a_measured_margin() -> None:
    rows = people(12) + people(12, community="South", start=60)
    made = evidence(rows)
    at = Address(
        statistic="control_margin.perception",
        subject="toy:control",
        level=Level.GROUP,
        unit=Unit(kind="study"),
        wave=1,
    )
    raw = RawMeasure(at, Estimate(value=0.31, low=0.1, high=0.5, confidence=0.95), "study", 24, 24)
    assert disclosure.release(made, [raw])[0].cell == Hidden()
    three = evidence(rows + people(12, community="East", start=90))
    assert disclosure.release(three, [raw])[0].cell.value == pytest.approx(0.3)


def test_small_answers_and_movements_are_left_out_of_the_sample() -> None:
    roster = tuple(
        RosterRow("North", "Alder", "Public", wave, invited) for wave, invited in ((1, 11), (2, 11))
    )
    rows = people(9, wave=1) + people(9, wave=2)[:7] + people(2, wave=2, start=70)
    first, second = disclosure.sample(evidence(rows, (1, 2), roster))
    assert (first.answered, second.answered, first.invited) == (9, 9, 11)
    assert (second.stayed, second.joined, second.left) == (None, None, None)
    assert disclosure.sample(evidence(people(4)))[0].answered is None


def test_movements_of_enough_people_are_shown() -> None:
    rows = people(12, wave=1) + people(12, wave=2)[:7] + people(5, wave=2, start=70)
    second = disclosure.sample(evidence(rows, (1, 2)))[1]
    assert (second.stayed, second.joined, second.left) == (7, 5, 5)


@given(
    value=st.floats(1, 7),
    below=st.floats(0, 2),
    above=st.floats(0, 2),
    grid=st.sampled_from([0.1, 0.5, 1.0]),
)
def test_rounded_strips_always_cover_the_exact_ones(
    value: float, below: float, above: float, grid: float
) -> None:
    low, high = value - below, value + above
    exact = Estimate(value, low, high, 0.95, (Band(0.5, low, high),), 9, "t")
    one = round_cell(exact, grid)
    assert one.value is not None
    assert one.low is not None
    assert one.high is not None
    assert one.low <= low + 1e-6
    assert one.high >= high - 1e-6
    assert abs(one.value - value) <= grid / 2 + 1e-6
    assert one.bands[0] == Band(0.5, one.low, one.high)
    assert on_grid(one, grid)


def test_counts_of_answer_sets_match_the_closed_form() -> None:
    assert set_counts(9, 7).sum() == 5005
    assert set_counts(5, 7).sum() == 462
    states = states_of(9, 1, 7, LEVELS)
    assert states.sets.sum() == 5005


@settings(max_examples=60, deadline=None)
@given(answers=st.lists(st.integers(1, 7), min_size=5, max_size=9))
def test_every_released_set_leaves_another_one_open(answers: list[int]) -> None:
    states = states_of(len(answers), 1, 7, LEVELS)
    row = states.find(np.array(answers, dtype=float))
    assert states.values[row] == pytest.approx(np.mean(answers))
    if np.isnan(states.grid[row]):
        return
    assert states.sets[states.alike(row)].sum() >= 2
    assert states.fit(states.alike(row))[row]


PARTIES = st.lists(st.integers(1, 12), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(sizes=PARTIES, sectors=st.integers(1, 4), nobody=st.integers(0, 3))
def test_no_remainder_is_ever_small(sizes: list[int], sectors: int, nobody: int) -> None:
    home = {f"p{i}": f"s{i % sectors}" for i in range(len(sizes))}
    rows = [Row("party", f"p{i}", n, n >= 5, 4.0 * n, 1, 7) for i, n in enumerate(sizes)]
    for name in sorted(set(home.values())):
        n = sum(row.n for row in rows if row.kind == "party" and home[row.name] == name)
        rows.append(Row("sector", name, n, n >= 5, 4.0 * n, 1, 7))
    total = sum(sizes) + nobody
    table = Table(Row("party", "", total, True, 4.0 * total, 1, 7), tuple(rows), home, 5)
    shown = table.choose()
    for rest in table.rests(shown):
        assert not shown or (rest.people >= 5 and len(rest.rows) >= 2)
    for kind, name in shown:
        row = next(one for one in rows if (one.kind, one.name) == (kind, name))
        assert row.n >= 5
        members = [one for one in home.values() if one == name]
        assert kind == "party" or len(members) >= 2


def test_thresholds_of_the_study_are_kept() -> None:
    made = evidence(people(9))
    strict = made.study.settings.model_copy(
        update={"thresholds": made.study.settings.thresholds.model_copy(update={"minimum": 10})}
    )
    made = Evidence(dataclasses.replace(made.study, settings=strict), made.responses, made.scores)
    assert isinstance(cell(released(made), "mean", "s1"), Hidden)
