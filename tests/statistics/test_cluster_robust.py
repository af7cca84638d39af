from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.cluster_robust import cluster_sums
from lcdiag.statistics.means import mean_interval


def by_matrices(
    y: np.ndarray, groups: np.ndarray, clusters: np.ndarray, contrast: list[float]
) -> tuple[float, float]:
    """CR2 and Satterthwaite's degrees of freedom by their definition: whole matrices."""
    n, k = len(y), len(contrast)
    design = np.eye(k)[groups]
    bread = np.linalg.inv(design.T @ design)
    hat = design @ bread @ design.T
    residuals = y - hat @ y
    variance, parts = 0.0, []
    for cluster in np.unique(clusters):
        mine = clusters == cluster
        left = np.eye(mine.sum()) - hat[np.ix_(mine, mine)]
        values, vectors = np.linalg.eigh(left)
        power = np.where(values > 1e-9, 1 / np.sqrt(np.maximum(values, 1e-9)), 0)
        weight = (vectors * power) @ vectors.T @ design[mine] @ bread @ contrast
        variance += float(weight @ residuals[mine]) ** 2
        parts.append((np.eye(n) - hat)[:, mine] @ weight)
    gram = np.array(parts) @ np.array(parts).T
    return variance**0.5, float(np.trace(gram) ** 2 / np.sum(gram**2))


@given(
    start=st.integers(0, 10_000),
    sizes=st.lists(st.integers(1, 6), min_size=3, max_size=7),
)
@settings(derandomize=True)
def test_errors_and_freedom_are_those_of_the_whole_matrices(start: int, sizes: list[int]) -> None:
    rng = np.random.default_rng(start)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    clusters = np.concatenate([clusters, [0, 0, 1, 1]])
    groups = np.concatenate([rng.integers(0, 2, sum(sizes)), [0, 1, 0, 1]])
    y = rng.normal(4, 1, len(groups)) + clusters
    sums = cluster_sums(y, groups, clusters, 2)
    assert sums.difference(1, 0) == pytest.approx(by_matrices(y, groups, clusters, [-1, 1]))
    assert sums.mean(1) == pytest.approx(by_matrices(y, groups, clusters, [0, 1]))
    alone = cluster_sums(y, np.zeros(len(y), dtype=np.intp), clusters, 1)
    assert alone.mean(0) == pytest.approx(by_matrices(y, 0 * groups, clusters, [1]))


def test_clusters_of_equal_size_have_one_degree_of_freedom_less_than_clusters() -> None:
    y = np.random.default_rng(1).normal(size=24)
    for clusters in (3, 4, 8):
        codes = np.arange(24) % clusters
        sums = cluster_sums(y, np.zeros(24, dtype=np.intp), codes, 1)
        assert sums.mean(0)[1] == pytest.approx(clusters - 1)


def test_clusters_of_one_person_are_people() -> None:
    # s / sqrt(n) with n - 1, as without clusters; and Welch's error with two groups of people
    y = np.random.default_rng(2).normal(size=20)
    assert mean_interval(y, cluster=np.arange(20)).low == pytest.approx(mean_interval(y).low)
    groups = np.arange(20) % 3 // 2
    error, _ = cluster_sums(y, groups, np.arange(20), 2).difference(0, 1)
    own = [y[groups == group] for group in (0, 1)]
    assert error == pytest.approx(sum(one.var(ddof=1) / len(one) for one in own) ** 0.5)


def test_unequal_clusters_widen_the_interval_of_a_mean() -> None:
    # 1, 1 and 4 of 6 people who vary by 1. Over 36, the parts vary by 1, 1 and 4; their
    # covariances w_i w_j n_i n_j / 6 with w^2 = 6/5, 6/5 and 3, squared: (6/5)^2 / 36 = .04 of the
    # small ones, (6/5) 3 16 / 36 = 1.6 of each with the large one, and every pair counts twice
    y, clusters = np.array([1.0, 5.0, 3.0, 4.0, 2.0, 6.0]), np.array([0, 1, 2, 2, 2, 2])
    _, freedom = cluster_sums(y, np.zeros(6, dtype=np.intp), clusters, 1).mean(0)
    assert freedom == pytest.approx(36 / 24.48)


def test_the_limits_hold_where_one_community_is_far_larger() -> None:
    sizes = np.array([2, 2, 3, 3, 4, 20])
    cluster = np.repeat(np.arange(6), sizes)
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(1000):
        y = 0.1**0.5 * rng.standard_normal(6)[cluster] + 0.9**0.5 * rng.standard_normal(34)
        found = mean_interval(y, cluster=cluster)
        held += found.low <= 0 <= found.high
    assert 0.93 <= held / 1000 <= 0.985


def test_a_group_in_one_cluster_adds_nothing_that_can_be_told() -> None:
    sums = cluster_sums(np.array([1.0, 2, 3, 4]), np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1]), 3)
    assert sums.clusters.tolist() == [1, 2, 0]
    assert sums.n.tolist() == [2, 2, 0]
    assert sums.weights.tolist() == [
        [0.0, pytest.approx(2**0.5), 0.0],
        [1.0, pytest.approx(2**0.5), 0.0],
    ]
    assert np.isnan(sums.means[2])
    nobody = cluster_sums(np.array([]), np.array([], dtype=np.intp), np.array([], dtype=np.intp), 1)
    assert nobody.clusters.tolist() == [0]
