"""From a study without answers to a plan: what would be shown, how precisely, with what power."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import bdtrc

from lcdiag import __version__
from lcdiag.base.text import languages, resolve
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.indicators.abilene_signature import NAME as SIGNATURE
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.diagnosis.power import power_of, read_table
from lcdiag.instrument.study import Study, StudySettings
from lcdiag.outlook.precision import Precision, usual_width
from lcdiag.outlook.simulated import SimulatedStudy, simulate_study
from lcdiag.outlook.subjects import planned_subjects
from lcdiag.planning.plan_model import (
    Plan,
    PlannedCommunity,
    PlannedPage,
    PlannedPower,
    PlannedRow,
    PlannedSubject,
    PlannedWave,
    SizeLine,
    State,
)
from lcdiag.planning.stated import Seat
from lcdiag.planning.truth_file import StatedWorld
from lcdiag.views.coverage import what_is_covered
from lcdiag.views.extents import page_states, row_states

STARTS = (1, 2, 3)
"""Three studies are drawn: what a report shows hangs a little on the answers themselves."""
TOO_FEW = "too-few-answers"
"""Why there is no power: the report shows no gap, so that the pattern cannot be seen in it."""
SIZES = (5, 6, 8, 10, 12, 15, 20, 30)


@dataclass(frozen=True)
class _Draw:
    """One simulated study and its report."""

    simulated: SimulatedStudy
    diagnosis: Diagnosis


def plan_study(
    study: Study,
    *,
    people: int | None = None,
    world: StatedWorld | None = None,
    made: str = "",
    starts: Sequence[int] = STARTS,
    done: Callable[[], None] = lambda: None,
) -> Plan:
    """Return what a study would show if it goes as planned.

    What is shown and hidden is not worked out from a rule of thumb: studies of the planned size
    are simulated and go through the whole disclosure control, and their pages are looked at. Widths
    are worked out from the stated spread of answers (`lcdiag.planning.widths`).

    Parameters
    ----------
    study : Study
        The study; no answers of it are read.
    people : int, optional
        Invited in every wave in all communities together; else as the list of participants says.
    world : StatedWorld, optional
        Response and spread; the defaults are an ordinary study in which everybody answers.
    made : str
        ISO date for the plan; no clock is read here.
    starts : sequence of int
        Of the simulated studies.
    done : callable
        Called after each simulated study.

    Raises
    ------
    LcdiagError
        As `lcdiag.outlook.simulated.simulate_study`.
    """
    stated = world or StatedWorld()
    draws = []
    for start in starts:
        simulated = simulate_study(study, people=people, start=start, world=stated)
        draws.append(_Draw(simulated, diagnose(simulated.study, simulated.responses, made="")))
        done()
    precision = Precision.of(
        study.questionnaire,
        stated,
        [one.simulated for one in draws],
        [one.diagnosis for one in draws],
    )
    return _composed(draws, stated, precision, made, tuple(starts))


def _composed(
    draws: Sequence[_Draw],
    world: StatedWorld,
    precision: Precision,
    made: str,
    starts: tuple[int, ...],
) -> Plan:
    study = draws[0].simulated.study
    settings, asked = study.settings, study.questionnaire
    table = read_table()
    topics = sum(contrast.kind == "critical" for _, contrast in asked.contrasts)
    covered = what_is_covered(draws[0].diagnosis.words)
    subjects = {one.subject: one for one in planned_subjects(asked)}
    return Plan(
        title=settings.title,
        languages=settings.languages,
        made=made,
        lcdiag=__version__,
        study=study.digest,
        response=world.response,
        starts=starts,
        minimum=settings.thresholds.minimum,
        exact=settings.thresholds.exact,
        paired=settings.thresholds.paired,
        rows_minimum=settings.row_minimum,
        report_by=settings.small_parties.report_by,
        ratings=len(asked.codes),
        minutes=asked.minutes,
        sitting_minutes=asked.sitting_minutes,
        planted=table.planted if table is not None and topics else None,
        pages=tuple(
            (one.page, {code: resolve(one.short, code) for code in languages()}) for one in covered
        ),
        subjects=tuple(
            PlannedSubject(
                id=one.subject, label=one.label, level=one.level, low=one.low, high=one.high
            )
            for one in subjects.values()
        ),
        communities=tuple(
            _community(name, draws, world, precision, topics)
            for name in draws[0].diagnosis.communities
        ),
        sizes=_sizes(asked, world, settings, topics, precision),
    )


def _community(
    name: str,
    draws: Sequence[_Draw],
    world: StatedWorld,
    precision: Precision,
    topics: int,
) -> PlannedCommunity:
    first = draws[0].simulated
    waves = tuple(
        _wave(first, one.wave, len(one.seats), name, world.response)
        for one in first.meetings
        if one.community == name
    )
    rows = _rows(name, draws)
    paired = first.study.settings.thresholds.paired
    return PlannedCommunity(
        name=name,
        waves=waves,
        pages=_pages(name, draws),
        rows=rows,
        widths=precision.of_community(name),
        power=tuple(_power(one.wave, one.answers, topics, paired) for one in waves)
        if topics
        else (),
    )


def _wave(
    simulated: SimulatedStudy, wave: int, answers: int, community: str, response: float
) -> PlannedWave:
    limits = simulated.study.settings.thresholds
    invited = sum(
        row.invited
        for row in simulated.study.roster
        if row.community == community and row.wave == wave
    )
    return PlannedWave(
        wave=wave,
        invited=invited,
        answers=answers,
        chance_shown=_at_least(limits.minimum, invited, response),
        chance_exact=_at_least(limits.exact, invited, response),
    )


def _at_least(least: int, invited: int, response: float) -> float:
    """Return the chance that so many of the invited answer, each by the same chance."""
    if invited < least:
        return 0.0
    return float(np.clip(bdtrc(least - 1, invited, response), 0, 1))


def _pages(name: str, draws: Sequence[_Draw]) -> tuple[PlannedPage, ...]:
    seen: dict[tuple[str, int], list[Any]] = {}
    for draw in draws:
        for one in page_states(draw.diagnosis, name):
            seen.setdefault((one.page, one.wave), []).append(one.state)
    return tuple(
        PlannedPage(page=page, wave=wave, state=_together(states))
        for (page, wave), states in seen.items()
    )


def _rows(name: str, draws: Sequence[_Draw]) -> tuple[PlannedRow, ...]:
    """Return the rows that any of the draws has, shown or hidden."""
    seen: dict[tuple[str, str, int], list[Any]] = {}
    for draw in draws:
        for one in row_states(draw.diagnosis, name):
            key = (one.unit.kind, one.unit.name, one.wave)
            seen.setdefault(key, []).append("shown" if one.shown else "hidden")
    counts = _answers(name, (seat for one in draws[:1] for seat in _seats(one.simulated, name)))
    order = {"meeting_group": 0, "party": 1, "sector": 2}
    return tuple(
        PlannedRow(
            kind=kind,
            name=row,
            wave=wave,
            answers=counts[kind, row, wave],
            state=_together(states),
        )
        for (kind, row, wave), states in sorted(
            seen.items(), key=lambda pair: (pair[0][2], order[pair[0][0]])
        )
    )


def _seats(simulated: SimulatedStudy, name: str) -> Iterable[tuple[int, Seat]]:
    for meeting in simulated.meetings:
        if meeting.community == name:
            yield from ((meeting.wave, seat) for seat in meeting.seats)


def _answers(name: str, seats: Iterable[tuple[int, Seat]]) -> Mapping[tuple[str, str, int], int]:
    """Return how many answers every party, sector and meeting group of a community gives."""
    counts = Counter[tuple[str, str, int]]()
    for wave, seat in seats:
        counts["party", seat.party, wave] += 1
        counts["sector", seat.sector, wave] += 1
        counts["meeting_group", seat.meeting_group, wave] += 1
    return counts


def _together(states: Sequence[Literal["shown", "hidden", "text", "not-asked", "later"]]) -> State:
    """Return what all draws agree on; where they do not, it depends on the answers."""
    return states[0] if len(set(states)) == 1 else "depends"


def _power(wave: int, n: int, topics: int, paired: int) -> PlannedPower:
    """Return how often a community of this size shows the signature where its pattern is there."""
    if n < paired:
        return PlannedPower(wave=wave, n=n, topics=topics, absent=TOO_FEW)
    cell, _ = power_of(SIGNATURE, n, topics)
    return PlannedPower(
        wave=wave,
        n=n,
        topics=topics,
        share=cell.value,
        low=cell.low,
        high=cell.high,
        absent=cell.absent or "",
    )


def _sizes(
    asked: Any, world: StatedWorld, settings: StudySettings, topics: int, precision: Precision
) -> tuple[SizeLine, ...]:
    least = settings.thresholds.minimum
    found = []
    for n in SIZES:
        exact = settings.thresholds.exact
        width = usual_width(asked, world, n, exact, precision.usual_grid(n, exact))
        if n < least or width is None:
            continue
        paired = settings.thresholds.paired
        power = _power(0, n, topics, paired) if topics and n >= paired else None
        found.append(SizeLine(n=n, width=width, power=power))
    return tuple(found)
