from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lcdiag.statistics.items import inter_item_correlations, item_rest, item_summary
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.one_factor import FLOOR, fit_one_factor
from lcdiag.statistics.reliability import (
    alpha_if_dropped,
    cronbach_alpha,
    looks_reversed,
    mcdonald_omega,
)

NAN = math.nan


@st.composite
def answers(draw: st.DrawFn, missing: bool = True) -> np.ndarray:
    k = draw(st.integers(2, 5))
    cell = st.one_of(st.integers(1, 7), st.none()) if missing else st.integers(1, 7)
    rows = draw(st.lists(st.lists(cell, min_size=k, max_size=k), min_size=2, max_size=15))
    return np.array(rows, dtype=float)


def one_factor_rows(loadings: list[float], own: list[float], n: int = 400) -> np.ndarray:
    """Rows whose covariance matrix is exactly that of the model."""
    wanted = np.outer(loadings, loadings) + np.diag(own)
    rows = np.random.default_rng(1).normal(size=(n, len(own)))
    rows -= rows.mean(axis=0)
    rows @= np.linalg.inv(np.linalg.cholesky(np.cov(rows, rowvar=False))).T
    return np.asarray(rows @ np.linalg.cholesky(wanted).T)


def test_alpha_and_its_parts_by_hand() -> None:
    # covariances of (1 2), (2 3), (3 5), (4 4): variances 5/3 and 5/3, covariance 4/3
    # alpha = 2 (1 - (10/3) / 6) = 8/9; item-rest r of two items = 4/5
    rows = [[1, 2], [2, 3], [3, 5], [4, 4]]
    assert cronbach_alpha(rows).value == pytest.approx(8 / 9)
    assert np.asarray(item_rest(rows)) == pytest.approx([0.8, 0.8])
    # standardised: 2 r / (1 + r)
    assert cronbach_alpha(rows, standardized=True).value == pytest.approx(1.6 / 1.8)


def test_item_summary_by_hand() -> None:
    found = item_summary([[1, 7], [NAN, 7], [4, 3], [1, NAN]], bounds=(1, 7))
    assert found.n.tolist() == [3, 3]
    assert found.missing.tolist() == [0.25, 0.25]
    assert found.mean == pytest.approx([2, 17 / 3])
    assert found.sd == pytest.approx([math.sqrt(3), math.sqrt(16 / 3)])
    assert found.floor == pytest.approx([2 / 3, 0])
    assert found.ceiling == pytest.approx([0, 2 / 3])
    assert np.asarray(found).tolist() == found.mean.tolist()
    empty = item_summary(np.empty((0, 2)), bounds=(1, 7))
    assert np.isnan(empty.mean).all()
    with pytest.raises(ValueError, match="bounds"):
        item_summary([[9]], bounds=(1, 7))


@given(rows=answers(), data=st.data())
@settings(derandomize=True)
def test_alpha_does_not_change_with_order_shift_or_turning_all_items(
    rows: np.ndarray, data: st.DataObject
) -> None:
    found = cronbach_alpha(rows)
    turned = data.draw(st.permutations(range(rows.shape[1])))
    shuffled = rows[data.draw(st.permutations(range(len(rows))))][:, turned]
    for other in (shuffled, rows + 100, 8 - rows):
        again = cronbach_alpha(other)
        assert (again.absent, again.n) == (found.absent, found.n)
        if found.value is not None:
            assert again.value == pytest.approx(found.value, abs=1e-9)


@given(rows=answers())
@settings(derandomize=True)
def test_alpha_from_merged_moments_is_alpha_of_the_items(rows: np.ndarray) -> None:
    whole = cronbach_alpha(rows, interval="feldt")
    merged = cronbach_alpha(moments_of(rows[:1]) + moments_of(rows[1:]))
    assert (merged.absent, merged.n, merged.method) == (whole.absent, whole.n, whole.method)
    if whole.value is not None:
        assert merged.value == pytest.approx(whole.value, abs=1e-9)
        assert (merged.low is None) == (whole.low is None)


@given(rows=answers(missing=False))
@settings(derandomize=True)
def test_alpha_if_dropped_is_alpha_without_the_item(rows: np.ndarray) -> None:
    assume(rows.shape[1] > 2)
    found = alpha_if_dropped(rows)
    for item in range(rows.shape[1]):
        alone = cronbach_alpha(np.delete(rows, item, axis=1))
        if found.absent or alone.value is None:
            continue
        assert found.values[item] == pytest.approx(alone.value, abs=1e-9)
        assert found.estimate(item).value == pytest.approx(alone.value, abs=1e-9)
    assert len(found.to_frame()) == rows.shape[1]


@given(rows=answers(missing=False))
@settings(derandomize=True)
def test_item_rest_is_the_correlation_with_the_sum_of_the_others(rows: np.ndarray) -> None:
    found = item_rest(rows)
    for item, reason in enumerate(found.reasons):
        rest = np.delete(rows, item, axis=1).sum(axis=1)
        if reason:
            assert np.ptp(rows[:, item]) == 0 or np.ptp(rest) == 0
            assert found.estimate(item).absent == reason
        else:
            wanted = np.corrcoef(rows[:, item], rest)[0, 1]
            assert found.values[item] == pytest.approx(wanted, abs=1e-9)


def test_a_negative_alpha_is_kept_and_said() -> None:
    found = cronbach_alpha([[1, 7], [2, 6], [6, 1], [7, 2], [3, 3]])
    assert found.value is not None
    assert found.value < 0
    assert found.method.endswith(", negative: items 2 look reversed")


def test_complete_rows_count_in_the_interval_whatever_was_dropped() -> None:
    rng = np.random.default_rng(1)
    rows = rng.integers(1, 6, (12, 4)) + rng.integers(0, 3, (12, 1)).astype(float)
    holes = np.vstack([rows, np.where(np.eye(4) > 0, NAN, 3.0), np.full((90, 4), NAN)])
    short, long = (cronbach_alpha(part, missing="listwise") for part in (rows, holes))
    assert (short.low, short.high, short.n) == (long.low, long.high, long.n)
    pairwise = cronbach_alpha(holes)
    every = cronbach_alpha(holes, interval_rows="all")
    assert pairwise.n == every.n == 16
    assert pairwise.low < every.low  # the narrower one is what psych prints


def test_the_bootstrap_repeats_and_agrees_with_the_f_interval_on_normal_answers() -> None:
    rows = one_factor_rows([0.7, 0.7, 0.7, 0.7], [0.5] * 4)
    first, second = (
        cronbach_alpha(rows, interval="bootstrap", rng=np.random.default_rng(1)) for _ in range(2)
    )
    assert first == second
    exact = cronbach_alpha(rows)
    assert first.low == pytest.approx(exact.low, abs=0.02)
    assert first.high == pytest.approx(exact.high, abs=0.02)
    rows[::7, 1] = NAN
    for missing in ("pairwise", "listwise"):
        found = cronbach_alpha(
            rows, interval="bootstrap", missing=missing, rng=np.random.default_rng(1), resamples=200
        )
        assert found.low < found.value < found.high


def test_drawing_whole_communities_is_less_sure_where_communities_differ() -> None:
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(20), 15)
    level = rng.normal(size=20)[groups][:, None]
    rows = level + rng.normal(size=(300, 4))
    widths = []
    for cluster in (None, groups):
        found = cronbach_alpha(
            rows, interval="bootstrap", rng=np.random.default_rng(1), resamples=500, cluster=cluster
        )
        widths.append(found.high - found.low)
    assert widths[1] > 1.2 * widths[0]


@given(
    loading=st.floats(0.3, 1.5),
    own=st.lists(st.floats(0.2, 2.0), min_size=3, max_size=6),
)
@settings(derandomize=True)
def test_omega_is_alpha_under_equal_loadings(loading: float, own: list[float]) -> None:
    rows = one_factor_rows([loading] * len(own), own)
    alpha = cronbach_alpha(rows).value
    for forks in ({}, {"variance": "observed"}, {"method": "efa"}):
        assert mcdonald_omega(rows, **forks).value == pytest.approx(alpha, abs=1e-6)


def test_omega_finds_the_model_that_made_the_covariances() -> None:
    loadings, own = [0.9, 0.6, 1.1, 0.4], [0.5, 1.0, 0.3, 0.8]
    rows = one_factor_rows(loadings, own)
    wanted = 9.0 / (9.0 + 2.6)  # (.9 + .6 + 1.1 + .4)^2 = 9
    assert mcdonald_omega(rows).value == pytest.approx(wanted, abs=1e-8)
    assert mcdonald_omega(rows, method="efa").value == pytest.approx(wanted, abs=1e-8)
    fit = fit_one_factor(np.corrcoef(rows, rowvar=False), "ml")
    deviations = rows.std(axis=0, ddof=1)
    assert fit.loadings * deviations == pytest.approx(loadings, abs=1e-7)
    assert fit.own * deviations**2 == pytest.approx(own, abs=1e-7)


def test_an_item_without_variance_of_its_own_is_said_and_has_no_delta_interval() -> None:
    r = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])  # loading 1.13 would be needed
    rows = np.linalg.cholesky(r)
    noise = one_factor_rows([0.0] * 3, [1.0] * 3)
    found = mcdonald_omega(noise @ rows.T)
    assert found.method.endswith(", heywood")
    assert found.low is None
    assert fit_one_factor(r, "minres").own.min() == pytest.approx(FLOOR)


def test_two_items_alone_do_not_fix_a_factor() -> None:
    rows = one_factor_rows([0.0, 0.0, 0.0], [1.0, 1.0, 1.0]) @ np.array(
        [[1, 0.5, 0], [0, 1, 0], [0, 0, 1]]
    )
    for method in ("cfa", "efa"):
        assert mcdonald_omega(rows, method=method).absent in ("not-identified", "no-convergence")


@given(rows=answers())
@settings(derandomize=True)
def test_omega_of_any_answers_is_a_share_or_a_reason(rows: np.ndarray) -> None:
    for forks in ({}, {"method": "efa", "missing": "pairwise"}):
        found = mcdonald_omega(rows, **forks)
        if found.value is not None:
            assert 0 <= found.value <= 1
        if found.low is not None:
            assert 0 <= found.low <= found.high <= 1


def test_omega_by_bootstrap_surrounds_the_value() -> None:
    rows = one_factor_rows([0.7, 0.6, 0.8], [0.5, 0.6, 0.4], n=80)
    found = mcdonald_omega(
        rows, interval="bootstrap", variance="observed", rng=np.random.default_rng(1), resamples=60
    )
    assert found.low < found.value < found.high
    plain = mcdonald_omega(rows, variance="observed")
    assert plain.low is None


def test_omega_refuses_what_it_does_not_offer() -> None:
    rows = one_factor_rows([0.7] * 3, [0.5] * 3)
    for forks, rule in (
        ({"kind": "other"}, "'hierarchical', 'limit' or 'categorical'"),
        ({"method": "cfa", "n_factors": 3}, "method='efa'"),
        ({"method": "pca"}, "method"),
        ({"variance": "observed", "interval": "delta"}, "use interval='bootstrap'"),
        ({"interval": "bootstrap"}, "Generator"),
        ({"confidence": 2}, "between 0 and 1"),
    ):
        with pytest.raises(ValueError, match=rule):
            mcdonald_omega(rows, **forks)


def test_alpha_refuses_what_it_does_not_offer() -> None:
    rows = one_factor_rows([0.7] * 3, [0.5] * 3)
    chance = np.random.default_rng(1)
    for forks, rule in (
        ({"interval": "wald"}, "interval"),
        ({"interval_rows": "most"}, "interval_rows"),
        ({"missing": "fiml"}, "pairwise"),
        ({"correlation": "spearman"}, "correlation"),
        ({"interval": "bootstrap"}, "Generator"),
        ({"interval": "bootstrap", "rng": chance, "resamples": 1}, "2 draws"),
        ({"interval": "bootstrap", "rng": chance, "standardized": True}, "standardized"),
        ({"cluster": np.arange(400), "interval": "duhachek"}, "bootstrap"),
        ({"interval": "scaled", "standardized": True}, "raw alpha"),
    ):
        with pytest.raises(ValueError, match=rule):
            cronbach_alpha(rows, **forks)
    with pytest.raises(ValueError, match="draws people"):
        cronbach_alpha(moments_of(rows), interval="bootstrap", rng=chance)


def test_a_data_frame_with_nullable_integers_counts_as_its_numbers() -> None:
    plain = np.array([[1, 2, 3], [2, 4, 3], [NAN, 5, 4], [4, 4, 5]])
    frame = pd.DataFrame(plain, columns=list("abc")).astype("Int64")
    assert cronbach_alpha(frame) == cronbach_alpha(plain)
    assert np.allclose(
        inter_item_correlations(frame), inter_item_correlations(plain), equal_nan=True
    )


REASONS = [
    (np.empty((0, 3)), "fewer-than-2-respondents"),
    (np.full((4, 3), NAN), "fewer-than-2-respondents"),
    (np.array([[1.0, 2.0, 3.0]]), "fewer-than-2-respondents"),
    (np.array([[1.0], [2.0], [3.0]]), "fewer-than-2-items"),
    (np.empty((5, 0)), "fewer-than-2-items"),
    (np.array([[1, NAN, 2], [2, NAN, 3], [4, NAN, 1]]), "empty-item"),
    (np.array([[1, 3, 2], [2, 3, 3], [4, 3, 1]], dtype=float), "constant-item"),
    (np.array([[1, NAN, 2], [2, NAN, 3], [NAN, 3, 1], [NAN, 4, 2]]), "no-overlap"),
    (np.array([[1, 3], [3, 1], [2, 2]], dtype=float), "no-total-variance"),
]


@pytest.mark.parametrize(("rows", "reason"), REASONS)
def test_what_has_no_reliability_says_why(rows: np.ndarray, reason: str) -> None:
    assert cronbach_alpha(rows).absent == reason
    omega = mcdonald_omega(rows, missing="pairwise")
    assert omega.absent == ("fewer-than-3-items" if reason == "no-total-variance" else reason)
    found = alpha_if_dropped(rows)
    assert found.absent in (reason, "fewer-than-3-items")
    assert np.isnan(found.values).all()
    rest = item_rest(rows)
    assert all(
        rest.estimate(item).value is None or np.isfinite(rest.values[item])
        for item in range(rows.shape[1])
    )
    if reason in ("empty-item", "constant-item"):
        assert rest.reasons[1] == reason


def test_more_items_than_people_have_an_alpha_but_no_factor_model() -> None:
    rows = np.random.default_rng(1).integers(1, 8, (4, 6))
    assert cronbach_alpha(rows).value is not None
    assert mcdonald_omega(rows).absent == "not-positive-definite"


@pytest.mark.parametrize("function", [cronbach_alpha, item_rest, mcdonald_omega, alpha_if_dropped])
@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([["a", "b"], ["c", "d"]], "numbers"),
        (pd.DataFrame({"a": ["1", "2"], "b": ["3", "4"]}), "text"),
        ([[1.0, math.inf], [2.0, 3.0]], "infinite"),
        (np.ones((2, 2, 2)), "rows by columns"),
        ([[1 + 2j, 1], [1, 2]], "complex"),
    ],
)
def test_what_are_no_answers_is_refused(function: object, rows: object, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        function(rows)  # type: ignore[operator]


def skewed(start: int, n: int) -> np.ndarray:
    """Four items of one factor on 7 options, most answers at the highest."""
    rng = np.random.default_rng(start)
    latent = 0.7 * rng.normal(size=(n, 1)) + 0.714 * rng.normal(size=(n, 4))
    return np.digitize(latent, [-2.6, -2.2, -1.8, -1.4, -1.0, -0.4]) + 1.0


def test_the_scaled_interval_is_feldts_for_normal_answers_and_wider_for_skewed_ones() -> None:
    normal = one_factor_rows([0.7] * 4, [0.51] * 4)
    scaled, feldt = cronbach_alpha(normal), cronbach_alpha(normal, interval="feldt")
    assert scaled.method == "alpha, covariance, pairwise, observed variance, scaled"
    assert feldt.method == "alpha, covariance, pairwise, observed variance, feldt"
    ratio = (scaled.high - scaled.low) / (feldt.high - feldt.low)  # type: ignore[operator]
    assert 1 <= ratio < 1.15
    rows = skewed(1, 400)
    scaled, feldt = cronbach_alpha(rows), cronbach_alpha(rows, interval="feldt")
    ratio = (scaled.high - scaled.low) / (feldt.high - feldt.low)  # type: ignore[operator]
    assert 1.2 < ratio < 2
    assert scaled.value == feldt.value


def test_the_scaled_interval_matches_the_spread_over_samples() -> None:
    found = [cronbach_alpha(skewed(start, 300), confidence=0.5) for start in range(1, 201)]
    logs = np.log(1 - np.array([one.value for one in found]))
    widths = np.log([(1 - one.low) / (1 - one.high) for one in found])  # type: ignore[operator]
    # half of a normal distribution lies within 2 x 0.6745 standard deviations
    assert np.median(widths) / (2 * 0.6745) == pytest.approx(logs.std(ddof=1), rel=0.15)


def test_people_of_one_cluster_are_no_independent_witnesses() -> None:
    rows = one_factor_rows([0.7] * 4, [0.51] * 4)[:60]
    alone = cronbach_alpha(rows)
    copies = np.repeat(rows, 5, axis=0)
    cluster = np.repeat(np.arange(60), 5)
    together = cronbach_alpha(copies, cluster=cluster)
    blind = cronbach_alpha(copies)
    assert together.method.endswith("scaled, clustered")
    wide = together.high - together.low  # type: ignore[operator]
    assert wide == pytest.approx(alone.high - alone.low, rel=0.2)  # type: ignore[operator]
    assert wide > 1.8 * (blind.high - blind.low)  # type: ignore[operator]
    assert cronbach_alpha(rows, cluster=["one"] * 60).low is None


def test_missing_answers_weigh_by_the_pairs_that_hold_them() -> None:
    rows = one_factor_rows([0.7] * 4, [0.51] * 4)
    holes = rows.copy()
    holes[np.random.default_rng(1).random(rows.shape) < 0.1] = NAN
    whole, some = cronbach_alpha(rows), cronbach_alpha(holes)
    assert some.high - some.low > whole.high - whole.low  # type: ignore[operator]
    listwise = cronbach_alpha(holes, missing="listwise")
    again = cronbach_alpha(holes[~np.isnan(holes).any(axis=1)])
    assert (listwise.value, listwise.low) == pytest.approx((again.value, again.low))


def test_items_that_move_as_one_have_no_interval() -> None:
    found = cronbach_alpha(np.repeat([[1.0], [2.0], [4.0]], 3, axis=1))
    assert found.value == pytest.approx(1)
    assert found.low is None


def test_the_items_that_look_reversed_are_those_against_the_larger_part() -> None:
    rows = one_factor_rows([0.7] * 5, [0.51] * 5)
    turned = rows.copy()
    turned[:, [1, 4]] *= -1
    assert looks_reversed(turned) == (1, 4)
    assert looks_reversed(rows) == ()
    assert looks_reversed(-rows) == ()
    assert looks_reversed(moments_of(turned)) == (1, 4)
    assert looks_reversed(rows[:, :1]) == ()
    opposite = np.column_stack([rows[:, 0], -rows[:, 0]])
    assert cronbach_alpha(opposite).absent == "no-total-variance"
    assert looks_reversed(opposite) == (1,)
    half = rows.copy()
    half[:, :2] *= -1
    found = cronbach_alpha(half[:, :4])
    assert found.value is not None
    assert found.value < 0
    assert "items 1, 2 look reversed" in found.method or "items 3, 4" in found.method
    # two against one each way: those against the first item, whatever rounding does
    assert looks_reversed([[2, 1], [1, 2], [2, 1.0], [1, 2]]) == (1,)
    assert looks_reversed([[1, 2], [2, 1], [1, 2.0], [2, 1]]) == (1,)


def test_rounding_alone_makes_no_alpha_negative() -> None:
    # no two items covary: alpha is 0, and comes out as 0 or as a rounding error below it
    for rows in ([[1, 1, 2], [1, 2, 3], [2, 1, 2]], [[1, 1], [1, 2], [2, 1], [2, 2]]):
        found = cronbach_alpha(rows)
        if found.value is not None and abs(found.value) < 1e-12:
            assert "negative" not in found.method
