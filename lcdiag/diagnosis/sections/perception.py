"""What people want, what they think others want, and what the group does: topics and pools."""

from __future__ import annotations

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.cells import Variable, mean_measures
from lcdiag.diagnosis.evidence import Evidence, Floats, RawMeasure, Section
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.topics import Ratings, pools, topic_ratings
from lcdiag.diagnosis.units import STUDY, Grouping, group_rows
from lcdiag.statistics.discrepancy import control_margin, hidden_consensus, projection

STATED_MARGIN = 0.5
"""Everyday gap that is assumed where the study cannot measure its own."""
FEWEST_COMMUNITIES = 3
"""From how many communities the control topics say how large everyday gaps are: two have one
degree of freedom, and one would be judged by its own two topics."""


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return own, others, practice, both gaps, how far own views agree, and the control gaps."""
    subjects = [*topic_ratings(evidence), *pools(evidence, "critical")]
    if not subjects or not len(evidence.responses):
        return []
    columns: list[Floats] = []
    variables: list[Variable] = []
    for one in subjects:
        own_variables, own_columns = _variables(one)
        variables += own_variables
        columns += own_columns
    grouping = group_rows(evidence, "community")
    measures = mean_measures(np.column_stack(columns), variables, grouping)
    measures += _shared_views(evidence, grouping)
    return measures + _projections(evidence) + _control_margins(evidence)


def _variables(ratings: Ratings) -> tuple[list[Variable], list[Floats]]:
    """Return what is averaged of a topic or pool; own minus others is exactly the gap."""
    span = ratings.high - ratings.low
    rows = [
        ("own", ratings.own, ratings.low, ratings.high),
        ("others", ratings.others, ratings.low, ratings.high),
        ("practice", ratings.practice, ratings.low, ratings.high),
        ("perception_gap", ratings.own - ratings.others, -span, span),
        ("abilene_gap", ratings.own - ratings.practice, -span, span),
    ]
    variables = [
        Variable(name, ratings.subject, ratings.level, "paired", low, high, ratings.topics)
        for name, _, low, high in rows
    ]
    return variables, [column for _, column, _, _ in rows]


def _shared_views(evidence: Evidence, grouping: Grouping) -> list[RawMeasure]:
    """Return how closely the own views on the critical topics agree, per community and wave."""
    measures = []
    for pool in pools(evidence, "critical"):
        for number, place in enumerate(grouping.places):
            own = pool.each[grouping.label == number, :, 0]
            cell = hidden_consensus(own, bounds=(pool.low, pool.high)).agreement
            at = Address(
                statistic="rstar_wg_j",
                subject=pool.subject,
                level=pool.level,
                unit=place.unit,
                wave=place.wave,
            )
            measures.append(
                RawMeasure(at, cell, "agreement", cell.n, place.people, pool.topics, -1.0, 1.0)
            )
    return measures


def _projections(evidence: Evidence) -> list[RawMeasure]:
    """Return how far people expect others to want what they want, over the study, per wave."""
    measures = []
    for pool in pools(evidence, "critical"):
        for wave in evidence.waves:
            rows = (evidence.responses.wave == wave) & ~np.isnan(pool.own)
            cell = projection(
                pool.each[rows, :, 0],
                pool.each[rows, :, 1],
                evidence.responses.community[rows],
                centre="community-and-person",
            )
            at = Address(
                statistic="projection",
                subject=pool.subject,
                level=pool.level,
                unit=STUDY,
                wave=wave,
            )
            measures.append(RawMeasure(at, cell, "study", cell.n, cell.n, pool.topics, -1.0, 1.0))
    return measures


def _control_margins(evidence: Evidence) -> list[RawMeasure]:
    """Return the gaps on topics without shame, over all communities of a wave together."""
    controls = {one.subject.split(":")[0]: one for one in pools(evidence, "control")}
    measures = []
    for critical in pools(evidence, "critical"):
        home = critical.subject.split(":")[0]
        control = controls.get(home)
        span = critical.high - critical.low
        for wave in evidence.waves:
            for name in ("perception", "abilene"):
                cell = _everyday_gap(evidence, control, name, wave)
                at = Address(
                    statistic=f"control_margin.{name}",
                    subject=f"{home}:control",
                    level=critical.level,
                    unit=STUDY,
                    wave=wave,
                )
                topics = control.topics if control is not None else 1
                measures.append(RawMeasure(at, cell, "study", cell.n, cell.n, topics, -span, span))
    return measures


def _everyday_gap(evidence: Evidence, control: Ratings | None, name: str, wave: int) -> Estimate:
    """Return the pooled control gap with a cluster-robust interval, else the stated margin."""
    stated = Estimate(value=STATED_MARGIN, method="stated")
    if control is None:
        return stated
    against = control.others if name == "perception" else control.practice
    rows = (evidence.responses.wave == wave) & ~np.isnan(control.own)
    communities = evidence.responses.community[rows]
    if len(set(communities.tolist())) < FEWEST_COMMUNITIES:
        return stated
    bounds = (control.low, control.high)
    return control_margin(control.own[rows], against[rows], communities, bounds=bounds)


SECTION = Section("perception", measure)
