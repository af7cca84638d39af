"""Nobody can work out from how sectors see each other what a party says, or how it is seen."""

from __future__ import annotations

import json

import pytest
from attacked_studies import sector_study, world_of
from attacker_directed import SectorAttacker

from lcdiag.diagnosis import audit, disclosure, rounding, seen
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.instrument.compose import compose

NAMES = tuple(f"party {number}" for number in range(9))
ASKED = compose((("lc-party-grid:keeps", "lc-party-grid:seen"),), ("nl", "en"), parties=NAMES)


def reckoned(start: int, agreed: int | None = None) -> SectorAttacker:
    evidence, party = sector_study(start, ASKED, agreed)
    released = json.loads(diagnosis_of(evidence, made="").to_json())
    one = SectorAttacker(released, world_of(evidence), evidence, party)
    one.run_directed()
    return one


def kinds(start: int) -> set[str]:
    return {leak.kind for leak in reckoned(start).leaks}


@pytest.mark.parametrize("start", range(2, 5))
def test_nothing_can_be_worked_out_of_how_sectors_see_each_other(start: int) -> None:
    assert reckoned(start).leaks == []


@pytest.mark.parametrize("agreed", [3, 8])
def test_an_agreed_minimum_does_not_open_it(agreed: int) -> None:
    assert reckoned(3, agreed).leaks == []


def test_the_attack_is_no_attack_on_nothing() -> None:
    made = reckoned(3)
    assert made.shown > 5
    assert made.tried["programmes"] > 300


def test_the_attack_would_find_parties_in_what_is_shown_of_their_sector(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disclosure, "settle_directed", lambda people, board, limits: None)
    assert "directed-bounded" in kinds(12)


def test_the_attack_would_find_exact_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "round_cell", lambda cell, grid: cell)
    assert "scores-fixed" in kinds(2)


def test_the_attack_would_find_cells_that_no_other_answers_give(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audit.Audit, "_by_witness", lambda self, cases: None)
    assert "scores-fixed" in kinds(2)


def test_the_attack_would_find_what_is_said_of_a_single_party(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seen, "FEWEST_PARTIES", 1)
    assert "one-party" in kinds(1)
