from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.change import reliable_change, smallest_detectable_change
from lcdiag.statistics.intervals import share_interval

NAN = math.nan
METHODS = (
    "jacobson-truax",
    "iverson",
    "chelune",
    "regression",
    "gulliksen-lord-novick",
    "edwards-nunnally",
)
# means 4 and 6, both standard deviations 2, r = .5
FIRST, SECOND = [2.0, 4.0, 6.0], [6.0, 4.0, 8.0]


@pytest.mark.parametrize(
    ("method", "expected", "slope", "error"),
    [
        # s sqrt(2 (1 - .75)) = 2 sqrt(.5); the true score is half-way: M1 + .75 (x - 4)
        ("jacobson-truax", [2, 4, 6], 1, math.sqrt(2)),
        ("iverson", [2, 4, 6], 1, math.sqrt(2)),
        ("chelune", [4, 6, 8], 1, math.sqrt(2)),
        ("regression", [5, 6, 7], 0.5, 2 * math.sqrt(0.75)),
        ("gulliksen-lord-novick", [2.5, 4, 5.5], 0.75, 2 * math.sqrt(1 - 0.75**2)),
        ("edwards-nunnally", [2.5, 4, 5.5], 0.75, 1),
    ],
)
def test_six_indices_by_hand(
    method: str, expected: list[float], slope: float, error: float
) -> None:
    found = reliable_change(FIRST, SECOND, method=method, reliability=0.75)
    wanted = (np.array(SECOND) - expected) / error
    np.testing.assert_allclose(found.index.values, wanted)
    assert found.slope.value == pytest.approx(slope)
    assert found.standard_error.value == pytest.approx(error)
    assert found.critical.value == pytest.approx(1.959964 * error, abs=1e-5)
    assert found.correlation.value == pytest.approx(0.5)
    assert (found.slope.n, found.correlation.n, found.correlation.method) == (3, 3, "Pearson")
    name = f"{method}, z = 1.95996, norms of the people themselves"
    assert found.index.method == found.critical.method == name
    assert found.index.n.tolist() == [2, 2, 2]
    np.testing.assert_array_equal(found.raw.values, [4, 0, 2])
    assert found.raw.method == "second - first"


def test_the_default_is_jacobson_and_truax() -> None:
    one = reliable_change(FIRST, SECOND, reliability=0.75)
    two = reliable_change(FIRST, SECOND, method="jacobson-truax", reliability=0.75, confidence=0.95)
    assert one.index.values.tolist() == two.index.values.tolist()
    assert one.critical == two.critical


def test_each_wave_may_have_its_own_reliability() -> None:
    found = reliable_change([0, 4], [0, 8], method="iverson", reliability=(0.5, 0.75))
    # variances 8 and 32: 8 x .5 + 32 x .25 = 12
    assert found.standard_error.value == pytest.approx(math.sqrt(12))
    with pytest.raises(ValueError, match="one reliability, or for iverson two"):
        reliable_change([0, 4], [0, 8], reliability=(0.5, 0.75))


def test_directions_and_counts() -> None:
    first = [10, 12, 8, 11, 9, 10, NAN, 10, 10]
    second = [20, 12, 1, 12, 9, 11, 5, NAN, 10]
    found = reliable_change(first, second, reliability=0.9)
    assert found.directions.tolist() == [
        "higher",
        "no change noted",
        "lower",
        *["no change noted"] * 3,
        "",
        "",
        "no change noted",
    ]
    assert (found.higher, found.lower, found.unchanged) == (1, 1, 5)
    assert found.index.reasons.tolist()[6:8] == ["no-answers-in-first", "no-answers-in-second"]
    assert found.raw.reasons.tolist() == found.index.reasons.tolist()
    assert found.index.n.tolist() == [2] * 6 + [1, 1, 2]
    wanted = share_interval(np.arange(7) < 1)
    assert found.share_higher == found.share_lower == wanted
    # exactly at the limit is not beyond it
    edge = reliable_change([0, 2], [1, 2], reliability=0.75, z=1.0)
    assert edge.standard_error.value == pytest.approx(1)
    exact = reliable_change([0, 2], [1, 2], reliability=0.75, z=edge.index.values[0])
    assert exact.directions[0] == "no change noted"
    fine = reliable_change([0, 2], [1, 2], reliability=0.75, z=edge.index.values[0] - 1e-9)
    assert fine.directions[0] == "higher"


def test_a_group_to_compare_with_sets_the_norms() -> None:
    found = reliable_change(
        [5.0], [9.0], method="chelune", reliability=0.75, compare=(FIRST, SECOND), z=1.5
    )
    # expected 5 + 2, error sqrt(2)
    assert found.index.values[0] == pytest.approx(2 / math.sqrt(2))
    assert found.index.method == "chelune, z = 1.5, norms of a group to compare with"
    assert found.critical.value == pytest.approx(1.5 * math.sqrt(2))
    assert found.slope.n == 3


def test_people_keep_their_names() -> None:
    first = pd.Series(FIRST, index=["p", "q", "r"])
    found = reliable_change(first, SECOND, reliability=0.75)
    assert found.raw.estimate("r").value == 2
    assert found.index.groups.tolist() == ["p", "q", "r"]


@pytest.mark.parametrize(
    ("first", "second", "reliability", "reason"),
    [
        ([], [], 0.8, "fewer-than-2-respondents"),
        ([1, 2], [NAN, 3], 0.8, "fewer-than-2-respondents"),
        ([2, 2, 2], [1, 2, 3], 0.8, "no-spread"),
        ([1, 2, 3], [1, 2, 4], 1.0, "no-error-variance"),
    ],
)
def test_no_norms_no_index(
    first: list[float], second: list[float], reliability: float, reason: str
) -> None:
    found = reliable_change(first, second, reliability=reliability)
    for estimate in (found.standard_error, found.critical, found.slope):
        assert estimate.absent == reason
    both = ~np.isnan(np.array(first, dtype=float)) & ~np.isnan(np.array(second, dtype=float))
    assert set(found.index.reasons[both]) <= {reason}
    assert np.isnan(found.index.values).all()
    assert (found.higher, found.lower, found.unchanged) == (0, 0, 0)
    assert set(found.directions.tolist()) <= {""}
    assert found.share_higher.absent == "no-answers"
    known = None if reason == "no-error-variance" else reason
    assert found.correlation.absent == known


def test_a_perfect_line_leaves_no_error_for_regression() -> None:
    found = reliable_change([1, 2, 3], [2, 4, 6], method="regression")
    assert found.slope.absent == "no-error-variance"
    assert found.correlation.value == pytest.approx(1)


def test_a_second_wave_without_spread() -> None:
    found = reliable_change([1, 2, 3], [2, 2, 2], reliability=0.75)
    np.testing.assert_allclose(found.index.values, np.array([1, 0, -1]) / math.sqrt(0.5))
    assert found.correlation.absent == "no-spread"
    assert (
        reliable_change([1, 2, 3], [2, 2, 2], method="regression").index.reasons.tolist()
        == ["no-error-variance"] * 3
    )


def test_what_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="method is one of jacobson-truax, iverson"):
        reliable_change(FIRST, SECOND, method="rci", reliability=0.8)
    for method in METHODS:
        if method != "regression":
            with pytest.raises(ValueError, match=f"{method} needs the reliability"):
                reliable_change(FIRST, SECOND, method=method)
    for reliability in (-0.1, 1.1, NAN):
        with pytest.raises(ValueError, match="reliability lies between 0 and 1"):
            reliable_change(FIRST, SECOND, reliability=reliability)
    with pytest.raises(ValueError, match="one score a person; 3 and 2"):
        reliable_change(FIRST, SECOND[:2], reliability=0.8)
    for z in (0.0, -1.0, math.inf):
        with pytest.raises(ValueError, match="z is a positive number"):
            reliable_change(FIRST, SECOND, reliability=0.8, z=z)
    with pytest.raises(ValueError, match="between 0 and 1"):
        reliable_change(FIRST, SECOND, reliability=0.8, confidence=95)
    with pytest.raises(ValueError, match="first must be numbers"):
        reliable_change(["a"], ["b"], reliability=0.8)


SCORES = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 5, 8, NAN]), st.sampled_from([1, 2, 3, 5, 8, NAN])),
    max_size=10,
)


@given(scores=SCORES, method=st.sampled_from(METHODS), turn=st.booleans())
@settings(derandomize=True)
def test_units_and_directions_do_not_matter(
    scores: list[tuple[float, float]], method: str, turn: bool
) -> None:
    first, second = np.array(scores, dtype=float).reshape(-1, 2).T
    factor = -3.0 if turn else 2.0
    one = reliable_change(first, second, method=method, reliability=0.8)
    two = reliable_change(10 + factor * first, 10 + factor * second, method=method, reliability=0.8)
    sign = np.sign(factor)
    np.testing.assert_allclose(two.index.values, sign * one.index.values, atol=1e-9)
    assert one.index.reasons.tolist() == two.index.reasons.tolist()
    counts = (one.higher, one.lower) if not turn else (one.lower, one.higher)
    assert (two.higher, two.lower, two.unchanged) == (*counts, one.unchanged)
    known = one.index.reasons == ""
    assert one.higher + one.lower + one.unchanged == known.sum()
    if known.any():
        assert two.critical.value == pytest.approx(abs(factor) * one.critical.value)
    if known.any() and method in ("chelune", "regression"):
        assert one.index.values[known].mean() == pytest.approx(0, abs=1e-9)


def test_the_smallest_change_that_can_be_told() -> None:
    found = smallest_detectable_change([2, 4, 6, NAN], 0.75, z=2.0)
    assert found.value == pytest.approx(2 * math.sqrt(2))
    assert (found.n, found.method) == (3, "smallest detectable change, z = 2")
    of_group = smallest_detectable_change([2, 4, 6], 0.75, people=9, z=2.0)
    assert of_group.value == pytest.approx(2 * math.sqrt(2) / 3)
    wide = smallest_detectable_change([2, 4, 6], 0.75, confidence=0.9)
    assert wide.value == pytest.approx(1.644854 * math.sqrt(2), abs=1e-5)
    assert smallest_detectable_change([2, 4], 1.0).value == 0
    assert smallest_detectable_change([2, NAN], 0.8).absent == "fewer-than-2-respondents"
    assert smallest_detectable_change([2, NAN], 0.8).n == 1
    assert smallest_detectable_change([2, 2], 0.8).absent == "no-spread"
    with pytest.raises(ValueError, match="people is 1 or more"):
        smallest_detectable_change([2, 4], 0.8, people=0)
    with pytest.raises(ValueError, match="reliability lies between 0 and 1"):
        smallest_detectable_change([2, 4], 2)


def test_hardly_any_error_is_none() -> None:
    scores = [0.0, 2.0, 4.0]
    # the error variance must pass 1e-12 of s1^2 + s2^2
    assert reliable_change(scores, scores, reliability=1 - 0.9e-12).slope.absent is not None
    assert reliable_change(scores, scores, reliability=1 - 1.1e-12).slope.absent is None
