from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lcdiag.statistics.change import composition_change
from lcdiag.statistics.linked_waves import answers_with_ids, linked_rows
from lcdiag.statistics.means import mean_interval

NAN = math.nan


def test_parts_by_hand() -> None:
    # a 2 -> 3, b 4 -> 7 stay; c 6 and d 9 leave; e 1 comes
    found = composition_change(
        [2, 4, 6, 9], [3, 7, 1], first_ids=list("abcd"), second_ids=list("abe")
    )
    # first 21/4, second 11/3; S1 3, S2 5, L 7.5, C 1; leavers 2 of 4, newcomers 1 of 3
    assert found.total.value == pytest.approx(11 / 3 - 21 / 4)
    assert found.within.value == pytest.approx(2)
    assert found.came.value == pytest.approx((1 - 5) / 3)
    assert found.left.value == pytest.approx(-(7.5 - 3) / 2)
    assert found.composition.value == pytest.approx(-4 / 3 - 2.25)
    assert (found.composition.n, found.composition.method) == (3, "came + left")
    means = (found.stayed_first, found.stayed_second, found.leavers, found.newcomers)
    assert [one.value for one in means] == [3, 5, 7.5, 1]
    assert [one.n for one in means] == [2, 2, 2, 1]
    assert found.total.n == 5
    assert found.total.method == "second - first, 2 stayed, 2 left, 1 came"
    assert found.total.low is None
    assert found.within == mean_interval([1, 3])
    assert found.unlinked == 0
    # one newcomer has no spread
    assert found.came.low is None
    assert (found.came.n, found.came.method) == (1, "came, Welch")
    # leavers 6, 9: s^2 = 4.5; stayed 2, 4: s^2 = 2; the share is 1/2
    error = math.sqrt(4.5 / 2 + 2 / 2)
    df = 3.25**2 / (2.25**2 + 1)
    half = stats.t.ppf(0.975, df) * error / 2
    assert [found.left.low, found.left.high] == pytest.approx([-2.25 - half, -2.25 + half])
    assert (found.left.n, found.left.method) == (2, "left, Welch")
    assert [band.confidence for band in found.left.bands] == [0.5, 0.9, 0.95]


def test_the_interval_of_newcomers_is_welch_with_their_share() -> None:
    second = [3.0, 7, 1, 2, 6, 1]
    found = composition_change(
        [2, 4, 3], second, first_ids=list("abx"), second_ids=["a", "b", "x", *"efg"]
    )
    # stayed 3 7 1, came 2 6 1 in half of the second wave
    welch = stats.ttest_ind([2, 6, 1], [3, 7, 1], equal_var=False).confidence_interval(0.95)
    assert [found.came.low, found.came.high] == pytest.approx([welch.low / 2, welch.high / 2])
    more = composition_change(
        [2, 4], [3.0, 7, 1, 2, 6, 1, 9], first_ids=list("ab"), second_ids=[*"ab", *"efgij"]
    )
    welch = stats.ttest_ind([1, 2, 6, 1, 9], [3, 7], equal_var=False).confidence_interval(0.9)
    wide = composition_change(
        [2, 4],
        [3.0, 7, 1, 2, 6, 1, 9],
        first_ids=list("ab"),
        second_ids=[*"ab", *"efgij"],
        confidence=0.9,
    )
    assert [wide.came.low, wide.came.high] == pytest.approx([welch.low * 5 / 7, welch.high * 5 / 7])
    assert more.came.low < wide.came.low


def test_nobody_left_and_nobody_came() -> None:
    found = composition_change([1, 2], [3, 3], first_ids=[1, 2], second_ids=[2, 1])
    assert found.total.value == found.within.value == pytest.approx(1.5)
    for part, name in ((found.came, "came"), (found.left, "left")):
        assert (part.value, part.n, part.method) == (0, 0, f"{name}, nobody")
    assert found.leavers.absent == found.newcomers.absent == "no-answers"
    assert found.composition.value == 0


def test_nobody_stayed() -> None:
    found = composition_change([1, 2], [3], first_ids=list("ab"), second_ids=list("c"))
    for part in (found.total, found.within, found.came, found.left, found.composition):
        assert (part.absent, part.n) == ("nobody-stayed", 3)
    assert found.leavers.value == 1.5
    assert found.newcomers.value == 3
    assert found.stayed_first.absent == "no-answers"
    nothing = composition_change([], [], first_ids=[], second_ids=[])
    assert (nothing.total.absent, nothing.total.n) == ("nobody-stayed", 0)


def test_answers_without_an_id_are_left_out_and_counted() -> None:
    found = composition_change(
        [1, 2, 100, NAN], [3, 50, 50], first_ids=["a", "b", None, "c"], second_ids=["a", "", NAN]
    )
    assert found.unlinked == 3
    assert found.total.value == pytest.approx(3 - 1.5)
    assert found.total.method == "second - first, 1 stayed, 1 left, 0 came"


def test_parts_without_spread_have_no_interval() -> None:
    found = composition_change(
        [1, 1, 2, 2], [1, 1, 2, 2], first_ids=list("abcd"), second_ids=list("abef")
    )
    assert found.left.value == pytest.approx(-0.5)
    assert found.came.value == pytest.approx(0.5)
    assert found.left.low is None
    assert found.came.low is None


def test_ids_and_rows() -> None:
    values, ids = answers_with_ids([1, NAN, 3], ["a", "b", None], "first")
    assert values.tolist() == [1, 3]
    assert ids.tolist() == ["a", ""]
    with pytest.raises(ValueError, match="one occurs twice in second_ids"):
        answers_with_ids([1, 2], ["a", "a"], "second")
    with pytest.raises(ValueError, match="first_ids must have one id a value, 2 in all"):
        answers_with_ids([1, 2], ["a"], "first")
    first, second = np.array(["", "a", "b"], dtype=object), np.array(["b", "", "a"], dtype=object)
    rows = linked_rows(first, second)
    assert [part.tolist() for part in rows] == [[1, 2], [2, 0]]


PERSON = st.tuples(st.sampled_from([1, 2, 5, 7, NAN]), st.integers(0, 9))


@given(
    first=st.lists(PERSON, max_size=8, unique_by=lambda one: one[1]),
    second=st.lists(PERSON, max_size=8, unique_by=lambda one: one[1]),
)
@settings(derandomize=True)
def test_the_parts_add_up_exactly(
    first: list[tuple[float, int]], second: list[tuple[float, int]]
) -> None:
    (x, a), (y, b) = (np.array(one, dtype=float).reshape(-1, 2).T for one in (first, second))
    found = composition_change(x, y, first_ids=a, second_ids=b)
    if found.total.value is None:
        return
    parts = found.within.value + found.came.value + found.left.value
    assert found.total.value == pytest.approx(parts, abs=1e-12)
    assert found.total.value == pytest.approx(np.nanmean(y) - np.nanmean(x))
    back = composition_change(y, x, first_ids=b, second_ids=a)
    assert back.within.value == pytest.approx(-found.within.value)
    assert back.came.value == pytest.approx(-found.left.value)
    assert back.left.value == pytest.approx(-found.came.value)


def test_nan_among_words_is_nobody_and_no_word() -> None:
    values, ids = answers_with_ids([1, 2], ["a", NAN], "first")
    assert (values.tolist(), ids.tolist()) == ([1, 2], ["a", ""])
    with pytest.raises(ValueError, match="received a missing one"):
        mean_interval([1, 2], cluster=["a", NAN])
