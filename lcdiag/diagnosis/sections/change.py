"""What changed since the previous wave in which a community answered, linked by person."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lcdiag.base.levels import Level
from lcdiag.diagnosis.evidence import Evidence, Floats, Kind, RawMeasure, Section
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.scored import scored_scales
from lcdiag.diagnosis.topics import pools
from lcdiag.diagnosis.units import Place, group_rows
from lcdiag.statistics.change import wave_difference


@dataclass(frozen=True)
class _Followed:
    """One value a row that is followed over the waves."""

    statistic: str
    subject: str
    level: Level
    kind: Kind
    values: Floats
    low: float
    high: float
    ratings: int


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return the change of every scale and pool against the community's previous wave."""
    if len(evidence.waves) < 2:
        return []
    followed = [*_scales(evidence), *_pools(evidence)]
    grouping = group_rows(evidence, "community")
    order = np.argsort(grouping.label, kind="stable")
    edges = np.searchsorted(grouping.label[order], np.arange(len(grouping.places) + 1))
    measures = []
    for number, (before, now) in enumerate(zip(grouping.places, grouping.places[1:], strict=False)):
        if before.unit != now.unit:
            continue
        first = order[edges[number] : edges[number + 1]]
        second = order[edges[number + 1] : edges[number + 2]]
        measures += [_difference(evidence, one, before, now, first, second) for one in followed]
    return measures


def _difference(
    evidence: Evidence,
    one: _Followed,
    before: Place,
    now: Place,
    first: np.ndarray[tuple[int], np.dtype[np.intp]],
    second: np.ndarray[tuple[int], np.dtype[np.intp]],
) -> RawMeasure:
    """Return the mean of everybody in the later wave minus that in the earlier one."""
    person = evidence.responses.person
    x, y = one.values[first], one.values[second]
    cell = wave_difference(
        x,
        y,
        first_ids=person[first],
        second_ids=person[second],
        bounds=(one.low, one.high),
    )
    answered = min(int((~np.isnan(x)).sum()), int((~np.isnan(y)).sum()))
    reach = one.high - one.low
    return RawMeasure(
        at=Address(
            statistic=one.statistic,
            subject=one.subject,
            level=one.level,
            unit=now.unit,
            wave=now.wave,
        ),
        cell=replace(cell, method=f"{cell.method}, from wave {before.wave}"),
        kind=one.kind,
        n=answered,
        people=min(before.people, now.people),
        ratings=one.ratings,
        low=-reach,
        high=reach,
    )


def _scales(evidence: Evidence) -> list[_Followed]:
    return [
        _Followed(
            "change",
            one.address,
            one.scale.level,
            "change",
            evidence.scores.scale(one.address),
            one.low,
            one.high,
            one.ratings,
        )
        for one in scored_scales(evidence)
    ]


def _pools(evidence: Evidence) -> list[_Followed]:
    """Return what is followed of each pool of critical topics: three ratings and two gaps."""
    found = []
    for pool in pools(evidence, "critical"):
        span = pool.high - pool.low
        rows = [
            ("own", pool.own, pool.low, pool.high),
            ("others", pool.others, pool.low, pool.high),
            ("practice", pool.practice, pool.low, pool.high),
            ("perception_gap", pool.own - pool.others, -span, span),
            ("abilene_gap", pool.own - pool.practice, -span, span),
        ]
        found += [
            _Followed(
                f"change.{name}", pool.subject, pool.level, "change", values, low, high, pool.topics
            )
            for name, values, low, high in rows
        ]
    return found


SECTION = Section("change", measure)
