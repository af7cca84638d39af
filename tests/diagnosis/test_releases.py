"""What was handed out is remembered, and a report that differs by a few people is refused."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from small_study import CODES, make_evidence, make_responses, make_study

from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import sentence
from lcdiag.diagnosis import releases
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.instrument.study import Study
from lcdiag.responses.model import ResponseSet

SALT = "0123456789abcdef"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return dataclasses.replace(make_study(("North",), (1,)), folder=tmp_path)


def people(n: int, *, start: int = 0, linked: bool = True) -> list[dict[str, object]]:
    rng = np.random.default_rng(1)
    rows = []
    for number in range(40):
        row: dict[str, object] = {"person": f"someone-{number}" if linked else f"row-1-{number}"}
        row |= dict(zip(CODES, rng.integers(2, 7, len(CODES)).tolist(), strict=True))
        rows.append(row)
    return rows[start : start + n]


def report(study: Study, rows: list[dict[str, object]], made: str = "2026-01-01") -> tuple:
    responses = make_responses(rows)
    return responses, diagnosis_of(make_evidence(study, responses), made=made)


def review(study: Study, made: tuple[ResponseSet, Diagnosis]) -> list[str]:
    return [one.code for one in releases.review_releases(study, *made, ["North"])]


def record(study: Study, made: tuple[ResponseSet, Diagnosis], **options: object) -> dict:
    path = releases.record_releases(study, *made, ["North"], salt=SALT, **options)  # type: ignore[arg-type]
    assert path is not None
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _scores(monkeypatch: pytest.MonkeyPatch) -> None:
    def scored(responses: ResponseSet, questionnaire: object) -> object:
        return make_evidence(make_study(("North",), (1,)), responses).scores

    monkeypatch.setattr("lcdiag.scoring.score.score_responses", scored)


def test_the_first_report_is_fine(study: Study) -> None:
    assert review(study, report(study, people(12))) == []


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize(
    ("more", "refused"), [(0, False), (1, True), (4, True), (5, False), (9, False)]
)
def test_one_to_four_more_people_are_refused(
    study: Study, more: int, refused: bool, linked: bool
) -> None:
    record(study, report(study, people(12, linked=linked)))
    found = review(study, report(study, people(12 + more, linked=linked)))
    assert found == (["releases.few-people-differ"] if refused else [])


def test_fewer_people_are_refused_as_well(study: Study) -> None:
    record(study, report(study, people(15)))
    assert review(study, report(study, people(13))) == ["releases.few-people-differ"]


def test_as_many_new_as_gone_does_not_hide_the_difference(study: Study) -> None:
    record(study, report(study, people(12)))
    assert review(study, report(study, people(12, start=2))) == ["releases.few-people-differ"]


def test_a_corrected_answer_is_a_difference_of_one(study: Study) -> None:
    rows = people(12)
    record(study, report(study, rows))
    corrected = [rows[0] | {"a1": 7 if rows[0]["a1"] != 7 else 1}, *rows[1:]]
    assert review(study, report(study, corrected)) == ["releases.few-people-differ"]


def test_rows_in_another_order_are_the_same_report(study: Study) -> None:
    record(study, report(study, people(12, linked=False)))
    turned = people(12, linked=False)[::-1]
    renamed = [row | {"person": f"row-1-{place}"} for place, row in enumerate(turned)]
    assert review(study, report(study, renamed)) == []


def test_a_difference_inside_one_question_is_seen(study: Study) -> None:
    """Five people joined, but only two of them answered this question."""
    record(study, report(study, people(12)))
    late = [
        row | ({"s1": -1} if place < 3 else {}) for place, row in enumerate(people(5, start=12))
    ]
    found = releases.review_releases(study, *report(study, people(12) + late), ["North"])
    assert [(one.facts["n"], one.facts["cells"]) for one in found] == [(2, 1)]


def test_replacing_withdraws_the_earlier_report_and_says_so(study: Study) -> None:
    record(study, report(study, people(12)))
    second = report(study, people(14), "2026-02-02")
    written = record(study, second, replace=True)
    assert [one["made"] for one in written["entries"]] == ["2026-02-02"]
    assert [one["replaced_on"] for one in written["withdrawn"]] == ["2026-02-02"]
    assert review(study, second) == []


def test_the_same_report_twice_leaves_the_same_bytes(study: Study) -> None:
    made = report(study, people(12))
    record(study, made)
    first = (study.folder / "releases.json").read_bytes()
    record(study, made)
    assert (study.folder / "releases.json").read_bytes() == first


def test_the_file_holds_no_person_and_no_answer(study: Study) -> None:
    made = report(study, people(12))
    written = record(study, made)
    text = json.dumps(written)
    assert "someone" not in text
    assert written["salt"] == SALT
    assert {len(row["content"]) for row in written["entries"][0]["rows"]} == {12}


def test_a_new_file_draws_its_own_salt(study: Study) -> None:
    made = report(study, people(12))
    path = releases.record_releases(study, *made, ["North"])
    assert path is not None
    assert len(json.loads(path.read_text(encoding="utf-8"))["salt"]) == 32


def test_an_internal_report_is_neither_reviewed_nor_recorded(study: Study) -> None:
    record(study, report(study, people(12)))
    responses = make_responses(people(13))
    made = diagnosis_of(make_evidence(study, responses), made="2026-02-02", internal=True)
    assert review(study, (responses, made)) == []
    assert releases.record_releases(study, responses, made, ["North"]) is None


@pytest.mark.parametrize("content", ["", "{}", '{"schema": "other"}', "\x00\x01"])
def test_a_broken_file_is_named(study: Study, content: str) -> None:
    (study.folder / "releases.json").write_text(content, encoding="utf-8")
    with pytest.raises(LcdiagError) as refused:
        review(study, report(study, people(12)))
    assert [one.code for one in refused.value.findings] == ["releases.unreadable"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_refusal_names_the_way_out(study: Study, language: str) -> None:
    record(study, report(study, people(12)))
    found = releases.review_releases(study, *report(study, people(13)), ["North"])
    assert "--replace" in sentence(found[0], language)
