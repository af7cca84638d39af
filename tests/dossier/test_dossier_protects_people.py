from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from faulty_studies import SCALE, asked

import lcdiag
from lcdiag.base.errors import LcdiagError
from lcdiag.dossier.model import Dossier
from lcdiag.instrument.compose import compose
from lcdiag.outlook.simulated import SimulatedStudy, simulate_study
from lcdiag.planning.truth_file import SpreadStated, StatedWorld
from lcdiag.responses.model import ResponseSet
from lcdiag.workflow.dossier import hold_apart


def simulated(people: int = 120, **spread: float) -> SimulatedStudy:
    world = StatedWorld(spread=SpreadStated(**spread))
    return simulate_study(asked(max(1, min(12, people // 8))), people=people, world=world)


def dossier_with(languages: list[str], found: SimulatedStudy) -> Dossier:
    """Return the dossier where the first people answered in these languages, the rest in Dutch."""
    names = np.full(len(found.responses), "nl", dtype=object)
    names[: len(languages)] = languages
    return lcdiag.validate(found.study, replace(found.responses, language=names))


@pytest.mark.parametrize("english", [1, 4, 9])
def test_a_language_of_few_people_hides_all_languages(english: int) -> None:
    dossier = dossier_with(["en"] * english, simulated())
    assert not [line for line in dossier.scale(SCALE).lines if line.language]
    groups = {one.name: one.n for one in dossier.groups if one.kind == "language"}
    assert groups == {"nl": None, "en": None}
    line = dossier.scale(SCALE).find("levels-language")
    assert line.n == 0, "the size of the small group would be the rest of the whole"
    assert {one.status for one in dossier.scale(SCALE).proposals} == {""}


def test_with_ten_people_a_language_stands_apart() -> None:
    dossier = dossier_with(["en"] * 10, simulated())
    assert {line.language for line in dossier.scale(SCALE).lines} == {"", "nl", "en"}
    assert {one.name: one.n for one in dossier.groups if one.kind == "language"} == {
        "nl": 110,
        "en": 10,
    }


def test_people_without_a_language_are_not_found_by_subtraction() -> None:
    dossier = dossier_with([""] * 3 + ["en"] * 20, simulated())
    assert not [line for line in dossier.scale(SCALE).lines if line.language]


@pytest.mark.parametrize("people", [5, 9])
def test_nothing_is_made_of_fewer_than_ten_people(people: int) -> None:
    found = simulated(people)
    with pytest.raises(LcdiagError) as refused:
        lcdiag.validate(found.study, found.responses)
    assert [one.code for one in refused.value.findings] == ["dossier.too-few"]


def with_codes(found: SimulatedStudy, rows: slice, codes: int) -> ResponseSet:
    changed = found.responses.codes.copy()
    changed[rows] = codes
    return replace(found.responses, codes=changed)


def test_what_few_careless_people_change_is_not_told() -> None:
    blocks = [[SCALE], ["lc-trust:between"], ["lc-conflict:task"]]
    found = simulated()
    study = replace(found.study, questionnaire=compose(blocks, ("nl", "en")))
    again = simulate_study(study, people=120)
    few = lcdiag.validate(study, with_codes(again, slice(0, 3), 4)).scale(SCALE)
    assert few.find("careless-mean").why == "few-careless"
    assert few.find("careless-mean").value is None
    some = lcdiag.validate(study, with_codes(again, slice(0, 9), 7)).scale(SCALE)
    assert some.find("careless-mean").value is not None
    assert some.find("careless-mean").value != 0


def test_an_item_on_which_nearly_all_agree_is_not_told() -> None:
    found = simulated()
    codes = found.responses.codes.copy()
    codes[:, 3] = 6
    codes[5, 3] = 2
    dossier = lcdiag.validate(found.study, replace(found.responses, codes=codes))
    for criterion in ("item-mean", "item-sd"):
        line = dossier.scale(SCALE).find(criterion, subject="ve4")
        assert (line.value, line.why) == (None, "nearly-all-alike")


def test_a_community_that_is_hidden_everywhere_does_not_count() -> None:
    found = simulated(40)
    small = found.responses.community.copy()
    small[:4] = "Four people"
    small[4:] = "The rest"
    codes = found.responses.codes.copy()
    dossier = lcdiag.validate(found.study, replace(found.responses, community=small))
    codes[:4] = 7
    other = lcdiag.validate(found.study, replace(found.responses, community=small, codes=codes))
    assert dossier.people == 36
    assert dossier == other, "what the four answered changes nothing"


def test_of_few_people_means_are_told_to_half_points() -> None:
    def told(people: int) -> set[float]:
        found = simulated(people)
        lines = lcdiag.validate(found.study, found.responses).scale(SCALE).lines
        means = [line for line in lines if line.criterion in ("item-mean", "item-sd")]
        numbers = {one for line in means for one in (line.value, line.low, line.high)}
        return {one for one in numbers if one is not None}

    assert all(2 * one == round(2 * one) for one in told(44))
    assert any(2 * one != round(2 * one) for one in told(108))


def test_two_dossiers_of_nearly_the_same_people_are_not_made(tmp_path: Path) -> None:
    found = simulated(60)
    first = lcdiag.validate(found.study, found.responses)
    (tmp_path / "dossier.json").write_text(first.to_json(), encoding="utf-8")
    hold_apart(tmp_path, first)
    rows = np.ones(60, dtype=bool)
    for fewer, refused in ((1, True), (4, True), (5, False), (20, False)):
        rows[:] = True
        rows[:fewer] = False
        answers = replace(found.responses.rows(rows), digest=f"without {fewer}")
        changed = lcdiag.validate(found.study, answers)
        if refused and changed.people > 60 - 5:
            with pytest.raises(LcdiagError) as error:
                hold_apart(tmp_path, changed)
            assert [one.code for one in error.value.findings] == ["dossier.too-close"]
        elif changed.people <= 55:
            hold_apart(tmp_path, changed)
    (tmp_path / "dossier.json").write_text("{}", encoding="utf-8")
    hold_apart(tmp_path, first)


def test_rows_without_a_code_count_in_one_wave_only() -> None:
    found = simulated()
    codes = np.tile(found.responses.codes, (2, 1))
    columns = {
        name: np.tile(getattr(found.responses, name), 2)
        for name in ("community", "meeting_group", "party", "sector", "language")
    }
    unknown = np.full(240, "", dtype=object)
    waves = np.repeat([1, 2], 120)
    both = replace(found.responses, codes=codes, person=unknown, wave=waves, **columns)
    assert lcdiag.validate(found.study, both).people == 120


@pytest.mark.parametrize("start", range(1, 9))
def test_any_study_makes_a_dossier_without_a_warning(start: int) -> None:
    rng = np.random.default_rng(start)
    people = int(rng.integers(10, 90))
    found = simulated(people, missing=float(rng.uniform(0, 0.6)), careless=float(rng.uniform(0, 1)))
    dossier = lcdiag.validate(found.study, found.responses)
    assert dossier.people == people
    assert Dossier.from_json(dossier.to_json()) == dossier
