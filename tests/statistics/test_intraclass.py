from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.intraclass import OneWay, icc_1, icc_k, one_way
from lcdiag.statistics.spread_of_f import spread_of_f

NAN = math.nan

SAMPLE = st.lists(
    st.tuples(st.sampled_from("abcd"), st.one_of(st.integers(1, 7), st.none())),
    min_size=1,
    max_size=30,
)


def test_by_hand() -> None:
    # a: 1 3, b: 5 7; grand mean 4; SSB = 2 x 4 + 2 x 4 = 16 (1 df), SSW = 4 x 1 = 4 (2 df)
    # MSB 16, MSW 2, F 8; ICC(1) = 14 / 18, ICC(k) = 14 / 16
    found = one_way([1, 3, 5, 7], list("aabb"))
    assert isinstance(found, OneWay)
    assert (found.ss_between, found.ss_within, found.f) == (16, 4, 8)
    assert icc_1([1, 3, 5, 7], list("aabb")).value == pytest.approx(14 / 18)
    assert icc_k([1, 3, 5, 7], list("aabb")).value == pytest.approx(14 / 16)


@given(sample=SAMPLE, size=st.sampled_from(["mean", "k0", "harmonic"]))
@settings(derandomize=True)
def test_icc_k_is_icc_1_stepped_up_by_the_same_size(
    sample: list[tuple[str, int | None]], size: str
) -> None:
    groups, values = [g for g, _ in sample], np.array([v for _, v in sample], dtype=float)
    one, mean = icc_1(values, groups, size=size), icc_k(values, groups)
    table = one_way(values, groups)
    if isinstance(table, str):
        assert one.absent == mean.absent == table
        return
    if mean.absent:
        assert table.ms_between == 0
        return
    m = table.size(size)
    assert m * one.value / (1 + (m - 1) * one.value) == pytest.approx(mean.value, abs=1e-8)
    assert mean.value <= 1
    if mean.low is not None:
        assert mean.low <= mean.value <= mean.high


@given(sample=SAMPLE)
@settings(derandomize=True)
def test_renaming_groups_shifting_and_stretching_change_nothing(
    sample: list[tuple[str, int | None]],
) -> None:
    groups, values = [g for g, _ in sample], np.array([v for _, v in sample], dtype=float)
    before = icc_1(values, groups)
    after = icc_1(3 * values - 50, [ord("z") - ord(g) for g in groups])
    assert (before.absent, before.n) == (after.absent, after.n)
    if before.value is not None:
        assert after.value == pytest.approx(before.value, abs=1e-9)


def test_negative_values_are_kept_or_set_to_zero_and_said() -> None:
    values, groups = [1, 7, 2, 6, 1, 6], list("aabbcc")
    kept, zero = icc_1(values, groups), icc_1(values, groups, negative="zero")
    assert kept.value < 0
    assert kept.method.endswith(", negative")
    assert (zero.value, zero.low) == (0.0, 0.0)
    assert zero.method.endswith(", negative set to 0")
    assert icc_k(values, groups, negative="zero").value == 0.0


def test_the_f_interval_holds_what_it_promises() -> None:
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(15), 6)
    hits = 0
    for _ in range(500):
        values = rng.normal(size=15)[groups] * 0.5 + rng.normal(size=90)
        found = icc_1(values, groups)
        hits += found.low <= 0.2 <= found.high
    assert 0.93 <= hits / 500 <= 0.97


@pytest.mark.parametrize(
    ("values", "groups", "one", "mean"),
    [
        ([], [], "no-answers", "no-answers"),
        ([NAN, NAN], ["a", "b"], "no-answers", "no-answers"),
        ([1, 2, 3], ["a", "a", "a"], "fewer-than-2-groups", "fewer-than-2-groups"),
        ([1, 2, NAN], ["a", "a", "b"], "fewer-than-2-groups", "fewer-than-2-groups"),
        ([1, 2], ["a", "b"], "no-group-with-2-answers", "no-group-with-2-answers"),
        ([4, 4, 4, 4], list("aabb"), "no-variance", "no-variance"),
        ([13 / 3] * 6, list("aabbcc"), "no-variance", "no-variance"),
        ([1, 3, 1, 3], list("aabb"), None, "no-variance-between-groups"),
        ([1], ["a"], "fewer-than-2-groups", "fewer-than-2-groups"),
    ],
)
def test_what_has_no_icc_says_why(
    values: list[float], groups: list[str], one: str | None, mean: str
) -> None:
    assert icc_1(values, groups).absent == one
    assert icc_k(values, groups).absent == mean


def test_groups_without_spread_inside_have_a_value_and_no_interval() -> None:
    found = icc_1([1, 1, 5, 5], list("aabb"))
    assert (found.value, found.low) == (1.0, None)


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(ValueError, match="infinite"):
        icc_1([1, math.inf], ["a", "b"])
    with pytest.raises(ValueError, match="'mean', 'k0', 'harmonic' or 'reml'"):
        icc_1([1, 2, 3, 5], list("aabb"), size="median")
    with pytest.raises(ValueError, match="'anova' or 'reml'"):
        icc_k([1, 2, 3, 5], list("aabb"), components="ml")
    for function in (icc_1, icc_k):
        with pytest.raises(ValueError, match="'keep' or 'zero'"):
            function([1, 2, 3, 5], list("aabb"), negative="absolute")


def groups_of(start: int, number: int, heavy: bool) -> tuple[np.ndarray, np.ndarray]:
    """Scores of groups of six that differ by normal or by very skewed effects."""
    rng = np.random.default_rng(start)
    group = np.repeat(np.arange(number), 6)
    effects = rng.chisquare(1, number) if heavy else rng.normal(size=number)
    return effects[group] + rng.normal(size=len(group)), group


def test_the_scale_of_f_is_its_spread_over_samples() -> None:
    found = [groups_of(start, 60, True) for start in range(1, 201)]
    tables = [one_way(*one) for one in found]
    logs = np.log([table.f for table in tables if isinstance(table, OneWay)])
    normal = 2 / 59 + 2 / 300
    told = np.median([spread_of_f(*one) for one in found])
    assert told == pytest.approx(logs.var(ddof=1) / normal, rel=0.3)
    assert told > 2


def test_for_normal_groups_the_scale_is_about_one_and_never_less() -> None:
    scales = [spread_of_f(*groups_of(start, 60, False)) for start in range(1, 101)]
    assert min(scales) == 1
    assert np.median(scales) == pytest.approx(1, abs=0.15)


def test_the_scale_by_leaving_out_each_group_by_hand() -> None:
    y, group = groups_of(3, 8, True)
    logs = []
    for left in range(8):
        table = one_way(y[group != left], group[group != left])
        assert isinstance(table, OneWay)
        assert table.f is not None
        logs.append(math.log(table.f))
    spread = 7 / 8 * np.sum((np.array(logs) - np.mean(logs)) ** 2)
    assert spread_of_f(y, group) == pytest.approx(max(1, spread / (2 / 7 + 2 / 40)))
    assert spread_of_f(y, group) > 1
    assert spread_of_f(1000 + 3 * y, group) == pytest.approx(spread_of_f(y, group))
    holes = np.append(y, math.nan)
    assert spread_of_f(holes, np.append(group, 99)) == pytest.approx(spread_of_f(y, group))


def test_few_groups_say_nothing_of_the_scale() -> None:
    y, group = groups_of(1, 3, True)
    assert spread_of_f(y, group) == 1
    y, group = groups_of(1, 4, True)
    assert spread_of_f(np.round(y * 0) + group, group) == 1
    assert spread_of_f(np.tile([1.0, 2.0], 12), group) == 1
    assert spread_of_f([], []) == 1
    assert spread_of_f([1, 2, 3, 4, 5], [1, 2, 3, 4, 4]) == 1


def test_the_scaled_interval_is_wider_and_says_so() -> None:
    y, group = groups_of(1, 40, True)
    for function, name in ((icc_1, "icc(1), size mean"), (icc_k, "icc(k)")):
        scaled, plain = function(y, group), function(y, group, interval="F")
        assert scaled.method == f"{name}, scaled F"
        assert plain.method == f"{name}, F"
        assert scaled.value == plain.value
        assert scaled.low < plain.low < plain.high < scaled.high  # type: ignore[operator]
        with pytest.raises(ValueError, match="'scaled' or 'F'"):
            function(y, group, interval="t")
