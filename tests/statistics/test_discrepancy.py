from __future__ import annotations

import math

import numpy as np
import pytest

from lcdiag.statistics.agreement_interval import agreement_interval
from lcdiag.statistics.discrepancy import (
    abilene_gap,
    control_margin,
    hidden_consensus,
    perception_gap,
    person_gaps,
    projection,
)
from lcdiag.statistics.intervals import correlation_interval, share_interval

NAN = math.nan


def test_a_gap_is_pooled_over_topics_then_over_people() -> None:
    # person 1: 6-4 and 7-4, mean 2.5; person 2: only the first topic has both, 5-4 = 1;
    # person 3 has none. Mean 1.75; s^2 = 1.125, error .75; t(1, .975) = 12.706205
    own = [[6, 7], [5, 6], [NAN, 3]]
    others = [[4, 4], [4, NAN], [5, NAN]]
    assert person_gaps(own, others).tolist()[:2] == [2.5, 1.0]
    found = perception_gap(own, others)
    assert (found.value, found.n) == (1.75, 2)
    assert found.high == pytest.approx(1.75 + 12.706205 * 0.75, abs=1e-5)
    assert perception_gap(own, others, bounds=(1, 7)).high == 6.0
    assert abilene_gap(own, others) == found


def test_the_gap_is_the_leave_one_out_error_with_its_sign_turned() -> None:
    rng = np.random.default_rng(1)
    own, others = rng.integers(1, 8, (2, 9))
    rest = (own.sum() - own) / 8
    assert perception_gap(own, others).value == pytest.approx(-(others - rest).mean())


def test_nobody_with_both_ratings_is_absent() -> None:
    assert perception_gap([[1.0, NAN]], [[NAN, 2.0]]).absent == "no-answers"
    assert control_margin([], [], []).absent == "no-answers"


def test_everybody_with_the_same_gap_still_gets_an_interval_on_a_bounded_scale() -> None:
    found = perception_gap([6, 6, 6, 6], [4, 4, 4, 4], bounds=(1, 7))
    assert found.value == 2.0
    assert found.low is not None
    assert found.low < 2.0 < found.high


def test_hidden_consensus_by_hand() -> None:
    # pooled own views 6, 5, 7, 6: mean 6, s^2 = 2/3, error .408248, t(3, .975) = 3.182446
    found = hidden_consensus([[6, 6], [5, 5], [7, 7], [6, 6]], bounds=(1, 7))
    assert found.own.low == pytest.approx(6 - 3.182446 * 0.408248, abs=1e-5)
    assert found.holds
    assert found.midpoint == 4.0
    # 4 of 4 above the midpoint: Wilson's lower limit 4 / (4 + 1.959964^2)
    assert found.share.value == 1.0
    assert found.share.low == pytest.approx(4 / (4 + 3.841459), abs=1e-6)
    # item variances 2/3 against (49 - 1) / 12 = 4
    assert found.agreement.value == pytest.approx(1 - (2 / 3) / 4)


def test_hidden_consensus_fails_where_the_interval_reaches_the_midpoint() -> None:
    found = hidden_consensus([[7, 7], [3, 3], [6, 6], [4, 4]], bounds=(1, 7))
    assert found.own.value == 5.0
    assert not found.holds
    nobody = hidden_consensus(np.empty((0, 2)), bounds=(1, 7))
    assert not nobody.holds
    assert nobody.own.absent == nobody.share.absent == nobody.agreement.absent == "no-answers"


def test_agreement_jackknife_equals_leaving_people_out_one_by_one() -> None:
    rng = np.random.default_rng(1)
    rows = rng.integers(1, 8, (7, 3)).astype(float)
    rows[2, 1] = NAN

    def value(part: np.ndarray) -> float:
        return 1 - float(np.nanvar(part, axis=0, ddof=1).mean()) / 4

    without = np.array([value(np.delete(rows, i, axis=0)) for i in range(7)])
    error = math.sqrt(6 / 7 * ((without - without.mean()) ** 2).sum())
    found = agreement_interval(rows, 4.0)
    assert found.value == pytest.approx(value(rows))
    assert found.low == pytest.approx(value(rows) - 2.446912 * error, abs=1e-5)  # t(6, .975)
    assert agreement_interval([[1.0], [2.0]], 4.0).absent == "fewer-than-3-people"
    assert agreement_interval([5, 5, 5], 4.0).low is None
    with pytest.raises(ValueError, match="positive"):
        agreement_interval([1, 2, 3], 0.0)


def test_control_margin_by_hand() -> None:
    # gaps a: 0 1, b: 1 2: mean 1; sums of residuals -1 and 1; (1/.5 + 1/.5) / 16 = 1/4, error 1/2
    found = control_margin([4, 5, 5, 6], [4, 4, 4, 4], ["a", "a", "b", "b"])
    assert found.value == 1.0
    assert found.low == pytest.approx(1 - 12.706205 / 2, abs=1e-5)
    assert control_margin([4, 5], [4, 4], ["a", "a"]).absent == "fewer-than-2-groups"


def test_projection_is_the_correlation_within_communities() -> None:
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(8), 5)
    own = rng.normal(size=40) + 3 * groups
    others = 0.6 * rng.normal(size=40) + 0.5 * (own - 3 * groups) - 2 * groups
    centred = [
        column - np.array([column[groups == g].mean() for g in range(8)])[groups]
        for column in (own, others)
    ]
    r = float(np.corrcoef(*centred)[0, 1])
    found = projection(own, others, groups)
    assert found.value == pytest.approx(r)
    half = 1.959964 / math.sqrt(40 - 8 - 2)
    assert found.low == pytest.approx(math.tanh(math.atanh(r) - half), abs=1e-6)
    assert np.corrcoef(own, others)[0, 1] < 0 < found.value


def test_projection_without_ticking_habits() -> None:
    rng = np.random.default_rng(1)
    habit = rng.normal(size=(60, 1))
    own, others = rng.normal(size=(2, 60, 6)) * 0.3 + habit
    groups = np.repeat(np.arange(6), 10)
    plain = projection(own, others, groups).value
    without = projection(own, others, groups, centre="community-and-person").value
    assert plain is not None
    assert plain > 0.9
    assert without is not None
    assert abs(without) < 0.2


def test_projection_says_why_it_is_absent() -> None:
    rng = np.random.default_rng(1)
    own, others = rng.normal(size=(2, 40))
    alone = np.arange(40)
    assert projection(own, others, alone).absent == "fewer-than-30-people"
    assert projection(own[:20], others[:20], alone[:20] // 10).absent == "fewer-than-30-people"
    assert projection(np.full(40, 4.0), others, alone // 10).absent == "no-spread"
    with pytest.raises(ValueError, match="centre is"):
        projection(own, others, alone, centre="person")


def test_shares_and_correlations_at_their_ends() -> None:
    assert share_interval(np.array([], dtype=bool)).absent == "no-answers"
    nobody = share_interval(np.zeros(10, dtype=bool))
    assert nobody.low == 0.0
    assert nobody.high == pytest.approx(3.841459 / 13.841459, abs=1e-6)
    assert correlation_interval(1.0, 20, n=23, method="fisher").low is None


def test_ratings_of_different_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="one shape"):
        perception_gap([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="one shape"):
        projection([1, 2], [1, 2, 3], [1, 2])
