"""Whether people of one community say the same, so that their mean may speak for it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.evidence import Measured, Part, People
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import FEW, At, line
from lcdiag.instrument.model import Composition
from lcdiag.statistics.agreement import rwg_j
from lcdiag.statistics.intraclass import icc_1, icc_k

SHARED = (Composition.DIRECT_CONSENSUS, Composition.REFERENT_SHIFT)
"""Compositions in which a community's mean stands for something that its people share."""
NULLS = {"rwg-uniform": "uniform", "rwg-skewed": "slight_skew"}
SMALLEST = 5
"""Of a community whose agreement counts."""


def lines(of: Measured) -> Iterator[Line]:
    """Yield agreement within communities under two nulls, ICC(1) and ICC(k)."""
    if of.scale.composition not in SHARED:
        return
    people = of.people()
    for criterion, null in NULLS.items():
        cell = _median(people, null)
        if cell is not None:
            yield line(criterion, cell, At(people.n, cell.n))
    known = ~np.isnan(people.scores)
    scores, tables = people.scores[known], people.communities[known]
    count = len(set(tables.tolist()))
    for criterion, statistic in (("icc-1", icc_1), ("icc-k", icc_k)):
        yield line(criterion, statistic(scores, tables), At(len(scores), count))


def _median(people: People, null: str) -> Estimate | None:
    """Return the middle agreement of the communities with enough people.

    Of few communities the middle one would be the agreement of one of them.
    """
    names, counts = np.unique(people.communities.astype(str), return_counts=True)
    large = names[counts >= SMALLEST]
    keep = np.isin(people.communities.astype(str), large)
    if len(large) < 2:
        return Estimate.missing("fewer-than-2-groups", n=len(large))
    if len(large) < FEW:
        return Estimate.missing("fewer-than-10-communities", n=len(large))
    try:
        found = rwg_j(
            people.items[keep],
            people.communities[keep],
            null=null,
            options=people.of.points,
        )
    except ValueError:
        return None  # no published variance of this null for so many points
    values = np.asarray(found)
    values = values[~np.isnan(values)]
    if len(values) < FEW:
        return Estimate.missing("fewer-than-10-communities", n=len(values))
    return Estimate(
        float(np.median(values)), n=len(values), method=f"median of rwg(j), null {null}"
    )


PART = Part(whole=lines)
