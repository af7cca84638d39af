from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lcdiag.base.text import sentence
from lcdiag.instrument.compose import compose
from lcdiag.instrument.study import RosterRow, Study, StudySettings
from lcdiag.responses.admit import examine
from lcdiag.responses.model import DONT_KNOW, MISSING, ResponseSet
from lcdiag.responses.sheet import Sheet

NAMES = ("Gemeente", "School", "Net")
SEATS = (("A", "Gemeente"), ("A", "School"), ("B", "School"), ("B", "Net"))


def grid(roster: bool = True) -> Study:
    asked = compose([["lc-party-grid:pg1", "lc-safety:voice"]], ("nl", "en"), parties=NAMES)
    settings = StudySettings.model_validate(
        {
            "title": "Proef",
            "communities": [{"name": "A"}, {"name": "B"}],
            "parties": [{"name": name} for name in NAMES],
        }
    )
    rows = tuple(RosterRow(where, party, "", 1, 9) for where, party in SEATS)
    return Study(Path(), settings, asked, rows if roster else ())


def admitted(study: Study, *rows: str, without: str = "") -> tuple[ResponseSet | None, dict]:
    header = ["code", "gemeenschap", "partij", *study.questionnaire.codes]
    keep = [place for place, head in enumerate(header) if head != without]
    cells = [row.split("|") for row in rows]
    one = Sheet(
        tuple(header[place] for place in keep),
        tuple(tuple(row[place] for place in keep) for row in cells),
        tuple(range(2, 2 + len(rows))),
        Path("a.csv"),
    )
    responses, findings = examine([(1, one)], study.questionnaire, study=study)
    for finding in findings:
        assert sentence(finding, "nl") != sentence(finding, "en")
    return responses, {finding.code: finding for finding in findings}


def given(responses: ResponseSet | None) -> list[list[int]]:
    assert responses is not None
    return responses.codes[:, :3].tolist()


def test_a_rating_of_ones_own_party_does_not_count_and_is_said() -> None:
    rows = ("p1|A|Gemeente|5|6||1|2|3", "p2|A|gemeente|4|5||1|2|3", "p3|A|School|3|||1|2|3")
    responses, found = admitted(grid(), *rows)
    assert given(responses) == [[MISSING, 6, MISSING], [MISSING, 5, MISSING], [3, MISSING, MISSING]]
    assert found["grid.own-party"].facts == {"n": 2, "people": 2}
    assert "grid.party-elsewhere" not in found


def test_a_party_at_another_table_does_not_count_where_the_roster_says_so() -> None:
    rows = ("p1|A|Gemeente||6|7|1|2|3", "p2|B|Net|4|5||1|2|3")
    responses, found = admitted(grid(), *rows)
    assert given(responses) == [[MISSING, 6, MISSING], [MISSING, 5, MISSING]]
    assert found["grid.party-elsewhere"].facts == {"n": 2, "people": 2}
    responses, found = admitted(grid(roster=False), *rows)
    assert given(responses) == [[MISSING, 6, 7], [4, 5, MISSING]]
    assert "grid.party-elsewhere" not in found


def test_dont_know_of_the_own_party_is_no_answer_and_no_remark() -> None:
    responses, found = admitted(grid(), "p1|A|Gemeente|dk|dk||1|2|3")
    assert given(responses) == [[MISSING, DONT_KNOW, MISSING]]
    assert not [code for code in found if code.startswith("grid.")]


def test_who_does_not_name_a_party_may_rate_all_at_the_table() -> None:
    responses, _ = admitted(grid(), "p1|A||5|6||1|2|3")
    assert given(responses) == [[5, 6, MISSING]]


def test_who_rated_only_their_own_party_gave_no_answer() -> None:
    responses, found = admitted(grid(), "p1|A|Gemeente|5|||||", "p2|A|School|5|||1|2|3")
    assert responses is not None
    assert responses.person.tolist() == ["p2"]
    assert found["responses.empty-rows"].facts["n"] == 1


def test_a_column_for_a_party_at_another_table_may_be_left_out() -> None:
    _, found = admitted(grid(), "p1|A|Gemeente||6||1|2|3", without="pg1net")
    assert "responses.items-missing" not in found
    _, found = admitted(grid(), "p1|A|Gemeente||6||1|2|3", without="st1")
    assert "responses.items-missing" in found


@pytest.mark.parametrize("size", [1, 5000])
def test_many_rows_go_as_few(size: int) -> None:
    responses, _ = admitted(grid(), *(f"p{row}|B|Net||5|4|1|2|3" for row in range(size)))
    assert responses is not None
    assert np.unique(responses.codes[:, :3], axis=0).tolist() == [[MISSING, 5, MISSING]]
