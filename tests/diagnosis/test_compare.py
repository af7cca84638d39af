from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_study import make_responses, make_study, random_rows

import lcdiag
from lcdiag.base.errors import LcdiagError
from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.base.text import sentence
from lcdiag.diagnosis.compare import compare_diagnoses
from lcdiag.diagnosis.comparison import COLUMNS, Comparison, Difference
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Diagnosis, Measure, Signal, Thresholds
from lcdiag.workflow.comparing import ROWS, comparison_csv, comparison_json, summary, tables

ROWS_OF_ANSWERS = make_responses(random_rows())
RELEASED = diagnose(make_study(), ROWS_OF_ANSWERS, made="2026-11-14")
EXACT = diagnose(make_study(), ROWS_OF_ANSWERS, made="2026-11-14", internal=True)
SHOWN = next(
    place
    for place, one in enumerate(RELEASED.measures)
    if isinstance(one.cell, Estimate) and one.cell.bands
)
NUMBERS = ("value", "low", "high", "confidence", "n")


def with_cell(cell: Cell, place: int = SHOWN) -> Diagnosis:
    """The released diagnosis with another cell at one place."""
    measures = list(RELEASED.measures)
    measures[place] = Measure(at=measures[place].at, cell=cell)
    return RELEASED.model_copy(update={"measures": tuple(measures)})


def shown_cell() -> Estimate:
    cell = RELEASED.measures[SHOWN].cell
    assert isinstance(cell, Estimate)
    return cell


def numbers_of(one: Difference) -> list[float | None]:
    return [getattr(one, f"{name}_{side}") for side in "ab" for name in NUMBERS]


def only(found: Comparison) -> Difference:
    (one,) = found.differences
    return one


def test_a_diagnosis_is_the_same_as_itself_and_as_its_file(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(RELEASED.to_json(), encoding="utf-8")
    found = lcdiag.compare(RELEASED, file)
    assert found.same
    assert found.cells == len(RELEASED.measures)
    assert found.counts == {}
    assert tuple(found.to_frame().columns) == COLUMNS


def test_another_number_stands_with_both_intervals() -> None:
    was = shown_cell()
    assert was.value is not None
    now = dataclasses.replace(was, value=was.value + 0.1, n=was.n + 1)
    one = only(compare_diagnoses(RELEASED, with_cell(now)))
    at = RELEASED.measures[SHOWN].at
    assert (one.part, one.kind, one.what) == ("cell", "value", "value n")
    assert (one.statistic, one.subject, one.wave) == (at.statistic, at.subject, at.wave)
    assert (one.value_a, one.low_a, one.high_a, one.n_a) == (was.value, was.low, was.high, was.n)
    assert (one.value_b, one.low_b, one.high_b, one.n_b) == (now.value, now.low, now.high, now.n)


def test_a_difference_in_the_bands_alone_is_found() -> None:
    one = only(compare_diagnoses(RELEASED, with_cell(dataclasses.replace(shown_cell(), bands=()))))
    assert (one.kind, one.what) == ("value", "bands")


def test_what_another_machine_rounds_away_is_no_difference() -> None:
    was = shown_cell()
    assert was.value is not None
    near = dataclasses.replace(was, value=was.value * (1 + 1e-12))
    assert compare_diagnoses(RELEASED, with_cell(near)).same
    far = dataclasses.replace(was, value=was.value * (1 + 1e-6))
    assert not compare_diagnoses(RELEASED, with_cell(far)).same


def test_shown_in_one_and_hidden_in_the_other_has_no_number() -> None:
    for a, b, kind in (
        (RELEASED, with_cell(Hidden()), "shown-a"),
        (with_cell(Hidden()), RELEASED, "shown-b"),
    ):
        one = only(compare_diagnoses(a, b))
        assert one.kind == kind
        assert {one.state_a, one.state_b} == {"shown", "hidden"}
        assert set(numbers_of(one)) == {None}


def test_a_reason_is_no_number_that_is_shown() -> None:
    absent = with_cell(Estimate.missing("too-few-answers", n=3))
    one = only(compare_diagnoses(with_cell(Hidden()), absent))
    assert (one.kind, one.state_a, one.state_b) == ("state", "hidden", "too-few-answers")
    assert set(numbers_of(one)) == {None}
    other = only(compare_diagnoses(RELEASED, absent))
    assert (other.kind, other.value_a, other.value_b) == ("state", shown_cell().value, None)


def test_beside_the_exact_numbers_no_hidden_cell_gets_one() -> None:
    hidden = {one.at for one in RELEASED.measures if isinstance(one.cell, Hidden)}
    found = compare_diagnoses(RELEASED, EXACT)
    rows = [one for one in found.differences if one.part == "cell" and one.state_a == "hidden"]
    assert len(rows) == len(hidden) > 15
    assert found.internal
    assert all(set(numbers_of(one)) == {None} for one in rows)
    assert "NIET DELEN" in summary(found, "en")[0]
    assert all(line.startswith("INTERN") for line in comparison_csv(found).splitlines()[1:])
    assert json.loads(comparison_json(found))["stamp"].startswith("INTERN")


@given(st.integers(1, 8), st.sampled_from(["nl", "en"]))
def test_cells_in_one_of_the_two_are_found_on_that_side(cut: int, language: str) -> None:
    short = RELEASED.model_copy(update={"measures": RELEASED.measures[:-cut]})
    left, right = compare_diagnoses(RELEASED, short), compare_diagnoses(short, RELEASED)
    assert left.counts == {("cell", "only-a"): cut}
    assert right.counts == {("cell", "only-b"): cut}
    assert left.cells == right.cells == len(short.measures)
    (table,) = tables(left, language)
    assert len(table.rows) == min(cut, ROWS)
    assert bool(table.more) == (cut > ROWS)


def test_what_surrounds_the_cells_is_compared_too() -> None:
    words = RELEASED.words
    item = words.items[0].model_copy(update={"text": {**words.items[0].text, "nl": "Anders."}})
    made = RELEASED.provenance.model_copy(update={"numpy": "9.9"})
    sample = RELEASED.sample[0].model_copy(update={"answered": None, "invited": 77})
    other = RELEASED.model_copy(
        update={
            "words": words.model_copy(
                update={"items": (item, *words.items[1:]), "scales": words.scales[1:]}
            ),
            "thresholds": Thresholds(minimum=6, exact=10, paired=6),
            "provenance": made,
            "sample": (sample, *RELEASED.sample[1:]),
        }
    )
    found = {(d.part, d.what): d for d in compare_diagnoses(RELEASED, other).differences}
    text = found["words", f"items.{item.id}.text.nl"]
    assert (text.text_a, text.text_b) == (words.items[0].text["nl"], "Anders.")
    assert found["words", f"scales.{words.scales[0].id}"].kind == "only-a"
    assert found["settings", "thresholds.minimum"].text_b == "6"
    assert found["provenance", "numpy"].text_b == "9.9"
    answered = found["sample", "answered"]
    assert (answered.kind, answered.value_a, answered.value_b) == ("shown-a", None, None)
    assert len(found) == 6


def test_signals_are_told_apart_by_rule_and_place() -> None:
    at = RELEASED.measures[SHOWN].at
    first, second = (
        Signal(
            indicator="toy:rule",
            level=at.level,
            unit=at.unit,
            wave=wave,
            strength=0.4,
            because=(at,),
            status="experimental",
        )
        for wave in (1, 2)
    )
    both = RELEASED.model_copy(update={"signals": (first, second)})
    weaker = second.model_copy(update={"strength": 0.2})
    one = only(compare_diagnoses(both, both.model_copy(update={"signals": (first, weaker)})))
    assert (one.part, one.what, one.subject, one.wave) == ("signal", "strength", "toy:rule", 2)
    assert (one.value_a, one.value_b) == (0.4, 0.2)
    gone = only(compare_diagnoses(both, both.model_copy(update={"signals": (second,)})))
    assert (gone.kind, gone.wave, gone.value_a, gone.value_b) == ("only-a", 1, None, None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "no-file"),
        (b"", "not-json"),
        (b"\xff\xfe\x00", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"[1]", "other-file"),
        (b'{"schema": "lcdiag/agreement/1"}', "other-file"),
        (b'{"schema": "lcdiag/diagnosis/2"}', "newer-version"),
        (b'{"schema": "lcdiag/diagnosis/1"}', "broken"),
    ],
)
def test_a_file_that_is_no_diagnosis_is_named(
    content: bytes | None, code: str, tmp_path: Path
) -> None:
    file = tmp_path / "other.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(LcdiagError) as caught:
        lcdiag.compare(file, file)
    assert [one.code for one in caught.value.findings] == [f"comparison.{code}"] * 2
    for language in ("nl", "en"):
        assert "other.json" in sentence(caught.value.findings[0], language)


def test_a_damaged_number_is_told_by_its_place_and_not_repeated(tmp_path: Path) -> None:
    parsed = json.loads(RELEASED.to_json())
    parsed["measures"][3]["at"]["wave"] = "1234-secret"
    file = tmp_path / "damaged.json"
    file.write_text(json.dumps(parsed), encoding="utf-8")
    with pytest.raises(LcdiagError) as caught:
        lcdiag.compare(RELEASED, file)
    (finding,) = caught.value.findings
    assert finding.facts["place"] == "measures.3.at.wave"
    assert "secret" not in sentence(finding, "en")
