from __future__ import annotations

import numpy as np
import pytest

from lcdiag.instrument.compose import compose
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.planning.simulate import Meeting, Seat, Spread, Truth, simulate_responses
from lcdiag.responses.model import DONT_KNOW, MISSING

QUIET = Spread(general=0, scale=0, party=0, item=0, answer=0)


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return compose([["lc-safety"], ["lc-collusion:topics"]], ("nl", "en"))


def seats(count: int) -> tuple[Seat, ...]:
    return tuple(Seat(f"p{number}", f"party {number % 3}") for number in range(count))


def test_without_spread_every_answer_is_the_truth(questionnaire: Questionnaire) -> None:
    truth = Truth(
        scales={"lc-safety:safety": 6.0},
        items={"st1": 2.0},
        topics={"course": (6.0, 4.0, 3.0)},
        elsewhere=5.0,
    )
    drawn = simulate_responses(
        questionnaire,
        [Meeting("A", 1, seats(4), truth)],
        rng=np.random.default_rng(1),
        spread=QUIET,
    )
    assert set(drawn.column("ve2")) == {6.0}
    assert set(drawn.column("ve1")) == {2.0}, "a reversed item is turned round after drawing"
    assert set(drawn.column("st1")) == {2.0}, "an item's own mean is as it is asked"
    assert set(drawn.column("on2z")) == {6.0}
    assert set(drawn.column("on2a")) == {4.0}
    assert set(drawn.column("on2p")) == {3.0}
    assert set(drawn.column("on1z")) == {5.0}


def test_a_planted_gap_is_found_in_the_means(questionnaire: Questionnaire) -> None:
    truth = Truth(topics={"course": (5.0, 4.0, 3.5)})
    drawn = simulate_responses(
        questionnaire, [Meeting("A", 1, seats(4000), truth)], rng=np.random.default_rng(1)
    )
    gap = drawn.column("on2z").mean() - drawn.column("on2a").mean()
    lag = drawn.column("on2z").mean() - drawn.column("on2p").mean()
    # rounding and the ends of the scale take a little; the standard error is 0.02
    assert gap == pytest.approx(1.0, abs=0.12)
    assert lag == pytest.approx(1.5, abs=0.15)


def test_a_person_keeps_their_part_over_waves(questionnaire: Questionnaire) -> None:
    meetings = [Meeting("A", wave, seats(500), Truth()) for wave in (1, 2)]
    drawn = simulate_responses(questionnaire, meetings, rng=np.random.default_rng(1))
    first, second = drawn.values[drawn.wave == 1], drawn.values[drawn.wave == 2]
    means = np.corrcoef(first.mean(axis=1), second.mean(axis=1))[0, 1]
    assert means > 0.6
    assert list(drawn.person[:500]) == list(drawn.person[500:])


def test_blemishes_come_in_the_stated_shares(questionnaire: Questionnaire) -> None:
    drawn = simulate_responses(
        questionnaire,
        [Meeting("A", 1, seats(2000), Truth())],
        rng=np.random.default_rng(1),
        spread=Spread(missing=0.05, dont_know=0.02, careless=0.1),
    )
    assert (drawn.codes == MISSING).mean() == pytest.approx(0.05, abs=0.005)
    assert (drawn.codes == DONT_KNOW).mean() == pytest.approx(0.02, abs=0.004)
    asked = np.where(drawn.codes > 0, drawn.codes, 0)
    reversed_ = np.array([item.reversed for item in questionnaire.items])
    same = [len(set(row[(row > 0) & ~reversed_])) == 1 for row in asked]
    assert np.mean(same) == pytest.approx(0.1, abs=0.03)


def test_the_same_start_gives_the_same_answers(questionnaire: Questionnaire) -> None:
    meeting = [Meeting("A", 1, seats(30), Truth())]
    one, two, other = (
        simulate_responses(questionnaire, meeting, rng=np.random.default_rng(start)).codes
        for start in (1, 1, 2)
    )
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_nobody_rates_their_own_party_or_one_at_another_table() -> None:
    names = ("Gemeente", "School", "Net")
    asked = compose([["lc-party-grid:pg1", "lc-safety:voice"]], ("nl", "en"), parties=names)
    here = (Seat("p1", "Gemeente"), Seat("p2", "School"), Seat("p3", ""))
    there = (Seat("p4", "Net"), Seat("p5", "School"))
    drawn = simulate_responses(
        asked,
        [Meeting("A", 1, here, Truth()), Meeting("B", 1, there, Truth())],
        rng=np.random.default_rng(1),
    )
    rated = (drawn.codes >= 0).tolist()
    assert [row[:3] for row in rated] == [
        [False, True, False],
        [True, False, False],
        [True, True, False],
        [False, True, False],
        [False, False, True],
    ]
    assert all(all(row[3:]) for row in rated)
