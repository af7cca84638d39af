from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity, near_miss
from lcdiag.base.text import Message, Number, Wording, format_number, languages, resolve, sentence


def test_dutch_stands_first_among_the_languages() -> None:
    assert languages()[:2] == ("nl", "en")


@pytest.mark.parametrize(
    ("value", "language", "signed", "written"),
    [
        (4.25, "nl", False, "4,2"),
        (4.26, "en", False, "4.3"),
        (-1.5, "nl", False, "\u22121,5"),
        (1.5, "en", True, "+1.5"),
        (0.0, "en", True, "0.0"),
        (-0.01, "nl", True, "0,0"),
    ],
)
def test_numbers_follow_the_language(
    value: float, language: str, signed: bool, written: str
) -> None:
    assert format_number(value, language, signed=signed) == written


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_number_can_be_read_back_in_both_languages(value: float, decimals: int) -> None:
    for language in ("nl", "en"):
        text = format_number(value, language, decimals).replace(",", ".").replace("\u2212", "-")
        assert float(text) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-9)


def test_wording_falls_back_on_english_and_then_on_what_there_is() -> None:
    assert resolve(Wording({"nl": "hallo", "en": "hello"}), "fy") == "hello"
    assert resolve(Wording({"nl": "hallo"}), "en") == "hallo"
    assert resolve(Number(2.5, 2), "nl") == "2,50"


def test_the_plural_form_follows_n() -> None:
    assert resolve(Message("cli.forget.done", {"n": 1}), "nl") == "1 rij verwijderd."
    assert resolve(Message("cli.forget.done", {"n": 3}), "nl") == "3 rijen verwijderd."


def test_an_unknown_message_is_our_fault() -> None:
    with pytest.raises(KeyError, match="no sentence for message id"):
        resolve(Message("cli.no-such-thing"), "nl")


def test_a_finding_reads_as_place_rule_and_near_miss() -> None:
    finding = Finding("base.file-busy", Severity.ERROR, "answers.xlsx", {"near": "answer.xlsx"})
    assert sentence(finding, "en") == (
        "answers.xlsx: This file is still open in another program, perhaps Excel. "
        "Close it there and try again. Did you mean \u201canswer.xlsx\u201d?"
    )


def test_an_error_carries_all_findings_errors_first() -> None:
    note = Finding("base.file-busy", Severity.NOTE)
    error = Finding("base.cannot-write", Severity.ERROR, facts={"reason": "full"})
    assert LcdiagError([note, error]).findings == (error, note)
    with pytest.raises(ValueError, match="at least one"):
        LcdiagError([])


def test_near_misses_are_near() -> None:
    assert near_miss("Trsut_3", ["trust_3", "safety_1"]) == "trust_3"
    assert near_miss("zzz", ["trust_3"]) == ""


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("deelnemers.xlsx, row 6, community", "deelnemers.xlsx, rij 6, gemeenschap: "),
        ("study.toml, line 5", "study.toml, regel 5: "),
        ("study.toml, waves, row 2, number", "study.toml, waves, rij 2, number: "),
        ("a row 3.csv", "a row 3.csv: "),
    ],
)
def test_a_place_is_said_in_the_readers_language(where: str, said: str) -> None:
    finding = Finding("base.file-busy", Severity.ERROR, where)
    assert sentence(finding, "nl").startswith(said)
    assert sentence(finding, "en").startswith(f"{where}: ")
