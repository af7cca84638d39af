from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import languages, resolve
from lcdiag.dossier.criteria import BY_ID, CRITERIA
from lcdiag.dossier.model import PARTS
from lcdiag.dossier.verdicts import At, line, rounded, verdict
from lcdiag.views.dossier_words import REASONS, criterion_name, limit_of, people_count, verdict_of

numbers = st.floats(-1, 1, allow_nan=False)


@given(value=numbers, half=st.floats(0, 0.5))
def test_only_a_whole_interval_decides(value: float, half: float) -> None:
    rule = BY_ID["omega"]
    cell = Estimate(value, value - half, value + half, 0.95, n=200)
    found, why = verdict(rule, cell)
    if value - half >= 0.7:
        assert found == "met"
    elif value + half < 0.7 - 1e-8:
        assert found == "not-met"
    elif value - half < 0.7 - 1e-8 and value + half > 0.7:
        assert (found, why) == ("cannot-be-judged", "limit-inside")


@given(value=st.floats(0.5, 1))
def test_between_two_customary_limits_nobody_can_say(value: float) -> None:
    found, why = verdict(BY_ID["cfi"], Estimate(value, n=400))
    if value >= 0.95:
        assert found == "met"
    elif value < 0.90 - 1e-8:
        assert found == "not-met"
    elif 0.90 < value < 0.95 - 1e-8:
        assert (found, why) == ("cannot-be-judged", "between")


@pytest.mark.parametrize(
    ("criterion", "value", "low", "high", "expected"),
    [
        ("rmsea", 0.05, 0.03, 0.07, "met"),
        ("rmsea", 0.12, 0.09, 0.15, "not-met"),
        ("rmsea", 0.07, 0.05, 0.09, "cannot-be-judged"),
        ("one-dimension", 1.0, None, None, "met"),
        ("one-dimension", 2.0, None, None, "not-met"),
        ("relation-positive", 0.3, 0.1, 0.5, "met"),
        ("relation-positive", -0.3, -0.5, -0.1, "not-met"),
        ("relation-negative", -0.3, -0.5, -0.1, "met"),
        ("relation-negative", 0.3, 0.1, 0.5, "not-met"),
        ("apart", 0.6, 0.5, 0.7, "met"),
        ("apart", 0.9, 0.87, 0.93, "not-met"),
        ("levels-language", -0.002, None, None, "met"),
        ("levels-language", -0.03, None, None, "not-met"),
        ("same-reversed", 0.97, 0.92, 1.0, "met"),
        ("same-reversed", 0.7, 0.6, 0.8, "not-met"),
        ("floor", 0.02, 0.0, 0.05, "met"),
        ("floor", 0.4, 0.3, 0.5, "not-met"),
        ("alpha", 0.4, 0.3, 0.5, "told"),
    ],
)
def test_each_side_of_each_kind_of_limit(
    criterion: str, value: float, low: float | None, high: float | None, expected: str
) -> None:
    confidence = None if low is None else 0.95
    found = line(criterion, Estimate(value, low, high, confidence, n=500), At(500, 50))
    assert found.verdict == expected


@given(value=numbers, half=st.floats(0, 0.5), decimals=st.integers(0, 3))
def test_intervals_are_rounded_outward(value: float, half: float, decimals: int) -> None:
    cell = rounded(Estimate(value, value - half, value + half, 0.95, n=9), decimals)
    assert cell.low is not None
    assert cell.high is not None
    assert cell.value is not None
    assert cell.low <= value - half + 1e-8
    assert cell.high >= value + half - 1e-8
    assert abs(cell.value - value) <= 0.5 / 10**decimals + 1e-9


def test_too_few_are_no_fail() -> None:
    good = Estimate(0.2, 0.1, 0.3, 0.95, n=29)
    found = line("omega", good, At(29))
    assert (found.verdict, found.why, found.n) == ("cannot-be-judged", "few-people", 29)
    fit = line("cfi", Estimate(0.2, n=99), At(99))
    assert (fit.verdict, fit.why, fit.value) == ("cannot-be-judged", "few-people", None)
    tables = line("icc-1", Estimate(0.5, 0.4, 0.6, 0.95, n=9), At(500, 9))
    assert (tables.verdict, tables.why, tables.value) == (
        "cannot-be-judged",
        "few-communities",
        None,
    )


def test_nothing_is_told_about_fewer_than_ten() -> None:
    found = line("missing", Estimate(0.2, 0.1, 0.3, 0.95, n=9), At(9))
    assert (found.value, found.n, found.why) == (None, 0, "fewer-than-10-people")


@pytest.mark.parametrize("language", languages())
def test_every_criterion_and_reason_has_words(language: str) -> None:
    assert {one.part for one in CRITERIA} == set(PARTS)
    for one in CRITERIA:
        for text in (criterion_name(one.id), limit_of(one), people_count(one)):
            assert "{" not in resolve(text, language)
        assert bool(one.source) == (one.side != "none"), one.id
    for why in (*REASONS, "a reason without words"):
        told = line("omega", Estimate.missing(why, n=50), At(50))
        assert "{" not in resolve(verdict_of(told), language)
