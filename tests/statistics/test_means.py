from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.means import group_means, mean_interval

CODES = st.lists(st.one_of(st.integers(1, 7), st.none()), min_size=0, max_size=14)


def limits(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def test_t_interval_by_hand() -> None:
    # 4 5 6 7: mean 5.5; deviations -1.5 -.5 .5 1.5, squares 2.25 .25 .25 2.25, sum 5, s^2 = 5/3;
    # error = sqrt(5/3/4) = .645497; t(3, .975) = 3.182446
    found = mean_interval([4, 5, 6, 7])
    assert found.value == 5.5
    assert limits(found) == pytest.approx((5.5 - 2.054260, 5.5 + 2.054260), abs=1e-6)
    assert found.n == 4
    assert [band.confidence for band in found.bands] == [0.5, 0.9, 0.95]
    assert found.band(0.95).low == found.low


def test_finite_population_by_hand() -> None:
    # 4 of 8 people: the variance of the mean halves, so the error falls by sqrt(1/2)
    found = mean_interval([4, 5, 6, 7], population=8)
    assert limits(found)[1] == pytest.approx(5.5 + 2.054260 * math.sqrt(0.5), abs=1e-6)
    assert found.method == "t, finite population"
    everybody = mean_interval([4, 5, 6, 7], population=4)
    assert limits(everybody) == (5.5, 5.5)


def test_score_interval_by_hand() -> None:
    # 4 5 6 7 on 1-7: p = 4.5/6 = .75; s^2 on the 0-1 scale = (5/3)/36 = .0462963;
    # trials a person = .1875/.0462963 = 4.05; in all 16.2; z = 3.182446, z^2 = 10.127964
    # centre (12.15 + 5.063982) / 26.327964 = .653829
    # half  sqrt(10.127964 (16.2 x .1875 + 2.531991)) / 26.327964 = .285266
    found = mean_interval([4, 5, 6, 7], method="score", bounds=(1, 7))
    assert limits(found) == pytest.approx(
        (1 + 6 * (0.653829 - 0.285266), 1 + 6 * (0.653829 + 0.285266)), abs=2e-5
    )


def test_score_interval_counts_a_person_for_the_steps_of_the_scale_at_most() -> None:
    # all 7 of 1-7 by four people: 24 trials, all hits; Wilson's lower limit n / (n + z^2)
    found = mean_interval([7, 7, 7, 7], method="score", bounds=(1, 7))
    assert limits(found) == pytest.approx((1 + 6 * 24 / (24 + 10.127964), 7.0), abs=1e-5)


def test_equal_answers_have_no_t_interval_and_the_score_stands_in_where_bounds_are_known() -> None:
    alone = mean_interval([6, 6, 6])
    assert (alone.value, alone.low, alone.method) == (6.0, None, "t, no spread")
    bounded = mean_interval([6, 6, 6], bounds=(1, 7))
    assert limits(bounded) == limits(mean_interval([6, 6, 6], method="score", bounds=(1, 7)))
    assert bounded.method == "t, score because all answers are equal"


def test_thirds_that_only_differ_by_rounding_count_as_equal() -> None:
    third = [13 / 3, 1 / 3 + 4, (6 + 7) / 3, 4 + 1 - 2 / 3]
    assert mean_interval(third).method == "t, no spread"


def test_cluster_interval_by_hand() -> None:
    # a: 4 5, b: 6 7; mean 5.5; sums of residuals -2 and 2; CR2 divides by 1 - 2/4:
    # (4/.5 + 4/.5) / 16 = 1, error 1; t(1, .975) = 12.706205
    found = mean_interval([4, 5, 6, 7], cluster=["a", "a", "b", "b"])
    assert limits(found) == pytest.approx((5.5 - 12.706205, 5.5 + 12.706205), abs=1e-5)
    assert mean_interval([4, 5], cluster=["a", "a"]).absent == "fewer-than-2-groups"


def test_limits_never_pass_the_bounds() -> None:
    assert limits(mean_interval([1, 7], bounds=(1, 7))) == (1.0, 7.0)


@given(
    values=CODES, method=st.sampled_from(["t", "score"]), levels=st.permutations([0.5, 0.9, 0.95])
)
@settings(derandomize=True)
def test_a_mean_lies_in_its_nested_bands(
    values: list[int | None], method: str, levels: list[float]
) -> None:
    found = mean_interval(values, method=method, bounds=(1, 7), bands=levels)
    if all(value is None for value in values):
        assert found.absent == "no-answers"
        return
    if len([value for value in values if value is not None]) == 1:
        assert found.low is None
        return
    assert found.value is not None
    for inner, outer in zip(found.bands, found.bands[1:], strict=False):
        assert outer.low <= inner.low <= found.value + 1e-12
        assert found.value - 1e-12 <= inner.high <= outer.high


@given(values=CODES, turned=st.booleans())
@settings(derandomize=True)
def test_turning_the_scale_turns_the_interval(values: list[int | None], turned: bool) -> None:
    method = "score" if turned else "t"
    ahead = mean_interval(values, method=method, bounds=(1, 7))
    back = [None if value is None else 8 - value for value in values]
    behind = mean_interval(back, method=method, bounds=(1, 7))
    assert (ahead.low is None) == (behind.low is None)
    if ahead.low is not None and ahead.high is not None:
        assert limits(behind) == pytest.approx((8 - ahead.high, 8 - ahead.low), abs=1e-9)


def test_every_cell_of_group_means_is_the_interval_of_that_cell() -> None:
    rng = np.random.default_rng(1)
    values = rng.integers(1, 8, (40, 3)).astype(float)
    values[rng.random(values.shape) < 0.3] = np.nan
    groups = rng.choice(["north", "east", "west"], 40)
    values[groups == "east", 1] = np.nan
    for method in ("t", "score"):
        table = group_means(values, groups, method=method, bounds=(1, 7), population={"west": 99})
        for label in table.groups:
            for variable in range(3):
                own = mean_interval(
                    values[groups == label, variable],
                    method=method,
                    bounds=(1, 7),
                    population=99 if label == "west" else None,
                )
                cell = table.estimate(label, variable)
                assert (cell.absent, cell.n) == (own.absent, own.n)
                if own.absent is None:
                    assert [cell.value, *limits(cell)] == pytest.approx([own.value, *limits(own)])
    assert np.isnan(np.asarray(table)[list(table.groups).index("east"), 1])
    assert len(table.to_frame()) == 9


def test_the_intervals_hold_what_they_promise_on_small_skewed_groups() -> None:
    rng = np.random.default_rng(1)
    shares = np.array([0.02, 0.03, 0.05, 0.1, 0.2, 0.35, 0.25])
    truth = float(shares @ np.arange(1, 8))
    for people in (6, 10, 20):
        drawn = rng.choice(np.arange(1, 8), size=4000 * people, p=shares)
        groups = np.repeat(np.arange(4000), people)
        for method, least in (("t", 0.90), ("score", 0.94)):
            found = group_means(drawn, groups, method=method, bounds=(1, 7))
            hits = (found.low <= truth) & (truth <= found.high)
            assert least <= hits.mean() <= 0.99


def test_what_cannot_be_used_is_refused_with_the_rule() -> None:
    for bad, rule in (
        ({"values": ["a", "b"]}, "numbers"),
        ({"values": [1.0, math.inf]}, "finite"),
        ({"values": [[1, 2], [3, 4]]}, "1-dimensional"),
        ({"values": [1, 9], "bounds": (1, 7)}, "bounds"),
        ({"values": [1, 2], "bounds": (7, 1)}, "lower bound"),
        ({"values": [1, 2], "population": 1}, "population"),
        ({"values": [1, 2], "method": "score"}, "bounds"),
        ({"values": [1, 2], "method": "z"}, "'t' or 'score'"),
        ({"values": [1, 2], "confidence": 95}, "between 0 and 1"),
        ({"values": [1, 2], "cluster": ["a", None]}, "group label"),
    ):
        with pytest.raises(ValueError, match=rule):
            mean_interval(**bad)
    with pytest.raises(KeyError, match="no group"):
        group_means([1, 2], ["a", "a"]).estimate("b")
