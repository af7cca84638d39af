from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from small_questionnaire import asked, study, three_items

from lcdiag.base.errors import LcdiagError
from lcdiag.importers.forget import forget


def put(folder: Path, place: str, content: bytes) -> Path:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def book(rows: list[list[object]]) -> bytes:
    made = Workbook()
    page = made.active
    page.title = "Antwoorden"
    for row in rows:
        page.append(row)
    page.add_data_validation(DataValidation("whole", sqref="C2:C100"))
    made.create_sheet("Uitleg")["A1"] = "P1"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_person_disappears_from_all_waves_and_nothing_else_changes(tmp_path: Path) -> None:
    text = (
        'code;gemeenschap;aa1;opmerking\r\n"P1";Noord;1;"één\nregel"\r\n'
        'P10;Noord;2;"P1"\r\n\r\np1;Zuid;3;\r\nP2;Zuid;"4";x'
    )
    first = put(tmp_path, "antwoorden/meetmoment-1/a.csv", text.encode("cp1252"))
    wide = put(
        tmp_path,
        "antwoorden/meetmoment-1/b.csv",
        "code\tgemeenschap\taa1\nP1\tN\t1\n".encode("utf-16"),
    )
    other = put(tmp_path, "antwoorden/meetmoment-1/c.csv", b"code;gemeenschap;aa1\nP3;N;1\n")
    rows: list[list[object]] = [
        ["code", "gemeenschap", "aa1"],
        ["P2", "Noord", 1],
        ["P1 ", "Noord", 2],
        ["P1", "Zuid", 2],
        ["P4", "Zuid", 3],
    ]
    second = put(tmp_path, "antwoorden/meetmoment-2/a.xlsx", book(rows))
    untouched = other.read_bytes()
    done = forget(study(tmp_path), " P1")
    assert done.rows == 5
    assert done.files == (first, wide, second)
    assert first.read_bytes().decode("cp1252") == (
        'code;gemeenschap;aa1;opmerking\r\nP10;Noord;2;"P1"\r\n\r\nP2;Zuid;"4";x'
    )
    assert wide.read_bytes() == "code\tgemeenschap\taa1\n".encode("utf-16")
    assert other.read_bytes() == untouched
    saved = load_workbook(second)
    assert [row[0] for row in saved["Antwoorden"].values] == ["code", "P2", "P4"]
    assert saved["Uitleg"]["A1"].value == "P1"
    assert len(saved["Antwoorden"].data_validations.dataValidation) == 1
    assert sorted(path.name for path in first.parent.iterdir()) == ["a.csv", "b.csv", "c.csv"]


def test_the_answers_of_a_link_code_are_found(tmp_path: Path) -> None:
    questionnaire = asked(*three_items().instruments, link=True)
    text = b"gemeenschap;aa1;lk1;lk2;lk3\nNoord;1;An;Do;7\nNoord;1;Be;Do;7\n"
    path = put(tmp_path, "antwoorden/meetmoment-1/a.csv", text)
    assert forget(study(tmp_path, questionnaire=questionnaire), "an-do-7").rows == 1
    assert b"An" not in path.read_bytes()


@pytest.mark.parametrize(
    ("asked_for", "near"),
    [("deelnemer-17", "deelnemer-71"), ("iemand-anders", ""), ("d", ""), ("", "")],
)
def test_an_unknown_code_changes_nothing_and_names_nobody(
    tmp_path: Path, asked_for: str, near: str
) -> None:
    text = b"code;gemeenschap;aa1\ndeelnemer-71;Noord;1\n"
    path = put(tmp_path, "antwoorden/meetmoment-1/a.csv", text)
    with pytest.raises(LcdiagError) as error:
        forget(study(tmp_path), asked_for)
    assert error.value.findings[0].facts.get("near", "") == near
    assert path.read_bytes() == text


def test_rows_without_a_code_are_nobodys(tmp_path: Path) -> None:
    put(tmp_path, "antwoorden/meetmoment-1/a.csv", b"code;gemeenschap;aa1\n;Noord;1\n")
    with pytest.raises(LcdiagError):
        forget(study(tmp_path), "  ")


def test_a_workbook_with_formulas_is_refused_and_no_file_changes(tmp_path: Path) -> None:
    text = b"code;gemeenschap;aa1\nP1;Noord;1\n"
    first = put(tmp_path, "antwoorden/meetmoment-1/a.csv", text)
    rows: list[list[object]] = [["code", "gemeenschap", "aa1"], ["P1", "Noord", "=1+1"]]
    put(tmp_path, "antwoorden/meetmoment-2/a.xlsx", book(rows))
    with pytest.raises(LcdiagError) as error:
        forget(study(tmp_path), "P1")
    assert error.value.findings[0].code == "responses.formulas"
    assert first.read_bytes() == text


def test_a_file_that_cannot_be_read_stops_before_anything_is_written(tmp_path: Path) -> None:
    text = b"code;gemeenschap;aa1\nP1;Noord;1\n"
    first = put(tmp_path, "antwoorden/meetmoment-1/a.csv", text)
    put(tmp_path, "antwoorden/meetmoment-2/a.xlsx", b"PK\x03\x04")
    with pytest.raises(LcdiagError):
        forget(study(tmp_path), "P1")
    assert first.read_bytes() == text
