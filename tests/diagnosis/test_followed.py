"""People followed from one wave to the next: how many changed, who dropped out, what is shown."""

from __future__ import annotations

import json
from collections import Counter

import attacker
import numpy as np
import pytest
from attacked_studies import World, follow
from hypothesis import given, settings
from hypothesis import strategies as st
from small_study import make_evidence, make_responses, make_study

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis import disclosure, disclosure_followed
from lcdiag.diagnosis.derivations.nonresponse import what_if
from lcdiag.diagnosis.diagnose import diagnosis_of, measure_all
from lcdiag.diagnosis.disclosure_followed import counts_say_little
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.followed import steps
from lcdiag.diagnosis.model import Unit
from lcdiag.instrument.study import RosterRow

NORTH = Unit(kind="community", community="North")
STUDY = Unit(kind="study")
COUNTS = ("reliable_change.up", "reliable_change.same", "reliable_change.down")


def row(person: str, wave: int, level: int, **more: object) -> dict[str, object]:
    """Somebody with a score near `level` on the scale: its three items are not all alike."""
    wobble = sum(ord(letter) for letter in person) % 3
    items = {"a1": level, "a2": level + (wobble == 0), "a3": 8 - level - (wobble == 1)}
    items = {code: int(np.clip(value, 1, 7)) for code, value in items.items()}
    return {"person": person, "wave": wave, "all": 4, **items, **more}


def group(
    moves: list[int], community: str = "North", *, only_first: int = 0, only_second: int = 0
) -> list[dict[str, object]]:
    """One person a move; more people answered in one of the waves only."""
    rows = []
    for number, move in enumerate(moves):
        start = 3 + number % 3
        rows.append(row(f"{community}{number}", 1, start, community=community))
        rows.append(row(f"{community}{number}", 2, start + move, community=community))
    for wave, more in ((1, only_first), (2, only_second)):
        for number in range(more):
            name = f"{community}-only{wave}-{number}"
            rows.append(row(name, wave, 3 + number % 3, community=community))
    return rows


def evidence(rows: list[dict[str, object]], roster: tuple[RosterRow, ...] = ()) -> Evidence:
    communities = tuple(dict.fromkeys(str(one["community"]) for one in rows))
    waves = tuple(sorted({int(str(one["wave"])) for one in rows}))
    return make_evidence(make_study(communities, waves, roster=roster), make_responses(rows))


def raw(made: Evidence) -> dict:
    return {(m.at.statistic, m.at.subject, m.at.unit, m.at.wave): m for m in measure_all(made)}


def released(made: Evidence) -> dict:
    found = disclosure.release(made, measure_all(made))
    return {(m.at.statistic, m.at.subject, m.at.unit, m.at.wave): m.cell for m in found}


def three(found: dict, unit: Unit = NORTH, wave: int = 2) -> list:
    return [found[name, "toy:ease", unit, wave] for name in COUNTS]


UP, DOWN, SAME = [3] * 6, [-2] * 5, [0] * 9


def test_counts_equal_the_arithmetic_of_jacobson_and_truax():
    made = evidence(group(UP + SAME + DOWN))
    score = made.scores.scale("toy:ease")
    wave = made.responses.wave
    items = made.scores.keyed[wave == 1][:, :3]
    covariances = np.cov(items, rowvar=False)
    alpha = round(3 / 2 * (1 - np.trace(covariances) / covariances.sum()), 2)
    limit = 1.959964 * score[wave == 1].std(ddof=1) * np.sqrt(2 * (1 - alpha))
    change = score[wave == 2] - score[wave == 1]
    by_hand = [(change > limit).sum(), (abs(change) <= limit).sum(), (change < -limit).sum()]
    assert by_hand == [6, 9, 5]
    assert [m.cell.value for m in three(raw(made))] == by_hand
    detectable = raw(made)["detectable_change", "toy:ease", STUDY, 0].cell
    assert detectable.value == pytest.approx(limit, rel=1e-6)
    half = raw(made)["smallest_change", "toy:ease", STUDY, 0].cell
    assert half.value == pytest.approx(score[wave == 1].std(ddof=1) / 2)


def test_the_counts_are_shown_for_enough_linked_people():
    cells = three(released(evidence(group(UP + SAME + DOWN))))
    assert [cell.value for cell in cells] == [6.0, 9.0, 5.0]
    assert {cell.n for cell in cells} == {20}
    assert {cell.method for cell in cells} == {"jacobson-truax, from wave 1"}


@pytest.mark.parametrize(
    ("moves", "more"),
    [
        ([3] * 5 + [0] * 4, {}),  # nine linked people
        ([3] * 2 + [0] * 10, {}),  # two people went up
        ([0] * 13 + [-2], {}),  # one person went down
        ([0] * 14, {}),  # all alike
        (UP + SAME, {"only_first": 1}),  # one person left
        (UP + SAME, {"only_second": 4}),  # four people joined
    ],
)
def test_all_three_counts_are_hidden_where_few_people_would_show(moves: list, more: dict):
    cells = three(released(evidence(group(moves, **more))))
    assert cells == [Hidden()] * 3


@pytest.mark.parametrize("more", [{"only_first": 5}, {"only_second": 7}, {}])
def test_many_who_came_or_went_hide_nothing(more: dict):
    cells = three(released(evidence(group(UP + SAME, **more))))
    assert [cell.value for cell in cells] == [6.0, 9.0, 0.0]


def test_somebody_who_skipped_the_scale_differs_from_everybody_too():
    rows = group(UP + SAME)
    rows[1] |= {"a1": -1, "a2": -1, "a3": -1}
    made = evidence(rows)
    assert [m.n for m in three(raw(made))] == [14] * 3
    assert three(released(made)) == [Hidden()] * 3


def test_somebody_who_cannot_be_linked_counts_as_different():
    rows = group(UP + SAME)
    rows[-1]["person"] = "row-2-9"
    assert three(released(evidence(rows))) == [Hidden()] * 3


def attacked(made: Evidence) -> attacker.Attacker:
    cells = [
        json.loads(one.model_dump_json()) for one in disclosure.release(made, measure_all(made))
    ]
    world = World()
    follow(made, world)
    world.people = {("mean", *key): [] for key in world.moves}
    world.people |= {("mean", "toy:ease", name, 1): [] for name in made.communities}
    one = attacker.Attacker({"measures": cells, "sample": []}, world)
    one.count_moves()
    return one


@pytest.mark.parametrize("more", [{}, {"only_first": 5}, {"only_first": 2}, {"only_second": 1}])
def test_an_attacker_learns_nothing_from_the_counts(more: dict, monkeypatch: pytest.MonkeyPatch):
    made = evidence(group(UP + SAME, **more))
    assert attacked(made).leaks == []
    assert attacked(made).tried["moves"] == 1
    monkeypatch.setattr(disclosure_followed, "_apart_from_everybody", lambda *_: True)
    few = 0 < sum(more.values()) < 5
    assert [leak.kind for leak in attacked(made).leaks][:1] == ["moves"] * few


def test_a_community_that_skipped_a_wave_is_compared_with_the_wave_before_it():
    later = [one | {"wave": 3 if one["wave"] == 2 else 1} for one in group(UP + SAME + DOWN)]
    made = evidence(later + group(UP + SAME, "South"))
    assert [(s.community, s.before.wave, s.now.wave) for s in steps(made)] == [
        ("North", 1, 3),
        ("South", 1, 2),
    ]
    found = released(made)
    assert [cell.value for cell in three(found, wave=3)] == [6.0, 9.0, 5.0]
    assert {cell.method for cell in three(found, wave=3)} == {"jacobson-truax, from wave 1"}
    assert found["change", "toy:ease", NORTH, 3].method == "t, from wave 1"
    assert ("change", "toy:ease", NORTH, 2) not in found


def test_the_order_of_rows_changes_no_count():
    rows = group(UP + SAME + DOWN) + group(SAME + UP, "South")
    turned = list(reversed(rows))
    one, other = raw(evidence(rows)), raw(evidence(turned))
    assert [one[key].cell.value for key in sorted(one, key=str) if key[0] in COUNTS] == [
        other[key].cell.value for key in sorted(other, key=str) if key[0] in COUNTS
    ]


def test_sizes_need_three_communities_and_thirty_people():
    some = [group(UP + SAME, name) for name in ("North", "South", "East")]
    key = ("smallest_change", "toy:ease", STUDY, 0)
    three_of_them = released(evidence(some[0] + some[1] + some[2]))[key]
    assert isinstance(three_of_them, Estimate)
    assert three_of_them.value == round(three_of_them.value, 1) > 0
    assert released(evidence(some[0] + some[1]))[key] == Hidden()
    few = [group([3] * 5 + [0] * 4, name) for name in ("North", "South", "East")]
    assert released(evidence(few[0] + few[1] + few[2]))[key] == Hidden()


def test_those_who_left_are_compared_with_those_who_stayed():
    rows = []
    for name in ("North", "South", "East"):
        rows += group([0] * 8, name)
        for number in range(5):
            rows.append(row(f"{name}-gone{number}", 1, 1 + number % 2, community=name))
    made = evidence(rows)
    found = raw(made)["dropout_difference", "toy:ease", STUDY, 2].cell
    score, person = made.scores.scale("toy:ease"), made.responses.person.astype(str)
    gone = np.char.find(person, "gone") >= 0
    first = made.responses.wave == 1
    assert found.value == pytest.approx(score[gone].mean() - score[first & ~gone].mean())
    assert found.n == 39
    shown = released(made)["dropout_difference", "toy:ease", STUDY, 2]
    assert shown.value == round(found.value, 1)
    assert shown.low <= found.low
    assert shown.high >= found.high


def test_a_party_that_was_no_longer_invited_did_not_drop_out():
    rows = group([0] * 8, "North") + [
        row(f"gone{number}", 1, 2, community="North", party="Birch") for number in range(6)
    ]
    asked = tuple(RosterRow("North", "Alder", "Public", wave, 8) for wave in (1, 2))
    key = ("dropout_difference", "toy:ease", STUDY, 2)
    assert raw(evidence(rows, asked))[key].cell.absent == "nobody-left"
    assert raw(evidence(rows))[key].cell.value is not None


@pytest.mark.parametrize("gone", [(5, 5, 0), (9, 2, 2), (3, 3, 3)])
def test_few_people_who_left_are_not_compared(gone: tuple[int, int, int]):
    """Left in two communities only; nearly all in one; nine in all."""
    rows = []
    for name, count in zip(("North", "South", "East"), gone, strict=True):
        rows += group([0] * 10, name, only_first=count)
    assert released(evidence(rows))["dropout_difference", "toy:ease", STUDY, 2] == Hidden()


@given(st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_counts_that_may_be_shown_leave_two_ways_open_for_everybody_else(counts: list[int]):
    if counts_say_little([float(one) for one in counts]) and sum(counts):
        for own in range(3):
            if counts[own]:
                others = [count - (way == own) for way, count in enumerate(counts)]
                assert sum(count > 0 for count in others) >= 2


@given(st.integers(1, 60), st.integers(0, 60), st.floats(1, 7), st.sampled_from([0.5, 1.0]))
@settings(max_examples=200)
def test_what_if_is_the_mean_of_everybody_invited(n: int, silent: int, mean: float, point: float):
    found = what_if(Estimate(value=mean, n=n), n + silent, point, (1.0, 7.0))
    assert isinstance(found, Estimate)
    lower = [mean] * n + [max(mean - point, 1.0)] * silent
    higher = [mean] * n + [min(mean + point, 7.0)] * silent
    assert found.low == pytest.approx(np.mean(lower), abs=1e-3)
    assert found.high == pytest.approx(np.mean(higher), abs=1e-3)
    assert found.low - 1e-3 <= mean <= found.high + 1e-3


def test_what_if_of_a_hidden_mean_or_an_unknown_number_says_nothing():
    assert what_if(Hidden(), 9, 1.0, (1.0, 7.0)) == Hidden()
    mean = Estimate(value=4.0, n=9)
    assert what_if(mean, None, 1.0, (1.0, 7.0)).absent == "invited-unknown"
    assert what_if(mean, 8, 1.0, (1.0, 7.0)).absent == "invited-unknown"
    assert what_if(Estimate.missing("no-answers"), 9, 1.0, (1.0, 7.0)).absent == "no-answers"


def test_bounds_stand_beside_every_mean_of_a_scale_of_a_community():
    asked = tuple(RosterRow("North", "Alder", "Public", wave, 20) for wave in (1, 2))
    found = diagnosis_of(evidence(group(UP + SAME), asked), made="2026-01-01")
    kinds = Counter(m.at.statistic for m in found if m.at.unit == NORTH)
    assert kinds["nonresponse_bounds"] == 2
    mean = found.cell("mean", "toy:ease", NORTH, 1)
    bounds = found.cell("nonresponse_bounds", "toy:ease", NORTH, 1)
    assert bounds.low == pytest.approx(mean.value - 0.25)
    assert bounds.high == pytest.approx(mean.value + 0.25)
    assert "what if" in bounds.method


def test_the_exact_diagnosis_holds_the_same_addresses():
    made = evidence(group(UP + SAME) + group([0] * 4, "South"))
    shown = {str(m.at) for m in diagnosis_of(made, made="2026-01-01")}
    exact = {str(m.at) for m in diagnosis_of(made, made="2026-01-01", internal=True)}
    assert {one for one in exact if "power" not in one} == {
        one for one in shown if "power" not in one
    }
