"""Between parties: how each sees each other one, and what of it lies with giver, receiver, pair."""

from __future__ import annotations

from lcdiag.diagnosis.directed import grid_questions
from lcdiag.diagnosis.evidence import Evidence, RawMeasure, Section
from lcdiag.diagnosis.seen import directed_measures
from lcdiag.diagnosis.social_relations import relation_measures


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return the directed means of every round robin, and its components over the study.

    Directed means are of parties or of sectors, as the parties agreed, or there are none.
    """
    questions = grid_questions(evidence)
    if not questions:
        return []
    return directed_measures(evidence, questions) + relation_measures(evidence, questions)


SECTION = Section("parties", measure)
