"""What parties agreed about small rows: what is shown then, how, and that it gives nobody away."""

from __future__ import annotations

import dataclasses
import json
from functools import cache

import attacker
import numpy as np
import pytest
from attacked_studies import questionnaire, simulated_study, world_of
from hypothesis import given, settings
from hypothesis import strategies as st
from small_study import make_evidence, make_responses, make_study

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.text import resolve
from lcdiag.diagnosis import audit_witness, disclosure_draft
from lcdiag.diagnosis.diagnose import diagnosis_of, measure_all
from lcdiag.diagnosis.disclosure import release
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.instrument.study import SmallPartyAgreement

SECTOR = {"Alder": "Public", "Birch": "Public", "Cedar": "Private", "Dogwood": "Private"}


@cache
def study(start: int, agreed: int) -> Evidence:
    return simulated_study(start, questionnaire(), agreed)


def attacked(evidence: Evidence, every: int = 6) -> attacker.Attacker:
    diagnosis = diagnosis_of(evidence, made="2026-01-01")
    one = attacker.Attacker(json.loads(diagnosis.to_json()), world_of(evidence), every=every)
    one.run()
    return one


# -- nothing can be worked out


@pytest.mark.parametrize("start", range(1, 31))
def test_nothing_can_be_worked_out_under_an_agreement(start: int) -> None:
    """Each start meets one minimum here; the benchmark lets every start meet every minimum."""
    assert attacked(study(start, (3, 4, 8)[start % 3])).leaks == []


def test_a_leak_that_the_benchmark_found_stays_closed() -> None:
    """The rows of parties of three told nearly what a party of five added up to."""
    assert attacked(study(58, 3), every=1).leaks == []


def test_rows_of_few_people_are_really_shown_and_attacked() -> None:
    evidence = study(3, 3)
    found = attacked(evidence)
    few = [
        key
        for key, cell in found.cells.items()
        if key[2] in ("party", "sector")
        and 0 < len(found.row_values(*key)) < 5
        and not attacker.is_hidden(cell)
    ]
    assert few
    assert found.tried["joined"] >= len(few)
    assert all(key[0] == "mean" for key in few), "own and others' views need six people"


def test_the_attacker_finds_few_people_when_their_sum_gives_them_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = audit_witness._others

    def any_sum(case: audit_witness.Case, low: float, high: float, reach: int) -> np.ndarray:
        known, case.draft.summed = case.draft.summed, False
        try:
            return tried(case, low, high, reach)
        finally:
            case.draft.summed = known

    monkeypatch.setattr(audit_witness, "_others", any_sum)
    assert "row-joined" in {
        leak.kind for start in (2, 7) for leak in attacked(study(start, 3)).leaks
    }


def test_the_attacker_finds_few_people_who_are_rounded_as_others_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disclosure_draft.Draft, "small_grid", 0.1)
    assert "grid-too-fine" in {leak.kind for leak in attacked(study(2, 3)).leaks}


# -- what is shown


def seats(*parties: tuple[str, int]) -> list[dict[str, object]]:
    """Rows in which people of a party answer differently, around the middle of the scale."""
    rows: list[dict[str, object]] = []
    for party, size in parties:
        for number in range(size):
            rows.append(
                {
                    "person": f"{party} {number}",
                    "party": party,
                    "sector": SECTOR[party],
                    "all": 3 + number % 3,
                    "a1": 3 + (number + len(rows)) % 3,
                    "a3": 5 - number % 3,
                }
            )
    return rows


def evidence(rows: list[dict[str, object]], **agreed: object) -> Evidence:
    made = make_study(("North",), (1,))
    changed = made.settings.model_copy(
        update={"small_parties": SmallPartyAgreement.model_validate(agreed)}
    )
    return make_evidence(dataclasses.replace(made, settings=changed), make_responses(rows))


def released(made: Evidence) -> dict[tuple[str, str, str], Estimate | Hidden]:
    """Cells of the scale by kind and name of the row; the statistic is the mean."""
    found = release(made, measure_all(made))
    return {
        (m.at.subject, m.at.unit.kind, m.at.unit.name): m.cell
        for m in found
        if m.at.statistic == "mean"
    }


def shown(cells: dict[tuple[str, str, str], Estimate | Hidden], party: str) -> bool:
    return isinstance(cells["toy:ease", "party", party], Estimate)


ROOM = (("Alder", 6), ("Birch", 4), ("Cedar", 3), ("Dogwood", 7))


def test_without_an_agreement_small_parties_are_hidden() -> None:
    cells = released(evidence(seats(*ROOM)))
    assert not shown(cells, "Cedar")
    assert not shown(cells, "Birch")


def test_an_agreement_shows_small_parties_in_half_points() -> None:
    cells = released(evidence(seats(*ROOM), minimum=3))
    assert [shown(cells, party) for party, _ in ROOM] == [True] * 4
    for party in ("Birch", "Cedar"):
        cell = cells["toy:ease", "party", party]
        assert isinstance(cell, Estimate)
        ends = [
            cell.value,
            cell.low,
            cell.high,
            *(end for b in cell.bands for end in (b.low, b.high)),
        ]
        assert all(end is not None and (2 * end) % 1 == 0 for end in ends)


def test_one_below_the_agreed_minimum_stays_hidden() -> None:
    cells = released(evidence(seats(*ROOM), minimum=4))
    assert not shown(cells, "Cedar")


def test_a_higher_minimum_holds_for_rows_and_leaves_the_community_alone() -> None:
    usual = released(evidence(seats(*ROOM)))
    strict = released(evidence(seats(*ROOM), minimum=8))
    assert not any(shown(strict, party) for party, _ in ROOM)
    top = ("toy:ease", "community", "")
    assert strict[top] == usual[top]
    assert isinstance(strict[top], Estimate)


def test_a_remainder_needs_five_people_whatever_was_agreed() -> None:
    # two of three parties would leave the third alone; with three it is all or none
    cells = released(evidence(seats(("Alder", 6), ("Birch", 6), ("Cedar", 2)), minimum=3))
    assert not shown(cells, "Cedar")
    assert sum(shown(cells, party) for party in ("Alder", "Birch")) <= 1
    # with a higher minimum what is left beside a row must be as large as a row
    rows = seats(("Alder", 9), ("Birch", 3), ("Cedar", 3))
    assert not shown(released(evidence(rows, minimum=8)), "Alder")
    assert shown(released(evidence(rows)), "Alder")


def test_a_community_of_four_is_hidden_although_its_parties_agreed_to_three() -> None:
    cells = released(evidence(seats(("Alder", 4)), minimum=3))
    assert all(isinstance(cell, Hidden) for cell in cells.values())


def test_three_who_think_alike_at_the_end_of_the_scale_are_not_shown() -> None:
    rows = seats(*ROOM)
    for row in rows:
        if row["party"] == "Cedar":
            row |= {"all": 7, "a1": 7, "a3": 1}
    cells = released(evidence(rows, minimum=3))
    assert not shown(cells, "Cedar")


def test_own_and_others_views_keep_their_own_minimum() -> None:
    made = evidence(seats(*ROOM), minimum=3)
    for measure in release(made, measure_all(made)):
        at = measure.at
        if at.unit.kind == "party" and at.statistic in ("own", "others", "practice"):
            size = dict(ROOM)[at.unit.name]
            assert size >= 6 or isinstance(measure.cell, Hidden)


def test_agreed_sectors_follow_the_agreed_minimum_too() -> None:
    rows = seats(("Alder", 2), ("Birch", 2), ("Cedar", 4), ("Dogwood", 3))
    cells = released(evidence(rows, minimum=4, report_by="sector"))
    assert isinstance(cells["toy:ease", "sector", "Public"], Estimate)
    assert isinstance(cells["toy:ease", "sector", "Private"], Estimate)
    assert not any(kind == "party" for _, kind, _ in cells)
    assert isinstance(
        released(evidence(rows, report_by="sector"))["toy:ease", "sector", "Public"], Hidden
    )


@settings(max_examples=25, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 9), min_size=4, max_size=4),
    agreed=st.sampled_from([3, 4, 5, 8]),
    answers=st.integers(0, 10_000),
)
def test_no_row_below_the_agreed_minimum_is_ever_shown(
    sizes: list[int], agreed: int, answers: int
) -> None:
    rows = seats(*zip(SECTOR, sizes, strict=True))
    rng = np.random.default_rng(answers)
    for row in rows:
        row |= {code: int(rng.integers(1, 8)) for code in ("a1", "a2", "a3")}
    cells = released(evidence(rows, minimum=agreed))
    sums = {name: sum(n for (p, s), n in zip(SECTOR.items(), sizes, strict=True) if s == name)
            for name in ("Public", "Private")} | dict(zip(SECTOR, sizes, strict=True))  # fmt: skip
    for (_, kind, name), cell in cells.items():
        if kind in ("party", "sector") and isinstance(cell, Estimate):
            assert sums[name] >= agreed
            assert cell.n == sums[name]


# -- what the pages say


def page_text(minimum: int | None, language: str) -> str:
    from lcdiag.views.pages import before, levels, words

    made = evidence(seats(*ROOM), minimum=minimum)
    diagnosis = diagnosis_of(made, made="2026-01-01")
    assert isinstance(diagnosis, Diagnosis)
    pages = (module.PAGE.make(diagnosis, "North") for module in (before, levels, words))
    return json.dumps([spoken(page, language) for page in pages], ensure_ascii=False)


def spoken(value: object, language: str) -> object:
    from lcdiag.base.text import Message, Wording

    if isinstance(value, Message | Wording):
        return resolve(value, language)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [spoken(getattr(value, one.name), language) for one in dataclasses.fields(value)]
    if isinstance(value, list | tuple):
        return [spoken(one, language) for one in value]
    return str(value)


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "spraken de partijen af: vanaf 3 antwoorden"), ("en", "agreed: from 3 answers on")],
)
def test_pages_say_which_minimum_the_rows_follow(language: str, words: str) -> None:
    assert words in page_text(3, language)
    assert words not in page_text(None, language)


def test_a_diagnosis_carries_the_agreed_minimum_only_where_it_differs() -> None:
    made = "2026-01-01"
    assert diagnosis_of(evidence(seats(*ROOM), minimum=8), made=made).thresholds.rows == 8
    assert diagnosis_of(evidence(seats(*ROOM), minimum=5), made=made).thresholds.rows is None
    assert diagnosis_of(evidence(seats(*ROOM)), made=made).thresholds.rows is None
