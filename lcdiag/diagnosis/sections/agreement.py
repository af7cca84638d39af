"""Whether people of a community say the same, and how much communities differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.evidence import Evidence, RawMeasure, Section
from lcdiag.diagnosis.model import Address, Unit
from lcdiag.diagnosis.scored import Scored, scored_scales
from lcdiag.diagnosis.units import STUDY, Grouping, group_rows, subgroup_kinds
from lcdiag.statistics.agreement import ad_m_j, rwg_j
from lcdiag.statistics.intraclass import icc_1, icc_k
from lcdiag.statistics.results import GroupValues

ENOUGH_COMMUNITIES = 10
"""Fewer give an ICC that stands in the appendix only; its method says so."""
FEW = "fewer-than-10-groups"


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return rwg(J) and AD per community and wave, ICC(1) and ICC(k) per wave.

    Where the rows below the community are meeting groups, rwg(J) and AD are given for these too: a
    question about "our group" is about them. For rows of parties they would be about no group.
    """
    if not len(evidence.responses):
        return []
    grouping = group_rows(evidence, "community")
    tables = [group_rows(evidence, k) for k in subgroup_kinds(evidence) if k == "meeting_group"]
    measures = []
    for one in scored_scales(evidence):
        if one.over_parties:
            continue
        for some in (grouping, *tables):
            measures += _within(evidence, one, some)
        measures += _between(evidence, one, grouping)
    return measures


def _within(evidence: Evidence, one: Scored, grouping: Grouping) -> list[RawMeasure]:
    """Return the agreement inside each unit, against answers at random."""
    items = one.items(evidence)
    rwg = rwg_j(items, grouping.label, null="uniform", options=one.points)
    deviation = ad_m_j(items, grouping.label)
    found = [("rwg_j", rwg, 1.0), ("ad_m_j", deviation, one.points - 1.0)]
    return [
        RawMeasure(
            at=_address(name, one, place.unit, place.wave),
            cell=_estimate(values, row),
            kind="agreement",
            n=int(values.n[row]),
            people=place.people,
            ratings=one.ratings,
            low=0.0,
            high=high,
        )
        for name, values, high in found
        for row, place in enumerate(grouping.places)
    ]


def _between(evidence: Evidence, one: Scored, grouping: Grouping) -> list[RawMeasure]:
    """Return how much communities differ, per wave; with one community there is nothing to say."""
    measures = []
    scores = evidence.scores.scale(one.address)
    for wave in evidence.waves:
        rows = evidence.responses.wave == wave
        values, labels = scores[rows], grouping.label[rows]
        communities = len(np.unique(labels[~np.isnan(values)]))
        found = (("icc_1", icc_1(values, labels, size="k0")), ("icc_k", icc_k(values, labels)))
        for name, cell in found:
            few = cell.value is not None and communities < ENOUGH_COMMUNITIES
            measures.append(
                RawMeasure(
                    at=_address(name, one, STUDY, wave),
                    cell=replace(cell, method=f"{cell.method}, {FEW}") if few else cell,
                    kind="study",
                    n=cell.n,
                    people=int(rows.sum()),
                    ratings=one.ratings,
                    low=-1.0,
                    high=1.0,
                )
            )
    return measures


def _estimate(values: GroupValues, row: int) -> Estimate:
    n = int(values.n[row])
    if values.reasons[row]:
        return Estimate.missing(str(values.reasons[row]), n=n, method=values.method)
    return Estimate(value=float(values.values[row]), n=n, method=values.method)


def _address(statistic: str, one: Scored, unit: Unit, wave: int) -> Address:
    return Address(
        statistic=statistic, subject=one.address, level=one.scale.level, unit=unit, wave=wave
    )


SECTION = Section("agreement", measure)
