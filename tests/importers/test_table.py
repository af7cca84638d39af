from __future__ import annotations

import datetime
import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import sentence
from lcdiag.importers.table import read_table


def write(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def workbook(rows: list[list[object]], before: list[str] | None = None) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name in before or []:
        book.create_sheet(name)
    page = book.create_sheet("Antwoorden")
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(path: Path) -> str:
    with pytest.raises(LcdiagError) as error:
        read_table(path)
    assert len(error.value.findings) == 1
    for language in ("nl", "en"):
        assert sentence(error.value.findings[0], language)
    return error.value.findings[0].code


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reads_every_usual_text_table(tmp_path: Path, sign: str, codec: str, end: str) -> None:
    text = end.join([sign.join(row) for row in (("code", "aa1"), ("Zoë", "3"), ("Jan", ""))]) + end
    sheet, findings = read_table(write(tmp_path, text.encode(codec)))
    assert sheet.header == ("code", "aa1")
    assert sheet.rows == (("Zoë", "3"), ("Jan", ""))
    assert sheet.numbers == (2, 3)
    assert sheet.delimiter == sign
    assert findings == ()


def test_windows_text_is_read_and_said(tmp_path: Path) -> None:
    sheet, findings = read_table(
        write(tmp_path, "code;partij\n1;Coöperatie – één\n".encode("cp1252"))
    )
    assert sheet.rows[0][1] == "Coöperatie – één"
    assert [one.code for one in findings] == ["responses.windows-text"]


def test_separators_and_line_breaks_inside_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    text = 'code;"Ik, en wij; samen\nhier"\nA;"a ""b"" ;\nc"\nB;4\n'
    sheet, findings = read_table(write(tmp_path, text))
    assert sheet.header == ("code", "Ik, en wij; samen\nhier")
    assert sheet.rows == (("A", 'a "b" ;\nc'), ("B", "4"))
    assert sheet.numbers == (2, 3)
    assert findings == ()


def test_headings_with_commas_do_not_hide_the_semicolon(tmp_path: Path) -> None:
    text = "code;Ik durf, hier, nu;Wij, samen\n" + "a;1;2\n" * 5
    sheet, _ = read_table(write(tmp_path, text))
    assert sheet.delimiter == ";"
    assert len(sheet.header) == 3


def test_excel_hint_line_is_no_heading(tmp_path: Path) -> None:
    sheet, _ = read_table(write(tmp_path, "sep=;\ncode;aa1\nx;1\n"))
    assert sheet.header == ("code", "aa1")
    assert sheet.numbers == (3,)


def test_blank_rows_are_no_rows_and_numbers_stay(tmp_path: Path) -> None:
    sheet, _ = read_table(write(tmp_path, "code;aa1\n\nx;1\n;\n y;2\n\n\n"))
    assert sheet.numbers == (3, 5)


def test_hostile_cells_stay_text(tmp_path: Path) -> None:
    cells = ['=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "+1", "@SUM(A1)", "{0}"]
    text = "code\n" + "\n".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"
    sheet, _ = read_table(write(tmp_path, text))
    assert [row[0] for row in sheet.rows] == cells


def test_workbook_cells_become_the_text_people_see(tmp_path: Path) -> None:
    raw = workbook(
        [
            ["code", "aa1", "when", "share", "yes", None],
            ["p1", 3.0, datetime.datetime(2026, 3, 1), 0.25, True, None],
            [None, None, None, None, None, None],
            ["p2", 4, datetime.datetime(2026, 3, 1, 12, 30), None, False, "stray"],
        ],
        before=["Leeg"],
    )
    sheet, findings = read_table(write(tmp_path, raw, "a.xlsx"))
    assert sheet.name == "Antwoorden"
    assert sheet.rows[0] == ("p1", "3", "2026-03-01", "0.25", "true", "")
    assert sheet.rows[1][2] == "2026-03-01 12:30:00"
    assert sheet.rows[1][5] == "stray"
    assert sheet.numbers == (2, 4)
    assert findings == ()


def test_the_content_decides_and_the_name_is_remarked(tmp_path: Path) -> None:
    rows = [["code", "aa1"], ["p", "1"]]
    as_csv, about_csv = read_table(write(tmp_path, workbook(rows), "book.csv"))
    as_xlsx, about_xlsx = read_table(write(tmp_path, "code;aa1\np;1\n", "text.xlsx"))
    assert as_csv.rows == as_xlsx.rows == (("p", "1"),)
    assert [one.code for one in about_csv] == ["responses.workbook-disguised"]
    assert [one.code for one in about_xlsx] == ["responses.text-disguised"]


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    write(tmp_path, "a;b\n", "antwoorden.csv")
    with pytest.raises(LcdiagError) as error:
        read_table(tmp_path / "antworden.csv")
    assert error.value.findings[0].facts["near"] == "antwoorden.csv"
    with pytest.raises(LcdiagError) as error:
        read_table(tmp_path / "iets.csv")
    assert error.value.findings[0].facts["near"] == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "responses.file-empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "responses.file-empty"),
        (b";;;\n;;\n", "responses.file-empty"),
        (bytes(range(256)) * 20, "responses.file-binary"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0" * 40, "responses.file-binary"),
        (b"%PDF-1.7 something", "responses.file-binary"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "responses.file-binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "responses.old-excel"),
        (b"PK\x03\x04 half", "responses.workbook-broken"),
        (b'code;aa1\np1;"half a sentence', "responses.file-cut"),
        (b"\xff\xfea\0;\0b\0\n\0x", "responses.file-binary"),
    ],
)
def test_what_is_no_table_gets_one_clear_message(tmp_path: Path, content: bytes, code: str) -> None:
    assert refused(write(tmp_path, content)) == code


def test_half_a_workbook_at_every_length(tmp_path: Path) -> None:
    raw = workbook([["code", "aa1"]] + [["p", 1]] * 30)
    for share in (0.05, 0.3, 0.6, 0.9, 0.99):
        path = write(tmp_path, raw[: int(len(raw) * share)], "half.xlsx")
        assert refused(path) == "responses.workbook-broken"


def test_other_archives_are_told_apart(tmp_path: Path) -> None:
    def archive(*names: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for name in names:
                file.writestr(name, "x")
        return out.getvalue()

    assert (
        refused(write(tmp_path, archive("content.xml"), "a.ods")) == "responses.other-spreadsheet"
    )
    assert refused(write(tmp_path, archive("word/document.xml"))) == "responses.file-binary"
    assert refused(write(tmp_path, archive("xl/workbook.xml"))) == "responses.workbook-broken"


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "responses.file-is-folder"


def test_a_row_with_too_many_cells_is_an_error_with_its_place(tmp_path: Path) -> None:
    _, findings = read_table(write(tmp_path, "code;partij;aa1\na;X;1\nb;Jansen; zn;4\nc;Y;2\n"))
    assert [one.code for one in findings] == ["responses.long-rows"]
    assert findings[0].facts["rows"] == ("3",)


def test_a_last_row_that_stops_halfway_is_a_warning(tmp_path: Path) -> None:
    sheet, findings = read_table(write(tmp_path, "code;aa1;aa2\na;1;2\nb;3"))
    assert sheet.rows[1] == ("b", "3", "")
    assert [one.code for one in findings] == ["responses.last-row-cut"]


def test_ten_thousand_columns_are_read(tmp_path: Path) -> None:
    header = ";".join(f"column {i}" for i in range(10_000))
    sheet, _ = read_table(write(tmp_path, header + "\n" + ";".join(["1"] * 10_000) + "\n"))
    assert len(sheet.header) == 10_000
    assert len(sheet.rows[0]) == 10_000


def test_more_columns_than_any_survey_are_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, ";".join("abc" for _ in range(20_001)))) == "responses.too-wide"


def test_the_columns_file_comes_along_or_says_what_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path, "code;x\na;1\n")
    write(tmp_path, '[columns]\n"x" = "aa1"\n', "columns.toml")
    assert read_table(path)[0].override == {"x": "aa1"}
    write(tmp_path, '[columns]\n"x" = 3\n', "columns.toml")
    assert [one.code for one in read_table(path)[1]] == ["responses.columns-file-value"]
    write(tmp_path, '[columns\n"x" = 3\n', "columns.toml")
    assert refused(path) == "responses.columns-file-broken"
    write(tmp_path, "title = 'x'\n", "columns.toml")
    assert refused(path) == "responses.columns-file-empty"


def test_random_bytes_never_cause_a_traceback(tmp_path: Path) -> None:
    source = random.Random(1)
    outcomes = set()
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"code;aa1\n"):
        for length in (1, 2, 50, 5_000):
            path = write(tmp_path, start + source.randbytes(length))
            try:
                read_table(path)
                outcomes.add("read")
            except LcdiagError as error:
                outcomes.add(error.findings[0].code)
    assert "responses.file-binary" in outcomes


CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters=";,\t\n\"'|"), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6),
    sign=st.sampled_from([";", ",", "\t"]),
)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], sign: str
) -> None:
    import csv

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL)
    writer.writerow(["code", "aa1", "aa2"])
    writer.writerows(rows)
    path = write(tmp_path_factory.mktemp("t"), out.getvalue())
    sheet, _ = read_table(path)
    filled = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    assert sheet.rows == tuple(filled)
