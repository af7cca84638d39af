"""How consistently each scale measures, over the whole study, wave by wave."""

from __future__ import annotations

from lcdiag.base.estimate import Estimate
from lcdiag.base.levels import Level
from lcdiag.diagnosis.evidence import Evidence, Floats, RawMeasure, Section
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.scored import Scored, scored_scales
from lcdiag.diagnosis.units import STUDY
from lcdiag.statistics.items import item_rest
from lcdiag.statistics.omega import mcdonald_omega
from lcdiag.statistics.reliability import alpha_if_dropped, cronbach_alpha


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return alpha and omega per scale, and how each item fits its scale, per wave.

    All communities are taken together: within one group of people a reliability says little.
    """
    measures = []
    for one in scored_scales(evidence):
        if one.over_parties:
            continue
        for wave in evidence.waves:
            rows = evidence.responses.wave == wave
            measures += _of_scale(one, one.items(evidence)[rows], wave)
    return measures


def _of_scale(one: Scored, items: Floats, wave: int) -> list[RawMeasure]:
    rest, dropped = item_rest(items), alpha_if_dropped(items)
    omega = mcdonald_omega(items, kind="total")
    found = [
        ("cronbach_alpha", one.address, one.scale.level, cronbach_alpha(items)),
        ("mcdonald_omega", one.address, one.scale.level, omega),
    ]
    for place, code in enumerate(one.scale.items):
        level = one.home.item(code).level
        found.append(("item_rest", code, level, rest.estimate(place)))
        found.append(("alpha_if_dropped", code, level, dropped.estimate(place)))
    return [
        _raw(statistic, subject, level, cell, wave, len(items))
        for statistic, subject, level, cell in found
    ]


def _raw(
    statistic: str, subject: str, level: Level, cell: Estimate, wave: int, people: int
) -> RawMeasure:
    at = Address(statistic=statistic, subject=subject, level=level, unit=STUDY, wave=wave)
    return RawMeasure(at, cell, "study", cell.n, people, 1, -1.0, 1.0)


SECTION = Section("reliability", measure)
