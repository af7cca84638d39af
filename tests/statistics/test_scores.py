from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.composites import (
    attenuation_corrected,
    composite_correlations,
    lambda_6_in_set,
)
from lcdiag.statistics.scores import impute_items, reverse_items, scale_scores

NAN = np.nan
ANSWERS = np.array([[1, 5, 2], [NAN, 4, 4], [2, NAN, NAN], [NAN, NAN, NAN]])


def test_reversal_turns_the_named_items_by_the_declared_bounds_and_leaves_the_input() -> None:
    before = ANSWERS.copy()
    found = reverse_items(ANSWERS, [0], bounds=(1, 7))
    np.testing.assert_array_equal(found[:, 0], [7, NAN, 6, NAN])
    np.testing.assert_array_equal(found[:, 1:], ANSWERS[:, 1:])
    np.testing.assert_array_equal(ANSWERS, before)


def test_observed_bounds_are_those_of_all_items_together() -> None:
    np.testing.assert_array_equal(
        reverse_items(ANSWERS, [2], bounds="observed")[:, 2], [4, 2, NAN, NAN]
    )
    nobody = np.full((2, 2), NAN)
    np.testing.assert_array_equal(reverse_items(nobody, [0], bounds="observed"), nobody)
    same = np.full((2, 2), 3.0)
    np.testing.assert_array_equal(reverse_items(same, [0], bounds="observed"), same)


@pytest.mark.parametrize("positions", [[3], [-1], [0, 9]])
def test_an_item_that_is_not_there_cannot_be_reversed(positions: list[int]) -> None:
    with pytest.raises(ValueError, match="positions from 0 to 2"):
        reverse_items(ANSWERS, positions, bounds=(1, 5))


def test_answers_outside_the_bounds_and_unknown_forks_are_refused() -> None:
    with pytest.raises(ValueError, match="within the bounds"):
        reverse_items(ANSWERS, [0], bounds=(1, 4))
    with pytest.raises(ValueError, match="two numbers or 'observed'"):
        reverse_items(ANSWERS, [0], bounds="range")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'none', 'mean' or 'median'"):
        impute_items(ANSWERS, "zero")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'mean', 'sum' or 'percent'"):
        scale_scores(ANSWERS, how="total")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="between 1 and 3"):
        scale_scores(ANSWERS, minimum=4)
    with pytest.raises(ValueError, match="between 1 and 3"):
        scale_scores(ANSWERS, minimum=0)
    with pytest.raises(ValueError, match="bounds are needed"):
        scale_scores(ANSWERS, how="percent")
    with pytest.raises(ValueError, match="bounds are needed"):
        scale_scores(ANSWERS, reversed_items=[0])


def test_missing_answers_take_the_items_own_middle() -> None:
    rows = np.array([[1, NAN], [1, NAN], [4, NAN], [NAN, NAN]])
    np.testing.assert_array_equal(impute_items(rows, "median")[:, 0], [1, 1, 4, 1])
    np.testing.assert_array_equal(impute_items(rows, "mean")[:, 0], [1, 1, 4, 2])
    np.testing.assert_array_equal(impute_items(rows, "none"), rows)
    # nobody answered the second item: there is no middle to take
    assert np.isnan(impute_items(rows, "median")[:, 1]).all()


def test_a_score_is_the_mean_of_what_was_answered_and_says_on_how_much_it_rests() -> None:
    found = scale_scores(ANSWERS)
    np.testing.assert_allclose(np.asarray(found), [8 / 3, 4, 2, NAN])
    assert found.n.tolist() == [3, 2, 1, 0]
    assert found.reasons.tolist() == ["", "", "", "no-answers"]
    assert found.groups.tolist() == [0, 1, 2, 3]
    assert found.method == "mean, answered items"
    assert found.estimate(3).absent == "no-answers"
    assert list(found.to_frame().columns) == ["person", "n", "value", "absent"]


def test_a_skipped_item_does_not_count_as_zero_in_a_sum() -> None:
    np.testing.assert_allclose(np.asarray(scale_scores(ANSWERS, how="sum")), [8, 12, 6, NAN])


def test_a_percentage_runs_from_the_lower_to_the_upper_bound() -> None:
    found = scale_scores([[1, 1], [7, 7], [4, 4]], bounds=(1, 7), how="percent")
    np.testing.assert_allclose(np.asarray(found), [0, 100, 50])


def test_a_minimum_counts_answers_and_not_imputed_ones() -> None:
    found = scale_scores(ANSWERS, minimum=2, impute="mean")
    assert found.reasons.tolist() == ["", "", "fewer-than-the-minimum", "fewer-than-the-minimum"]
    np.testing.assert_allclose(np.asarray(found)[1], (1.5 + 4 + 4) / 3)
    assert found.n.tolist() == [3, 2, 1, 0]
    assert found.method == "mean, mean imputed"


def test_reversed_items_are_turned_before_the_mean_is_taken() -> None:
    found = scale_scores([[1, 7], [2, 6]], reversed_items=[1], bounds=(1, 7))
    np.testing.assert_allclose(np.asarray(found), [1, 2])


@given(st.integers(1, 500))
@settings(derandomize=True)
def test_reversing_twice_gives_the_answers_back(start: int) -> None:
    rows = np.random.default_rng(start).integers(1, 6, (5, 3)).astype(float)
    twice = reverse_items(reverse_items(rows, [0, 2], bounds=(1, 5)), [0, 2], bounds=(1, 5))
    np.testing.assert_array_equal(twice, rows)


def test_sums_correlate_as_their_items_say() -> None:
    rows = np.random.default_rng(1).normal(size=(40, 4))
    sums = np.column_stack([rows[:, :2].sum(axis=1), rows[:, 2:].sum(axis=1)])
    found = composite_correlations(rows, [[0, 1], [2, 3]])
    np.testing.assert_allclose(found, np.corrcoef(sums, rowvar=False), atol=1e-12)


def test_a_sum_without_spread_and_a_pair_without_rows_have_no_correlation() -> None:
    rows = np.array([[1, 3, NAN], [2, 3, NAN], [4, 3, 1], [NAN, 3, 2], [NAN, 3, 5]])
    found = composite_correlations(rows, [[0], [1], [2]])
    assert np.isnan(found[1]).all()
    assert np.isnan(found[0, 2])
    assert found[0, 0] == pytest.approx(1)
    with pytest.raises(ValueError, match="1 positions or more from 0 to 2"):
        composite_correlations(rows, [[0], []])
    with pytest.raises(ValueError, match="from 0 to 2"):
        composite_correlations(rows, [[-1]])


def test_only_the_upper_triangle_is_corrected_for_unreliability() -> None:
    found = attenuation_corrected([[1, 0.3], [0.3, 1]], [0.81, 0.64])
    np.testing.assert_allclose(found, [[0.81, 0.3 / 0.72], [0.3, 0.64]])
    none = attenuation_corrected([[1, 0.3], [0.3, 1]], [0.0, 0.64])
    assert np.isnan(none[0, 1])
    with pytest.raises(ValueError, match="2 reliabilities"):
        attenuation_corrected(np.eye(3), [0.8, 0.7])


def test_a_wider_set_never_lowers_lambda_6() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(60, 1)) + rng.normal(size=(60, 6))
    alone, wide = lambda_6_in_set(rows[:, :3], range(3)), lambda_6_in_set(rows, range(3))
    assert alone.value is not None
    assert wide.value is not None
    assert alone.value < wide.value < 1
    assert wide.n == 60
    assert wide.method == "lambda 6, covariance, pairwise, error from the whole set"
    covariance = np.cov(rows[:, :3], rowvar=False)
    own = (1 / np.diagonal(np.linalg.inv(covariance))).sum()
    assert alone.value == pytest.approx(1 - own / covariance.sum())


def test_lambda_6_says_why_it_is_not_there() -> None:
    rows = np.random.default_rng(1).normal(size=(20, 3))
    double = np.column_stack([rows, rows[:, 0]])
    assert lambda_6_in_set(double, [0, 1]).absent == "not-positive-definite"
    assert lambda_6_in_set(rows[:1], [0, 1]).absent == "fewer-than-2-respondents"
    with pytest.raises(ValueError, match="2 positions or more"):
        lambda_6_in_set(rows, [0])
    holes = pd.DataFrame(rows).mask(pd.DataFrame(rows) > 1.2)
    assert lambda_6_in_set(holes, [0, 1], missing="listwise").n == len(holes.dropna())
