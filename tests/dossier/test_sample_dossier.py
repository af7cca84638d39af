from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from end_to_end.real_studies import leadership_study
from reference_place import reference_folder

import lcdiag
from lcdiag.base.shelf import shelf
from lcdiag.base.text import resolve
from lcdiag.dossier.evidence import Evidence, who_counts
from lcdiag.dossier.model import Dossier
from lcdiag.dossier.parts.items import rest
from lcdiag.dossier.verdicts import rounded
from lcdiag.responses.model import ResponseSet
from lcdiag.scoring.score import score_responses
from lcdiag.statistics.agreement import rwg_j
from lcdiag.statistics.association import correlation
from lcdiag.statistics.factor import measurement_invariance, one_factor
from lcdiag.statistics.intraclass import icc_1, icc_k
from lcdiag.statistics.reliability import alpha_by_level, cronbach_alpha, mcdonald_omega
from lcdiag.views.dossier_pages import dossier_pages, render_dossier
from lcdiag.views.dossier_words import verdict_of
from lcdiag.views.plain import plain_text

SAFETY = "lc-safety:safety"


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    study = lcdiag.open_study(shelf("sample_data") / "energietransitie")
    responses = lcdiag.read_responses(study)
    scores = score_responses(responses, study.questionnaire)
    return Evidence(study, responses, scores, who_counts(responses, 5))


@pytest.fixture(scope="module")
def dossier(evidence: Evidence) -> Dossier:
    return lcdiag.validate(evidence.study, evidence.responses, made="2026-11-23")


def same(dossier: Dossier, criterion: str, cell: object, **at: str) -> None:
    """Check that a line tells this number, rounded as its criterion says."""
    line = dossier.scale(SAFETY).find(criterion, **at)
    told = rounded(cell, dossier.criterion(criterion).decimals)  # type: ignore[arg-type]
    assert (line.value, line.low, line.high) == (told.value, told.low, told.high), criterion
    assert line.value is not None


def test_numbers_are_those_of_the_statistics_room(dossier: Dossier, evidence: Evidence) -> None:
    scale = next(one for one in evidence.scales if one.address == SAFETY)
    items = scale.all_items[evidence.once]
    where = evidence.responses.community[evidence.once]
    scores = evidence.scores.scale(SAFETY)[evidence.once]
    language = evidence.responses.language[evidence.once]
    same(dossier, "alpha", cronbach_alpha(items, cluster=where))
    same(dossier, "omega", mcdonald_omega(items, kind="total", cluster=where))
    same(dossier, "omega-ordinal", mcdonald_omega(items, kind="categorical"))
    levels = alpha_by_level(items, where)
    same(dossier, "alpha-within", levels.within)
    same(dossier, "alpha-between", levels.between)
    fit = one_factor(items, cluster=where)
    assert fit.robust is not None
    same(dossier, "cfi", fit.robust.cfi)
    same(dossier, "rmsea", fit.robust.rmsea)
    same(dossier, "srmr", fit.srmr)
    known = ~np.isnan(scores)
    same(dossier, "icc-1", icc_1(scores[known], where[known]))
    same(dossier, "icc-k", icc_k(scores[known], where[known]))
    agreement = np.asarray(rwg_j(items, where, null="uniform", options=7))
    line = dossier.scale(SAFETY).find("rwg-uniform")
    assert line.value == pytest.approx(float(np.median(agreement)), abs=0.005)
    for place, code in enumerate(scale.scale.items):
        cell = correlation(items[:, place], rest(items, place), cluster=where)
        same(dossier, "item-rest", cell, subject=code)
    dutch = language == "nl"
    same(
        dossier,
        "omega",
        mcdonald_omega(items[dutch], kind="total", cluster=where[dutch]),
        language="nl",
    )


def test_waves_of_the_same_people_are_one_model(dossier: Dossier, evidence: Evidence) -> None:
    scale = next(one for one in evidence.scales if one.address == SAFETY)
    responses = evidence.responses
    keep = np.isin(responses.wave, (1, 3)) & ~np.isnan(scale.all_items).any(axis=1)
    persons, first = np.unique(
        [f"{w} {p}" for w, p in zip(responses.wave[keep], responses.person[keep], strict=True)],
        return_index=True,
    )
    rows = np.flatnonzero(keep)[first]
    names = responses.person[rows].astype(str)
    both = {name for name in names if (names == name).sum() == 2}
    rows = np.array([row for row in rows if str(responses.person[row]) in both])
    found = measurement_invariance(
        scale.all_items[rows], responses.wave[rows], persons=responses.person[rows].astype(str)
    )
    line = dossier.scale(SAFETY).find("levels-wave")
    assert len(persons) > 300
    assert line.n == len(both) >= 100
    difference = found.scalar.against_last
    assert difference is not None
    assert line.value == pytest.approx(difference.delta_cfi.value, abs=0.0006)


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "niet te beoordelen"), ("en", "cannot be judged")]
)
def test_the_line_on_languages_cannot_be_judged_and_says_n(
    dossier: Dossier, language: str, words: str
) -> None:
    for one in dossier.scales:
        line = one.find("levels-language")
        assert line.verdict == "cannot-be-judged"
        said = resolve(verdict_of(line), language)
        assert words in said
        assert f"(n = {line.n})" in said
        assert 10 <= line.n < 100
        assert line.value is None


def test_everybody_counts_once(dossier: Dossier, evidence: Evidence) -> None:
    assert dossier.people == len(set(evidence.responses.person.tolist()))
    assert dossier.rows == len(evidence.responses)
    assert dossier.people < dossier.rows


def test_it_comes_back_from_its_json_and_pages_need_nothing_else(dossier: Dossier) -> None:
    again = Dossier.from_json(dossier.to_json())
    assert again == dossier
    assert render_dossier(again, "en") == render_dossier(dossier, "en")
    parsed = json.loads(dossier.to_json())
    assert parsed["schema"] == "lcdiag/dossier/1"
    for language in ("nl", "en"):
        text = plain_text(dossier_pages(again), language)
        assert "{" not in text
        assert "nan" not in text.casefold().split()


def test_no_community_party_or_person_is_named(dossier: Dossier, evidence: Evidence) -> None:
    told = dossier.to_json() + render_dossier(dossier, "nl")
    names = {one.name for one in evidence.study.settings.communities}
    names |= {one.name for one in evidence.study.settings.parties}
    names |= set(evidence.responses.person.tolist())
    assert not [name for name in names if f'"{name}"' in told or f">{name}<" in told]


def test_stated_relations_are_tested_with_their_sign(dossier: Dossier) -> None:
    lines = [line for line in dossier.scale(SAFETY).lines if line.criterion.startswith("relation")]
    signs = {line.subject: line.criterion for line in lines}
    assert signs["lc-safety:voice"] == "relation-positive"
    assert signs["lc-trust:between"] == "relation-positive"
    assert signs["lc-conflict:relationship"] == "relation-negative"
    assert all(line.n >= 100 and line.low is not None for line in lines)


def test_a_study_of_2042_people_in_49_companies(tmp_path: Path) -> None:
    folder = reference_folder()
    if folder is None:
        pytest.skip("the reference data of other programs is not on this machine")
    data = folder / "data"
    study = lcdiag.open_study(leadership_study(tmp_path, data))
    responses: ResponseSet = lcdiag.read_responses(study)
    found = lcdiag.validate(study, responses)
    lead = found.scale("lq-lead:lead")
    assert found.people == 2042
    assert found.communities == 49
    rows = responses.codes >= 0
    assert rows.all()
    columns = [responses.columns.index(f"LEAD{number:02d}") for number in range(1, 12)]
    items = responses.values[:, columns]
    assert lead.find("alpha").value == round(cronbach_alpha(items).value or 0, 2)
    scores = items.mean(axis=1)
    assert lead.find("icc-1").value == round(icc_1(scores, responses.community).value or 0, 2)
    assert lead.find("icc-k").value == round(icc_k(scores, responses.community).value or 0, 2)
    assert lead.find("cfi").verdict == "not-met", "eleven items of these officers are not one thing"
