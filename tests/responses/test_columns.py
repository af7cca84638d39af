from __future__ import annotations

from pathlib import Path

import pytest
from small_questionnaire import asked, instrument, study, three_items

from lcdiag.base.findings import Severity
from lcdiag.responses.columns import ColumnMap, guess_columns
from lcdiag.responses.sheet import Sheet, letters


def sheet(*header: str, rows: tuple[tuple[str, ...], ...] = (), **more: object) -> Sheet:
    numbers = tuple(range(2, 2 + len(rows)))
    return Sheet(header, rows, numbers, Path("a.csv"), **more)  # type: ignore[arg-type]


def targets(columns: ColumnMap) -> list[str]:
    return [column.target or column.kind for column in columns.columns]


def test_our_own_headings_in_both_languages() -> None:
    for header in (
        ("code", "gemeenschap", "partij", "sector", "meetmoment", "taal", "aa1", "aa2", "aa3"),
        ("Code", "Community", "PARTY", " sector", "wave", "language", "AA1", "aa2", "aa3"),
    ):
        columns = guess_columns(sheet(*header), three_items())
        assert targets(columns) == [
            *("person", "community", "party", "sector", "wave", "language"),
            *("aa1", "aa2", "aa3"),
        ]
        assert columns.findings == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Dit is stelling aa1, over ons.",
        "This is item aa1, about us",
        "  dit is\u00a0stelling   AA1,\nover ons ",
        "aa1. Dit is stelling aa1, over ons.",
        "aa1 - whatever stood here",
        "Wat vindt u? [Dit is stelling aa1, over ons.]",
        "Q7[aa1]",
    ],
)
def test_an_item_is_known_by_code_or_text(heading: str) -> None:
    assert targets(guess_columns(sheet(heading), three_items())) == ["aa1"]


def test_a_running_number_is_never_taken_for_a_person() -> None:
    assert guess_columns(sheet("id", "aa1"), three_items()).background == {}


def test_the_authors_own_map_wins_and_is_checked() -> None:
    override = {"COMPID": "community", "aa1": "ignore", "x": "AA2", "y": "aa9", "COMPIDD": "party"}
    columns = guess_columns(sheet("COMPID", "aa1", "x"), three_items(), override=override)
    assert targets(columns) == ["community", "ignored", "aa2"]
    codes = {one.code: one for one in columns.findings}
    assert codes["responses.override-target"].facts["near"] in {"aa1", "aa2", "aa3"}
    assert codes["responses.override-heading"].facts["near"] == "COMPID"


def test_the_map_that_came_with_the_sheet_counts() -> None:
    columns = guess_columns(sheet("x", override={"x": "aa1"}), three_items())
    assert columns.items == {"aa1": 0}
    assert columns.rows() == (("A", "x", "aa1", "columns.toml"),)


def test_two_columns_for_one_item_are_an_error() -> None:
    columns = guess_columns(sheet("aa1", "x", "Dit is stelling aa1, over ons."), three_items())
    double = [one for one in columns.findings if one.severity is Severity.ERROR]
    assert [one.code for one in double] == ["responses.column-twice"]
    assert double[0].facts["columns"] == ("A", "C")


def test_our_own_heading_wins_from_a_synonym() -> None:
    columns = guess_columns(sheet("deelnemer", "code", "aa1"), three_items())
    assert columns.background == {"person": 1}
    assert not any(one.severity is Severity.ERROR for one in columns.findings)


def test_unknown_columns_have_near_misses() -> None:
    columns = guess_columns(sheet("aa1", "aa2", "aaa3", "gemeenschp", "Tijdstempel"), three_items())
    near = {
        one.facts["heading"]: one.facts["near"]
        for one in columns.findings
        if one.code == "responses.unknown-column"
    }
    assert near == {"aaa3": "aa3", "gemeenschp": "gemeenschap"}
    unused = [one for one in columns.findings if one.code == "responses.unused-columns"]
    assert unused[0].facts["headings"] == ("Tijdstempel",)


def test_a_file_that_fits_no_instrument() -> None:
    columns = guess_columns(sheet("first", "second"), three_items())
    assert [one.code for one in columns.findings if one.severity is Severity.ERROR] == [
        "responses.no-items"
    ]


def test_an_item_without_a_column_is_said() -> None:
    columns = guess_columns(sheet("aa1", "aa3"), three_items())
    assert [(one.code, one.facts["codes"]) for one in columns.findings] == [
        ("responses.items-missing", ("aa2",))
    ]


def test_a_text_that_two_items_share_is_not_guessed() -> None:
    one, other = instrument({"aa1": False}), instrument({"bb1": False}, name="other")
    same = {"nl": "Gelijk.", "en": "Equal."}
    both = asked(
        *(
            made.model_copy(update={"items": (made.items[0].model_copy(update={"text": same}),)})
            for made in (one, other)
        )
    )
    assert targets(guess_columns(sheet("Gelijk."), both)) == ["unknown"]


def test_cells_with_names_of_the_study_give_a_column_away() -> None:
    rows = (("noord", "1", "Onderwijs"), ("ZUID", "2", "Gemeente Zwolle"), ("", "3", ""))
    columns = guess_columns(
        sheet("Waar zit u?", "aa1", "Namens wie?", rows=rows), three_items(), study()
    )
    assert columns.background == {"community": 0, "party": 2}


def test_ten_thousand_unknown_columns_give_few_findings() -> None:
    header = (*(f"kolom {i}" for i in range(10_000)), "aa1")
    columns = guess_columns(sheet(*header), three_items(), study())
    assert columns.items == {"aa1": 10_000}
    assert len(columns.findings) < 30


def test_letters_are_those_of_a_spreadsheet() -> None:
    from openpyxl.utils import get_column_letter

    assert [letters(i) for i in range(2_000)] == [get_column_letter(i + 1) for i in range(2_000)]


def test_an_open_question_is_known_by_code_text_or_text_with_hint() -> None:
    questionnaire = asked(*three_items().instruments, link=True)
    columns = guess_columns(sheet("aa1", "lk1", "Vraag 2?", "Question 3?"), questionnaire)
    assert columns.open_questions == {"lk1": 1, "lk2": 2, "lk3": 3}


def test_columns_that_name_persons_are_to_be_removed() -> None:
    rows = (("ann@x.nl", "anonymous", "Ann", "x", "1"), ("bob@x.nl", "anonymous", "Bob", "y", "2"))
    header = ("E-mailadres", "Naam", "Last name", "Opmerking", "aa1")
    found = guess_columns(sheet(*header, rows=rows), three_items()).findings
    personal = [one for one in found if one.code == "responses.personal-columns"]
    assert [(one.severity, one.facts["headings"]) for one in personal] == [
        (Severity.WARNING, ("E-mailadres", "Last name"))
    ]
