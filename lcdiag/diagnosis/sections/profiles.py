"""The mean of every scale, for each community and for the rows below it, wave by wave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lcdiag.diagnosis.cells import Variable, mean_measures
from lcdiag.diagnosis.evidence import Evidence, RawMeasure, Section
from lcdiag.diagnosis.scored import Scored, scored_scales
from lcdiag.diagnosis.units import Grouping, group_rows, subgroup_kinds


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return the mean of each scored scale per unit and wave, with bands within its bounds.

    A score over the other parties has no row of a party or sector: beside a party's name, how its
    people see the others reads as a mark for that party.
    """
    scales = scored_scales(evidence)
    if not len(evidence.responses):
        return []
    measures = _means(evidence, scales, group_rows(evidence, "community"))
    within = [one for one in scales if not one.over_parties]
    for kind in subgroup_kinds(evidence):
        measures += _means(evidence, within, group_rows(evidence, kind))
    return measures


def _means(evidence: Evidence, scales: Sequence[Scored], grouping: Grouping) -> list[RawMeasure]:
    if not scales:
        return []
    variables = [
        Variable("mean", one.address, one.scale.level, "scale", one.low, one.high, one.ratings)
        for one in scales
    ]
    values = np.column_stack([evidence.scores.scale(one.address) for one in scales])
    return mean_measures(values, variables, grouping)


SECTION = Section("profiles", measure)
