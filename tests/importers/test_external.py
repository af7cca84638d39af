"""Ratings from outside the table: what is read, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from lcdiag.base.findings import Severity
from lcdiag.base.text import languages, sentence
from lcdiag.importers.external import read_external
from lcdiag.instrument.outside import OutsideSource
from lcdiag.survey.open import open_study
from lcdiag.survey.outside import outside_sheet

HEAD = "community,wave,source,scale,rating,share"
SETTINGS = """title = "Proef"
set = "short"
communities = [{ name = "Noord" }, { name = "=Zuid" }]
parties = [{ name = "Gemeente", sector = "overheid" }, { name = "School", sector = "onderwijs" }]
waves = [{ number = 1 }, { number = 2 }]
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study.toml").write_text(SETTINGS, encoding="utf-8")
    return open_study(tmp_path)


def write(study, *rows, head=HEAD, name="external.csv", encoding="utf-8"):
    text = "\n".join([head, *rows]) + "\n"
    (study.folder / name).write_text(text, encoding=encoding)
    return read_external(study)


def codes(findings, severity=Severity.ERROR):
    return [one.code for one in findings if one.severity is severity]


def test_a_study_without_the_file_has_no_ratings(study):
    ratings, findings = read_external(study)
    assert len(ratings) == 0
    assert findings == ()


def test_ratings_are_read_with_who_gave_them(study):
    ratings, findings = write(
        study,
        "Noord,1,begeleider,lc-safety:safety,5,ja",
        "Noord,2,facilitator,lc-collusion:collaboration,6,",
        "=Zuid,1,achterban,th1,2,",
        "=Zuid,1,home,th1,3,",
    )
    assert not codes(findings)
    first, second, *home = ratings.ratings
    assert (first.community, first.wave, first.source) == ("Noord", 1, OutsideSource.FACILITATOR)
    assert (first.subject, first.rating, first.shared) == ("lc-safety:safety", 5, True)
    assert not second.shared
    assert [one.rating for one in home] == [2, 3]
    assert ratings.communities(OutsideSource.HOME) == ("=Zuid",)


def test_what_was_read_is_told_by_source_and_what_a_report_uses_of_it(study):
    rows = [f"Noord,1,achterban,th{i},4," for i in (1, 2)] * 5
    rows += ["=Zuid,1,achterban,th1,4,"] * 4
    rows.append("Noord,1,begeleider,lc-safety:safety,5,yes")
    _, findings = write(study, *rows)
    told = {one.code: dict(one.facts) for one in findings}
    assert told["outside.read-facilitator"] == {"n": 1, "communities": 1, "shared": 1}
    assert told["outside.read-home"]["n"] == 14
    assert told["outside.read-home"]["communities"] == 2
    assert told["outside.few-at-home"]["community"] == "=Zuid"
    assert "outside.in-report" in told
    assert {one.severity for one in findings} == {Severity.NOTE}


def test_every_fault_is_told_at_once_with_its_rows(study):
    ratings, findings = write(
        study,
        "Nord,1,begeleider,lc-safety:safety,5,",
        "Nord,1,begeleider,lc-safety:safety,5,",
        "Noord,3,begeleider,lc-safety:safety,5,",
        "Noord,1,begleider,lc-safety:safety,5,",
        "Noord,1,begeleider,lc-safety:saftey,5,",
        "Noord,1,begeleider,lc-safety:safety,8,",
        "Noord,1,begeleider,lc-trust:between,vijf,",
        "Noord,1,begeleider,lc-conflict:task,4.5,",
        "Noord,1,begeleider,lc-conflict:relationship,4,misschien",
        "Noord,1,achterban,lc-safety:safety,4,",
    )
    assert len(ratings) == 0
    found = {(one.code, one.facts["value"]): one.facts for one in findings}
    assert found["outside.unknown-community", "Nord"]["rows"] == ("2", "3")
    assert found["outside.unknown-community", "Nord"]["near"] == "Noord"
    assert found["outside.unknown-wave", "3"]["options"] == ("1", "2")
    assert found["outside.unknown-source", "begleider"]["near"] == "begeleider"
    assert found["outside.unknown-scale", "lc-safety:saftey"]["near"] == "lc-safety:safety"
    assert found["outside.not-a-point", "8"]["high"] == 7
    assert ("outside.not-a-point", "vijf") in found
    assert ("outside.not-a-point", "4.5") in found
    assert ("outside.unknown-share", "misschien") in found
    assert ("outside.unknown-statement", "lc-safety:safety") in found
    assert len(findings) == len(found)


def test_one_row_may_have_several_faults(study):
    _, findings = write(study, "Nord,9,wie,lc-safety:safety,5,misschien")
    assert len(codes(findings)) == 4


def test_a_scale_without_its_instrument_is_a_near_miss(study):
    _, (finding,) = write(study, "Noord,1,begeleider,safety,5,")
    assert finding.facts["near"] == "lc-safety:safety"


def test_what_cannot_be_seen_from_outside_is_refused(study):
    _, findings = write(
        study, "Noord,1,begeleider,rp5,5,", "Noord,1,begeleider,lc-party-grid:keeps,5,"
    )
    assert codes(findings) == ["outside.not-visible"] * 2


def test_a_second_rating_by_the_facilitator_is_refused_and_of_people_at_home_is_not(study):
    twice = "Noord,1,begeleider,lc-safety:safety,5,"
    _, findings = write(study, twice, twice)
    (finding,) = findings
    assert finding.code == "outside.twice"
    assert (finding.facts["first"], finding.facts["rows"]) == ("2", ("3",))
    home = "Noord,1,achterban,th1,5,"
    ratings, findings = write(study, home, home)
    assert len(ratings) == 2
    assert not codes(findings)


def test_a_rating_of_someone_at_home_is_never_shared_one_by_one(study):
    ratings, findings = write(study, "Noord,1,achterban,th1,5,ja")
    assert codes(findings, Severity.WARNING) == ["outside.share-home"]
    assert not ratings.ratings[0].shared


@pytest.mark.parametrize("cell", ["", "?", "weet ik niet", "n.v.t."])
def test_a_line_without_a_rating_is_passed_over(study, cell):
    ratings, findings = write(study, f"Noord,1,begeleider,lc-safety:safety,{cell},")
    assert len(ratings) == 0
    assert codes(findings, Severity.NOTE) == ["outside.not-rated"]
    assert not codes(findings)


def test_the_label_of_a_point_is_a_rating(study):
    ratings, _ = write(study, "Noord,1,begeleider,lc-safety:safety,helemaal mee eens,")
    assert ratings.ratings[0].rating == 7


def test_missing_and_doubled_columns_are_told_together(study):
    _, findings = write(study, "Noord,x,1,5,5", head="community,bron,bron,score,rating")
    absent, double = findings
    assert (absent.code, absent.facts["missing"]) == ("outside.no-column", ("wave", "scale"))
    assert "scale / schaal" in absent.facts["columns"]
    assert (double.code, double.facts["column"]) == ("outside.column-twice", "source")


def test_a_dutch_heading_with_a_slip_is_a_near_miss(study):
    _, (finding,) = write(study, "Noord,1,x,5,5", head="gemeenschap,meetmomnt,bron,schaal,oordeel")
    assert finding.facts["near"] == "meetmomnt \u2192 wave"


def test_the_reader_is_told_in_the_own_language_who_cannot_rate_it(study):
    _, findings = write(
        study,
        "Noord,1,begeleider,lc-safety:x,5,",
        "Noord,1,begeleider,rp5,5,",
        "Noord,1,achterban,x,5,",
    )
    english = " ".join(sentence(one, "en") for one in findings)
    assert "begeleider" not in english
    assert "achterban" not in english
    assert "the facilitator" in english
    assert "people represented" in english
    dutch = " ".join(sentence(one, "nl") for one in findings)
    assert "facilitator" not in dutch
    assert "de begeleider" in dutch


def test_share_may_be_left_out_and_dutch_headings_are_read(study):
    ratings, findings = write(
        study,
        "Noord;1;begeleider;lc-safety:safety;5;let op",
        head="gemeenschap;meetmoment;bron;schaal;oordeel;opmerking",
    )
    assert not codes(findings)
    assert ratings.ratings[0].rating == 5


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_read_as_they_come(tmp_path, encoding):
    text = SETTINGS.replace('"Noord"', '"Één"')
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    ratings, findings = write(
        open_study(tmp_path),
        "één;1;begeleider;lc-safety:safety;5;",
        head=HEAD.replace(",", ";"),
        encoding=encoding,
    )
    assert not codes(findings)
    assert ratings.ratings[0].community == "Één"


def test_a_workbook_is_read_too_and_two_files_are_refused(study):
    book = Workbook()
    book.active.append(HEAD.split(","))
    book.active.append(["Noord", 1, "begeleider", "lc-safety:safety", 5, None])
    book.save(study.folder / "external.xlsx")
    ratings, _ = read_external(study)
    assert ratings.ratings[0].rating == 5
    ratings, findings = write(study)
    assert codes(findings) == ["outside.two-files"]
    assert len(ratings) == 0


def test_a_file_that_is_no_table_is_a_finding(study):
    (study.folder / "external.csv").write_bytes(b"\x00\x01\x02\x03 not a table")
    ratings, findings = read_external(study)
    assert len(ratings) == 0
    assert codes(findings) == ["responses.file-binary"]


@pytest.mark.parametrize("source", list(OutsideSource))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sheet_we_prepare_comes_back_as_it_was_filled(study, source, language):
    raw = outside_sheet(study, source, language)
    (study.folder / "external.csv").write_bytes(raw)
    ratings, findings = read_external(study)
    assert len(ratings) == 0
    assert codes(findings, Severity.NOTE) == ["outside.not-rated"]
    sign = ";" if language == "nl" else ","
    head, *lines = raw.decode("utf-8-sig").splitlines()
    filled = [sign.join([*row[:4], "3", *row[5:]]) for row in (line.split(sign) for line in lines)]
    (study.folder / "external.csv").write_text("\n".join([head, *filled]), encoding="utf-8")
    ratings, findings = read_external(study)
    assert not codes(findings)
    assert len(ratings) == len(lines)
    assert {one.community for one in ratings.ratings} == {"Noord", "=Zuid"}
    assert {one.source for one in ratings.ratings} == {source}
    assert not any(one.shared for one in ratings.ratings)


def test_every_finding_has_a_sentence_in_every_language(study):
    write(study, "Nord,9,wie,x,5,misschien", "Noord,1,begeleider,lc-safety:safety,12,")
    _, findings = read_external(study)
    assert findings
    for one in findings:
        said = {sentence(one, language) for language in languages()}
        assert len(said) == len(languages())
        assert not any("{" in text for text in said)


cell = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12
) | st.sampled_from(["Noord", "1", "begeleider", "lc-safety:safety", "=1+1", "5", "-5", "٣", "²"])


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.lists(cell, min_size=6, max_size=6), min_size=1, max_size=5))
def test_no_cell_can_do_harm(study, rows):
    import csv

    with Path(study.folder / "external.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEAD.split(","), *rows])
    ratings, findings = read_external(study)
    for one in ratings.ratings:
        assert 1 <= one.rating <= 7
    for one in findings:
        assert all(sentence(one, language) for language in languages())
