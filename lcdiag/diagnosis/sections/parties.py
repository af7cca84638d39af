"""Between parties: how each sees each other one, and what of it lies with giver, receiver, pair."""

from __future__ import annotations

from lcdiag.diagnosis.directed import directed_measures, grid_questions
from lcdiag.diagnosis.evidence import Evidence, RawMeasure, Section
from lcdiag.diagnosis.social_relations import relation_measures
from lcdiag.diagnosis.units import subgroup_kinds


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return the directed means of every round robin, and its components over the study.

    Directed means are there only where the parties agreed to rows of parties.
    """
    questions = grid_questions(evidence)
    if not questions:
        return []
    measures: list[RawMeasure] = []
    if "party" in subgroup_kinds(evidence):
        measures += directed_measures(evidence, questions)
    return measures + relation_measures(evidence, questions)


SECTION = Section("parties", measure)
