from __future__ import annotations

import json
from pathlib import Path

import pytest
from json_schema_fit import misfits
from small_study import make_responses, make_study, random_rows

from lcdiag.cli.main import FINE, call
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.diagnosis.schema import diagnosis_schema

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = diagnosis_schema()
SAMPLE = (ROOT / "reports" / "samples" / "diagnosis.json") if (ROOT / "reports").is_dir() else None


def test_the_published_schema_is_the_one_of_now(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["schema"]) == FINE
    printed = capsys.readouterr().out
    assert json.loads(printed) == SCHEMA
    published = ROOT / "docs" / "diagnosis.schema.json"
    if published.is_file():  # the suite also runs beside an installed package, without documents
        told = "run: lcdiag schema > docs/diagnosis.schema.json"
        assert published.read_text(encoding="utf-8") == printed, told


@pytest.mark.parametrize("internal", [False, True])
def test_what_is_written_fits_the_schema(internal: bool) -> None:
    rows = make_responses(random_rows())
    found = diagnose(make_study(), rows, made="2026-11-14", internal=internal)
    assert misfits(json.loads(found.to_json()), SCHEMA, SCHEMA) == []


@pytest.mark.skipif(SAMPLE is None, reason="the sample lies in the checkout")
def test_the_sample_fits_the_schema_and_the_model() -> None:
    assert SAMPLE is not None
    parsed = json.loads(SAMPLE.read_text(encoding="utf-8"))
    assert misfits(parsed, SCHEMA, SCHEMA) == []
    read = Diagnosis.model_validate(parsed)
    assert len(read.measures) == len(parsed["measures"]) > 1000


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("schema", "lcdiag/diagnosis/2", "is not lcdiag/diagnosis/1"),
        ("title", 3, "is no string"),
        ("surprise", 1, "surprise is unknown"),
        ("measures", [{"cell": {"reason": "x", "value": 3}}], "at is missing"),
    ],
)
def test_another_file_does_not_fit(key: str, value: object, told: str) -> None:
    found = diagnose(make_study(), make_responses(random_rows()), made="2026-11-14")
    wrong = json.loads(found.to_json()) | {key: value}
    assert any(told in one for one in misfits(wrong, SCHEMA, SCHEMA))
