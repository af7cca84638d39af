from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from scipy.stats import bootstrap

from lcdiag.statistics.resample import cluster_bootstrap, permutation_test

Y = np.random.default_rng(3).gamma(2.0, 1.0, 30)
COMMUNITY = np.repeat(["a", "b", "c", "d", "e"], [4, 5, 6, 7, 8])


def rng(start: int = 1) -> np.random.Generator:
    return np.random.default_rng(start)


def middle(rows: Any) -> float:
    return float(np.mean(rows))


def weighted(rows: Any, weights: Any) -> Any:
    return weights @ rows[:, 0] / weights.sum(axis=1)


def test_percentiles_are_those_of_the_draws() -> None:
    found = cluster_bootstrap(middle, Y, rng=rng(), resamples=400, bands=(0.5,))
    times = rng().multinomial(30, np.full(30, 1 / 30), size=400)
    means = times @ Y / 30
    assert found.value == pytest.approx(Y.mean())
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(means, [0.025, 0.975])))
    assert (found.bands[0].low, found.bands[0].high) == pytest.approx(
        tuple(np.quantile(means, [0.25, 0.75]))
    )
    assert found.n == 30
    assert found.method == "percentile bootstrap, 400 draws of people"


def test_clusters_are_drawn_whole_and_as_many_as_there_are() -> None:
    found = cluster_bootstrap(middle, Y, rng=rng(), cluster=COMMUNITY, resamples=300)
    times = rng().multinomial(5, np.full(5, 0.2), size=300).astype(float)
    sums = np.array([Y[one == COMMUNITY].sum() for one in "abcde"])
    means = times @ sums / (times @ np.array([4, 5, 6, 7, 8]))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(means, [0.025, 0.975])))
    assert found.method == "percentile bootstrap, 300 draws of clusters"
    assert found.n == 30


def test_bca_by_its_formula() -> None:
    found = cluster_bootstrap(
        middle, Y, rng=rng(), cluster=COMMUNITY, interval="bca", resamples=500, confidence=0.9
    )
    sums = np.array([Y[one == COMMUNITY].sum() for one in "abcde"])
    sizes = np.array([4, 5, 6, 7, 8])
    times = rng().multinomial(5, np.full(5, 0.2), size=500).astype(float)
    means = times @ sums / (times @ sizes)
    out = (sums.sum() - sums) / (30 - sizes)
    gaps = out.mean() - out
    a = (gaps**3).sum() / (6 * (gaps**2).sum() ** 1.5)
    same = np.isclose(means, Y.mean(), rtol=1e-12)  # each cluster drawn once: half counts as below
    assert 5 < same.sum() < 40
    z0 = ndtri(np.mean((means < Y.mean()) & ~same) + same.mean() / 2)
    z = z0 + ndtri([0.05, 0.95])
    ends = np.quantile(means, ndtr(z0 + z / (1 - a * z)))
    assert (found.low, found.high) == pytest.approx(tuple(ends))
    assert found.method == "bca bootstrap, 500 draws of clusters"


def test_bca_agrees_with_scipy_but_for_chance() -> None:
    found = cluster_bootstrap(np.var, Y, rng=rng(), interval="bca", resamples=9999, confidence=0.9)
    peer = bootstrap(
        (Y,), np.var, n_resamples=9999, confidence_level=0.9, random_state=rng(2), method="BCa"
    ).confidence_interval
    plain = cluster_bootstrap(np.var, Y, rng=rng(), resamples=9999, confidence=0.9)
    assert (found.low, found.high) == pytest.approx((peer.low, peer.high), rel=0.03)
    assert found.high > plain.high * 1.05


def test_weights_and_rows_give_the_same() -> None:
    for forks in ({}, {"cluster": COMMUNITY}, {"interval": "bca"}):
        rows = cluster_bootstrap(middle, Y, rng=rng(), resamples=200, **forks)
        weights = cluster_bootstrap(weighted, Y, rng=rng(), resamples=200, vectorized=True, **forks)
        assert [weights.value, weights.low, weights.high] == pytest.approx(
            [rows.value, rows.low, rows.high]
        )


def test_draws_without_a_value_are_left_out_up_to_half() -> None:
    def seldom(rows: Any) -> float:
        return float(np.mean(rows)) if len(np.unique(rows)) > 1 else np.nan

    found = cluster_bootstrap(seldom, [1.0, 2.0], rng=rng(), resamples=200)
    assert (found.value, found.low, found.high) == (1.5, 1.5, 1.5)
    never = cluster_bootstrap(
        lambda rows: 1.0 if len(np.unique(rows)) == 3 else np.nan, [1, 2, 3], rng=rng()
    )
    assert (never.value, never.low, never.n) == (1.0, None, 3)


def test_where_no_bca_can_be_told_there_are_no_limits() -> None:
    flat = cluster_bootstrap(middle, np.ones(5), rng=rng(), interval="bca", resamples=20)
    assert (flat.value, flat.low) == (1.0, None)
    top = cluster_bootstrap(np.max, [1.0, 2.0, 3.0], rng=rng(), interval="bca", resamples=50)
    assert top.value == 3.0
    assert top.low is not None
    low = cluster_bootstrap(np.max, Y, rng=rng(), resamples=50)
    assert low.high == pytest.approx(Y.max())


@pytest.mark.parametrize("interval", ["percentile", "bca"])
def test_hostile_rows_give_a_reason_or_a_value_alone(interval: Any) -> None:
    forks: dict[str, Any] = {"rng": rng(), "interval": interval, "resamples": 20}
    empty = cluster_bootstrap(middle, [], **forks)
    name = f"{interval} bootstrap, 20 draws of people"
    assert (empty.absent, empty.n, empty.method) == ("no-answers", 0, name)
    nothing = cluster_bootstrap(middle, [np.nan, np.nan], **forks)
    assert (nothing.absent, nothing.n, nothing.method) == ("no-value", 2, name)
    two = cluster_bootstrap(middle, [1.0, 2.0, 4.0], cluster=["x", "x", "y"], **forks)
    assert (two.absent, two.n) == (None, 3)
    alone = cluster_bootstrap(middle, [2.0], **forks)
    assert (alone.value, alone.low, alone.n) == (2.0, None, 1)
    one = cluster_bootstrap(middle, [2.0, 3.0], cluster=["x", "x"], **forks)
    assert (one.absent, one.n) == ("fewer-than-2-groups", 2)
    assert one.method == f"{interval} bootstrap, 20 draws of clusters"
    assert cluster_bootstrap(middle, Y, rng=rng(), resamples=2).low is not None


def test_the_bootstrap_refuses_what_it_cannot_do() -> None:
    for forks, rule in (
        ({"rng": None}, "a bootstrap needs rng"),
        ({"rng": rng(), "interval": "basic"}, "'percentile' or 'bca'; received 'basic'"),
        ({"rng": rng(), "resamples": 1}, "2 draws or more"),
        ({"rng": rng(), "confidence": 1.0}, "between 0 and 1"),
        ({"rng": rng(), "cluster": ["a"]}, "one label a row"),
    ):
        with pytest.raises(ValueError, match=rule):
            cluster_bootstrap(middle, Y, **forks)
    with pytest.raises(ValueError, match="numbers"):
        cluster_bootstrap(middle, ["a"], rng=rng())


def gap(values: Any, labels: Any) -> float:
    return float(values[labels == 1].mean() - values[labels == 0].mean())


def gaps(values: Any, labels: Any) -> Any:
    return labels @ values / labels.sum(axis=1) - (1 - labels) @ values / (1 - labels).sum(axis=1)


SMALL = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
LABELS = np.array([0, 0, 1, 0, 1, 1])


def exact(keep: Any, far: Any) -> float:
    """The share of all orders of the labels that are kept, that are as far out."""
    orders = [np.array(one) for one in permutations(LABELS) if keep(np.array(one))]
    here = gap(SMALL, LABELS)
    return float(np.mean([far(gap(SMALL, one), here) for one in orders]))


@pytest.mark.parametrize(
    ("alternative", "far"),
    [
        ("two-sided", lambda one, here: abs(one) >= abs(here) - 1e-9),
        ("greater", lambda one, here: one >= here - 1e-9),
        ("less", lambda one, here: one <= here + 1e-9),
    ],
)
def test_p_comes_near_the_share_of_all_orders(alternative: Any, far: Any) -> None:
    found = permutation_test(gap, SMALL, LABELS, rng=rng(), alternative=alternative)
    assert found.value == pytest.approx(exact(lambda one: True, far), abs=0.015)
    assert found.method == f"permutation, 9999 draws, {alternative}"
    assert (found.n, found.low) == (6, None)


def test_strata_keep_their_labels() -> None:
    strata = np.array(["x", "x", "x", "y", "y", "y"])
    found = permutation_test(gap, SMALL, LABELS, rng=rng(), strata=strata)
    kept = exact(lambda one: one[:3].sum() == 1, lambda one, here: abs(one) >= abs(here) - 1e-9)
    assert found.value == pytest.approx(kept, abs=0.015)
    assert found.method.endswith("two-sided, within strata")

    def counts(values: Any, labels: Any) -> float:
        assert labels[:3].sum() == 1
        assert labels.sum() == 3
        return 1.0

    permutation_test(counts, SMALL, LABELS, rng=rng(), strata=strata, permutations=50)


def test_clusters_move_whole() -> None:
    # three of six clusters of two bear label 1: the most extreme of 20 orders, and its mirror
    values, labels = np.repeat(SMALL, 2), np.repeat([0, 0, 0, 1, 1, 1], 2)
    found = permutation_test(gap, values, labels, rng=rng(), cluster=np.repeat(np.arange(6), 2))
    assert found.value == pytest.approx(2 / 20, abs=0.01)
    assert found.method.endswith("two-sided, whole clusters")
    # people would make it rarer
    assert permutation_test(gap, values, labels, rng=rng()).value < 0.02


def test_p_counts_what_is_there_among_the_draws() -> None:
    assert permutation_test(
        lambda values, labels: float(labels[0] == 1), SMALL, 1 - LABELS, rng=rng(), permutations=1
    ).value in (0.5, 1.0)
    constant = permutation_test(lambda v, x: 0.3, SMALL, LABELS, rng=rng(), permutations=4)
    assert constant.value == 1.0
    seldom = np.append(np.zeros(59), 1e9)
    top = permutation_test(
        gap, np.arange(60.0), seldom > 0, rng=rng(), alternative="greater", permutations=199
    )
    assert top.value == pytest.approx(1 / 60, abs=0.03)
    far = permutation_test(
        gaps, np.arange(60.0), np.arange(60) > 29, rng=rng(), permutations=199, vectorized=True
    )
    assert far.value == 1 / 200


def test_orders_without_a_value_count_as_far_out() -> None:
    def seldom(values: Any, labels: Any) -> float:
        return 1e9 if (labels == LABELS).all() else np.nan

    assert permutation_test(seldom, SMALL, LABELS, rng=rng(), permutations=30).value == 1.0


@given(start=st.integers(0, 10_000), n=st.integers(4, 30), parts=st.integers(1, 4))
@settings(derandomize=True)
def test_one_by_one_and_all_at_once_give_the_same(start: int, n: int, parts: int) -> None:
    source = rng(start)
    values, labels = source.normal(size=n), np.arange(n) % 2
    strata = source.integers(0, parts, n)
    for forks in ({}, {"strata": strata}, {"cluster": np.arange(n) // 4 * 2 + labels}):
        one = permutation_test(gap, values, labels, rng=rng(start), permutations=39, **forks)
        all_ = permutation_test(
            gaps, values, labels, rng=rng(start), permutations=39, vectorized=True, **forks
        )
        assert one.value == all_.value
        assert one.value is not None
        assert 1 / 40 <= one.value <= 1


def test_hostile_labels_give_a_reason() -> None:
    assert permutation_test(gap, [], [], rng=rng()).absent == "no-answers"
    gone = permutation_test(gap, [np.nan, np.nan], [0, 1], rng=rng())
    assert (gone.absent, gone.n) == ("no-answers", 0)
    same = permutation_test(gap, [1.0, 2.0, np.nan], ["a", "a", "b"], rng=rng())
    assert (same.absent, same.n) == ("one-label", 2)
    none = permutation_test(lambda v, x: np.nan, [1.0, 2.0], [0, 1], rng=rng())
    assert (none.absent, none.n) == ("no-value", 2)


def test_permutations_refuse_what_they_cannot_do() -> None:
    good: dict[str, Any] = {"rng": rng()}
    for forks, rule in (
        ({"rng": None}, "a permutation test needs rng"),
        (good | {"permutations": 0}, "1 permutation or more"),
        (good | {"alternative": "both"}, "'two-sided', 'greater' or 'less'; received 'both'"),
        (good | {"cluster": [0, 0, 0, 1, 1, 1]}, "has one label; give it as strata"),
        (good | {"cluster": LABELS, "strata": [0, 1, 0, 0, 0, 0]}, "lies in one stratum"),
        (good | {"strata": [0]}, "one label a row"),
    ):
        with pytest.raises(ValueError, match=rule):
            permutation_test(gap, SMALL, LABELS, **forks)
    with pytest.raises(ValueError, match="group label"):
        permutation_test(gap, [1.0, 2.0], [None, "a"], rng=rng())
