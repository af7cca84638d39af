from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_cases.raters import KRIPPENDORFF, SHROUT_FLEISS

from lcdiag.statistics.intraclass import krippendorff_alpha, rater_icc

NAN = np.nan


def test_a_form_is_found_by_both_of_its_names() -> None:
    found = rater_icc(SHROUT_FLEISS)
    assert found.form("ICC2k") is found.form("twoway", "agreement", "average")
    assert found.form("oneway", "consistency", "single") is found.form("ICC1")
    assert found.form("oneway", "agreement", "single") is found.form("ICC1")
    assert (found.targets, found.raters, found.method) == (6, 4, "anova")
    assert found.form("ICC3").method == "twoway consistency single, anova"
    assert {cell.n for cell in found.forms.values()} == {6}
    with pytest.raises(KeyError, match="forms are ICC1, ICC2"):
        found.form("ICC4")
    frame = found.to_frame()
    assert frame["form"].tolist() == ["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
    assert frame["absent"].tolist() == [""] * 6
    assert frame["value"].iloc[0] == found.form("ICC1").value


def test_the_mean_of_raters_follows_from_one_by_spearman_and_brown() -> None:
    found = rater_icc(SHROUT_FLEISS)
    for single, average in (("ICC1", "ICC1k"), ("ICC2", "ICC2k"), ("ICC3", "ICC3k")):
        one, many = found.form(single).value, found.form(average).value
        assert one is not None
        assert many == pytest.approx(4 * one / (1 + 3 * one))


def test_a_stricter_rater_lowers_agreement_and_not_consistency() -> None:
    stricter = SHROUT_FLEISS.copy()
    stricter[:, 1] -= 10
    before, after = rater_icc(SHROUT_FLEISS), rater_icc(stricter)
    assert after.form("ICC3").value == pytest.approx(before.form("ICC3").value)
    assert after.form("ICC2").value < before.form("ICC2").value  # type: ignore[operator]


def test_bands_lie_within_each_other_and_around_the_value() -> None:
    for cell in rater_icc(SHROUT_FLEISS, confidence=0.95, bands=(0.9, 0.5)).forms.values():
        assert [band.confidence for band in cell.bands] == [0.5, 0.9]
        narrow, wide = cell.bands
        assert cell.value is not None
        assert cell.low is not None
        assert cell.high is not None
        assert cell.low < wide.low < narrow.low < cell.value
        assert cell.value < narrow.high < wide.high < cell.high


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 2, 3]], "fewer-than-2-groups"),
        ([[1], [2]], "fewer-than-2-raters"),
        ([[1, 2], [NAN, NAN], [2, 3]], "empty-group"),
        ([[1, NAN], [3, NAN], [2, NAN]], "empty-group"),
        ([[3, 3], [3, 3]], "no-variation"),
        ([[1, 1], [2, 2], [4, 4]], "no-variation-within"),
        ([[1, 3], [1, 3], [1, 3]], "no-variation-within"),
        (np.empty((0, 3)), "fewer-than-2-groups"),
    ],
)
def test_every_form_says_why_it_is_not_there(rows: object, reason: str) -> None:
    found = rater_icc(rows)
    assert {cell.absent for cell in found.forms.values()} == {reason}
    assert found.tests == {}


def test_forks_that_do_not_exist_are_refused() -> None:
    holes = SHROUT_FLEISS.copy()
    holes[0, 0] = NAN
    with pytest.raises(ValueError, match="needs all cells"):
        rater_icc(holes, components="anova")
    with pytest.raises(ValueError, match="components is"):
        rater_icc(holes, components="ml")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="average_interval is"):
        rater_icc(holes, average_interval="wide")  # type: ignore[arg-type]


@given(st.integers(1, 10_000))
@settings(derandomize=True)
def test_raters_in_another_order_or_on_another_scale_change_nothing(start: int) -> None:
    rng = np.random.default_rng(start)
    rows = rng.integers(1, 8, (5, 3)) + rng.random((5, 3))
    moved = 3 * rows[rng.permutation(5)][:, rng.permutation(3)] - 4
    before, after = rater_icc(rows), rater_icc(moved)
    for name, cell in before.forms.items():
        if cell.value is None:
            assert name == "ICC2k"
            assert cell.absent == after.forms[name].absent == "no-total-variance"
            continue
        assert after.forms[name].value == pytest.approx(cell.value, abs=1e-6)
        assert cell.value <= 1


def test_full_agreement_is_one_and_chance_is_zero() -> None:
    same = np.repeat([[1.0], [2.0], [3.0]], 4, axis=1)
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        found = krippendorff_alpha(same, metric=metric)
        assert found.value == pytest.approx(1)
        assert found.low == pytest.approx(1)
        assert found.method == f"krippendorff, {metric}, linearized"
    rng = np.random.default_rng(1)
    noise = krippendorff_alpha(rng.integers(1, 6, (4000, 3)).astype(float))
    assert noise.low is not None
    assert noise.high is not None
    assert noise.low < 0 < noise.high


def test_two_raters_and_two_values_by_hand() -> None:
    # 10 units: 4 x (0, 0), 3 x (1, 1), 3 x (0, 1); N = 20 values, 11 zeros and 9 ones
    rows = [[0, 0]] * 4 + [[1, 1]] * 3 + [[0, 1]] * 3
    found = krippendorff_alpha(np.array(rows, float), metric="nominal")
    assert found.value == pytest.approx(1 - (20 - 1) * 6 / (2 * 11 * 9))
    assert found.n == 10


def test_units_with_one_rating_only_count_among_all_ranks() -> None:
    pairable = krippendorff_alpha(KRIPPENDORFF, metric="ordinal")
    everything = krippendorff_alpha(KRIPPENDORFF, metric="ordinal", ranks="all")
    assert pairable.n == everything.n == 11
    assert pairable.value != pytest.approx(everything.value, abs=1e-5)
    kept = KRIPPENDORFF[~np.isnan(KRIPPENDORFF[:, 2])]
    assert krippendorff_alpha(kept).value == krippendorff_alpha(kept, ranks="all").value


def test_the_bootstrap_draws_units() -> None:
    first = krippendorff_alpha(
        KRIPPENDORFF, interval="bootstrap", rng=np.random.default_rng(1), resamples=400
    )
    again = krippendorff_alpha(
        KRIPPENDORFF, interval="bootstrap", rng=np.random.default_rng(1), resamples=400
    )
    assert first == again
    assert first.low is not None
    assert first.value is not None
    assert first.low < first.value
    assert first.method == "krippendorff, interval, bootstrap"
    bare = krippendorff_alpha(KRIPPENDORFF, interval="none")
    assert bare.low is None
    assert bare.method == "krippendorff, interval"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, NAN], [2, NAN]], "fewer-than-2-units"),
        ([[1, 2], [2, NAN]], "fewer-than-2-units"),
        ([[2, 2], [2, 2]], "no-variation"),
        (np.empty((0, 2)), "fewer-than-2-units"),
        (np.arange(8010.0).reshape(-1, 2), "too-many-values"),
    ],
)
def test_alpha_of_raters_says_why_it_is_not_there(rows: object, reason: str) -> None:
    assert krippendorff_alpha(rows).absent == reason


def test_alpha_of_raters_refuses_what_it_cannot_do() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        krippendorff_alpha([[-1, 2], [1, 2]], metric="ratio")
    with pytest.raises(ValueError, match="metric is one of"):
        krippendorff_alpha([[1, 2]], metric="euclid")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="ranks is one of"):
        krippendorff_alpha([[1, 2]], ranks="some")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="interval is one of"):
        krippendorff_alpha([[1, 2]], interval="t")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="rng"):
        krippendorff_alpha(KRIPPENDORFF, interval="bootstrap")
    assert krippendorff_alpha([[0, 0], [0, 2.0]], metric="ratio").value is not None


@given(st.integers(1, 10_000))
@settings(derandomize=True)
def test_raters_are_exchangeable_and_ordinal_needs_order_only(start: int) -> None:
    rng = np.random.default_rng(start)
    rows = rng.integers(1, 5, (6, 4)).astype(float)
    rows[rng.random(rows.shape) < 0.2] = NAN
    mixed = np.array([rng.permutation(row) for row in rows])[rng.permutation(6)]
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        before = krippendorff_alpha(rows, metric=metric)
        after = krippendorff_alpha(mixed, metric=metric)
        assert after.absent == before.absent
        if before.value is not None:
            assert after.value == pytest.approx(before.value, abs=1e-12)
            assert before.value <= 1
    before = krippendorff_alpha(rows, metric="ordinal")
    after = krippendorff_alpha(rows**3, metric="ordinal")
    assert (after.value, after.absent) == (before.value, before.absent)
