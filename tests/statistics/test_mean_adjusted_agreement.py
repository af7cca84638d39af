from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.agreement import a_wg, ad_m_j, critical_agreement, rstar_wg_j, rwg_j

NAN = np.nan


def one(rows: object, **forks: object) -> object:
    return a_wg(rows, ["a"] * len(rows), bounds=(1, 5), **forks).estimate("a")  # type: ignore[arg-type]


def test_half_of_the_possible_spread_is_no_agreement() -> None:
    # mean 3; the most variance (n) at 3 is 4, and these answers have 2
    values = [1, 5, 3, 3]
    found = a_wg(values, [0] * 4, bounds=(1, 5))
    assert np.asarray(found)[0] == pytest.approx(0)
    assert found.n.tolist() == [4]
    assert found.method == "a_wg, available"


def test_all_at_the_two_ends_is_the_most_disagreement() -> None:
    assert one([1, 1, 5, 5]).value == pytest.approx(-1)  # type: ignore[attr-defined]
    assert one([3, 3, 3]).value == 1  # type: ignore[attr-defined]


def test_agreement_at_a_bound_counts_in_full() -> None:
    assert one([1, 1, 1]).value == 1  # type: ignore[attr-defined]
    assert one([5, 5]).value == 1  # type: ignore[attr-defined]


def test_a_mean_too_near_to_a_bound_is_left_out_or_kept_raw() -> None:
    rows = [1, 1, 2]  # mean 1.33; with three people it must be at least 2.33
    assert one(rows).absent == "out-of-range"  # type: ignore[attr-defined]
    kept = one(rows, outside="raw").value  # type: ignore[attr-defined]
    assert kept == pytest.approx(1 - 2 * (2 / 3) / ((11 / 3) * (1 / 3) * 3))
    two_items = [[1, 2], [1, 3], [2, 4]]
    assert one(two_items).value == pytest.approx(1 - 2 * 2 / (2 * 2 * 3))  # type: ignore[attr-defined]


def test_the_edge_of_the_range_itself_can_be_interpreted() -> None:
    assert one([1, 1, 1, 5]).absent is None  # type: ignore[attr-defined]
    assert one([1, 5, 5, 5]).absent is None  # type: ignore[attr-defined]
    assert one([1, 1, 1, 4]).absent == "out-of-range"  # type: ignore[attr-defined]
    assert one([2, 5, 5, 5]).absent == "out-of-range"  # type: ignore[attr-defined]


def test_reasons_groups_and_forks() -> None:
    rows = np.array([[3, 3], [NAN, NAN], [2, NAN], [NAN, 4], [4, 2], [3, NAN], [2, 4]])
    found = a_wg(rows, list("abccddd"), bounds=(1, 5))
    assert found.reasons.tolist() == [
        "fewer-than-2-answers",
        "no-answers",
        "fewer-than-2-answers",
        "",
    ]
    assert found.n.tolist() == [1, 0, 2, 3]
    whole = a_wg(rows, list("abccddd"), bounds=(1, 5), missing="listwise")
    assert whole.n.tolist() == [1, 0, 0, 2]
    assert whole.method == "a_wg, listwise"
    with pytest.raises(ValueError, match="within the bounds"):
        a_wg([0, 3], ["a", "a"], bounds=(1, 5))
    with pytest.raises(ValueError, match="within the bounds"):
        a_wg([6, 3], ["a", "a"], bounds=(1, 5))
    with pytest.raises(ValueError, match="outside is one of absent, raw"):
        one([1, 2], outside="zero")
    with pytest.raises(ValueError, match="missing is one of"):
        one([1, 2], missing="pairwise")


@given(st.lists(st.integers(1, 5), min_size=2, max_size=9))
@settings(derandomize=True)
def test_turning_the_scale_round_changes_nothing(values: list[int]) -> None:
    turned = one([6 - value for value in values], outside="raw").value  # type: ignore[attr-defined]
    kept = one(values, outside="raw").value  # type: ignore[attr-defined]
    assert turned == pytest.approx(kept)
    assert kept <= 1 + 1e-12


def test_chance_agreement_follows_the_theory_where_there_is_one() -> None:
    rng = np.random.default_rng(1)
    found = critical_agreement("rstar_wg_j", people=6, items=2, options=5, rng=rng, replicates=4000)
    # the mean variance is the null variance: no agreement on average
    error = found.draws.std(ddof=1) / np.sqrt(4000)
    assert abs(found.mean) < 4 * error
    assert len(found.draws) == found.replicates == 4000
    assert (found.people, found.items, found.options, found.index) == (6, 2, 5, "rstar_wg_j")
    assert (np.diff(found.draws) >= 0).all()


def test_the_critical_value_lies_at_its_end_of_chance() -> None:
    for index, sign in (("rwg_j", 1), ("rstar_wg_j", 1), ("a_wg", 1), ("ad_m_j", -1)):
        found = critical_agreement(
            index, people=8, items=3, options=7, rng=np.random.default_rng(2), replicates=500
        )
        edge = found.critical(0.95)
        assert edge == found.critical()
        assert sign * edge > sign * found.mean
        as_much = found.draws >= edge if sign > 0 else found.draws <= edge
        assert as_much.mean() == pytest.approx(0.05, abs=0.02)
        assert found.chance(edge) == pytest.approx((as_much.sum() + 1) / (len(found.draws) + 1))
        assert found.chance(sign * 1e9) == 1 / (len(found.draws) + 1)
        with pytest.raises(ValueError, match="between 0 and 1"):
            found.critical(1.0)


def test_chance_answers_keep_the_proportions_and_the_correlations() -> None:
    skewed = critical_agreement(
        "ad_m_j",
        people=400,
        items=1,
        options=3,
        rng=np.random.default_rng(1),
        answers=[0, 0.5, 0.5],
        replicates=20,
    )
    assert skewed.mean == pytest.approx(0.5, abs=0.01)
    # one answer repeated: the items say nothing new, so chance agreement spreads much wider
    same = np.ones((4, 4))
    wide, narrow = (
        critical_agreement(
            "rstar_wg_j",
            people=5,
            items=4,
            options=5,
            rng=np.random.default_rng(1),
            correlations=r,
            replicates=2000,
        )
        for r in (same, np.eye(4))
    )
    assert wide.draws.std() == pytest.approx(2 * narrow.draws.std(), rel=0.15)
    assert wide.mean == pytest.approx(0, abs=0.05)


def test_the_same_start_gives_the_same_chance_in_any_portions() -> None:
    first, second = (
        critical_agreement(
            "rwg_j", people=5, items=2, options=5, rng=np.random.default_rng(3), replicates=50
        )
        for _ in range(2)
    )
    np.testing.assert_array_equal(first.draws, second.draws)


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("index is", {"index": "icc"}),
        ("2 people", {"people": 1}),
        ("2 people", {"items": 0}),
        ("2 people", {"options": 1}),
        ("2 people", {"replicates": 0}),
        ("rng", {"rng": 3}),
        ("5 proportions", {"answers": [0.5, 0.5]}),
        ("5 proportions", {"answers": [-0.1, 0.3, 0.3, 0.3, 0.2]}),
        ("sum to 1", {"answers": [0.2, 0.2, 0.2, 0.2, 0.1]}),
        ("correlation matrix of 2", {"correlations": np.eye(3)}),
        ("correlation matrix of 2", {"correlations": [[1, 2], [2, 1]]}),
        ("correlation matrix of 2", {"correlations": [[2, 0], [0, 1]]}),
        ("correlation matrix of 2", {"correlations": [[1, 0.5], [0, 1]]}),
    ],
)
def test_a_simulation_that_cannot_be_is_refused(words: str, changed: dict[str, object]) -> None:
    asked = {
        "index": "rwg_j",
        "people": 4,
        "items": 2,
        "options": 5,
        "rng": np.random.default_rng(1),
    }
    with pytest.raises(ValueError, match=words):
        critical_agreement(**(asked | changed))  # type: ignore[arg-type]


def test_a_hundred_thousand_groups_are_no_loop() -> None:
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(20_000), 5)
    rows = rng.integers(1, 6, (100_000, 2)).astype(float)
    found = a_wg(rows, groups, bounds=(1, 5), outside="raw")
    assert len(found) == 20_000
    np.testing.assert_allclose(
        np.asarray(found)[7],
        np.asarray(a_wg(rows[35:40], [7] * 5, bounds=(1, 5), outside="raw"))[0],
    )
    assert np.asarray(rwg_j(rows, groups, options=5)).shape == (20_000,)
    assert np.asarray(rstar_wg_j(rows, groups, options=5)).max() <= 1
    assert np.asarray(ad_m_j(rows, groups)).min() >= 0
