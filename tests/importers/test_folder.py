from __future__ import annotations

from pathlib import Path

import pytest
from small_questionnaire import study

from lcdiag.base.findings import Severity
from lcdiag.base.text import sentence
from lcdiag.importers.folder import answer_files, read_answers
from lcdiag.responses.admit import admit, examine

TABLE = "code;gemeenschap;aa1;aa2;aa3\n"


def put(folder: Path, place: str, content: str | bytes) -> Path:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def test_all_waves_and_files_are_read_in_order(tmp_path: Path) -> None:
    put(tmp_path, "antwoorden/meetmoment-2/a.csv", TABLE + "p1;Noord;1;2;3\n")
    put(tmp_path, "antwoorden/meetmoment-1/b.tsv", TABLE.replace(";", "\t") + "p3\tZuid\t3\t2\t1\n")
    put(tmp_path, "antwoorden/meetmoment-1/a.csv", TABLE + "p1;Noord;1;2;4\n")
    put(tmp_path, "antwoorden/meetmoment-1/~$a.xlsx", b"lock")
    put(tmp_path, "antwoorden/meetmoment-1/.DS_Store", b"\0\1")
    sheets, findings = read_answers(study(tmp_path))
    assert [(wave, sheet.place) for wave, sheet in sheets] == [
        (1, "meetmoment-1/a.csv"),
        (1, "meetmoment-1/b.tsv"),
        (2, "meetmoment-2/a.csv"),
    ]
    assert findings == ()
    answers = admit(sheets, study().questionnaire, study=study(tmp_path), found=findings)
    assert answers.person.tolist() == ["p1", "p3", "p1"]
    assert answers.wave.tolist() == [1, 1, 2]


def test_english_folders_and_other_spellings(tmp_path: Path) -> None:
    put(tmp_path, "answers/Wave 02/a.csv", TABLE + "p1;Noord;1;2;3\n")
    put(tmp_path, "answers/wave-1/a.csv", TABLE + "p1;Noord;1;2;3\n")
    assert [wave for wave, _ in read_answers(study(tmp_path))[0]] == [1, 2]


def test_empty_folders_other_files_and_files_beside_a_wave_are_said(tmp_path: Path) -> None:
    put(tmp_path, "antwoorden/meetmoment-1/a.csv", TABLE + "p1;Noord;1;2;3\n")
    put(tmp_path, "antwoorden/meetmoment-1/verslag.pdf", b"%PDF")
    put(tmp_path, "antwoorden/los.csv", TABLE)
    (tmp_path / "antwoorden" / "meetmoment-2").mkdir()
    sheets, findings = read_answers(study(tmp_path))
    assert len(sheets) == 1
    assert [(one.code, one.severity) for one in findings] == [
        ("responses.other-files", Severity.NOTE),
        ("responses.folder-empty", Severity.NOTE),
        ("responses.outside-wave", Severity.WARNING),
    ]


@pytest.mark.parametrize("folder", ["", "antwoorden/meetmoment-1"])
def test_no_answers_yet_says_where_they_go(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    sheets, findings = read_answers(study(tmp_path))
    assert sheets == []
    assert findings[-1].code == "responses.nothing-yet"
    assert "antwoorden/meetmoment-1" in sentence(findings[-1], "nl")


def test_one_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    put(tmp_path, "antwoorden/meetmoment-1/a.csv", TABLE + "p1;Noordd;1;2;3\n")
    put(tmp_path, "antwoorden/meetmoment-1/b.xlsx", b"PK\x03\x04half")
    sheets, found = read_answers(study(tmp_path))
    responses, findings = examine(sheets, study().questionnaire, study=study(tmp_path), found=found)
    assert responses is None
    assert [(one.code, one.where) for one in findings if one.severity is Severity.ERROR] == [
        ("responses.workbook-broken", "meetmoment-1/b.xlsx"),
        ("responses.community-unknown", "meetmoment-1/a.csv"),
    ]


def test_one_columns_file_serves_all_waves_and_a_nearer_one_wins(tmp_path: Path) -> None:
    for wave in (1, 2):
        put(tmp_path, f"antwoorden/meetmoment-{wave}/a.csv", "x;aa1\nNoord;1\n")
    put(tmp_path, "columns.toml", '[columns]\n"x" = "community"\n')
    put(tmp_path, "antwoorden/meetmoment-2/columns.toml", '[columns]\n"x" = "ignore"\n')
    sheets, findings = read_answers(study(tmp_path))
    assert [sheet.override for _, sheet in sheets] == [{"x": "community"}, {"x": "ignore"}]
    assert findings == ()


def test_a_broken_columns_file_is_one_error(tmp_path: Path) -> None:
    put(tmp_path, "antwoorden/meetmoment-1/a.csv", TABLE + "p1;Noord;1;2;3\n")
    put(tmp_path, "columns.toml", "[columns\n")
    assert [one.code for one in read_answers(study(tmp_path))[1]] == [
        "responses.columns-file-broken"
    ]


def test_the_files_with_answers_can_be_listed(tmp_path: Path) -> None:
    path = put(tmp_path, "antwoorden/meetmoment-1/a.csv", TABLE)
    put(tmp_path, "antwoorden/meetmoment-1/notes.md", "x")
    assert answer_files(tmp_path) == [path]


def test_a_misspelled_wave_folder_is_said_and_not_read(tmp_path: Path) -> None:
    put(tmp_path, "antwoorden/meetmoment-1/a.csv", TABLE + "p1;Noord;1;2;3\n")
    put(tmp_path, "antwoorden/meetmomnet-2/a.csv", TABLE + "p1;Noord;1;2;3\n")
    (tmp_path / "antwoorden" / "oud").mkdir()
    sheets, findings = read_answers(study(tmp_path))
    assert [wave for wave, _ in sheets] == [1]
    assert [(one.code, one.facts["folder"]) for one in findings] == [
        ("responses.unknown-folder", "meetmomnet-2")
    ]
    assert "meetmoment-1" in sentence(findings[0], "nl")


def test_without_answers_one_sentence_is_enough(tmp_path: Path) -> None:
    (tmp_path / "answers" / "wave-1").mkdir(parents=True)
    assert [one.code for one in read_answers(study(tmp_path))[1]] == ["responses.nothing-yet"]
