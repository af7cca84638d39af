from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from lcdiag.statistics.careless import (
    even_odd,
    intra_individual_variability,
    longstring,
    mahalanobis,
    mahalanobis_tail,
    person_total,
    psychometric_synonyms,
    response_speed,
    synonym_pairs,
    variability_by_part,
)
from lcdiag.statistics.moments import centred_moments
from lcdiag.statistics.person_labels import person_labels
from lcdiag.statistics.results import PersonValues

NAN = math.nan
ANSWERS = st.integers(2, 9).flatmap(
    lambda n: st.integers(1, 6).flatmap(
        lambda k: arrays(np.float64, (n, k), elements=st.sampled_from([1, 2, 3, 4, 5, NAN]))
    )
)


def same(one: PersonValues, two: PersonValues, tol: float = 1e-9) -> None:
    assert one.reasons.tolist() == two.reasons.tolist()
    np.testing.assert_allclose(one.values, two.values, atol=tol, rtol=tol)


def test_rows_are_called_by_the_index_of_a_table_or_by_their_number() -> None:
    table = pd.DataFrame({"a": [1, 2], "b": [2, 2]}, index=["p", "q"])
    assert longstring(table).groups.tolist() == ["p", "q"]
    assert longstring(table).estimate("q").value == 2
    assert longstring(table.to_numpy()).groups.tolist() == [0, 1]
    assert person_labels([[1, 2], [3, 4]], 2).tolist() == [0, 1]


def test_runs_by_hand() -> None:
    rows = [[1, 1, 1, 2], [1, NAN, 1, 1], [1, 2, 2, NAN], [NAN] * 4, [3, 2, 1, 2]]
    longest, mean = longstring(rows), longstring(rows, run="average")
    np.testing.assert_array_equal(longest.values, [3, 2, 2, NAN, 1])
    np.testing.assert_array_equal(mean.values, [2, 4 / 3, 4 / 3, NAN, 1])
    assert longest.n.tolist() == [4, 3, 3, 0, 4]
    assert longest.reasons.tolist() == ["", "", "", "no-answers", ""]
    assert longest.estimate(3).absent == "no-answers"
    assert longest.method == "longest run of equal answers, a missing answer breaks"
    passed = longstring(rows, na="skipped")
    np.testing.assert_array_equal(passed.values, [3, 3, 2, NAN, 1])
    np.testing.assert_array_equal(
        longstring(rows, na="skipped", run="average").values, [2, 3, 1.5, NAN, 1]
    )
    assert passed.method == "longest run of equal answers, a missing answer is skipped"


def test_runs_refuse_what_is_not_offered() -> None:
    with pytest.raises(ValueError, match="na is 'breaks' or 'skipped'"):
        longstring([[1]], na="ends")
    with pytest.raises(ValueError, match="run is 'longest' or 'average'"):
        longstring([[1]], run="mean")
    with pytest.raises(ValueError, match="items must be numbers"):
        longstring([["a", "b"]])


@given(rows=ANSWERS, na=st.sampled_from(["breaks", "skipped"]))
@settings(derandomize=True)
def test_runs_do_not_know_a_direction_or_an_origin(rows: np.ndarray, na: str) -> None:
    found = longstring(rows, na=na)
    same(found, longstring(rows[:, ::-1], na=na))
    same(found, longstring(9 - rows, na=na))
    known = found.reasons == ""
    mean = longstring(rows, na=na, run="average").values
    assert (found.values[known] >= mean[known]).all()
    assert (mean[known] >= 1).all()
    assert (longstring(rows, na="skipped").values >= longstring(rows).values)[known].all()


def test_spread_within_a_person_by_hand() -> None:
    rows = [[1, 2, 3, 6], [2, NAN, 4, NAN], [5, NAN, NAN, NAN], [NAN] * 4, [0.1, 0.1, 0.1, NAN]]
    assert np.std([0.1, 0.1, 0.1]) > 0  # what rounding makes of equal answers
    found = intra_individual_variability(rows)
    np.testing.assert_allclose(found.values, [math.sqrt(14 / 3), math.sqrt(2), NAN, NAN, 0])
    assert found.values[4] == 0
    assert found.n.tolist() == [4, 2, 1, 0, 3]
    assert found.reasons.tolist() == ["", "", "fewer-than-2-answers", "no-answers", ""]
    assert found.method == "sd over items, n - 1"
    whole = intra_individual_variability(rows, ddof=0)
    np.testing.assert_allclose(whole.values, [math.sqrt(14 / 4), 1, 0, NAN, 0])
    assert whole.reasons.tolist() == ["", "", "", "no-answers", ""]
    assert whole.method == "sd over items, n"


def test_spread_in_parts() -> None:
    one, two = variability_by_part([[1, 2, 3, 5, 5]], 2)
    assert one.values[0] == pytest.approx(1)
    assert two.values[0] == 0
    assert (one.n[0], two.n[0]) == (3, 2)
    assert two.method == "sd over items, n - 1, part 2 of 2"
    (whole,) = variability_by_part([[1, 2, 3, 5, 5]], 1)
    same(whole, intra_individual_variability([[1, 2, 3, 5, 5]]))
    for split in (0, 6):
        with pytest.raises(ValueError, match="split is between 1 and 5 parts"):
            variability_by_part([[1, 2, 3, 5, 5]], split)
    with pytest.raises(ValueError, match="ddof is 0 or 1"):
        intra_individual_variability([[1, 2]], ddof=2)


@given(rows=ANSWERS)
@settings(derandomize=True)
def test_spread_knows_neither_order_nor_origin(rows: np.ndarray) -> None:
    found = intra_individual_variability(rows)
    same(found, intra_individual_variability(10 - rows[:, ::-1]))
    tenfold = intra_individual_variability(10 * rows)
    np.testing.assert_allclose(tenfold.values, 10 * found.values)


def people(n: int, k: int, start: int = 1) -> np.ndarray:
    rng = np.random.default_rng(start)
    return rng.normal(size=(n, 1)) + rng.normal(size=(n, k))


def test_distances_of_complete_answers() -> None:
    rows = people(30, 4)
    found = mahalanobis(rows)
    # of complete answers the squared distances add up to (n - 1) k
    assert found.values.sum() == pytest.approx(29 * 4)
    moved = rows - rows.mean(axis=0)
    wanted = np.einsum("ni,ij,nj->n", moved, np.linalg.inv(np.cov(rows.T)), moved)
    np.testing.assert_allclose(found.values, wanted)
    np.testing.assert_allclose(mahalanobis(rows, squared=False).values, np.sqrt(wanted))
    same(mahalanobis(rows, missing="own"), found)
    assert found.method == "Mahalanobis D squared, missing answers: centre"
    assert mahalanobis(rows, squared=False).method == "Mahalanobis D, missing answers: centre"
    # new units and new mixtures of the items change nothing
    same(mahalanobis(rows @ np.array(people(4, 4, 9)) + 3), found, 1e-6)
    tail = mahalanobis_tail(rows)
    np.testing.assert_allclose(tail.values, stats.chi2.sf(wanted, 4))
    assert tail.n.tolist() == [4] * 30
    assert tail.method == "chi-square tail of D squared, missing answers: centre"


def test_distances_with_missing_answers() -> None:
    rows = people(40, 4)
    rows[0, 1] = rows[1, :3] = rows[2] = NAN
    mean = np.nanmean(rows, axis=0)
    s = pd.DataFrame(rows).cov().to_numpy()
    centre, own = mahalanobis(rows), mahalanobis(rows, missing="own")
    filled = np.where(np.isnan(rows[0]), 0, rows[0] - mean)
    assert centre.values[0] == pytest.approx(filled @ np.linalg.inv(s) @ filled)
    held = [0, 2, 3]
    d = (rows[0] - mean)[held]
    assert own.values[0] == pytest.approx(d @ np.linalg.inv(s[np.ix_(held, held)]) @ d)
    assert own.values[1] == pytest.approx((rows[1, 3] - mean[3]) ** 2 / s[3, 3])
    np.testing.assert_allclose(own.values[3:], centre.values[3:])
    for found in (centre, own, mahalanobis_tail(rows)):
        assert found.reasons.tolist() == ["", "", "no-answers"] + [""] * 37
        assert np.isnan(found.values[2])
    assert own.n.tolist()[:4] == [3, 1, 0, 4]
    assert mahalanobis_tail(rows).n.tolist()[:4] == [4, 4, 0, 4]
    tail = mahalanobis_tail(rows, missing="own")
    assert tail.n.tolist()[:4] == [3, 1, 0, 4]
    assert tail.values[0] == pytest.approx(stats.chi2.sf(own.values[0], 3))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 2], [NAN, NAN]], "fewer-than-2-respondents"),
        ([[1, NAN], [2, NAN]], "empty-item"),
        ([[1, NAN], [2, 2], [3, NAN]], "no-overlap"),
        ([[1, 2], [2, 2], [3, 2]], "constant-item"),
        ([[1, 2], [2, 4], [3, 6]], "not-positive-definite"),
        ([[1, 2, 4], [2, 5, 3]], "not-positive-definite"),
    ],
)
def test_nobody_has_a_distance(rows: list[list[float]], reason: str) -> None:
    for missing in ("centre", "own"):
        found = mahalanobis(rows, missing=missing)
        answered = ~np.isnan(np.array(rows)).all(axis=1)
        assert set(found.reasons[answered]) == {reason}
        assert np.isnan(found.values).all()
        assert set(mahalanobis_tail(rows, missing=missing).n.tolist()) == {0}


def test_a_rule_for_missing_answers_must_be_known() -> None:
    with pytest.raises(ValueError, match="missing is 'centre' or 'own'"):
        mahalanobis([[1, 2]], missing="zero")


def test_even_and_odd_halves_by_hand() -> None:
    # odd means 1.5 (1, 2), 4, 3; even means 2, 5, 1: r of (1.5, 4, 3) with (2, 5, 1)
    rows = [[1, 2, 2, 4, 5, 3, 1], [1, 1, 1, 1, 1, 1, 1], [1, 2, NAN, 4, NAN, 3, 1]]
    r = stats.pearsonr([1.5, 4, 3], [2, 5, 1])[0]
    found = even_odd(rows, [3, 2, 2], higher="consistent", corrected=False)
    assert found.values[0] == pytest.approx(r)
    assert found.reasons.tolist() == ["", "no-spread", "fewer-than-3-scales"]
    assert found.n.tolist() == [3, 3, 2]
    assert found.method == "even-odd over scales, uncorrected, higher = consistent"
    full = even_odd(rows, [3, 2, 2])
    assert full.values[0] == pytest.approx(-2 * r / (1 + r))
    assert full.method == "even-odd over scales, Spearman-Brown, cut at -1, higher = careless"
    same(full, even_odd(rows, [(0, 1, 2), (3, 4), (5, 6)]))
    # the order within a scale tells its halves apart
    turned = even_odd(rows, [(0, 1, 2), (4, 3), (6, 5)], higher="consistent", corrected=False)
    assert turned.values[0] == pytest.approx(stats.pearsonr([1.5, 5, 1], [2, 4, 3])[0])


def test_halves_that_contradict_each_other() -> None:
    rows = [[1, 5, 2, 4, 3, 3], [1, 4, 2, 4, 3, 3.5]]
    cut = even_odd(rows, [2, 2, 2])
    np.testing.assert_array_equal(cut.values, [1, 1])
    r = stats.pearsonr([1, 2, 3], [4, 4, 3.5])[0]
    free = even_odd(rows, [2, 2, 2], cut=False)
    assert free.reasons.tolist() == ["no-finite-correction", ""]
    assert free.values[1] == pytest.approx(-2 * r / (1 + r))
    assert free.method == "even-odd over scales, Spearman-Brown, higher = careless"
    plain = even_odd(rows, [2, 2, 2], corrected=False, cut=False)
    assert plain.values[0] == pytest.approx(1)


def test_halves_need_scales_that_fit() -> None:
    for factors in ([2, 2], [2, 2, 3], [0, 6]):
        with pytest.raises(ValueError, match="add up to 6 items"):
            even_odd([[1] * 6], factors)
    for factors in ([[0, 6]], [[-1, 0]]):
        with pytest.raises(ValueError, match="positions from 0 to 5"):
            even_odd([[1] * 6], factors)
    with pytest.raises(ValueError, match="higher is 'careless' or 'consistent'"):
        even_odd([[1] * 6], [2, 2, 2], higher="worse")


@given(rows=arrays(np.float64, (3, 8), elements=st.sampled_from([1, 2, 3, 4, 5, NAN])))
@settings(derandomize=True)
def test_halves_know_no_order_of_scales(rows: np.ndarray) -> None:
    found = even_odd(rows, [(0, 1), (2, 3), (4, 5), (6, 7)])
    same(found, even_odd(rows, [(6, 7), (2, 3), (0, 1), (4, 5)]))
    same(found, even_odd(rows + 2, [2, 2, 2, 2]))
    known = found.values[found.reasons == ""]
    assert ((known >= -1) & (known <= 1 + 1e-12)).all()


CHAIN = np.array(
    [
        [1, 1, 5, 2],
        [2, 3, 4, 5],
        [3, 2, 3, 1],
        [4, 5, 2, 4],
        [5, 4, 1, 2],
    ],
    dtype=float,
)


def test_pairs_by_hand() -> None:
    # r of items 0 and 1 is .8, of 0 and 2 -1, of 1 and 2 -.8
    assert synonym_pairs(CHAIN, 0.79).tolist() == [[1, 0]]
    assert synonym_pairs(CHAIN).tolist() == [[1, 0]]
    # strictly above: a pair exactly at the limit is none
    r = centred_moments(CHAIN).correlation()
    assert synonym_pairs(CHAIN, r[0, 1]).tolist() == []
    assert synonym_pairs(CHAIN, np.nextafter(r[0, 1], 0)).tolist() == [[1, 0]]
    assert synonym_pairs(CHAIN, -r[1, 2], antonyms=True).tolist() == [[2, 0]]
    assert synonym_pairs([[1, 2], [2, 2], [1, 3], [2, 3]], 0.0).tolist() == []
    assert synonym_pairs(CHAIN, 0.79, antonyms=True).tolist() == [[2, 0], [2, 1]]
    assert synonym_pairs(CHAIN, 0.81, antonyms=True).tolist() == [[2, 0]]
    assert synonym_pairs([[1, 1], [1, 2]], 0.5).shape == (0, 2)
    for critical in (-0.1, 1.0):
        with pytest.raises(ValueError, match="critical is between 0 and 1"):
            synonym_pairs(CHAIN, critical)


def three_pairs() -> np.ndarray:
    rng = np.random.default_rng(4)
    base = rng.integers(1, 6, (60, 3)).astype(float)
    near = np.where(rng.random((60, 3)) < 0.1, 6 - base, base)
    return np.column_stack([base, near])[:, [0, 3, 1, 4, 2, 5]]


def test_synonyms_within_a_person_by_hand() -> None:
    rows = three_pairs()
    assert synonym_pairs(rows).tolist() == [[1, 0], [3, 2], [5, 4]]
    rows[0] = [1, 2, 3, 3, 5, 4]
    rows[1] = [1, 2, 3, 3, NAN, 4]
    rows[2] = [2, 1, 2, 3, 2, 4]
    found = psychometric_synonyms(rows)
    assert found.values[0] == pytest.approx(stats.pearsonr([1, 3, 5], [2, 3, 4])[0])
    assert found.reasons.tolist()[:3] == ["", "too-few-pairs", "no-spread"]
    assert found.n.tolist()[:3] == [3, 2, 3]
    assert found.method == "psychometric synonyms, r > 0.6, 3 pairs, orientation one"
    two = psychometric_synonyms(rows, minimum_pairs=2)
    assert two.values[1] == pytest.approx(1)
    both = psychometric_synonyms(rows, orientation="both")
    assert both.values[0] == pytest.approx(
        stats.pearsonr([1, 3, 5, 2, 3, 4], [2, 3, 4, 1, 3, 5])[0]
    )
    assert both.reasons.tolist()[:3] == ["", "too-few-pairs", ""]
    assert both.values[2] == pytest.approx(
        stats.pearsonr([2, 2, 2, 1, 3, 4], [1, 3, 4, 2, 2, 2])[0]
    )
    turned = rows * [1, -1, 1, -1, 1, -1] + [0, 6, 0, 6, 0, 6]
    against = psychometric_synonyms(turned, antonyms=True)
    np.testing.assert_allclose(against.values[0], -found.values[0])
    assert against.method == "psychometric antonyms, r < -0.6, 3 pairs, orientation one"


def test_synonyms_refuse_what_is_not_offered() -> None:
    with pytest.raises(ValueError, match="orientation is 'one' or 'both'"):
        psychometric_synonyms(CHAIN, orientation="two")
    with pytest.raises(ValueError, match="2 pairs or more"):
        psychometric_synonyms(CHAIN, minimum_pairs=1)


@given(
    rows=arrays(np.float64, (7, 5), elements=st.sampled_from([1, 2, 3, 4, 5, NAN])),
    order=st.permutations(range(5)),
)
@settings(derandomize=True)
def test_synonyms_in_both_orders_know_no_order_of_items(rows: np.ndarray, order: list[int]) -> None:
    found = psychometric_synonyms(rows, 0.31, orientation="both")
    moved = psychometric_synonyms(rows[:, order], 0.31, orientation="both")
    assert moved.reasons.tolist() == found.reasons.tolist()
    assert moved.values == pytest.approx(found.values, abs=1e-7, rel=1e-7, nan_ok=True)


def test_person_with_all_others_by_hand() -> None:
    rows = [[1, 2, 4], [2, 2, 5], [3, NAN, 3], [4, 1, NAN], [2, 2, 2]]
    others = [np.nanmean(np.delete(rows, 0, axis=0), axis=0), np.nanmean(rows, axis=0)]
    for mean, total in zip(others, ("others", "all"), strict=True):
        found = person_total(rows, total=total)
        assert found.values[0] == pytest.approx(stats.pearsonr(rows[0], mean)[0])
        assert found.n.tolist() == [3, 3, 2, 2, 3]
        few = "fewer-than-3-items"
        assert found.reasons.tolist() == ["", "", few, few, "no-spread"]
        assert found.method == f"person-total, {total}"
    same(person_total(rows), person_total(rows, total="others"))
    # an item that nobody else answered has no mean to go with
    alone = person_total([[1, 2, 3, 4], [1, 2, 4, NAN]])
    assert alone.n.tolist() == [3, 3]
    with pytest.raises(ValueError, match="total is 'others' or 'all'"):
        person_total(rows, total="rest")


def test_seconds_an_item() -> None:
    found = response_speed([60, NAN, -1], 20)
    np.testing.assert_array_equal(found.values, [3, NAN, NAN])
    assert found.reasons.tolist() == ["", "no-times", "negative-time"]
    assert found.n.tolist() == [20, 0, 20]
    assert found.method == "seconds an item, all pages"
    pages = [[10, 60], [NAN, 60], [10, -1], [NAN, NAN]]
    total, fastest = (
        response_speed(pages, [10, 15]),
        response_speed(pages, [10, 15], pages="fastest"),
    )
    np.testing.assert_array_equal(total.values, [70 / 25, 4, NAN, NAN])
    assert total.n.tolist() == [25, 15, 25, 0]
    np.testing.assert_array_equal(fastest.values, [1, 4, NAN, NAN])
    assert fastest.n.tolist() == [10, 15, 0, 0]
    assert fastest.reasons.tolist() == ["", "", "negative-time", "no-times"]
    assert fastest.method == "seconds an item, fastest page"
    assert response_speed([0.0], 5).values[0] == 0
    assert response_speed([[3.0, 4.0]], np.array([1, 1], dtype=np.uint8)).values[0] == 3.5
    for items in (0, 2.5, [[1]]):
        with pytest.raises(ValueError, match="whole numbers, 1 or more"):
            response_speed([60], items)
    with pytest.raises(ValueError, match="one number a page, 2 in all"):
        response_speed(pages, 10)
    with pytest.raises(ValueError, match="pages is 'total' or 'fastest'"):
        response_speed(pages, [10, 15], pages="slowest")


@pytest.mark.parametrize("shape", [(0, 4), (4, 0), (0, 0), (1, 1), (1, 5), (5, 1)])
def test_hardly_any_answers(shape: tuple[int, int]) -> None:
    for rows in (np.full(shape, NAN), np.full(shape, 3.0)):
        results = [
            longstring(rows),
            longstring(rows, na="skipped", run="average"),
            intra_individual_variability(rows),
            mahalanobis(rows),
            mahalanobis_tail(rows, missing="own"),
            even_odd(rows, [1] * shape[1]),
            psychometric_synonyms(rows),
            person_total(rows),
        ]
        for found in results:
            assert len(found) == len(found.reasons) == len(found.n) == shape[0]
            assert np.array_equal(np.isnan(found.values), found.reasons != "")


@given(rows=ANSWERS)
@settings(derandomize=True)
def test_every_person_has_a_number_or_a_reason(rows: np.ndarray) -> None:
    for found in (
        mahalanobis(rows),
        mahalanobis(rows, missing="own", squared=False),
        even_odd(rows, [1] * rows.shape[1]),
        even_odd(rows, [rows.shape[1]], cut=False),
        psychometric_synonyms(rows, 0.3, minimum_pairs=2),
        psychometric_synonyms(rows, 0.3, antonyms=True, orientation="both"),
        person_total(rows),
        person_total(rows, total="all"),
    ):
        assert np.array_equal(np.isnan(found.values), found.reasons != "")
        for row in range(len(rows)):
            assert found.estimate(row).n == found.n[row]
