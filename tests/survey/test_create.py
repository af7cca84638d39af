from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lcdiag.base.errors import LcdiagError
from lcdiag.instrument.study import StudySettings
from lcdiag.survey import create
from lcdiag.survey.create import new_study
from lcdiag.survey.open import examine_study, open_study


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize(
    ("language", "files"),
    [
        (
            "nl",
            {
                "study.toml",
                "deelnemers.xlsx",
                "LEESMIJ.md",
                "antwoorden",
                "antwoorden/meetmoment-1",
            },
        ),
        ("en", {"study.toml", "participants.xlsx", "README.md", "answers", "answers/wave-1"}),
    ],
)
def test_a_new_study_opens_with_only_its_title_changed(tmp_path, language, files):
    made = new_study(tmp_path / "s", language=language)
    assert names(tmp_path / "s") == files
    assert {path.relative_to(tmp_path / "s").as_posix() for path in made} < files
    settings = tmp_path / "s" / "study.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r'title = ".*"', 'title = "Ons"', text, count=1), encoding="utf-8")
    study, findings = examine_study(tmp_path / "s")
    assert study is not None
    assert [one.code for one in findings] == ["study.still-examples"]
    assert study.settings.title == "Ons"
    assert len(study.settings.communities) == 2
    assert len({party.sector for party in study.settings.parties}) == 4
    assert study.invited(study.settings.communities[0].name, 1) == 13
    assert study.invited(study.settings.communities[1].name, 1) == 11


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_setting_is_explained_and_the_default_is_written(tmp_path, language):
    new_study(tmp_path / "s", language=language)
    text = (tmp_path / "s" / "study.toml").read_text(encoding="utf-8")
    for key in StudySettings.model_fields:
        assert re.search(rf"^(\[?{key}\b)", text, flags=re.MULTILINE), key
    paragraphs = text.split("\n\n")
    assert all(paragraph.startswith("# ") for paragraph in paragraphs)
    assert max(len(line) for line in text.splitlines()) < 130


def test_the_guide_names_the_three_commands(tmp_path):
    new_study(tmp_path / "s", title="Warmte")
    guide = (tmp_path / "s" / "LEESMIJ.md").read_text(encoding="utf-8")
    assert guide.startswith("# Warmte\n")
    assert re.findall(r"^    (lcdiag \w+) \.", guide, flags=re.MULTILINE) == [
        "lcdiag form",
        "lcdiag check",
        "lcdiag report",
    ]
    assert "antwoorden/meetmoment-1" in guide


def test_the_roster_has_drop_downs_and_an_explanation_but_no_persons(tmp_path):
    new_study(tmp_path / "s")
    book = load_workbook(tmp_path / "s" / "deelnemers.xlsx")
    assert book.sheetnames[:2] == ["deelnemers", "uitleg"]
    sheet = book["deelnemers"]
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"list", "whole"}
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["gemeenschap", "partij", "sector", "uitgenodigd meetmoment 1"]
    assert "geen namen" in str(book["uitleg"]["A1"].value)


def test_hostile_names_arrive_as_they_were_given(tmp_path):
    hostile = ['=HYPERLINK("http://x")', "<script>alert(1)</script>", 'quote " and \\ and é', "@x"]
    parties = [("+cmd|x", "-sector"), ("Net", 'a"b')]
    new_study(tmp_path / "s", title='T "x" \\', communities=hostile, parties=parties)
    study, findings = examine_study(tmp_path / "s")
    assert findings == ()
    assert study is not None
    assert study.settings.title == 'T "x" \\'
    assert [one.name for one in study.settings.communities] == hostile
    assert [(one.name, one.sector) for one in study.settings.parties] == parties
    for sheet in load_workbook(tmp_path / "s" / "deelnemers.xlsx"):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("there", ["study.toml", "deelnemers.xlsx", "antwoorden", "LEESMIJ.md"])
def test_nothing_that_is_there_is_overwritten(tmp_path, there):
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(LcdiagError) as caught:
        new_study(tmp_path)
    assert [finding.code for finding in caught.value.findings] == ["study.exists"]
    assert names(tmp_path) == {there}
    assert (tmp_path / there).read_text(encoding="utf-8") == "mine"


def test_other_files_in_the_folder_stay(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    new_study(tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert open_study(tmp_path).settings.set == "standard"


def test_every_reason_to_refuse_is_said_at_once(tmp_path):
    with pytest.raises(LcdiagError) as caught:
        new_study(tmp_path / "s", title=" ", language="fr", set_id="shrt")
    assert {one.code for one in caught.value.findings} == {
        "study.no-title",
        "study.unknown-language",
        "study.unknown-set",
    }
    assert not (tmp_path / "s").exists()


def test_a_failure_halfway_leaves_no_trace(tmp_path, monkeypatch):
    usual = Path.rename

    def fail(self, target):
        if Path(target).name == "LEESMIJ.md":
            raise OSError(28, "No space left on device")
        return usual(self, target)

    monkeypatch.setattr(create.Path, "rename", fail)
    with pytest.raises(LcdiagError):
        new_study(tmp_path / "deep" / "s")
    assert names(tmp_path) == set()


def test_the_same_study_is_made_twice(tmp_path):
    new_study(tmp_path / "a")
    new_study(tmp_path / "b")
    for name in ("study.toml", "deelnemers.xlsx", "LEESMIJ.md"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_every_set_makes_a_study_that_opens(tmp_path):
    from lcdiag.instrument.catalogue import set_ids

    for name in set_ids():
        new_study(tmp_path / name, set_id=name)
        assert open_study(tmp_path / name).questionnaire.items


def test_what_is_still_an_example_is_said(tmp_path):
    new_study(tmp_path / "s")
    _, findings = examine_study(tmp_path / "s")
    assert [one.code for one in findings] == ["study.still-placeholder", "study.still-examples"]
    settings = tmp_path / "s" / "study.toml"
    text = settings.read_text(encoding="utf-8").replace("Naam van uw onderzoek", "Warmte")
    settings.write_text(re.sub(r"(?s)communities = \[.*?\]\n", "", text, count=1), encoding="utf-8")
    assert examine_study(tmp_path / "s")[1] == ()
