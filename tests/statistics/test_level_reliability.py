from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_cases.level_reliability import formula_data

from lcdiag.statistics.arrays import as_grouping
from lcdiag.statistics.reliability import alpha_by_level, cronbach_alpha, omega_by_level
from lcdiag.statistics.two_level import group_scatters, level_sums, saturated_fit

NAN = np.nan
ROWS, GROUPS = formula_data()


def test_with_equal_groups_the_covariances_are_those_of_an_analysis_of_variance() -> None:
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(40), 5)
    level = rng.normal(size=(40, 1)) + rng.normal(size=(40, 3))
    rows = level[groups] + rng.normal(size=(200, 1)) + rng.normal(size=(200, 3))
    fit = saturated_fit(level_sums(rows, as_grouping(groups, 200)))
    means = np.array([rows[groups == group].mean(axis=0) for group in range(40)])
    around = rows - means[groups]
    pooled = around.T @ around / 160
    of_means = (means - means.mean(axis=0)).T @ (means - means.mean(axis=0)) / 40
    np.testing.assert_allclose(fit.within, pooled, atol=1e-6)
    np.testing.assert_allclose(fit.between, of_means - pooled / 5, atol=1e-6)


def test_each_level_says_what_it_rests_on() -> None:
    found = alpha_by_level(ROWS, GROUPS)
    assert found.within.n == 330
    assert found.between.n == 60
    assert found.within.method == "alpha, covariance, listwise, saturated, within groups, delta"
    assert found.between.method == "alpha, covariance, listwise, saturated, between groups, delta"
    omega = omega_by_level(ROWS, GROUPS, interval="none")
    assert omega.within.method == (
        "omega total, covariance, listwise, implied variance, within groups"
    )
    assert omega.within.low is None
    for cell in (found.within, found.between):
        assert cell.low is not None
        assert cell.high is not None
        assert cell.value is not None
        assert cell.low < cell.value < cell.high < 1


def test_alpha_of_everybody_lies_between_that_of_the_levels() -> None:
    found, whole = alpha_by_level(ROWS, GROUPS), cronbach_alpha(ROWS)
    assert found.within.value < whole.value < found.between.value  # type: ignore[operator]


def test_rows_with_holes_do_not_count() -> None:
    holes = ROWS.copy()
    holes[::7, 2] = NAN
    whole = ~np.isnan(holes).any(axis=1)
    assert alpha_by_level(holes, GROUPS) == alpha_by_level(holes[whole], GROUPS[whole])
    assert alpha_by_level(holes, GROUPS).within.n == int(whole.sum())


def test_the_bootstrap_draws_whole_groups_and_is_of_the_width_of_the_other_interval() -> None:
    delta = alpha_by_level(ROWS, GROUPS)
    drawn = alpha_by_level(
        ROWS, GROUPS, interval="bootstrap", rng=np.random.default_rng(1), resamples=100
    )
    for one, other in ((delta.within, drawn.within), (delta.between, drawn.between)):
        assert one.high is not None
        assert one.low is not None
        assert other.high is not None
        assert other.low is not None
        assert (other.high - other.low) / (one.high - one.low) == pytest.approx(1, abs=0.5)
        assert other.method.endswith("bootstrap")


def test_sums_of_drawn_groups_are_sums_of_their_rows() -> None:
    grouping = as_grouping(GROUPS, len(ROWS))
    sums, scatters = level_sums(ROWS, grouping), group_scatters(ROWS, grouping)
    np.testing.assert_allclose(scatters.sum(axis=0), sums.within)
    drawn = sums.drawn(np.array([3, 3, 7]), scatters)
    np.testing.assert_allclose(drawn.within, 2 * scatters[3] + scatters[7])
    assert drawn.sizes.tolist() == [sums.sizes[3], sums.sizes[3], sums.sizes[7]]
    assert drawn.rows == drawn.sizes.sum()


def test_an_own_variance_at_its_floor_is_said_and_has_no_delta_interval() -> None:
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(30), 4)
    shared = rng.normal(size=(30, 1))[groups]  # groups differ in one thing alone
    rows = shared + rng.normal(size=(120, 1)) + rng.normal(size=(120, 4))
    found = omega_by_level(rows, groups)
    assert found.between.method.endswith("delta, heywood")
    assert found.between.low is None
    assert found.between.value == pytest.approx(1, abs=0.1)
    assert not found.within.method.endswith("heywood")


def test_delta_limits_lie_even_on_their_own_scale() -> None:
    def evenly(middle: float, low: float, high: float) -> bool:
        return middle == pytest.approx((low + high) / 2)

    for level in (omega_by_level(ROWS, GROUPS).within, omega_by_level(ROWS, GROUPS).between):
        assert evenly(*(np.log(x / (1 - x)) for x in (level.value, level.low, level.high)))
        assert 0 < level.low < level.value < level.high < 1
    for level in (alpha_by_level(ROWS, GROUPS).within, alpha_by_level(ROWS, GROUPS).between):
        assert evenly(*(np.log(1 - x) for x in (level.value, level.low, level.high)))


@pytest.mark.parametrize(
    ("rows", "groups", "reason"),
    [
        (ROWS[:, :1], GROUPS, "fewer-than-2-items"),
        (ROWS, np.zeros(330), "fewer-than-2-groups"),
        (np.full((330, 3), NAN), GROUPS, "fewer-than-2-groups"),
        (ROWS[:6], [1, 1, 2, 2, 3, 3], "fewer-rows-than-items"),
        (np.column_stack([ROWS, np.ones(330)]), GROUPS, "constant-item"),
        (np.column_stack([ROWS, ROWS[:, 0]]), GROUPS, "not-positive-definite"),
    ],
)
def test_both_levels_say_why_they_are_not_there(
    rows: np.ndarray, groups: object, reason: str
) -> None:
    found = alpha_by_level(rows, groups)
    assert (found.within.absent, found.between.absent) == (reason, reason)


def test_omega_needs_three_items_and_alpha_two() -> None:
    assert omega_by_level(ROWS[:, :2], GROUPS).within.absent == "fewer-than-3-items"
    assert alpha_by_level(ROWS[:, :2], GROUPS).within.value is not None


def test_few_groups_and_groups_that_do_not_differ_have_no_coefficient_between_them() -> None:
    few = GROUPS <= 5
    found = alpha_by_level(ROWS[few], GROUPS[few])
    assert found.within.value is not None
    assert found.between.absent == "fewer-groups-than-items"
    assert found.between.n == 5
    rng = np.random.default_rng(1)
    same = np.repeat(np.arange(20), 4)
    rows = rng.normal(size=(80, 3))
    for group in range(20):  # the means of all groups are the same
        rows[same == group] -= rows[same == group].mean(axis=0)
    assert alpha_by_level(rows, same).between.absent == "no-variance-between"


def test_forks_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="interval is"):
        alpha_by_level(ROWS, GROUPS, interval="wald")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="rng"):
        omega_by_level(ROWS, GROUPS, interval="bootstrap")


@given(st.integers(1, 1000))
@settings(derandomize=True)
def test_units_places_and_names_change_nothing(start: int) -> None:
    rng = np.random.default_rng(start)
    rows, groups = ROWS[:90, :3], GROUPS[:90]
    order = rng.permutation(90)
    moved = rng.normal() + float(rng.uniform(0.1, 20)) * rows[order][:, rng.permutation(3)]
    names = np.array([f"g{label}" for label in groups[order]])
    before = alpha_by_level(rows, groups, interval="none")
    after = alpha_by_level(moved, names, interval="none")
    for one, other in ((before.within, after.within), (before.between, after.between)):
        assert other.absent == one.absent
        assert other.value == pytest.approx(one.value, abs=1e-4)
