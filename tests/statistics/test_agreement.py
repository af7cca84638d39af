from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.agreement import ad_m_j, rstar_wg_j, rwg, rwg_j
from lcdiag.statistics.arrays import as_grouping
from lcdiag.statistics.nulls import NAMES, null_variance

NAN = math.nan

GROUPED = st.lists(
    st.tuples(
        st.sampled_from(["oak", "elm", "ash"]),
        st.lists(st.one_of(st.integers(1, 7), st.none()), min_size=2, max_size=2),
    ),
    min_size=1,
    max_size=25,
)


def by_definition(rows: np.ndarray, around: str) -> tuple[float, float]:
    """Mean item variance and mean average deviation over items with two answers or more."""
    variances, distances = [], []
    for column in rows.T:
        known = column[~np.isnan(column)]
        if len(known) > 1:
            middle = known.mean() if around == "mean" else np.median(known)
            variances.append(known.var(ddof=1))
            distances.append(np.abs(known - middle).mean())
    return (np.mean(variances), np.mean(distances)) if variances else (NAN, NAN)


@given(sample=GROUPED, around=st.sampled_from(["mean", "median"]))
@settings(derandomize=True)
def test_all_groups_at_once_is_each_group_by_its_definition(
    sample: list[tuple[str, list[int | None]]], around: str
) -> None:
    groups = np.array([group for group, _ in sample])
    rows = np.array([row for _, row in sample], dtype=float)
    spread, star = ad_m_j(rows, groups, around=around), rstar_wg_j(rows, groups, options=7)
    for label in np.unique(groups):
        variance, distance = by_definition(rows[groups == label], around)
        for found, wanted in ((spread, distance), (star, 1 - variance / 4)):
            estimate = found.estimate(label)
            assert estimate.n == (~np.isnan(rows[groups == label])).any(axis=1).sum()
            if math.isnan(wanted):
                assert estimate.absent in ("no-answers", "fewer-than-2-answers")
            else:
                assert estimate.value == pytest.approx(wanted, abs=1e-12)


@given(sample=GROUPED)
@settings(derandomize=True)
def test_renaming_groups_renames_the_results_and_changes_nothing_else(
    sample: list[tuple[str, list[int | None]]],
) -> None:
    new = {"oak": 3, "elm": 1, "ash": 2}
    groups = [group for group, _ in sample]
    rows = np.array([row for _, row in sample], dtype=float)
    before = rwg_j(rows, groups, options=7)
    after = rwg_j(rows, [new[group] for group in groups], options=7)
    assert list(after.groups) == sorted(new[group] for group in before.groups)
    for label in before.groups:
        assert before.estimate(label) == after.estimate(new[label])


def test_portions_do_not_show() -> None:
    rng = np.random.default_rng(1)
    groups = rng.integers(0, 30_000, 90_000)
    rows = rng.integers(1, 8, (90_000, 12)).astype(float)
    found = ad_m_j(rows, groups)
    for label in (0, 14_000, 29_999):
        own = rows[groups == label]
        if len(own) > 1:
            wanted = np.abs(own - own.mean(axis=0)).mean()
            assert found.estimate(label).value == pytest.approx(wanted)


def test_rwg_of_one_item_by_hand_and_its_range() -> None:
    # 4 4 5 4 3: variance .5 against 2; 1 5 1 5: variance 16/3
    values, groups = [4, 4, 5, 4, 3, 1, 5, 1, 5], list("aaaaabbbb")
    found = rwg(values, groups, options=5)
    assert np.asarray(found).tolist() == [0.75, 0.0]
    raw = rwg(values, groups, options=5, out_of_range="raw")
    assert raw.values[1] == pytest.approx(1 - 8 / 3)
    assert rwg(values, groups, options=5, out_of_range="absent").reasons[1] == "out-of-range"
    assert found.to_frame()["value"].tolist() == [0.75, 0.0]
    assert len(found) == 2


def test_rwg_j_as_computed_is_undefined_where_its_denominator_is_zero() -> None:
    # mean variance 4 = twice the null of 2: J (1 - 2) + 2 = 0 for two items
    rows = [[1, 1], [5, 5], [1, 1], [5, 5], [3, 3]]
    found = rwg_j(rows, ["a"] * 5, null=2.0, out_of_range="raw")
    assert found.estimate("a").absent == "undefined"
    assert rwg_j(rows, ["a"] * 5, null=2.0).estimate("a").value == 0.0


def test_one_person_and_nobody_are_absent_and_never_a_number() -> None:
    rows, groups = [[4, 5], [NAN, NAN], [3, NAN], [NAN, 4]], ["one", "nobody", "apart", "apart"]
    for found in (
        rwg_j(rows, groups, options=7),
        rstar_wg_j(rows, groups, options=7),
        ad_m_j(rows, groups),
        ad_m_j(rows, groups, around="median"),
    ):
        reasons = dict(zip(found.groups, found.reasons, strict=True))
        assert reasons == {
            "apart": "fewer-than-2-answers",
            "nobody": "no-answers",
            "one": "fewer-than-2-answers",
        }
        assert np.isnan(found.values).all()
    empty = ad_m_j(np.empty((0, 3)), [])
    assert len(empty) == 0


def test_full_agreement() -> None:
    rows, groups = [[6, 2]] * 4, ["a"] * 4
    assert rwg_j(rows, groups, options=7).estimate("a").value == 1.0
    assert ad_m_j(rows, groups).estimate("a").value == 0.0


def test_every_item_asks_two_answers_on_each() -> None:
    rows, groups = [[4, 5], [5, NAN], [4, NAN]], ["a"] * 3
    assert ad_m_j(rows, groups).estimate("a").value == pytest.approx(4 / 9)
    assert ad_m_j(rows, groups, missing="every-item").estimate("a").absent == "fewer-than-2-answers"


def test_null_variances_of_five_options_come_from_their_proportions() -> None:
    published = {
        "uniform": (0.2, 0.2, 0.2, 0.2, 0.2),
        "slight_skew": (0.05, 0.15, 0.20, 0.35, 0.25),
        "moderate_skew": (0.0, 0.10, 0.15, 0.40, 0.35),
        "heavy_skew": (0.0, 0.0, 0.10, 0.40, 0.50),
        "triangular": (0.11, 0.22, 0.34, 0.22, 0.11),
        "normal": (0.07, 0.24, 0.38, 0.24, 0.07),
        "max_dissensus": (0.5, 0.0, 0.0, 0.0, 0.5),
    }
    assert tuple(published) == NAMES
    for name, shares in published.items():
        assert null_variance(shares) == pytest.approx(null_variance(name, 5), abs=1e-12)


def test_null_variances_of_any_scale() -> None:
    assert null_variance("uniform", 7) == 4.0
    assert null_variance("max_dissensus", 7) == 9.0
    assert null_variance("uniform", 2) == 0.25
    assert null_variance([0.25, 0.5, 0.25]) == 0.5
    assert null_variance(1.7) == 1.7
    for options in range(5, 12):
        row = [null_variance(name, options) for name in ("uniform", *NAMES[1:4])]
        assert row == sorted(row, reverse=True)  # more skew leaves less to disagree about


def test_nulls_that_nobody_can_stand_for_are_refused() -> None:
    for arguments, rule in (
        (("slight_skew", 4), "published for 5 to 11"),
        (("uniform", None), "number of options"),
        (("flat", 5), "one of uniform"),
        ((0.0, 5), "positive"),
        (([0.5, 0.6], None), "sum to 1"),
        (([0.5, 0.5], 5), "5 options but 2"),
        (([1.0, 0.0], None), "no variance"),
        (([1.2, -0.2], None), "from 0 to 1"),
    ):
        with pytest.raises(ValueError, match=rule):
            null_variance(*arguments)


def test_what_cannot_be_grouped_is_refused() -> None:
    rows = [[1, 2], [3, 4]]
    for groups, rule in (
        (["a"], "one label a row"),
        (["a", None], "missing one"),
        (["a", ""], "missing one"),
        ([1.0, NAN], "NaN"),
        (["a", 1], None),
    ):
        if rule is None:
            assert len(ad_m_j(rows, np.array(groups))) == 2  # numpy makes both of them text
            with pytest.raises(ValueError, match="of one kind"):
                ad_m_j(rows, np.array(groups, dtype=object))
            continue
        with pytest.raises(ValueError, match=rule):
            ad_m_j(rows, groups)
    with pytest.raises(ValueError, match="missing one"):
        ad_m_j(rows, pd.Series(["a", None], dtype="string"))
    with pytest.raises(KeyError, match="no group"):
        ad_m_j(rows, ["a", "a"]).estimate("b")
    with pytest.raises(ValueError, match="'mean' or 'median'"):
        ad_m_j(rows, ["a", "a"], around="mode")
    with pytest.raises(ValueError, match="'zero', 'raw' or 'absent'"):
        rwg_j(rows, ["a", "a"], options=7, out_of_range="keep")
    with pytest.raises(ValueError, match="listwise"):
        rwg_j(rows, ["a", "a"], options=7, missing="pairwise")


def test_labels_of_any_kind_give_the_same_groups() -> None:
    rng = np.random.default_rng(1)
    rows = rng.integers(1, 8, (60, 2)).astype(float)
    codes = rng.integers(0, 4, 60)
    wanted = ad_m_j(rows, codes).values
    for labels in (codes * 10**9 - 7, codes / 2, codes.astype(str), codes.astype(object)):
        assert ad_m_j(rows, labels).values == pytest.approx(wanted)
    assert len(ad_m_j(rows, codes > 1)) == 2
    shared = as_grouping(codes, 60)
    assert ad_m_j(rows, shared).values.tolist() == wanted.tolist()
    with pytest.raises(ValueError, match="one label a row"):
        ad_m_j(rows[:9], shared)
