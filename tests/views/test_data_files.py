from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pyreadstat
import pytest
from pyarrow import parquet
from sample import Builder

from lcdiag.base.cells import INTERNAL_STAMP
from lcdiag.base.errors import LcdiagError
from lcdiag.base.estimate import Estimate
from lcdiag.base.text import sentence
from lcdiag.cli.main import REJECTED, call
from lcdiag.diagnosis.model import Diagnosis, Measure, Unit
from lcdiag.views.data_files import to_parquet, to_sav
from lcdiag.views.tables import COLUMNS, to_csv, to_frame


def internal(diagnosis: Diagnosis) -> Diagnosis:
    made = diagnosis.provenance.model_copy(update={"internal": True})
    return diagnosis.model_copy(update={"provenance": made})


def read_sav(content: bytes, folder: Path):
    path = folder / "read.sav"
    path.write_bytes(content)
    return pyreadstat.read_sav(path)


def test_the_limits_of_each_interval_stand_in_the_table() -> None:
    diagnosis = Builder().build()
    frame = to_frame(diagnosis)
    assert tuple(frame.columns) == COLUMNS
    first = diagnosis.measures[0].cell
    assert isinstance(first, Estimate)
    for band, name in zip(first.bands, ("50", "90", "95"), strict=True):
        assert frame[f"low_{name}"][0] == band.low
        assert frame[f"high_{name}"][0] == band.high
    counts = frame[frame["statistic"] == "count.1"]
    assert counts["low_90"].isna().all()


def test_a_hidden_row_has_no_number_in_any_column() -> None:
    frame = to_frame(Builder(hidden=True).build())
    hidden = frame[frame["state"] == "hidden"]
    numbers = [name for name in COLUMNS if name.startswith(("value", "low", "high", "conf"))]
    assert len(hidden) > 100
    assert len(numbers) == 10
    assert hidden[[*numbers, "n"]].isna().all(axis=None)


def test_the_variables_of_spss_say_in_the_language_what_they_are(tmp_path: Path) -> None:
    diagnosis = Builder().build()
    _, dutch = read_sav(to_sav(diagnosis, "nl"), tmp_path)
    _, english = read_sav(to_sav(diagnosis, "en"), tmp_path)
    assert tuple(dutch.column_names) == COLUMNS
    assert dutch.column_names_to_labels["wave"] == "meetmoment; 0 voor alle meetmomenten samen"
    assert english.column_names_to_labels["wave"] == "wave; 0 for all waves together"
    assert all(len(label.encode()) < 256 for label in dutch.column_labels)


def test_the_columns_of_parquet_carry_the_same_labels(tmp_path: Path) -> None:
    diagnosis = Builder().build()
    schema = parquet.read_schema(io.BytesIO(to_parquet(diagnosis, "nl")))
    told = {field.name: field.metadata[b"label"].decode() for field in schema}
    assert told == read_sav(to_sav(diagnosis, "nl"), tmp_path)[1].column_names_to_labels


def test_every_row_for_the_analyst_is_stamped(tmp_path: Path) -> None:
    diagnosis = internal(Builder().build())
    frame, about = read_sav(to_sav(diagnosis), tmp_path)
    table = parquet.read_table(io.BytesIO(to_parquet(diagnosis)))
    rows = list(csv.DictReader(io.StringIO(to_csv(diagnosis))))
    assert about.file_label == INTERNAL_STAMP
    assert about.column_names[0] == table.column_names[0] == next(iter(rows[0])) == "stamp"
    assert set(frame["stamp"]) == set(table["stamp"].to_pylist()) == {INTERNAL_STAMP}
    assert len(frame) == table.num_rows == len(rows) == len(diagnosis.measures)


def test_a_later_second_gives_the_same_bytes(tmp_path: Path) -> None:
    diagnosis = Builder().build()
    first = to_sav(diagnosis), to_parquet(diagnosis)
    time.sleep(1.1)  # the head of a sav file tells the second of writing
    assert (to_sav(diagnosis), to_parquet(diagnosis)) == first
    assert read_sav(first[0], tmp_path)[1].creation_time.year == 1970


def test_a_diagnosis_without_measures_is_a_table_without_rows(tmp_path: Path) -> None:
    empty = Builder().build().model_copy(update={"measures": ()})
    frame, _ = read_sav(to_sav(empty), tmp_path)
    table = parquet.read_table(io.BytesIO(to_parquet(empty)))
    assert (len(frame), table.num_rows) == (0, 0)
    assert tuple(frame.columns) == tuple(table.column_names) == COLUMNS


@pytest.mark.parametrize(("kind", "extra"), [("parquet", "parquet"), ("sav", "spss")])
def test_without_the_package_the_extra_is_named_before_any_work(
    kind: str, extra: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lcdiag.views.data_files.find_spec", lambda name: None)
    writer = {"parquet": to_parquet, "sav": to_sav}[kind]
    with pytest.raises(LcdiagError) as caught:
        writer(Builder().build())
    (finding,) = caught.value.findings
    for language in ("nl", "en"):
        assert f'pip install "lcdiag[{extra}]"' in sentence(finding, language)
    # the study is not even looked for
    assert call(["report", "no-such-study", "--format", kind, "--language", "en"]) == REJECTED
    assert capsys.readouterr().err.count("\n") == 1


def test_texts_come_back_whole_also_long_ones_with_accents(tmp_path: Path) -> None:
    diagnosis = Builder().build()
    first = diagnosis.measures[0]
    unit = Unit(kind="party", community="=Coöperatie", name="é" * 150)
    at = first.at.model_copy(update={"unit": unit})
    named = diagnosis.model_copy(update={"measures": (Measure(at=at, cell=first.cell),)})
    wanted = to_frame(named, "nl").iloc[0]
    frame, _ = read_sav(to_sav(named, "nl"), tmp_path)
    (row,) = parquet.read_table(io.BytesIO(to_parquet(named, "nl"))).to_pylist()
    texts = ("community", "unit", "name", "level", "statistic", "subject", "label", "method")
    assert wanted["name"] == "é" * 150
    assert [frame[name][0] for name in texts] == [wanted[name] for name in texts]
    assert [row[name] for name in texts] == [wanted[name] for name in texts]
