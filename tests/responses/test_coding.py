from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_questionnaire import asked, instrument, three_items

from lcdiag.base.findings import Severity
from lcdiag.base.text import sentence
from lcdiag.importers.table import read_table
from lcdiag.responses.coding import Key, code_cells
from lcdiag.responses.columns import guess_columns
from lcdiag.responses.model import DONT_KNOW, MISSING
from lcdiag.responses.sheet import Sheet


def key() -> Key:
    return Key.of(three_items().format_of("aa1"))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1", 1),
        (" 5 ", 5),
        ("3.0", 3),
        ("3,00", 3),
        ("4.", 4),
        ("Helemaal eens", 5),
        ("strongly  agree.", 5),
        ("ONEENS", 2),
        ("5 - helemaal eens", 5),
        ("2 (oneens)", 2),
        ("4 = agree", 4),
        ("", MISSING),
        ("  ", MISSING),
        ("NA", MISSING),
        ("-99", MISSING),
        ("-98.0", MISSING),
        ("-97", MISSING),
        ("weet niet", DONT_KNOW),
        ("Weet ik niet", DONT_KNOW),
        ("dk", DONT_KNOW),
        ("dat weet ik niet", DONT_KNOW),
        ("I can’t say", DONT_KNOW),
        ("Don\u2019t know", DONT_KNOW),
        ("n.v.t.", DONT_KNOW),
        ("?", DONT_KNOW),
        (" ? ", DONT_KNOW),
    ],
)
def test_what_a_cell_says(cell: str, code: int) -> None:
    assert key().code(cell) == code


@pytest.mark.parametrize("cell", ["0", "6", "-1", "7", "3.5", "5 - oneens", "=1+1", "<b>", "1;2"])
def test_what_is_no_answer_gets_no_code(cell: str) -> None:
    assert key().code(cell) not in range(6)
    assert key().code(cell) not in (MISSING, DONT_KNOW)


def test_a_label_with_two_meanings_is_not_guessed() -> None:
    form = {"low": 1, "high": 2, "points": {"nl": ("vaak", "nooit"), "en": ("never", "vaak")}}
    ambiguous = Key.of(asked(instrument({"aa1": False}, form=form)).format_of("aa1"))
    assert ambiguous.code("nooit") == 2
    assert ambiguous.code("vaak") not in (1, 2)


def coded(rows: list[list[str]]) -> tuple[np.ndarray, tuple]:
    made = Sheet(
        ("aa1", "aa2", "aa3"),
        tuple(tuple(row) for row in rows),
        tuple(range(2, 2 + len(rows))),
        Path("a.csv"),
    )
    return code_cells(made, guess_columns(made, three_items()), three_items())


def test_ten_thousand_bad_cells_are_one_finding_with_first_places() -> None:
    codes, findings = coded([["9", "1", "2"]] * 10_000)
    assert (codes[:, 0] == MISSING).all()
    assert [(one.code, one.facts["n"]) for one in findings] == [
        ("responses.out-of-range-many", 10_000)
    ]
    assert findings[0].facts["places"][:2] == ("aa1 (A2)", "aa1 (A3)")
    assert findings[0].severity is Severity.ERROR
    assert "10000" in sentence(findings[0], "nl")


def test_ten_thousand_different_bad_cells_too() -> None:
    _, findings = coded([[f"woord {i}", "1", "2"] for i in range(10_000)])
    assert [one.code for one in findings] == ["responses.unreadable-many"]


def test_one_bad_cell_is_a_warning_with_a_near_miss() -> None:
    codes, findings = coded([["1", "2", "Helemal eens"], *[["1", "2", "3"]] * 30])
    assert codes[0].tolist() == [1, 2, MISSING]
    assert [one.severity for one in findings] == [Severity.WARNING]
    assert findings[0].facts["near"] == "helemaal eens"
    assert findings[0].facts["places"] == ("aa3 (C2)",)


def test_an_item_without_a_column_is_missing() -> None:
    made = Sheet(("aa2",), (("3",),), (2,), Path("a.csv"))
    codes, _ = code_cells(made, guess_columns(made, three_items()), three_items())
    assert codes.tolist() == [[MISSING, 3, MISSING]]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([MISSING, DONT_KNOW, 1, 2, 3, 4, 5]), min_size=3, max_size=3),
        min_size=1,
        max_size=25,
    ),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["codes", "nl", "en"]),
)
def test_codes_written_to_a_file_are_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    codes: list[list[int]],
    sign: str,
    codec: str,
    words: str,
) -> None:
    form = three_items().format_of("aa1")

    def cell(code: int) -> str:
        if code == MISSING:
            return ""
        if code == DONT_KNOW:
            return "dk" if words == "codes" else form.dont_know[words]
        return str(code) if words == "codes" else form.points[words][code - 1]

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign)
    writer.writerow(["gemeenschap", "aa1", "aa2", "aa3"])
    writer.writerows([["Één", *map(cell, row)] for row in codes])
    path = tmp_path_factory.mktemp("t") / "a.csv"
    path.write_bytes(out.getvalue().encode(codec))
    sheet, _ = read_table(path)
    found, findings = code_cells(sheet, guess_columns(sheet, three_items()), three_items())
    assert found.tolist() == codes
    assert findings == ()
