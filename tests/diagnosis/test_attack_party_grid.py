"""Nobody can work out from a round robin who said what, or how one party is seen."""

from __future__ import annotations

import json

import attacker
import pytest
from attacked_studies import BLOCKS, simulated_study, world_of
from attacker_directed import DirectedAttacker

from lcdiag.diagnosis import audit, disclosure, rounding
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.instrument.compose import compose
from lcdiag.instrument.questionnaire import Questionnaire

NAMES = tuple(f"party {number}" for number in range(9))
PAIRS = ("directed", "mutuality", "meta_gap")
SCALES = tuple(f"lc-party-grid:{name}" for name in ("keeps", "interests", "guard", "open", "seen"))


def questionnaire() -> Questionnaire:
    return compose((*BLOCKS[:1], ("lc-party-grid",)), ("nl", "en"), parties=NAMES, seats=5)


LARGER = (2, 5, 6, 7, 8, 9, 11, 12)
"""People a party: some pass the limit alone, some do not."""


def larger(start: int) -> Evidence:
    return simulated_study(start, questionnaire(), sizes=LARGER, most=5)


def reckoned(evidence: Evidence) -> DirectedAttacker:
    released = json.loads(diagnosis_of(evidence, made="").to_json())
    one = DirectedAttacker(released, world_of(evidence), evidence)
    one.run_directed()
    return one


def study(start: int) -> Evidence:
    return simulated_study(start, questionnaire())


def attacked(evidence: Evidence) -> attacker.Attacker:
    """A score over parties may be one rating, and half a point is the least it may move by."""
    world = world_of(evidence)
    for scale in SCALES:
        world.ratings[scale] = 2
        del world.parts["mean", scale]
    released = json.loads(diagnosis_of(evidence, made="2026-01-01").to_json())
    one = attacker.Attacker(released, world, every=3)
    one.run()
    return one


@pytest.mark.parametrize("start", range(1, 9))
def test_nothing_can_be_worked_out_of_a_study_with_a_grid(start: int) -> None:
    assert attacked(study(start)).leaks == []


def test_a_row_whose_sum_the_rows_around_tell_stays_open() -> None:
    """Five scores close together fitted one released cell in three ways, one with that sum."""
    assert attacked(study(72)).leaks == []


def test_small_cells_over_parties_are_rounded_as_single_ratings() -> None:
    seen = 0
    for start in range(1, 7):
        evidence = study(start)
        for measure in diagnosis_of(evidence, made="").measures:
            cell = json.loads(measure.model_dump_json())["cell"]
            small = "reason" not in cell and cell["value"] is not None and cell["n"] < 10
            if measure.at.subject in SCALES and measure.at.statistic == "mean" and small:
                seen += 1
                for number in attacker.numbers(cell):
                    assert number * 2 == int(number * 2)
    assert seen > 20


def test_the_attack_would_find_exact_means_over_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "round_cell", lambda cell, grid: cell)
    monkeypatch.setattr(audit.Audit, "run", lambda self: None)
    leaks = {
        leak.kind
        for start in (1, 6, 14)
        for leak in attacked(study(start)).leaks
        if "lc-party-grid" in leak.where
    }
    assert "scores-fixed" in leaks


@pytest.mark.parametrize("start", range(1, 5))
def test_nothing_can_be_worked_out_of_how_parties_see_each_other(start: int) -> None:
    assert reckoned(larger(start)).leaks == []


@pytest.mark.parametrize(("start", "agreed"), [(1, 3), (5, 3), (6, 3), (6, 8)])
def test_an_agreed_minimum_does_not_open_it(start: int, agreed: int) -> None:
    evidence = simulated_study(start, questionnaire(), agreed, sizes=LARGER, most=5)
    assert reckoned(evidence).leaks == []


def test_the_attack_is_no_attack_on_nothing() -> None:
    assert reckoned(larger(2)).shown > 10


def test_the_attack_would_find_what_rows_beside_each_other_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disclosure, "settle_directed", lambda people, board, limits: None)
    assert "directed-bounded" in {leak.kind for leak in reckoned(larger(1)).leaks}


def test_the_attack_would_find_exact_directed_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "round_cell", lambda cell, grid: cell)
    assert "set-fixed" in {leak.kind for leak in reckoned(larger(2)).leaks}


@pytest.mark.parametrize("start", [1, 6, 14])
@pytest.mark.parametrize("internal", [False, True])
def test_a_rating_of_one_party_is_a_measure_of_the_rating_party_only(
    start: int, internal: bool
) -> None:
    evidence = study(start)
    asked = evidence.study.questionnaire
    diagnosis = diagnosis_of(evidence, made="", internal=internal)
    assert set(SCALES) <= {measure.at.subject for measure in diagnosis.measures}
    directed = [m for m in diagnosis.measures if m.at.subject in asked.about]
    assert directed
    for measure in directed:
        assert measure.at.statistic in PAIRS
        assert measure.at.unit.kind == "party"
        assert measure.at.unit.name != asked.about[measure.at.subject]
    assert not {m.at.subject for m in diagnosis.measures} & set(asked.asked_as.values())
    over_study = {m.at.statistic for m in diagnosis.measures if m.at.subject in SCALES}
    kinds = {name.split(".")[0] for name in over_study}
    assert kinds <= {"mean", "change", "social_relations", "directed_spread"}


def in_units(evidence: Evidence, *, internal: bool) -> tuple[set[str], set[str]]:
    """Return what is measured of parties and sectors, and of communities."""
    measures = diagnosis_of(evidence, made="", internal=internal).measures
    below = {
        m.at.subject
        for m in measures
        if m.at.unit.kind in ("party", "sector") and m.at.statistic not in PAIRS
    }
    return below, {m.at.subject for m in measures if m.at.unit.kind == "community"}


@pytest.mark.parametrize("start", [1, 6, 14])
@pytest.mark.parametrize("internal", [False, True])
def test_how_people_see_the_others_stands_beside_no_party(start: int, internal: bool) -> None:
    """Beside a party's name it would read as a mark for that party."""
    below, whole = in_units(study(start), internal=internal)
    assert below, "the other scales have rows of parties or sectors"
    assert not below & set(SCALES)
    assert set(SCALES) <= whole


@pytest.mark.parametrize("record", ["cummings-1996-trust", "zaheer-1998-trust"])
def test_a_published_scale_over_parties_has_no_row_of_a_party_either(record: str) -> None:
    """Where it asks about one person as well, only that part has such rows."""
    blocks = (("lc-safety:safety",), (record,))
    asked = compose(blocks, ("nl", "en"), parties=NAMES, seats=5)
    over = {f"{home.id}:{scale.id}" for home, scale in asked.scales if asked.over_parties(scale)}
    below, whole = in_units(simulated_study(1, asked), internal=False)
    assert over
    assert not below & over
    assert over <= whole
    others = {f"{home.id}:{scale.id}" for home, scale in asked.scales} - over
    assert below == others
