"""A row of a sector rests on two parties at least, also where parties have no rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from attacked_studies import evidence_of, questionnaire, simulated_study

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.instrument.round_robin import seated_parties

ASKED = questionnaire()
SIZES = tuple(range(1, 9))


def study(start: int) -> Evidence:
    return simulated_study(start, ASKED, sizes=SIZES, most=6, report_by="sector")


def shown_rows(diagnosis: Diagnosis) -> set[tuple[str, str, int]]:
    return {
        (one.at.unit.community, one.at.unit.name, one.at.wave)
        for one in diagnosis.measures
        if one.at.unit.kind == "sector"
        and one.at.statistic == "mean"
        and isinstance(one.cell, Estimate)
        and one.cell.value is not None
    }


@pytest.mark.parametrize("start", range(1, 13))
def test_two_parties_answered_in_every_sector_that_is_shown(start: int) -> None:
    evidence = study(start)
    responses = evidence.responses
    for community, sector, wave in shown_rows(diagnosis_of(evidence, made="2026-01-01")):
        here = (responses.community == community) & (responses.wave == wave)
        parties = set(responses.party[here & (responses.sector == sector)].tolist())
        assert len(parties) >= 2, (community, sector, wave)


def test_some_sectors_are_shown() -> None:
    counts = [len(shown_rows(diagnosis_of(study(start), made=""))) for start in range(1, 13)]
    assert sum(counts) > 5


@pytest.mark.parametrize("start", range(1, 7))
def test_where_only_the_sector_is_known_the_list_of_participants_tells(start: int) -> None:
    evidence = study(start)
    nobody = np.full(len(evidence.responses), "", dtype=object)
    evidence = evidence_of(evidence.study, replace(evidence.responses, party=nobody))
    settings = evidence.study.settings
    sector_of = {one.name: one.sector for one in settings.parties}
    for community, sector, _ in shown_rows(diagnosis_of(evidence, made="2026-01-01")):
        here = seated_parties(settings, evidence.study.roster, community)
        assert [sector_of[name] for name in here].count(sector) >= 2
