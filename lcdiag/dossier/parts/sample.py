"""How much of what was asked is missing, and how often people could not say."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.evidence import Floats, Part, People
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.statistics.means import mean_interval


def lines(people: People) -> Iterator[Line]:
    """Yield the share of answers left open, and of "don't know", of everybody who was asked."""
    n = int(people.asked.sum())
    for criterion, share in (("missing", people.missing), ("dont-know", people.dont_know)):
        cell = _share(share, people)
        yield line(criterion, cell, At(n, language=people.language))


def _share(values: Floats, people: People) -> Estimate:
    if not len(values):
        return Estimate.missing("no-answers")
    where = people.of.evidence.responses.community[people.asked]
    if not values.any() or len(set(where.tolist())) < 5:
        return mean_interval(values, bounds=(0.0, 1.0), method="score")
    return mean_interval(values, bounds=(0.0, 1.0), cluster=where)


PART = Part(each=lines)
