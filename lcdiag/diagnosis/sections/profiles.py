"""The mean of every scale, for each community and for its parties and sectors, wave by wave."""

from __future__ import annotations

import numpy as np

from lcdiag.diagnosis.cells import Variable, mean_measures
from lcdiag.diagnosis.evidence import Evidence, RawMeasure, Section
from lcdiag.diagnosis.scored import scored_scales
from lcdiag.diagnosis.units import group_rows, subgroup_kinds


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return the mean of each scored scale per unit and wave, with bands within its bounds."""
    scales = scored_scales(evidence)
    if not scales or not len(evidence.responses):
        return []
    variables = [
        Variable("mean", one.address, one.scale.level, "scale", one.low, one.high, one.ratings)
        for one in scales
    ]
    values = np.column_stack([evidence.scores.scale(one.address) for one in scales])
    measures = mean_measures(values, variables, group_rows(evidence, "community"))
    for kind in subgroup_kinds(evidence):
        measures += mean_measures(values, variables, group_rows(evidence, kind))
    return measures


SECTION = Section("profiles", measure)
