"""Meeting groups inside a community: their rows, their agreement, and where answers differ."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from attacked_studies import evidence_of, questionnaire, simulated_study, world_of
from attacker import Attacker

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis import audit_rests
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.diagnosis.units import STUDY, meeting_tables
from lcdiag.instrument.study import RosterRow, SmallPartyAgreement, Study, StudySettings
from lcdiag.planning.simulate import Meeting, Seat, Truth, simulate_responses
from lcdiag.statistics.agreement import rwg_j

SAFETY = "lc-safety:safety"
ASKED = questionnaire()


def attacked(start: int) -> Attacker:
    evidence = simulated_study(start, ASKED, groups=True)
    released = json.loads(diagnosis_of(evidence, made="2026-01-01").to_json())
    one = Attacker(released, world_of(evidence), every=3)
    one.run()
    return one


def study_of(tables: dict[str, tuple[int, ...]], waves: int = 1) -> Evidence:
    """Communities with meeting groups of these sizes; one of a single size has none."""
    meetings, roster = [], []
    for community, sizes in tables.items():
        for number, size in enumerate(sizes):
            name = f"table {number}" if len(sizes) > 1 else ""
            truth = Truth(elsewhere=3.6 + 0.5 * number)
            seats = tuple(
                Seat(f"{community} {number} {one}", f"party {one % 3}", meeting_group=name)
                for one in range(size)
            )
            for wave in range(1, waves + 1):
                meetings.append(Meeting(community, wave, seats, truth))
                roster.append(RosterRow(community, f"party {number}", "", wave, size, name))
    responses = simulate_responses(ASKED, meetings, rng=np.random.default_rng(1))
    settings = StudySettings(title="Tables", small_parties=SmallPartyAgreement(report_by="group"))
    return evidence_of(Study(Path(), settings, ASKED, tuple(roster), "tables"), responses)


def table(community: str, name: str) -> Unit:
    return Unit(kind="meeting_group", community=community, name=name)


def shown(diagnosis: Diagnosis, statistic: str, unit: Unit) -> float | None:
    cell = diagnosis.cell(statistic, SAFETY, unit, 1)
    return cell.value if isinstance(cell, Estimate) else None


def test_a_row_is_the_plain_mean_of_its_people() -> None:
    evidence = study_of({"North": (12, 14)})
    diagnosis = diagnosis_of(evidence, made="2026-01-01")
    scores = evidence.scores.scale(SAFETY)
    for name in ("table 0", "table 1"):
        mine = scores[evidence.responses.meeting_group == name]
        found = shown(diagnosis, "mean", table("North", name))
        assert found == pytest.approx(np.nanmean(mine), abs=0.051)


def test_agreement_stands_beside_the_mean_of_a_large_group() -> None:
    evidence = study_of({"North": (12, 14)})
    diagnosis = diagnosis_of(evidence, made="2026-01-01")
    home, scale = next((h, s) for h, s in ASKED.scales if f"{h.id}:{s.id}" == SAFETY)
    columns = [evidence.responses.columns.index(code) for code in scale.items]
    values = evidence.responses.values[:, columns]
    turned = np.array([home.item(code).reversed for code in scale.items])
    values = np.where(turned, 8 - values, values)
    plain = rwg_j(values, evidence.responses.meeting_group, options=7)
    for place, name in enumerate(plain.groups.tolist()):
        found = shown(diagnosis, "rwg_j", table("North", name))
        assert found == pytest.approx(plain.values[place], abs=0.0051)


def test_a_small_group_hides_and_takes_the_only_other_one_with_it() -> None:
    diagnosis = diagnosis_of(study_of({"North": (4, 14)}), made="2026-01-01")
    assert shown(diagnosis, "mean", Unit(kind="community", community="North")) is not None
    assert shown(diagnosis, "mean", table("North", "table 0")) is None
    assert shown(diagnosis, "mean", table("North", "table 1")) is None


def test_there_is_no_row_of_a_party_beside_those_of_groups() -> None:
    diagnosis = diagnosis_of(study_of({"North": (12, 14)}), made="2026-01-01")
    kinds = {one.at.unit.kind for one in diagnosis.measures}
    assert "meeting_group" in kinds
    assert not kinds & {"party", "sector"}


@pytest.mark.parametrize("start", range(1, 9))
def test_nothing_can_be_worked_out_of_a_study_with_groups(start: int) -> None:
    assert attacked(start).leaks == []


def test_the_attack_reads_rows_of_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the bounds of hidden rows the attacker must find some."""
    monkeypatch.setattr(audit_rests, "stays_open", lambda *args, **kwargs: True)
    monkeypatch.setattr("lcdiag.diagnosis.complementary.Table.choose", every_row)
    assert {leak.kind for start in (1, 2, 3, 4) for leak in attacked(start).leaks}


def every_row(self, safe=None) -> frozenset:  # type: ignore[no-untyped-def]
    return frozenset((row.kind, row.name) for row in self.rows if row.shown)


def test_where_a_community_has_no_groups_it_is_one_itself() -> None:
    evidence = study_of({"North": (12, 14), "South": (9,)})
    tables = meeting_tables(evidence.responses)
    assert tables is not None
    assert len(set(tables.tolist())) == 3
    assert set(tables[evidence.responses.community == "South"].tolist()) == {"South"}


def test_the_share_of_groups_is_there_only_with_groups() -> None:
    with_groups = study_of(dict.fromkeys("ABCDEF", (9, 9, 9)), waves=2)
    found = diagnosis_of(with_groups, made="2026-01-01")
    cell = found.cell("variance_share.meeting_group", SAFETY, STUDY, 0)
    assert isinstance(cell, Estimate)
    # the tables of a community are drawn half a point apart
    assert cell.value is not None
    assert cell.low is not None
    assert cell.low > 0
    without = diagnosis_of(study_of(dict.fromkeys("ABCDEF", (9,))), made="2026-01-01")
    assert without.cell("variance_share.meeting_group", SAFETY, STUDY, 0) is None
