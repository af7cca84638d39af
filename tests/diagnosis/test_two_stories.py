"""Two heaps of answers: by hand, against a plain search, and from released counts only."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_study import CODES, make_responses, make_study

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.heaps import LIMIT, two_heaps
from lcdiag.diagnosis.model import Diagnosis, Unit

NORTH = Unit(kind="community", community="North")
COUNTS = st.lists(st.integers(0, 9), min_size=2, max_size=11)


def plainly(counts: list[int]) -> tuple[float, int]:
    """Return the same by trying every cut."""
    k, best = len(counts), (0.0, 0)
    for first in range(1, k):
        for last in range(first + max(2, math.ceil(2 * k / 7)), k):
            middle = sum(counts[first:last])
            heap = min(sum(counts[:first]), sum(counts[last:]))
            z = (heap - middle) / math.sqrt(heap + middle + 1)
            if 2 * middle <= heap and z > best[0] + 1e-12:
                best = (z, heap)
    return best


@given(COUNTS)
def test_it_is_the_best_of_all_cuts(counts: list[int]) -> None:
    z, smaller = two_heaps([counts])
    assert (z[0], smaller[0]) == pytest.approx(plainly(counts))


@given(COUNTS)
def test_the_other_end_of_the_scale_makes_no_difference(counts: list[int]) -> None:
    assert two_heaps([counts])[0] == pytest.approx(two_heaps([counts[::-1]])[0])


@given(COUNTS, st.integers(2, 9))
def test_more_people_alike_make_two_heaps_surer(counts: list[int], times: int) -> None:
    many = [times * count for count in counts]
    assert two_heaps([many])[0][0] >= two_heaps([counts])[0][0]


@pytest.mark.parametrize(
    ("counts", "split"),
    [
        ([0, 5, 0, 0, 0, 5, 0], True),
        ([1, 3, 1, 0, 0, 3, 2], True),
        ([0, 4, 0, 0, 0, 6, 0], True),
        ([0, 3, 0, 0, 0, 7, 0], False),  # three people are few
        ([0, 5, 0, 1, 0, 4, 0], False),  # somebody stands between them
        ([0, 0, 2, 5, 2, 1, 0], False),
        ([2, 1, 1, 2, 1, 2, 1], False),
        ([0, 0, 0, 0, 0, 0, 10], False),
        ([5, 5], False),
    ],
)
def test_by_hand(counts: list[int], split: bool) -> None:
    assert (two_heaps([counts])[0][0] > LIMIT) == split


def found_in(answers: dict[str, list[int]]) -> Diagnosis:
    """Return the diagnosis of one community; everything not named is 4 or 5 in turn."""
    people = len(next(iter(answers.values())))
    rows: list[dict[str, object]] = []
    for place in range(people):
        row: dict[str, object] = {"person": str(place), "party": "Alder", "sector": "Public"}
        row |= dict.fromkeys(CODES, 4 + place % 2)
        rows.append(row | {code: values[place] for code, values in answers.items()})
    return diagnose(make_study(("North",), (1,)), make_responses(rows), made="")


SPLIT = [2] * 6 + [6] * 5 + [7]


def story(found: Diagnosis, subject: str) -> Estimate | Hidden | None:
    return found.cell("two_stories", subject, NORTH, 1)


def test_a_flag_tells_the_size_of_the_smaller_heap() -> None:
    found = found_in({"a1": SPLIT})
    cell = story(found, "a1")
    assert isinstance(cell, Estimate)
    assert (cell.value, cell.n) == (6, 12)
    other = story(found, "a2")
    assert isinstance(other, Estimate)
    assert other.absent == "one-heap"


def test_a_scale_is_split_where_half_of_its_items_are() -> None:
    once, twice = found_in({"a1": SPLIT}), found_in({"a1": SPLIT, "a3": SPLIT[::-1]})
    one, two = story(once, "toy:ease"), story(twice, "toy:ease")
    assert isinstance(one, Estimate)
    assert isinstance(two, Estimate)
    assert one.absent == "one-heap"
    assert (two.value, two.n) == (2, 12)


def test_it_is_hidden_where_counts_are() -> None:
    assert isinstance(story(found_in({"a1": [2] * 4 + [6] * 4}), "a1"), Hidden)  # eight people
    alike = found_in({"a1": [2] * 11 + [6]})
    assert isinstance(alike.cell("count.2", "a1", NORTH, 1), Hidden)
    assert isinstance(story(alike, "a1"), Hidden)
    assert isinstance(story(alike, "toy:ease"), Hidden)


def test_it_follows_from_the_released_counts_alone() -> None:
    found = found_in({"a1": SPLIT})
    counts = np.array([[found.cell(f"count.{code}", "a1", NORTH, 1).value for code in range(1, 8)]])
    assert two_heaps(counts)[1].tolist() == [6]
