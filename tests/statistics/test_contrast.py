from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, stdtrit
from scipy.stats import brunnermunzel, ttest_ind

from lcdiag.statistics.contrast import Contrasts, contrasts
from lcdiag.statistics.means import mean_difference
from lcdiag.statistics.resample import permutation_test

RNG = np.random.default_rng(7)
Y = RNG.integers(1, 8, 70).astype(float)
Y[[3, 40]] = np.nan
UNIT = RNG.choice(["north", "east", "west"], 70, p=[0.2, 0.3, 0.5])
COMMUNITY = RNG.integers(0, 8, 70)
MEASURES = ("difference", "standardised", "common_language", "p", "adjusted")


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def of(unit: str) -> np.ndarray:
    mine = Y[unit == UNIT]
    return mine[~np.isnan(mine)]


def test_rows_stand_in_the_order_of_the_labels() -> None:
    found = contrasts(Y, UNIT)
    assert len(found) == 3
    assert list(zip(found.one, found.other, strict=True)) == [
        ("east", "north"),
        ("east", "west"),
        ("north", "west"),
    ]
    assert found.n_one.tolist() == [len(of("east")), len(of("east")), len(of("north"))]
    assert found.n_other.tolist() == [len(of("north")), len(of("west")), len(of("west"))]
    rest = contrasts(Y, UNIT, against="rest")
    assert rest.one.tolist() == ["east", "north", "west"]
    assert set(rest.other) == {"rest"}
    assert (rest.n_one + rest.n_other).tolist() == [68, 68, 68]
    assert np.asarray(found).tolist() == found.difference.values.tolist()
    assert np.asarray(found, dtype=np.float32).dtype == np.float32
    assert np.asarray(found.difference, dtype=np.float32).dtype == np.float32


@pytest.mark.parametrize("against", ["pairs", "rest"])
def test_each_row_is_what_pingouin_and_scipy_say_of_it(against: Any) -> None:
    found = contrasts(Y, UNIT, against=against, bands=(0.5,))
    for row, (one, other) in enumerate(zip(found.one, found.other, strict=True)):
        a = of(one)
        mine = one != UNIT if other == "rest" else other == UNIT
        b = Y[mine & ~np.isnan(Y)]
        peer = ttest_ind(a, b, equal_var=False)
        limits = peer.confidence_interval(0.95)
        assert found.difference.values[row] == pytest.approx(a.mean() - b.mean())
        assert (found.t[row], found.freedom[row], found.p[row]) == pytest.approx(
            (peer.statistic, peer.df, peer.pvalue)
        )
        cell = found.estimate(one, other)
        assert (cell.low, cell.high) == pytest.approx((limits.low, limits.high))
        assert (cell.n, cell.method, cell.confidence) == (len(a) + len(b), "welch", 0.95)
        half = peer.confidence_interval(0.5)
        assert (cell.bands[0].confidence, cell.bands[0].low) == pytest.approx((0.5, half.low))
        g = pingouin.compute_effsize(a, b, eftype="hedges")
        ends = pingouin.compute_esci(g, len(a), len(b), eftype="g", decimals=9)
        size = found.estimate(one, other, "standardised")
        assert [size.value, size.low, size.high] == pytest.approx([g, *ends], abs=1e-8)
        assert size.method == "hedges, t"
        chance = found.estimate(one, other, "common_language")
        assert chance.value == pytest.approx(pingouin.compute_effsize(a, b, eftype="cles"))
        assert chance.method == "logit of brunner-munzel"
        middle = np.log(chance.value / (1 - chance.value))
        # the statistic of Brunner and Munzel is (1/2 - chance) / error
        w = brunnermunzel(a, b).statistic
        error = (0.5 - chance.value) / w / (chance.value * (1 - chance.value))
        slope = (np.log(chance.high / (1 - chance.high)) - middle) / error
        below = np.array([np.mean(b < one_) + np.mean(b == one_) / 2 for one_ in a])
        above = np.array([np.mean(a < one_) + np.mean(a == one_) / 2 for one_ in b])
        v, w = below.var(ddof=1) / len(a), above.var(ddof=1) / len(b)
        freedom = (v + w) ** 2 / (v**2 / (len(a) - 1) + w**2 / (len(b) - 1))
        assert slope == pytest.approx(stdtrit(freedom, 0.975))
        assert chance.low == pytest.approx(expit(middle - slope * error))
        assert found.estimate(one, other, "p").value == found.p[row]
    for correction, name in (("fdr", "fdr_bh"), ("holm", "holm"), ("none", "none")):
        adjusted = contrasts(Y, UNIT, against=against, correction=correction)
        wanted = pingouin.multicomp(found.p, method=name)[1]
        assert adjusted.adjusted == pytest.approx(wanted)
        assert adjusted.estimate(one, other, "adjusted").method == f"welch, {correction}"
        assert adjusted.correction == correction


def test_defaults_are_pairs_welch_fdr_hedges() -> None:
    plain = contrasts(Y, UNIT).to_frame()
    asked = contrasts(
        Y, UNIT, against="pairs", test="welch", correction="fdr", effect="hedges", confidence=0.95
    )
    assert plain.equals(asked.to_frame())
    assert list(plain.columns) == [
        "one", "other", "n_one", "n_other", "difference", "difference_low", "difference_high",
        "standardised", "standardised_low", "standardised_high", "common_language",
        "common_language_low", "common_language_high", "t", "freedom", "p", "adjusted", "absent",
    ]  # fmt: skip
    assert set(plain["absent"]) == {""}
    cohen = contrasts(Y, UNIT, effect="cohen")
    n = cohen.n_one + cohen.n_other
    ratio = contrasts(Y, UNIT).standardised.values / cohen.standardised.values
    assert ratio == pytest.approx(1 - 3 / (4 * n - 9))
    assert cohen.standardised.method == "cohen, t"


def test_adjusted_by_hand() -> None:
    # p .01 .02 .03: Benjamini and Hochberg 3 x .01, 3/2 x .02, .03 = .03 .03 .03;
    # Holm 3 x .01, then 2 x .02, then at least the one before
    found = contrasts(Y, UNIT)
    p = np.sort(found.p)
    fdr, holm = (np.sort(contrasts(Y, UNIT, correction=c).adjusted) for c in ("fdr", "holm"))
    assert fdr[2] == p[2]
    assert fdr[1] == pytest.approx(min(1.5 * p[1], p[2]))
    assert fdr[0] == pytest.approx(min(3 * p[0], fdr[1]))
    assert holm[0] == pytest.approx(min(1, 3 * p[0]))
    assert holm[1] == pytest.approx(min(1, max(holm[0], 2 * p[1])))


def test_clusters_change_the_error_and_leave_common_language_without_limits() -> None:
    plain, found = contrasts(Y, UNIT), contrasts(Y, UNIT, cluster=COMMUNITY)
    assert np.asarray(found) == pytest.approx(np.asarray(plain))
    cell = found.estimate("east", "west")
    same = mean_difference(Y, UNIT, "east", "west", cluster=COMMUNITY)
    assert (cell.low, cell.high) == pytest.approx((same.low, same.high))
    assert cell.method == "t, cluster-robust"
    assert found.test == "t, cluster-robust"
    assert not np.isclose(found.p, plain.p).any()
    chance = found.estimate("east", "west", "common_language")
    assert chance.value == plain.estimate("east", "west", "common_language").value
    assert (chance.low, chance.method) == (None, "people in clusters, no interval")
    # the interval of the effect: robust error over the pooled deviation, and the error of that
    size = found.estimate("east", "west", "standardised")
    assert size.value == plain.estimate("east", "west", "standardised").value
    assert size.method == "hedges, t, cluster-robust"
    row = found.position("east", "west")
    d = contrasts(Y, UNIT, effect="cohen").standardised.values[row]
    pooled = found.difference.values[row] / d
    error = found.difference.values[row] / found.t[row]
    half = stdtrit(found.freedom[row], 0.975) * np.sqrt(
        (error / pooled) ** 2 + size.value**2 / (2 * cell.n)
    )
    assert (size.low, size.high) == pytest.approx((size.value - half, size.value + half))


def test_one_community_a_person_is_no_community() -> None:
    found = contrasts(Y, UNIT, cluster=np.arange(70), against="rest")
    assert found.t == pytest.approx(contrasts(Y, UNIT, against="rest").t)


def welch(values: Any, labels: Any) -> float:
    return float(ttest_ind(values[labels == 1], values[labels == 0], equal_var=False).statistic)


def gap(values: Any, labels: Any) -> float:
    return float(values[labels == 1].mean() - values[labels == 0].mean())


def test_permutations_shuffle_welchs_t_of_the_two_units() -> None:
    forks: dict[str, Any] = {"test": "permutation", "permutations": 199}
    found = contrasts(Y, UNIT, rng=rng(), **forks)
    source = rng()
    wanted = []
    for one, other in (("east", "north"), ("east", "west"), ("north", "west")):
        mine = np.isin(UNIT, [one, other]) & ~np.isnan(Y)
        p = permutation_test(welch, Y[mine], one == UNIT[mine], rng=source, permutations=199)
        wanted.append(p.value)
    assert found.p.tolist() == wanted
    assert found.test == "permutation, 199 draws"
    assert found.estimate("east", "west", "p").method == "permutation, 199 draws"
    plain = contrasts(Y, UNIT).difference.limits[0]
    assert found.difference.limits[0][1].tolist() == plain[1].tolist()


def test_permutations_hold_units_that_differ_in_spread() -> None:
    source = np.random.default_rng(4)
    sizes = [3, 4, 6, 9]
    units = np.repeat(np.arange(4), sizes)
    values = source.exponential(1 + 3.0 * units) + 2
    found = contrasts(values, units, test="permutation", rng=rng(), permutations=999)
    source, wanted = rng(), []
    for one, other in zip(found.one, found.other, strict=True):
        mine = (units == one) | (units == other)
        p = permutation_test(welch, values[mine], one == units[mine], rng=source, permutations=999)
        wanted.append(p.value)
    assert found.p == pytest.approx(wanted, abs=0.0015)


def test_labels_that_part_values_without_spread_are_far_out() -> None:
    values = np.repeat([1.0, 2.0, 2.0, 2.0], [4, 1, 1, 2]) + np.array([0.01] + [0.0] * 7)
    found = contrasts(
        values, np.repeat(["a", "b"], 4), test="permutation", rng=rng(), permutations=999
    )
    # 2 of the 70 orders
    assert found.p[0] == pytest.approx(2 / 70, abs=0.015)


def test_permutations_of_people_in_clusters() -> None:
    forks: dict[str, Any] = {"test": "permutation", "permutations": 99, "against": "rest"}
    found = contrasts(Y, UNIT, rng=rng(), cluster=COMMUNITY, **forks)
    held = ~np.isnan(Y)
    source = rng()
    wanted = [
        permutation_test(
            gap, Y[held], unit == UNIT[held], rng=source, strata=COMMUNITY[held], permutations=99
        ).value
        for unit in ("east", "north", "west")
    ]
    assert found.p.tolist() == wanted
    # communities that hold people of one unit only move whole: 3 + 3 of 6 have 20 orders
    values = np.repeat([1.0, 2.0, 4.0, 8.0, 16.0, 32.0], 3) + np.tile([0.0, 0.1, 0.2], 6)
    whole = contrasts(
        values,
        np.repeat(["a", "b"], 9),
        cluster=np.repeat(np.arange(6), 3),
        test="permutation",
        rng=rng(),
    )
    assert whole.p[0] == pytest.approx(0.1, abs=0.01)


def test_what_cannot_be_told_says_why() -> None:
    values = [1.0, 2.0, 3.0, 5.0, 5.0, 5.0, 5.0, np.nan]
    units = ["a", "a", "a", "b", "c", "c", "d", "e"]
    found = contrasts(values, units)
    reasons = dict(zip(zip(found.one, found.other, strict=True), found.reasons, strict=True))
    assert reasons[("a", "b")] == "fewer-than-2-answers"
    assert reasons[("a", "c")] == ""
    assert reasons[("a", "e")] == "no-answers"
    assert reasons[("b", "d")] == "fewer-than-2-answers"
    value = found.estimate("a", "b")
    assert (value.value, value.low, value.method) == (-3.0, None, "welch, no interval")
    assert found.estimate("a", "b", "p").absent == "fewer-than-2-answers"
    assert found.estimate("a", "b", "p").n == 4
    assert found.estimate("a", "b", "adjusted").absent == "fewer-than-2-answers"
    assert found.estimate("a", "b", "common_language").value == 0.0
    assert found.estimate("a", "c", "common_language").low is None
    # two of the three have a spread: pooled it is 1 over 2
    assert found.estimate("a", "b", "standardised").value == pytest.approx(-3 * (1 - 3 / 7))
    assert found.estimate("b", "d", "standardised").absent == "fewer-than-3-answers"
    assert found.estimate("b", "d", "standardised").method == "hedges, t"
    assert found.estimate("b", "c", "standardised").absent == "no-spread"
    for measure in MEASURES:
        assert found.estimate("a", "e", measure).absent == "no-answers"
        assert found.estimate("a", "e", measure).n == 3
    assert np.isnan(found.p[found.position("a", "b")])
    # a p that is absent does not count among the tests
    known = found.p[~np.isnan(found.p)]
    assert len(known) == 1
    assert found.adjusted[found.position("a", "c")] == known[0]
    flat = contrasts([3.0, 3, 3, 3], ["a", "a", "b", "b"])
    assert flat.reasons == ("no-spread",)
    assert flat.estimate("a", "b").value == 0.0
    assert flat.estimate("a", "b", "common_language").value == 0.5
    one = contrasts([1.0, 2, 3, 4], ["a", "a", "b", "b"], cluster=[0, 0, 0, 1])
    assert one.reasons == ("fewer-than-2-clusters",)
    assert one.estimate("a", "b", "standardised").low is None
    same = contrasts([1.0, 1, 3, 3], ["a", "a", "b", "b"], cluster=[0, 1, 0, 1])
    assert same.reasons == ("no-spread",)


def test_rounding_is_no_spread_and_makes_no_order() -> None:
    third = [13 / 3, 1 / 3 + 4, (6 + 7) / 3, 4 + 1 - 2 / 3]
    for against in ("pairs", "rest"):
        for cluster in (None, [0, 1, 0, 1]):
            found = contrasts(third, ["a", "a", "b", "b"], against=against, cluster=cluster)
            assert set(found.reasons) == {"no-spread"}
            assert found.common_language.values == pytest.approx(0.5)


def test_a_far_off_mean_costs_no_spread() -> None:
    near, far = contrasts(Y, UNIT, against="rest"), contrasts(Y + 1e8, UNIT, against="rest")
    assert far.reasons == ("", "", "")
    assert far.t == pytest.approx(near.t, rel=1e-6)
    robust = contrasts(Y + 1e8, UNIT, against="rest", cluster=COMMUNITY)
    assert robust.t == pytest.approx(
        contrasts(Y, UNIT, against="rest", cluster=COMMUNITY).t, rel=1e-6
    )


ANSWERS = st.lists(
    st.tuples(st.one_of(st.integers(1, 7), st.none()), st.integers(0, 3), st.integers(0, 3)),
    max_size=24,
)


@given(rows=ANSWERS, clustered=st.booleans(), rest=st.booleans())
@settings(derandomize=True)
def test_any_answers_give_numbers_in_order_or_reasons(
    rows: list[tuple[int | None, int, int]], clustered: bool, rest: bool
) -> None:
    found = both(rows, clustered, rest)
    for one, other, reason in zip(found.one, found.other, found.reasons, strict=True):
        for measure in MEASURES:
            cell = found.estimate(one, other, measure)
            assert cell.absent != ""
            if cell.low is not None:
                assert cell.low <= cell.value <= cell.high
        assert (found.estimate(one, other, "p").absent or "") == reason
        chance = found.estimate(one, other, "common_language").value
        assert chance is None or 0 <= chance <= 1
    known = ~np.isnan(found.p)
    assert (found.adjusted[known] >= found.p[known]).all()
    assert (found.adjusted[known] <= 1).all()


def both(rows: list[tuple[int | None, int, int]], clustered: bool, rest: bool) -> Contrasts:
    values = np.array([np.nan if one is None else float(one) for one, _, _ in rows])
    units = np.array([unit for _, unit, _ in rows], dtype=int)
    cluster = np.array([place for _, _, place in rows], dtype=int) if clustered else None
    return contrasts(values, units, against="rest" if rest else "pairs", cluster=cluster)


@given(rows=ANSWERS, clustered=st.booleans())
@settings(derandomize=True)
def test_turning_the_scale_turns_the_differences(
    rows: list[tuple[int | None, int, int]], clustered: bool
) -> None:
    ahead = both(rows, clustered, False)
    turned = [(None if one is None else 8 - one, unit, place) for one, unit, place in rows]
    behind = both(turned, clustered, False)
    assert behind.reasons == ahead.reasons
    np.testing.assert_allclose(behind.p, ahead.p, rtol=1e-7)
    np.testing.assert_allclose(behind.difference, -ahead.difference.values, atol=1e-12)
    np.testing.assert_allclose(behind.standardised, -ahead.standardised.values, atol=1e-9)
    np.testing.assert_allclose(behind.common_language, 1 - ahead.common_language.values, atol=1e-12)


def test_two_units_against_the_rest_are_a_pair() -> None:
    two = np.where(UNIT == "east", "east", "elsewhere")
    for forks in ({}, {"cluster": COMMUNITY}):
        pair, rest = contrasts(Y, two, **forks), contrasts(Y, two, against="rest", **forks)
        for name in ("t", "freedom", "p"):
            assert getattr(rest, name)[0] == pytest.approx(getattr(pair, name)[0])
        assert rest.t[1] == pytest.approx(-pair.t[0])
        assert rest.common_language.values[0] == pytest.approx(pair.common_language.values[0])


def test_many_people_are_taken_a_few_values_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from lcdiag.statistics import contrast_common_language, contrast_differences

    whole = contrasts(Y, UNIT, cluster=COMMUNITY).to_frame()
    plain = contrasts(Y, UNIT).common_language.limits[0]
    monkeypatch.setattr(contrast_common_language, "_NUMBERS_AT_ONCE", 12)
    monkeypatch.setattr(contrast_differences, "_NUMBERS_AT_ONCE", 8)
    parts = contrasts(Y, UNIT, cluster=COMMUNITY).to_frame()
    for name in ("t", "freedom", "common_language"):
        assert parts[name].tolist() == pytest.approx(whole[name].tolist())
    assert contrasts(Y, UNIT).common_language.limits[0][1] == pytest.approx(plain[1])


def test_contrasts_refuse_what_they_cannot_do() -> None:
    for forks, rule in (
        ({"against": "mean"}, "against is one of pairs, rest; received 'mean'"),
        ({"test": "t"}, "test is one of welch, permutation; received 't'"),
        ({"correction": "bonf"}, "correction is one of fdr, holm, none; received 'bonf'"),
        ({"effect": "r"}, "effect is one of hedges, cohen; received 'r'"),
        ({"test": "permutation"}, "a permutation test needs rng"),
        ({"confidence": 0.0}, "between 0 and 1"),
        ({"cluster": [1]}, "one label a row"),
    ):
        with pytest.raises(ValueError, match=rule):
            contrasts(Y, UNIT, **forks)
    with pytest.raises(ValueError, match="numbers"):
        contrasts(["a"], ["a"])
    with pytest.raises(ValueError, match="finite"):
        contrasts([np.inf], ["a"])
    with pytest.raises(ValueError, match="633 units make too many pairs; ask for against='rest'"):
        contrasts(np.ones(633), np.arange(633))
    found = contrasts(Y, UNIT)
    with pytest.raises(KeyError, match="no contrast of 'west' with 'east'"):
        found.estimate("west", "east")
    with pytest.raises(KeyError, match="with 'rest'"):
        found.position("west")
    rule = (
        "measure is 'difference', 'standardised', 'common_language', 'p' or 'adjusted'; "
        "received 'd'"
    )
    with pytest.raises(ValueError, match=f"^{rule}$"):
        found.estimate("east", "west", "d")


def test_the_difference_of_two_units_by_hand() -> None:
    # a: 4 6, b: 1 2 3; s^2 / n: 2/2 = 1 and 1/3; error sqrt(4/3); freedom (4/3)^2 / (1 + 1/18)
    values, units = [4, 6, 1, 2, 3, 9, None], ["a", "a", "b", "b", "b", "c", "b"]
    found = mean_difference(values, units, "a", "b")
    half = stdtrit(16 / 9 / (1 + 1 / 18), 0.975) * (4 / 3) ** 0.5
    assert [found.value, found.low, found.high] == pytest.approx([3, 3 - half, 3 + half])
    assert (found.n, found.method) == (5, "welch")
    assert [band.confidence for band in found.bands] == [0.5, 0.9, 0.95]
    back = mean_difference(values, units, "b", "a", confidence=0.9, bands=())
    assert (back.value, back.confidence, back.bands) == (-3, 0.9, ())
    cut = mean_difference(values, units, "a", "b", bounds=(1, 7), confidence=0.999)
    assert (cut.low, cut.high) == (-6, 6)


def test_people_of_both_units_in_a_community_cancel_what_they_share() -> None:
    # communities far apart, with one of either unit in each: the difference is 1 in all but a bit
    community = np.repeat(np.arange(6), 2)
    values = 10.0 * community + np.tile([0.0, 1.0], 6) + 0.1 * np.sin(np.arange(12))
    units = np.tile(["a", "b"], 6)
    alone = mean_difference(values, units, "b", "a")
    found = mean_difference(values, units, "b", "a", cluster=community)
    assert alone.low < -10
    paired = values[1::2] - values[::2]
    half = stdtrit(5, 0.975) * paired.std(ddof=1) / 6**0.5
    assert (found.low, found.high) == pytest.approx((paired.mean() - half, paired.mean() + half))
    assert found.method == "t, cluster-robust"


def test_a_difference_without_an_interval_says_why() -> None:
    one = mean_difference([1, 2, 3], ["a", "a", "b"], "a", "b")
    assert (one.value, one.low, one.method) == (-1.5, None, "welch, fewer-than-2-answers")
    few = mean_difference([1, 2, 3, 4], [0, 0, 1, 1], 0, 1, cluster=[0, 0, 0, 1])
    assert (few.value, few.method) == (-2.0, "t, cluster-robust, fewer-than-2-clusters")
    flat = mean_difference([1, 1, 3, 3], [0, 0, 1, 1], 0, 1)
    assert (flat.low, flat.method) == (None, "welch, no-spread")
    gone = mean_difference([1, 2, np.nan], ["a", "a", "b"], "a", "b", cluster=[1, 2, 3])
    assert (gone.absent, gone.n, gone.method) == ("no-answers", 2, "t, cluster-robust")
    with pytest.raises(KeyError, match="no group 'x'"):
        mean_difference([1, 2], ["a", "b"], "a", "x")
    with pytest.raises(ValueError, match="does not differ from itself; received 'a' twice"):
        mean_difference([1, 2], ["a", "b"], "a", "a")


def test_pingouin_is_loaded_when_a_contrast_is_asked_for() -> None:
    probe = (
        "import sys, lcdiag.statistics.contrast as c; import lcdiag.statistics.means;"
        "before = 'pingouin' in sys.modules; c.contrasts([1, 2, 3, 5], [0, 0, 1, 1]);"
        "print(before, 'pingouin' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", probe], capture_output=True, text=True, check=True,
        encoding="utf-8",
    )  # fmt: skip
    assert done.stdout.split() == ["False", "True"]
    assert done.stderr == ""
