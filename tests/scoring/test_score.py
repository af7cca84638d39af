from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from small_questionnaire import asked, instrument

from lcdiag.importers.table import read_table
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.responses.admit import admit
from lcdiag.responses.model import DONT_KNOW, MISSING, ResponseSet
from lcdiag.scoring.keying import keyed
from lcdiag.scoring.missing import available_mean, needed
from lcdiag.scoring.score import score_responses

BFI_REVERSED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")
BFI_SCALES = {"agree": "A", "consc": "C", "extra": "E", "neuro": "N", "open": "O"}
SIX = {"low": 1, "high": 6, "points": {}}


def answers(codes: list[list[int]], columns: tuple[str, ...]) -> ResponseSet:
    n = len(codes)
    blank = np.array([""] * n, dtype=object)
    return ResponseSet(
        person=np.array([f"p{i}" for i in range(n)], dtype=object),
        community=blank,
        meeting_group=blank,
        party=blank,
        sector=blank,
        wave=np.ones(n, dtype=np.int64),
        language=blank,
        columns=columns,
        codes=np.array(codes, dtype=np.int16),
    )


def small(**scale: Any) -> Questionnaire:
    items = {"aa1": False, "aa2": True, "aa3": False}
    return asked(instrument(items, [{"id": "main", "items": tuple(items), **scale}]))


def test_reversed_items_turn_round_by_declared_bounds() -> None:
    # Nobody uses the ends of the scale: the observed bounds would give another score.
    scores = score_responses(answers([[3, 2, 4], [2, 4, 3]], ("aa1", "aa2", "aa3")), small())
    assert scores.scales == ("own-test:main",)
    np.testing.assert_array_equal(scores.keyed[:, 1], [4, 2])
    np.testing.assert_allclose(scores.scale("own-test:main"), [11 / 3, 7 / 3])


def test_the_half_rule_counts_answered_items() -> None:
    codes = [[4, MISSING, DONT_KNOW], [4, 2, MISSING], [MISSING] * 3, [DONT_KNOW, DONT_KNOW, 1]]
    scores = score_responses(answers(codes, ("aa1", "aa2", "aa3")), small())
    np.testing.assert_array_equal(scores.values[:, 0], [np.nan, 4.0, np.nan, np.nan])
    assert scores.answered[:, 0].tolist() == [1, 2, 0, 1]


def test_a_sum_is_the_persons_mean_times_the_items() -> None:
    codes = [[5, 1, 5], [5, 1, MISSING]]
    scores = score_responses(answers(codes, ("aa1", "aa2", "aa3")), small(combine="sum"))
    assert scores.values[:, 0].tolist() == [15, 15]


def test_scales_shown_item_by_item_get_no_score() -> None:
    scores = score_responses(answers([[1, 2, 3]], ("aa1", "aa2", "aa3")), small(per_item=True))
    assert scores.scales == ()
    assert scores.values.shape == (1, 0)
    assert scores.keyed.tolist() == [[1, 4, 3]]


def test_two_instruments_keep_their_addresses() -> None:
    scales = [{"id": "main", "items": ("bb1",)}, {"id": "also", "items": ("bb1", "bb2")}]
    other = instrument({"bb1": False, "bb2": False}, scales, name="other")
    both = asked(*small().instruments, other)
    scores = score_responses(answers([[1, 2, 3, 4, 5]], both.codes), both)
    assert scores.scales == ("own-test:main", "other:main", "other:also")
    assert scores.scale("other:also").tolist() == [4.5]


@pytest.mark.parametrize(
    ("share", "items", "least"),
    [(0.5, 3, 2), (0.5, 4, 2), (0.5, 7, 4), (0.6, 5, 3), (0.8, 5, 4), (1, 5, 5), (0.01, 5, 1)],
)
def test_how_many_items_a_share_asks(share: float, items: int, least: int) -> None:
    assert needed(share, items) == least


@pytest.mark.parametrize(("share", "items"), [(0, 3), (1.1, 3), (0.5, 0)])
def test_rules_that_make_no_sense_are_refused(share: float, items: int) -> None:
    with pytest.raises(ValueError, match="received"):
        needed(share, items)


MATRIX = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 8), st.integers(1, 6)),
    elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, np.nan]),
)


@given(MATRIX)
def test_turning_round_twice_changes_nothing(values: np.ndarray) -> None:
    k = values.shape[1]
    every, low, high = np.ones(k, dtype=bool), np.ones(k), np.full(k, 5.0)
    np.testing.assert_array_equal(keyed(keyed(values, every, low, high), every, low, high), values)


@given(MATRIX, st.integers(1, 4))
def test_a_score_lies_within_the_scale_and_ignores_other_people(
    values: np.ndarray, least: int
) -> None:
    mean, answered = available_mean(values, least)
    assert ((mean >= 1) & (mean <= 5) | np.isnan(mean)).all()
    np.testing.assert_array_equal(np.isnan(mean), answered < least)
    alone, _ = available_mean(values[:1], least)
    np.testing.assert_array_equal(alone, mean[:1])


@cache
def _expected(folder: Path) -> dict[str, Any]:
    content = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return {entry["id"]: entry for entry in content["entries"]}


@cache
def _bfi(folder: Path) -> tuple[ResponseSet, tuple[str, ...]]:
    with (folder / "data" / "bfi.csv").open(encoding="utf-8", newline="") as file:
        codes = tuple(name for name in next(csv.reader(file)) if name[1:].isdigit())
    sheet, _ = read_table(folder / "data" / "bfi.csv")
    return admit([sheet], _questionnaire(codes, 0.01)), codes


def _questionnaire(codes: tuple[str, ...], share: float, combine: str = "mean") -> Questionnaire:
    scales = [
        {
            "id": name,
            "items": tuple(code for code in codes if code[0] == letter),
            "min_answered": share,
            "combine": combine,
        }
        for name, letter in BFI_SCALES.items()
    ]
    items = {code: code in BFI_REVERSED for code in codes}
    return asked(instrument(items, scales, name="bfi", form=SIX))


def _scores(folder: Path, share: float, combine: str = "mean") -> dict[str, np.ndarray]:
    responses, codes = _bfi(folder)
    scores = score_responses(responses, _questionnaire(codes, share, combine))
    return {name: scores.scale(f"bfi:{name}") for name in BFI_SCALES}


def close(got: float, entry: dict[str, Any], value: float) -> bool:
    return abs(got - value) <= entry["tol"] * max(1, abs(value))


def test_scores_without_imputation_agree_with_psych(oracles: Path) -> None:
    entry = _expected(oracles)["score/bfi/none"]
    found = _scores(oracles, 0.01)
    for name, scores in found.items():
        assert len(scores) == entry["value"]["n"][name]
        assert close(scores.mean(), entry, entry["value"]["mean"][name])
        assert close(scores.std(ddof=1), entry, entry["value"]["sd"][name])
    # Its correlations come from the pairwise covariances of the items, not from these scores.
    first = np.array([scores[:8] for scores in found.values()]).T
    np.testing.assert_allclose(first, entry["value"]["first8"]["values"], atol=entry["tol"])


def test_prorated_and_strict_scores_agree_with_r(oracles: Path) -> None:
    entry = _expected(oracles)["score/bfi_agree/prorated"]
    for name, share, combine in (
        ("min4", 0.8, "mean"),
        ("min3", 0.6, "mean"),
        ("strict_sum", 1.0, "sum"),
    ):
        scores = _scores(oracles, share, combine)["agree"]
        scores = scores[~np.isnan(scores)]
        assert len(scores) == entry["value"][name]["n"]
        assert close(scores.mean(), entry, entry["value"][name]["mean"])
        assert close(scores.std(ddof=1), entry, entry["value"][name]["sd"])


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    codes = [[1, 2, 3], [5, MISSING, 4], [DONT_KNOW, 1, 1], [2, 2, 2], [MISSING] * 3, [3, 5, 1]]
    columns = ("aa1", "aa2", "aa3")
    straight = score_responses(answers(codes, columns), small())
    mixed = score_responses(answers([codes[i] for i in order], columns), small())
    np.testing.assert_array_equal(mixed.values, straight.values[order])
    np.testing.assert_array_equal(mixed.answered, straight.answered[order])
