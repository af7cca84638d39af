from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.change import wave_difference


def test_everybody_in_both_waves_is_the_paired_t_interval() -> None:
    # changes 1 1 2: mean 4/3, s^2 = 1/3, error sqrt(1/9) = 1/3; t(2, .975) = 4.302653
    found = wave_difference([4, 5, 6], [5, 6, 8], first_ids=list("abc"), second_ids=list("abc"))
    assert found.value == pytest.approx(4 / 3)
    assert [found.low, found.high] == pytest.approx(
        [4 / 3 - 4.302653 / 3, 4 / 3 + 4.302653 / 3], abs=1e-6
    )
    assert (found.n, found.method) == (3, "partly overlapping t, 3 in both")


def test_nobody_in_both_waves_is_welch() -> None:
    # s^2 = 1 and 7/3, so 1/3 + 7/9 = 10/9, error 1.054093;
    # df = (10/9)^2 / ((1/9) / 2 + (49/81) / 2) = 1.234568 / .358025 = 3.448276
    found = wave_difference([4, 5, 6], [5, 6, 8], first_ids=list("abc"), second_ids=list("def"))
    from scipy.special import stdtrit

    half = stdtrit(3.448276, 0.975) * math.sqrt(10 / 9)
    assert [found.low, found.high] == pytest.approx([4 / 3 - half, 4 / 3 + half], abs=1e-5)
    assert found.n == 6


def test_partly_overlapping_by_hand() -> None:
    # first 2 4 6 (a b c), second 3 7 5 (b c d): means 4 and 5, both s^2 = 4;
    # linked b: 4 -> 3, c: 6 -> 7: r = 1 over two pairs
    # variance 4/3 + 4/3 - 2 x 1 x 2 x 2 x 2/9 = 8/3 - 16/9 = 8/9
    # Welch df = 4; df = (2 - 1) + (4 - 2 + 1) / 6 x 2 = 2; t(2, .975) = 4.302653
    found = wave_difference([2, 4, 6], [3, 7, 5], first_ids=list("abc"), second_ids=list("bcd"))
    half = 4.302653 * math.sqrt(8 / 9)
    assert found.value == pytest.approx(1.0)
    assert [found.low, found.high] == pytest.approx([1 - half, 1 + half], abs=1e-5)
    assert found.n == 4


def test_people_without_an_id_are_never_linked() -> None:
    blank = wave_difference(
        [4, 5, 6], [5, 6, 8], first_ids=["", None, math.nan], second_ids=[""] * 3
    )
    apart = wave_difference([4, 5, 6], [5, 6, 8], first_ids=list("abc"), second_ids=list("def"))
    assert (blank.low, blank.high) == (apart.low, apart.high)


def test_ids_of_a_data_frame_may_be_missing() -> None:
    ids = pd.Series(["a", None, "c"], dtype="string")
    found = wave_difference([4, 5, 6], [5, 6, 8], first_ids=ids, second_ids=ids)
    assert found.method == "partly overlapping t, 2 in both"


def test_limits_stay_within_what_the_scale_allows() -> None:
    found = wave_difference(
        [1, 7], [7, 1], first_ids=list("ab"), second_ids=list("cd"), bounds=(1, 7)
    )
    assert (found.low, found.high) == (-6, 6)


def test_what_no_interval_can_be_told_of_has_a_value_alone() -> None:
    for first, second in (([5], [6, 7]), ([5, 5], [6, 6]), ([4, 5], [5, 6])):
        found = wave_difference(
            first, second, first_ids=list("ab")[: len(first)], second_ids=list("ab")
        )
        assert found.value is not None
        assert found.low is None


def test_an_empty_wave_is_absent() -> None:
    found = wave_difference([], [5.0], first_ids=[], second_ids=["a"])
    assert found.absent == "no-answers-in-first"
    found = wave_difference([5.0], [math.nan], first_ids=["a"], second_ids=["a"])
    assert found.absent == "no-answers-in-second"


def test_an_id_twice_in_a_wave_is_refused() -> None:
    with pytest.raises(ValueError, match="once in a wave"):
        wave_difference([1, 2], [3], first_ids=["a", "a"], second_ids=["b"])
    with pytest.raises(ValueError, match="one id a value"):
        wave_difference([1, 2], [3], first_ids=["a"], second_ids=["b"])


@given(
    data=st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=3, max_size=12),
    linked=st.integers(0, 12),
)
@settings(derandomize=True)
def test_swapping_the_waves_turns_the_sign_and_nothing_else(
    data: list[tuple[int, int]], linked: int
) -> None:
    first, second = np.array(data, dtype=float).T
    ids = [str(i) for i in range(len(data))]
    others = [one if i < linked else f"new {one}" for i, one in enumerate(ids)]
    ahead = wave_difference(first, second, first_ids=ids, second_ids=others)
    back = wave_difference(second, first, first_ids=others, second_ids=ids)
    assert back.value == pytest.approx(-ahead.value)
    assert (ahead.low is None) == (back.low is None)
    if ahead.low is not None and ahead.high is not None:
        assert [back.low, back.high] == pytest.approx([-ahead.high, -ahead.low], abs=1e-9)


def test_linked_people_make_a_difference_surer_but_not_too_sure() -> None:
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(600):
        person = rng.normal(4, 1, 15)
        first = person[:10] + rng.normal(0, 0.5, 10)
        second = person[5:] + 0.5 + rng.normal(0, 0.5, 10)
        found = wave_difference(first, second, first_ids=np.arange(10), second_ids=np.arange(5, 15))
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= 0.5 <= found.high
    assert 0.92 <= hits / 600 <= 0.98
