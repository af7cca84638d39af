"""Between parties: directed means, what follows from them, and the shares of the model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference_cases import entry, table

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.instrument.compose import compose
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import (
    Community,
    Party,
    RosterRow,
    Study,
    StudySettings,
)
from lcdiag.responses.model import MISSING, ResponseSet

KEEPS = "lc-party-grid:keeps"
STEPS = 10000
SHIFT = 17000


def asked(parties: list[str]) -> Questionnaire:
    return compose((("lc-party-grid:keeps", "lc-party-grid:seen"),), ("nl", "en"), parties=parties)


def studied(questionnaire: Questionnaire, tables: dict[str, list[str]], **settings) -> Study:
    names = list(dict.fromkeys(questionnaire.about.values()))
    made = StudySettings(
        title="Round robin",
        communities=tuple(Community(name=name) for name in tables),
        parties=tuple(Party(name=name, sector="s") for name in names),
        **settings,
    )
    roster = tuple(
        RosterRow(community, party, "s", 1, 1) for community, t in tables.items() for party in t
    )
    return Study(Path(), made, questionnaire, roster, "made")


def answers(questionnaire: Questionnaire, rows: list[tuple[str, str, dict]]) -> ResponseSet:
    """Rows of community, party and column to rating."""
    columns = questionnaire.codes
    codes = np.full((len(rows), len(columns)), MISSING, dtype=np.int16)
    for number, (_, _, ratings) in enumerate(rows):
        for code, rating in ratings.items():
            codes[number, columns.index(code)] = rating

    def text(values: list[str]) -> np.ndarray:
        return np.array(values, dtype=object)

    return ResponseSet(
        text([f"person {number}" for number in range(len(rows))]),
        text([row[0] for row in rows]),
        text([row[1] for row in rows]),
        text(["s"] * len(rows)),
        np.ones(len(rows), dtype=np.int64),
        text(["nl"] * len(rows)),
        columns,
        codes,
    )


def of(diagnosis: Diagnosis, statistic: str, subject: str, party: str = "", community: str = "t"):
    unit = Unit(kind="party", community=community, name=party) if party else Unit(kind="study")
    return diagnosis.cell(statistic, subject, unit, 1)


# -- the shares of the model beside those of TripleR


def reference_study() -> tuple[Study, ResponseSet]:
    """Three people a party, so that whole codes have the mean that the data say, times a constant.

    Shares and correlations do not change where all ratings move or stretch alike.
    """
    data = table("synth_roundrobin.csv")
    names = sorted({f"p{one}" for one in data["perceiver"]})
    questionnaire = widened(asked(names))
    column = {party: code for code, party in questionnaire.about.items() if code.startswith("pg1")}
    tables = {
        f"g{group}": sorted({f"p{one}" for one in part["perceiver"]})
        for group, part in data.groupby("group")
    }
    rows: dict[tuple[str, str, int], dict] = {}
    for one in data.itertuples():
        whole = round(one.y1 * STEPS) - SHIFT
        for person, code in enumerate(np.diff(np.linspace(0, whole, 4).round()).astype(int)):
            key = (f"g{one.group}", f"p{one.perceiver}", person)
            rows.setdefault(key, {})[column[f"p{one.target}"]] = int(code)
    listed = [(community, party, ratings) for (community, party, _), ratings in rows.items()]
    return studied(questionnaire, tables), answers(questionnaire, listed)


def widened(questionnaire: Questionnaire) -> Questionnaire:
    """The same questions, answered from 0 to the largest code there is."""
    block = questionnaire.pages[0][0]
    form = block.format.model_copy(update={"low": 0, "high": int(np.iinfo(np.int16).max)})
    made = block.instrument.model_copy(update={"formats": {"agree7": form}})
    pages = tuple(tuple(replace(b, instrument=made) for b in page) for page in questionnaire.pages)
    return replace(questionnaire, pages=pages)


def test_shares_of_a_study_are_those_of_the_reference_program() -> None:
    known = entry("srm/synth_all/univariate")["value"]
    wanted = dict(zip(known["type"], known["standardized"], strict=True))
    study, responses = reference_study()
    found = diagnose(study, responses, made="", internal=True)
    names = {
        "actor": "actor variance",
        "partner": "partner variance",
        "relationship": "relationship variance",
        "reciprocity.generalised": "actor-partner covariance",
        "reciprocity.dyadic": "relationship covariance",
    }
    for name, theirs in names.items():
        cell = of(found, f"social_relations.{name}", KEEPS)
        assert isinstance(cell, Estimate)
        assert cell.value == pytest.approx(wanted[theirs], abs=1e-7)
        assert cell.n == 36
