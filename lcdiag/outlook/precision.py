"""How wide every strip of a planned study is to be expected, with the rounding of its report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.outlook.simulated import SimulatedStudy
from lcdiag.outlook.subjects import Planned, planned_subjects, subject_at
from lcdiag.planning.plan_model import PlannedWidth
from lcdiag.planning.stated import Meeting, Seat
from lcdiag.planning.truth_file import StatedWorld
from lcdiag.planning.widths import Subject, change_width, expected_width, variance_within

FINE, COARSE = 0.1, 0.5
Kind = Literal["community", "party", "sector", "meeting_group"]
Key = tuple[str, str, int]
"""Statistic, kind of unit, answers: cells that are rounded alike."""


@dataclass(frozen=True)
class Precision:
    """What the widths of a plan are made from.

    Attributes
    ----------
    meetings : tuple of Meeting
        Who answers where.
    planned : tuple of Planned
        The numbers that every community gets.
    subjects : dict
        For every different truth the variables behind these numbers.
    grids : dict
        What cells were rounded to in the simulated reports, on average.
    stay : float
        The chance that who answers in a wave answered in the one before too.
    released : set
        Which rows the simulated reports showed: kind, community, name, wave.
    """

    meetings: tuple[Meeting, ...]
    planned: tuple[Planned, ...]
    subjects: dict[int, list[Subject]]
    grids: dict[Key, float]
    stay: float
    released: frozenset[tuple[str, str, str, int]]

    @classmethod
    def of(
        cls,
        questionnaire: Questionnaire,
        world: StatedWorld,
        draws: Sequence[SimulatedStudy],
        reports: Sequence[Diagnosis],
    ) -> Precision:
        """Return what simulated studies and their reports tell of widths."""
        planned, meetings = planned_subjects(questionnaire), draws[0].meetings
        spread, how = world.spread_of(), world.measurement()
        distinct: dict[str, list[Subject]] = {}
        subjects = {}
        for number, meeting in enumerate(meetings):
            key = repr(meeting.truth)
            if key not in distinct:
                distinct[key] = subject_at(questionnaire, planned, meeting.truth, spread, how)
            subjects[number] = distinct[key]
        grids, released = _rounding(reports)
        stay = (1 - world.turnover) * world.response
        return cls(meetings, planned, subjects, grids, stay, frozenset(released))

    def of_community(self, name: str) -> tuple[PlannedWidth, ...]:
        """Return the widths of the numbers of a community and of its shown rows, wave by wave."""
        found: list[PlannedWidth] = []
        before: Meeting | None = None
        for number, meeting in enumerate(self.meetings):
            if meeting.community != name:
                continue
            for place, one in enumerate(self.planned):
                subject = self.subjects[number][place]
                found += self._levels(one, subject, meeting)
                if before is not None and one.statistic == "mean":
                    found += self._change(one, subject, before, meeting)
            before = meeting
        return tuple(found)

    def usual_grid(self, n: int, exact: int) -> float:
        """Return what the mean of a scale with n answers is rounded to: as seen, at the nearest n.

        Below the number for exact results a report rounds more coarsely where its audit asks that.
        """
        seen = {
            size: grid
            for (statistic, kind, size), grid in self.grids.items()
            if (statistic, kind) == ("mean", "community") and size < exact
        }
        if n >= exact or not seen:
            return FINE
        return seen[min(seen, key=lambda size: (abs(size - n), size))]

    def _levels(self, one: Planned, subject: Subject, meeting: Meeting) -> Iterator[PlannedWidth]:
        for kind, name, parties in _units(meeting):
            n = sum(parties)
            place = (kind, meeting.community, name, meeting.wave)
            if n < 2 or place not in self.released or (kind != "community" and one.label == {}):
                continue
            exact = expected_width(variance_within(subject, parties), n)
            grid = self.grids.get((one.statistic, kind, n), FINE)
            yield _width(one, one.statistic, kind, name, meeting.wave, n, exact, grid)

    def _change(
        self, one: Planned, subject: Subject, before: Meeting, now: Meeting
    ) -> Iterator[PlannedWidth]:
        """Yield the width of a difference; its strip is widened by the rounding of both levels."""
        n = len(now.seats)
        places = [("community", now.community, "", wave) for wave in (before.wave, now.wave)]
        if min(n, len(before.seats)) < 2 or not self.released.issuperset(places):
            return
        stay = self.stay * min(1.0, len(before.seats) / n)
        exact = change_width(subject, _parties(now.seats), stay)
        grid = self.grids.get(("mean", "community", n), FINE)
        yield _width(one, "change", "community", "", now.wave, n, exact, _slack(grid))


def _slack(grid: float) -> float:
    """Return what rounding adds to a difference: half of either level a side, and whole steps.

    The steps are those of the coarser level; a level is coarse or fine by its answers.
    """
    coarse = (grid - FINE) / (COARSE - FINE)
    steps = FINE + (COARSE - FINE) * (1 - (1 - coarse) ** 2)
    return 2 * grid + steps


def usual_width(
    questionnaire: Questionnaire, world: StatedWorld, n: int, exact: int, grid: float
) -> float | None:
    """Return the width of the mean of a usual scale with n answers of as many parties as there are.

    The median over the scales; None where no scale is asked.

    Parameters
    ----------
    questionnaire, world
        What is asked, and how answers spread.
    n : int
        Answers.
    exact : int
        From how many answers on a scale of fewer than three items is rounded finely.
    grid : float
        What scales of more items are rounded to, on average.
    """
    planned = [one for one in planned_subjects(questionnaire) if one.statistic == "mean"]
    if not planned:
        return None
    truth = world.stated_at("", 0)
    spread, how = world.spread_of(), world.measurement()
    subjects = subject_at(questionnaire, planned, truth, spread, how)
    parties = [1] * n  # nobody from the same party: the widest strip
    widths = [
        expected_width(variance_within(one, parties), n)
        + (grid if n >= exact or len(what.codes) > 2 else COARSE)
        for one, what in zip(subjects, planned, strict=True)
    ]
    return round(float(np.median(widths)), 2)


def _width(
    one: Planned,
    statistic: Any,
    kind: Kind,
    name: str,
    wave: int,
    n: int,
    exact: float,
    rounding: float,
) -> PlannedWidth:
    reach = one.high - one.low if statistic != "change" else 2 * (one.high - one.low)
    return PlannedWidth(
        statistic=statistic,
        subject=one.subject,
        level=one.level,
        kind=kind,
        name=name,
        wave=wave,
        n=n,
        width=round(min(exact + rounding, reach), 2),
        before_rounding=round(min(exact, reach), 3),
    )


def _units(meeting: Meeting) -> Iterator[tuple[Kind, str, list[int]]]:
    """Yield the community and every row below it, with the answers per party."""
    yield "community", "", _parties(meeting.seats)
    kinds: tuple[Kind, ...] = ("party", "sector", "meeting_group")
    for kind in kinds:
        for name in dict.fromkeys(getattr(seat, kind) for seat in meeting.seats):
            if name:
                yield kind, name, _parties([s for s in meeting.seats if getattr(s, kind) == name])


def _parties(seats: Sequence[Seat]) -> list[int]:
    return list(Counter(seat.party for seat in seats).values())


def _rounding(
    reports: Sequence[Diagnosis],
) -> tuple[dict[Key, float], set[tuple[str, str, str, int]]]:
    """Return the mean grid of alike cells, and which rows have a released mean."""
    grids: dict[Key, list[float]] = defaultdict(list)
    released: set[tuple[str, str, str, int]] = set()
    for report in reports:
        for measure in report.measures:
            cell, at = measure.cell, measure.at
            if at.statistic not in ("mean", "perception_gap", "abilene_gap"):
                continue
            if not isinstance(cell, Estimate) or cell.value is None or cell.low is None:
                continue
            if ":" not in at.subject or ":topic." in at.subject:
                continue
            released.add((at.unit.kind, at.unit.community, at.unit.name, at.wave))
            grids[at.statistic, at.unit.kind, cell.n].append(_grid(cell))
    return {key: float(np.mean(found)) for key, found in grids.items()}, released


def _grid(cell: Estimate) -> float:
    """Return what a cell was rounded to, seen from its value and all its limits."""
    numbers = [cell.value, cell.low, cell.high, *(b.low for b in cell.bands)]
    numbers += [band.high for band in cell.bands]
    halves = [abs(2 * one - round(2 * one)) < 1e-6 for one in numbers if one is not None]
    return COARSE if all(halves) else FINE
