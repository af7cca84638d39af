"""Studies to attack: simulated ones with many small parties, and what is true of them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
from attacker import World

from lcdiag.diagnosis.evidence import Evidence
from lcdiag.instrument.compose import compose
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import (
    Community,
    Party,
    RosterRow,
    SmallPartyAgreement,
    Study,
    StudySettings,
    Wave,
)
from lcdiag.planning.simulate import Meeting, Seat, Spread, Truth, simulate_responses
from lcdiag.responses.model import ResponseSet
from lcdiag.scoring.score import score_responses

SECTORS = ("business", "education", "government", "society")
BLOCKS = (
    ("lc-safety:safety", "lc-safety:voice"),
    ("lc-conflict:task", "lc-collusion:avoidance"),
    tuple(
        f"lc-collusion:topic.{name}"
        for name in ("interests", "course", "letting-go", "punctuality", "agenda")
    ),
)


def questionnaire() -> Questionnaire:
    return compose(BLOCKS, ("nl", "en"))


SMALL = (1, 1, 2, 2, 3, 4, 5, 6, 7)
"""How many people a party has, drawn anew for each."""


def simulated_study(
    start: int,
    asked: Questionnaire,
    agreed: int | None = None,
    sizes: tuple[int, ...] = SMALL,
    most: int = 9,
    groups: bool = False,
    sectors: tuple[str, ...] = SECTORS,
    report_by: str = "party",
) -> Evidence:
    """Some communities of 5 to 24 people from small parties, one to three waves.

    `agreed` is the minimum of a party or sector row that every party consented to. A study has
    three to `most` parties, one after the other in each of `sectors`. With `groups` people of
    all parties sit in one to four meeting groups of their community, some in none, and these are
    the rows.
    """
    rng = np.random.default_rng(start)
    parties = [
        Party(name=f"party {number}", sector=sectors[number % len(sectors)])
        for number in range(int(rng.integers(3, most + 1)))
    ]
    communities = [f"community {number}" for number in range(int(rng.integers(1, 5)))]
    seating = np.random.default_rng([start, 7])
    waves = range(1, int(rng.integers(1, 4)) + 1)
    meetings, roster = [], []
    for community in communities:
        here = [one for one in parties if rng.random() < 0.8] or parties[:1]
        seats = [
            Seat(f"{community} {one.name} {number}", one.name, one.sector)
            for one in here
            for number in range(int(rng.choice(sizes)))
        ]
        if groups:
            tables = int(seating.integers(1, 5))
            at = seating.choice(tables + 1, len(seats), p=[0.05] + [0.95 / tables] * tables)
            names = [f"table {number}" if number else "" for number in at.tolist()]
            seats = [replace(one, meeting_group=n) for one, n in zip(seats, names, strict=True)]
        truth = Truth(elsewhere=float(rng.uniform(3.0, 6.2)))
        for wave in waves:
            came = tuple(seat for seat in seats if rng.random() < 0.85)
            meetings.append(Meeting(community, wave, came, truth))
            roster += [
                RosterRow(community, one.name, one.sector, wave, invited, table)
                for one in here
                for table in sorted({seat.meeting_group for seat in seats})
                if (
                    invited := sum(
                        seat.party == one.name and seat.meeting_group == table for seat in seats
                    )
                )
            ]
    spread = Spread(
        answer=float(rng.uniform(0.2, 1.2)),
        general=float(rng.uniform(0.0, 0.5)),
        scale=float(rng.uniform(0.0, 0.7)),
        missing=float(rng.choice([0.0, 0.03])),
        dont_know=float(rng.choice([0.0, 0.03])),
        careless=0.03,
    )
    responses = simulate_responses(asked, meetings, rng=rng, spread=spread)
    settings = StudySettings(
        title=f"Simulated study {start}",
        communities=tuple(Community(name=name) for name in communities),
        parties=tuple(parties),
        waves=tuple(Wave(number=wave) for wave in waves),
        small_parties=SmallPartyAgreement(
            report_by="group" if groups else report_by,
            minimum=agreed,
            agreed_by=tuple(one.name for one in parties),
            agreed_on="2026-01-01",
        ),
    )
    study = Study(Path(), settings, asked, tuple(roster), f"simulated-{start}")
    return evidence_of(study, responses)


def evidence_of(study: Study, responses: ResponseSet) -> Evidence:
    return Evidence(study, responses, score_responses(responses, study.questionnaire))


def world_of(evidence: Evidence) -> World:
    """What is true, worked out from the answers in the plainest way."""
    asked = evidence.study.questionnaire
    world = World(rows=evidence.study.settings.row_minimum)
    columns: dict = {}
    for item in asked.items:
        bounds = asked.format_of(item.id)
        columns["mean", item.id] = evidence.responses.column(item.id)
        world.ratings[item.id] = 1
        world.bounds["mean", item.id] = (bounds.low, bounds.high)
    for home, scale in asked.scales:
        address = f"{home.id}:{scale.id}"
        if scale.per_item or address not in evidence.scores.scales:
            continue
        columns["mean", address] = evidence.scores.scale(address)
        world.ratings[address] = len(scale.items)
        bounds = home.format_of(scale.items[0])
        world.bounds["mean", address] = (bounds.low, bounds.high)
        world.parts["mean", address] = [
            (("mean", code), -1 if home.item(code).reversed else 1) for code in scale.items
        ]
    add_topics(evidence, world, columns)
    place(evidence, world, columns)
    follow(evidence, world)
    return world


def follow(evidence: Evidence, world: World) -> None:
    """Who answered, and who has a score, in each wave and in the one before it."""
    responses = evidence.responses
    for community in set(responses.community.tolist()):
        here = responses.community == community
        waves = sorted(set(responses.wave[here].tolist()))
        for earlier, later in itertools.pairwise(waves):
            rows = [here & (responses.wave == wave) for wave in (earlier, later)]
            for subject in evidence.scores.scales:
                known = ~np.isnan(evidence.scores.scale(subject))
                masks = (rows[0] & known, rows[1] & known, *rows)
                who = tuple(set(responses.person[mask].tolist()) for mask in masks)
                world.moves[subject, str(community), int(later)] = who


def add_topics(evidence: Evidence, world: World, columns: dict) -> None:
    pooled: dict = {}
    for home, topic in evidence.study.questionnaire.contrasts:
        codes = (topic.own, topic.others, topic.practice)
        own, others, practice = (columns["mean", code].copy() for code in codes)
        whole = ~(np.isnan(own) | np.isnan(others) | np.isnan(practice))
        for code in codes:
            columns["mean", code] = np.where(whole, columns["mean", code], np.nan)
        own, others, practice = (np.where(whole, v, np.nan) for v in (own, others, practice))
        name = f"{home.id}:topic.{topic.id}"
        world.ratings[name] = 1
        values = {"own": own, "others": others, "practice": practice}
        values |= {"perception_gap": own - others, "abilene_gap": own - practice}
        bounds = home.format_of(topic.own)
        span = bounds.high - bounds.low
        for statistic, vector in values.items():
            ends = (-span, span) if "gap" in statistic else (bounds.low, bounds.high)
            columns[statistic, name] = vector
            world.bounds[statistic, name] = ends
            pool = (statistic, f"{home.id}:{topic.kind}")
            pooled.setdefault(pool, []).append(vector)
            world.bounds[pool] = ends
            world.parts.setdefault(pool, []).append(((statistic, name), 1))
    for pool, vectors in pooled.items():
        table = np.column_stack(vectors)
        count = (~np.isnan(table)).sum(axis=1)
        total = np.nansum(table, axis=1)
        enough = (2 * count >= len(vectors)) & (count > 0)
        columns[pool] = np.where(enough, total / np.maximum(count, 1), np.nan)
        world.ratings[pool[1]] = len(vectors)


def place(evidence: Evidence, world: World, columns: dict) -> None:
    """Put people into rows; meeting groups take the place of parties, and have no sectors."""
    responses = evidence.responses
    party, sector = responses.party, responses.sector
    if evidence.study.settings.small_parties.report_by == "group":
        party, sector = responses.meeting_group, np.full(len(responses), "", dtype=object)
    for (statistic, subject), values in columns.items():
        for row in np.flatnonzero(~np.isnan(values)):
            key = (statistic, subject, str(responses.community[row]), int(responses.wave[row]))
            who = (str(party[row]), str(sector[row]), float(values[row]))
            world.people.setdefault(key, []).append(who)


def sector_study(
    start: int, asked: Questionnaire, agreed: int | None = None
) -> tuple[Evidence, np.ndarray]:
    """A study that shows sectors only, and who sits for which party.

    Two or three sectors of up to five parties with 1 to 8 people each. In half of the studies
    the answers hold no parties, as where the form asks for the sector alone.
    """
    rng = np.random.default_rng(start + 10**6)
    names = SECTORS[: int(rng.integers(2, 4))]
    sizes = tuple(range(1, 9))
    made = simulated_study(start, asked, agreed, sizes, sectors=names, report_by="sector")
    party = made.responses.party
    if rng.random() < 0.5:
        nobody = np.full(len(party), "", dtype=object)
        made = evidence_of(made.study, replace(made.responses, party=nobody))
    return made, party
