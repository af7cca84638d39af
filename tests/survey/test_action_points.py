"""What groups agreed to do: read from the study folder, with every mistake at once."""

from __future__ import annotations

import pytest
from written_studies import study_folder

from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import sentence
from lcdiag.survey.open import examine_study, open_study

SETTINGS = 'communities = ["Warmte"]\nparties = [{name="Gemeente"}, {name="Net"}]\n'
POINT = '[[agreed]]\ncommunity = "Warmte"\nwave = 1\ntext = "Samen eten"\n'


def folder_with(tmp_path, text: str, name: str = "afspraken.toml"):
    folder = study_folder(tmp_path, SETTINGS)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def codes(folder) -> dict[str, str]:
    study, findings = examine_study(folder)
    for finding in findings:
        assert sentence(finding, "nl") != sentence(finding, "en")
    assert study is None
    return {one.code: one.where for one in findings}


@pytest.mark.parametrize("name", ["afspraken.toml", "action-points.toml"])
def test_points_are_read_with_and_without_who_and_when(tmp_path, name):
    more = POINT + 'who = "Net"\nby = 2027-03-01\ndone = true\n'
    study = open_study(folder_with(tmp_path, POINT + more, name))
    first, second = study.action_points
    assert (first.community, first.wave, first.text) == ("Warmte", 1, "Samen eten")
    assert (first.who, first.by, first.done) == ("", "", None)
    assert (second.who, second.by, second.done) == ("Net", "2027-03-01", True)


def test_without_the_file_nothing_was_agreed(tmp_path):
    assert open_study(study_folder(tmp_path, SETTINGS)).action_points == ()


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (POINT.replace("Warmte", "Warmt"), "study.unknown-community", "row 1, community"),
        (POINT.replace("= 1", "= 4"), "study.action-wave-unknown", "row 1, wave"),
        (POINT + 'by = "morgen"\n', "study.not-a-date", "row 1, by"),
        (POINT.replace("eten", r"\u0007eten"), "study.control-character", "row 1, text"),
        (POINT + 'naam = "Jan"\n', "instrument.unknown-key", "row 1"),
        (POINT.replace('text = "Samen eten"', ""), "instrument.missing-key", "row 1"),
        (POINT + 'done = "ja"\n', "instrument.expected-true-or-false", "row 1"),
        ("[[agreed]\n", "instrument.syntax", "line 1"),
        ("", "instrument.empty-file", "afspraken.toml"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, text, code, where):
    found = codes(folder_with(tmp_path, text))
    assert code in found
    assert found[code].startswith("afspraken.toml")
    assert where in found[code]


def test_all_mistakes_come_at_once(tmp_path):
    wrong = POINT.replace("Warmte", "Warmt").replace("= 1", "= 4") + 'by = "morgen"\n'
    found = codes(folder_with(tmp_path, POINT + wrong))
    assert {where.split(", ")[2] for where in found.values()} == {"row 2"}
    assert len(found) == 3


def test_two_files_are_one_too_many(tmp_path):
    folder = folder_with(tmp_path, POINT)
    (folder / "action-points.toml").write_text(POINT, encoding="utf-8")
    with pytest.raises(LcdiagError) as raised:
        open_study(folder)
    assert [one.code for one in raised.value.findings] == ["study.two-action-files"]
