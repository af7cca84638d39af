"""How sectors see each other: what the cells are, what follows from them, where there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from attacked_studies import evidence_of
from test_parties import answers, asked

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis.audit_people import People
from lcdiag.diagnosis.diagnose import diagnosis_of, measure_all
from lcdiag.diagnosis.directed import grid_questions
from lcdiag.diagnosis.disclosure import decide
from lcdiag.diagnosis.disclosure_draft import Board
from lcdiag.diagnosis.disclosure_rules import first_drafts
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.givers import Giver, giver_of
from lcdiag.diagnosis.model import Diagnosis, PairWords, Unit
from lcdiag.instrument.study import (
    Community,
    Party,
    RosterRow,
    SmallPartyAgreement,
    Study,
    StudySettings,
)

HOMES = {
    f"{sector[0]}{letter}": sector for sector in ("north", "south", "west") for letter in "abc"
}
TWO_IN_WEST = {name: sector for name, sector in HOMES.items() if name != "wc"}
KEEPS = "lc-party-grid:keeps.sector."


def study(homes: dict[str, str], sizes: dict[str, int]) -> Study:
    settings = StudySettings(
        title="Sectors",
        communities=(Community(name="t"),),
        parties=tuple(Party(name=name, sector=sector) for name, sector in homes.items()),
        small_parties=SmallPartyAgreement(report_by="sector"),
    )
    roster = tuple(RosterRow("t", name, homes[name], 1, n) for name, n in sizes.items())
    return Study(Path(), settings, asked(list(homes)), roster, "made")


def evidence(
    homes: dict[str, str] = HOMES,
    each: int = 4,
    start: int = 1,
    skip: float = 0.0,
    *,
    named: bool = True,
    change: Callable[[str, int, dict], None] = lambda party, number, ratings: None,
) -> Evidence:
    """Every party sends as many people, who rate all others but for some that they skip."""
    rng = np.random.default_rng(start)
    made = study(homes, dict.fromkeys(homes, each))
    rows, sectors = [], []
    for party in homes:
        for number in range(each):
            ratings = {
                code: int(rng.integers(2, 7))
                for code, about in made.questionnaire.about.items()
                if code in made.questionnaire.codes and about != party and rng.random() >= skip
            }
            change(party, number, ratings)
            rows.append(("t", party if named else "", ratings))
            sectors.append(homes[party])
    responses = answers(made.questionnaire, rows)
    return evidence_of(made, replace(responses, sector=np.array(sectors, dtype=object)))


def plainly(made: Evidence, giver: str, seen: str, homes: dict[str, str] = HOMES) -> list[float]:
    """Each person's mean over the parties of a sector that are not their own, where whole."""
    found = []
    columns = made.responses.columns
    about = made.study.questionnaire.about
    for row, codes in enumerate(made.responses.codes):
        if made.responses.sector[row] != giver:
            continue
        own = made.responses.party[row]
        given = [
            int(codes[columns.index(code)])
            for code, party in about.items()
            if code.startswith("pg1") and homes[party] == seen and party != own
        ]
        if min(given) >= 0:
            found.append(sum(given) / len(given))
    return found


def cell(found: Diagnosis, statistic: str, seen: str, giver: str) -> Estimate | Hidden | None:
    unit = Unit(kind="sector", community="t", name=giver)
    return found.cell(statistic, f"{KEEPS}{seen}", unit, 1)


@pytest.mark.parametrize("start", [1, 2, 3])
def test_a_cell_is_the_mean_over_people_of_their_means_over_the_parties(start: int) -> None:
    made = evidence(TWO_IN_WEST, start=start, skip=0.1)
    found = diagnosis_of(made, made="", internal=True)
    skipped = 0
    for giver in ("north", "south", "west"):
        for seen in ("north", "south", "west"):
            if (giver, seen) == ("west", "west"):
                assert cell(found, "directed", seen, giver) is None, "one other party only"
                continue
            values = plainly(made, giver, seen)
            here = cell(found, "directed", seen, giver)
            assert isinstance(here, Estimate)
            assert (here.value, here.n) == (pytest.approx(np.mean(values)), len(values))
            skipped += here.n < 12
    assert skipped > 3


def test_where_only_the_sector_is_known_the_empty_row_tells_the_own_party() -> None:
    known = diagnosis_of(evidence(), made="", internal=True)
    unknown = diagnosis_of(evidence(named=False), made="", internal=True)
    cells = [m for m in known.measures if m.at.statistic == "directed"]
    assert len(cells) == 2 * 9
    for one in cells:
        assert unknown.cell("directed", one.at.subject, one.at.unit, 1) == one.cell
    shown = diagnosis_of(evidence(named=False), made="")
    assert isinstance(cell(shown, "directed", "south", "north"), Estimate)


def givers(made: Evidence) -> dict[str, Giver]:
    people = People(made)
    board = Board(first_drafts(made, measure_all(made)))
    places: dict[str, list] = {}
    for draft in board.drafts:
        if draft.raw.kind == "directed":
            places.setdefault(draft.raw.at.unit.name, []).append(draft)
    question = grid_questions(made)[0]
    found = {name: giver_of(people, question, drafts) for name, drafts in places.items()}
    return {name: one for name, one in found.items() if one is not None}


@pytest.mark.parametrize("start", range(1, 6))
@pytest.mark.parametrize("named", [True, False])
def test_cells_and_what_they_leave_unknown_add_up_to_the_scores(start: int, named: bool) -> None:
    made = evidence(TWO_IN_WEST, start=start, skip=0.15, named=named)
    for name, one in givers(made).items():
        if name == "west":
            assert not one.adds_up
            continue
        assert one.adds_up
        means = np.array([draft.raw.cell.value for draft in one.drafts])
        assert one.parts @ means + one.unknown.sum() == pytest.approx(one.scores.sum())
        some = one.weights > 0
        assert some.any()
        assert one.unknown[~some] == pytest.approx(0)
        assert (one.unknown[some] / one.weights[some] > 1 - 1e-9).all()
        assert (one.unknown[some] / one.weights[some] < 7 + 1e-9).all()


def test_two_sectors_follow_from_what_is_released_and_a_sector_has_no_other_side() -> None:
    found = diagnosis_of(evidence(), made="")
    there = cell(found, "directed", "south", "north")
    back = cell(found, "directed", "north", "south")
    both = cell(found, "mutuality", "south", "north")
    assert both.value == pytest.approx(there.value - back.value)
    assert cell(found, "mutuality", "north", "south") is None, "a pair has one difference"
    between = [m.at for m in found.measures if m.at.statistic in ("mutuality", "meta_gap")]
    assert {at.statistic for at in between} == {"mutuality", "meta_gap"}
    assert not [at for at in between if at.subject.endswith(f".{at.unit.name}")]


def shown(made: Evidence) -> set[str]:
    """Return which sectors have cells."""
    measures = diagnosis_of(made, made="").measures
    return {
        m.at.unit.name
        for m in measures
        if m.at.statistic == "directed" and isinstance(m.cell, Estimate)
    }


def rules(made: Evidence, giver: str) -> set[str]:
    drafts = decide(made, measure_all(made)).drafts
    return {d.why for d in drafts if d.raw.kind == "directed" and d.raw.at.unit.name == giver}


def test_a_sector_with_one_other_party_in_it_has_no_cells() -> None:
    """And another sector is hidden beside it: else its row would follow from the community's."""
    assert shown(evidence()) == {"north", "south", "west"}
    assert len(shown(evidence(TWO_IN_WEST))) == 1
    assert rules(evidence(TWO_IN_WEST), "west") == {"party-shows-through"}


def test_nobody_has_cells_beside_a_sector_of_one_party_or_a_party_without_one() -> None:
    """What is said of that party would follow from the other cells and the row."""
    alone = {name: sector for name, sector in HOMES.items() if name not in ("wb", "wc")}
    assert shown(evidence(alone, each=6)) == set()
    assert rules(evidence(alone, each=6), "north") == {"party-shows-through"}
    homeless = HOMES | {"wa": ""}
    assert shown(evidence(homeless)) == set()
    assert rules(evidence(homeless), "north") == {"party-shows-through"}


def test_a_cell_of_one_party_of_the_sector_hides_what_the_sector_says() -> None:
    def only_the_first(party: str, number: int, ratings: dict) -> None:
        if party in ("nb", "nc"):
            ratings.pop("pg1sa")

    assert shown(evidence(each=6)) == {"north", "south", "west"}
    made = evidence(each=6, change=only_the_first)
    assert "party-shows-through" in rules(made, "north")


def test_a_rating_of_the_own_party_leaves_a_sector_without_cells() -> None:
    """Of people whose party is unknown nobody can tell which of the ratings to leave out."""

    def also_the_own(party: str, number: int, ratings: dict) -> None:
        if (party, number) == ("na", 0):
            ratings["pg1na"] = 7

    made = evidence(named=False, change=also_the_own)
    assert "party-shows-through" in rules(made, "north")


def test_an_earlier_file_without_sectors_in_its_words_opens() -> None:
    old = {"id": "pg1aa", "scale": "lc-party-grid:keeps", "party": "aa", "label": {"en": "x"}}
    assert PairWords.model_validate(old).sector == ""


def test_the_words_say_which_sector_a_subject_is_about() -> None:
    hostile = {name: f'=1+1 <b>"{sector}"; é' for name, sector in HOMES.items()}
    found = diagnosis_of(evidence(hostile), made="")
    pairs = {one.id: one for one in found.words.pairs}
    subjects = {m.at.subject for m in found.measures if m.at.statistic == "directed"}
    assert subjects == set(pairs)
    assert {one.sector for one in pairs.values()} == set(hostile.values())
    for one in pairs.values():
        assert one.id.isascii()
        assert not set(one.id) & set(' <>"=;+')
        assert one.sector in one.label["nl"]
        assert one.party == ""
