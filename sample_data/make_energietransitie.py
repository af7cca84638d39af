"""Make the sample study: invented people, a stated truth, one fixed start.

    python sample_data/make_energietransitie.py

writes the roster, the answers of three waves, what was promised to the people who answered
(``agreement.json``) and the truth (``truth.json``) into
``energietransitie/`` beside this file. ``study.toml`` is written by hand. Running it again gives
the same bytes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from lcdiag.base.records import write_whole
from lcdiag.instrument.compose import compose
from lcdiag.instrument.layout import BACKGROUND
from lcdiag.instrument.read_study import read_settings
from lcdiag.instrument.study import RosterRow, StudySettings
from lcdiag.outlook.drawn import drawn_truth
from lcdiag.planning.simulate import Measurement, Meeting, Seat, Spread, Truth, draw_responses
from lcdiag.planning.truth_file import (
    MeetingStated,
    SpreadStated,
    StatedWorld,
    TruthStated,
    world_json,
)
from lcdiag.responses.model import ResponseSet
from lcdiag.survey.agreement_file import promise_of, write_promise
from lcdiag.workflow.simulated import answer_csv, roster_file

WRITTEN = tuple(name for name in BACKGROUND if name not in ("wave", "meeting_group"))
"""The columns of an answer file: its folder says the wave, and every community meets as a whole."""

FOLDER = Path(__file__).resolve().parent / "energietransitie"
START = 1
CRITICAL = ("interests", "course", "letting-go", "complexity", "together", "reflection")
CONTROL = ("punctuality", "agenda")

# Seats at the table per party, in the order of study.toml, and answers per wave.
SEATS: dict[str, tuple[tuple[int, ...], tuple[int, int, int]]] = {
    "Warmte in de wijk": ((3, 0, 2, 0, 2, 0, 2, 2), (8, 9, 9)),
    "Zon op bedrijfsdaken": ((2, 0, 3, 2, 1, 0, 0, 1), (7, 7, 7)),
    "Biogas van het land": ((2, 2, 0, 0, 3, 2, 3, 0), (9, 10, 9)),
    "Netcongestie Noord": ((4, 4, 8, 5, 4, 4, 3, 2), (28, 27, 28)),
    "Waterstof in de haven": ((4, 4, 4, 4, 4, 4, 2, 0), (21, 22, 21)),
    "Isoleren met de buurt": ((2, 2, 3, 5, 6, 0, 5, 5), (23, 22, 24)),
    "Vakmensen van morgen": ((6, 7, 5, 5, 3, 2, 0, 0), (23, 24, 23)),
    "Opslag en flexibiliteit": ((5, 4, 5, 5, 4, 4, 3, 0), (25, 24, 24)),
    "Slimme laadpleinen": ((4, 3, 5, 5, 5, 3, 0, 0), (20, 21, 21)),
    "Energie van de coöperatie": ((4, 2, 4, 3, 4, 3, 7, 5), (26, 26, 25)),
    "Circulair slopen": ((5, 5, 0, 6, 5, 3, 0, 4), (22, 23, 23)),
    "Deelvervoer in de stad": ((4, 4, 4, 3, 6, 4, 4, 3), (26, 25, 26)),
}

SCALES = {
    "lc-safety:safety": 4.9,
    "lc-safety:voice": 4.9,
    "lc-trust:between": 4.8,
    "lc-conflict:task": 3.4,
    "lc-conflict:relationship": 2.4,
    "lc-collusion:avoidance": 3.4,
    "lc-collusion:collaboration": 4.9,
    "lc-climate:interdependence": 4.7,
    "lc-climate:differences": 4.5,
}


def topics(own: float, gap: float, lag: float) -> dict[str, tuple[float, float, float]]:
    """Return the critical topics with these gaps, and the control topics with an everyday one."""
    planted = dict.fromkeys(CRITICAL, (own, own - gap, own - lag))
    return planted | dict.fromkeys(CONTROL, (5.4, 5.2, 5.0))


ORDINARY = Truth(scales=SCALES, topics=topics(5.2, 0.3, 0.4), elsewhere=4.5)


def truth_of(community: str, wave: int) -> Truth:
    """Return what is planted: five stories, the rest ordinary."""
    if community == "Warmte in de wijk":
        gap = {1: 1.2, 2: 1.7, 3: 2.0}[wave]
        scales = SCALES | {
            "lc-safety:voice": 3.9,
            "lc-collusion:avoidance": 4.8,
            "lc-collusion:collaboration": 5.6,
            "lc-conflict:task": 2.2,
            "lc-conflict:relationship": 1.9,
            "lc-climate:differences": 3.6,
            "lc-climate:interdependence": 3.8,
        }
        return replace(ORDINARY, scales=scales, topics=topics(5.6, gap, gap + 0.1))
    if community == "Isoleren met de buurt":  # everybody knows that practice lags behind
        return replace(ORDINARY, topics=topics(5.6, 0.2, 1.6))
    if community == "Waterstof in de haven":  # open conflict
        scales = SCALES | {
            "lc-safety:safety": 3.6,
            "lc-trust:between": 3.3,
            "lc-conflict:task": 5.3,
            "lc-conflict:relationship": 4.8,
            "lc-collusion:avoidance": 2.4,
            "lc-collusion:collaboration": 3.0,
        }
        return replace(ORDINARY, scales=scales)
    if community == "Vakmensen van morgen":  # growing
        grown = {1: -0.9, 2: -0.1, 3: 0.8}[wave]
        names = ("lc-safety:safety", "lc-safety:voice", "lc-trust:between")
        return replace(ORDINARY, scales=SCALES | {name: SCALES[name] + grown for name in names})
    return ORDINARY


def people_of(settings: StudySettings, rng: np.random.Generator) -> dict[str, list[list[Seat]]]:
    """Return who holds a seat in each community in each wave; each wave some leave, some join."""
    letters, used = np.array(list("abcdefghjkmnpqrstuvwxyz23456789")), set()

    def newcomer(party: int) -> Seat:
        while (code := "".join(rng.choice(letters, 6))) in used:
            continue
        used.add(code)
        one = settings.parties[party]
        return Seat(code, one.name, one.sector, "en" if rng.random() < 0.12 else "nl")

    tables: dict[str, list[list[Seat]]] = {}
    for community, (seats, _) in SEATS.items():
        parties = [party for party, count in enumerate(seats) for _ in range(count)]
        table = [newcomer(party) for party in parties]
        tables[community] = [table]
        for _ in (2, 3):
            table = [
                newcomer(party) if rng.random() < 0.08 else seat
                for seat, party in zip(table, parties, strict=True)
            ]
            tables[community].append(table)
    for wave in range(3):  # two people sit at two tables
        tables["Slimme laadpleinen"][wave][0] = tables["Netcongestie Noord"][wave][0]
        tables["Circulair slopen"][wave][0] = tables["Deelvervoer in de stad"][wave][0]
    return tables


def answering(tables: dict[str, list[list[Seat]]], rng: np.random.Generator) -> list[Meeting]:
    """Return every community in every wave with the people who answer."""
    meetings = []
    for wave in (1, 2, 3):
        for community, (_, counts) in SEATS.items():
            table = tables[community][wave - 1]
            chosen = sorted(rng.choice(len(table), counts[wave - 1], replace=False))
            seats = tuple(table[place] for place in chosen)
            # Careless people sit at the large tables only: at a small one a single straight line
            # would be the story, and the sample is there to tell the planted ones.
            careless = 0.0 if len(table) <= 12 else None
            meetings.append(Meeting(community, wave, seats, truth_of(community, wave), careless))
    return meetings


def answer_file(responses: ResponseSet, wave: int) -> str:
    """Return the answers of a wave as CSV for a Dutch spreadsheet, one row twice."""
    lines = answer_csv(responses, wave, "nl", WRITTEN).splitlines(keepends=True)
    lines.insert(41, lines[40])  # somebody pressed "send" twice
    return "".join(lines)


def roster(settings: StudySettings, tables: dict[str, list[list[Seat]]]) -> list[RosterRow]:
    """Return how many people of which party were invited."""
    seated = {place: [Counter(seat.party for seat in table) for table in waves]
              for place, waves in tables.items()}  # fmt: skip
    return [
        RosterRow(community, party.name, party.sector, wave, counts[wave - 1][party.name])
        for community, counts in seated.items()
        for party in settings.parties
        if any(one[party.name] for one in counts)
        for wave in (1, 2, 3)
    ]


def stated(meetings: list[Meeting], spread: Spread) -> StatedWorld:
    """Return what is true as a truth file holds it."""
    return StatedWorld(
        spread=SpreadStated(**asdict(spread)),
        everywhere=TruthStated(**asdict(ORDINARY)),
        meetings=tuple(
            MeetingStated(
                community=one.community,
                wave=one.wave,
                truth=None if one.truth == ORDINARY else TruthStated(**asdict(one.truth)),
                careless=one.careless,
            )
            for one in meetings
            if one.truth != ORDINARY or one.careless is not None
        ),
    )


def main() -> None:
    """Write everything."""
    rng = np.random.default_rng(START)
    settings = read_settings(FOLDER / "study.toml")
    questionnaire = compose([[block] for block in settings.instruments], settings.languages)
    tables = people_of(settings, rng)
    meetings = answering(tables, rng)
    spread = Spread(missing=0.015, dont_know=0.015, careless=0.02)
    drawn = draw_responses(questionnaire, meetings, rng=rng, spread=spread)
    for wave in (1, 2, 3):
        path = FOLDER / "antwoorden" / f"meetmoment-{wave}" / "antwoorden.csv"
        write_whole(path, answer_file(drawn.responses, wave).encode("utf-8-sig"))
    rows = roster(settings, tables)
    write_whole(FOLDER / "deelnemers.xlsx", roster_file(rows, "nl"))
    true = drawn_truth(questionnaire, meetings, drawn, spread, Measurement(), rows)
    text = world_json(stated(meetings, spread), {"start": START, **true})
    write_whole(FOLDER / "truth.json", text)
    write_promise(FOLDER, promise_of(settings, since_wave=1))


if __name__ == "__main__":
    main()
