"""What our own workbook and form ask comes back as answers, without a map."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lcdiag.importers.folder import read_answers
from lcdiag.importers.forget import forget
from lcdiag.importers.table import read_table
from lcdiag.instrument.layout import ANSWER_FOLDERS, WAVE_FOLDERS
from lcdiag.instrument.study import Study
from lcdiag.responses.admit import admit, examine
from lcdiag.responses.model import DONT_KNOW
from lcdiag.scoring.score import score_responses
from lcdiag.survey.create import new_study
from lcdiag.survey.open import open_study
from lcdiag.survey.workbook import answer_workbook


def opened(folder: Path, language: str) -> tuple[Study, Path]:
    new_study(folder, title="Proef", language=language)
    study = open_study(folder)
    wave = folder / ANSWER_FOLDERS[language] / WAVE_FOLDERS[language].format(wave=1)
    return study, wave


@pytest.mark.parametrize("language", ["nl", "en"])
def test_our_workbook_is_read_without_a_map(tmp_path: Path, language: str) -> None:
    study, wave = opened(tmp_path / "studie", language)
    book = load_workbook(io.BytesIO(answer_workbook(study, language)))
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    community = study.settings.communities[0].name
    dont_know = study.questionnaire.format_of(study.questionnaire.codes[0]).dont_know[language]
    for number in range(6):
        for column, head in enumerate(heads, start=1):
            cell = page.cell(row=number + 2, column=column)
            if head == "code":
                cell.value = f"p{number}"
            elif column == 2:
                cell.value = community
            elif head in study.questionnaire.codes:
                cell.value = dont_know if number == 5 else 1 + (number + column) % 7
    wave.mkdir(parents=True, exist_ok=True)
    book.save(wave / "a.xlsx")

    sheets, found = read_answers(study)
    answers = admit(sheets, study.questionnaire, study=study, found=found)
    assert answers.person.tolist() == [f"p{i}" for i in range(6)]
    assert set(answers.community.tolist()) == {community}
    assert (answers.codes[5] == DONT_KNOW).all()
    assert (answers.codes[:5] >= 1).all()
    # the roster of a new study invites people to a second community, which did not answer
    assert [one.code for one in answers.findings] == ["responses.nobody-answered"]
    assert score_responses(answers, study.questionnaire).values.shape[0] == 6

    assert forget(study, "p3").rows == 1
    again = admit(read_answers(study)[0], study.questionnaire, study=study)
    assert again.person.tolist() == ["p0", "p1", "p2", "p4", "p5"]
    assert (again.codes[0] == answers.codes[0]).all()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_unfilled_workbook_says_that_there_are_no_answers(tmp_path: Path, language: str) -> None:
    study, wave = opened(tmp_path / "studie", language)
    wave.mkdir(parents=True, exist_ok=True)
    (wave / "a.xlsx").write_bytes(answer_workbook(study, language))
    sheets, found = read_answers(study)
    responses, findings = examine(sheets, study.questionnaire, study=study, found=found)
    assert responses is None
    assert [one.code for one in findings] == ["responses.sheet-without-rows", "responses.no-rows"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_export_of_a_form_tool_with_texts_and_labels_is_read(
    tmp_path: Path, language: str
) -> None:
    study, _ = opened(tmp_path / "studie", language)
    book = load_workbook(io.BytesIO(answer_workbook(study, language)))
    heads: list[str] = ["Timestamp"]
    options: list[list[str]] = [["2026/09/27 3:00:00"]]
    for row in book.worksheets[3].iter_rows(min_row=2, values_only=True):
        if row[5]:
            heads.append(str(row[4]))
            options.append([part.strip() for part in str(row[5]).split(" | ")])
    lines = [heads] + [[one[i % len(one)] for one in options] for i in range(8)]
    path = tmp_path / "export.csv"
    path.write_text(
        "\n".join(";".join(f'"{cell}"' for cell in line) for line in lines), encoding="utf-8"
    )
    sheet, found = read_table(path)
    answers = admit([(1, sheet)], study.questionnaire, study=study, found=found)
    assert len(answers) == 8
    assert set(answers.community.tolist()) == {one.name for one in study.settings.communities}
    first = study.questionnaire.format_of(study.questionnaire.codes[0])
    assert answers.codes[0, 0] == first.low
    assert answers.codes[1, 0] == first.low + 1
    assert (answers.codes != -1).all()
    assert [one.code for one in answers.findings] == [
        "responses.unused-columns",
        "responses.straight",
        "responses.unlinked",
    ]
