"""Whether people who did not answer again had answered otherwise, over the whole study."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.evidence import Evidence, Floats, RawMeasure, Section
from lcdiag.diagnosis.followed import Rows, Step, no_longer_invited, steps
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.scored import Scored, scored_scales
from lcdiag.diagnosis.units import STUDY
from lcdiag.statistics.mean_difference import mean_difference

_METHOD = "t, cluster-robust"


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return per scale and wave how those missing from it had answered the time before.

    The mean of those who did not answer again minus that of those who did, both in the previous
    wave of their community.
    """
    found = stayed_and_left(evidence)
    measures = []
    for one in scored_scales(evidence):
        if one.over_parties:
            continue
        values = evidence.scores.scale(one.address)
        measures += [
            _difference(one, evidence, values, wave, stayed, left)
            for wave, (stayed, left) in found.items()
        ]
    return measures


def stayed_and_left(evidence: Evidence) -> dict[int, tuple[Rows, Rows]]:
    """Return by later wave the earlier rows of those who answered again and who did not.

    People of a party that was no longer invited are in neither. Nor are communities in which
    somebody of either wave cannot be linked: an unknown person would count as one who left.
    """
    parts: dict[int, list[Step]] = defaultdict(list)
    for step in steps(evidence):
        if step.linked:
            parts[step.now.wave].append(step)
    return {wave: _sides(evidence, some) for wave, some in sorted(parts.items())}


def _sides(evidence: Evidence, some: list[Step]) -> tuple[Rows, Rows]:
    asked = [step.earlier[~no_longer_invited(evidence, step)] for step in some]
    again = np.concatenate([step.first for step in some])
    rows = np.concatenate(asked)
    stayed = np.isin(rows, again)
    return rows[stayed], rows[~stayed]


def _difference(
    one: Scored, evidence: Evidence, values: Floats, wave: int, stayed: Rows, left: Rows
) -> RawMeasure:
    rows = np.concatenate([left, stayed])
    side = np.repeat(["left", "stayed"], [len(left), len(stayed)])
    cell = Estimate.missing("nobody-left" if len(stayed) else "nobody-stayed", n=len(rows))
    if len(left) and len(stayed):
        cell = mean_difference(
            values[rows],
            side,
            "left",
            "stayed",
            cluster=evidence.responses.community[rows],
            bounds=(one.low, one.high),
        )
    reach = one.high - one.low
    at = Address(
        statistic="dropout_difference",
        subject=one.address,
        level=one.scale.level,
        unit=STUDY,
        wave=wave,
    )
    return RawMeasure(at, cell, "study", cell.n, len(rows), one.ratings, -reach, reach)


SECTION = Section("dropout", measure)
