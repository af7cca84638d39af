from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lcdiag.statistics.discrepancy import polarisation, polarisation_by_group

NAN = math.nan
MEASURES = ("van-der-eijk", "variance", "leik", "esteban-ray", "sarle", "valley")


def spread_out(counts: list[int]) -> np.ndarray:
    return np.repeat(np.arange(1, len(counts) + 1), counts).astype(float)


def measured(counts: list[int], measure: str, **forks: float) -> float | None:
    return polarisation(spread_out(counts), (1, len(counts)), measure=measure, **forks).value


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ([9, 0, 0, 0, 0], (1, 0, 0, 0, 0)),
        ([5, 0, 0, 0, 5], (-1, 1, 1, 1, 0.5)),
        # variance 2 of at most 4; min(F, 1 - F) is .2 .4 .4 .2; mean distance 1.6 / 5 of 1/4 x 4
        ([2, 2, 2, 2, 2], (0, 0.5, 0.6, 0.32, 0)),
        # one layer in 2 of 5 options: 1 - 1/4
        ([0, 5, 5, 0, 0], (0.75, 1 / 16, 0.25, 0.25, 0)),
        # one layer, 2 triples for and 1 against: (3 x 2 - 4 x 1) / (3 x 3) x 3/4
        ([5, 0, 5, 0, 0], (1 / 6, 0.25, 0.5, 0.5, 0.5)),
        # layers of .2 in 4 options and .1 in 2: 4 x .2 x U (1 - 3/4) ...
        ([3, 2, 0, 2, 3], (None, None, None, None, 0.3)),
        ([3, 7], (0.4, 4 * 0.21, 0.6, None, 0)),
    ],
)
def test_measures_by_hand(counts: list[int], wanted: tuple[float | None, ...]) -> None:
    names = ("van-der-eijk", "variance", "leik", "esteban-ray", "valley")
    for name, value in zip(names, wanted, strict=True):
        if value is not None:
            assert measured(counts, name) == pytest.approx(value, abs=1e-12)


def test_van_der_eijk_in_layers_by_hand() -> None:
    # layers: .1 in all 7 options: 0 each; by hand for 3 2 0 2 3 of 10
    # .2 in options 1 2 4 5 (people .8): 110 and 011: (1,2,3) (3,4,5) = 2; 101: (1,3,4) (1,3,5)
    # (2,3,4) (2,3,5) = 4; U = (3 x 2 - 4 x 4) / (3 x 6) = -5/9, A = -5/9 x 1/4
    # .1 in options 1 and 5 (people .2): A = -1
    assert measured([3, 2, 0, 2, 3], "van-der-eijk") == pytest.approx(0.8 * -5 / 36 - 0.2)
    # the distribution that the program agrmt shows its measure with
    counts = [30, 40, 210, 130, 530, 50, 10]
    assert measured(counts, "van-der-eijk") == pytest.approx(0.6113333, abs=1e-7)


def test_esteban_and_ray_with_another_alpha() -> None:
    p = np.array([0.2, 0.3, 0.5])
    apart = np.abs(np.subtract.outer(np.arange(3), np.arange(3)))
    wanted = (p[:, None] ** 1.5 * p * apart).sum() / (2 * 0.5**1.5)
    assert measured([2, 3, 5], "esteban-ray", alpha=0.5) == pytest.approx(wanted)
    for alpha in (0.0, 1.7):
        with pytest.raises(ValueError, match="alpha is above 0 and at most"):
            measured([2, 3, 5], "esteban-ray", alpha=alpha)
    assert measured([2, 3, 5], "esteban-ray", alpha=1.6) is not None


def test_sarle_from_unbiased_moments() -> None:
    values = spread_out([3, 1, 0, 4, 7])
    n = len(values)
    g, k = stats.skew(values, bias=False), stats.kurtosis(values, bias=False)
    wanted = (g**2 + 1) / (k + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))
    assert measured([3, 1, 0, 4, 7], "sarle") == pytest.approx(wanted)
    # its weakness: one skewed hump looks as split as an even spread
    assert measured([80, 12, 5, 2, 1], "sarle") > 5 / 9
    assert measured([80, 12, 5, 2, 1], "valley") == 0
    few = polarisation([1, 2, 3], (1, 5), measure="sarle")
    assert (few.absent, few.n) == ("fewer-than-4-people", 3)
    assert polarisation([2] * 5, (1, 5), measure="sarle").absent == "no-spread"
    assert polarisation([1, 2, 3, 4], (1, 5), measure="sarle").value is not None


def test_groups_are_measured_one_by_one() -> None:
    values = [1, 1, 5, 5, NAN, 3, 3, 3, NAN]
    groups = list("bbbbbaaac")
    for measure in MEASURES:
        found = polarisation_by_group(values, groups, (1, 5), measure=measure)
        assert found.groups.tolist() == ["a", "b", "c"]
        assert found.n.tolist() == [3, 4, 0]
        alone = polarisation([1, 1, 5, 5], (1, 5), measure=measure).value
        assert found.values[1] == pytest.approx(alone)
        first = "fewer-than-4-people" if measure == "sarle" else ""
        assert found.reasons.tolist() == [first, "", "no-answers"]
        assert found.method == f"polarisation, {measure}"
    flat = polarisation_by_group([2] * 4, [1] * 4, (1, 5), measure="sarle")
    assert flat.reasons.tolist() == ["no-spread"]
    assert polarisation_by_group([], [], (1, 5)).values.shape == (0,)
    assert polarisation_by_group(values, groups, (1, 5)).values[1] == -1


def test_intervals_draw_people_or_communities() -> None:
    values, homes = spread_out([20, 10, 5, 10, 15]), np.arange(60) % 6
    plain = polarisation(values, (1, 5))
    assert (plain.method, plain.low, plain.n) == (
        "polarisation, van-der-eijk, no interval",
        None,
        60,
    )
    forks = {"measure": "variance", "resamples": 400, "bands": (0.5,)}
    people = polarisation(values, (1, 5), rng=np.random.default_rng(1), **forks)
    again = polarisation(values, (1, 5), rng=np.random.default_rng(1), **forks)
    assert people == again
    assert people.method == "polarisation, variance, bootstrap over people"
    assert people.low < people.bands[0].low < people.value < people.bands[0].high < people.high
    # the interval of a variance of many people, from its standard error
    error = np.sqrt(((4 * (values - values.mean()) ** 2 / 16 - people.value) ** 2).mean() / 60)
    assert people.high - people.low == pytest.approx(3.92 * error, rel=0.2)
    # communities of one mind each are drawn whole, so the interval is wider
    sorted_homes = np.arange(60) // 10
    wide = polarisation(values, (1, 5), cluster=sorted_homes, rng=np.random.default_rng(1), **forks)
    assert wide.method == "polarisation, variance, bootstrap over clusters"
    assert wide.value == people.value
    assert wide.high - wide.low > 1.5 * (people.high - people.low)
    mixed = polarisation(values, (1, 5), cluster=homes, rng=np.random.default_rng(1), **forks)
    assert mixed.high - mixed.low < people.high - people.low
    one = polarisation(values, (1, 5), cluster=["x"] * 60, rng=np.random.default_rng(1))
    assert (one.low, one.method) == (None, "polarisation, van-der-eijk, no interval")


def test_what_cannot_be_measured() -> None:
    assert polarisation([], (1, 5)).absent == "no-answers"
    assert polarisation([NAN, NAN], (1, 5), measure="sarle").absent == "no-answers"
    for values in ([0, 1], [5, 6], [1.5, 2]):
        with pytest.raises(ValueError, match="whole numbers from 1 to 5"):
            polarisation(values, (1, 5))
    with pytest.raises(ValueError, match="a lowest and a higher option"):
        polarisation([1], (1, 1))
    with pytest.raises(ValueError, match="measure is one of van-der-eijk, variance"):
        polarisation([1], (1, 5), measure="dip")
    with pytest.raises(ValueError, match="between 0 and 1"):
        polarisation([1], (1, 5), confidence=2)


@given(counts=st.lists(st.integers(0, 6), min_size=2, max_size=7), times=st.integers(2, 3))
@settings(derandomize=True)
def test_neither_direction_nor_number_of_people_matters(counts: list[int], times: int) -> None:
    for measure in MEASURES:
        one, back = measured(counts, measure), measured(counts[::-1], measure)
        if one is None:
            assert back is None
            continue
        assert back == pytest.approx(one, abs=1e-9)
        if measure == "sarle":  # its unbiased moments know how many people there are
            continue
        assert measured([times * one for one in counts], measure) == pytest.approx(one, abs=1e-9)
        low = -1 if measure == "van-der-eijk" else 0
        assert low - 1e-9 <= one <= 1 + 1e-9
        # empty options at one end leave the order of the answers as it was
        if measure == "valley":
            assert measured([0, *counts], measure) == pytest.approx(one)
