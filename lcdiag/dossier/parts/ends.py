"""How many people have the lowest or the highest possible score, where nothing can still move."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.evidence import Part, People
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.statistics.means import mean_interval

_NUDGE = 1e-9


def lines(people: People) -> Iterator[Line]:
    """Yield the share of people at either end of the scale."""
    known = ~np.isnan(people.scores)
    scores = people.scores[known]
    clusters = None if people.clusters is None else people.clusters[known]
    low, high = people.of.bounds
    at = At(len(scores), language=people.language)
    for criterion, there in (
        ("floor", scores <= low + _NUDGE),
        ("ceiling", scores >= high - _NUDGE),
    ):
        if there.sum() >= len(scores) - 1 and len(scores):
            cell = Estimate.missing("nearly-all-alike", n=len(scores))
        elif not len(scores):
            cell = Estimate.missing("no-answers")
        else:
            cell = _share(there.astype(np.float64), clusters)
        yield line(criterion, cell, at)


def _share(there: np.ndarray[tuple[int], np.dtype[np.float64]], clusters: object) -> Estimate:
    """Return the share, by the score interval where the cluster one has no width: nobody there."""
    if clusters is None or not there.any():
        return mean_interval(there, bounds=(0.0, 1.0), method="score")
    return mean_interval(there, bounds=(0.0, 1.0), cluster=clusters)


PART = Part(each=lines)
