from __future__ import annotations

import numpy as np
import pytest
from small_study import make_evidence, make_responses, make_study

from lcdiag.diagnosis.cells import column_estimates
from lcdiag.diagnosis.units import group_rows
from lcdiag.statistics.means import group_means


def test_fast_estimates_equal_those_of_the_statistics_room():
    rng = np.random.default_rng(1)
    values = rng.integers(1, 8, (60, 3)).astype(float)
    values[rng.random((60, 3)) < 0.3] = np.nan
    groups = np.repeat(np.arange(12), 5)
    values[:5, 0] = np.nan  # nobody
    values[5:9, 0] = np.nan  # one answer
    values[10:15, 0] = 4  # all equal
    values[15:20, 0] = 7  # all equal, at the end
    means = group_means(values, groups, bounds=(1, 7))
    for variable in range(3):
        fast = list(column_estimates(means, variable))
        assert fast == [means.estimate(group, variable) for group in range(12)]


def test_rows_without_a_party_have_no_place():
    rows = [
        {"person": "p", "party": "Alder"},
        {"person": "q", "party": ""},
        {"person": "r", "party": "Somewhere else"},
    ]
    grouping = group_rows(make_evidence(make_study(), make_responses(rows)), "party")
    assert grouping.label.tolist() == [0, -1, 1]
    assert [place.unit.name for place in grouping.places] == ["Alder", "Somewhere else"]


def test_places_stand_in_the_order_of_the_study_then_wave_then_name():
    rows = [
        {"person": f"{c}{w}{p}", "community": c, "wave": w, "party": p}
        for c in ("Unlisted", "South", "North")
        for w in (2, 1)
        for p in ("Cedar", "Alder")
    ]
    grouping = group_rows(make_evidence(make_study(), make_responses(rows)), "party")
    found = [(place.unit.community, place.wave, place.unit.name) for place in grouping.places]
    order = {"North": 0, "South": 1, "Unlisted": 2}
    assert found == sorted(found, key=lambda one: (order[one[0]], one[1:]))
    for row, label in zip(rows, grouping.label.tolist(), strict=True):
        assert found[label] == (row["community"], row["wave"], row["party"])


@pytest.mark.parametrize("invited", [1, 30])
def test_a_roster_that_says_fewer_than_answered_is_not_believed(invited: int):
    from lcdiag.instrument.study import RosterRow

    study = make_study(roster=(RosterRow("North", "Alder", "Public", 1, invited),))
    rows = [{"person": str(i)} for i in range(4)]
    (place,) = group_rows(make_evidence(study, make_responses(rows)), "community").places
    assert place.people == max(4, invited)
