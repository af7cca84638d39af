"""The mean of a scale over the whole study, from the released means of its communities."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from test_derivations import SCALE, communities, keyed, read

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.diagnosis.units import STUDY


def over_study(diagnosis: Diagnosis) -> Estimate:
    cell = diagnosis.cell("mean_over_study", SCALE, STUDY, 1)
    assert isinstance(cell, Estimate)
    return cell


def test_it_is_the_mean_of_all_people_with_the_spread_inside_communities() -> None:
    rows = communities(6)
    scores = keyed(rows).mean(axis=1)
    inside = [scores[[r["community"] == name for r in rows]] for name in by_name(rows)]
    n = sum(len(one) for one in inside)
    error = np.sqrt(sum((len(one) / n) ** 2 * one.var(ddof=1) / len(one) for one in inside))
    reach = stats.t.ppf(0.975, n - len(inside)) * error
    cell = over_study(read(rows, internal=True))
    assert cell.value == pytest.approx(scores.mean())
    assert cell.n == n
    assert (cell.low, cell.high) == pytest.approx((scores.mean() - reach, scores.mean() + reach))


def by_name(rows: list[dict[str, object]]) -> list[object]:
    return list(dict.fromkeys(row["community"] for row in rows))


def test_what_is_released_lies_on_its_grid_and_near_the_exact_one() -> None:
    rows = communities(7)
    found, exact = over_study(read(rows)), over_study(read(rows, internal=True))
    assert found.value is not None
    assert exact.value is not None
    assert found.value == pytest.approx(round(found.value, 1))
    assert abs(found.value - exact.value) <= 0.1 + 1e-9


def test_four_communities_have_none() -> None:
    assert over_study(read(communities(4))).absent == "fewer-than-5-groups"


def test_one_community_has_no_row() -> None:
    found = read(communities(1))
    assert found.cell("mean_over_study", SCALE, STUDY, 1) is None


def test_a_hidden_community_does_not_count() -> None:
    rows = communities(6)
    names = by_name(rows)
    few = [r for r in rows if r["community"] != names[-1]]
    few += [r for r in rows if r["community"] == names[-1]][:3]
    assert over_study(read(few)) == over_study(
        read([r for r in few if r["community"] in names[:5]])
    )
