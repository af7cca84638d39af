"""A whole simulated study: people, answers as a form would bring them, and what is true of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import RosterRow, Study
from lcdiag.outlook.drawn import drawn_truth
from lcdiag.planning.planted import indicator_addresses, plant
from lcdiag.planning.seats import Tables, answering, planned_roster, seated
from lcdiag.planning.simulate import Drawn, draw_responses
from lcdiag.planning.stated import Meeting
from lcdiag.planning.truth_file import StatedWorld, world_json
from lcdiag.responses.model import ResponseSet
from lcdiag.survey.choices import background_choices


@dataclass(frozen=True)
class SimulatedStudy:
    """A simulated study in memory.

    Attributes
    ----------
    study : Study
        The study with the simulated list of participants.
    responses : ResponseSet
        What a form would bring: a party is named only where the form may ask for it.
    meetings : tuple of Meeting
        Who answered where, with all parties, and what is true there.
    drawn : Drawn
        The answers with all parties, and what chance added.
    world : StatedWorld
        What was stated.
    start : int
        Of the generator.
    """

    study: Study
    responses: ResponseSet
    meetings: tuple[Meeting, ...]
    drawn: Drawn
    world: StatedWorld
    start: int

    def truth(self) -> dict[str, Any]:
        """Return what is true of these answers; see `lcdiag.outlook.drawn`."""
        spread, how = self.world.spread_of(), self.world.measurement()
        asked, roster = self.study.questionnaire, self.study.roster
        true = drawn_truth(asked, self.meetings, self.drawn, spread, how, roster)
        return {"start": self.start, **true}

    def truth_json(self) -> str:
        """Return the truth file: what was stated, and what is true of these answers."""
        return world_json(self.world, self.truth())


def simulate_study(
    study: Study,
    *,
    people: int | None = None,
    start: int = 1,
    world: StatedWorld | None = None,
) -> SimulatedStudy:
    """Draw a whole study from a stated model.

    Parameters
    ----------
    study : Study
        What is asked, of whom, in which waves.
    people : int, optional
        Invited in every wave in all communities together; by default those of the list of
        participants.
    start : int
        Of the random generator: the same start gives the same answers.
    world : StatedWorld, optional
        What is true; without one everything is ordinary.

    Returns
    -------
    SimulatedStudy
        The same for the same input.

    Raises
    ------
    LcdiagError
        Where nobody says how many people there are, or the world names communities, waves, scales,
        items, topics, indicators or languages that the study does not have.
    """
    stated = world or StatedWorld()
    roster = planned_roster(study, people)
    findings = [*_people(roster, people), *_unknown(study, stated)]
    if findings:
        raise LcdiagError(findings)
    study = replace(study, roster=roster)
    rng = np.random.default_rng(start)
    languages = stated.languages or {study.settings.languages[0]: 1.0}
    tables = seated(roster, languages=languages, turnover=stated.turnover, rng=rng)
    tables = answering(tables, response=stated.response, rng=rng)
    meetings = _meetings(study.questionnaire, tables, stated)
    drawn = draw_responses(
        study.questionnaire,
        meetings,
        rng=rng,
        spread=stated.spread_of(),
        measurement=stated.measurement(),
    )
    as_asked = replace(drawn.responses, **_as_asked(study, drawn.responses))
    return SimulatedStudy(study, as_asked, meetings, drawn, stated, start)


def _meetings(
    questionnaire: Questionnaire, tables: Tables, world: StatedWorld
) -> tuple[Meeting, ...]:
    """Return who answers in every community and wave, and what is true there."""
    found = []
    for (community, wave), seats in tables.items():
        if not seats:
            continue
        truth = world.stated_at(community, wave)
        for one in world.planted:
            if community in (one.communities or (community,)) and wave in (one.waves or (wave,)):
                truth = plant(questionnaire, truth, one.indicator, one.size)
        careless = world.careless_at(community, wave)
        found.append(Meeting(community, wave, tuple(seats), truth, careless))
    return tuple(found)


def _as_asked(study: Study, responses: ResponseSet) -> Mapping[str, Any]:
    """Return party, sector and meeting group as the form of each community asks for them."""
    columns = {
        name: getattr(responses, name).copy() for name in ("party", "sector", "meeting_group")
    }
    for community in np.unique(responses.community).tolist():
        rows = responses.community == community
        choices = background_choices(study, community)
        named = rows & np.isin(columns["party"], [name for name, _ in choices.parties])
        columns["party"][rows & ~named] = ""
        asked = rows & np.isin(columns["sector"], choices.sectors)
        columns["sector"][rows & ~named & ~asked] = ""
        group = rows & np.isin(columns["meeting_group"], [name for name, _ in choices.groups])
        columns["meeting_group"][rows & ~group] = ""
    return columns


def _people(roster: Sequence[RosterRow], people: int | None) -> list[Finding]:
    """Return what is wrong with how many people there are."""
    if people is not None and not 1 <= people <= 1_000_000:
        return [Finding("planning.people", Severity.ERROR, "", {"value": people})]
    if not sum(row.invited for row in roster):
        return [Finding("planning.no-people", Severity.ERROR)]
    return []


def _unknown(study: Study, world: StatedWorld) -> list[Finding]:
    """Return an error for every name in the world that the study does not have."""
    asked = study.questionnaire
    communities = [one.name for one in study.settings.communities]
    communities += [row.community for row in study.roster]
    truths = [world.everywhere, *(one.truth for one in world.meetings if one.truth)]
    waves = [one.number for one in study.settings.waves]
    names: list[tuple[str, Sequence[str], Sequence[str]]] = [
        (
            "community",
            [*(one.community for one in world.meetings)]
            + [name for one in world.planted for name in one.communities],
            communities or [study.settings.title],
        ),
        (
            "wave",
            [str(one.wave) for one in world.meetings if one.wave]
            + [str(wave) for one in world.planted for wave in one.waves],
            [str(wave) for wave in waves],
        ),
        (
            "scale",
            [name for one in truths for name in one.scales] + list(world.splits),
            [f"{home.id}:{scale.id}" for home, scale in asked.scales],
        ),
        (
            "item",
            [code for one in truths for code in one.items]
            + list(world.items)
            + [code for one in world.splits.values() for code in one.items],
            asked.codes,
        ),
        (
            "topic",
            [name for one in truths for name in one.topics],
            [contrast.id for _, contrast in asked.contrasts],
        ),
        ("indicator", [one.indicator for one in world.planted], indicator_addresses(asked)),
        (
            "language",
            [*world.languages, *(name for one in world.items.values() for name in one.shift)],
            study.settings.languages,
        ),
    ]
    return [
        _not_there(kind, name, known)
        for kind, used, known in names
        for name in dict.fromkeys(used)
        if name not in known
    ]


def _not_there(kind: str, name: str, known: Sequence[str]) -> Finding:
    facts: dict[str, Fact] = {
        "value": name,
        "options": tuple(dict.fromkeys(known))[:30] or ("\u2013",),
        "near": near_miss(name, known),
    }
    return Finding(f"planning.unknown-{kind}", Severity.ERROR, "", facts)
