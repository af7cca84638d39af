"""Shares of variance over the whole study: what is divided, and what a design cannot tell apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from reference_cases import entry, table
from small_study import CODES, make_evidence, make_responses, make_study

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import Diagnosis, Unit

STUDY = Unit(kind="study")
SCALE = "toy:ease"


def scored(rows: list[dict[str, object]], scores: np.ndarray | None = None) -> Evidence:
    names = tuple(dict.fromkeys(str(row["community"]) for row in rows))
    waves = tuple(sorted({int(str(row["wave"])) for row in rows}))
    evidence = make_evidence(make_study(names, waves), make_responses(rows))
    if scores is None:
        return evidence
    values = evidence.scores.values.copy()
    values[:, 0] = scores
    return Evidence(evidence.study, evidence.responses, replace(evidence.scores, values=values))


def read(rows: list[dict[str, object]], scores: np.ndarray | None = None) -> Diagnosis:
    return diagnosis_of(scored(rows, scores), made="2026-11-23", internal=True)


def share(diagnosis: Diagnosis, name: str) -> Estimate:
    cell = diagnosis.cell(f"variance_share.{name}", SCALE, STUDY, 0)
    assert isinstance(cell, Estimate), name
    return cell


def crossed(communities: int, parties: int, seats: int, waves: int, start: int = 1):
    """Rows of a study in which every party sits in every community, with answers at random."""
    rng = np.random.default_rng(start)
    rows: list[dict[str, object]] = []
    for community in range(communities):
        for party in range(parties):
            for seat in range(seats):
                for wave in range(1, waves + 1):
                    row: dict[str, object] = {
                        "person": f"{community}-{party}-{seat}",
                        "community": f"C{community}",
                        "party": f"P{party}",
                        "wave": wave,
                    }
                    row.update({code: int(rng.integers(1, 8)) for code in CODES})
                    rows.append(row)
    return rows


def test_the_shares_of_the_reference_data_are_those_of_lme4() -> None:
    data = table("synth_crossed.csv")
    rows: list[dict[str, object]] = [
        {"person": person, "party": rater, "community": "One", "wave": 1, "all": 4}
        for person, rater in zip(data["person"], data["rater"], strict=True)
    ]
    # brought within the ends of the scale, which moves no share
    found = read(rows, 4 + (data["y"].to_numpy() - 5) / 4)
    wanted = entry("crossed/synth_crossed/reml_2_tight")["value"]
    assert share(found, "person").value == pytest.approx(wanted["share_person"], abs=1e-5)
    assert share(found, "party").value == pytest.approx(wanted["share_rater"], abs=1e-5)
    assert share(found, "rest").value == pytest.approx(wanted["share_Residual"], abs=1e-5)
    assert share(found, "community").absent == "fewer-than-5-levels"
    assert share(found, "wave").absent == "fewer-than-5-levels"


def test_a_balanced_study_divides_as_mean_squares_do() -> None:
    # one factor: 6 communities x 10 people once; the shares follow from the two mean squares
    rng = np.random.default_rng(5)
    rows = [
        {"person": f"{c}-{p}", "community": f"C{c}", "party": "", "wave": 1, "all": 4}
        for c in range(6)
        for p in range(10)
    ]
    y = 4 + 0.5 * (np.repeat(rng.normal(size=6), 10) + rng.normal(size=60))
    table = y.reshape(6, 10)
    between = 10 * table.mean(axis=1).var(ddof=1)
    within = table.var(axis=1, ddof=1).mean()
    wanted = (between - within) / 10 / ((between - within) / 10 + within)
    found = read(rows, y)
    assert share(found, "community").value == pytest.approx(wanted, abs=1e-6)
    assert share(found, "rest").value == pytest.approx(1 - wanted, abs=1e-6)
    assert share(found, "person").absent == "one-answer-a-level"
    assert share(found, "party").absent == "fewer-than-5-levels"
    assert share(found, "community").n == 6


def test_one_representative_a_party_makes_party_and_person_one() -> None:
    rows = [
        {**row, "party": f"only of {row['person']}"}
        for row in crossed(communities=6, parties=4, seats=1, waves=3)
    ]
    found = read(rows)
    joint = share(found, "party+person")
    assert joint.value is not None
    assert share(found, "party").absent == "same-levels-as-person"
    assert share(found, "person").absent == "same-levels-as-party"
    community, rest = share(found, "community"), share(found, "rest")
    assert joint.value + (community.value or 0) + (rest.value or 0) == pytest.approx(1)


def test_what_is_released_sums_to_one_within_its_strips_and_stands_on_two_decimals() -> None:
    evidence = scored(crossed(communities=6, parties=5, seats=2, waves=5))
    found = diagnosis_of(evidence, made="2026-11-23")
    names = ("person", "party", "community", "wave", "rest")
    values = [share(found, name).value for name in names]
    assert sum(value or 0.0 for value in values) == pytest.approx(1, abs=0.025)
    for value in values:
        assert value == pytest.approx(round(value or 0.0, 2), abs=1e-9)
    rest = share(found, "rest")
    assert rest.low is not None
    assert rest.high is not None
    assert 0 <= rest.low <= (rest.value or 0) <= rest.high <= 1


def test_a_study_in_which_one_community_is_nearly_everybody_shows_no_share() -> None:
    rows = crossed(communities=1, parties=6, seats=3, waves=2)
    rows += [{**row, "community": "Small"} for row in crossed(1, 2, 2, 2, start=2)]
    for row in rows:
        row["person"] = f"{row['community']}/{row['person']}"
    found = diagnosis_of(scored(rows), made="2026-11-23")
    assert isinstance(found.cell("variance_share.person", SCALE, STUDY, 0), Hidden)
    assert isinstance(found.cell("variance_share.rest", SCALE, STUDY, 0), Hidden)


def test_equal_answers_and_no_factor_at_all_give_reasons() -> None:
    rows = [{**row, "all": 4} for row in crossed(6, 5, 1, 2)]
    for row in rows:
        row.update(dict.fromkeys(CODES, 4))
    assert share(read(rows), "rest").absent == "cannot-be-divided"
    few = read(crossed(2, 2, 1, 1))
    assert share(few, "rest").absent == "no-factor-to-separate"
    assert share(few, "person").absent == "fewer-than-5-levels"


def test_names_and_the_order_of_rows_do_not_matter() -> None:
    rows = crossed(communities=6, parties=5, seats=2, waves=2)
    one = read(rows)
    order = np.random.default_rng(2).permutation(len(rows))
    renamed = [
        {**rows[i], "community": f"Z{rows[i]['community']} é", "party": f"<{rows[i]['party']}>"}
        for i in order
    ]
    other = read(renamed)
    for name in ("person", "party", "community", "wave", "rest"):
        left, right = share(one, name), share(other, name)
        assert (left.absent, left.n, left.method) == (right.absent, right.n, right.method)
        if left.value is not None:
            assert left.value == pytest.approx(right.value, abs=1e-6)
            assert (left.low, left.high) == pytest.approx((right.low, right.high), abs=1e-5)


def test_measurement_error_is_what_alpha_leaves() -> None:
    found = read(crossed(communities=6, parties=5, seats=2, waves=2))
    rows = [m for m in found if m.at.statistic == "variance_share.measurement_error"]
    assert {m.at.wave for m in rows} == {1, 2}
    for one in rows:
        alpha = found.cell("cronbach_alpha", SCALE, STUDY, one.at.wave)
        assert isinstance(alpha, Estimate)
        assert isinstance(one.cell, Estimate)
        if (alpha.value or 0) < 0:
            assert one.cell.absent == "alpha-below-0"
        else:
            assert one.cell.value == pytest.approx(1 - (alpha.value or 0))
            assert one.cell.low == pytest.approx(max(0, 1 - (alpha.high or 0)))


def test_measurement_error_of_a_consistent_scale_has_the_strip_of_alpha_turned_round() -> None:
    rng = np.random.default_rng(4)
    rows = crossed(communities=6, parties=5, seats=1, waves=1)
    for row in rows:
        middle = int(rng.integers(2, 7))
        a1, a2, a3 = (int(np.clip(middle + rng.integers(-1, 2), 1, 7)) for _ in range(3))
        row.update(a1=a1, a2=a2, a3=8 - a3)
    found = read(rows)
    alpha = found.cell("cronbach_alpha", SCALE, STUDY, 1)
    error = found.cell("variance_share.measurement_error", SCALE, STUDY, 1)
    assert isinstance(alpha, Estimate)
    assert isinstance(error, Estimate)
    assert (alpha.value or 0) > 0.7
    assert error.value == pytest.approx(1 - (alpha.value or 0))
    assert error.low == pytest.approx(1 - (alpha.high or 0))
    assert error.high == pytest.approx(min(1, 1 - (alpha.low or 0)))
    assert error.n == alpha.n == 30


def test_the_number_of_people_over_the_waves_is_not_told() -> None:
    rows = [row | {"wave": 1 + place % 2} for place, row in enumerate(crossed(6, 5, 2, 2))]
    found = read(rows)
    people = len({row["person"] for row in rows})
    for name in ("person", "rest"):
        assert share(found, name).n == len(rows) != people
