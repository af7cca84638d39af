from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lcdiag
from lcdiag.base.errors import LcdiagError
from lcdiag.base.estimate import Estimate
from lcdiag.base.shelf import shelf
from lcdiag.diagnosis.model import Unit
from lcdiag.instrument.study import Study
from lcdiag.outlook.simulated import simulate_study
from lcdiag.planning.planted import indicator_addresses
from lcdiag.planning.seats import apportion
from lcdiag.planning.truth_file import (
    BehaviourStated,
    MeetingStated,
    Planted,
    SplitStated,
    StatedWorld,
    TruthStated,
    read_world,
)


@pytest.fixture(scope="module")
def study() -> Study:
    return lcdiag.open_study(shelf("sample_data") / "energietransitie")


@settings(max_examples=60)
@given(weights=st.lists(st.integers(0, 50), min_size=1, max_size=12), total=st.integers(0, 300))
def test_people_are_divided_whole_and_in_proportion(weights: list[int], total: int) -> None:
    found = apportion(weights, total)
    assert sum(found) == (total if sum(weights) else 0)
    for weight, n in zip(weights, found, strict=True):
        exact = total * weight / max(sum(weights), 1)
        assert abs(n - exact) < 1 or not sum(weights)


def test_the_same_start_gives_the_same_study_and_another_another(study: Study) -> None:
    one, again, other = (lcdiag.simulate(study, people=120, start=start) for start in (1, 1, 2))
    assert (one.responses.codes == again.responses.codes).all()
    assert one.truth_json() == again.truth_json()
    assert not (one.responses.codes == other.responses.codes).all()


def test_people_and_response_are_as_asked_for(study: Study) -> None:
    found = lcdiag.simulate(study, people=300, truth=StatedWorld(response=0.7))
    for wave in (1, 2, 3):
        invited = sum(row.invited for row in found.study.roster if row.wave == wave)
        assert invited == 300
        answered = int((found.responses.wave == wave).sum())
        assert abs(answered - 210) <= 6, "each community is rounded by itself"
    for meeting in found.meetings:
        here = [
            row.invited
            for row in found.study.roster
            if (row.community, row.wave) == (meeting.community, meeting.wave)
        ]
        assert len(meeting.seats) == int(np.floor(0.7 * sum(here) + 0.5))


def test_a_small_party_is_not_named_in_the_answers(study: Study) -> None:
    found = lcdiag.simulate(study)
    named = Counter(zip(found.responses.community, found.responses.party, strict=True))
    assert len(named) > 12
    for community, party in named:
        if party:
            smallest = min(
                row.invited
                for row in found.study.roster
                if (row.community, row.party) == (community, party)
            )
            assert smallest >= 5
    assert (found.responses.sector != "").all(), "then the sector is asked"
    assert all(seat.party for one in found.meetings for seat in one.seats)


def test_people_stay_but_for_the_stated_turnover(study: Study) -> None:
    stays = lcdiag.simulate(study, people=400)
    persons = [set(stays.responses.person[stays.responses.wave == wave]) for wave in (1, 3)]
    assert persons[0] == persons[1]
    moves = lcdiag.simulate(study, people=400, truth=StatedWorld(turnover=0.25))
    first = set(moves.responses.person[moves.responses.wave == 1])
    second = set(moves.responses.person[moves.responses.wave == 2])
    assert 0.65 < len(first & second) / len(first) < 0.85


def test_languages_are_divided_by_their_weights(study: Study) -> None:
    found = lcdiag.simulate(study, people=500, truth=StatedWorld(languages={"nl": 3, "en": 1}))
    english = (found.responses.language == "en").mean()
    assert english == pytest.approx(0.25, abs=0.02)
    assert set(lcdiag.simulate(study).responses.language) == {"nl"}


@pytest.mark.parametrize("size", [1.0, 1.5])
def test_every_indicator_can_be_planted_and_its_conditions_are_true_then(size: float) -> None:
    from lcdiag.instrument.compose import compose

    blocks = ["lc-collusion", "lc-conflict", "lc-climate", "lc-safety", "lc-patterns"]
    asked = compose([[one] for one in (*blocks, "lc-representative")], ("nl",))
    whole = lcdiag.open_study(shelf("sample_data") / "energietransitie")
    study = replace(whole, questionnaire=asked)
    addresses = indicator_addresses(asked)
    assert len(addresses) >= 8
    for address in addresses:
        world = StatedWorld(planted=(Planted(indicator=address, size=size),))
        found = simulate_study(study, people=2000, world=world)
        true = found.truth()["meetings"][0]
        home, indicator = next(
            (home, one) for home, one in asked.indicators if f"{home.id}:{one.id}" == address
        )
        if not indicator.conditions:
            pooled = true["topics"][f"{home.id}:critical"]
            assert pooled["perception_gap"] == pytest.approx(size, abs=0.25)
            assert pooled["abilene_gap"] == pytest.approx(size, abs=0.25)
        for one in indicator.conditions:
            subject = one.subject if ":" in one.subject else f"{home.id}:{one.subject}"
            code = subject.partition(":")[2]
            value = true["scales"].get(subject, true["items"].get(code))
            assert value is not None
            assert (value > one.limit) == (one.side == "above"), (address, subject, value)


def test_a_planted_pattern_is_seen_by_the_report_of_a_large_community(study: Study) -> None:
    world = StatedWorld(
        planted=(Planted(indicator="lc-collusion:abilene", communities=("Circulair slopen",)),)
    )
    found = lcdiag.simulate(study, people=480, truth=world)
    diagnosis = lcdiag.diagnose(found.study, found.responses)
    seen = {one.unit.community for one in diagnosis.signals if one.indicator.endswith("abilene")}
    assert seen == {"Circulair slopen"}


def test_a_truth_file_that_was_written_gives_the_same_answers(study: Study, tmp_path: Path) -> None:
    world = StatedWorld(
        response=0.8,
        languages={"nl": 1, "en": 1},
        everywhere=TruthStated(scales={"lc-safety:safety": 5.2}, self_enhancement=0.4),
        meetings=(
            MeetingStated(community="Circulair slopen", truth=TruthStated(elsewhere=3.0)),
            MeetingStated(community="Circulair slopen", wave=2, careless=0.5),
        ),
        items={"ve3": BehaviourStated(loading=0.0, shift={"en": 0.8})},
        splits={"lc-safety:safety": SplitStated(items=("ve6", "ve7"), correlation=0.2)},
    )
    one = lcdiag.simulate(study, truth=world, start=3)
    file = tmp_path / "truth.json"
    file.write_text(one.truth_json(), encoding="utf-8")
    assert read_world(file) == world
    again = lcdiag.simulate(study, truth=file, start=3)
    assert (one.responses.codes == again.responses.codes).all()
    written = json.loads(one.truth_json())
    low = next(m for m in written["drawn"]["meetings"] if m["community"] == "Circulair slopen")
    assert low["scales"]["lc-safety:safety"] < 4
    toml = tmp_path / "truth.toml"
    toml.write_text(
        'response = 0.8\n[everywhere.scales]\n"lc-safety:safety" = 3\n',
        encoding="utf-8",
    )
    assert read_world(toml).everywhere.scales == {"lc-safety:safety": 3.0}


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("respons = 0.8", "instrument.unknown-key", "respons"),
        ("response = 1.8", "instrument.limit-le", "response"),
        ("[spread]\nparty = -1", "instrument.limit-ge", "party"),
        ("[everywhere]\nelsewhere = 'high'", "instrument.expected-number", "elsewhere"),
    ],
)
def test_a_truth_file_says_what_is_wrong_in_it(
    text: str, code: str, place: str, tmp_path: Path
) -> None:
    file = tmp_path / "truth.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LcdiagError) as refused:
        read_world(file)
    (finding,) = refused.value.findings
    assert finding.code == code
    assert place in str(finding.facts) + finding.where


def test_everything_that_the_study_does_not_have_is_named_at_once(study: Study) -> None:
    world = StatedWorld(
        languages={"de": 1.0},
        everywhere=TruthStated(
            scales={"lc-safety:safty": 5}, items={"zz": 1}, topics={"x": (1, 1, 1)}
        ),
        meetings=(MeetingStated(community="Nergens", wave=9),),
        planted=(Planted(indicator="lc-collusion:abilen"),),
    )
    with pytest.raises(LcdiagError) as refused:
        lcdiag.simulate(study, truth=world)
    codes = [finding.code for finding in refused.value.findings]
    kinds = ("community", "wave", "scale", "item", "topic", "indicator", "language")
    assert codes == [f"planning.unknown-{kind}" for kind in kinds]
    near = {finding.facts["near"] for finding in refused.value.findings}
    assert {"lc-safety:safety", "lc-collusion:abilene"} <= near


def test_nobody_invited_is_said(study: Study) -> None:
    with pytest.raises(LcdiagError) as refused:
        lcdiag.simulate(replace(study, roster=()))
    assert [one.code for one in refused.value.findings] == ["planning.no-people"]
    even = lcdiag.simulate(replace(study, roster=()), people=192)
    assert {row.invited for row in even.study.roster} == {2}
    with pytest.raises(LcdiagError):
        lcdiag.simulate(study, people=0)


def test_intervals_hold_the_truth_of_the_sample_study(study: Study) -> None:
    truth = json.loads((study.folder / "truth.json").read_text(encoding="utf-8"))["drawn"]
    diagnosis = lcdiag.diagnose(study)
    held = []
    for meeting in truth["meetings"]:
        unit = Unit(kind="community", community=meeting["community"])
        for scale, mean in meeting["scales"].items():
            cell = diagnosis.cell("mean", scale, unit, meeting["wave"])
            if isinstance(cell, Estimate) and (band := cell.band(0.95)):
                held.append(band.low <= mean <= band.high)
    assert len(held) > 250
    assert np.mean(held) >= 0.9
