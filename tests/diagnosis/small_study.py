"""A small instrument and study for the tests of this room, and evidence from plain arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lcdiag.base.levels import Level, Referent
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.instrument.model import (
    Citation,
    Composition,
    Contrast,
    Direction,
    Format,
    Indicator,
    Instrument,
    Item,
    Scale,
    Source,
    Status,
    Validation,
)
from lcdiag.instrument.questionnaire import Block, Questionnaire
from lcdiag.instrument.study import (
    Community,
    Party,
    RosterRow,
    SmallPartyAgreement,
    Study,
    StudySettings,
    Wave,
)
from lcdiag.responses.model import MISSING, ResponseSet
from lcdiag.scoring.model import ScaleScores

CRITICAL = ("one", "two", "three")
CONTROL = ("clock", "agenda")
SCALE_ITEMS = ("a1", "a2", "a3")
SINGLE_ITEMS = ("s1", "s2")
CODES = (
    SCALE_ITEMS
    + SINGLE_ITEMS
    + tuple(f"{letter}{number}" for number in range(1, 6) for letter in ("z", "o", "p"))
)


def both(text: str) -> dict[str, str]:
    return {"nl": f"{text} (nl)", "en": text}


def item(code: str, level: Level = Level.GROUP, *, reversed_: bool = False) -> Item:
    return Item(
        id=code,
        text=both(f"Sentence {code}"),
        label=both(code),
        format="agree7",
        referent=Referent.GROUP,
        level=level,
        reversed=reversed_,
        facet=code,
    )


def make_instrument() -> Instrument:
    points = tuple(f"point {number}" for number in range(1, 8))
    topics = [
        Contrast(
            id=name,
            kind="critical" if name in CRITICAL else "control",
            label=both(name),
            own=f"z{number}",
            others=f"o{number}",
            practice=f"p{number}",
        )
        for number, name in enumerate(CRITICAL + CONTROL, start=1)
    ]
    return Instrument(
        id="toy",
        version="1.0",
        languages=("nl", "en"),
        licence="CC-BY-4.0",
        title=both("Toy"),
        respondent_title=both("Questions"),
        source=Source(
            kind="own",
            text=both("Made for a test"),
            modelled_on=(Citation(text="A book.", doi="10.1/x", known="general-knowledge"),),
        ),
        validation=Validation(status=Status.EXPERIMENTAL),
        formats={"agree7": Format(points={"nl": points, "en": points}, dont_know=both("?"))},
        items=(
            item("a1"),
            item("a2"),
            item("a3", reversed_=True),
            *(item(code, Level.INDIVIDUAL) for code in SINGLE_ITEMS),
            *(item(code) for code in CODES[5:]),
        ),
        scales=(
            Scale(
                id="ease",
                items=SCALE_ITEMS,
                level=Level.GROUP,
                composition=Composition.REFERENT_SHIFT,
                direction=Direction.HIGHER_BETTER,
                label=both("Ease"),
                about=both("High means easy"),
            ),
            Scale(
                id="singles",
                items=SINGLE_ITEMS,
                level=Level.INDIVIDUAL,
                composition=Composition.ADDITIVE,
                direction=Direction.NEITHER,
                label=both("Singles"),
                about=both("One by one"),
                per_item=True,
            ),
        ),
        contrasts=tuple(topics),
        indicators=(
            Indicator(
                id="abilene", rule="abilene-signature", label=both("Signs"), source="A chapter"
            ),
        ),
    )


def make_study(
    communities: tuple[str, ...] = ("North", "South"),
    waves: tuple[int, ...] = (1, 2),
    *,
    roster: tuple[RosterRow, ...] = (),
    report_by: str = "party",
) -> Study:
    instrument = make_instrument()
    settings = StudySettings(
        title="A study",
        communities=tuple(Community(name=name) for name in communities),
        parties=(
            Party(name="Alder", sector="Public"),
            Party(name="Birch", sector="Public"),
            Party(name="Cedar", sector="Private"),
        ),
        waves=tuple(Wave(number=number, title=both(f"Wave {number}")) for number in waves),
        small_parties=SmallPartyAgreement.model_validate({"report_by": report_by}),
    )
    page = (Block(instrument, instrument.items),)
    return Study(
        folder=Path(),
        settings=settings,
        questionnaire=Questionnaire((page,), ("nl", "en"), 5),
        roster=roster,
        digest="study-digest",
    )


def random_rows(seed: int = 1, people: int = 12) -> list[dict[str, object]]:
    """Return answers at random in two communities and two waves, at three parties."""
    rng = np.random.default_rng(seed)
    seats = [("Alder", "Public"), ("Birch", "Public"), ("Cedar", "Private")]
    rows: list[dict[str, object]] = []
    for community in ("North", "South"):
        for wave in (1, 2):
            for person in range(people):
                party, sector = seats[person % 3]
                row: dict[str, object] = {
                    "person": f"{community}-{person}",
                    "community": community,
                    "wave": wave,
                    "party": party,
                    "sector": sector,
                }
                row.update({code: int(rng.integers(1, 8)) for code in CODES})
                rows.append(row)
    return rows


def make_responses(rows: list[dict[str, object]]) -> ResponseSet:
    """Return a response set; a row names who and where, `all` and item codes say what."""

    def labels(key: str, otherwise: str) -> np.ndarray:
        return np.array([row.get(key, otherwise) for row in rows], dtype=object)

    codes = [[row.get(code, row.get("all", MISSING)) for code in CODES] for row in rows]
    return ResponseSet(
        person=labels("person", ""),
        community=labels("community", "North"),
        meeting_group=labels("group", ""),
        party=labels("party", "Alder"),
        sector=labels("sector", "Public"),
        wave=np.array([row.get("wave", 1) for row in rows], dtype=np.int64),
        language=labels("language", "nl"),
        columns=CODES,
        codes=np.array(codes, dtype=np.int16).reshape(len(rows), len(CODES)),
        digest="answers-digest",
    )


def make_evidence(study: Study, responses: ResponseSet) -> Evidence:
    """Return evidence with the two scales scored here: mean of keyed items, half answered."""
    keyed = responses.values.copy()
    turned = responses.columns.index("a3")
    keyed[:, turned] = 8 - keyed[:, turned]
    values, answered = [], []
    for codes in (SCALE_ITEMS, SINGLE_ITEMS):
        part = keyed[:, [responses.columns.index(code) for code in codes]]
        count = (~np.isnan(part)).sum(axis=1)
        total = np.nansum(part, axis=1)
        enough = 2 * count >= len(codes)
        values.append(np.where(enough, total / np.maximum(count, 1), np.nan))
        answered.append(count)
    scores = ScaleScores(
        scales=("toy:ease", "toy:singles"),
        values=np.column_stack(values),
        answered=np.column_stack(answered),
        keyed=keyed,
    )
    return Evidence(study, responses, scores)
