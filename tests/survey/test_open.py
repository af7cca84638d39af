from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_studies import HEADINGS, study_folder

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Severity
from lcdiag.base.text import sentence
from lcdiag.survey.open import examine_study, open_study

PARTIES = (
    'communities = ["Warmte"]\n'
    'parties = [{name="Gemeente", sector="overheid"}, {name="Net", sector="bedrijf"}]\n'
)


def codes(folder, severity=None):
    study, findings = examine_study(folder)
    for finding in findings:
        assert sentence(finding, "nl") != sentence(finding, "en")
    assert (study is None) == any(one.severity is Severity.ERROR for one in findings)
    return {one.code: one for one in findings if severity in (None, one.severity)}


def test_names_and_sectors_come_from_the_roster_in_its_order(tmp_path):
    rows = [("Zee", "Net", "bedrijf", 4), ("Aarde", "Net", None, 2), ("Aarde", "Gemeente", "x", 7)]
    study = open_study(study_folder(tmp_path, rows=rows))
    assert [one.name for one in study.settings.communities] == ["Zee", "Aarde"]
    assert [(one.name, one.sector) for one in study.settings.parties] == [
        ("Net", "bedrijf"),
        ("Gemeente", "x"),
    ]
    assert study.invited("Aarde", 1) == 9
    assert [row.sector for row in study.roster] == ["bedrijf", "bedrijf", "x"]


def test_without_a_roster_the_numbers_are_unknown(tmp_path):
    study = open_study(study_folder(tmp_path, PARTIES) / "study.toml")
    assert study.roster == ()
    assert study.invited("Warmte", 1) is None


def test_the_set_and_the_further_instruments_are_asked_in_order(tmp_path):
    study = open_study(study_folder(tmp_path, f'instruments = ["lc-link"]\n{PARTIES}'))
    assert study.questionnaire.pages[-1][0].open_questions
    assert study.questionnaire.codes[0] == "sa1"
    alone = open_study(study_folder(tmp_path / "b", 'title="x"\ninstruments=["lc-trust:between"]'))
    assert alone.questionnaire.codes == ("vp1", "vp2", "vp3", "vp4", "vp5")


def test_the_digest_follows_the_settings_not_the_folder(tmp_path):
    one = open_study(study_folder(tmp_path / "one", PARTIES))
    same = open_study(study_folder(tmp_path / "two", PARTIES))
    other = open_study(study_folder(tmp_path / "three", PARTIES + "kept_months = 3\n"))
    assert one.digest == same.digest != other.digest


def test_unknown_names_get_a_near_miss(tmp_path):
    rows = [("Warmt", "Gemeente", "overheid", 5), ("Warmte", "Gemeent", "overheid", 5)]
    found = codes(study_folder(tmp_path, PARTIES, rows))
    assert found["study.unknown-community"].facts["near"] == "Warmte"
    assert found["study.unknown-party"].facts["near"] == "Gemeente"
    assert found["study.unknown-community"].where == "deelnemers.xlsx, row 2, community"


@pytest.mark.parametrize("value", [-1, 2.5, "veel", True, "1e999", 10**9, "nan"])
def test_what_is_no_number_of_people_is_refused(tmp_path, value):
    rows = [("Warmte", "Gemeente", "overheid", value), ("Warmte", "Net", "bedrijf", 3)]
    assert "study.roster-not-a-count" in codes(study_folder(tmp_path, PARTIES, rows))


def test_a_number_written_as_text_is_a_number(tmp_path):
    rows = [("Warmte", "Gemeente", "overheid", "7"), ("Warmte", "Net", "bedrijf", 3.0)]
    study = open_study(study_folder(tmp_path, PARTIES, rows))
    assert [row.invited for row in study.roster] == [7, 3]


def test_a_gap_is_remarked_and_does_not_stop_the_work(tmp_path):
    rows = [("Warmte", "Gemeente", "overheid", 7), ("Warmte", "Net", "bedrijf", None)]
    folder = study_folder(tmp_path, PARTIES, rows)
    assert set(codes(folder)) == {"study.roster-gap"}
    assert open_study(folder).invited("Warmte", 1) == 7


def test_a_wave_to_come_may_stay_empty(tmp_path):
    waves = PARTIES + "waves = [{number=1}, {number=2}]\n"
    rows = [("Warmte", "Gemeente", "overheid", 7, None), ("Warmte", "Net", "bedrijf", 2, None)]
    headings = (*HEADINGS, "Uitgenodigd  Meetmoment 2")
    folder = study_folder(tmp_path, waves, rows, headings)
    assert not codes(folder)
    assert open_study(folder).invited("Warmte", 2) is None


def test_a_community_without_any_number_is_remarked(tmp_path):
    rows = [("Warmte", "Net", "bedrijf", 4), ("Water", "Net", "bedrijf", None)]
    assert "study.roster-community-unknown-number" in codes(study_folder(tmp_path, rows=rows))


def test_all_problems_of_a_roster_come_at_once(tmp_path):
    rows = [
        ("Warmte", "Gemeente", "overheid", 5),
        ("Warmte", "Gemeente", "overheid", 5),
        ("Warmte", None, "overheid", 5),
        (None, "Net", "iets anders", 5),
        ("Wärmte", "Net", "bedrijf", "x"),
    ]
    headings = (*HEADINGS, "uitgenodigd meetmoment 9", "e-mail")
    found = codes(study_folder(tmp_path, PARTIES, [(*row, 1, "a@b") for row in rows], headings))
    assert set(found) >= {
        "study.roster-twice",
        "study.roster-no-party",
        "study.roster-no-community",
        "study.roster-two-sectors",
        "study.unknown-community",
        "study.roster-not-a-count",
        "study.roster-unknown-wave",
        "study.roster-unknown-column",
    }


def test_two_spellings_of_one_name_are_refused(tmp_path):
    rows = [("Warmte", "Net", "bedrijf", 4), ("warmte", "Gemeente", "overheid", 4)]
    assert "study.roster-two-spellings" in codes(study_folder(tmp_path, rows=rows))


def test_missing_columns_are_named(tmp_path):
    found = codes(study_folder(tmp_path, rows=[("a", "b")], headings=("naam", "aantal")))
    assert "study.roster-no-column" in found


def test_mistakes_in_settings_and_roster_do_not_hide_each_other(tmp_path):
    extra = 'title="x"\ninstruments=["lc-trust:nothing"]\n' + PARTIES
    found = codes(study_folder(tmp_path, extra, [("Warmte", "Nett", "bedrijf", 4)]))
    assert {"study.unknown-party", "instrument.unknown-part"} <= set(found)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 half a file", b"a;b\n1;2\n", bytes(range(256))])
def test_a_broken_workbook_is_a_finding(tmp_path, raw):
    folder = study_folder(tmp_path, PARTIES)
    (folder / "deelnemers.xlsx").write_bytes(raw)
    assert "study.roster-not-a-workbook" in codes(folder)


def test_half_a_workbook_is_a_finding(tmp_path):
    folder = study_folder(tmp_path, PARTIES, [("Warmte", "Net", "bedrijf", 4)])
    raw = (folder / "deelnemers.xlsx").read_bytes()
    (folder / "deelnemers.xlsx").write_bytes(raw[: len(raw) // 2])
    assert "study.roster-not-a-workbook" in codes(folder)


def test_two_rosters_are_one_too_many(tmp_path):
    folder = study_folder(tmp_path, PARTIES, [("Warmte", "Net", "bedrijf", 4)])
    (folder / "participants.xlsx").write_bytes((folder / "deelnemers.xlsx").read_bytes())
    assert "study.two-rosters" in codes(folder)


def test_a_place_without_a_study_says_what_to_do(tmp_path):
    assert "study.no-study-file" in codes(tmp_path)
    assert "study.no-folder" in codes(tmp_path / "gone")
    (tmp_path / "answers.csv").write_text("a;b", encoding="utf-8")
    assert "study.not-a-study" in codes(tmp_path / "answers.csv")
    with pytest.raises(LcdiagError, match="lcdiag new"):
        open_study(tmp_path)


@given(rows=st.lists(st.tuples(*[st.none() | st.text(max_size=5) | st.floats()] * 4), max_size=6))
def test_whatever_a_roster_holds_it_is_read_or_remarked(tmp_path_factory, rows):
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    safe = [
        [ILLEGAL_CHARACTERS_RE.sub("", one) if isinstance(one, str) else one for one in row]
        for row in rows
    ]
    folder = study_folder(tmp_path_factory.mktemp("roster"), PARTIES, safe)
    study, findings = examine_study(folder)
    assert study is not None or findings
