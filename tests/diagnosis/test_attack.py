"""Nobody can work out from everything released together what was hidden to protect people."""

from __future__ import annotations

import json
from functools import cache

import attacker
import pytest
from attacked_studies import evidence_of, questionnaire, simulated_study, world_of

from lcdiag.base.shelf import shelf
from lcdiag.diagnosis import (
    audit,
    audit_rests,
    complementary,
    disclosure,
    disclosure_followed,
    disclosure_rules,
    rounding,
)
from lcdiag.diagnosis.diagnose import diagnosis_of, name_communities
from lcdiag.diagnosis.evidence import Evidence

SAMPLE = shelf("sample_data") / "energietransitie"
STARTS = range(1, 31)


@cache
def study(start: int) -> Evidence:
    return simulated_study(start, questionnaire())


def attacked(evidence: Evidence, every: int = 3) -> attacker.Attacker:
    """The programmes of every third table keep the suite quick; the benchmark solves them all."""
    diagnosis = diagnosis_of(evidence, made="2026-01-01")
    one = attacker.Attacker(json.loads(diagnosis.to_json()), world_of(evidence), every=every)
    one.run()
    return one


def kinds(starts: range | tuple[int, ...]) -> set[str]:
    return {leak.kind for start in starts for leak in attacked(study(start)).leaks}


@pytest.mark.parametrize("start", STARTS)
def test_nothing_can_be_worked_out_of_a_simulated_study(start: int) -> None:
    assert attacked(study(start)).leaks == []


def test_a_leak_that_the_benchmark_found_stays_closed() -> None:
    """A coarsened score still told the sum of one item, through where its rounded value lay."""
    assert attacked(study(267)).leaks == []


def test_the_attack_tried_every_way() -> None:
    found = [attacked(study(start)).tried for start in (1, 3, 8, 22)]
    assert all(sum(one[way] for one in found) > 20 for way in found[0])


def test_nothing_can_be_worked_out_of_the_sample_study() -> None:
    from lcdiag.importers.folder import read_answers
    from lcdiag.responses.admit import admit
    from lcdiag.survey.open import open_study

    opened = open_study(SAMPLE)
    sheets, _ = read_answers(opened)
    responses = admit(sheets, opened.questionnaire, study=opened)
    responses, _ = name_communities(opened, responses)
    found = attacked(evidence_of(opened, responses), every=6)
    assert found.leaks == []
    assert found.tried["cells"] > 500
    assert found.tried["programmes"] > 100


def test_finds_rows_when_no_second_row_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_them(table: complementary.Table, safe: object = None) -> frozenset:
        return frozenset((row.kind, row.name) for row in table.rows if row.shown)

    monkeypatch.setattr(complementary.Table, "choose", all_of_them)
    assert "row-bounded" in kinds((4, 7))


def test_finds_rows_when_their_bounds_are_not_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_rests, "stays_open", lambda *_, **__: True)
    assert "row-bounded" in kinds((4, 7))


def test_finds_answers_in_exact_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "round_cell", lambda cell, grid: cell)
    assert "set-fixed" in kinds((1, 6))


def test_finds_answers_where_nothing_is_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit.Audit, "run", lambda self: None)
    assert {"set-fixed", "others-fixed"} & kinds((1, 6, 14))


def test_finds_counts_in_which_all_but_one_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure_rules, "all_but_one_alike", lambda counts: False)
    monkeypatch.setattr(audit.Audit, "run", lambda self: None)
    assert "counts" in kinds((1, 16))


def test_finds_cells_of_too_few_people(monkeypatch: pytest.MonkeyPatch) -> None:
    from lcdiag.diagnosis.disclosure_draft import Draft

    monkeypatch.setattr(Draft, "hide", lambda self, why: None)
    assert {"row-bounded", "counts", "change-of-hidden-level"} & kinds((1, 6))


def test_finds_levels_in_exact_differences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "round_changes", lambda board: None)
    assert "change-narrows" in kinds((1, 6))


def test_finds_people_in_counts_of_who_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "settle_followed", lambda evidence, board: None)
    assert "moves" in kinds((1, 3, 8))


def test_finds_few_people_in_counts_of_who_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure_followed, "counts_say_little", lambda counts: True)
    assert "moves" in kinds((4,))


def test_finds_gaps_of_five_people(monkeypatch: pytest.MonkeyPatch) -> None:
    first = disclosure_rules.first_grid
    monkeypatch.setattr(
        disclosure_rules, "first_grid", lambda one, limits, needed: first(one, limits, 5)
    )
    assert "too-few" in kinds((11, 14, 27))
