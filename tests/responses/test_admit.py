from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_questionnaire import asked, instrument, study, three_items

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Severity
from lcdiag.base.text import sentence
from lcdiag.instrument.study import RosterRow
from lcdiag.responses.admit import admit, examine
from lcdiag.responses.model import DONT_KNOW, MISSING, ResponseSet
from lcdiag.responses.sheet import Sheet

HEADER = ("code", "gemeenschap", "partij", "aa1", "aa2", "aa3")


def sheet(*rows: str, header: tuple[str, ...] = HEADER, name: str = "a.csv") -> Sheet:
    cells = tuple(tuple(row.split("|")) for row in rows)
    return Sheet(header, cells, tuple(range(2, 2 + len(rows))), Path(name))


def kinds(findings: tuple, severity: Severity | None = None) -> list[str]:
    for one in findings:
        for language in ("nl", "en"):
            assert "{" not in sentence(one, language)
    return [one.code for one in findings if severity in (None, one.severity)]


def errors(*sheets: Sheet, **more: object) -> list[str]:
    responses, findings = examine(sheets, three_items(), **more)  # type: ignore[arg-type]
    assert responses is None
    return kinds(findings, Severity.ERROR)


def test_rows_become_checked_answers() -> None:
    one = sheet("p1|Noord|Hogeschool|1|dk|", "p2|Zuid|Bakker BV|5|4|3")
    answers = admit([(2, one)], three_items(), study=study())
    assert answers.person.tolist() == ["p1", "p2"]
    assert answers.community.tolist() == ["Noord", "Zuid"]
    assert answers.sector.tolist() == ["onderwijs", "bedrijven"]
    assert answers.wave.tolist() == [2, 2]
    assert answers.columns == ("aa1", "aa2", "aa3")
    assert answers.codes.tolist() == [[1, DONT_KNOW, MISSING], [5, 4, 3]]
    assert answers.codes.dtype == np.int16
    assert answers.findings == ()


def test_a_person_may_sit_in_two_communities_and_answer_in_two_waves() -> None:
    first = sheet("p1|Noord|Hogeschool|1|2|3", "p1|Zuid|Hogeschool|2|2|4")
    second = sheet("P1|Noord|Hogeschool|1|3|3", name="b.csv")
    answers = admit([(1, first), (2, second)], three_items(), study=study())
    assert len(answers) == 3
    assert set(answers.person.tolist()) == {"P1"}
    assert answers.findings == ()


def test_codes_that_look_like_names_are_said_by_row_and_never_repeated() -> None:
    codes = ("Jan de Boer", "jan@deboer.nl", "AB-12", "Rood Fiets 7", "rood-fiets-mei", "P. Smit")
    one = sheet(*(f"{code}|Noord||{n % 3 + 1}|2|3" for n, code in enumerate(codes)))
    _, findings = examine([(1, one)], three_items(), study=study())
    (named,) = [finding for finding in findings if finding.code == "responses.code-is-name"]
    assert named.severity is Severity.WARNING
    assert named.facts["rows"] == ("2", "3")
    for language in ("nl", "en"):
        assert "Jan" not in sentence(named, language)


def test_a_repeated_row_counts_once_and_is_said() -> None:
    one = sheet("p1|Noord|Hogeschool|1|2|3", "p2|Noord||1|2|3", "p1|Noord|Hogeschool|1|2|3")
    answers = admit([one], three_items(), study=study())
    assert answers.person.tolist() == ["p1", "p2"]
    assert [(f.code, f.facts["rows"]) for f in answers.findings] == [
        ("responses.same-twice", ("4",))
    ]


def test_different_answers_of_one_person_are_an_error_with_both_places() -> None:
    first, second = sheet("p1|Noord||1|2|3"), sheet("p1|Noord||1|2|4", name="b.csv")
    _, findings = examine([(1, first), (1, second)], three_items(), study=study())
    (clash,) = [one for one in findings if one.severity is Severity.ERROR]
    assert clash.code == "responses.different-twice"
    assert clash.facts == {"first": "2 (a.csv)", "second": "2 (b.csv)"}


def test_many_clashes_are_counted() -> None:
    rows = [f"p{i}|Noord||{j}|2|3" for i in range(500) for j in (1, 2)]
    found = errors(sheet(*rows), study=study())
    assert found == ["responses.different-twice"] * 10 + ["responses.different-twice-more"]


def test_rows_without_an_answer_are_left_out_and_counted() -> None:
    one = sheet("p1|Noord||||", "p2|Noord||1|2|3", "p3|Noord||dk||", "p4|Noord||-99|NA|")
    answers = admit([one], three_items(), study=study())
    assert answers.person.tolist() == ["p2", "p3"]
    (note,) = answers.findings
    assert (note.code, note.facts["n"], note.facts["rows"]) == (
        "responses.empty-rows",
        2,
        ("2", "5"),
    )


def test_all_answers_missing() -> None:
    assert errors(sheet("p1|Noord||||", "p2|Noord||||"), study=study()) == ["responses.no-answers"]


def test_only_headings() -> None:
    assert errors(sheet(), study=study()) == ["responses.no-rows"]


def test_no_sheet_at_all() -> None:
    assert errors() == ["responses.no-rows"]


def test_all_answers_equal_is_said_and_nobody_is_left_out() -> None:
    codes = [f"aa{i}" for i in range(12)]
    questionnaire = asked(instrument(dict.fromkeys(codes, False)))
    rows = tuple("|".join(["x", *["4"] * 12]) for _ in range(5))
    one = sheet(*rows, header=("gemeenschap", *codes))
    answers, findings = examine([one], questionnaire)
    assert answers is not None
    assert len(answers) == 5
    assert kinds(findings) == ["responses.all-equal", "responses.straight", "responses.unlinked"]


def test_one_straight_liner_is_a_counted_note() -> None:
    codes = [f"aa{i}" for i in range(10)]
    questionnaire = asked(instrument(dict.fromkeys(codes, False)))
    rows = ("p1|x|" + "|".join("3" * 10), "p2|x|" + "|".join("1234512345"))
    _, findings = examine([sheet(*rows, header=("code", "gemeenschap", *codes))], questionnaire)
    assert [(one.code, one.facts["rows"]) for one in findings] == [("responses.straight", ("2",))]


def test_one_respondent_is_admitted() -> None:
    assert len(admit([sheet("p1|Noord||1|2|3")], three_items(), study=study())) == 1


def test_only_dont_know_is_admitted_with_a_warning() -> None:
    answers = admit([sheet("p1|Noord||dk|dk|dk")], three_items(), study=study())
    assert kinds(answers.findings) == ["responses.no-ratings"]


def test_an_unknown_community_is_an_error_with_a_near_miss() -> None:
    rows = ("p1|Noordd||1|2|3", "p2|<script>alert(1)</script>||1|2|3")
    _, findings = examine([sheet(*rows)], three_items(), study=study())
    unknown = [one for one in findings if one.severity is Severity.ERROR]
    assert [one.code for one in unknown] == ["responses.community-unknown"] * 2
    assert [one.facts["near"] for one in unknown] == ["Noord", ""]


def test_names_in_other_case_or_spacing_are_read_and_said() -> None:
    rows = ("p1| noord|gemeente  zwolle|1|2|3", "p2|Noord|Gemeente Zwolle|1|2|3")
    answers = admit([sheet(*rows)], three_items(), study=study())
    assert set(answers.community.tolist()) == {"Noord"}
    assert set(answers.party.tolist()) == {"Gemeente Zwolle"}
    assert kinds(answers.findings) == ["responses.community-respelled", "responses.party-respelled"]


def test_an_unknown_party_counts_for_the_community_only() -> None:
    one = sheet("p1|Noord|Gemeente Zwole|1|2|3")
    answers = admit([one], three_items(), study=study())
    assert answers.party.tolist() == [""]
    (warning,) = answers.findings
    assert warning.code == "responses.party-unknown"
    assert warning.facts["near"] == "Gemeente Zwolle"


def test_a_sector_in_the_party_column_is_a_sector() -> None:
    answers = admit([sheet("p1|Noord|Onderwijs|1|2|3")], three_items(), study=study())
    assert answers.party.tolist() == [""]
    assert answers.sector.tolist() == ["onderwijs"]
    assert answers.findings == ()


def test_who_would_rather_not_name_a_party_is_no_finding() -> None:
    rows = ("p1|Noord|Dat zeg ik liever niet|1|2|3", "p2|Noord|I would rather not say|1|2|3")
    answers = admit([sheet(*rows)], three_items(), study=study())
    assert answers.party.tolist() == ["", ""]
    assert answers.findings == ()


def test_a_file_is_named_once_after_its_rows() -> None:
    first = sheet("p1|Noord||1|2|3", "p2|Noord||||", "p3|Noord||||")
    second = sheet("p4|Noord||||", name="b.csv")
    answers = admit([(1, first), (1, second)], three_items(), study=study())
    assert answers.findings[0].facts["rows"] == ("3", "4 (a.csv)", "2 (b.csv)")


def test_without_a_community_column() -> None:
    header = ("code", "aa1", "aa2", "aa3")
    one = sheet("p1|1|2|3", header=header, name="teams.csv")
    alone = study(communities=("Noord",))
    none = study(communities=())
    assert errors(one, study=study()) == ["responses.no-community"]
    assert admit([one], three_items(), study=alone).community.tolist() == ["Noord"]
    assert admit([one], three_items(), study=none).community.tolist() == ["Proefstudie"]
    free = admit([one], three_items())
    assert free.community.tolist() == ["teams"]
    assert kinds(free.findings) == ["responses.one-community"]


def test_a_row_without_a_community_is_left_out_and_said() -> None:
    one = sheet("p1|||1|2|3", "p2|Zuid||1|2|3")
    answers = admit([one], three_items(), study=study())
    assert answers.person.tolist() == ["p2"]
    assert kinds(answers.findings) == ["responses.community-blank"]


def test_communities_come_from_the_answers_where_the_study_names_none() -> None:
    one = sheet("p1|Oost|Partij X|1|2|3", "p2|OOST|Partij X|1|2|3", "p3|=HYPERLINK(1)||1|2|3")
    answers = admit([one], three_items())
    assert answers.community.tolist() == ["OOST", "OOST", "=HYPERLINK(1)"]
    assert answers.party.tolist() == ["Partij X", "Partij X", ""]


def test_waves_come_from_the_folder_or_a_column_that_agrees() -> None:
    header = ("code", "gemeenschap", "meetmoment", "aa1", "aa2", "aa3")
    rows = ("p1|Noord|meetmoment 2|1|2|3", "p2|Noord||1|2|3", "p3|Noord|2.0|1|2|3")
    one = sheet(*rows, header=header)
    assert admit([(2, one)], three_items(), study=study()).wave.tolist() == [2, 2, 2]
    assert admit([one], three_items(), study=study()).wave.tolist() == [2, 1, 2]
    assert admit([(0, one)], three_items(), study=study()).wave.tolist() == [2, 1, 2]
    assert errors(*[(1, one)], study=study()) == ["responses.wave-conflict"]  # type: ignore[arg-type]


def test_waves_that_cannot_be() -> None:
    header = ("code", "gemeenschap", "wave", "aa1", "aa2", "aa3")
    assert errors(sheet("p|Noord|7|1|2|3", header=header), study=study()) == [
        "responses.wave-unknown"
    ]
    assert errors(sheet("p|Noord|later|1|2|3", header=header), study=study()) == [
        "responses.wave-unreadable"
    ]


def test_roster_gaps() -> None:
    roster = (
        RosterRow("Noord", "Hogeschool", "onderwijs", 1, 1),
        RosterRow("Noord", "Bakker BV", "bedrijven", 1, 2),
        RosterRow("Zuid", "Bakker BV", "bedrijven", 2, 2),
    )
    rows = [f"p{i}|Noord|Hogeschool|1|2|3" for i in range(3)]
    rows += ["q|Noord|Gemeente Zwolle|1|2|3", "r|Zuid||1|2|3"]
    _, findings = examine([(1, sheet(*rows))], three_items(), study=study(roster=roster))
    assert kinds(findings, Severity.WARNING) == [
        "responses.more-than-invited",
        "responses.nobody-invited",
        "responses.party-not-invited",
        "responses.party-more-than-invited",
    ]


def test_rows_without_a_code_link_to_nothing() -> None:
    first, second = sheet("|Noord||1|2|3", "|Noord||1|2|3"), sheet("|Noord||1|2|3", name="b.csv")
    answers = admit([(1, first), (2, second)], three_items(), study=study())
    assert len(set(answers.person.tolist())) == 3
    assert answers.person.tolist()[2].startswith("row-2-")
    assert kinds(answers.findings) == ["responses.unlinked"]


LINKED = ("gemeenschap", "aa1", "aa2", "aa3", "lk1", "lk2", "lk3")


def linked(*rows: str) -> ResponseSet:
    questionnaire = asked(*three_items().instruments, link=True)
    return admit([sheet(*rows, header=LINKED)], questionnaire)


def test_three_link_answers_make_a_pseudonym() -> None:
    answers = linked("x|1|2|3|An|Do|7", "y|1|2|3|an|DO |7", "x|1|2|3|an||7")
    assert answers.person[0] == answers.person[1]
    assert answers.person[2].startswith("row-")


def test_a_link_code_that_two_people_share_links_neither() -> None:
    answers = linked("x|1|2|3|an|do|7", "x|1|5|3|an|do|7", "x|1|2|2|be|do|1")
    assert len(answers) == 3
    assert len(set(answers.person.tolist())) == 3
    assert "responses.code-shared" in kinds(answers.findings)


def test_everything_is_reported_at_once() -> None:
    rows = ["p1|Nord||9|x|3", "p1|Zuid||1|2|3", "p1|Zuid||2|2|3"]
    found = errors(sheet(*rows), study=study())
    assert {"responses.community-unknown", "responses.different-twice"} <= set(found)


def test_admit_raises_with_all_findings() -> None:
    with pytest.raises(LcdiagError) as error:
        admit([sheet("p1|Noordd||1|2|3")], three_items(), study=study())
    assert kinds(error.value.findings) == ["responses.community-unknown"]


def test_what_the_reader_found_travels_along() -> None:
    from lcdiag.base.findings import Finding

    note = Finding("responses.windows-text", Severity.NOTE, "a.csv")
    answers = admit([sheet("p1|Noord||1|2|3")], three_items(), study=study(), found=[note])
    assert answers.findings == (note,)
    wrong = Finding("responses.file-empty", Severity.ERROR, "b.csv")
    responses, _ = examine([sheet("p1|Noord||1|2|3")], three_items(), study=study(), found=[wrong])
    assert responses is None


def test_the_digest_does_not_depend_on_the_order_of_rows_but_on_the_answers() -> None:
    rows = ["p1|Noord||1|2|3", "p2|Noord||3|2|3", "|Zuid|Hogeschool|1||3"]
    digests = {
        admit([sheet(*order)], three_items(), study=study()).digest
        for order in (rows, rows[::-1], [rows[1], rows[2], rows[0]])
    }
    assert len(digests) == 1
    assert (
        admit([sheet("p1|Noord||1|2|4", *rows[1:])], three_items(), study=study()).digest
        not in digests
    )


def test_the_sheet_refuses_numbers_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="one number a row"):
        Sheet(("a",), (("1",),), (), Path("a.csv"))


def test_a_sector_that_does_not_fit_is_said() -> None:
    header = ("code", "gemeenschap", "partij", "sector", "aa1", "aa2", "aa3")
    rows = ("p1|Noord|Hogeschool|bedrijven|1|2|3", "p2|Noord||onderwjs|1|2|3")
    answers = admit([sheet(*rows, header=header)], three_items(), study=study())
    assert answers.sector.tolist() == ["onderwijs", ""]
    assert kinds(answers.findings) == ["responses.sector-unknown", "responses.sector-clash"]


def test_many_unknown_names_are_counted() -> None:
    rows = tuple(f"p{i}|Noord|Onbekend {i:03d}|1|2|3" for i in range(300))
    answers = admit([sheet(*rows)], three_items(), study=study())
    found = kinds(answers.findings)
    assert found == ["responses.party-unknown"] * 10 + ["responses.party-unknown-more"]
    assert answers.findings[-1].facts["n"] == 290
