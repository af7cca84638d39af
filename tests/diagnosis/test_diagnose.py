from __future__ import annotations

import dataclasses
import json
import platform
from typing import Any

import numpy as np
import pytest
import scipy
from small_study import (
    CODES,
    CRITICAL,
    make_evidence,
    make_responses,
    make_study,
    random_rows,
)

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.diagnose import diagnose, diagnosis_of, measure_all, name_communities
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.instrument.questionnaire import Block, Questionnaire
from lcdiag.instrument.study import RosterRow
from lcdiag.responses.model import DONT_KNOW, MISSING

NORTH = Unit(kind="community", community="North")
SOUTH = Unit(kind="community", community="South")
STUDY = Unit(kind="study")


def exact(rows: list[dict[str, object]], **study: object) -> Diagnosis:
    evidence = make_evidence(make_study(**study), make_responses(rows))  # type: ignore[arg-type]
    return diagnosis_of(evidence, made="2026-11-14", internal=True)


def number(diagnosis: Diagnosis, statistic: str, subject: str, unit: Unit, wave: int) -> float:
    cell = diagnosis.cell(statistic, subject, unit, wave)
    assert isinstance(cell, Estimate), (statistic, subject)
    assert cell.value is not None, cell
    return cell.value


def test_means_of_items_scales_and_parties_equal_arithmetic_on_paper():
    people = [
        # a3 is reversed: scores are (7 + 5 + 6) / 3 = 6, (4 + 4 + 4) / 3 = 4, (1 + 2 + 3) / 3 = 2
        {"person": "p", "a1": 7, "a2": 5, "a3": 2},
        {"person": "q", "a1": 4, "a2": 4, "a3": 4, "party": "Birch"},
        {"person": "r", "a1": 1, "a2": 2, "a3": 5, "party": "Cedar", "sector": "Private"},
    ]
    found = exact(people)
    assert number(found, "mean", "a1", NORTH, 1) == pytest.approx(4)
    assert number(found, "mean", "a3", NORTH, 1) == pytest.approx(11 / 3)  # as it was asked
    assert number(found, "mean", "toy:ease", NORTH, 1) == pytest.approx(4)
    birch = Unit(kind="party", community="North", name="Birch")
    public = Unit(kind="sector", community="North", name="Public")
    assert number(found, "mean", "toy:ease", birch, 1) == pytest.approx(4)
    assert number(found, "mean", "toy:ease", public, 1) == pytest.approx(5)
    # sd 2, n 3, t(2) at .975 = 4.302653: 4 -/+ 4.968, clipped to the scale
    cell = found.cell("mean", "toy:ease", NORTH, 1)
    assert isinstance(cell, Estimate)
    assert (cell.low, cell.high, cell.n) == (1.0, 7.0, 3)
    half = cell.band(0.5)
    assert half is not None
    assert half.low == pytest.approx(4 - 0.8164966 * 2 / np.sqrt(3), abs=1e-6)


def test_scales_shown_item_by_item_get_no_score():
    found = exact(random_rows())
    assert found.cell("mean", "toy:singles", NORTH, 1) is None
    assert found.cell("mean", "s1", NORTH, 1) is not None


def test_counts_add_up_and_dont_know_stands_apart():
    rows = [{"person": str(i), "a1": code} for i, code in enumerate([1, 1, 7, 4, DONT_KNOW])]
    rows.append({"person": "left open", "a1": MISSING})
    found = exact(rows)
    counts = [number(found, f"count.{code}", "a1", NORTH, 1) for code in range(1, 8)]
    assert counts == [2, 0, 0, 1, 0, 0, 1]
    assert number(found, "count.dk", "a1", NORTH, 1) == 1
    cell = found.cell("mean", "a1", NORTH, 1)
    assert isinstance(cell, Estimate)
    assert cell.n == 4


def test_gaps_equal_arithmetic_and_leave_out_who_did_not_rate_a_topic_whole():
    people = [
        {"person": "p", "z1": 6, "o1": 4, "p1": 3},
        {"person": "q", "z1": 7, "o1": 4, "p1": 2},
        {"person": "r", "z1": 5, "o1": 5, "p1": 4},
        {"person": "not whole", "z1": 1, "o1": 7, "p1": DONT_KNOW},
    ]
    found = exact(people)
    topic = "toy:topic.one"
    assert number(found, "own", topic, NORTH, 1) == pytest.approx(6)
    assert number(found, "others", topic, NORTH, 1) == pytest.approx(13 / 3)
    assert number(found, "practice", topic, NORTH, 1) == pytest.approx(3)
    assert number(found, "perception_gap", topic, NORTH, 1) == pytest.approx(6 - 13 / 3)
    assert number(found, "abilene_gap", topic, NORTH, 1) == pytest.approx(3)
    # the item's own cells rest on the same three people
    assert number(found, "mean", "z1", NORTH, 1) == pytest.approx(6)
    assert number(found, "count.1", "z1", NORTH, 1) == 0


def test_a_pool_takes_who_rated_half_of_the_topics_whole():
    whole = {code: 5 for n in (1, 2, 3) for code in (f"z{n}", f"o{n}", f"p{n}")}
    people = [
        {"person": "all three", **whole, "z1": 7, "z2": 6},  # own (7 + 6 + 5) / 3 = 6
        {"person": "two", **whole, "z1": 4, "p3": MISSING},  # own (4 + 5) / 2 = 4.5
        {"person": "one", **whole, "z1": 1, "o2": MISSING, "p3": MISSING},  # too few
    ]
    found = exact(people)
    pool = "toy:critical"
    assert number(found, "own", pool, NORTH, 1) == pytest.approx(5.25)
    assert number(found, "perception_gap", pool, NORTH, 1) == pytest.approx(0.25)
    cell = found.cell("abilene_gap", pool, NORTH, 1)
    assert isinstance(cell, Estimate)
    assert cell.n == 2


def test_change_is_the_difference_of_everybodys_means_against_the_previous_wave_present():
    def answer(person: str, wave: int, score: int) -> dict[str, object]:
        return {"person": person, "wave": wave, "a1": score, "a2": score, "a3": 8 - score}

    rows = [answer("p", 1, 3), answer("q", 1, 4), answer("r", 1, 5)]
    rows += [answer("p", 3, 5), answer("q", 3, 5), answer("new", 3, 6)]
    found = exact(rows, waves=(1, 2, 3))
    assert number(found, "change", "toy:ease", NORTH, 3) == pytest.approx(16 / 3 - 4)
    assert found.cell("change", "toy:ease", NORTH, 1) is None
    cell = found.cell("change", "toy:ease", NORTH, 3)
    assert isinstance(cell, Estimate)
    assert "2 in both" in cell.method
    assert cell.n == 4
    (first, third) = found.sample
    assert (first.answered, first.stayed) == (3, None)
    assert (third.wave, third.stayed, third.joined, third.left) == (3, 2, 1, 1)


def test_every_difference_of_pools_is_followed_too():
    found = exact(random_rows())
    for name in ("own", "others", "practice", "perception_gap", "abilene_gap"):
        change = number(found, f"change.{name}", "toy:critical", SOUTH, 2)
        now = number(found, name, "toy:critical", SOUTH, 2)
        before = number(found, name, "toy:critical", SOUTH, 1)
        assert change == pytest.approx(now - before)


def test_permuting_rows_changes_nothing():
    rows = random_rows()
    order = np.random.default_rng(3).permutation(len(rows)).tolist()
    one, other = exact(rows), exact([rows[i] for i in order])
    assert [m.at for m in one] == [m.at for m in other]
    for left, right in zip(one, other, strict=True):
        assert isinstance(left.cell, Estimate)
        assert isinstance(right.cell, Estimate)
        assert left.cell.absent == right.cell.absent
        if left.cell.value is not None:
            assert left.cell.value == pytest.approx(right.cell.value)


def test_renaming_communities_changes_names_only():
    rows = random_rows()
    names = {"North": "Zebra <b>", "South": "Ant"}
    renamed = [{**row, "community": names[str(row["community"])]} for row in rows]
    one = exact(rows).to_json()
    other = exact(renamed, communities=("Zebra <b>", "Ant")).to_json()
    assert other == one.replace('"North"', '"Zebra <b>"').replace('"South"', '"Ant"')


def test_json_goes_round():
    found = exact(random_rows())
    again = Diagnosis.from_json(found.to_json())
    assert again == found
    assert again.to_json() == found.to_json()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([{"person": "p", "all": 4}], id="one respondent"),
        pytest.param([{"person": str(i), "all": 4} for i in range(8)], id="all equal"),
        pytest.param([{"person": str(i), "all": MISSING} for i in range(8)], id="all missing"),
        pytest.param([{"person": str(i), "all": DONT_KNOW} for i in range(8)], id="dont know"),
        pytest.param([{"person": str(i), "all": 7, "party": ""} for i in range(3)], id="no party"),
        pytest.param([], id="nobody"),
        pytest.param(
            [{"person": str(i), "wave": w, "all": i % 7 + 1} for i in range(9) for w in (1, 2)],
            id="one community",
        ),
    ],
)
@pytest.mark.parametrize("internal", [True, False])
def test_poor_material_gives_a_modest_diagnosis(rows: list[dict[str, object]], internal: bool):
    responses = make_responses(rows)
    found = diagnose(make_study(), responses, made="2026-11-14", internal=internal)
    text = found.to_json()
    assert "NaN" not in text
    assert found.signals == ()
    assert Diagnosis.from_json(text) == found
    assert len(found.communities) == min(len(rows), 1)


def test_all_missing_says_why_there_is_no_mean():
    found = exact([{"person": str(i), "all": MISSING} for i in range(8)])
    cell = found.cell("mean", "a1", NORTH, 1)
    assert isinstance(cell, Estimate)
    assert cell.absent == "no-answers"
    assert found.cell("count.1", "a1", NORTH, 1) is None


def test_one_person_in_two_communities_counts_in_both():
    rows = [{"person": "p", "a1": 2}, {"person": "p", "a1": 6, "community": "South"}]
    found = exact(rows)
    assert number(found, "mean", "a1", NORTH, 1) == 2
    assert number(found, "mean", "a1", SOUTH, 1) == 6


def test_rows_below_the_community_follow_what_the_parties_agreed():
    for report_by, kinds in (
        ("party", {"party", "sector"}),
        ("sector", {"sector"}),
        ("none", set()),
    ):
        found = exact(random_rows(), report_by=report_by)
        below = {m.at.unit.kind for m in found} - {"study", "community"}
        assert below == kinds


def test_the_roster_says_how_many_people_a_unit_has():
    roster = tuple(
        RosterRow("North", party, sector, 1, invited)
        for party, sector, invited in (
            ("Alder", "Public", 4),
            ("Birch", "Public", 3),
            ("Cedar", "", 2),
        )
    )
    evidence = make_evidence(make_study(roster=roster), make_responses(random_rows(people=3)))
    people = {
        (one.at.unit.kind, one.at.unit.name): one.people
        for one in measure_all(evidence)
        if one.at.subject == "toy:ease"
        and one.at.statistic == "mean"
        and one.at.unit.community == "North"
        and one.at.wave == 1
    }
    assert people == {
        ("community", ""): 9,
        ("party", "Alder"): 4,
        ("party", "Birch"): 3,
        ("party", "Cedar"): 2,
        ("sector", "Public"): 7,
        ("sector", "Private"): 2,
    }


def test_answers_without_a_community_become_the_only_one_there_can_be():
    study = make_study(communities=("North",))
    responses, remarks = name_communities(study, make_responses([{"person": "p", "community": ""}]))
    assert responses.community.tolist() == ["North"]
    assert remarks == ()
    named, _ = name_communities(make_study(), make_responses([{"person": "p", "community": ""}]))
    assert named.community.tolist() == ["A study"]


def test_answers_that_belong_nowhere_are_left_out_and_counted():
    rows = [{"person": "p", "all": 4}, {"person": "q", "all": 4, "community": ""}]
    found = diagnose(make_study(), make_responses(rows), made="2026-11-14")
    assert found.communities == ("North",)
    (remark,) = found.findings
    assert remark.code == "diagnosis.rows-without-community"
    assert remark.facts["n"] == 1


def test_provenance_says_what_it_was_made_from():
    found = exact(random_rows())
    assert found.provenance.internal
    assert found.provenance.study == "study-digest"
    assert found.provenance.responses == "answers-digest"
    assert found.provenance.made == "2026-11-14"
    assert not found.provenance.exact
    assert found.provenance.start is None
    assert found.provenance.python == platform.python_version()
    assert (found.provenance.numpy, found.provenance.scipy) == (np.__version__, scipy.__version__)
    rows = make_responses(random_rows())
    other = diagnose(make_study(), rows, made="2026-11-14", exact=True).provenance
    assert not other.internal
    assert other.exact


def test_the_file_of_an_older_version_is_read_all_the_same():
    parsed = json.loads(exact(random_rows()).to_json())
    older = {name: parsed["provenance"][name] for name in ("lcdiag", "study", "responses", "made")}
    read = Diagnosis.from_json(json.dumps(parsed | {"provenance": older}))
    assert (read.provenance.numpy, read.provenance.exact, read.provenance.start) == (
        "",
        False,
        None,
    )


def test_same_input_gives_the_same_bytes():
    rows = make_responses(random_rows())
    made = [diagnose(make_study(), rows, made="2026-11-14").to_json() for _ in range(2)]
    assert made[0] == made[1]


def test_the_release_holds_the_same_addresses_as_the_exact_diagnosis():
    rows = make_responses(random_rows())
    shown = diagnose(make_study(), rows, made="2026-11-14")
    everything = diagnose(make_study(), rows, made="2026-11-14", internal=True)
    # power is there where gaps are released, and where the simulation has run
    assert [m.at for m in shown if m.at.statistic != "power"] == [
        m.at for m in everything if m.at.statistic != "power"
    ]
    hidden = [m for m in shown if not isinstance(m.cell, Estimate)]
    assert hidden
    assert all(isinstance(m.cell, Estimate) for m in everything)


def test_an_item_that_was_never_asked_leaves_no_trace():
    responses = make_responses(random_rows())
    keep = [code for code in CODES if code != "s2"]
    part = dataclasses.replace(
        responses,
        columns=tuple(keep),
        codes=responses.codes[:, [CODES.index(code) for code in keep]],
    )
    evidence = make_evidence(make_study(), responses)
    evidence = dataclasses.replace(evidence, responses=part)
    subjects = {one.at.subject for one in measure_all(evidence)}
    assert "s2" not in subjects
    assert "s1" in subjects


def of_any_version(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return a diagnosis as parsed JSON, the same on every machine."""
    parsed: dict[str, Any] = json.loads(diagnosis.to_json())
    versions = dict.fromkeys(("lcdiag", "python", "numpy", "scipy"), "VERSION")
    return parsed | {"provenance": parsed["provenance"] | versions}


def test_the_golden_diagnosis(request: pytest.FixtureRequest):
    rows = [row for row in random_rows(people=6) if row["wave"] == 1]
    found = diagnose(make_study(report_by="none"), make_responses(rows), made="2026-11-14")
    kept = tuple(
        m
        for m in found.measures
        if m.at.subject in ("toy:ease", "a3", "toy:critical", "toy:control")
        and m.at.statistic != "power"  # changes whenever the simulation is run again
    )
    part = found.model_copy(update={"measures": kept})
    golden = request.path.parent / "golden_diagnosis.json"
    assert of_any_version(part) == json.loads(golden.read_text(encoding="utf-8"))


def test_topics_are_named_as_the_words_name_them():
    found = exact(random_rows())
    ids = {topic.id for topic in found.words.topics if topic.kind == "critical"}
    assert ids == {f"toy:topic.{name}" for name in CRITICAL}
    assert ids <= {m.at.subject for m in found}


def test_a_questionnaire_of_one_scale_has_no_topics_and_still_a_diagnosis():
    study = make_study()
    instrument = study.questionnaire.instruments[0]
    asked = tuple(instrument.item(code) for code in ("a1", "a2", "a3"))
    short = Questionnaire(((Block(instrument, asked),),), ("nl", "en"), 2)
    responses = make_responses(random_rows())
    part = dataclasses.replace(responses, columns=("a1", "a2", "a3"), codes=responses.codes[:, :3])
    found = diagnose(dataclasses.replace(study, questionnaire=short), part, made="2026-11-14")
    assert {m.at.subject for m in found} == {"a1", "a2", "a3", "toy:ease"}
    assert found.words.topics == ()
    assert found.signals == ()


def test_a_sum_scale_is_held_within_the_bounds_of_its_sum():
    study = make_study()
    instrument = study.questionnaire.instruments[0]
    summed = instrument.scales[0].model_copy(update={"combine": "sum"})
    changed = instrument.model_copy(update={"scales": (summed, *instrument.scales[1:])})
    questionnaire = Questionnaire(((Block(changed, changed.items),),), ("nl", "en"), 5)
    rows = [{"person": str(i), "a1": 7, "a2": 7, "a3": 1 + i % 2} for i in range(6)]
    found = diagnose(
        dataclasses.replace(study, questionnaire=questionnaire),
        make_responses(rows),
        made="2026-11-14",
        internal=True,
    )
    cell = found.cell("mean", "toy:ease", NORTH, 1)
    assert isinstance(cell, Estimate)
    assert cell.value == pytest.approx(20.5)
    assert cell.high is not None
    assert cell.high <= 21
    assert (found.words.scales[0].low, found.words.scales[0].high) == (3, 21)


def test_what_was_looked_up_in_a_whole_diagnosis_is_not_in_the_part_of_one_community():
    found = exact(random_rows())
    assert found.cell("mean", "a1", SOUTH, 1) is not None
    assert found.only("North").cell("mean", "a1", SOUTH, 1) is None
