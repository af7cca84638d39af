from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.moments import Moments, centred_moments, moments_of

FIELDS = (
    "rows",
    "answered",
    "complete",
    "counts",
    "sums",
    "squares",
    "products",
    "complete_sums",
    "complete_products",
)

ROWS = st.lists(
    st.lists(st.one_of(st.integers(0, 10), st.none()), min_size=3, max_size=3),
    min_size=1,
    max_size=30,
)


def identical(first: Moments, second: Moments) -> bool:
    return all(
        np.asarray(getattr(first, name)).tobytes() == np.asarray(getattr(second, name)).tobytes()
        for name in FIELDS
    )


@given(rows=ROWS, cut=st.integers(0, 30), data=st.data())
@settings(derandomize=True)
def test_merged_moments_are_the_moments_of_the_whole_bit_by_bit(
    rows: list[list[int | None]], cut: int, data: st.DataObject
) -> None:
    matrix = np.array(rows, dtype=float)
    whole = moments_of(matrix)
    cut = min(cut, len(matrix))
    parts = [moments_of(matrix[:cut]), moments_of(matrix[cut:])]
    assert identical(parts[0] + parts[1], whole)
    assert identical(parts[1] + parts[0], whole)
    shuffled = matrix[data.draw(st.permutations(range(len(matrix))))]
    assert identical(moments_of(shuffled), whole)


@given(rows=ROWS, data=st.data())
@settings(derandomize=True)
def test_moments_per_group_add_up_and_are_those_of_the_group(
    rows: list[list[int | None]], data: st.DataObject
) -> None:
    matrix = np.array(rows, dtype=float)
    labels = np.array([data.draw(st.sampled_from("abc")) for _ in rows])
    layers = moments_of(matrix, labels)
    assert identical(layers.total(), moments_of(matrix))
    for label in np.unique(labels):
        assert identical(layers.group(label), moments_of(matrix[labels == label]))
    cut = len(matrix) // 2
    merged = moments_of(matrix[:cut], labels[:cut]) + moments_of(matrix[cut:], labels[cut:])
    assert identical(merged, layers)
    assert list(merged.groups) == list(layers.groups)


def test_covariance_and_correlation_are_those_of_numpy_on_complete_rows() -> None:
    rng = np.random.default_rng(1)
    matrix = rng.normal(1e6, 1.0, (9000, 4))
    found = centred_moments(matrix)
    assert np.allclose(found.covariance(), np.cov(matrix, rowvar=False), rtol=1e-9)
    assert np.allclose(found.correlation("listwise"), np.corrcoef(matrix, rowvar=False), rtol=1e-9)
    assert np.allclose(found.means(), matrix.mean(axis=0))


def test_pairwise_covariance_takes_the_rows_that_have_both() -> None:
    nan = np.nan
    matrix = np.array([[1, 2, 5], [2, nan, 4], [4, 3, nan], [5, 7, 1]], dtype=float)
    both = matrix[[0, 2, 3], :2]
    found = moments_of(matrix)
    assert found.covariance()[0, 1] == pytest.approx(np.cov(both, rowvar=False)[0, 1])
    assert found.correlation()[0, 1] == pytest.approx(np.corrcoef(both, rowvar=False)[0, 1])
    ends = matrix[[0, 3]]
    assert np.allclose(found.covariance("listwise"), np.cov(ends, rowvar=False))
    assert (found.rows, found.answered, found.complete) == (4, 4, 2)


def test_nothing_at_all_has_no_covariance() -> None:
    for empty in (np.empty((0, 2)), np.full((5, 2), np.nan)):
        found = moments_of(empty)
        assert np.isnan(found.covariance()).all()
        assert np.isnan(found.covariance("listwise")).all()
        assert np.isnan(found.correlation()).all()
        assert np.isnan(found.means()).all()


def test_what_does_not_fit_together_is_refused() -> None:
    one = moments_of([[1, 2], [3, 4]])
    with pytest.raises(ValueError, match="origins"):
        one + moments_of([[1, 2]], origin=[1, 1])
    with pytest.raises(ValueError, match="groups"):
        one + moments_of([[1, 2]], ["a"])
    with pytest.raises(ValueError, match="too large"):
        moments_of([[1e200], [1e200]])
    with pytest.raises(ValueError, match="infinite"):
        moments_of([[1.0], [np.inf]])
    late = np.ones((3000, 2))
    for place in (1500, 2999):
        late[place, 1] = -np.inf
        with pytest.raises(ValueError, match="items must be finite or NaN"):
            moments_of(late)
        late[place, 1] = 1.0
    with pytest.raises(ValueError, match="pairwise"):
        one.covariance("some")
    with pytest.raises(ValueError, match="origin"):
        moments_of([[1, 2]], origin=[1])
    with pytest.raises(KeyError, match="no groups"):
        one.group("a")
