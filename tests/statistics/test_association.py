from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.association import correlation


def pair(seed: int, n: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.integers(1, 8, n).astype(float)
    y = np.clip(np.rint(0.5 * x + rng.normal(2, 1.2, n)), 1, 7)
    y[rng.random(n) < 0.1] = np.nan
    return x, y, rng.integers(0, 9, n)


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), clustered=st.booleans())
def test_it_does_not_matter_who_comes_first_or_in_which_unit(seed: int, clustered: bool) -> None:
    x, y, groups = pair(seed)
    held = {"cluster": groups} if clustered else {}
    found = correlation(x, y, **held)
    order = np.random.default_rng(seed).permutation(len(x))
    shuffled = {"cluster": groups[order] * 7 + 3} if clustered else {}
    others = (
        correlation(y, x, **held),
        correlation(10 - 3 * x, -y, **held),
        correlation(x[order], y[order], **shuffled),
    )
    for other in others:
        assert other.value == pytest.approx(found.value, abs=1e-10)
        assert other.low == pytest.approx(found.low, abs=1e-9)
        assert other.high == pytest.approx(found.high, abs=1e-9)
    turned = correlation(-x, y, **held)
    assert turned.low == pytest.approx(-found.high, abs=1e-9)
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low <= found.value <= found.high <= 1


def test_every_row_its_own_cluster_is_the_distribution_free_error() -> None:
    # var(r) from the moments up to the fourth (Steiger & Hakstian, 1982), worked out here
    x, y, _ = pair(3, 400)
    keep = ~np.isnan(y)
    u, v = ((z - z.mean()) / z.std() for z in (x[keep], y[keep]))
    n, r = len(u), float(np.mean(u * v))
    m = {(a, b): float(np.mean(u**a * v**b)) for a in range(5) for b in range(5)}
    variance = (
        m[2, 2] + r**2 / 4 * (m[4, 0] + 2 * m[2, 2] + m[0, 4]) - r * (m[3, 1] + m[1, 3])
    ) / n
    found = correlation(x, y, cluster=np.arange(len(x)))
    assert found.low is not None
    assert found.high is not None
    from scipy.stats import t

    width = (np.arctanh(found.high) - np.arctanh(found.low)) / 2
    error = width / t.ppf(0.975, n - 1) * (1 - r**2)
    assert error**2 == pytest.approx(variance * n / (n - 1), rel=1e-9)


def test_doubled_clusters_do_not_make_the_interval_narrower() -> None:
    x, y, groups = pair(5, 120)
    once = correlation(x, y, cluster=groups)
    twice = correlation(np.tile(x, 2), np.tile(y, 2), cluster=np.tile(groups, 2))
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high), abs=1e-9)
    plain = correlation(np.tile(x, 2), np.tile(y, 2))
    assert plain.high is not None
    assert twice.high is not None
    assert plain.high < correlation(x, y).high  # type: ignore[operator]


@pytest.mark.parametrize(
    ("x", "y", "absent"),
    [
        ([1, 2, 3], [1, 2, 3], "fewer-than-4-pairs"),
        ([1, 2, 3, 4, np.nan], [1, np.nan, 3, 4, 5], "fewer-than-4-pairs"),
        ([2, 2, 2, 2], [1, 2, 3, 4], "no-variation"),
        ([1, 2, 3, 4], [5, 5, 5, 5], "no-variation"),
        ([], [], "fewer-than-4-pairs"),
    ],
)
def test_what_does_not_exist_has_a_reason(x: list[float], y: list[float], absent: str) -> None:
    found = correlation(np.array(x, dtype=float), np.array(y, dtype=float))
    assert (found.value, found.absent) == (None, absent)


def test_perfect_and_one_cluster_have_no_interval() -> None:
    x = np.arange(10.0)
    assert correlation(x, 2 * x + 1).value == 1.0
    assert correlation(x, -x).low is None
    y = np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3.0])
    one = correlation(x, y, cluster=np.zeros(10))
    assert one.value is not None
    assert one.low is None


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="received 3 and 4"):
        correlation([1, 2, 3], [1, 2, 3, 4])
    with pytest.raises(ValueError, match="confidence"):
        correlation([1, 2, 3, 4], [1, 2, 3, 5], confidence=2)
