"""Every instrument and every set the whole way: new, form, workbook, scores, diagnosis, pages."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from lcdiag.api import diagnose, open_study, read_responses, render, score
from lcdiag.base.errors import LcdiagError
from lcdiag.base.estimate import Estimate
from lcdiag.base.levels import Referent
from lcdiag.base.records import write_whole
from lcdiag.base.text import in_language
from lcdiag.cli.main import call
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.instrument.catalogue import open_instrument, own_ids, published_ids, set_ids
from lcdiag.instrument.study import Study
from lcdiag.planning.simulate import Meeting, Seat, Truth, simulate_responses
from lcdiag.responses.model import DONT_KNOW, ResponseSet
from lcdiag.workflow.study import form_files, new_study
from lcdiag.workflow.wording import attach_wording

LANGUAGES = ("nl", "en")
WORKBOOKS = {"nl": "antwoorden.xlsx", "en": "answers.xlsx"}
ONLY_OPEN = "lc-link"
INSTRUMENTS = tuple(name for name in own_ids() if name != ONLY_OPEN)
EVERYTHING = (
    *(f"set {name}" for name in set_ids()),
    *(f"own {name}" for name in INSTRUMENTS),
    *(f"published {name}" for name in published_ids()),
)


@dataclass(frozen=True)
class Way:
    """What came out of each step for one instrument or set."""

    study: Study
    files: dict[str, bytes]
    drawn: ResponseSet
    read: ResponseSet
    diagnosis: Diagnosis


@pytest.fixture(scope="module")
def go(tmp_path_factory):
    """Return all steps for one of `EVERYTHING`, done once."""

    @cache
    def gone(what: str) -> Way:
        kind, name = what.split()
        folder = tmp_path_factory.mktemp("way") / "studie"
        new_study(folder, title="Proef", set_id=name if kind == "set" else "standard")
        if kind != "set":
            ask_only(folder, name)
        if kind == "published":
            for language in LANGUAGES:
                attach(folder, name, language)
        study = open_study(folder)
        files = dict(form_files(study, LANGUAGES))
        meetings = [
            Meeting(community.name, 1, seats(study, community.name, language), Truth())
            for community, language in zip(study.settings.communities, LANGUAGES, strict=True)
        ]
        drawn = simulate_responses(study.questionnaire, meetings, rng=np.random.default_rng(1))
        for language in LANGUAGES:
            fill(study, files[WORKBOOKS[language]], drawn, language)
        read = read_responses(study)
        return Way(study, files, drawn, read, diagnose(study, read))

    return gone


def ask_only(folder: Path, name: str) -> None:
    """Edit the settings as a coordinator does who wants one instrument instead of a set."""
    file = folder / "study.toml"
    text = file.read_text(encoding="utf-8")
    assert 'set = "standard"' in text
    assert "instruments = []" in text
    text = text.replace('set = "standard"', 'set = ""')
    file.write_text(text.replace("instruments = []", f'instruments = ["{name}"]'), encoding="utf-8")


def attach(folder: Path, name: str, language: str) -> None:
    """Attach invented sentences to a published record, as somebody with permission would."""
    rows = [("code", "text")]
    for number, item in enumerate(open_instrument(name).items, start=1):
        party = " {party}" if item.referent is Referent.OTHER_PARTY else ""
        rows.append((item.id, f"Verzonnen {language} {number}{party}."))
    rows += [("source", "Verzonnen"), ("permission", "Niemand"), ("date", "2026-01-31")]
    rows.append(("changed", "adapted"))
    file = folder.parent / f"{language}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    found = attach_wording(name, file, language, folder, speak="en", today="2026-11-22")
    write_whole(found.path, found.content)


def seats(study: Study, community: str, language: str) -> tuple[Seat, ...]:
    """Return everybody whom the roster invites."""
    rows = [row for row in study.roster if row.community == community]
    return tuple(
        Seat(f"{community[-1]}-{row.party[:4]}-{number}", row.party, row.sector, language)
        for row in rows
        for number in range(row.invited)
    )


def fill(study: Study, raw: bytes, drawn: ResponseSet, language: str) -> None:
    """Type the drawn answers of those who answer in a language into its workbook."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    roles = {
        "code": drawn.person,
        "gemeenschap": drawn.community,
        "community": drawn.community,
        "partij": drawn.party,
        "party": drawn.party,
        "sector": drawn.sector,
    }
    roles = {name: labels for name, labels in roles.items() if name in heads}
    line = 1
    for row in np.nonzero(drawn.language == language)[0]:
        line += 1
        for name, labels in roles.items():
            sheet.cell(line, heads.index(name) + 1, labels[row])
        for column, code in zip(drawn.columns, drawn.codes[row].tolist(), strict=True):
            if code >= 0:
                sheet.cell(line, heads.index(column) + 1, code)
            elif code == DONT_KNOW:
                label = in_language(study.questionnaire.format_of(column).dont_know, language)
                sheet.cell(line, heads.index(column) + 1, label)
    book.save(study.folder / "antwoorden" / "meetmoment-1" / WORKBOOKS[language])


def keyed_mean(way: Way, items: tuple[str, ...], row: int, minimum: float) -> float:
    """Return the mean of the drawn answers of one person, worked out by hand."""
    known = []
    for code in items:
        form = way.study.questionnaire.format_of(code)
        answer = int(way.drawn.codes[row, way.drawn.columns.index(code)])
        if answer >= 0:
            reversed_ = way.study.questionnaire.item(code).reversed
            known.append(form.low + form.high - answer if reversed_ else answer)
    if not known or len(known) < minimum * len(items):
        return float("nan")
    return sum(known) / len(known)


def scored(way: Way) -> list:
    return [(home, scale) for home, scale in way.study.questionnaire.scales if not scale.per_item]


@pytest.mark.parametrize("what", EVERYTHING)
def test_forms_hold_every_sentence_in_both_languages(go, what):
    way = go(what)
    for language in LANGUAGES:
        stem = {"nl": "vragenlijst", "en": "questionnaire"}[language]
        pages = [
            html.unescape(re.sub(r"<[^>]+>", "", raw.decode("utf-8")))
            for name, raw in way.files.items()
            if name.startswith(stem) and name.endswith(f"-{language}.html")
        ]
        assert len(pages) == 2
        for page in pages:
            for item in way.study.questionnaire.items:
                assert item.text[language] in page


@pytest.mark.parametrize("what", EVERYTHING)
def test_what_is_typed_into_the_workbooks_is_what_is_read(go, what):
    way = go(what)
    assert way.read.columns == way.drawn.columns
    assert len(way.read) == len(way.drawn) >= 22
    order = [way.read.person.tolist().index(person) for person in way.drawn.person]
    assert (way.read.codes[order] == way.drawn.codes).all()
    assert (way.read.community[order] == way.drawn.community).all()
    assert (way.drawn.codes >= 0).mean() > 0.5


@pytest.mark.parametrize("what", EVERYTHING)
def test_scores_are_the_keyed_means_of_the_answers(go, what):
    way = go(what)
    scores = score(way.read, way.study)
    order = [way.read.person.tolist().index(person) for person in way.drawn.person]
    assert {f"{home.id}:{scale.id}" for home, scale in scored(way)} <= set(scores.scales)
    for home, scale in scored(way):
        column = scores.scales.index(f"{home.id}:{scale.id}")
        factor = len(scale.items) if scale.combine == "sum" else 1
        expected = [
            factor * keyed_mean(way, scale.items, row, scale.min_answered)
            for row in range(len(way.drawn))
        ]
        np.testing.assert_allclose(scores.values[order, column], expected, atol=1e-9)
        assert np.isfinite(expected).any()


@pytest.mark.parametrize("what", EVERYTHING)
def test_every_theme_and_every_single_statement_has_a_released_mean(go, what):
    way = go(what)
    placed = {code for _, scale in scored(way) for code in scale.items}
    contrasts = way.study.questionnaire.contrasts
    topics = {code for _, one in contrasts for code in (one.own, one.others, one.practice)}
    subjects = [f"{home.id}:{scale.id}" for home, scale in scored(way)]
    subjects += [code for code in way.study.questionnaire.codes if code not in placed | topics]
    assert subjects or topics
    for community in way.diagnosis.communities:
        unit = Unit(kind="community", community=community)
        for subject in subjects:
            cell = way.diagnosis.cell("mean", subject, unit, 1)
            assert isinstance(cell, Estimate)
            assert cell.value is not None
        for home, topic in contrasts:
            own = way.diagnosis.cell("own", f"{home.id}:topic.{topic.id}", unit, 1)
            assert isinstance(own, Estimate)


@pytest.mark.parametrize("what", EVERYTHING)
def test_released_means_are_those_of_the_answers(go, what):
    way = go(what)
    for home, scale in scored(way):
        for community in way.diagnosis.communities:
            unit = Unit(kind="community", community=community)
            cell = way.diagnosis.cell("mean", f"{home.id}:{scale.id}", unit, 1)
            rows = np.nonzero(way.drawn.community == community)[0]
            factor = len(scale.items) if scale.combine == "sum" else 1
            means = [factor * keyed_mean(way, scale.items, r, scale.min_answered) for r in rows]
            assert cell.value == pytest.approx(np.nanmean(means), abs=0.051 * factor)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", EVERYTHING)
def test_pages_name_every_theme_and_every_sentence(go, what, language):
    way = go(what)
    community = way.diagnosis.communities[0]
    page = html.unescape(render(way.diagnosis, community, language=language, explore=False))
    assert f'<html lang="{language}"' in page
    for scale in way.diagnosis.words.scales:
        if not scale.per_item:
            assert scale.label[language] in page
    for item in way.diagnosis.words.items:
        if item.referent != Referent.OTHER_PARTY:
            assert item.text[language] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_questions_alone_are_refused_with_what_to_do(tmp_path, capsys, language):
    folder = tmp_path / "studie"
    new_study(folder, title="Proef", set_id="standard")
    ask_only(folder, ONLY_OPEN)
    for command in ("form", "check", "report"):
        assert call([command, str(folder), "--language", language]) == 1
        told = capsys.readouterr().err
        assert "study.toml, instruments" in told
        assert {"nl": "alleen open vragen", "en": "only open questions"}[language] in told


def test_open_questions_beside_statements_are_welcome(tmp_path):
    folder = tmp_path / "studie"
    new_study(folder, title="Proef", set_id="pulse")
    file = folder / "study.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("instruments = []", 'instruments = ["lc-link"]'), encoding="utf-8")
    study = open_study(folder)
    assert [one.id for one in study.questionnaire.open_questions] == ["lk1", "lk2", "lk3"]
    assert form_files(study)


@pytest.mark.parametrize("name", published_ids())
def test_a_record_without_sentences_is_refused_with_the_way_to_supply_them(tmp_path, name):
    folder = tmp_path / "studie"
    new_study(folder, title="Proef", set_id="standard")
    ask_only(folder, name)
    attach(folder, name, "nl")
    with pytest.raises(LcdiagError) as error:
        form_files(open_study(folder), LANGUAGES, "nl")
    (finding,) = error.value.findings
    assert finding.facts["language"] == "en"
    assert f"lcdiag instruments wording {name}" in finding.facts["attach"]
    assert finding.facts["where"]
    assert form_files(open_study(folder), ("nl",))
