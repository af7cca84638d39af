from __future__ import annotations

import numpy as np
import pytest

from lcdiag.instrument.compose import compose
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.planning.implied import true_means, true_scales
from lcdiag.planning.simulate import (
    Behaviour,
    Measurement,
    Meeting,
    Seat,
    Split,
    Spread,
    Truth,
    draw_responses,
)
from lcdiag.scoring.score import score_responses
from lcdiag.statistics.reliability import cronbach_alpha
from lcdiag.statistics.variance import variance_shares

SAFETY = "lc-safety:safety"
SPREAD = Spread(community=0.3, party=0.3, item=0.4, meeting=0.1, method=0.3)
MEASUREMENT = Measurement(
    items={
        "ve2": Behaviour(loading=0.4),
        "ve4": Behaviour(thresholds=(2.0, 3.0, 3.5, 4.0, 5.0, 6.5)),
    },
    splits={SAFETY: Split(("ve6", "ve7"), 0.3)},
)


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return compose([["lc-safety:safety"], ["lc-collusion:topics"]], ("nl", "en"))


def many(communities: int, truth: Truth) -> list[Meeting]:
    return [
        Meeting(
            f"c{c}",
            wave,
            tuple(Seat(f"{c}-{p}-{i}", f"c{c}p{p}") for p in range(4) for i in range(3)),
            truth,
        )
        for wave in (1, 2)
        for c in range(communities)
    ]


def test_what_is_implied_is_what_many_answers_show(asked: Questionnaire) -> None:
    meetings = many(150, Truth(elsewhere=5.4))
    rng = np.random.default_rng(1)
    drawn = draw_responses(asked, meetings, rng=rng, spread=SPREAD, measurement=MEASUREMENT)
    truth = true_scales(asked, meetings, drawn, SPREAD, MEASUREMENT)[SAFETY]
    responses = drawn.responses
    scores = score_responses(responses, asked).scale(SAFETY)
    # 150 communities: the standard error of the mean is 0.03 or so, of the sd 0.01
    assert scores.mean() == pytest.approx(truth.mean, abs=0.08)
    assert scores.std() == pytest.approx(truth.sd, abs=0.03)
    turned = np.array([item.reversed for item in asked.items[:7]])
    items = np.where(turned, 8 - responses.values[:, :7], responses.values[:, :7])
    assert truth.alpha is not None
    assert cronbach_alpha(items).value == pytest.approx(truth.alpha, abs=0.01)
    shares = variance_shares(
        scores,
        {"person": responses.person, "party": responses.party, "community": responses.community},
        intervals="approximate",
    )
    for name, part in (("person", "person"), ("party", "party"), ("community", "community")):
        assert shares.share(name).value == pytest.approx(truth.shares[part], abs=0.05)
    assert sum(truth.shares.values()) == pytest.approx(1)


def test_true_means_of_meetings_follow_what_chance_added(asked: Questionnaire) -> None:
    meetings = many(300, Truth(topics={"course": (5.5, 4.5, 4.0)}, self_enhancement=0.3))
    rng = np.random.default_rng(1)
    drawn = draw_responses(asked, meetings, rng=rng, spread=SPREAD, measurement=MEASUREMENT)
    means = true_means(asked, meetings, drawn, SPREAD, MEASUREMENT)
    values = drawn.responses.values.astype(float)
    turned = np.array([item.reversed for item in asked.items])
    values = np.where(turned, 8 - values, values)
    seen = np.array([values[drawn.places.meeting == m].mean(axis=0) for m in range(len(meetings))])
    apart = seen - means
    # 12 people of 4 parties, answers with an sd of about 1: standard error 0.3 a meeting
    assert np.abs(apart.mean(axis=0)).max() < 0.06
    assert 0.2 < apart.std() < 0.4
    correlation = np.corrcoef(seen.ravel(), means.ravel())[0, 1]
    assert correlation > 0.85


def test_where_communities_differ_by_plan_there_are_no_shares(asked: Questionnaire) -> None:
    meetings = [
        Meeting(name, 1, tuple(Seat(f"{name}{i}", "p") for i in range(5)), Truth(elsewhere=mean))
        for name, mean in (("A", 3.0), ("B", 5.0))
    ]
    drawn = draw_responses(asked, meetings, rng=np.random.default_rng(1))
    truth = true_scales(asked, meetings, drawn, Spread())[SAFETY]
    assert truth.shares == {}
    assert truth.mean == pytest.approx(4.0, abs=0.2)
    assert truth.sd > 1.0, "the distance of the two communities is part of the spread"


def test_an_item_that_measures_something_else_takes_from_alpha(asked: Questionnaire) -> None:
    meetings = many(2, Truth())
    spread = Spread(item=0.0)

    def alpha(how: Measurement) -> float:
        drawn = draw_responses(
            asked, meetings, rng=np.random.default_rng(1), spread=spread, measurement=how
        )
        found = true_scales(asked, meetings, drawn, spread, how)[SAFETY].alpha
        assert found is not None
        return found

    ordinary = alpha(Measurement())
    assert alpha(Measurement(items={"ve2": Behaviour(loading=0.0)})) < ordinary - 0.05
    assert alpha(Measurement(splits={SAFETY: Split(("ve5", "ve6", "ve7"), 0.0)})) < ordinary - 0.05
    equal = Measurement(splits={SAFETY: Split(("ve5", "ve6", "ve7"), 1.0)})
    assert alpha(equal) == pytest.approx(ordinary, abs=1e-9)


def test_the_wording_of_a_language_shifts_its_answers(asked: Questionnaire) -> None:
    seats = tuple(Seat(f"{lang}{i}", "p", "", lang) for lang in ("nl", "en") for i in range(2000))
    how = Measurement(items={"ve4": Behaviour(shift={"en": 1.0})})
    spread = Spread(item=0.0)
    meetings = [Meeting("A", 1, seats, Truth(elsewhere=4.0))]
    drawn = draw_responses(
        asked, meetings, rng=np.random.default_rng(1), spread=spread, measurement=how
    )
    column = drawn.responses.column("ve4")
    english = drawn.responses.language == "en"
    assert column[english].mean() - column[~english].mean() == pytest.approx(1.0, abs=0.12)
    other = drawn.responses.column("ve2")
    assert other[english].mean() - other[~english].mean() == pytest.approx(0.0, abs=0.12)
