"""Between parties: directed means, what follows from them, and the shares of the model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reference_cases import entry, table

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.instrument.compose import compose
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import (
    Community,
    Party,
    RosterRow,
    SmallPartyAgreement,
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
        text([""] * len(rows)),
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


# -- what is shown, and what follows from it


def two_ways(first: list[int], second: list[int], back: list[int], seen: list[int]):
    """Three parties of one table: how "aa" sees "bb" and "cc", and what "bb" says of "aa"."""
    questionnaire = asked(["aa", "bb", "cc"])
    rows = [
        ("t", "aa", {"pg1bb": one, "pg1cc": other, "pg5bb": guess, "pg5cc": 4})
        for one, other, guess in zip(first, second, seen, strict=True)
    ]
    rows += [("t", "bb", {"pg1aa": one, "pg1cc": 3 + n % 3}) for n, one in enumerate(back)]
    rows += [("t", "cc", {"pg1aa": 3 + n % 3, "pg1bb": 2 + n % 4}) for n in range(len(back))]
    tables = {"t": ["aa", "bb", "cc"]}
    return questionnaire, tables, answers(questionnaire, rows)


ONE = [5, 4, 6, 5, 3, 4, 5, 6, 4, 5]
OTHER = [4, 2, 3, 5, 3, 4, 5, 2, 4, 3]
BACK = [3, 2, 4, 3, 5, 2, 3, 4, 3, 4]
SEEN = [6, 5, 4, 6, 5, 5, 6, 4, 5, 6]


def test_how_one_party_sees_another_is_the_mean_of_its_people() -> None:
    questionnaire, tables, responses = two_ways(ONE, OTHER, BACK, SEEN)
    found = diagnose(studied(questionnaire, tables), responses, made="")
    assert of(found, "directed", "pg1bb", "aa").value == pytest.approx(4.7)
    assert of(found, "directed", "pg1cc", "aa").value == pytest.approx(3.5)
    assert of(found, "directed", "pg1aa", "bb").value == pytest.approx(3.3)
    assert of(found, "directed", "pg1aa", "aa") is None
    words = {one.id: one for one in found.words.pairs}
    assert (words["pg1bb"].scale, words["pg1bb"].party) == (KEEPS, "bb")


def test_two_parties_beside_each_other_follow_from_what_is_released() -> None:
    questionnaire, tables, responses = two_ways(ONE, OTHER, BACK, SEEN)
    found = diagnose(studied(questionnaire, tables), responses, made="")
    here, there = of(found, "directed", "pg1bb", "aa"), of(found, "directed", "pg1aa", "bb")
    both = of(found, "mutuality", "pg1bb", "aa")
    assert both.value == pytest.approx(1.4)
    assert both.low == pytest.approx(
        1.4 - np.hypot(here.value - here.low, there.high - there.value), abs=1e-4
    )
    assert both.high == pytest.approx(
        1.4 + np.hypot(here.high - here.value, there.value - there.low), abs=1e-4
    )
    assert of(found, "mutuality", "pg1aa", "bb") is None, "a pair has one difference"


def test_how_one_thinks_to_be_seen_stands_beside_how_one_is_seen() -> None:
    questionnaire, tables, responses = two_ways(ONE, OTHER, BACK, SEEN)
    rows = replace(responses, codes=responses.codes.copy())
    for name, columns in (("bb", ("pg5aa", "pg5cc")), ("cc", ("pg5aa", "pg5bb"))):
        mine = np.flatnonzero(rows.party == name)
        for code in columns:
            rows.codes[mine, rows.columns.index(code)] = 3 + np.arange(len(mine)) % 4
    rows.codes[rows.party == "aa", rows.columns.index("pg5cc")] = 3 + np.arange(10) % 4
    found = diagnose(studied(questionnaire, tables), rows, made="")
    assert of(found, "meta_gap", "pg5bb", "aa").value == pytest.approx(5.2 - 3.3)


@pytest.mark.parametrize("report_by", ["sector", "none"])
def test_without_rows_of_parties_no_party_sees_another(report_by: str) -> None:
    questionnaire, tables, responses = two_ways(ONE, OTHER, BACK, SEEN)
    agreed = SmallPartyAgreement(report_by=report_by)
    found = diagnose(studied(questionnaire, tables, small_parties=agreed), responses, made="")
    between = [m for m in found.measures if m.at.statistic in ("directed", "mutuality")]
    assert {m.at.unit.kind for m in between} == ({"sector"} if report_by == "sector" else set())
    assert not [m for m in found.measures if m.at.subject in questionnaire.about]


@pytest.mark.parametrize("people", [1, 3, 4])
def test_a_party_of_few_people_says_nothing_of_another(people: int) -> None:
    questionnaire, tables, responses = two_ways(ONE, OTHER, BACK, SEEN)
    first = np.flatnonzero(responses.party == "bb")[people:]
    keep = np.ones(len(responses), dtype=bool)
    keep[first] = False
    agreed = SmallPartyAgreement(minimum=3, agreed_by=("aa", "bb", "cc"), agreed_on="2026-01-01")
    study = studied(questionnaire, tables, small_parties=agreed)
    found = diagnose(study, responses.rows(keep), made="")
    assert isinstance(of(found, "directed", "pg1aa", "bb"), Hidden)
    shown = [m for m in found.measures if m.at.statistic == "directed" and m.at.unit.name == "bb"]
    assert all(isinstance(measure.cell, Hidden) for measure in shown)
    assert of(found, "mutuality", "pg1bb", "aa") is None


def test_what_one_left_out_hides_all_that_the_party_says() -> None:
    """Else the one cell would follow from the others and the community's number."""
    questionnaire, tables, responses = two_ways(ONE, OTHER, BACK, SEEN)
    codes = responses.codes.copy()
    codes[:7, responses.columns.index("pg1cc")] = MISSING
    found = diagnose(studied(questionnaire, tables), replace(responses, codes=codes), made="")
    assert isinstance(of(found, "directed", "pg1cc", "aa"), Hidden), "three raters"
    assert isinstance(of(found, "directed", "pg1bb", "aa"), Hidden), "ten raters"


def test_too_few_parties_leave_the_shares_absent_with_a_reason() -> None:
    questionnaire, tables, responses = two_ways(ONE, OTHER, BACK, SEEN)
    found = diagnose(studied(questionnaire, tables), responses, made="", internal=True)
    cell = of(found, "social_relations.actor", KEEPS)
    assert (cell.value, cell.absent) == (None, "fewer-than-4-parties")


def test_parties_that_all_say_the_same_leave_no_spread_to_read() -> None:
    """A spread near 0 would say of each party what the community's number says."""
    questionnaire, tables, responses = two_ways(ONE, OTHER, BACK, SEEN)
    whole = diagnose(studied(questionnaire, tables), responses, made="", internal=True)
    means = [m.cell.value for m in whole.measures if m.at.statistic == "directed" and m.cell.value]
    keeps = [
        m.cell.value
        for m in whole.measures
        if m.at.statistic == "directed" and m.at.subject.startswith("pg1")
    ]
    assert len(means) > len(keeps) == 6
    spread = of(whole, "directed_spread", KEEPS)
    assert spread.value == pytest.approx(np.std(keeps, ddof=1))
    found = diagnose(studied(questionnaire, tables), responses, made="")
    assert isinstance(of(found, "directed_spread", KEEPS), Hidden)
