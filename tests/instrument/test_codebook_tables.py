from __future__ import annotations

import io
import tomllib
import zipfile

import openpyxl
import pytest
from own_file import changed

from lcdiag.instrument.catalogue import instrument_ids, open_instrument
from lcdiag.instrument.codebook import Codebook
from lcdiag.instrument.codebook_make import codebook
from lcdiag.instrument.codebook_tables import to_xlsx
from lcdiag.instrument.read import examine_content


def sheets(book: Codebook, language: str) -> dict[str, list[tuple[object, ...]]]:
    read = openpyxl.load_workbook(io.BytesIO(to_xlsx(book, language)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in read.worksheets}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nl", ["kolommen", "schalen", "antwoorden", "bron"]),
        ("en", ["columns", "scales", "answers", "source"]),
    ],
)
def test_the_workbook_has_four_sheets(language: str, names: list[str]) -> None:
    assert list(sheets(codebook(open_instrument("lc-safety")), language)) == names


def test_the_sheets_hold_columns_keys_answers_and_evidence() -> None:
    found = sheets(codebook(open_instrument("lc-safety")), "en")
    assert [row[1] for row in found["columns"][1:]][:3] == ["ve1", "ve2", "ve3"]
    safety = found["scales"][1]
    assert safety[0] == "lc-safety:safety"
    assert "ve1 ve3 ve5" in safety
    assert "higher-better" in safety
    assert "referent-shift" in safety
    assert [row[1] for row in found["answers"][1:]] == [1, 2, 3, 4, 5, 6, 7, None]
    said = {str(row[1]): str(row[2]) for row in found["source"]}
    assert said["licence"] == "CC BY 4.0"
    assert "general knowledge" in said["facets after"]


def test_a_topic_stands_with_its_three_columns_among_the_scales() -> None:
    rows = {
        row[0]: row for row in sheets(codebook(open_instrument("lc-collusion")), "en")["scales"]
    }
    assert "on2z on2a on2p" in rows["lc-collusion:topic.course"]


def test_reported_figures_come_with_their_source_and_how_they_are_known() -> None:
    found = sheets(codebook(open_instrument("edmondson-1999-safety")), "en")["source"]
    figures = [str(row[2]) for row in found if row[1] == "reported figures"]
    assert any("Cronbach's alpha = 0.82" in one and "Edmondson (1999)" in one for one in figures)
    assert all("known" in one or "seen" in one or "read" in one for one in figures)


@pytest.mark.parametrize("name", instrument_ids()[:4])
def test_the_same_codebook_gives_the_same_bytes(name: str) -> None:
    book = codebook(open_instrument(name))
    assert to_xlsx(book, "nl") == to_xlsx(book, "nl")


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "@cmd", "-2"])
def test_no_cell_of_the_workbook_becomes_a_formula(text: str) -> None:
    instrument, _ = examine_content(tomllib.loads(changed("We leren van elkaar.", text)), "o.toml")
    assert instrument is not None
    raw = to_xlsx(codebook(instrument), "nl")
    read = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in read.worksheets for row in sheet.iter_rows() for cell in row]
    assert text in {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist())
