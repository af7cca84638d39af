from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from written_studies import TWO_PARTIES, small_study, study_folder

from lcdiag.instrument.layout import BACKGROUND_HEADINGS
from lcdiag.survey.open import open_study
from lcdiag.survey.workbook import answer_workbook


def opened(study, language="nl"):
    return load_workbook(io.BytesIO(answer_workbook(study, language)))


def cells(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_first_sheet_has_background_and_one_column_an_item(tmp_path, language):
    study = small_study(tmp_path)
    sheet = opened(study, language).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    heads_of = {key: one[language] for key, one in BACKGROUND_HEADINGS.items()}
    background = [head for key, head in heads_of.items() if key != "meeting_group"]
    assert heads == [*background, *study.questionnaire.codes]
    assert sheet.freeze_panes == "G2"
    assert sheet.max_row == 1


def test_every_cell_to_fill_in_has_its_drop_down_and_its_text(tmp_path):
    study = small_study(tmp_path)
    book = opened(study)
    sheet = book.worksheets[0]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for cell in sheet[1]:
        assert f"{cell.column_letter}2" in rules
    for cell in sheet[1][6:]:
        item = study.questionnaire.item(cell.value)
        rule = rules[f"{cell.column_letter}2"]
        assert rule.type == "list"
        assert item.text["nl"][:60] in rule.prompt
        assert len(rule.prompt) <= 255
        assert len(rule.promptTitle) <= 32
        assert item.text["nl"] in cell.comment.text
        form = study.questionnaire.format_of(cell.value)
        assert values(book, rule.formula1) == [*form.codes, "?", form.dont_know["nl"]]
    assert values(book, rules["B2"].formula1) == ["Warmte"]
    assert values(book, rules["C2"].formula1) == ["Gemeente"]
    assert values(book, rules["D2"].formula1) == ["bedrijf"]
    assert values(book, rules["E2"].formula1) == [1]


def values(book, source):
    sheet, area = re.fullmatch(r"'(.+)'!(.+)", source).groups()
    return [row[0].value for row in book[sheet][area.replace("$", "")]] if ":" in area else []


def test_legend_and_texts_hold_every_item(tmp_path):
    study = small_study(tmp_path, 'instruments = ["lc-link"]')
    for language in ("nl", "en"):
        book = opened(study, language)
        legend = list(book.worksheets[2].iter_rows(min_row=2, values_only=True))
        pasted = list(book.worksheets[3].iter_rows(min_row=2, values_only=True))
        for item in study.questionnaire.items:
            points = study.questionnaire.format_of(item.id).points[language]
            rows = [row for row in legend if row[0] == item.id]
            assert [row[3] for row in rows][:7] == list(points)
            assert [row[2] for row in rows][:7] == [1, 2, 3, 4, 5, 6, 7]
            one = next(row for row in pasted if row[1] == item.id)
            assert one[4] == item.text[language]
            assert one[5].split(" | ")[:7] == list(points)
        assert [row[1] for row in pasted if row[1] and str(row[1]).startswith("lk")] == [
            "lk1",
            "lk2",
            "lk3",
        ]
        assert [row[0] for row in pasted] == sorted(row[0] for row in pasted)


def test_the_same_study_gives_the_same_bytes_without_a_clock(tmp_path):
    study = small_study(tmp_path)
    raw = answer_workbook(study, "nl")
    assert raw == answer_workbook(study, "nl")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"1980-01-01T"}


def test_no_name_becomes_a_formula(tmp_path):
    hostile = ['=HYPERLINK("http://x","y")', "+1", "-1", "@x", "<script>alert(1)</script>"]
    rows = [(name, f"={name}", f"@{name}", 6) for name in hostile]
    book = opened(open_study(study_folder(tmp_path, rows=rows)))
    assert all(cell.data_type != "f" for cell in cells(book))
    found = {cell.value for cell in cells(book)}
    assert set(hostile) <= found
    risky = [cell for cell in cells(book) if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert risky
    assert all(cell.quotePrefix for cell in risky)


def test_a_study_without_parties_has_no_party_columns(tmp_path):
    study = small_study(tmp_path, '[small_parties]\nreport_by="none"')
    heads = [cell.value for cell in opened(study).worksheets[0][1]]
    assert "partij" not in heads
    assert "sector" not in heads


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_the_analysis_stay_out_of_the_workbook(tmp_path, language):
    from lcdiag.instrument.catalogue import own_ids

    blocks = ", ".join(f'"{one}"' for one in own_ids())
    extra = f'title="Proef"\ninstruments=[{blocks}]\n{TWO_PARTIES}'
    study = open_study(study_folder(tmp_path, extra))
    with zipfile.ZipFile(io.BytesIO(answer_workbook(study, language))) as archive:
        text = " ".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert not re.findall(r"collusi|abilene|schijnharmonie|stereotyp", text, re.IGNORECASE)


def test_a_filled_workbook_is_read_without_a_map(tmp_path):
    from lcdiag.importers.folder import read_answers
    from lcdiag.responses.admit import admit
    from lcdiag.responses.model import DONT_KNOW, MISSING

    study = small_study(tmp_path)
    book = opened(study)
    sheet = book.worksheets[0]
    dont = study.questionnaire.format_of("sa1").dont_know["nl"]
    labels = study.questionnaire.format_of("sa1").points["nl"]
    for row in range(2, 8):
        sheet.append(["", "Warmte", "Gemeente", "", 1, "nl", *([row - 1] * 43)])
    sheet.cell(row=2, column=7).value = dont
    sheet.cell(row=3, column=7).value = None
    sheet.cell(row=4, column=7).value = labels[6]
    sheet.cell(row=5, column=8).value = "?"
    folder = tmp_path / "antwoorden" / "meetmoment-1"
    folder.mkdir(parents=True)
    book.save(folder / "antwoorden.xlsx")
    sheets, _ = read_answers(study)
    responses = admit(sheets, study.questionnaire, study=study)
    assert responses.columns == study.questionnaire.codes
    assert responses.codes[:, 0].tolist() == [DONT_KNOW, MISSING, 7, 4, 5, 6]
    assert responses.codes[:, 1].tolist() == [1, 2, 3, DONT_KNOW, 5, 6]
    assert set(responses.party) == {"Gemeente"}
