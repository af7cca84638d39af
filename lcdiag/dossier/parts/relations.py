"""Whether a scale goes with other scales in the way that was stated beforehand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lcdiag.dossier.evidence import Measured, Part
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.instrument.expected import expected_relations
from lcdiag.statistics.association import correlation


def lines(of: Measured) -> Iterator[Line]:
    """Yield the correlation with every scale of which the sign was stated, on either side."""
    measured = {one.address: one for one in of.evidence.scales}
    people = of.people()
    for relation in expected_relations(of.evidence.study.questionnaire):
        if of.address not in (relation.first, relation.second):
            continue
        other = relation.second if relation.first == of.address else relation.first
        if other not in measured:
            continue
        theirs = of.evidence.scores.scale(other)[people.rows]
        both = int((~np.isnan(people.scores) & ~np.isnan(theirs)).sum())
        cell = correlation(people.scores, theirs, cluster=people.clusters)
        yield line(f"relation-{relation.sign}", cell, At(both, subject=other))


PART = Part(whole=lines)
