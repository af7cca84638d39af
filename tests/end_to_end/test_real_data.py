"""Real files from reading to the page, with the numbers that other programs give for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from end_to_end.real_studies import leadership_study, personality_study

from lcdiag import check, diagnose, open_study, read_responses, render, score
from lcdiag.base.estimate import Estimate
from lcdiag.base.findings import has_errors
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.instrument.study import Study
from lcdiag.responses.model import ResponseSet

WHOLE = Unit(kind="study")


class Reference:
    """The reference entries of a data set, with their own tolerance."""

    def __init__(self, folder: Path) -> None:
        entries = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["entries"]
        self.entries = {entry["id"]: entry for entry in entries}

    def close(self, got: float | None, entry: str, *path: Any) -> bool:
        value: Any = self.entries[entry]["value"]
        for step in path:
            value = value[step]
        assert got is not None
        return abs(got - value) <= self.entries[entry]["tol"] * max(1, abs(value))


@pytest.fixture(scope="module")
def reference(oracles: Path) -> Reference:
    return Reference(oracles)


@pytest.fixture(scope="module")
def leadership(
    oracles: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Study, ResponseSet]:
    study = open_study(leadership_study(tmp_path_factory.mktemp("lq"), oracles / "data"))
    return study, read_responses(study)


@pytest.fixture(scope="module")
def personality(
    oracles: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Study, ResponseSet]:
    study = open_study(personality_study(tmp_path_factory.mktemp("bfi"), oracles / "data"))
    return study, read_responses(study)


def cell(diagnosis: Diagnosis, statistic: str, subject: str, unit: Unit = WHOLE) -> Estimate:
    found = diagnosis.cell(statistic, subject, unit, 1)
    assert isinstance(found, Estimate), f"{statistic} of {subject} is {found}"
    return found


def test_checking_finds_nothing_that_stops(leadership: tuple[Study, ResponseSet]) -> None:
    assert not has_errors(check(leadership[0]))
    assert len(leadership[1]) == 2042


def test_forty_nine_companies_have_a_profile_and_agreement(
    leadership: tuple[Study, ResponseSet],
) -> None:
    study, responses = leadership
    diagnosis = diagnose(study, responses)
    assert len(diagnosis.communities) == 49
    for community in diagnosis.communities:
        unit = Unit(kind="community", community=community)
        n = int((responses.community == community).sum())
        assert cell(diagnosis, "mean", "lq-lead:lead", unit).n == n
        assert cell(diagnosis, "rwg_j", "lq-lead:lead", unit).value is not None
        assert cell(diagnosis, "ad_m_j", "lq-lead:lead", unit).value is not None


def test_leadership_equals_the_reference(
    leadership: tuple[Study, ResponseSet], reference: Reference
) -> None:
    diagnosis = diagnose(*leadership, internal=True)
    one = cell(diagnosis, "icc_1", "lq-lead:lead")
    assert reference.close(one.value, "icc1way/lq_LEAD/icc1", "icc1_k0")
    k = cell(diagnosis, "icc_k", "lq-lead:lead")
    assert reference.close(k.value, "icc1way/lq_LEAD/icc2", "icc2_bliese")
    assert reference.close(k.low, "icc1way/lq_LEAD/icc_ci_F", "icc2_lo")
    assert reference.close(k.high, "icc1way/lq_LEAD/icc_ci_F", "icc2_hi")
    assert reference.close(one.low, "icc1way/lq_LEAD/icc_ci_F", "icc1_lo")
    assert reference.close(one.high, "icc1way/lq_LEAD/icc_ci_F", "icc1_hi")


def test_personality_equals_the_reference(
    personality: tuple[Study, ResponseSet], reference: Reference
) -> None:
    diagnosis = diagnose(*personality, internal=True)
    alpha = cell(diagnosis, "cronbach_alpha", "bfi:agree")
    assert reference.close(alpha.value, "rel/bfi_agree/alpha_raw_check")
    assert reference.close(alpha.value, "rel/bfi_agree/alpha_total", "raw_alpha")
    for place, name in enumerate(("agree", "conscientious", "extra", "neuro", "open")):
        got = cell(diagnosis, "cronbach_alpha", f"bfi:{name}").value
        assert reference.close(got, "score/bfi/none", "alpha", place)
    dropped = reference.entries["rel/bfi_agree/alpha_drop"]["value"]
    column = dropped["cols"].index("raw_alpha")
    for row, item in enumerate(dropped["rows"]):
        got = cell(diagnosis, "alpha_if_dropped", item).value
        assert reference.close(got, "rel/bfi_agree/alpha_drop", "values", row, column)


def test_scores_equal_the_reference(
    personality: tuple[Study, ResponseSet], reference: Reference
) -> None:
    study, responses = personality
    scores = score(responses, study)
    agree = scores.scale("bfi:agree")
    enough = scores.answered[:, scores.scales.index("bfi:agree")] >= 3
    got = agree[enough & ~np.isnan(agree)]
    assert got.size == reference.entries["score/bfi_agree/prorated"]["value"]["min3"]["n"]
    assert reference.close(float(got.mean()), "score/bfi_agree/prorated", "min3", "mean")
    assert reference.close(float(got.std(ddof=1)), "score/bfi_agree/prorated", "min3", "sd")


def test_both_become_pages(
    leadership: tuple[Study, ResponseSet], personality: tuple[Study, ResponseSet]
) -> None:
    for study, responses in (leadership, personality):
        diagnosis = diagnose(study, responses, made="2026-01-01")
        page = render(diagnosis, diagnosis.communities[0], language="en", explore=False)
        assert page.startswith("<!doctype html>")
        assert study.settings.title in page
        assert "nan" not in page.lower().replace("dominan", "")
